/** The halo of a retroreflector: so bright an echo that the beams beside it, which miss it, see it too. */
import type { Random } from '../random.ts';
import type { Caster } from './caster.ts';

/** Materials that return more than this blind their neighbours. */
export const BRIGHT_REFLECTIVITY = 1;
/** How many columns and rings to each side the halo reaches at `blooming` 1. */
const COLUMNS = 4;
const RINGS = 2;
/** Chance of a halo point beside the reflector itself, at `blooming` 1. */
const NEXT_CHANCE = 0.7;
/** What stands this much behind the reflector, or nearer, answers by itself. */
const BEHIND_METERS = 0.4;

/** Calls `put` with every beam that sees the reflector that `beam` hits, though it looks past it. */
export function bloom(
  { beams, range }: Caster,
  beam: number,
  level: number,
  random: Random,
  put: (beam: number) => void,
): void {
  const { rings, columns } = beams;
  const [column, ring] = [Math.floor(beam / rings), beam % rings];
  const [wide, tall] = [Math.ceil(COLUMNS * level), Math.ceil(RINGS * level)];
  for (let across = -wide; across <= wide; across++)
    for (let up = -tall; up <= tall; up++) {
      if ((across === 0 && up === 0) || ring + up < 0 || ring + up >= rings) continue;
      const beside = ((column + across + columns) % columns) * rings + ring + up;
      if (range[beside]! < range[beam]! + BEHIND_METERS) continue;
      const away = Math.max(Math.abs(across) / (wide + 1), Math.abs(up) / (tall + 1));
      if (random.chance(level * NEXT_CHANCE * (1 - away))) put(beside);
    }
}

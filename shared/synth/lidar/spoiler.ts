/** Lays the effects over a sweep, beam by beam. Every draw is from the effects' own stream. */
import { cos, sin } from '../portableMath.ts';
import { Material } from '../shapes/material.ts';
import type { Point } from '../shapes/vector.ts';
import type { Placement } from '../world/motion.ts';
import type { Instance } from '../world/scenery.ts';
import { BRIGHT_REFLECTIVITY, bloom } from './blooming.ts';
import type { Caster } from './caster.ts';
import {
  dropChance,
  dropMeters,
  lostShare,
  MOST_LEAF_DEPTH_METERS,
  MOST_NOISE_METERS,
  throughRain,
} from './effects.ts';
import { MirroredThings, thrownOn } from './mirror.ts';
import type { PointWriter } from './points.ts';
import { sprayAt } from './spray.ts';
import type { Echo, SweepEffects } from './sweep.ts';

/** Intensities of water in the air, of an image in a mirror, of a halo. */
const DROP_INTENSITY = 6;
const IMAGE_INTENSITY = 18;
const HALO_INTENSITY = 90;
/** Share of the pulses on a pane, and on a wet road at a grazing angle, that are thrown on, at `mirror` 1. */
const PANE_SHARE = 0.6;
const ROAD_SHARE = 0.8;

export class Spoiler {
  readonly #caster: Caster;
  readonly #instances: readonly Instance[];
  readonly #lidar: Placement;
  readonly #effects: SweepEffects;
  readonly #points: PointWriter;
  readonly #things: MirroredThings | null;
  readonly #lost: number;

  constructor(
    caster: Caster,
    instances: readonly Instance[],
    lidar: Placement,
    effects: SweepEffects,
    points: PointWriter,
  ) {
    this.#caster = caster;
    this.#instances = instances;
    this.#lidar = lidar;
    this.#effects = effects;
    this.#points = points;
    this.#things = effects.levels.mirror ? new MirroredThings(instances, lidar) : null;
    this.#lost = lostShare(effects.levels);
  }

  /** Whether water in the air answers before what the beam would hit; that answer is then a point. */
  isStopped(beam: number): boolean {
    const { levels, random, spray } = this.#effects;
    const { rain = 0, spray: thick = 0 } = levels;
    const range = Math.min(this.#caster.range[beam]!, this.#caster.beams.rangeMeters);
    let water = rain > 0 && random.chance(dropChance(rain)) ? dropMeters(random.unit()) : Infinity;
    if (thick > 0) {
      const [dx, dy, dz] = this.#direction(beam);
      water = Math.min(water, sprayAt(spray, thick, dx, dy, dz, range, random));
    }
    if (water >= range) return false;
    this.#points.put(beam, water, DROP_INTENSITY * (0.3 + random.unit()), 0);
    return true;
  }

  /** Metres that the echo comes from farther, or nearer, than the surface. */
  unrest({ material }: Echo): number {
    const { levels, random } = this.#effects;
    const { noise = 0, vegetation = 0 } = levels;
    const unrest = noise > 0 ? noise * MOST_NOISE_METERS * random.normal() : 0;
    const isLeaf = vegetation > 0 && material === Material.foliage;
    return isLeaf ? unrest + vegetation * MOST_LEAF_DEPTH_METERS * random.unit() * random.unit() : unrest;
  }

  /** Whether an echo is lost that clear air would let through, so many times stronger than is needed. */
  isSwallowed(beam: number, spare: number): boolean {
    const { levels, random } = this.#effects;
    if (spare * throughRain(levels.rain ?? 0, this.#caster.range[beam]!) < 1) return true;
    return this.#lost > 0 && random.chance(this.#lost);
  }

  /** What a lost pulse shows behind the mirror that threw it on. */
  mirror(beam: number, { material, facing, isPane }: Echo): void {
    const { levels, random } = this.#effects;
    const { mirror = 0 } = levels;
    if (this.#things === null) return;
    const isRoad = material === Material.road || material === Material.sideRoad;
    if (!isPane && !isRoad) return;
    const share = isPane ? PANE_SHARE : ROAD_SHARE * (1 - facing) ** 3;
    if (!random.chance(mirror * share)) return;
    const range = this.#caster.range[beam]!;
    const along = this.#direction(beam);
    const from: Point = [range * along[0], range * along[1], range * along[2]];
    const behind = this.#things.firstHit(from, thrownOn(along, this.#normalAt(beam)));
    const reach = range + behind;
    if (reach < this.#caster.beams.rangeMeters)
      this.#points.put(beam, reach, IMAGE_INTENSITY * (0.5 + random.unit()), 0);
  }

  /** The halo of what the beam hit, where that shines back. */
  bloom(beam: number, { reflectivity }: Echo): void {
    const { levels, random } = this.#effects;
    const { blooming = 0 } = levels;
    if (blooming === 0 || reflectivity < BRIGHT_REFLECTIVITY) return;
    const range = this.#caster.range[beam]!;
    bloom(this.#caster, beam, blooming, random, (beside) =>
      this.#points.put(beside, range + 0.03 * random.normal(), HALO_INTENSITY * (0.5 + random.unit()), 0),
    );
  }

  #direction(beam: number): Point {
    const { rings, columnCosine, columnSine, ringCosine, ringSine } = this.#caster.beams;
    const [column, ring] = [Math.floor(beam / rings), beam % rings];
    const level = ringCosine[ring]!;
    return [columnCosine[column]! * level, columnSine[column]! * level, ringSine[ring]!];
  }

  /** Of the surface that the beam hits, in the lidar's axes. */
  #normalAt(beam: number): Point {
    const { mesh, place } = this.#instances[this.#caster.instanceOf[beam]!]!;
    const at = 9 * this.#caster.triangleOf[beam]!;
    const turn = place.yaw - this.#lidar.yaw;
    const [c, s] = [cos(turn), sin(turn)];
    const [x, y, z] = [mesh.normals[at]!, mesh.normals[at + 1]!, mesh.normals[at + 2]!];
    return [c * x - s * y, s * x + c * y, z];
  }
}

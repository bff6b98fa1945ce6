/** DRIFT: whether the delivery is made of what the lots before it were made of: classes, boxes a frame, points a box. */
import type { Check } from '../contract.ts';
import type { Mix } from '../priors.ts';
import { mixOf } from '../priorsMix.ts';
import { pointsOf } from '../scene.ts';
import { rounded } from './shapeOf.ts';
import { stabilityOf } from './stability.ts';

const kinds = ['classes', 'boxesPerFrame', 'pointsPerBox'] as const satisfies readonly (keyof Mix)[];

export const driftCheck: Check = {
  id: 'DRIFT',
  version: 1,
  looksAt: 'delivery',
  needs: ['history'],
  code: 'SPEC',
  quantity: { unit: 'none', wrong: 'above', range: [0, 1] },
  /** Population stability index beyond what chance makes of so few. */
  limits: { all: { soft: 0.1, hard: 0.25 } },
  run(scene, sink) {
    const now = mixOf(scene, (row) => pointsOf(scene, row));
    const tallyAll = (when: 'now' | 'then', mix: Mix): void => {
      for (const kind of kinds) {
        for (const [bin, count] of Object.entries(mix[kind])) sink.tally(`${kind} ${when} ${bin}`, count);
      }
    };
    tallyAll('now', now);
    // One scene brings the history along, so that shards add up to it once.
    if (scene.scene === scene.index.delivery.scenes[0] && scene.priors.mix)
      tallyAll('then', scene.priors.mix);
  },
  conclude(totals, sink) {
    for (const kind of kinds) {
      const stability = stabilityOf(binsOf(totals, `${kind} then `), binsOf(totals, `${kind} now `));
      if (!stability) continue;
      const { index, chance, bin, before, after } = stability;
      const percents = { before: Math.round(100 * before), after: Math.round(100 * after) };
      sink.measure({
        value: Math.max(0, index - chance),
        says: kind,
        params: { index: rounded(index), chance: rounded(chance), bin, ...percents },
      });
    }
  },
};

function binsOf(totals: ReadonlyMap<string, number>, prefix: string): Map<string, number> {
  return new Map(
    [...totals].flatMap(([key, count]) =>
      key.startsWith(prefix) ? [[key.slice(prefix.length), count] as const] : [],
    ),
  );
}

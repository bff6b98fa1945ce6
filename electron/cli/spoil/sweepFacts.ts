/** What the sweeps of a delivery tell the spoiler: points inside each label, and where the ground lies free. */
import { groundFlags } from '../../../shared/geometry/ground.ts';
import { buildSweepGrid, type SweepGrid } from '../../../shared/geometry/sweepGrid.ts';
import type { Frame } from '../../../shared/model/delivery.ts';
import { GroundMap } from '../../../shared/synth/spoil/groundMap.ts';
import type { SpoilKind } from '../../../shared/synth/spoil/kinds.ts';
import type { SpoilPlan, SpoilTools } from '../../../shared/synth/spoil/plan.ts';
import { deliveryCacheAt } from '../../services/deliveryCache.ts';
import { pointCounts } from '../../workers/pointCounts.ts';
import type { CommandContext } from '../command.ts';
import { commandHome } from '../machine.ts';
import { type CommandDelivery, shownProgress } from '../openForCommand.ts';

/** Kinds that put a label where it should stand on the ground. */
const placed: readonly SpoilKind[] = ['ghost', 'empty', 'out-of-range'];

export async function sweepFacts(
  delivery: CommandDelivery,
  plan: SpoilPlan,
  context: CommandContext,
): Promise<Pick<SpoilTools, 'points' | 'ground'>> {
  const { index, open, summary } = delivery;
  const { pointCounts: file } = deliveryCacheAt(commandHome().cache, summary.key);
  const onProgress = shownProgress(context);
  const points = await pointCounts(index, open, file, { signal: context.signal, onProgress });
  if (!placed.some((kind) => isAsked(plan, kind))) return { points };
  const maps: (GroundMap | null)[] = [];
  for (const frame of index.delivery.frames) {
    context.signal.throwIfAborted();
    maps.push(await groundOf(delivery, frame));
    onProgress({ step: 'lookingAtGround', done: maps.length, total: index.delivery.frames.length });
  }
  return { points, ground: (frame) => maps[frame] ?? null };
}

function isAsked({ amount, kinds }: SpoilPlan, kind: SpoilKind): boolean {
  if (typeof amount !== 'number') return (amount[kind] ?? 0) > 0;
  return kinds === 'all' || kinds.includes(kind);
}

let grid: SweepGrid | undefined;

/** Null where no sweep of the frame can be read. */
async function groundOf({ readPoints, pool }: CommandDelivery, frame: Frame): Promise<GroundMap | null> {
  const map = new GroundMap();
  let hasPoints = false;
  for (const ref of frame.sweeps) {
    const reading = await readPoints(ref);
    if (!reading.ok) continue;
    const { sweep } = reading.value;
    grid = buildSweepGrid(sweep, grid);
    const spaceFromPoints = ref.spaceFromPoints ?? null;
    const { flags } = groundFlags(grid, sweep.count, spaceFromPoints);
    map.add(sweep, flags, spaceFromPoints);
    pool.release(sweep.interleaved.buffer);
    hasPoints = true;
  }
  return hasPoints ? map : null;
}

/** Draws labels outside the sample and makes a known error on each; points are counted only where they are asked for. */
import type { EventData } from '../../shared/audit/events.ts';
import type { Lot } from '../../shared/audit/lot.ts';
import { drawSeeds, type SeedPopulation, type SeedRequest } from '../../shared/audit/seedDraw.ts';
import { failed } from '../../shared/base/problem.ts';
import { positionsOf } from '../../shared/model/frames.ts';
import { type Cuboid, cuboidAt } from '../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../shared/model/labels.ts';
import { sha256Hex } from '../services/hashes.ts';
import type { Job, JobContext } from './job.ts';
import { indexOf, type LotInput, lotOf, type OpenFile } from './lotJobs.ts';
import { countFrame, countShapes, notCounted } from './pointCounts.ts';
import { withBytes } from './roots.ts';

export interface SeedInput extends LotInput {
  readonly request: SeedRequest;
  /** Ids of the units of the sample, which stay as the vendor has them. */
  readonly sample: readonly string[];
}

/** Problem `seeds-need-cuboids` where the units of the lot are no cuboids. */
export const seedJob: Job<SeedInput, EventData<'seeds.set'>> = (input, context) =>
  withBytes(input, async (open) => {
    const index = await indexOf(input.indexFile);
    if (!index.ok) return index;
    const lot = await lotOf(input, index.value, open, context);
    if (!lot.ok) return lot;
    if (lot.value.unit !== 'cuboid') {
      return failed({ code: 'seeds-need-cuboids', severity: 'error', path: '' });
    }
    const population = populationOf(index.value, lot.value, input, open, context);
    return drawSeeds(population, input.spec, input.request, sha256Hex);
  });

function populationOf(
  index: DeliveryIndex,
  lot: Lot,
  { sample, request }: SeedInput,
  open: OpenFile,
  context: JobContext,
): SeedPopulation {
  const { delivery, labels } = index;
  const drawn = new Set(sample);
  const positions = lot.ids.flatMap((id, at) => (drawn.has(id) ? [] : [at]));
  const frames = positionsOf(delivery.frameIds);
  const counts = new Int32Array(labels.cuboids.count);
  const counted = new Set<number>();

  async function pointsIn({ frame, row }: Cuboid): Promise<number | null> {
    if (!counted.has(frame)) {
      context.signal.throwIfAborted();
      await countFrame(index, frame, delivery.frames.at(frame)!, open, counts);
      counted.add(frame);
      context.onProgress({
        step: 'puttingErrorsIn',
        done: Math.min(counted.size, request.count),
        total: request.count,
      });
    }
    return counts[row] === notCounted ? null : counts[row]!;
  }

  return {
    ids: positions.map((at) => lot.ids[at]!),
    classNames: labels.classes,
    async pointsInside({ frame }, shape) {
      const at = frames.get(frame);
      if (at === undefined) return null;
      const [inside] = await countShapes(delivery.frames.at(at)!, [shape], open);
      return inside === undefined || inside === notCounted ? null : inside;
    },
    async candidateAt(position) {
      const unit = lot.unitAt(positions[position]!);
      const frame = frames.get(unit.frame);
      const label = frame === undefined ? null : labelIn(index, frame, unit.label);
      if (!label?.isUsable || !unit.isInspectable) return null;
      const points = await pointsIn(label);
      return { ...label, unit: unit.id, scene: unit.scene, frame: unit.frame, label: label.id, points };
    },
  };
}

function labelIn({ labels }: DeliveryIndex, frame: number, id: string | null): Cuboid | null {
  const { frameStart, id: ids } = labels.cuboids;
  for (let row = frameStart[frame]!; row < frameStart[frame + 1]!; row++) {
    if (ids.at(row) === id) return cuboidAt(labels, row);
  }
  return null;
}

/** Draws units of the lot into the targeted queue, from the cached index. */
import type { EventData } from '../../shared/audit/events.ts';
import { refusal } from '../../shared/audit/refusal.ts';
import { drawTargets } from '../../shared/audit/targetsDraw.ts';
import {
  type UnitWeights,
  type WeightKind,
  weighLot,
  weightsOfFile,
} from '../../shared/audit/targetWeights.ts';
import { failed } from '../../shared/base/problem.ts';
import { sha256Hex } from '../services/hashes.ts';
import type { Job } from './job.ts';
import { indexOf, type LotInput, lotOf } from './lotJobs.ts';
import { pointCounts } from './pointCounts.ts';
import { withBytes } from './roots.ts';

export interface DrawTargetsInput extends LotInput {
  readonly n: number;
  readonly seed: string;
  readonly reason: string;
  readonly weights: { readonly kind: WeightKind } | { readonly file: string; readonly weights: UnitWeights };
}

/** Where points decide and were never counted, they are counted now. */
export const drawTargetsJob: Job<DrawTargetsInput, EventData<'targets.queued'>> = (input, context) =>
  withBytes(input, async (open) => {
    const index = await indexOf(input.indexFile);
    if (!index.ok) return index;
    const lot = await lotOf(input, index.value, open, context);
    if (!lot.ok) return lot;
    if (lot.value.ids.length === 0) return failed(refusal('lot-empty'));
    const asked = input.weights;
    const isByPoints = 'kind' in asked && asked.kind === 'points';
    const counts = isByPoints ? await pointCounts(index.value, open, input.pointCountsFile, context) : null;
    const weights =
      'kind' in asked
        ? weighLot(lot.value, index.value, asked.kind, (row) => counts?.[row] ?? 0)
        : weightsOfFile(lot.value, asked.weights);
    if (!weights.ok) return weights;
    const { n, seed, reason } = input;
    const weightsName = 'kind' in asked ? asked.kind : asked.file;
    return drawTargets(lot.value, { n, seed, reason, weightsName, weights: weights.value }, sha256Hex);
  });

/** The lot and the draw, made from the cached index: previewed, frozen, and compared with what was ordered. */
import { readFile } from 'node:fs/promises';
import type { StrataKey } from '../../shared/audit/drawRule.ts';
import type { EventDraft, FrozenSample } from '../../shared/audit/events.ts';
import { type DrawRequest, freezeSample } from '../../shared/audit/freeze.ts';
import { buildLot, type Lot } from '../../shared/audit/lot.ts';
import type { QaSpec } from '../../shared/audit/qaSpec.ts';
import { fileKey } from '../../shared/audit/scope.ts';
import type { ByteSource } from '../../shared/base/bytes.ts';
import type { Result } from '../../shared/base/problem.ts';
import { done } from '../../shared/base/problem.ts';
import type { LotPreview } from '../../shared/host/contract.ts';
import type { FileRef, Frame } from '../../shared/model/delivery.ts';
import type { DeliveryIndex } from '../../shared/model/labels.ts';
import { readIndexFile } from '../../shared/readers/indexFile.ts';
import { stratumSizes } from '../../shared/sampling/stratifiedDraw.ts';
import { compareOrder, type Ordered } from '../services/audit/orderFile.ts';
import { sha256Hex } from '../services/hashes.ts';
import type { Job, JobContext, RealRoots } from './job.ts';
import { isSweepReadable, notCounted, pointCounts } from './pointCounts.ts';
import { withBytes } from './roots.ts';

export interface LotInput extends RealRoots {
  readonly indexFile: string;
  /** Where point counts are kept. */
  readonly pointCountsFile: string;
  /** Files known to be missing, as `fileKey` names them. */
  readonly unreadable: readonly string[];
  readonly spec: QaSpec;
}

export interface FreezeInput extends LotInput {
  readonly request: DrawRequest;
}

export interface OrderInput {
  readonly indexFile: string;
  readonly order: string;
  readonly ordered: readonly Ordered[];
}

export type OpenFile = (file: FileRef) => Promise<ByteSource>;

export const lotJob: Job<LotInput, LotPreview> = (input, context) =>
  withBytes(input, async (open) => {
    const index = await indexOf(input.indexFile);
    if (!index.ok) return index;
    const lot = await lotOf(input, index.value, open, context);
    if (!lot.ok) return lot;
    const { unit, ids, cells, excluded, byClass, uninspectable, scenes } = lot.value;
    return done({
      unit,
      lotSize: ids.length,
      cells: cells.ids.length,
      excluded: { ...excluded },
      byClass: { ...byClass },
      uninspectable,
      scenes,
      ...divided(lot.value, input.spec, index.value),
    });
  });

/** By what the lot can be divided, and how the spec's own draw divides it. */
function divided(
  lot: Lot,
  spec: QaSpec,
  { delivery }: DeliveryIndex,
): Pick<LotPreview, 'strataKeys' | 'strata' | 'strataProblem'> {
  // Points are counted once they are asked for, wherever there are any.
  const isCountable = delivery.lidars.length > 0 && spec.unit !== 'frame' && spec.unit !== 'scene';
  const known = new Set<StrataKey>([...lot.strataKeys(), ...(isCountable ? (['points'] as const) : [])]);
  const strataKeys = [...known];
  if (spec.draw?.design !== 'stratified') return { strataKeys };
  const strata = lot.strataOf(spec.draw.strata);
  if (!strata.ok) return { strataKeys, strataProblem: { ...strata.problem } };
  const sizes = stratumSizes(strata.value);
  return { strataKeys, strata: strata.value.names.map((name, at) => ({ name, population: sizes[at]! })) };
}

/**
 * Draws and freezes. The sweeps of what was drawn are then decoded once; where one cannot be, the same draw is made
 * again with that known, so that the unit stays in the sample and is marked as uninspectable.
 */
export const freezeJob: Job<FreezeInput, FrozenSample> = (input, context) =>
  withBytes(input, async (open) => {
    const index = await indexOf(input.indexFile);
    if (!index.ok) return index;
    const first = await freezeOnce(input, index.value, open, context);
    if (!first.ok) return first;
    const broken = await brokenSweeps(first.value, index.value, open, context);
    if (broken.length === 0) return first;
    return freezeOnce({ ...input, unreadable: [...input.unreadable, ...broken] }, index.value, open, context);
  });

export const orderJob: Job<OrderInput, EventDraft> = async ({ indexFile, order, ordered }) => {
  const index = await indexOf(indexFile);
  return index.ok ? done(compareOrder(order, ordered, index.value.delivery)) : index;
};

export async function indexOf(file: string): Promise<Result<DeliveryIndex>> {
  return readIndexFile(await readFile(file));
}

export async function lotOf(
  input: LotInput,
  index: DeliveryIndex,
  open: OpenFile,
  context: JobContext,
): Promise<Result<Lot>> {
  const unreadable = new Set(input.unreadable);
  const { scope, draw } = input.spec;
  const isByPoints = draw?.design === 'stratified' && draw.strata.includes('points');
  if (scope.minPoints === 0 && !isByPoints) return buildLot(index, input.spec, { unreadable });
  const counts = await pointCounts(index, open, input.pointCountsFile, context);
  // What cannot be counted cannot be left out for having too few: it stays in the lot, uninspectable.
  const pointsInside = (row: number): number =>
    counts[row] === notCounted ? Number.POSITIVE_INFINITY : counts[row]!;
  return buildLot(index, input.spec, { unreadable, pointsInside });
}

async function freezeOnce(
  input: FreezeInput,
  index: DeliveryIndex,
  open: OpenFile,
  context: JobContext,
): Promise<Result<FrozenSample>> {
  const lot = await lotOf(input, index, open, context);
  return lot.ok ? freezeSample(lot.value, input.spec, input.request, sha256Hex) : lot;
}

/** Keys of the sweeps that drawn units and cells need and that do not decode. */
async function brokenSweeps(
  sample: FrozenSample,
  { delivery }: DeliveryIndex,
  open: OpenFile,
  context: JobContext,
): Promise<string[]> {
  const drawn = [...sample.labels.units, ...sample.cells.units].filter(({ isInspectable }) => isInspectable);
  const frames = new Map<string, Frame>(delivery.frames.map((frame) => [frame.id, frame]));
  const needed = [...new Set(drawn.map(({ frame }) => frame))].map((id) => frames.get(id)!);
  const broken: string[] = [];
  for (const [at, frame] of needed.entries()) {
    context.signal.throwIfAborted();
    for (const sweep of frame.sweeps) {
      if (!(await isSweepReadable(sweep, open))) broken.push(fileKey(sweep));
    }
    context.onProgress({ step: 'checkingDraw', done: at + 1, total: needed.length });
  }
  return broken;
}

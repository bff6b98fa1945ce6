/** Lots and draws of open deliveries: what the worker needs to know, gathered. */
import { randomBytes } from 'node:crypto';
import type { EventData, FrozenSample } from '../../../shared/audit/events.ts';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import { isBlank, refusal } from '../../../shared/audit/refusal.ts';
import { unlessSameLabels } from '../../../shared/audit/rules.ts';
import type { SeedRequest } from '../../../shared/audit/seedDraw.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import type { WeightKind } from '../../../shared/audit/targetWeights.ts';
import type { Result } from '../../../shared/base/problem.ts';
import { done, failed } from '../../../shared/base/problem.ts';
import type { CallOptions, LotPreview } from '../../../shared/host/contract.ts';
import { parseWeightsFile } from '../../../shared/report/weightsFile.ts';
import type { LotInput } from '../../workers/lotJobs.ts';
import { type Deliveries, type DeliveryRecord, realRoots } from '../deliveries.ts';
import type { RunJob } from '../runJob.ts';

export interface Lots {
  preview(delivery: string, spec: QaSpec, options: CallOptions): Promise<Result<LotPreview>>;
  /** Draws both samples for the audit as it stands. `reason` is required for a second draw. */
  freeze(
    state: AuditState,
    delivery: string,
    reason: string | null,
    options: CallOptions,
  ): Promise<Result<FrozenSample>>;
  /** Draws units of the lot into the targeted queue with known chances. */
  drawTargets(
    state: AuditState,
    delivery: string,
    asked: TargetsAsked,
    options: CallOptions,
  ): Promise<Result<EventData<'targets.queued'>>>;
  /** Makes known errors on labels of the lot that are outside the sample. */
  seeds(
    state: AuditState,
    delivery: string,
    asked: Pick<SeedRequest, 'count' | 'mix'>,
    options: CallOptions,
  ): Promise<Result<EventData<'seeds.set'>>>;
}

/** What is to be drawn into the targeted queue: how many, and sooner by what. */
export interface TargetsAsked {
  readonly count: number;
  readonly reason: string;
  readonly weights:
    | { readonly kind: WeightKind }
    | {
        /** Its name in the record. */
        readonly file: string;
        readonly text: string;
      };
}

export function createLots(deliveries: Deliveries, runJob: RunJob): Lots {
  return {
    async preview(delivery, spec, options) {
      const record = deliveries.get(delivery);
      return record.ok ? runJob('lot', inputOf(record.value, spec), options) : record;
    },
    async freeze(state, delivery, reason, options) {
      const refuse = (code: string): Result<never> => failed({ code, severity: 'error', path: '' });
      const record = deliveries.get(delivery);
      if (!record.ok) return record;
      if (state.spec === null) return refuse('spec-not-chosen');
      if (state.sample !== null && isBlank(reason ?? '')) return refuse('replan-without-reason');
      // The seed must not be known before what is drawn from is fixed.
      const hashed = await deliveries.proveLabels(delivery, options);
      if (!hashed.ok) return hashed;
      const { labelsHash } = hashed.value;
      const foreign = unlessSameLabels(state, { labelsHash, source: record.value.found.sources[0]!.name });
      if (foreign !== null) return failed(foreign);
      const replan = state.sample === null ? null : { reason: reason ?? '', previousSeq: state.sample.seq };
      const request = { seed: randomBytes(16).toString('hex'), labelsHash, replan };
      return runJob('freeze', { ...inputOf(record.value, state.spec.spec), request }, options);
    },
    async drawTargets(state, delivery, { count, reason, weights }, options) {
      const record = deliveries.get(delivery);
      if (!record.ok) return record;
      if (state.spec === null) return failed(refusal('spec-not-chosen'));
      const asked = 'kind' in weights ? done(weights) : readWeights(weights);
      if (!asked.ok) return asked;
      const hashed = await deliveries.proveLabels(delivery, options);
      if (!hashed.ok) return hashed;
      const { labelsHash } = hashed.value;
      const foreign = unlessSameLabels(state, { labelsHash, source: record.value.found.sources[0]!.name });
      if (foreign !== null) return failed(foreign);
      const input = inputOf(record.value, state.spec.spec);
      const seed = randomBytes(16).toString('hex');
      return runJob('drawTargets', { ...input, n: count, seed, reason, weights: asked.value }, options);
    },
    async seeds(state, delivery, asked, options) {
      const record = deliveries.get(delivery);
      if (!record.ok) return record;
      const { spec, sample } = state;
      if (spec === null || sample === null) return failed(refusal('plan-not-frozen'));
      const hashed = await deliveries.proveLabels(delivery, options);
      if (!hashed.ok) return hashed;
      const { labelsHash } = hashed.value;
      const foreign = unlessSameLabels(state, { labelsHash, source: record.value.found.sources[0]!.name });
      if (foreign !== null) return failed(foreign);
      const drawn = sample.labels.units.map(({ id }) => id);
      const request = { ...asked, seed: randomBytes(16).toString('hex') };
      return runJob('seeds', { ...inputOf(record.value, spec.spec), request, sample: drawn }, options);
    },
  };
}

function readWeights({ file, text }: { readonly file: string; readonly text: string }) {
  const read = parseWeightsFile(text, file);
  return read.ok ? done({ file, weights: read.value }) : read;
}

function inputOf({ found, cache }: DeliveryRecord, spec: QaSpec): LotInput {
  return {
    ...realRoots(found),
    indexFile: cache.index,
    pointCountsFile: cache.pointCounts,
    unreadable: found.unreadable,
    spec,
  };
}

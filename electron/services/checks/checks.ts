/** The automatic checks of open deliveries: what the worker needs to know, gathered. */
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import type { Result } from '../../../shared/base/problem.ts';
import { done } from '../../../shared/base/problem.ts';
import type { CheckSettings } from '../../../shared/checks/settings.ts';
import type { CallOptions, HostOutput } from '../../../shared/host/contract.ts';
import { type Deliveries, realRoots } from '../deliveries.ts';
import type { RunJob } from '../runJob.ts';
import type { PriorsStore } from './priorsStore.ts';

export interface ChecksAsked {
  readonly delivery: string;
  readonly spec: QaSpec;
  readonly settings: CheckSettings;
  readonly vendor: string;
  readonly project: string;
  readonly isFresh?: boolean | undefined;
}

export interface Checks {
  run(asked: ChecksAsked, options: CallOptions): Promise<Result<HostOutput<'checks.run'>>>;
}

export function createChecks(
  deliveries: Pick<Deliveries, 'get'>,
  store: Pick<PriorsStore, 'read'>,
  runJob: RunJob,
): Checks {
  return {
    async run({ delivery, spec, settings, vendor, project, isFresh = false }, options) {
      const startedAt = performance.now();
      const record = deliveries.get(delivery);
      if (!record.ok) return record;
      const known = await store.read({ vendor, project });
      if (!known.ok) return known;
      const { priors } = known.value;
      const roots = realRoots(record.value.found);
      const setup = { spec, settings, priors };
      const ran = await runJob('checks', { roots, setup, shard: null, threads: null, isFresh }, options);
      if (!ran.ok) return ran;
      const { results, problems } = ran.value;
      const { revision, learnedFrom } = priors;
      return done({
        results,
        priors: { vendor: priors.vendor, project: priors.project, revision, learnedFrom },
        problems: [...problems],
        tookMs: performance.now() - startedAt,
      });
    },
  };
}

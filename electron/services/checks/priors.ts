/** What labels of a vendor and project usually are: read, edited by a person, learned from accepted lots. */
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import { refusal } from '../../../shared/audit/refusal.ts';
import { unlessSameLabels } from '../../../shared/audit/rules.ts';
import { judgeSignature } from '../../../shared/audit/signing.ts';
import type { Result } from '../../../shared/base/problem.ts';
import { done, failed } from '../../../shared/base/problem.ts';
import type { PriorsDocument } from '../../../shared/checks/priors.ts';
import type { CallOptions } from '../../../shared/host/contract.ts';
import type { AuditView, OpenAudits } from '../audit/openAudits.ts';
import { type Deliveries, realRoots } from '../deliveries.ts';
import { verifyEd25519 } from '../deviceKey.ts';
import type { RunJob } from '../runJob.ts';
import type { KnownPriors, PriorsOwner, PriorsStore } from './priorsStore.ts';

export interface PriorsEdited extends PriorsOwner {
  /** Of the document that was edited: one that changed meanwhile is not overwritten. */
  readonly expectedRevision: number;
  readonly priors: PriorsDocument;
}

export interface Priors {
  read(owner: PriorsOwner): Promise<Result<KnownPriors>>;
  /** Problem `priors-moved-on`, and those of the store. */
  write(edited: PriorsEdited): Promise<Result<{ priors: PriorsDocument }>>;
  /**
   * Learns from the lot of an audit for its vendor and project. Problems: `priors-need-accepted`,
   * `priors-learned-already`, `delivery-is-another`, and those of the store.
   */
  learn(
    asked: { readonly audit: string; readonly delivery: string },
    options: CallOptions,
  ): Promise<Result<{ priors: PriorsDocument }>>;
}

export interface PriorsOptions {
  readonly store: PriorsStore;
  readonly openAudits: Pick<OpenAudits, 'view'>;
  readonly deliveries: Pick<Deliveries, 'get' | 'proveLabels'>;
  readonly runJob: RunJob;
  readonly now: () => Date;
}

export function createPriors({ store, openAudits, deliveries, runJob, now }: PriorsOptions): Priors {
  return {
    read: ({ vendor, project }) => store.read({ vendor, project }),
    async write({ vendor, project, expectedRevision, priors }) {
      const written = await store.replace({ vendor, project }, async (known) => {
        const { revision } = known.priors;
        if (revision === expectedRevision) return done(priors);
        return failed(refusal('priors-moved-on', { expected: expectedRevision, actual: revision }));
      });
      return written.ok ? done({ priors: written.value }) : written;
    },
    async learn({ audit, delivery }, options) {
      const view = await openAudits.view(audit);
      if (!view.ok) return view;
      const { state } = view.value;
      const spec = acceptedSpec(view.value);
      if (spec === null) return failed(refusal('priors-need-accepted'));
      const record = deliveries.get(delivery);
      if (!record.ok) return record;
      const hashed = await deliveries.proveLabels(delivery, options);
      if (!hashed.ok) return hashed;
      const { labelsHash } = hashed.value;
      const { found } = record.value;
      const foreign = unlessSameLabels(state, { labelsHash, source: found.sources[0]!.name });
      if (foreign !== null) return failed(foreign);
      const { vendor, project = '', batch } = state.intake;
      const about = { vendor, project, batch, labelsHash, on: now().toISOString().slice(0, 10) };
      const learned = await store.replace({ vendor, project }, async ({ priors, isLearned }) => {
        if (priors.learnedFrom.some((lot) => lot.labelsHash === labelsHash)) {
          return failed(refusal('priors-learned-already', { batch }));
        }
        const previous = isLearned ? priors : null;
        return runJob('learnPriors', { roots: realRoots(found), spec, previous, about }, options);
      });
      return learned.ok ? done({ priors: learned.value }) : learned;
    },
  };
}

/** The spec that the lot was accepted by, as its latest signature says and holds; null where it was not. */
function acceptedSpec({ state, events }: AuditView): QaSpec | null {
  const last = state.dispositions.at(-1);
  if (state.phase !== 'signed' || last?.disposition !== 'accept') return null;
  const event = events.find(({ seq }) => seq === last.seq);
  if (event?.type !== 'disposition.signed') return null;
  return judgeSignature(event, null, verifyEd25519) === 'broken' ? null : (state.spec?.spec ?? null);
}

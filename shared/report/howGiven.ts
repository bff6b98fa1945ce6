/** What stands beside a finding: what was measured by hand, and how its verdict was given where that matters. */
import type { Evidence } from '../audit/events.ts';
import { isHasty } from '../audit/pace.ts';
import type { AuditState, Finding } from '../audit/state.ts';
import type { Translate } from '../messages/translate.ts';
import { measuredText } from './quantities.ts';

/** Every measure kept with the evidence; null where there is none. */
export function measuresText(evidence: Evidence | null, translate: Translate): string | null {
  const measures = evidence?.measures ?? [];
  return measures.length === 0
    ? null
    : measures.map((measured) => measuredText(measured, translate)).join('; ');
}

/** That its verdict was given in bulk, or faster than anybody looks; null for all others. */
export function givenText(finding: Finding, { opinions }: AuditState, say: Translate): string | null {
  const verdict = opinions.get(finding.unit ?? '')?.find(({ seq }) => seq === finding.seq);
  if (verdict?.bulk) return say('findings.givenInBulk', { count: verdict.bulk.count });
  if (!verdict || !isHasty(verdict)) return null;
  return say('findings.givenFast', { seconds: (verdict.durationMs / 1000).toFixed(1) });
}

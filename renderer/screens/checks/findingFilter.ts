/** Which findings are shown, and what there is to choose from. */
import type { AuditState, TriageAnswer } from '../../../shared/audit/state.ts';
import type { CheckId } from '../../../shared/checks/checkIds.ts';
import type { CheckFinding } from '../../../shared/checks/finding.ts';

export const filterFields = ['className', 'scene', 'annotator', 'severity', 'grade', 'owner'] as const;
export type FilterField = (typeof filterFields)[number];

export const answerChoices = ['open', 'answered', 'all'] as const;
export type AnswerChoice = (typeof answerChoices)[number];

/** Null = whatever it is. */
export type FindingFilter = Readonly<Record<FilterField, string | null>> & {
  readonly check: CheckId | null;
  readonly answer: AnswerChoice;
};

export const noFilter: FindingFilter = {
  ...{ check: null, className: null, scene: null, annotator: null, severity: null, grade: null, owner: null },
  answer: 'open',
};

export function isNarrowed(filter: FindingFilter): boolean {
  return filter.check !== null || filterFields.some((field) => filter[field] !== null);
}

export function isShown(filter: FindingFilter, finding: CheckFinding, triage: AuditState['triage']): boolean {
  if (filter.check !== null && finding.check !== filter.check) return false;
  if (filterFields.some((field) => filter[field] !== null && finding[field] !== filter[field])) return false;
  return filter.answer === 'all' || (filter.answer === 'answered') === triage.has(finding.id);
}

/** The values that findings have in a field, most frequent first. */
export function valuesOf(
  findings: readonly CheckFinding[],
  field: FilterField,
): { readonly value: string; readonly count: number }[] {
  const counts = new Map<string, number>();
  for (const finding of findings) {
    const value = finding[field];
    if (value !== null && value !== '') counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count);
}

export interface AnswerCounts {
  readonly defects: number;
  readonly dismissed: number;
  readonly normal: number;
}

export function answerCounts(answers: Iterable<TriageAnswer>): AnswerCounts {
  const counts = { defect: 0, dismissed: 0, normal: 0 };
  for (const { answer } of answers) counts[answer]++;
  return { defects: counts.defect, dismissed: counts.dismissed, normal: counts.normal };
}

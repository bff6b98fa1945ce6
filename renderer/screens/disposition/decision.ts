/** The decision as it stands, for the sentence at the top and the choices below it. */
import type { PlanOutcome, SeverityCount } from '../../../shared/audit/events.ts';
import {
  askedFor,
  cellStandings,
  isUnjudged,
  type Standing,
  unitStandings,
} from '../../../shared/audit/outcome.ts';
import type { Disposition } from '../../../shared/audit/rulesOfSigning.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import type { AuditScreen } from '../../app/routes.ts';

export const dispositions = ['accept', 'not-accept', 'concession', 'hold'] as const satisfies Disposition[];

/** The disposition that follows the outcome without a reason. */
export const followingOutcome: Readonly<Record<PlanOutcome['outcome'], Disposition>> = {
  met: 'accept',
  'not-met': 'not-accept',
  undecidable: 'hold',
};

/** The count that speaks loudest: the first one not met, else the first undecided, else null. */
export function decidingCount(outcome: PlanOutcome): SeverityCount | null {
  return (
    outcome.counts.find((count) => count.outcome === 'not-met') ??
    outcome.counts.find((count) => count.outcome === 'undecidable') ??
    null
  );
}

/** A drawn unit or cell that is not settled though the plans ask for it or somebody judged it, with where to look at it again. */
export interface OpenUnit {
  readonly id: string;
  readonly sample: 'labels' | 'cells';
  readonly screen: AuditScreen;
  readonly why: Extract<Standing, { kind: 'open' }>['why'] | 'on-hold';
  readonly isSecondLook: boolean;
  readonly className: string | null;
  readonly comment: string;
}

export function openUnits(audit: AuditState): OpenUnit[] {
  if (audit.sample === null) return [];
  const units = audit.sample.labels.units;
  const cells = audit.sample.cells.units;
  const asked = askedFor(audit);
  const isWanted = (standing: Standing, at: number, of: number): boolean => at < of || !isUnjudged(standing);
  return [
    ...unitStandings(audit).flatMap((standing, at) =>
      !isWanted(standing, at, asked.labels)
        ? []
        : openUnit(standing, {
            id: units[at]!.id,
            sample: 'labels',
            screen: 'review',
            className: units[at]!.className,
            comment: audit.verdicts.get(units[at]!.id)?.comment ?? '',
          }),
    ),
    ...cellStandings(audit).flatMap((standing, at) =>
      !isWanted(standing, at, asked.cells)
        ? []
        : openUnit(standing, {
            id: cells[at]!.id,
            sample: 'cells',
            screen: 'search',
            className: null,
            comment: audit.cellVerdicts.get(cells[at]!.id)?.comment ?? '',
          }),
    ),
  ];
}

function openUnit(standing: Standing, unit: Omit<OpenUnit, 'why' | 'isSecondLook'>): OpenUnit[] {
  if (standing.kind === 'on-hold') return [{ ...unit, why: 'on-hold', isSecondLook: false }];
  if (standing.kind !== 'open') return [];
  const { why, isSecondLook } = standing;
  return [{ ...unit, ...(why === 'disagreement' ? { screen: 'adjudicate' } : {}), why, isSecondLook }];
}

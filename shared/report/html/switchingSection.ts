/**
 * What the lot means for the inspection of the next one, as far as one record can say: the state it was inspected
 * under is that of its frozen plans, and what follows from this lot alone is stated. What follows from it together
 * with the lots before is for the ledger to say.
 */

import type { Intake } from '../../audit/events.ts';
import type { LotSeverityDecision } from '../../audit/ledgerEvents.ts';
import { lotDecision, termsOf } from '../../audit/ledgerFold.ts';
import { decisionsOf, isFirstSubmission } from '../../audit/ledgerLots.ts';
import { afterLot, scoreForReduced, standingAt } from '../../sampling/switching.ts';
import type { ReportContext } from './context.ts';
import { html, type Markup, section, table } from './markup.ts';

export function switchingSection({ state, words }: ReportContext): Markup | null {
  const signed = state.dispositions.at(-1);
  if (!signed || !state.sample) return null;
  const decisions = decisionsOf(signed, state.sample).filter((decision) => termsOf(decision) !== null);
  if (decisions.length === 0) return null;
  const isHeld = signed.disposition === 'hold';
  const rows = decisions.map((decision) => {
    const { series, plan } = decision;
    const follows = consequence(decision, state.intake, isHeld);
    return [
      words('switching.seriesTitle', {
        severity: words(`audit.severity.${series.severity}`),
        sample: words(`audit.sample.${series.sample}`),
      }),
      words(`switching.states.${plan.inspection}`),
      words(`switching.lot.${decisionWord(decision)}`),
      follows.why === null
        ? words(`switching.report.rule.${follows.rule}`, { points: follows.points, needed: scoreForReduced })
        : words('switching.report.rule.nothing', { why: words(`switching.effects.${follows.why}`) }),
    ];
  });
  const head = ['series', 'before', 'lot', 'says'];
  return section(
    words('switching.report.title'),
    html`<p>${words('switching.report.lead')}</p>`,
    table(
      head.map((name) => words(`switching.report.${name}`)),
      rows,
    ),
    html`<p class="note">${words('switching.report.note')}</p>`,
  );
}

function decisionWord({ isAccepted }: LotSeverityDecision): 'accepted' | 'notAccepted' | 'waiting' {
  if (isAccepted === null) return 'waiting';
  return isAccepted ? 'accepted' : 'notAccepted';
}

interface Consequence {
  /** Key under `switching.report.rule`. */
  readonly rule: string;
  readonly points: number;
  /** Why the lot moves nothing: key under `switching.effects`; null where it counts. */
  readonly why: string | null;
}

function consequence(decision: LotSeverityDecision, intake: Intake, isHeld: boolean): Consequence {
  const { isAccepted, plan } = decision;
  const none = (why: string): Consequence => ({ rule: 'nothing', points: 0, why });
  const counts = (rule: string, points = 0): Consequence => ({ rule, points, why: null });
  if (intake.isPilot) return none('pilot');
  if (!isFirstSubmission(intake)) return none('resubmission');
  if (isAccepted === null) return none(isHeld ? 'waiting' : 'undecided');
  if (plan.inspection === 'tightened') return counts(isAccepted ? 'countsToNormal' : 'countsToDiscontinued');
  const before = standingAt(plan.inspection === 'reduced' ? 'reduced' : 'normal');
  const after = afterLot(before, lotDecision(decision, isAccepted), { steady: true, agreed: false });
  if (before.state === 'reduced') return counts(after.state === 'normal' ? 'endsReduced' : 'staysReduced');
  if (!isAccepted) return counts('tightenAfterTwo');
  return after.score > 0 ? counts('earnsScore', after.score) : counts('losesScore');
}

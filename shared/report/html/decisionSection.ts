/** The decision in one block: what was decided, why, by whom, and on which counts. */
import type { SeverityCount } from '../../audit/events.ts';
import { planOutcome } from '../../audit/outcome.ts';
import { differsFromOutcome, isNewSignatureDue } from '../../audit/rulesOfSigning.ts';
import type { SignedDisposition } from '../../audit/state.ts';
import { decidedWords, earlyStopWords, planOfCount } from '../courseWords.ts';
import { timeText } from '../quantities.ts';
import { type ReportContext, sign } from './context.ts';
import { html, type Markup } from './markup.ts';

const signOf = { accept: 'yes', 'not-accept': 'no', concession: 'yes', hold: 'pause' } as const;
const outcomeKeys = {
  met: 'decision.outcomeMet',
  'not-met': 'decision.outcomeNotMet',
  undecidable: 'decision.outcomeUndecidable',
} as const;

export function decisionSection(context: ReportContext): Markup {
  const { state, say, words } = context;
  const signed = state.dispositions.at(-1) ?? null;
  const outcome = signed?.outcome ?? planOutcome(state);
  const tone = signed?.disposition ?? 'none';
  const said = signed ? words(`audit.disposition.${signed.disposition}`) : say('decision.unsigned');
  return html`<div class="verdict tone-${tone}">${sign(signed ? signOf[signed.disposition] : 'open', 56, 'sign')}
<div class="said">${said}</div>
<div><strong>${state.sample ? say(outcomeKeys[outcome.outcome]) : null}</strong>
<ul>${decisive(outcome.counts).map((count) => html`<li>${countSentence(count, context)}</li>`)}</ul>
${outcome.stoppedEarly ? html`<p>${earlyStopWords(outcome, words)}</p>` : null}
${signed ? signedLines(signed, context) : html`<p class="dim">${say('decision.unsignedDetail')}</p>`}</div></div>`;
}

/** The rows that decided: those not met, else those undecidable, else all. */
function decisive(counts: readonly SeverityCount[]): readonly SeverityCount[] {
  for (const outcome of ['not-met', 'undecidable'] as const) {
    const rows = counts.filter((count) => count.outcome === outcome);
    if (rows.length > 0) return rows;
  }
  return counts;
}

function countSentence(count: SeverityCount, { state, say, words }: ReportContext): string {
  const decided = decidedWords(count, planOfCount(state, count), words);
  if (decided !== null) return decided;
  return say(count.outcome === 'not-met' ? 'decision.beyond' : 'decision.within', {
    found: count.defective,
    severity: words(`audit.severity.${count.severity}`),
    n: count.sampleSize,
    sample: words(`audit.sample.${count.sample}`),
    ac: count.acceptanceNumber,
  });
}

function signedLines(signed: SignedDisposition, { state, say, words }: ReportContext): Markup {
  const previous = state.dispositions.find(({ seq }) => seq === signed.supersedes);
  const by = { name: signed.by.name, role: words(`audit.role.${signed.by.role}`), at: timeText(signed.at) };
  return html`${differsFromOutcome(signed.disposition, signed.outcome.outcome) ? html`<p>${say('decision.reasonDiffers')}</p>` : null}
${signed.reason ? html`<p>${say('named', { name: say('decision.reason'), value: signed.reason })}</p>` : null}
<p class="dim">${say('decision.signedBy', by)}</p>
${
  previous
    ? html`<p class="dim">${say('decision.superseded', {
        at: timeText(previous.at),
        disposition: words(`audit.disposition.${previous.disposition}`),
      })}</p>`
    : null
}
${isNewSignatureDue(state) ? html`<p class="warning">${say('decision.due')}</p>` : null}`;
}

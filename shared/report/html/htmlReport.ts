/**
 * The audit report as one HTML file: everything in it, nothing fetched, no script. It is what the vendor reads and
 * what the archive keeps; printed, it is A4.
 */
import type { AuditState } from '../../audit/state.ts';
import type { Translate } from '../../messages/translate.ts';
import type { SpecLanguage } from '../findingColumns.ts';
import { timeText } from '../quantities.ts';
import { checksSection } from './checksSection.ts';
import { reportContext } from './context.ts';
import { countsSection } from './countsSection.ts';
import { courseSection } from './courseSection.ts';
import { decisionSection } from './decisionSection.ts';
import { defectsSection, findingsSection } from './findingsSection.ts';
import { differingSection, judgingSection } from './judgingSection.ts';
import { intakeSection, lotSection } from './lotSection.ts';
import { html, verbatim } from './markup.ts';
import { planSection } from './planSection.ts';
import { clustersSection, combinedSection, groupsSection, ratesSection } from './ratesSection.ts';
import { oldFindingsSection, recordSection, unsettledSection } from './recordSection.ts';
import { reportStyle } from './style.ts';
import { switchingSection } from './switchingSection.ts';
import { targetsSection } from './targetsSection.ts';

export interface ReportOptions {
  readonly language: SpecLanguage;
  readonly translate: Translate;
  /** `data:` address of a picture by its hash, or null: without pictures the report is complete all the same. */
  readonly pictures: (hash: string) => string | null;
  /** Version of the program, printed at the end. */
  readonly version: string;
  /** UTC, `2026-01-31T08:00:00.000Z`. */
  readonly printedAt: string;
}

const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
const mark =
  '<svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><rect x="1" y="1" width="14" height="14" fill="none" stroke="currentColor" stroke-width="1.6"/><rect x="1" y="1" width="7" height="14" fill="currentColor"/></svg>';

export function htmlReport(state: AuditState, options: ReportOptions): string {
  const { language, translate, pictures, version, printedAt } = options;
  const context = reportContext(state, language, translate, pictures);
  const { say } = context;
  const { vendor, batch, team, submission } = state.intake;
  const page = html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-Hans' : 'en'}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say('page', { vendor, batch })}</title><style>${verbatim(reportStyle)}</style></head>
<body><header><div class="mark">${verbatim(mark)}Assay · ${say('title')}</div>
<div class="printed">${say('printedAt', { at: timeText(printedAt) })}</div></header>
<main><h1>${say('subtitle', { vendor, batch })}</h1>
<p class="dim">${[team, say('submission', { number: submission })].filter(Boolean).join(' · ')}</p>
${decisionSection(context)}
${countsSection(context)}
${courseSection(context)}
${ratesSection(context)}
${groupsSection(context)}
${clustersSection(context)}
${combinedSection(context)}
${planSection(context)}
${switchingSection(context)}
${intakeSection(context)}
${lotSection(context)}
${defectsSection(context)}
${targetsSection(context)}
${checksSection(context)}
${findingsSection(context)}
${unsettledSection(context)}
${differingSection(context)}
${judgingSection(context)}
${oldFindingsSection(context)}
${recordSection(context)}</main>
<footer>${say('footer', { version })}</footer></body></html>
`;
  return page.text;
}

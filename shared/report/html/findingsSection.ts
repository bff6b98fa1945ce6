/** Defects as charts, and every finding with what the auditor saw. */

import type { Evidence } from '../../audit/events.ts';
import type { Finding } from '../../audit/state.ts';
import { type TallyRow, tallyFindings } from '../../audit/tally.ts';
import { type BarPart, barChart } from '../charts/barChart.ts';
import { paperPalette } from '../charts/frame.ts';
import { correctionMeasures, isBeyond } from '../corrections.ts';
import { boxOf, defectTitle } from '../findingColumns.ts';
import { givenText, measuresText } from '../howGiven.ts';
import { measuredText, timeText } from '../quantities.ts';
import type { ReportContext } from './context.ts';
import { severityMark } from './countsSection.ts';
import { chart, facts, html, type Markup, type MarkupValue, section } from './markup.ts';

export function defectsSection(context: ReportContext): Markup | null {
  const { state, say } = context;
  if (!state.sample) return null;
  const byCode = tallyFindings(state, 'code');
  if (byCode.length === 0) return section(say('defects.title'), html`<p>${say('defects.none')}</p>`);
  const spec = state.spec?.spec ?? null;
  const codeLabel = ({ key }: TallyRow): string => `${key} ${defectTitle(spec, key, context.language)}`;
  const classLabel = ({ key }: TallyRow): string => key || say('defects.noClass');
  return section(
    say('defects.title'),
    html`<div class="columns"><figure><h3>${say('defects.byCode')}</h3>${bars(byCode, codeLabel, say('defects.byCode'), context)}</figure>
<figure><h3>${say('defects.byClass')}</h3>${bars(tallyFindings(state, 'class'), classLabel, say('defects.byClass'), context)}</figure></div>`,
  );
}

function bars(
  rows: readonly TallyRow[],
  label: (row: TallyRow) => string,
  title: string,
  { words }: ReportContext,
): Markup {
  const part = (row: TallyRow, severity: 'critical' | 'major' | 'minor'): BarPart => ({
    value: row[severity],
    fill: paperPalette[severity],
    name: words(`audit.severity.${severity}`),
  });
  const parts = (row: TallyRow) => [part(row, 'critical'), part(row, 'major'), part(row, 'minor')];
  const drawn = rows.map((row) => ({ label: label(row), parts: parts(row) }));
  return chart(barChart({ title, rows: drawn, width: 430, palette: paperPalette }));
}

export function findingsSection(context: ReportContext): Markup {
  const { state, say, words } = context;
  const isCounted = ({ source }: Finding): boolean => source === 'sample' || source === 'cell';
  const groups = [
    { title: say('findings.inSample'), findings: state.findings.filter(isCounted) },
    { title: say('findings.outside'), findings: state.findings.filter(({ source }) => source === 'beside') },
    { title: words('targets.title'), findings: state.findings.filter(({ source }) => source === 'targeted') },
  ].filter(({ findings }) => findings.length > 0);
  return section(
    say('findings.title'),
    groups.length === 0 ? html`<p>${say('findings.none')}</p>` : null,
    groups.map(
      ({ title, findings }) =>
        html`<h3>${title} · ${findings.length}</h3>${findings.map((finding) => findingCard(finding, context))}`,
    ),
  );
}

function findingCard(finding: Finding, context: ReportContext): Markup {
  const { say, words, language, state } = context;
  const { defect, evidence } = finding;
  const source = evidence?.picture ? context.pictures(evidence.picture) : null;
  const picture =
    source && html`<img src="${source}" alt="${say('findings.pictureAlt', { id: finding.id })}">`;
  return html`<article class="finding${picture ? ' pictured' : ''}">${picture}<div>
<div class="head"><span class="id">${finding.id}</span><span class="code">${defect.code}</span>
<span class="what">${defectTitle(state.spec?.spec ?? null, defect.code, language)}</span>
${severityMark(defect.severity, words(`audit.severity.${defect.severity}`))}
<span class="dim">${words(`audit.source.${finding.source}`)} · ${words(`audit.status.${finding.status}`)}</span></div>
${facts(findingFacts(finding, context))}
<p class="note">${say('findings.foundBy', { name: finding.by.name, at: timeText(finding.at) })}</p></div></article>`;
}

function findingFacts(finding: Finding, context: ReportContext): [string, MarkupValue][] {
  const { say, words, state } = context;
  const { defect, evidence } = finding;
  const box = boxOf(finding);
  const lengths = (values: readonly number[]): string =>
    `${values.map((value) => value.toFixed(2)).join(' × ')} m`;
  const place = (values: readonly number[]): string =>
    `${values.map((value) => value.toFixed(2)).join(', ')} m`;
  return [
    [
      say('findings.measured'),
      defect.measured && html`<strong>${measuredText(defect.measured, words)}</strong>`,
    ],
    [say('findings.correction'), correctionText(evidence, context)],
    [say('findings.measures'), measuresText(evidence, words)],
    [say('findings.given'), givenText(finding, state, say)],
    [say('findings.note'), defect.note],
    [say('findings.frame'), finding.frame],
    [say('findings.label'), finding.label],
    [say('findings.track'), finding.track],
    [say('findings.class'), finding.className],
    [say('findings.at'), box && place(box.center)],
    [say('findings.size'), box && lengths(box.size)],
    [say('findings.yaw'), box && `${((box.yawRadians * 180) / Math.PI).toFixed(1)}°`],
    [say('findings.points'), evidence?.cuboid?.pointsInside ?? null],
    [say('findings.remarks'), finding.remarks.length > 0 ? remarks(finding, say) : null],
  ];
}

/** How the auditor's box differs from the label, what is beyond its limit in bold. */
function correctionText(evidence: Evidence | null, { say, words, state }: ReportContext): MarkupValue {
  if (!evidence?.correction) return null;
  const measures = correctionMeasures(evidence, state.spec?.spec ?? null);
  const parts = measures.map((measured) => {
    const text = measuredText(measured, words);
    return html`<div>${isBeyond(measured) ? html`<strong>${text}</strong>` : text}</div>`;
  });
  const source = say(`findings.correctionSource.${evidence.correction.source}`);
  const changed = parts.length === 0 ? html`<div>${say('findings.correctionNone')}</div>` : parts;
  return html`${changed}<div class="dim">${source}</div>`;
}

function remarks(finding: Finding, say: ReportContext['say']): MarkupValue {
  return finding.remarks.map(
    ({ by, at, text }) => html`<div>${say('findings.remark', { by, at: timeText(at), text })}</div>`,
  );
}

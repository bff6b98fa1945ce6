/** The record as data: one JSON document of everything the report says, and the findings as CSV. */
import { pairAgreement, selfAgreement } from '../audit/agreement.ts';
import { combinedEstimate } from '../audit/combinedEstimate.ts';
import { disagreements } from '../audit/disagreement.ts';
import { estimatesOf } from '../audit/estimates.ts';
import { planOutcome } from '../audit/outcome.ts';
import { paceByPerson } from '../audit/pace.ts';
import { auditorResults } from '../audit/seedResults.ts';
import type { AuditState } from '../audit/state.ts';
import { summariseAudit } from '../audit/summary.ts';
import type { Translate } from '../messages/translate.ts';
import { writeCsv } from './csv.ts';
import { findingColumnNames, findingColumns, type SpecLanguage } from './findingColumns.ts';
import { givenText, measuresText } from './howGiven.ts';
import { timeText } from './quantities.ts';

/**
 * The audit as one JSON document, version 1: keys are only ever added. It is a reading of the log, for people's own
 * tools; what proves anything is the log in the bundle.
 */
export function jsonRecord(state: AuditState): string {
  const { draws, sample, verdicts, opinions, cellVerdicts, oldFindings, targets, ...rest } = state;
  const { open, settled } = disagreements(state);
  const record = {
    schema: 'assay-audit-record',
    schemaVersion: 1,
    summary: summariseAudit(state),
    ...rest,
    draws,
    sample,
    outcome: planOutcome(state),
    estimates: estimatesOf(state),
    combinedEstimate: combinedEstimate(state),
    verdicts: [...verdicts.values()],
    opinions: [...opinions.values()].flat(),
    disagreements: [...open, ...settled],
    pace: paceByPerson(state),
    agreement: { withThemselves: selfAgreement(state), withEachOther: pairAgreement(state) },
    auditors: auditorResults(state, state.seedVerdicts),
    cellVerdicts: [...cellVerdicts.values()],
    targets: [...targets.values()],
    oldFindings: Object.fromEntries(oldFindings),
  };
  return `${JSON.stringify(record, null, 2)}\n`;
}

/** Every finding, settled ones included, with who found it and what was answered. */
export function findingsCsv(state: AuditState, translate: Translate, language: SpecLanguage): string {
  const context = { translate, spec: state.spec?.spec ?? null, language };
  const header = [
    ...findingColumnNames.map((column) => translate(`report.rework.${column}`)),
    translate('report.csv.measures'),
    translate('report.csv.given'),
    translate('report.csv.counts'),
    translate('report.csv.foundBy'),
    translate('report.csv.foundAt'),
    translate('report.findings.remarks'),
  ];
  const rows = state.findings.map((finding) => [
    ...findingColumnNames.map((column) => findingColumns[column](finding, context)),
    measuresText(finding.evidence, translate) ?? '',
    givenText(finding, state, (key, params) => translate(`report.${key}`, params)) ?? '',
    translate(finding.source === 'sample' || finding.source === 'cell' ? 'report.yes' : 'report.no'),
    finding.by.name,
    finding.at,
    finding.remarks
      .map(({ by, at, text }) => translate('report.findings.remark', { by, at: timeText(at), text }))
      .join('\n'),
  ]);
  return writeCsv([header, ...rows]);
}

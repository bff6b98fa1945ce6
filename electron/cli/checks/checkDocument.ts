/** What `assay check` answers: the results with their words. The same results give the same document. */
import type { Problem } from '../../../shared/base/problem.ts';
import { type CheckId, type Need, needs } from '../../../shared/checks/checkIds.ts';
import { checksInForce } from '../../../shared/checks/checkScene.ts';
import type { FindingSeverity } from '../../../shared/checks/contract.ts';
import type { CheckFinding } from '../../../shared/checks/finding.ts';
import type { CheckResults, CheckTally } from '../../../shared/checks/results.ts';
import { problemSentence, type Translate } from '../../../shared/messages/translate.ts';
import { checkTitle, findingSentence } from '../../../shared/report/checkWords.ts';
import { type CheckSetup, contextOf } from '../../workers/checks/setup.ts';

export interface CheckRow extends Omit<CheckTally, 'skipped'> {
  readonly title: string;
  /** Why it looked at no scene at all; absent where it looked at one. */
  readonly skipped?: string;
  /** Scenes it did not look at, by what they lack; absent where there are none. */
  readonly skippedScenes?: CheckTally['skipped'];
}

export interface CheckDocument {
  readonly checks: readonly CheckRow[];
  readonly findings: readonly (CheckFinding & { readonly message: string })[];
  readonly summary: CheckSummary;
  /** By `<check> <limit key>`: every measured value, within its limits or beyond. */
  readonly histograms: CheckResults['histograms'];
  readonly problems: readonly (Problem & { readonly message: string })[];
}

export interface CheckSummary {
  readonly scenes: number;
  readonly frames: number;
  readonly objects: number;
  readonly findings: number;
  readonly bySeverity: Readonly<Record<FindingSeverity, number>>;
  readonly byOwner: Readonly<Record<CheckFinding['owner'], number>>;
  /** Findings that a systematic one explains; they are not listed. */
  readonly explained: number;
  /** Findings that an exception of the settings takes out. */
  readonly excepted: number;
  /** Checks that were not run. */
  readonly off: readonly CheckId[];
  readonly problems: number;
}

/** @param results concluded, or the sums of a part */
export function checkDocument(
  results: CheckResults,
  problems: readonly Problem[],
  setup: CheckSetup,
  t: Translate,
): CheckDocument {
  return {
    checks: checksInForce(contextOf(setup)).map(({ id, version }) => {
      const tally = results.checks.find((known) => known.id === id);
      return rowOf(tally ?? { ...unseen, id, version }, t);
    }),
    findings: results.findings.map((finding) => withMessage(finding, t)),
    summary: summaryOf(results, problems, setup),
    histograms: results.histograms,
    problems: problems.map((problem) => ({ ...problem, message: problemSentence(t, problem) })),
  };
}

export function withMessage(
  finding: CheckFinding,
  t: Translate,
): CheckFinding & { readonly message: string } {
  return { ...finding, message: findingSentence(finding, t) };
}

/** Of a part without a scene. */
const unseen = { ran: 0, skipped: {}, measured: 0, findings: 0, hard: 0, explained: 0, excepted: 0 };

function rowOf({ id, version, skipped, ...counts }: CheckTally, t: Translate): CheckRow {
  const row = { id, title: checkTitle(id, t), version, ...counts };
  const lacking = needs.filter((need) => (skipped[need] ?? 0) > 0);
  if (lacking.length === 0) return row;
  const skippedScenes = Object.fromEntries(lacking.map((need) => [need, skipped[need]!]));
  return row.ran > 0
    ? { ...row, skippedScenes }
    : { ...row, skipped: skippedBecause(lacking, t), skippedScenes };
}

function skippedBecause(lacks: readonly Need[], t: Translate): string {
  const lack = lacks.map((need) => t(`checks.skipped.lacks.${need}`)).join(', ');
  return t('checks.skipped.lead', { lack });
}

function summaryOf(
  { scenes, frames, objects, findings, checks }: CheckResults,
  problems: readonly Problem[],
  { settings }: CheckSetup,
): CheckSummary {
  const of = (severity: FindingSeverity): number =>
    findings.filter((finding) => finding.severity === severity).length;
  const ownedBy = (owner: CheckFinding['owner']): number =>
    findings.filter((finding) => finding.owner === owner).length;
  return {
    ...{ scenes, frames, objects, findings: findings.length },
    bySeverity: { critical: of('critical'), major: of('major'), minor: of('minor') },
    byOwner: { vendor: ownedBy('vendor'), data: ownedBy('data') },
    explained: checks.reduce((sum, check) => sum + check.explained, 0),
    excepted: checks.reduce((sum, check) => sum + check.excepted, 0),
    off: settings.off,
    problems: problems.length,
  };
}

/** The answer of `assay check` for people: a table by check, then the findings to look at first. */
import type { CommandContext } from '../command.ts';
import { table } from '../output.ts';
import type { CheckDocument } from './checkDocument.ts';

/** What fits on a screen; `--jsonl` has them all. */
const shownFindings = 20;
/** Problems told one by one on stderr. */
const shownProblems = 10;

export function checkLines({ checks, findings, summary }: CheckDocument, context: CommandContext): string[] {
  const { t } = context;
  const word = (key: string): string => t(`cli.words.${key}`);
  const grave = { critical: 0, major: 1, minor: 2 } as const;
  const worst = findings
    .toSorted((a, b) => grave[a.severity] - grave[b.severity] || b.score - a.score)
    .slice(0, shownFindings);
  const heads = [word('check'), word('findings'), word('hard'), word('explained'), word('measured')];
  const { critical, major, minor } = summary.bySeverity;
  return [
    ...table([
      [...heads, word('skippedScenes'), ''],
      ...checks.map((row) => {
        const scenes = Object.values(row.skippedScenes ?? {}).reduce((sum, count) => sum + count, 0);
        const counts = [row.findings, row.hard, row.explained, row.measured, scenes];
        return [row.id, ...counts, row.skipped ?? row.title];
      }),
    ]),
    '',
    t('cli.checkSummary', { ...summary, critical, major, minor, data: summary.byOwner.data }),
    ...(worst.length === 0 ? [] : ['', t('cli.worstFindings', { shown: worst.length })]),
    ...table(
      worst.map((finding) => [
        t(`audit.severity.${finding.severity}`),
        finding.score.toFixed(2),
        finding.check,
        [finding.scene, finding.frame, finding.track ?? finding.object, finding.camera]
          .filter((part) => part !== null && part !== '')
          .join(' '),
        finding.message,
      ]),
    ),
  ];
}

/** On stderr, so that a part of the data that could not be looked at is never passed over in silence. */
export function remarkProblems({ problems }: Pick<CheckDocument, 'problems'>, { output, t }: CommandContext) {
  for (const { message } of problems.slice(0, shownProblems)) output.remark(message);
  const others = problems.length - shownProblems;
  if (others > 0) output.remark(t('cli.furtherProblems', { others }));
}

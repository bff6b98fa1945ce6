/** The findings, surest first; only those in sight exist, however many there are. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CheckFinding } from '../../../shared/checks/finding.ts';
import { precisionOf } from '../../../shared/checks/precision.ts';
import { rankOf } from '../../../shared/checks/ranking.ts';
import { checkTitle } from '../../../shared/report/checkWords.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { count } from '../../ui/format.ts';
import { AnswerMark } from './AnswerMark.tsx';
import styles from './checks.module.css';
import { findingQuantity, percentText, subjectText } from './checkText.ts';
import { SeverityMark } from './SeverityMark.tsx';
import type { Checks } from './useChecks.ts';

export function FindingTable({ checks }: { checks: Checks }) {
  const { t } = useTranslation();
  const { listed, chosen, precision, triage, filter } = checks;
  const columns = useMemo(
    (): Column<CheckFinding>[] => [
      {
        id: 'rank',
        title: t('checks.table.rank'),
        width: 6,
        render: (finding) => {
          const learned = precision.get(finding.check) ?? precisionOf(0, 0);
          const hint = t('checks.table.rankHint', {
            score: finding.score.toFixed(2),
            precision: percentText(learned.estimate),
          });
          return (
            <span className={styles.rank} title={hint}>
              <SeverityMark finding={finding} />
              {(100 * rankOf(finding, learned)).toFixed(0)}
            </span>
          );
        },
      },
      {
        id: 'check',
        title: t('checks.table.check'),
        width: 12,
        grow: 2,
        render: (finding) => checkTitle(finding.check, t),
      },
      {
        id: 'object',
        title: t('checks.table.object'),
        width: 11,
        grow: 2,
        render: (finding) => subjectText(finding, t),
      },
      {
        id: 'value',
        title: t('checks.table.value'),
        width: 10,
        align: 'end',
        render: (finding) => findingQuantity(finding.check, finding.value),
      },
      // How it was answered is what one looks for then; how long it lasts stands in the card.
      ...(filter.answer !== 'open'
        ? [
            {
              id: 'state',
              title: t('checks.table.state'),
              width: 9,
              render: ({ id }: CheckFinding) => <AnswerMark answer={triage.get(id)?.answer ?? null} />,
            },
          ]
        : [
            {
              id: 'frames',
              title: t('checks.table.frames'),
              width: 5,
              align: 'end' as const,
              render: ({ frames }: CheckFinding) => count(frames),
            },
          ]),
    ],
    [t, precision, triage, filter.answer],
  );
  return (
    <DataTable
      label={t('checks.table.label')}
      rows={listed}
      columns={columns}
      rowKey={({ id }) => id}
      currentKey={chosen?.id ?? null}
      onCurrent={checks.choose}
      testId="check-findings"
    />
  );
}

/** Columns of the findings table. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import { severities } from '../../../shared/audit/qaSpec.ts';
import type { Finding, FindingStatus } from '../../../shared/audit/state.ts';
import {
  type ColumnContext,
  type FindingColumn,
  findingColumns,
} from '../../../shared/report/findingColumns.ts';
import type { Column } from '../../ui/DataTable.tsx';
import { Mark, type MarkKind } from '../../ui/Mark.tsx';

const marks: Readonly<Record<FindingStatus, MarkKind>> = {
  open: 'none',
  'vendor-accepted': 'reject',
  disputed: 'unsure',
  overturned: 'accept',
  upheld: 'reject',
  fixed: 'unsure',
  verified: 'accept',
};

export function useFindingColumns(spec: QaSpec | null): readonly Column<Finding>[] {
  const { t, i18n } = useTranslation();
  return useMemo(() => {
    const context: ColumnContext = { translate: t, spec, language: i18n.language === 'zh' ? 'zh' : 'en' };
    const plain = (id: FindingColumn, width: number, grow = 0): Column<Finding> => ({
      id,
      title: t(`report.rework.${id}`),
      width,
      grow,
      render: (finding) => {
        const text = findingColumns[id](finding, context);
        return <span title={text}>{text}</span>;
      },
      sortBy: (finding) => findingColumns[id](finding, context),
    });
    return [
      plain('finding', 9),
      {
        ...plain('status', 25, 1),
        render: (finding) => (
          <Mark kind={marks[finding.status]}>{findingColumns.status(finding, context)}</Mark>
        ),
      },
      {
        ...plain('severity', 9),
        sortBy: ({ defect }) => severities.indexOf(defect.severity),
      },
      plain('code', 8),
      plain('meaning', 14, 1.4),
      plain('class', 10, 0.8),
      plain('measured', 16, 1.6),
      plain('source', 14, 1),
      plain('frame', 10, 1),
      plain('label', 8, 0.8),
    ];
  }, [t, i18n.language, spec]);
}

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
    const plain = (id: FindingColumn, width: string): Column<Finding> => ({
      id,
      title: t(`report.rework.${id}`),
      width,
      render: (finding) => {
        const text = findingColumns[id](finding, context);
        return <span title={text}>{text}</span>;
      },
      sortBy: (finding) => findingColumns[id](finding, context),
    });
    return [
      plain('finding', '9ch'),
      {
        ...plain('status', 'minmax(20ch, 1fr)'),
        render: (finding) => (
          <Mark kind={marks[finding.status]}>{findingColumns.status(finding, context)}</Mark>
        ),
      },
      {
        ...plain('severity', '9ch'),
        sortBy: ({ defect }) => severities.indexOf(defect.severity),
      },
      plain('code', '8ch'),
      plain('meaning', 'minmax(14ch, 1.4fr)'),
      plain('class', 'minmax(10ch, 0.8fr)'),
      plain('measured', 'minmax(16ch, 1.6fr)'),
      plain('source', 'minmax(14ch, 1fr)'),
      plain('frame', 'minmax(10ch, 1fr)'),
      plain('label', 'minmax(8ch, 0.8fr)'),
    ];
  }, [t, i18n.language, spec]);
}

/** Units that are not settled: unsure, uninspectable, disputed between auditors, on hold. Enter looks at one again. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditState } from '../../../shared/audit/state.ts';
import { auditAddress, navigate } from '../../app/routes.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Mark, type MarkKind } from '../../ui/Mark.tsx';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import styles from './Disposition.module.css';
import type { OpenUnit } from './decision.ts';

const marks: Readonly<Record<OpenUnit['why'], MarkKind>> = {
  unjudged: 'none',
  unsure: 'unsure',
  uninspectable: 'unsure',
  disagreement: 'unsure',
  'on-hold': 'hold',
};

export function OpenUnits({ audit, units }: { audit: AuditState; units: readonly OpenUnit[] }) {
  const { t } = useTranslation();
  const columns = useMemo<readonly Column<OpenUnit>[]>(
    () => [
      {
        id: 'why',
        title: t('report.unsettled.state'),
        width: 18,
        render: ({ why }) => <Mark kind={marks[why]}>{t(`disposition.why.${why}`)}</Mark>,
        sortBy: ({ why }) => why,
      },
      {
        id: 'unit',
        title: t('report.unsettled.unit'),
        width: 20,
        grow: 2,
        render: ({ id, screen }) => (
          <a href={auditAddress(audit.audit, screen, id)} tabIndex={-1} title={id}>
            {id}
          </a>
        ),
        sortBy: ({ id }) => id,
      },
      {
        id: 'class',
        title: t('report.findings.class'),
        width: 8,
        grow: 1,
        render: ({ className }) => className ?? '',
        sortBy: ({ className }) => className,
      },
      {
        id: 'look',
        title: t('disposition.secondLook'),
        width: 12,
        render: ({ isSecondLook, why }) =>
          why === 'on-hold' || why === 'unjudged' ? '' : t(isSecondLook ? 'report.yes' : 'report.no'),
      },
      {
        id: 'comment',
        title: t('report.unsettled.comment'),
        width: 12,
        grow: 2,
        render: ({ comment }) => <span title={comment}>{comment}</span>,
      },
    ],
    [t, audit.audit],
  );
  return (
    <Section title={t('report.unsettled.title')}>
      {units.length === 0 ? (
        <p className={page.plain}>{t('report.unsettled.none')}</p>
      ) : (
        <div
          className={styles.units}
          style={{ height: `calc(${Math.min(units.length, 8)} * var(--row) + 44px)` }}
        >
          <DataTable
            label={t('report.unsettled.title')}
            rows={units}
            columns={columns}
            rowKey={({ sample, id }) => `${sample} ${id}`}
            onOpen={({ screen, id }) => navigate(auditAddress(audit.audit, screen, id))}
            testId="open-units"
          />
        </div>
      )}
    </Section>
  );
}

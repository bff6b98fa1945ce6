/** Columns of the deliveries table. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Translate } from '../../../shared/messages/translate.ts';
import type { Column } from '../../ui/DataTable.tsx';
import { bytes, count, daysSince } from '../../ui/format.ts';
import { Mark, type MarkKind } from '../../ui/Mark.tsx';
import styles from './Deliveries.module.css';
import type { DeliveryRow } from './deliveryRows.ts';

export function useDeliveryColumns(): readonly Column<DeliveryRow>[] {
  const { t } = useTranslation();
  return useMemo(() => columnsIn(t), [t]);
}

function columnsIn(t: Translate): readonly Column<DeliveryRow>[] {
  const now = new Date();
  return [
    {
      id: 'vendor',
      title: t('deliveries.vendor'),
      width: 12,
      grow: 1.2,
      render: ({ audit }) => audit?.vendor ?? <i className={styles.absent}>–</i>,
      sortBy: ({ audit }) => audit?.vendor ?? null,
    },
    {
      id: 'batch',
      title: t('deliveries.batch'),
      width: 18,
      grow: 2,
      render: (row) => <Batch row={row} />,
      sortBy: ({ audit, name }) => audit?.batch ?? name,
    },
    {
      id: 'format',
      title: t('deliveries.format'),
      width: 14,
      grow: 0.8,
      render: ({ format }) => t(`deliveries.formats.${format}`),
      sortBy: ({ format }) => format,
    },
    {
      id: 'labels',
      title: t('deliveries.labels'),
      width: 9,
      align: 'end',
      render: ({ cuboids }) => (cuboids === null ? '–' : count(cuboids)),
      sortBy: ({ cuboids }) => cuboids,
    },
    {
      id: 'size',
      title: t('deliveries.size'),
      width: 9,
      align: 'end',
      render: (row) => (row.bytes === null ? '–' : bytes(row.bytes)),
      sortBy: (row) => row.bytes,
    },
    {
      id: 'state',
      title: t('deliveries.state'),
      width: 14,
      grow: 1,
      render: (row) => stateOf(row, t),
      sortBy: ({ audit }) => audit?.phase ?? null,
    },
    {
      id: 'disposition',
      title: t('deliveries.disposition'),
      width: 13,
      grow: 0.9,
      render: ({ audit }) => audit?.disposition && <Disposed disposition={audit.disposition} t={t} />,
      sortBy: ({ audit }) => audit?.disposition ?? null,
    },
    {
      id: 'age',
      title: t('deliveries.age'),
      width: 8,
      align: 'end',
      render: ({ since }) => t('deliveries.days', { count: daysSince(since, now) }),
      sortBy: ({ since }) => now.getTime() - new Date(since).getTime(),
    },
    {
      id: 'waiting',
      title: t('deliveries.waiting'),
      width: 26,
      grow: 1.8,
      render: (row) => <WaitingFor row={row} t={t} />,
      sortBy: ({ waiting }) => waiting,
    },
  ];
}

function Batch({ row: { audit, name, path } }: { row: DeliveryRow }) {
  return (
    <span className={styles.batch} title={path}>
      {audit?.batch ?? name}
      {audit !== null && audit.submission > 1 && <span className={styles.absent}>#{audit.submission}</span>}
    </span>
  );
}

function stateOf({ audit }: DeliveryRow, t: Translate): string {
  if (audit === null) return t('deliveries.states.new');
  if (audit.phase === 'judging') {
    return t('deliveries.states.judging', { judged: audit.judged, drawn: audit.drawn });
  }
  return t(`deliveries.states.${audit.phase}`);
}

const dispositionMarks: Readonly<Record<string, MarkKind>> = {
  accept: 'accept',
  'not-accept': 'reject',
  concession: 'unsure',
  hold: 'hold',
};

function Disposed({ disposition, t }: { disposition: string; t: Translate }) {
  return <Mark kind={dispositionMarks[disposition] ?? 'none'}>{t(`audit.disposition.${disposition}`)}</Mark>;
}

function WaitingFor({ row, t }: { row: DeliveryRow; t: Translate }) {
  const { audit, waiting, isOverdue } = row;
  const left = audit === null ? 0 : waiting === 'judge' ? audit.drawn - audit.judged : audit.openFindings;
  return (
    <>
      <span className={waiting === 'nothing' ? styles.absent : undefined}>
        {t(`deliveries.waits.${waiting}`, { count: left })}
      </span>
      {isOverdue && <span className={styles.overdue}>{t('deliveries.overdue', { on: audit!.dueOn })}</span>}
    </>
  );
}

/** Scenes by sensors: how many frames have what. A cell that falls short says so in shape and number. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import type { SceneCompleteness } from '../../../shared/readers/arrival.ts';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { Mark } from '../../ui/Mark.tsx';
import styles from './Intake.module.css';

export interface CompletenessMatrixProps {
  readonly index: DeliveryIndex;
  readonly rows: readonly SceneCompleteness[];
}

export function CompletenessMatrix({ index, rows }: CompletenessMatrixProps) {
  const { t } = useTranslation();
  const columns = useMemo<readonly Column<SceneCompleteness>[]>(() => {
    const { lidars, cameras } = index.delivery;
    const share = (id: string, title: string, of: (row: SceneCompleteness) => number) => ({
      id,
      title,
      width: Math.max(8, title.length + 1),
      align: 'end' as const,
      render: (row: SceneCompleteness) => <Share have={of(row)} of={row.frames} />,
      sortBy: (row: SceneCompleteness) => of(row) / row.frames,
    });
    return [
      {
        id: 'scene',
        title: t('intake.scene'),
        width: 14,
        grow: 1,
        render: ({ scene }) => scene,
        sortBy: ({ scene }) => scene,
      },
      {
        id: 'frames',
        title: t('intake.frames'),
        width: 8,
        align: 'end',
        render: ({ frames }) => frames,
        sortBy: ({ frames }) => frames,
      },
      share('labelled', t('intake.labelled'), ({ labelled }) => labelled),
      ...lidars.map(({ name }, at) => share(`lidar ${name}`, name, ({ sweeps }) => sweeps[at]!)),
      ...cameras.map(({ name }, at) => share(`camera ${name}`, name, ({ images }) => images[at]!)),
    ];
  }, [index, t]);
  const height = `calc(${Math.min(rows.length, 10)} * var(--row) + 44px)`;
  return (
    <div className={styles.matrix} style={{ height }}>
      <DataTable
        label={t('intake.completeness')}
        rows={rows}
        columns={columns}
        rowKey={({ scene }) => scene}
        testId="completeness"
      />
    </div>
  );
}

function Share({ have, of }: { have: number; of: number }) {
  if (have === of) {
    return (
      <>
        <Mark kind="accept" /> {have}
      </>
    );
  }
  return (
    <Mark kind={have === 0 ? 'none' : 'reject'}>
      {have} / {of}
    </Mark>
  );
}

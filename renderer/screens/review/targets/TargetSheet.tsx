/** The targeted queue as a list: why each unit is in it, what became of it, and how more come in. */
import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type TargetEntry,
  targetProgress,
  targetQueue,
  unitOfTarget,
} from '../../../../shared/audit/targets.ts';
import { useSession } from '../../../state/context.tsx';
import { DataTable } from '../../../ui/DataTable.tsx';
import { ReasonDialog } from '../../../ui/ReasonDialog.tsx';
import { unitName } from '../unitName.ts';
import { DrawTargets } from './DrawTargets.tsx';
import { ImportTargets } from './ImportTargets.tsx';
import { useVisibleQueue } from './queue.ts';
import styles from './targets.module.css';
import { useQueue } from './useQueues.ts';
import { useTargetColumns } from './useTargetColumns.tsx';

export interface TargetSheetProps {
  readonly isOpen: boolean;
  readonly canJudge: boolean;
  readonly onClose: () => void;
}

export function TargetSheet({ isOpen, canJudge, onClose }: TargetSheetProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      size="min(1100px, 92vw)"
      title={t('targets.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
      lockScroll={false}
      transitionProps={{ duration: 0 }}
    >
      {isOpen && <SheetBody canJudge={canJudge} onClose={onClose} />}
    </Modal>
  );
}

function SheetBody({ canJudge, onClose }: Omit<TargetSheetProps, 'isOpen'>) {
  const { t } = useTranslation();
  const { show } = useQueue();
  const audit = useVisibleQueue();
  const record = useSession((state) => state.record);
  const [removing, setRemoving] = useState<TargetEntry | null>(null);
  const [current, setCurrent] = useState<TargetEntry | null>(null);
  const rows = targetQueue(audit);
  const columns = useTargetColumns();
  const { queued, judged, left, found, inSample, waitingForSample } = targetProgress(audit);
  const chosen = rows.find(({ key }) => key === (current ?? rows[0])?.key);
  const isRemovable =
    chosen?.verdict === null && chosen.targets.every(({ target }) => target.probability === null);

  function remove(reason: string): void {
    for (const { target } of removing?.targets ?? []) {
      record({ type: 'target.removed', data: { target: target.id, reason } });
    }
    setRemoving(null);
  }

  return (
    <div className={styles.sheet} data-testid="target-sheet">
      <p className={styles.lead}>
        {t('targets.apart')}{' '}
        <b>{queued === 0 ? t('targets.empty') : t('targets.progress', { judged, queued, left, found })}</b>
      </p>
      {inSample > 0 && (
        <p className={styles.lead}>{t('targets.inSample', { count: inSample, waiting: waitingForSample })}</p>
      )}
      {rows.length > 0 && (
        <>
          <div className={styles.table}>
            <DataTable
              label={t('targets.title')}
              rows={rows}
              columns={columns}
              rowKey={({ key }) => key}
              onCurrent={setCurrent}
              onOpen={({ targets }) => {
                show('targets', unitOfTarget(targets[0]).id);
                onClose();
              }}
              isFocusedAtStart
              testId="target-table"
            />
          </div>
          <div className={styles.actions}>
            <Button
              disabled={!canJudge || !isRemovable}
              title={isRemovable ? undefined : t('targets.staysHint')}
              onClick={() => setRemoving(chosen ?? null)}
              data-testid="target-remove"
            >
              {t('targets.remove')}
            </Button>
            <small className={styles.lead}>{t('targets.openHint')}</small>
          </div>
        </>
      )}
      <DrawTargets canJudge={canJudge} />
      <ImportTargets canJudge={canJudge} />
      <ReasonDialog
        isOpen={removing !== null}
        title={t('targets.removeTitle', {
          object: removing ? unitName(unitOfTarget(removing.targets[0])) : '',
        })}
        text={t('targets.removeText')}
        action={t('targets.remove')}
        onClose={() => setRemoving(null)}
        onGive={remove}
      />
    </div>
  );
}

/** How one works, for oneself and on demand: how much is done, how long a unit takes, what that means for the rest. */
import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hastyMs, paceByPerson } from '../../../../shared/audit/pace.ts';
import { useCommands } from '../../../app/commands.ts';
import { useSession } from '../../../state/context.tsx';
import { count, duration } from '../../../ui/format.ts';
import { idleAfterMs } from '../activeTime.ts';
import { progressAtDesk } from '../course/tellProgress.ts';
import { useDesk, useDeskState } from '../useDesk.ts';
import styles from './pace.module.css';
import { useVisibleAudit } from './useVisibleAudit.ts';

export function PaceSheet() {
  const { t } = useTranslation();
  const desk = useDesk();
  const role = useSession((state) => state.actor?.role ?? null);
  const isWarmUp = useDeskState((state) => state.warmUp !== null);
  const [isOpen, setOpen] = useState(false);
  useCommands([
    {
      id: 'review.pace',
      room: 'review',
      titleKey: 'pace.commands.show',
      keys: [],
      run: () => setOpen(true),
    },
    {
      id: 'review.leaveWarmUp',
      room: 'review',
      titleKey: 'pace.commands.leaveWarmUp',
      keys: [],
      run: () => desk.endWarmUp(),
      isEnabled: () => isWarmUp && (role === 'lead' || role === 'manager'),
    },
  ]);
  return (
    <Modal
      opened={isOpen}
      onClose={() => setOpen(false)}
      title={t('pace.title')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
      lockScroll={false}
      transitionProps={{ duration: 0 }}
    >
      {isOpen && <PaceFacts />}
    </Modal>
  );
}

function PaceFacts() {
  const { t } = useTranslation();
  const desk = useDesk();
  const audit = useVisibleAudit();
  const profile = useSession((state) => state.actor?.profile ?? null);
  const own = paceByPerson(audit).find(({ by }) => by.profile === profile);
  const warmUp = useDeskState((state) => state.warmUp);
  const { judged, asked } = progressAtDesk(desk, audit, warmUp);
  const open = asked - judged;
  const median = own?.medianMs ?? null;
  const seconds = (ms: number | null): string =>
    ms === null ? t('pace.noMedian') : t('pace.seconds', { seconds: (ms / 1000).toFixed(1) });
  const rows: [string, string][] = [
    [t('pace.judged'), t('pace.judgedOf', { judged: count(own?.units ?? 0), drawn: count(asked) })],
    [t('pace.median'), seconds(median)],
    ...(median === null ? [] : [[t('pace.ninetieth'), seconds(own!.ninetiethMs)] as [string, string]]),
    ...(median === null ? [] : [[t('pace.left'), duration((open * median) / 60_000)] as [string, string]]),
    [t('pace.hastyCount', { seconds: hastyMs / 1000 }), count(own?.hasty ?? 0)],
    [t('pace.together'), count(own?.bulk ?? 0)],
  ];
  return (
    <div data-testid="pace">
      <dl className={styles.facts}>
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.honest}>{t('pace.honest', { idle: idleAfterMs / 1000 })}</p>
    </div>
  );
}

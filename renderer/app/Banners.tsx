/** What the person must know now: entries not saved, reading only, files not at hand, and notices until put away. */
import { Button } from '@mantine/core';
import type { TFunction } from 'i18next';
import { CircleAlert, Info, Lock, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditHolder } from '../../shared/host/contract.ts';
import { problemSentence } from '../../shared/messages/translate.ts';
import { useSession } from '../state/context.tsx';
import { FolderDialog } from '../ui/FolderDialog.tsx';
import { dateTime } from '../ui/format.ts';
import { IconButton } from '../ui/IconButton.tsx';
import { ProblemLine } from '../ui/ProblemLine.tsx';
import { useTask } from '../ui/useTask.ts';
import styles from './Banners.module.css';
import { CommandKey } from './CommandKey.tsx';

export function Banners() {
  return (
    <div className={styles.banners}>
      <UnsavedBanner />
      <ReadOnlyBanner />
      <ChangedDeliveryBanner />
      <Notices />
    </div>
  );
}

function Banner({ kind, children }: { kind: 'alarm' | 'hold' | 'note'; children: ReactNode }) {
  const icons = { alarm: <CircleAlert size={16} />, hold: <Lock size={16} />, note: <Info size={16} /> };
  return (
    <div className={styles.banner} data-kind={kind} role={kind === 'alarm' ? 'alert' : 'status'}>
      {icons[kind]}
      {children}
    </div>
  );
}

function UnsavedBanner() {
  const { t } = useTranslation();
  const saving = useSession((state) => state.saving);
  const retry = useSession((state) => state.retry);
  const moveTo = useSession((state) => state.moveTo);
  const [isChoosing, setChoosing] = useState(false);
  const moving = useTask();
  const problem = moving.problem ?? saving.problem;
  if (saving.status !== 'unsaved' || problem === null) return null;
  return (
    <Banner kind="alarm">
      <p className={styles.words} data-testid="unsaved-banner">
        {t('saving.unsavedBanner', { problem: problemSentence(t, problem) })}
      </p>
      <Button variant="filled" onClick={retry} rightSection={<CommandKey id="app.saveNow" />}>
        {t('saving.retry')}
      </Button>
      <Button loading={moving.isRunning} onClick={() => setChoosing(true)}>
        {t('saving.moveTo')}
      </Button>
      <FolderDialog
        isOpen={isChoosing}
        purpose="export"
        title={t('saving.moveTo')}
        onClose={() => setChoosing(false)}
        onChoose={(folder) => {
          setChoosing(false);
          void moving.run(() => moveTo(folder));
        }}
      />
    </Banner>
  );
}

/** Who has the audit, in the language of the screen and its local time. */
function heldSentence(t: TFunction, heldBy: AuditHolder | null): string {
  const { kind, ...params } = heldBy ?? { kind: 'unknown' };
  const since = 'since' in params ? { since: dateTime(params.since) } : {};
  return t(`saving.readOnlyHeld.${kind}`, { ...params, ...since });
}

function ReadOnlyBanner() {
  const { t } = useTranslation();
  const auditId = useSession((state) => state.auditId);
  const isWritable = useSession((state) => state.isWritable);
  const heldBy = useSession((state) => state.heldBy);
  const actor = useSession((state) => state.actor);
  const takeOver = useSession((state) => state.takeOver);
  const task = useTask();
  if (auditId === null || (isWritable && actor !== null)) return null;
  if (isWritable) {
    return (
      <Banner kind="hold">
        <p className={styles.words}>{t('saving.readOnlyNoProfile')}</p>
        <Button component="a" href="#/settings">
          {t('app.screens.settings')}
        </Button>
      </Banner>
    );
  }
  return (
    <Banner kind="hold">
      <p className={styles.words} data-testid="read-only-banner">
        {heldSentence(t, heldBy)}
      </p>
      <Button loading={task.isRunning} onClick={() => void task.run(takeOver)}>
        {t('saving.takeOver')}
      </Button>
    </Banner>
  );
}

/** The folder is at hand but no longer holds what was delivered; where it is gone, the screens say so themselves. */
function ChangedDeliveryBanner() {
  const problem = useSession((state) => (state.index === null ? null : state.deliveryProblem));
  if (problem === null) return null;
  return (
    <Banner kind="alarm">
      <div className={styles.words}>
        <ProblemLine problem={problem} />
      </div>
    </Banner>
  );
}

function Notices() {
  const { t } = useTranslation();
  const notices = useSession((state) => state.notices);
  const dismiss = useSession((state) => state.dismissNotice);
  return notices.map((notice) => (
    <Banner key={notice.id} kind={notice.problem ? 'alarm' : 'note'}>
      <p className={styles.words}>
        {t(notice.key, {
          ...notice.params,
          problem: notice.problem ? problemSentence(t, notice.problem) : '',
        })}
      </p>
      <IconButton label={t('app.dismiss')} onClick={() => dismiss(notice.id)}>
        <X size={16} />
      </IconButton>
    </Banner>
  ));
}

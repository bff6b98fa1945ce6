/** Asks for a reason that stays in the record; nothing happens without one. */
import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './ReasonDialog.module.css';

export interface ReasonDialogProps {
  readonly isOpen: boolean;
  readonly title: string;
  readonly text: string;
  readonly action: string;
  readonly onClose: () => void;
  readonly onGive: (reason: string) => void;
}

export function ReasonDialog(props: ReasonDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <ReasonForm {...props} />
    </Modal>
  );
}

function ReasonForm({ text, action, onClose, onGive }: ReasonDialogProps) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const isGiven = reason.trim() !== '';
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (isGiven) onGive(reason.trim());
      }}
    >
      <p className={styles.text}>{text}</p>
      <Textarea
        label={t('app.reason')}
        rows={3}
        data-autofocus
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-testid="reason"
      />
      <div className={styles.actions}>
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        <Button type="submit" variant="filled" disabled={!isGiven} data-testid="reason-give">
          {action}
        </Button>
      </div>
    </form>
  );
}

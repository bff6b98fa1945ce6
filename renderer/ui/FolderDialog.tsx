/**
 * Asks for a folder. A host that can opens the system's own dialog; otherwise our browser lists the folders the
 * host is willing to show, for keyboard and mouse, with a field to type or paste a path.
 */
import { Button, Modal, TextInput } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HostInput, HostOutput } from '../../shared/host/contract.ts';
import { useHost, useSettings } from '../state/context.tsx';
import styles from './FolderDialog.module.css';
import { FolderList } from './FolderList.tsx';
import { Key } from './Key.tsx';
import { ProblemLine } from './ProblemLine.tsx';
import { useTask } from './useTask.ts';

export interface FolderDialogProps {
  readonly isOpen: boolean;
  readonly purpose: HostInput<'host.pickFolder'>['purpose'];
  readonly title: string;
  /** Files are offered as well, or nothing else: the answer is then the path of one. */
  readonly takesFiles?: 'too' | 'only';
  readonly onClose: () => void;
  readonly onChoose: (path: string) => void;
}

export function FolderDialog(props: FolderDialogProps) {
  const hasSystemDialog = useSettings((state) => state.machine.capabilities.pickFolder);
  if (hasSystemDialog && !props.takesFiles) return <SystemDialog {...props} />;
  return (
    <Modal
      opened={props.isOpen}
      onClose={props.onClose}
      title={props.title}
      size="44rem"
      closeButtonProps={{ 'aria-label': props.title }}
    >
      <FolderBrowser {...props} />
    </Modal>
  );
}

function SystemDialog({ isOpen, purpose, onClose, onChoose }: FolderDialogProps) {
  const host = useHost();
  const { run } = useTask();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the dialog is asked for once each time it opens
  useEffect(() => {
    if (!isOpen) return;
    void run(async () => {
      const { path } = await host.call('host.pickFolder', { purpose });
      if (path === null) onClose();
      else onChoose(path);
    });
  }, [isOpen]);
  return null;
}

function FolderBrowser({ takesFiles, onClose, onChoose }: FolderDialogProps) {
  const { t } = useTranslation();
  const host = useHost();
  const roots = useSettings((state) => state.machine.roots);
  const [listing, setListing] = useState<HostOutput<'folders.list'> | null>(null);
  const [path, setPath] = useState(roots[0] ?? '');
  const { restart, problem } = useTask();
  /** Typed since the last step: what a person types is never overwritten by an answer that comes late. */
  const isTyped = useRef(false);

  const go = useCallback(
    async (to: string) => {
      const answer = await restart((options) => host.call('folders.list', { path: to }, options));
      if (answer === null) return;
      setListing(answer);
      if (!isTyped.current) setPath(answer.path);
    },
    [host, restart],
  );
  const walk = (to: string): void => {
    isTyped.current = false;
    void go(to);
  };
  useEffect(() => void go(roots[0] ?? ''), [go, roots]);

  return (
    <div className={styles.browser}>
      {roots.length > 1 && (
        <div className={styles.roots}>
          {roots.map((root) => (
            <button type="button" key={root} className={styles.root} onClick={() => walk(root)}>
              {root}
            </button>
          ))}
        </div>
      )}
      <form
        className={styles.field}
        onSubmit={(event) => {
          event.preventDefault();
          if (path === listing?.path) onChoose(path);
          else walk(path);
        }}
      >
        <TextInput
          className={styles.path!}
          label={t('folders.path')}
          value={path}
          onChange={(event) => {
            isTyped.current = true;
            setPath(event.currentTarget.value);
          }}
          data-testid="folder-path"
          data-autofocus
        />
      </form>
      {problem && <ProblemLine problem={problem} />}
      {listing && (
        <FolderList
          key={listing.path}
          listing={listing}
          takesFiles={takesFiles !== undefined}
          onOpen={walk}
          onChooseFile={onChoose}
        />
      )}
      <p className={styles.hint}>
        <Key name="ArrowUp" /> <Key name="ArrowDown" /> {t('folders.hintMove')} · <Key name="ArrowRight" />{' '}
        {t('folders.hintInto')} · <Key name="ArrowLeft" /> {t('folders.hintUp')}
      </p>
      <div className={styles.actions}>
        <Button onClick={onClose}>{t('app.cancel')}</Button>
        {takesFiles !== 'only' && (
          <Button
            variant="filled"
            disabled={path === ''}
            onClick={() => onChoose(path)}
            data-testid="folder-choose"
          >
            {t('folders.choose')}
          </Button>
        )}
      </div>
    </div>
  );
}

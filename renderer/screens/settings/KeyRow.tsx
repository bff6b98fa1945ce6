/** One action and its keys: record one by pressing it, add another, have none, or go back to the key map. */
import { Ban, Keyboard, Plus, RotateCcw } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commandName } from '../../app/commandNames.ts';
import type { TabledCommand } from '../../app/commandTable.ts';
import type { EffectiveKeys } from '../../app/keymap.ts';
import { isSameKey, writtenKey } from '../../app/keys.ts';
import { LostKeys } from '../../app/LostKeys.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Key } from '../../ui/Key.tsx';
import styles from './KeySettings.module.css';

export interface KeyRowProps {
  readonly command: TabledCommand;
  readonly effective: EffectiveKeys;
  readonly onGive: (keys: readonly string[]) => void;
  readonly onReset: () => void;
}

export function KeyRow({ command, effective, onGive, onReset }: KeyRowProps) {
  const { t } = useTranslation();
  const { keys, lost, source } = effective;
  /** Keys that stay when the next one is recorded; null while none is. */
  const [kept, setKept] = useState<readonly string[] | null>(null);
  const title = commandName(t, command);
  const record = (key: string): void => {
    const others = (kept ?? []).filter((other) => !isSameKey(other, key));
    setKept(null);
    onGive([...others, key]);
  };
  return (
    <li className={styles.row} data-command={command.id}>
      <span className={styles.name}>
        {title}
        {source === 'own' && <small className={styles.own}>{t('keymap.own')}</small>}
        <LostKeys lost={lost} />
      </span>
      {kept === null ? (
        <span className={styles.caps}>
          {keys.map((key) => (
            <Key key={key} name={key} isSpoken />
          ))}
          {keys.length === 0 && <small>{t('keymap.noKey')}</small>}
        </span>
      ) : (
        <Recorder onKey={record} onLeave={() => setKept(null)} />
      )}
      <span className={styles.tools}>
        <IconButton label={t('keymap.record', { title })} onClick={() => setKept([])}>
          <Keyboard size={16} />
        </IconButton>
        <IconButton
          label={t('keymap.add', { title })}
          isDisabled={keys.length === 0}
          onClick={() => setKept(keys)}
        >
          <Plus size={16} />
        </IconButton>
        <IconButton
          label={t('keymap.clear', { title })}
          isDisabled={keys.length + lost.length === 0}
          onClick={() => onGive([])}
        >
          <Ban size={16} />
        </IconButton>
        <IconButton label={t('keymap.reset', { title })} isDisabled={source !== 'own'} onClick={onReset}>
          <RotateCcw size={16} />
        </IconButton>
      </span>
    </li>
  );
}

/** Takes the next key that is pressed. Tab still leads on, and Escape leaves: a way out must remain. */
function Recorder({ onKey, onLeave }: { onKey: (key: string) => void; onLeave: () => void }) {
  const { t } = useTranslation();
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Tab') return;
    // Whatever it is, it is recorded and does nothing else.
    event.preventDefault();
    event.stopPropagation();
    const isPressed = !event.repeat && !event.nativeEvent.isComposing;
    const key = isPressed ? writtenKey(event.nativeEvent) : null;
    if (event.key === 'Escape') onLeave();
    else if (key !== null) onKey(key);
  };
  return (
    <button
      type="button"
      className={styles.recorder}
      // biome-ignore lint/a11y/noAutofocus: the person just asked to press a key here
      autoFocus
      onKeyDown={onKeyDown}
      onBlur={onLeave}
      data-testid="key-recorder"
    >
      {t('keymap.recording')}
    </button>
  );
}

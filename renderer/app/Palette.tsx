/**
 * Finds any action by its name in either language: screens, commands, settings. What was used last stands first;
 * what cannot be done now stands there with the reason.
 */
import { Modal } from '@mantine/core';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { languages } from '../../shared/messages/index.ts';
import { translator } from '../../shared/messages/translate.ts';
import { useRememberedView } from '../state/context.tsx';
import { Key } from '../ui/Key.tsx';
import { commandName, roomName } from './commandNames.ts';
import { type LiveCommand, useCommandRegistry } from './commands.ts';
import { inTableOrder } from './commandTable.ts';
import styles from './Palette.module.css';
import { foundEntries, type PaletteEntry, withRecent } from './paletteSearch.ts';

/** The palette opens itself and nothing else: it is no action to be found in it. */
const itself = 'app.palette';

export function Palette({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const registry = useCommandRegistry();
  const [recent, setRecent] = useRecent();
  const choose = (command: LiveCommand): void => {
    setRecent(withRecent(recent, command.id));
    onClose();
    registry.run(command);
  };
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      withCloseButton={false}
      centered={false}
      size="44rem"
      padding={0}
      attributes={{ content: { 'aria-label': t('commands.palette') } }}
    >
      {isOpen && <PaletteBody recent={recent} onChoose={choose} />}
    </Modal>
  );
}

interface PaletteBodyProps {
  readonly recent: readonly string[];
  readonly onChoose: (command: LiveCommand) => void;
}

function PaletteBody({ recent, onChoose }: PaletteBodyProps) {
  const { t } = useTranslation();
  const commands = useStore(useCommandRegistry().store, (state) => state.commands);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const found = foundEntries(
    inTableOrder(commands)
      .filter(({ id }) => id !== itself)
      .map(entryOf),
    query,
    recent,
  );
  const chosen = Math.min(at, found.length - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.nativeEvent.keyCode === 229) return;
    const entry = found[chosen];
    if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, chosen - 1));
    else if (event.key === 'Enter' && !event.repeat && entry?.isOffered) onChoose(entry.subject);
    else if (event.key !== 'Enter') return;
    event.preventDefault();
  };
  return (
    <>
      <input
        className={styles.input}
        data-autofocus
        value={query}
        placeholder={t('commands.searchPlaceholder')}
        aria-label={t('commands.searchPlaceholder')}
        role="combobox"
        aria-expanded="true"
        aria-controls="palette-list"
        aria-activedescendant={found[chosen] ? `palette-${chosen}` : undefined}
        onChange={(event) => {
          setQuery(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div className={styles.list} role="listbox" id="palette-list" aria-label={t('commands.palette')}>
        {found.map((entry, place) => (
          <Action
            key={entry.id}
            id={`palette-${place}`}
            entry={entry}
            isChosen={place === chosen}
            isRecent={query === '' && recent.includes(entry.id)}
            onChoose={() => onChoose(entry.subject)}
          />
        ))}
      </div>
      {found.length === 0 && (
        <p className={styles.nothing} role="status">
          {t('commands.nothingFound')}
        </p>
      )}
    </>
  );
}

interface ActionProps {
  readonly id: string;
  readonly entry: PaletteEntry<LiveCommand>;
  readonly isChosen: boolean;
  readonly isRecent: boolean;
  readonly onChoose: () => void;
}

function Action({ id, entry, isChosen, isRecent, onChoose }: ActionProps) {
  const { t } = useTranslation();
  const { subject: command, isOffered } = entry;
  const row = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isChosen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isChosen]);
  return (
    <button
      ref={row}
      type="button"
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      aria-disabled={!isOffered}
      className={styles.action}
      data-command={command.id}
      onClick={isOffered ? onChoose : undefined}
    >
      <span className={styles.name}>
        {commandName(t, command)}
        {!isOffered && <small>{t(command.whyNot?.() ?? 'commands.notNow')}</small>}
      </span>
      <small>{isRecent ? t('commands.recent') : roomName(t, command.room)}</small>
      <span className={styles.caps}>
        {command.keys.map((key) => (
          <Key key={key} name={key} />
        ))}
      </span>
    </button>
  );
}

function entryOf(command: LiveCommand): PaletteEntry<LiveCommand> {
  return {
    subject: command,
    id: command.id,
    names: languages.map((language) => commandName(translator(language), command)),
    isOffered: command.isEnabled?.() ?? true,
  };
}

/** Ids of what was used last, latest first; remembered by another version it may be anything. */
function useRecent(): readonly [readonly string[], (ids: readonly string[]) => void] {
  const [remembered, remember] = useRememberedView<unknown>('palette', []);
  const ids = Array.isArray(remembered) ? remembered.filter((id) => typeof id === 'string') : [];
  return [ids, remember];
}

/** A dialog to pick from a list by typing: arrows move, Enter picks, Escape leaves. */
import { Modal } from '@mantine/core';
import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './pick.module.css';

export interface PickItem {
  readonly id: string;
  readonly text: string;
  readonly detail: string;
}

export interface PickListProps {
  readonly isOpen: boolean;
  readonly title: string;
  readonly placeholder: string;
  readonly items: readonly PickItem[];
  readonly onPick: (id: string) => void;
  readonly onClose: () => void;
  /** Between the field and the list: what part of it is offered. */
  readonly head?: ReactNode;
  /** Says that what was typed may be picked as it stands; absent = only what is listed. */
  readonly ownWords?: string;
}

const mostShown = 60;

export function PickList({ isOpen, title, onClose, ...rest }: PickListProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={title}
      lockScroll={false}
      transitionProps={{ duration: 0 }}
    >
      {isOpen && <PickBody onClose={onClose} {...rest} />}
    </Modal>
  );
}

function PickBody({ placeholder, items, onPick, head, ownWords }: Omit<PickListProps, 'isOpen' | 'title'>) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const typed = text.trim();
  const own = ownWords && typed !== '' ? [{ id: typed, text: typed, detail: ownWords }] : [];
  const found = [...items.filter((item) => isMatch(item, text)).slice(0, mostShown), ...own];
  const chosen = Math.min(at, found.length - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, found.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(0, chosen - 1));
    else if (event.key === 'Enter' && !event.repeat && found[chosen]) onPick(found[chosen].id);
    else return;
    event.preventDefault();
  };
  return (
    <>
      <input
        className={styles.input}
        data-autofocus
        value={text}
        placeholder={placeholder}
        aria-label={placeholder}
        role="combobox"
        aria-expanded="true"
        aria-controls="pick-list"
        aria-activedescendant={found[chosen] ? `pick-${chosen}` : undefined}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
      />
      {head}
      <div className={styles.list} role="listbox" id="pick-list" aria-label={placeholder}>
        {found.map((item, place) => (
          <button
            type="button"
            key={item.id}
            id={`pick-${place}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === chosen}
            className={styles.item}
            onClick={() => onPick(item.id)}
          >
            <span>{item.text}</span>
            <small>{item.detail}</small>
          </button>
        ))}
        {found.length === 0 && <p className={styles.nothing}>{t('review.nothingFound')}</p>}
      </div>
    </>
  );
}

/** Every word typed stands somewhere in the item, in any order. */
function isMatch({ text, detail, id }: PickItem, typed: string): boolean {
  const haystack = `${text} ${detail} ${id}`.toLowerCase();
  return typed
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}

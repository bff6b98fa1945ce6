/** Keys that a command was given and another one has: struck through, with who has them. */
import { TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { commandName } from './commandNames.ts';
import { useCommandRegistry } from './commands.ts';
import { commandTable } from './commandTable.ts';
import type { LostKey } from './keymap.ts';
import { keyLabel } from './keys.ts';
import styles from './LostKeys.module.css';

export function LostKeys({ lost }: { lost: readonly LostKey[] }) {
  const { t } = useTranslation();
  const commands = useStore(useCommandRegistry().store, (state) => state.commands);
  const nameOf = (id: string): string => {
    const command =
      commands.find((entry) => entry.id === id) ?? commandTable.find((entry) => entry.id === id);
    return command ? commandName(t, command) : id;
  };
  return lost.map(({ key, to }) => (
    <span key={key} className={styles.lost} data-testid="lost-key">
      <TriangleAlert size={14} aria-hidden />
      <s aria-hidden>{keyLabel(key)}</s>
      <span>{t('keymap.lost', { key: keyLabel(key), title: nameOf(to) })}</span>
    </span>
  ));
}

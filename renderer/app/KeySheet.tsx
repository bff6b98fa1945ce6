/** The whole key map, made from the same list that the keyboard uses. */
import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Key } from '../ui/Key.tsx';
import { type Command, useCommandRegistry } from './commands.ts';
import styles from './KeySheet.module.css';

export function KeySheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('app.keysTitle')}
      size="56rem"
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <KeyMap />
    </Modal>
  );
}

/** Keys of the rooms that are live now; the settings screen shows it too. */
export function KeyMap() {
  const { t } = useTranslation();
  const commands = useStore(useCommandRegistry().store, (state) => state.commands);
  const rooms = Map.groupBy(
    commands.filter((command) => command.keys.length > 0),
    (command) => command.room,
  );
  return (
    <div className={styles.rooms}>
      {[...rooms].map(([room, list]) => (
        <section key={room}>
          <h3 className={styles.room}>{t(`commands.room${room[0]!.toUpperCase()}${room.slice(1)}`)}</h3>
          <dl className={styles.keys}>
            {list.map((command) => (
              <KeyRow key={command.id} command={command} />
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}

function KeyRow({ command }: { command: Command }) {
  const { t } = useTranslation();
  return (
    <div className={styles.row}>
      <dt className={styles.caps}>
        {command.keys.map((key) => (
          <Key key={key} name={key} />
        ))}
      </dt>
      <dd className={styles.name}>{t(command.titleKey, command.titleParams)}</dd>
    </div>
  );
}

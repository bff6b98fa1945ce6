/** What the keys do here: the present room first, with what it is for, made from the list that the keyboard uses. */
import { Button, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Key } from '../ui/Key.tsx';
import { commandName, roomName } from './commandNames.ts';
import { type LiveCommand, useCommandRegistry } from './commands.ts';
import { inTableOrder } from './commandTable.ts';
import styles from './KeySheet.module.css';
import { LostKeys } from './LostKeys.tsx';
import { navigate, type Route } from './routes.ts';

export interface KeySheetProps {
  readonly route: Route | null;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function KeySheet({ route, isOpen, onClose }: KeySheetProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('app.keysTitle')}
      size="60rem"
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <LiveKeys room={route?.screen.replace(/^delivery-/, '') ?? 'deliveries'} />
      <p className={styles.foot}>
        <Button
          onClick={() => {
            onClose();
            navigate('#/settings');
          }}
        >
          {t('keymap.change')}
        </Button>
      </p>
    </Modal>
  );
}

/** Keys of the rooms that are live now. */
function LiveKeys({ room }: { room: string }) {
  const { t } = useTranslation();
  const commands = useStore(useCommandRegistry().store, (state) => state.commands);
  const withKeys = inTableOrder(commands).filter(({ keys, lost }) => keys.length + lost.length > 0);
  const byRoom = Map.groupBy(withKeys, (command) => command.room);
  const others = [...byRoom.keys()].filter((other) => other !== room);
  return [room, ...others].map((name) => {
    const list = byRoom.get(name) ?? [];
    return (
      <section key={name} aria-labelledby={`keys-${name}`}>
        <h3 className={styles.room} id={`keys-${name}`}>
          {roomName(t, name)}
        </h3>
        <p className={styles.purpose}>{t(`keymap.purpose.${name}`)}</p>
        {list.length > 0 && (
          <dl className={styles.keys} data-testid={`keys-of-${name}`}>
            {list.map((command) => (
              <KeyRow key={command.id} command={command} />
            ))}
          </dl>
        )}
      </section>
    );
  });
}

function KeyRow({ command }: { command: LiveCommand }) {
  const { t } = useTranslation();
  return (
    <div className={styles.row} data-command={command.id}>
      <dt className={styles.caps}>
        {command.keys.map((key) => (
          <Key key={key} name={key} isSpoken />
        ))}
        {command.keys.length === 0 && <span className={styles.none}>{t('keymap.noKey')}</span>}
      </dt>
      <dd className={styles.name}>
        {commandName(t, command)}
        <LostKeys lost={command.lost} />
      </dd>
    </div>
  );
}

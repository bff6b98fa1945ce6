/** The list of panels: shows, hides and moves each without a mouse, offers the ready layouts, takes the last step back. */
import { Button, Checkbox, Modal, NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { CommandKey } from '../app/CommandKey.tsx';
import styles from './dock.module.css';
import type { DockStore } from './dockStore.ts';
import { type DockZone, dockEdges, moved, panelsIn } from './dockTree.ts';
import { choosePreset, type DockPreset, toggle } from './useDockCommands.ts';

export interface DockMenuProps {
  /** Null = closed; else the panel that the form offers to move, '' for any. */
  readonly opened: string | null;
  readonly onClose: () => void;
  readonly dock: DockStore;
  readonly presets: readonly DockPreset[];
  readonly titleOf: (id: string) => string;
  readonly onWindow?: (() => void) | undefined;
}

export function DockMenu(props: DockMenuProps) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={props.opened !== null}
      onClose={props.onClose}
      title={t('dock.menu')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <MenuBody {...props} />
    </Modal>
  );
}

function MenuBody({ opened, dock, presets, titleOf, onWindow }: DockMenuProps) {
  const { t } = useTranslation();
  const layout = useStore(dock, (facts) => facts.layout);
  const hasPast = useStore(dock, (facts) => facts.past.length > 0);
  const ids = panelsIn(layout.root);
  return (
    <div className={styles.menu} data-testid="dock-menu">
      <section>
        <h3 className={styles.heading}>{t('dock.presets')}</h3>
        <div className={styles.presets}>
          {presets.map(({ name, make }) => (
            <Button key={name} onClick={() => choosePreset(dock, name, make)}>
              {t(`dock.commands.preset.${name}`)}&nbsp;
              <CommandKey id={`dock.preset.${name}`} />
            </Button>
          ))}
        </div>
      </section>
      <section>
        <h3 className={styles.heading}>{t('dock.shownPanels')}</h3>
        <ul className={styles.list}>
          {ids.map((id) => (
            <li key={id} className={styles.item}>
              <Checkbox
                label={titleOf(id)}
                checked={!layout.hidden.includes(id)}
                disabled={!layout.hidden.includes(id) && layout.hidden.length === ids.length - 1}
                onChange={() => toggle(dock, id)}
              />
            </li>
          ))}
        </ul>
      </section>
      <MoveForm key={opened} first={opened || ids[0]!} ids={ids} dock={dock} titleOf={titleOf} />
      <div className={styles.actions}>
        <Button disabled={!hasPast} onClick={() => dock.undo()}>
          {t('dock.commands.undo')}
        </Button>
        {onWindow && <Button onClick={onWindow}>{t('dock.commands.companion')}</Button>}
      </div>
    </div>
  );
}

const zones: readonly DockZone[] = [...dockEdges, 'middle'];
/** Stands for everything in the list of what a panel can be moved to. */
const everything = ' ';

interface MoveFormProps {
  readonly first: string;
  readonly ids: readonly string[];
  readonly dock: DockStore;
  readonly titleOf: (id: string) => string;
}

function MoveForm({ first, ids, dock, titleOf }: MoveFormProps) {
  const { t } = useTranslation();
  const [id, setId] = useState(first);
  const [zone, setZone] = useState<DockZone>('left');
  const [chosen, setOther] = useState(everything);
  const others = [
    ...(zone === 'middle' ? [] : [{ value: everything, label: t('dock.everything') }]),
    ...ids.filter((other) => other !== id).map((other) => ({ value: other, label: titleOf(other) })),
  ];
  const other = others.some(({ value }) => value === chosen) ? chosen : others[0]!.value;
  const target = other === everything ? null : other;
  return (
    <form
      className={styles.move}
      onSubmit={(event) => {
        event.preventDefault();
        dock.change((layout) => moved(layout, id, target, zone), {
          key: target === null ? `said.edge.${zone}` : `said.moved.${zone}`,
          panels: target === null ? [id] : [id, target],
        });
      }}
    >
      <NativeSelect
        label={t('dock.move')}
        value={id}
        onChange={(event) => setId(event.currentTarget.value)}
        data={ids.map((value) => ({ value, label: titleOf(value) }))}
      />
      <NativeSelect
        label={t('dock.where')}
        value={zone}
        onChange={(event) => setZone(zones.find((name) => name === event.currentTarget.value) ?? 'left')}
        data={zones.map((value) => ({ value, label: t(`dock.zoneNames.${value}`) }))}
      />
      <NativeSelect
        label={t('dock.ofWhat')}
        value={other}
        onChange={(event) => setOther(event.currentTarget.value)}
        data={others}
      />
      <Button type="submit">{t('dock.moveIt')}</Button>
    </form>
  );
}

/** The key map: a preset, the person's own keys over it, every action of every screen, and files to carry it. */
import { Button, FileButton, NativeSelect, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type KeyPreset, keyPresets } from '../../../shared/host/contract.ts';
import { languages } from '../../../shared/messages/index.ts';
import { type Translate, translator } from '../../../shared/messages/translate.ts';
import { commandName, roomName } from '../../app/commandNames.ts';
import { commandTable, type TabledCommand } from '../../app/commandTable.ts';
import { keyFileName, keyFileText, readKeyFile } from '../../app/keyFile.ts';
import { type EffectiveKeys, resolveKeys } from '../../app/keymap.ts';
import { canonicalKey, keyLabel } from '../../app/keys.ts';
import { useSettings } from '../../state/context.tsx';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import { KeyRow } from './KeyRow.tsx';
import styles from './KeySettings.module.css';
import { saveText } from './saveText.ts';

export function KeySettings() {
  const { t } = useTranslation();
  const preset = useSettings((state) => state.settings.keyPreset);
  const own = useSettings((state) => state.settings.keys);
  const change = useSettings((state) => state.change);
  const [query, setQuery] = useState('');
  const [said, setSaid] = useState('');
  const effective = useMemo(() => resolveKeys(commandTable, { preset, own }), [preset, own]);
  const found = commandTable.filter((command) => isFound(command, effective.get(command.id)!, query));
  const conflicts = [...effective.values()].reduce((sum, { lost }) => sum + lost.length, 0);

  function give(command: TabledCommand, keys: readonly string[]): void {
    const key = keys.at(-1);
    const before = key && holderOf(commandTable, effective, command, key);
    change({ keys: { ...own, [command.id]: [...keys] } });
    if (key === undefined) {
      setSaid('');
      return;
    }
    const words = { title: commandName(t, command), key: keyLabel(key) };
    setSaid(
      before
        ? t('keymap.recordedFrom', { ...words, other: commandName(t, before) })
        : t('keymap.recorded', words),
    );
  }

  function reset({ id }: TabledCommand): void {
    const { [id]: _, ...rest } = own;
    change({ keys: rest });
    setSaid('');
  }

  async function take(file: File | null): Promise<void> {
    if (file === null) return;
    setSaid(await importKeys(t, file, (keyPreset, keys) => change({ keyPreset, keys })));
  }

  return (
    <Section title={t('settings.keys')}>
      <NativeSelect
        label={t('keymap.preset')}
        description={t(`keymap.presets.${preset}.text`)}
        inputWrapperOrder={['label', 'input', 'description']}
        value={preset}
        onChange={(event) => change({ keyPreset: event.currentTarget.value as KeyPreset })}
        data={keyPresets.map((value) => ({ value, label: t(`keymap.presets.${value}.name`) }))}
        data-testid="key-preset"
      />
      <div className={page.actions}>
        <TextInput
          className={styles.search}
          type="search"
          placeholder={t('keymap.search')}
          aria-label={t('keymap.search')}
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
          data-testid="key-search"
        />
        <Button onClick={() => saveText(keyFileName, keyFileText({ preset, own }))}>
          {t('keymap.export')}
        </Button>
        <FileButton accept="application/json,.json" onChange={(file) => void take(file)}>
          {(props) => <Button {...props}>{t('keymap.import')}</Button>}
        </FileButton>
        <Button
          disabled={Object.keys(own).length === 0}
          onClick={() => {
            change({ keys: {} });
            setSaid('');
          }}
          data-testid="keys-reset-all"
        >
          {t('keymap.resetAll')}
        </Button>
      </div>
      <p className={styles.said} role="status" data-testid="keys-said">
        {said || (conflicts > 0 ? t('keymap.conflicts', { count: conflicts }) : '')}
      </p>
      {[...Map.groupBy(found, ({ room }) => room)].map(([room, commands]) => (
        <section key={room} aria-label={roomName(t, room)}>
          <h3 className={styles.room}>{roomName(t, room)}</h3>
          <ul className={styles.list}>
            {commands.map((command) => (
              <KeyRow
                key={command.id}
                command={command}
                effective={effective.get(command.id)!}
                onGive={(keys) => give(command, keys)}
                onReset={() => reset(command)}
              />
            ))}
          </ul>
        </section>
      ))}
      {found.length === 0 && <p className={page.small}>{t('keymap.nothingFound')}</p>}
    </Section>
  );
}

/** Every word typed stands in the name in either language, or is one of its keys. */
function isFound(command: TabledCommand, { keys }: EffectiveKeys, query: string): boolean {
  const names = languages.map((language) => commandName(translator(language), command));
  const text = [...names, ...keys.map(keyLabel), ...keys].join(' ').toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

/** The command that has a key now and will not any more once another of its room is given it. */
function holderOf(
  commands: readonly TabledCommand[],
  effective: ReadonlyMap<string, EffectiveKeys>,
  { id, room }: TabledCommand,
  key: string,
): TabledCommand | undefined {
  const form = canonicalKey(key);
  return commands.find(
    (other) =>
      other.id !== id &&
      (other.room === room || other.room === 'app' || room === 'app') &&
      effective.get(other.id)!.keys.some((taken) => canonicalKey(taken) === form),
  );
}

async function importKeys(
  t: Translate,
  file: File,
  apply: (preset: KeyPreset, keys: Record<string, string[]>) => void,
): Promise<string> {
  const reading = readKeyFile(file.size > 1_000_000 ? null : await file.text());
  if (!reading.ok) return t(`keymap.importFailed.${reading.fault}`);
  const { choice, skipped } = reading;
  const entries = Object.entries(choice.own);
  apply(choice.preset, Object.fromEntries(entries.map(([id, keys]) => [id, [...keys]])));
  return t(skipped > 0 ? 'keymap.importedPart' : 'keymap.imported', {
    name: t(`keymap.presets.${choice.preset}.name`),
    own: entries.length,
    skipped,
  });
}

/** Where a person explains a vendor's own format: the form on the left, what it makes of the delivery on the right. */
import { Button, FileButton } from '@mantine/core';
import { Redo2, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem } from '../../../shared/base/problem.ts';
import type { ReadChoice } from '../../../shared/host/contract.ts';
import {
  type Mapping,
  mappingFileName,
  mappingText,
  readMapping,
} from '../../../shared/readers/mapped/mappingDocument.ts';
import { CommandKey } from '../../app/CommandKey.tsx';
import { type Command, useCommands } from '../../app/commands.ts';
import { navigate, routeAddress } from '../../app/routes.ts';
import { useSession } from '../../state/context.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Message } from '../../ui/Message.tsx';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import page from '../../ui/page.module.css';
import { useTask } from '../../ui/useTask.ts';
import { LookContext } from './inputs.tsx';
import { BoxPart, ClassesPart, CuboidPart, FilesPart, NamesPart } from './LabelParts.tsx';
import styles from './mapping.module.css';
import type { MappingDraft } from './mappingDraft.ts';
import { Preview } from './Preview.tsx';
import { CalibrationsPart, ImagesPart, LidarsPart, PosesPart } from './SensorParts.tsx';
import { type MappingDesk, useMapping } from './useMapping.ts';

export interface DeliveryMappingScreenProps {
  readonly path: string;
  readonly sensorsPath: string | null;
}

export default function DeliveryMappingScreen({ path, sensorsPath }: DeliveryMappingScreenProps) {
  const { t } = useTranslation();
  const desk = useMapping(path, sensorsPath);
  const openDelivery = useSession((state) => state.openDelivery);
  const using = useTask();
  if (desk.draft === null) {
    const { isRunning, progress, problem, cancel } = desk.looking;
    return (
      <Message title={t('mapping.title')}>
        <code className={page.mono}>{path}</code>
        {isRunning && <ProgressLine progress={progress} onCancel={cancel} />}
        {problem && <ProblemLine problem={problem} />}
      </Message>
    );
  }
  /** What was tried out becomes how the delivery is read; its index is there already. */
  const toIntake = (choice: ReadChoice): void =>
    void using.run(async (options) => {
      await openDelivery(path, sensorsPath, { ...options, choice });
      navigate(routeAddress({ screen: 'delivery-intake', path, sensorsPath }));
    });
  return <Desk desk={desk} draft={desk.draft} path={path} toIntake={toIntake} />;
}

interface DeskProps {
  readonly desk: MappingDesk;
  readonly draft: MappingDraft;
  readonly path: string;
  readonly toIntake: (choice: ReadChoice) => void;
}

function Desk({ desk, draft, path, toIntake }: DeskProps) {
  const { t } = useTranslation();
  const mapping = draft.now;
  const { change, look, preview } = desk;
  const [faults, setFaults] = useState<readonly Problem[]>([]);
  const session = useShown(desk.shown);
  // What was typed a moment ago is not in the delivery yet.
  const use = (): void => {
    if (session) toIntake(session.opened.choice);
  };
  const canUse = session?.opened.choice.mapping === mappingText(mapping) && !preview.isRunning;
  const command = (id: string, keys: readonly string[], run: () => void): Command => ({
    id: `mapping.${id}`,
    room: 'mapping',
    titleKey: `mapping.commands.${id}`,
    keys,
    run,
  });
  useCommands([
    command('undo', ['Mod+Z'], desk.undo),
    command('redo', ['Mod+Shift+Z'], desk.redo),
    command('save', ['Mod+Shift+S'], () => save(mapping)),
    { ...command('use', ['Mod+Enter'], use), isEnabled: () => canUse },
    command('propose', [], desk.propose),
  ]);

  async function load(file: File | null): Promise<void> {
    if (file === null) return;
    const reading = readMapping(await file.text(), file.name);
    setFaults(reading.ok ? [] : reading.problems);
    if (reading.ok) change(reading.mapping);
  }

  const part = { mapping, onChange: change };
  return (
    <div className={styles.desk} data-testid="mapping-desk">
      <div className={styles.toolbar}>
        <h1 className={page.title}>
          {t('mapping.title')} <span className={page.mono}>{path}</span>
        </h1>
        <IconButton
          label={t('mapping.commands.undo')}
          command="mapping.undo"
          isDisabled={draft.past.length === 0}
          onClick={desk.undo}
        >
          <Undo2 size={16} />
        </IconButton>
        <IconButton
          label={t('mapping.commands.redo')}
          command="mapping.redo"
          isDisabled={draft.future.length === 0}
          onClick={desk.redo}
        >
          <Redo2 size={16} />
        </IconButton>
        <Button onClick={desk.propose}>{t('mapping.commands.propose')}</Button>
        <FileButton accept="application/json,.json" onChange={(file) => void load(file)}>
          {(props) => <Button {...props}>{t('mapping.load')}</Button>}
        </FileButton>
        <Button
          onClick={() => save(mapping)}
          rightSection={<CommandKey id="mapping.save" />}
          data-testid="mapping-save"
        >
          {t('mapping.commands.save')}
        </Button>
        <Button
          variant="filled"
          disabled={!canUse}
          onClick={use}
          rightSection={<CommandKey id="mapping.use" />}
          data-testid="mapping-use"
        >
          {t('mapping.commands.use')}
        </Button>
      </div>
      <LookContext value={look}>
        <form
          className={styles.form}
          onSubmit={(event) => event.preventDefault()}
          aria-label={t('mapping.title')}
        >
          {faults.map((problem) => (
            <ProblemLine key={`${problem.code} ${problem.place}`} problem={problem} />
          ))}
          <FilesPart {...part} found={t('mapping.filesFound', { count: look?.labelFiles ?? 0 })} />
          <NamesPart {...part} />
          <CuboidPart {...part} />
          <LidarsPart {...part} />
          <ImagesPart {...part} />
          <CalibrationsPart {...part} />
          <PosesPart {...part} />
          <BoxPart {...part} />
          <ClassesPart {...part} classes={look?.classes ?? []} />
        </form>
      </LookContext>
      <div className={styles.preview} aria-busy={preview.isRunning} data-testid="mapping-preview">
        {preview.problem && <ProblemLine problem={preview.problem} />}
        {session && <Preview {...session} />}
        {session === null && <p className={styles.nothing}>{t('mapping.reading')}</p>}
      </div>
    </div>
  );
}

/** The delivery as it was last read; while the next reading runs, the one before. */
function useShown(delivery: string | null) {
  const opened = useSession((state) => state.opened);
  const index = useSession((state) => state.index);
  return opened !== null && index !== null && opened.delivery === delivery ? { opened, index } : null;
}

/** Hands the mapping to the system as a file. */
function save(mapping: Mapping): void {
  const address = URL.createObjectURL(new Blob([mappingText(mapping)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = mappingFileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** Draws labels of the lot into the targeted queue: how many, sooner by what, and that their chances are kept. */
import { Button, FileButton, NativeSelect, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { weightKinds } from '../../../../shared/audit/targetWeights.ts';
import { useHost, useSession } from '../../../state/context.tsx';
import { parseAll } from '../../../state/pendingEvents.ts';
import { ProblemLine } from '../../../ui/ProblemLine.tsx';
import { useTask } from '../../../ui/useTask.ts';
import styles from './targets.module.css';

const ways = [...weightKinds, 'file'] as const;
type Way = (typeof ways)[number];

const usualCount = 50;

export function DrawTargets({ canJudge }: { canJudge: boolean }) {
  const { t } = useTranslation();
  const host = useHost();
  const audit = useSession((state) => state.shown!.audit);
  const delivery = useSession((state) => state.opened?.delivery ?? null);
  const actor = useSession((state) => state.actor);
  const adopt = useSession((state) => state.adopt);
  const [count, setCount] = useState(usualCount);
  const [way, setWay] = useState<Way>('points');
  const [file, setFile] = useState<File | null>(null);
  const [drawn, setDrawn] = useState<number | null>(null);
  const task = useTask();
  const isReady = canJudge && actor !== null && delivery !== null && count >= 1;
  const isComplete = way !== 'file' || file !== null;

  async function draw(): Promise<void> {
    const answer = await task.run(async (options) => {
      const weights = way === 'file' ? { file: file!.name, text: await file!.text() } : { kind: way };
      const reason =
        way === 'file' ? t('targets.drawn.file', { name: file!.name }) : t(`targets.drawn.${way}`);
      const input = { audit, delivery: delivery!, actor: actor!, count, reason, weights };
      return host.call('audits.drawTargets', input, options);
    });
    if (answer === null) return;
    adopt(answer.events);
    const queued = parseAll(answer.events).filter((event) => event.type === 'targets.queued');
    setDrawn(queued.reduce((sum, { data }) => sum + data.targets.length, 0));
  }

  return (
    <fieldset className={styles.part}>
      <legend>{t('targets.draw.title')}</legend>
      <p className={styles.lead}>{t('targets.draw.lead')}</p>
      <div className={styles.actions}>
        <NumberInput
          label={t('targets.draw.count')}
          min={1}
          max={10_000}
          allowDecimal={false}
          value={count}
          onChange={(value) => setCount(Number(value))}
          className={styles.number}
          data-testid="draw-count"
        />
        <NativeSelect
          label={t('targets.draw.sooner')}
          value={way}
          onChange={(event) => setWay(event.currentTarget.value as Way)}
          data={ways.map((value) => ({ value, label: t(`targets.draw.ways.${value}`) }))}
          data-testid="draw-way"
        />
        {way === 'file' && (
          <FileButton accept=".json,.csv,application/json,text/csv" onChange={setFile}>
            {(props) => <Button {...props}>{file ? file.name : t('targets.draw.pickFile')}</Button>}
          </FileButton>
        )}
        <Button
          variant="filled"
          disabled={!isReady || !isComplete}
          loading={task.isRunning}
          onClick={() => void draw()}
          data-testid="draw-targets"
        >
          {t('targets.draw.action')}
        </Button>
      </div>
      {way === 'file' && <p className={styles.lead}>{t('targets.draw.fileHint')}</p>}
      {task.problem && <ProblemLine problem={task.problem} />}
      {drawn !== null && (
        <p className={styles.lead} role="status">
          {t('targets.draw.done', { count: drawn })}
        </p>
      )}
    </fieldset>
  );
}

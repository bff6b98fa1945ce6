/** Where who leads puts known errors in, and takes them out: how many, how large, and what that can prove. */
import { Button, NativeSelect, NumberInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { mostSeeds, type SeedMix, seedMixes, usualSeeds } from '../../../../shared/audit/seedDraw.ts';
import { auditorLimits, errorsToProveMisses } from '../../../../shared/audit/seedResults.ts';
import type { AuditState } from '../../../../shared/audit/state.ts';
import { useHost, useSession } from '../../../state/context.tsx';
import { dateTime } from '../../../ui/format.ts';
import { ProblemLine } from '../../../ui/ProblemLine.tsx';
import { ProgressLine } from '../../../ui/ProgressLine.tsx';
import page from '../../../ui/page.module.css';
import { type Task, useTask } from '../../../ui/useTask.ts';
import { AuditorsButton } from './AuditorsButton.tsx';
import styles from './seeds.module.css';

export function KnownErrors() {
  const { t } = useTranslation();
  const audit = useSession((state) => state.shown!);
  const { sample, phase, seeds, seedsSet } = audit;
  return (
    <div className={styles.known} data-testid="known-errors">
      <b>{t('seeds.title')}</b>
      <p className={page.small}>{t('seeds.what')}</p>
      {sample === null && <p className={page.small}>{t('seeds.afterPlan')}</p>}
      {seedsSet && (
        <p className={page.plain} data-testid="known-errors-in">
          {seeds.length === 0
            ? t('seeds.none')
            : t('seeds.isIn', { count: seeds.length, name: seedsSet.by.name, at: dateTime(seedsSet.at) })}
        </p>
      )}
      {sample !== null && phase === 'judging' && <PutIn audit={audit} drawn={sample.labels.units.length} />}
      <AuditorsButton />
    </div>
  );
}

function PutIn({ audit, drawn }: { audit: AuditState; drawn: number }) {
  const { t } = useTranslation();
  const usual = usualSeeds(drawn);
  const [count, setCount] = useState(audit.seeds.length || usual);
  const [mix, setMix] = useState<SeedMix>('mixed');
  const { task, isAllowed, put } = usePutIn(audit);
  const isIn = audit.seeds.length > 0;
  return (
    <>
      <div className={styles.fields}>
        <NumberInput
          label={t('seeds.count')}
          description={t('seeds.usual', { count: usual })}
          value={count}
          min={1}
          max={mostSeeds}
          allowDecimal={false}
          onChange={(value) => typeof value === 'number' && setCount(value)}
          data-testid="seed-count"
        />
        <NativeSelect
          label={t('seeds.mix')}
          value={mix}
          onChange={(event) => setMix(seedMixes.find((one) => one === event.currentTarget.value) ?? mix)}
          data={seedMixes.map((value) => ({ value, label: t(`seeds.mixes.${value}`) }))}
          data-testid="seed-mix"
        />
      </div>
      <div className={page.actions}>
        <Button
          disabled={!isAllowed || count < 1}
          onClick={() => void put(count, mix)}
          data-testid="put-seeds"
        >
          {t(isIn ? 'seeds.replace' : 'seeds.putIn')}
        </Button>
        {isIn && (
          <Button
            variant="default"
            disabled={!isAllowed}
            onClick={() => void put(0, mix)}
            data-testid="take-seeds"
          >
            {t('seeds.takeOut')}
          </Button>
        )}
      </div>
      {task.isRunning && <ProgressLine progress={task.progress} onCancel={task.cancel} />}
      {task.problem && <ProblemLine problem={task.problem} />}
      <p className={page.small}>
        {count < errorsToProveMisses &&
          t('seeds.proves', { percent: 100 * auditorLimits.miss, count: errorsToProveMisses })}{' '}
        {audit.opinions.size > 0 && t('seeds.late')}
      </p>
    </>
  );
}

function usePutIn(audit: AuditState): {
  readonly task: Task;
  readonly isAllowed: boolean;
  readonly put: (count: number, mix: SeedMix) => Promise<void>;
} {
  const host = useHost();
  const task = useTask();
  const opened = useSession((state) => state.opened);
  const actor = useSession((state) => state.actor);
  const isWritable = useSession((state) => state.isWritable);
  const adopt = useSession((state) => state.adopt);
  const isAllowed = opened !== null && actor !== null && isWritable && !task.isRunning;
  async function put(count: number, mix: SeedMix): Promise<void> {
    if (!isAllowed) return;
    const input = { audit: audit.audit, delivery: opened.delivery, actor, count, mix };
    const answer = await task.run((options) => host.call('audits.setSeeds', input, options));
    if (answer) adopt(answer.events);
  }
  return { task, isAllowed, put };
}

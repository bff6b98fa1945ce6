/** The list out to the vendor and back: written as CSV, filled without Assay, read in as answers. */
import { Button, FileButton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditState } from '../../../shared/audit/state.ts';
import type { Problem } from '../../../shared/base/problem.ts';
import { useHost, useSession } from '../../state/context.tsx';
import { parseAll } from '../../state/pendingEvents.ts';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import page from '../../ui/page.module.css';
import { useTask } from '../../ui/useTask.ts';
import styles from './Rework.module.css';

interface Imported {
  readonly name: string;
  readonly answers: number;
  readonly problems: readonly Problem[];
}

export function AnswersImport({ audit }: { audit: AuditState }) {
  const { t, i18n } = useTranslation();
  const host = useHost();
  const actor = useSession((state) => state.actor);
  const isWritable = useSession((state) => state.isWritable);
  const adopt = useSession((state) => state.adopt);
  const refresh = useSession((state) => state.refresh);
  const [imported, setImported] = useState<Imported | null>(null);
  const [written, setWritten] = useState<string | null>(null);
  const task = useTask();
  const isReady = actor !== null && isWritable && audit.phase === 'signed' && !task.isRunning;

  async function write(): Promise<void> {
    const language = i18n.language === 'zh' ? 'zh' : 'en';
    const file = await task.run(async (options) => {
      const input = {
        audit: audit.audit,
        actor: actor!,
        kind: 'rework',
        folder: null,
        language,
        withPictures: true,
      } as const;
      const answer = await host.call('audits.export', input, options);
      await refresh();
      return answer;
    });
    if (file) setWritten(file.path);
  }

  async function read(file: File | null): Promise<void> {
    if (file === null || actor === null) return;
    const answer = await task.run(async (options) =>
      host.call(
        'audits.importRework',
        { audit: audit.audit, actor, source: file.name, csv: await file.text() },
        options,
      ),
    );
    if (answer === null) return;
    adopt(answer.events);
    setImported({ name: file.name, answers: answersIn(answer.events), problems: answer.problems });
  }

  return (
    <div className={styles.import}>
      <div className={page.actions}>
        <Button disabled={!isReady} onClick={() => void write()} data-testid="export-rework">
          {t('disposition.kinds.rework')}
        </Button>
        <FileButton accept=".csv,text/csv" onChange={(file) => void read(file)}>
          {(props) => (
            <Button {...props} disabled={!isReady} loading={task.isRunning} data-testid="import-rework">
              {t('rework.import')}
            </Button>
          )}
        </FileButton>
      </div>
      {audit.phase !== 'signed' && <span className={page.small}>{t('problems.audit-not-signed')}</span>}
      {written && <code className={page.mono}>{written}</code>}
      {task.problem && <ProblemLine problem={task.problem} />}
      {imported && (
        <div role="status" data-testid="imported">
          <p className={page.plain}>
            {t('rework.imported', { count: imported.answers, name: imported.name })}
          </p>
          {imported.problems.map((problem) => (
            <ProblemLine key={`${problem.code} ${problem.place ?? ''}`} problem={problem} />
          ))}
        </div>
      )}
    </div>
  );
}

function answersIn(events: readonly Readonly<Record<string, unknown>>[]): number {
  const answered = parseAll(events).filter((event) => event.type === 'rework.answered');
  return answered.reduce((sum, { data }) => sum + data.answers.length, 0);
}

/** What could not be read, by severity; each with its file and place, and a way to the file where the host has one. */
import { SegmentedControl } from '@mantine/core';
import { FolderSearch } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Problem, Severity } from '../../../shared/base/problem.ts';
import { problemSentence } from '../../../shared/messages/translate.ts';
import { useHost, useSettings } from '../../state/context.tsx';
import { type Column, DataTable } from '../../ui/DataTable.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { Mark, type MarkKind } from '../../ui/Mark.tsx';
import { useTask } from '../../ui/useTask.ts';
import styles from './Intake.module.css';

const marks: Readonly<Record<Severity, MarkKind>> = { error: 'reject', warning: 'unsure', info: 'none' };
const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };
const words: Readonly<Record<Severity, string>> = {
  error: 'app.severityError',
  warning: 'app.severityWarning',
  info: 'app.severityInfo',
};

interface Row {
  readonly key: string;
  readonly problem: Problem;
}

export interface ProblemTableProps {
  readonly problems: readonly Problem[];
  /** Folder the problems' paths lie in. */
  readonly root: string;
}

export function ProblemTable({ problems, root }: ProblemTableProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState<Severity | 'all'>('all');
  const columns = useProblemColumns(root);
  const rows = useMemo(
    () =>
      problems
        .map((problem, at): Row => ({ key: String(at), problem }))
        .filter(({ problem }) => shown === 'all' || problem.severity === shown),
    [problems, shown],
  );
  const countOf = (severity: Severity): number =>
    problems.filter((problem) => problem.severity === severity).length;
  return (
    <>
      <SegmentedControl
        className={styles.severities!}
        aria-label={t('intake.severity')}
        value={shown}
        onChange={(value) => setShown(value as Severity | 'all')}
        data={[
          { value: 'all', label: `${t('intake.all')} ${problems.length}` },
          ...(['error', 'warning', 'info'] as const).map((severity) => ({
            value: severity,
            label: `${t(words[severity])} ${countOf(severity)}`,
          })),
        ]}
      />
      <div
        className={styles.problems}
        style={{ height: `calc(${Math.min(Math.max(rows.length, 1), 12)} * var(--row) + 44px)` }}
      >
        <DataTable
          label={t('intake.problems')}
          rows={rows}
          columns={columns}
          rowKey={({ key }) => key}
          initialSorting={{ column: 'severity', isDescending: false }}
          testId="problems-table"
        />
      </div>
    </>
  );
}

function useProblemColumns(root: string): readonly Column<Row>[] {
  const { t } = useTranslation();
  const host = useHost();
  const { run } = useTask();
  const canReveal = useSettings((state) => state.machine.capabilities.reveal);
  return useMemo(() => {
    const reveal = (path: string): void => {
      void run(() => host.call('host.reveal', { path: `${root}/${path}` }));
    };
    return [
      {
        id: 'severity',
        title: t('intake.severity'),
        width: 10,
        render: ({ problem }) => <Mark kind={marks[problem.severity]}>{t(words[problem.severity])}</Mark>,
        sortBy: ({ problem }) => ranks[problem.severity],
      },
      {
        id: 'sentence',
        title: t('intake.what'),
        width: 30,
        grow: 3,
        render: ({ problem }) => {
          const sentence = problemSentence(t, problem);
          return <span title={sentence}>{sentence}</span>;
        },
        sortBy: ({ problem }) => problem.code,
      },
      {
        id: 'path',
        title: t('intake.file'),
        width: 20,
        grow: 2,
        render: ({ problem }) => (
          <>
            <span className={styles.path} title={problem.path}>
              {problem.path}
            </span>
            {canReveal && problem.path !== '' && (
              <IconButton label={t('intake.reveal')} onClick={() => reveal(problem.path)}>
                <FolderSearch size={14} />
              </IconButton>
            )}
          </>
        ),
        sortBy: ({ problem }) => problem.path,
      },
      {
        id: 'place',
        title: t('intake.place'),
        width: 10,
        grow: 1,
        render: ({ problem }) => <span className={styles.path}>{problem.place ?? ''}</span>,
      },
    ];
  }, [t, host, run, root, canReveal]);
}

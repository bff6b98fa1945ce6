/** What is handed over: report, record, findings, rework list, bundle; each as a file whose path is shown. */
import { Button, Checkbox, SegmentedControl } from '@mantine/core';
import { FolderSearch } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditState } from '../../../shared/audit/state.ts';
import type { HostInput, HostOutput } from '../../../shared/host/contract.ts';
import { useHost, useSession, useSettings } from '../../state/context.tsx';
import { FolderDialog } from '../../ui/FolderDialog.tsx';
import { bytes } from '../../ui/format.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import { useTask } from '../../ui/useTask.ts';
import styles from './Disposition.module.css';

type Kind = HostInput<'audits.export'>['kind'];
const kinds: readonly Kind[] = ['html', 'pdf', 'json', 'csv', 'estimates', 'rework', 'bundle'];

export function Exports({ audit }: { audit: AuditState }) {
  const { t, i18n } = useTranslation();
  const host = useHost();
  const actor = useSession((state) => state.actor);
  const refresh = useSession((state) => state.refresh);
  const canPrint = useSettings((state) => state.machine.capabilities.printPdf);
  const [language, setLanguage] = useState<'en' | 'zh'>(i18n.language === 'zh' ? 'zh' : 'en');
  const [withPictures, setPictures] = useState(true);
  const [folder, setFolder] = useState<string | null>(null);
  const [written, setWritten] = useState<readonly HostOutput<'audits.export'>[]>([]);
  const task = useTask();

  async function write(kind: Kind): Promise<void> {
    if (actor === null) return;
    const file = await task.run(async (options) => {
      const input = { audit: audit.audit, actor, kind, folder, language, withPictures };
      const answer = await host.call('audits.export', input, options);
      await refresh();
      return answer;
    });
    if (file) setWritten([file, ...written.filter(({ path }) => path !== file.path)]);
  }

  return (
    <Section title={t('disposition.handOver')}>
      <div className={page.actions}>
        <SegmentedControl
          aria-label={t('settings.language')}
          value={language}
          onChange={(value) => setLanguage(value as 'en' | 'zh')}
          data={[
            { value: 'en', label: t('settings.languageEn') },
            { value: 'zh', label: t('settings.languageZh') },
          ]}
        />
        <Checkbox
          label={t('disposition.withPictures')}
          checked={withPictures}
          onChange={(event) => setPictures(event.currentTarget.checked)}
        />
      </div>
      <ExportFolder folder={folder} onChange={setFolder} />
      <div className={styles.kinds}>
        {kinds
          .filter((kind) => kind !== 'pdf' || canPrint)
          .map((kind) => (
            <Button
              key={kind}
              disabled={actor === null || task.isRunning || (kind === 'rework' && audit.phase !== 'signed')}
              title={
                kind === 'rework' && audit.phase !== 'signed' ? t('problems.audit-not-signed') : undefined
              }
              onClick={() => void write(kind)}
              data-testid={`export-${kind}`}
            >
              {t(`disposition.kinds.${kind}`)}
            </Button>
          ))}
      </div>
      {task.isRunning && <ProgressLine progress={task.progress} onCancel={task.cancel} />}
      {task.problem && <ProblemLine problem={task.problem} />}
      {written.map((file) => (
        <WrittenFile key={file.path} file={file} />
      ))}
    </Section>
  );
}

function ExportFolder({
  folder,
  onChange,
}: {
  folder: string | null;
  onChange: (folder: string | null) => void;
}) {
  const { t } = useTranslation();
  const [isChoosing, setChoosing] = useState(false);
  return (
    <div className={page.actions}>
      <Button onClick={() => setChoosing(true)}>{t('disposition.chooseFolder')}</Button>
      {folder === null ? (
        <span className={page.small}>{t('disposition.usualFolder')}</span>
      ) : (
        <>
          <code className={page.mono}>{folder}</code>
          <Button onClick={() => onChange(null)}>{t('intake.removeOrder')}</Button>
        </>
      )}
      <FolderDialog
        isOpen={isChoosing}
        purpose="export"
        title={t('disposition.chooseFolder')}
        onClose={() => setChoosing(false)}
        onChoose={(path) => {
          setChoosing(false);
          onChange(path);
        }}
      />
    </div>
  );
}

function WrittenFile({ file }: { file: HostOutput<'audits.export'> }) {
  const { t } = useTranslation();
  const host = useHost();
  const canReveal = useSettings((state) => state.machine.capabilities.reveal);
  const task = useTask();
  return (
    <div className={styles.written} role="status" data-testid="written-file">
      <code className={page.mono}>{file.path}</code> <span className={page.dim}>{bytes(file.bytes)}</span>
      {canReveal && (
        <IconButton
          label={t('intake.reveal')}
          onClick={() => void task.run(() => host.call('host.reveal', { path: file.path }))}
        >
          <FolderSearch size={16} />
        </IconButton>
      )}
      {task.problem && <ProblemLine problem={task.problem} />}
    </div>
  );
}

/** Audits that come from another machine: checked link by link, and taken in. */
import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HostOutput, Verification } from '../../../shared/host/contract.ts';
import { auditAddress } from '../../app/routes.ts';
import { useHost, useSession } from '../../state/context.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { FolderDialog } from '../../ui/FolderDialog.tsx';
import { Mark } from '../../ui/Mark.tsx';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import { useTask } from '../../ui/useTask.ts';

type Imported = HostOutput<'audits.importBundle'>;

export function Bundles() {
  const { t } = useTranslation();
  const host = useHost();
  const actor = useSession((state) => state.actor);
  const [path, setPath] = useState('');
  const [key, setKey] = useState('');
  const [isChoosing, setChoosing] = useState(false);
  const [verified, setVerified] = useState<Verification | null>(null);
  const [imported, setImported] = useState<Imported | null>(null);
  const task = useTask();

  async function verify(): Promise<void> {
    const pinned = key.trim() === '' ? null : key.trim();
    setVerified(await task.run((options) => host.call('audits.verify', { path, key: pinned }, options)));
  }

  async function take(): Promise<void> {
    if (actor === null) return;
    setImported(await task.run((options) => host.call('audits.importBundle', { path, actor }, options)));
  }

  return (
    <Section title={t('settings.bundles')}>
      <TextInput
        label={t('settings.bundlePath')}
        value={path}
        onChange={(event) => setPath(event.currentTarget.value)}
        data-testid="bundle-path"
      />
      <TextInput
        label={t('settings.pinnedKey')}
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
      />
      <div className={page.actions}>
        <Button onClick={() => setChoosing(true)}>{t('settings.chooseBundle')}</Button>
        <Button disabled={path === '' || task.isRunning} onClick={() => void verify()} data-testid="verify">
          {t('settings.verify')}
        </Button>
        <Button
          disabled={path === '' || actor === null || task.isRunning}
          onClick={() => void take()}
          data-testid="import-bundle"
        >
          {t('settings.import')}
        </Button>
      </div>
      {task.isRunning && <ProgressLine progress={task.progress} onCancel={task.cancel} />}
      {task.problem && <ProblemLine problem={task.problem} />}
      {verified && <Verified verification={verified} />}
      {imported && <ImportedAudit imported={imported} />}
      <FolderDialog
        isOpen={isChoosing}
        purpose="bundle"
        takesFiles="only"
        title={t('settings.chooseBundle')}
        onClose={() => setChoosing(false)}
        onChoose={(chosen) => {
          setChoosing(false);
          setPath(chosen);
        }}
      />
    </Section>
  );
}

function Verified({ verification }: { verification: Verification }) {
  const { t } = useTranslation();
  const { chain, disposition, pictures, signatures } = verification;
  const isWhole = chain === 'ok';
  return (
    <div role="status" data-testid="verification">
      <Facts
        facts={[
          { name: t('settings.events'), value: verification.events },
          {
            name: t('settings.chain'),
            value: (
              <Mark kind={isWhole ? 'accept' : 'reject'}>
                {isWhole ? t('settings.chainOk') : t('settings.chainBroken', { at: chain })}
              </Mark>
            ),
          },
          {
            name: t('settings.disposition'),
            value:
              disposition === null ? t('settings.dispositionNone') : t(`audit.disposition.${disposition}`),
          },
          { name: t('settings.pictures'), value: t('settings.picturesValue', { ...pictures }) },
          ...(signatures.length === 0
            ? [{ name: t('settings.signatures'), value: t('settings.signatureNone') }]
            : []),
        ]}
      />
      {signatures.map(({ seq, verdict, publicKey }) => (
        <Mark key={seq} kind={verdict === 'broken' ? 'reject' : verdict === 'pinned' ? 'accept' : 'unsure'}>
          {t(`settings.signature.${verdict}`, { seq, key: publicKey.slice(-16) })}
        </Mark>
      ))}
    </div>
  );
}

function outcomeKey({ isNew, merged }: Imported): string {
  if (isNew) return 'settings.importedNew';
  return merged === 0 ? 'settings.importedNothing' : 'settings.importedMerged';
}

function ImportedAudit({ imported }: { imported: Imported }) {
  const { t } = useTranslation();
  return (
    <div role="status" data-testid="imported-bundle">
      <p className={page.plain}>{t(outcomeKey(imported), { count: imported.merged })}</p>
      {imported.conflicts.length > 0 && (
        <>
          <p className={page.plain}>{t('settings.importedConflicts')}</p>
          <ul>
            {imported.conflicts.map((unit) => (
              <li key={unit} className={page.mono}>
                {unit}
              </li>
            ))}
          </ul>
        </>
      )}
      <a href={auditAddress(imported.audit, 'disposition')}>{t('settings.openImported')}</a>
    </div>
  );
}

/** The key this device signs with, and where it keeps its audits. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHost, useSettings } from '../../state/context.tsx';
import { Facts } from '../../ui/Facts.tsx';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import { useFingerprint } from '../../ui/useFingerprint.ts';
import { useTask } from '../../ui/useTask.ts';

export function Device() {
  const { t } = useTranslation();
  const host = useHost();
  const machine = useSettings((state) => state.machine);
  const fingerprint = useFingerprint(machine.publicKey);
  const [isCopied, setCopied] = useState(false);
  const task = useTask();
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(machine.publicKey);
    setCopied(true);
  };
  return (
    <Section title={t('settings.device')}>
      <Facts
        facts={[
          { name: t('settings.fingerprint'), value: <code className={page.mono}>{fingerprint}</code> },
          { name: t('settings.publicKey'), value: <code className={page.mono}>{machine.publicKey}</code> },
          { name: t('settings.home'), value: <code className={page.mono}>{machine.home}</code> },
          { name: t('settings.version'), value: machine.version },
        ]}
      />
      <div className={page.actions}>
        <Button onClick={() => void task.run(copy)}>
          {t(isCopied ? 'settings.copied' : 'settings.copy')}
        </Button>
        {machine.capabilities.reveal && (
          <Button onClick={() => void task.run(() => host.call('host.reveal', { path: machine.home }))}>
            {t('settings.reveal')}
          </Button>
        )}
      </div>
      {task.problem && <ProblemLine problem={task.problem} />}
      <p className={page.small}>{t('settings.publicKeyNote')}</p>
    </Section>
  );
}

/** A person's disposition. The outcome cannot be edited; where the disposition differs from it, a reason is due. */
import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanOutcome } from '../../../shared/audit/events.ts';
import { canSign, type Disposition, differsFromOutcome } from '../../../shared/audit/rulesOfSigning.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import { CommandKey } from '../../app/CommandKey.tsx';
import { useCommand } from '../../app/commands.ts';
import { useHost, useSession } from '../../state/context.tsx';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import { ProfilePicker } from '../../ui/ProfilePicker.tsx';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import { useTask } from '../../ui/useTask.ts';
import styles from './Disposition.module.css';
import { dispositions, followingOutcome } from './decision.ts';

export function SignForm({ audit, outcome }: { audit: AuditState; outcome: PlanOutcome }) {
  const { t } = useTranslation();
  const host = useHost();
  const actor = useSession((state) => state.actor);
  const isWritable = useSession((state) => state.isWritable);
  const pending = useSession((state) => state.pending.length);
  const adopt = useSession((state) => state.adopt);
  const task = useTask();
  const [chosen, setChosen] = useState<Disposition | null>(null);
  const [reason, setReason] = useState('');
  const disposition = chosen ?? followingOutcome[outcome.outcome];
  const needsReason = differsFromOutcome(disposition, outcome.outcome);
  const obstacle = canSign(audit);
  const mayBeSigned =
    obstacle === null &&
    isWritable &&
    actor !== null &&
    pending === 0 &&
    !task.isRunning &&
    (!needsReason || reason.trim() !== '');

  async function sign(): Promise<void> {
    if (!mayBeSigned) return;
    await task.run(async (options) => {
      const input = { audit: audit.audit, actor, disposition, reason: reason.trim(), outcome };
      const answer = await host.call('audits.sign', input, options);
      adopt(answer.events);
      setReason('');
      setChosen(null);
    });
  }
  useCommand({
    id: 'disposition.sign',
    room: 'disposition',
    titleKey: 'disposition.sign',
    keys: ['Mod+Enter'],
    run: () => void sign(),
    isEnabled: () => mayBeSigned,
  });

  if (obstacle?.code === 'audit-signed') return null;
  return (
    <Section title={t('disposition.signTitle')}>
      {obstacle && <ProblemLine problem={{ ...obstacle, severity: 'info' }} />}
      <div role="radiogroup" aria-label={t('report.record.disposition')} className={styles.choices}>
        {dispositions.map((option) => (
          <label key={option} className={styles.choice} data-chosen={option === disposition}>
            <input
              type="radio"
              name="disposition"
              checked={option === disposition}
              disabled={obstacle !== null}
              onChange={() => setChosen(option)}
            />
            {t(`audit.disposition.${option}`)}
            {!differsFromOutcome(option, outcome.outcome) && (
              <span className={page.small}>{t('disposition.followsOutcome')}</span>
            )}
          </label>
        ))}
      </div>
      <Textarea
        label={t('report.decision.reason')}
        description={needsReason ? t('report.decision.reasonDiffers') : null}
        required={needsReason}
        rows={3}
        value={reason}
        disabled={obstacle !== null}
        onChange={(event) => setReason(event.currentTarget.value)}
        data-testid="sign-reason"
      />
      <ProfilePicker />
      {task.problem && <ProblemLine problem={task.problem} />}
      <div className={styles.sign}>
        <span className={page.small}>{t('disposition.signNote')}</span>
        <Button
          variant="filled"
          disabled={!mayBeSigned}
          loading={task.isRunning}
          onClick={() => void sign()}
          rightSection={<CommandKey id="disposition.sign" />}
          data-testid="sign"
        >
          {t('disposition.sign')}
        </Button>
      </div>
    </Section>
  );
}

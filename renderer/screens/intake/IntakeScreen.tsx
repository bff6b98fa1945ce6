/** The intake of an audit that exists: what arrived, and what was agreed, open to correction until it is signed. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Intake } from '../../../shared/audit/events.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import { CommandKey } from '../../app/CommandKey.tsx';
import { Reattach } from '../../app/Reattach.tsx';
import { auditAddress } from '../../app/routes.ts';
import { useSession } from '../../state/context.tsx';
import { useChooseSpec } from '../../state/useChooseSpec.ts';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import { ProfilePicker } from '../../ui/ProfilePicker.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import { Arrived } from './Arrived.tsx';
import styles from './Intake.module.css';
import { IntakeFields } from './IntakeFields.tsx';
import { SpecPart } from './SpecPart.tsx';
import { useAudits } from './useAudits.ts';

export default function IntakeScreen() {
  const { t } = useTranslation();
  const audit = useSession((state) => state.shown)!;
  const spec = audit.spec?.spec ?? null;
  const isWritable = useSession((state) => state.isWritable && state.actor !== null);
  const chooseSpec = useChooseSpec();
  const hasVerdict = audit.verdicts.size + audit.cellVerdicts.size > 0;
  return (
    <div className={page.page}>
      <div className={page.toolbar}>
        <h1 className={page.title}>
          {audit.intake.batch} <span className={page.mono}>{audit.delivery.path}</span>
        </h1>
        <Button
          component="a"
          href={auditAddress(audit.audit, 'calibration')}
          rightSection={<CommandKey id="app.calibration" />}
        >
          {t('app.toCalibration')}
        </Button>
        {audit.sample === null && (
          <Button component="a" href={auditAddress(audit.audit, 'plan')} variant="filled">
            {t('app.toPlan')}
          </Button>
        )}
      </div>
      <div className={page.columns}>
        <div>
          <Agreed audit={audit} isDisabled={!isWritable || audit.phase === 'signed'} />
          {spec && (
            <SpecPart
              spec={spec}
              isDisabled={!isWritable || audit.phase === 'signed' || hasVerdict}
              onChange={(next) => void chooseSpec(next)}
            />
          )}
        </div>
        <ArrivedOfAudit audit={audit} />
      </div>
    </div>
  );
}

function Agreed({ audit, isDisabled }: { audit: AuditState; isDisabled: boolean }) {
  const { t } = useTranslation();
  const record = useSession((state) => state.record);
  const [draft, setDraft] = useState<Intake | null>(null);
  const intake = draft ?? audit.intake;
  const others = useAudits().filter((entry) => entry.audit !== audit.audit);
  return (
    <Section title={t('intake.agreed')}>
      <ProfilePicker />
      <IntakeFields intake={intake} audits={others} isDisabled={isDisabled} onChange={setDraft} />
      {draft !== null && (
        <div className={styles.start}>
          <Button onClick={() => setDraft(null)}>{t('app.cancel')}</Button>
          <Button
            variant="filled"
            disabled={intake.vendor.trim() === '' || intake.batch.trim() === ''}
            onClick={() => {
              record({ type: 'intake.changed', data: { intake: draft } });
              setDraft(null);
            }}
          >
            {t('intake.keepChange')}
          </Button>
        </div>
      )}
    </Section>
  );
}

function ArrivedOfAudit({ audit }: { audit: AuditState }) {
  const { t } = useTranslation();
  const opened = useSession((state) => state.opened);
  const index = useSession((state) => state.index);
  const problem = useSession((state) => state.deliveryProblem);
  const opening = useSession((state) => state.opening);
  if (opened !== null && index !== null) {
    return (
      <div>
        <Arrived
          opened={opened}
          index={index}
          spec={audit.spec?.spec ?? null}
          labelsHash={audit.delivery.labelsHash}
          order={audit.order}
        />
      </div>
    );
  }
  return (
    <Section title={t('intake.arrived')}>
      {problem ? (
        <>
          <p className={page.plain}>{t('app.needsDelivery', { path: audit.delivery.path })}</p>
          <ProblemLine problem={problem} />
          <Reattach />
        </>
      ) : (
        <ProgressLine progress={opening?.progress ?? null} />
      )}
    </Section>
  );
}

/** A folder on its way to becoming an audit: it is opened and shown, and what was agreed about it is written down. */
import { Button } from '@mantine/core';
import { lazy, Suspense, useDeferredValue, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Intake } from '../../../shared/audit/events.ts';
import type { OpenedDelivery } from '../../../shared/host/contract.ts';
import type { Translate } from '../../../shared/messages/translate.ts';
import { CommandKey } from '../../app/CommandKey.tsx';
import { useCommand } from '../../app/commands.ts';
import { auditAddress, navigate, routeAddress } from '../../app/routes.ts';
import { useHost, useSession } from '../../state/context.tsx';
import { useOpenDelivery } from '../../state/useOpenDelivery.ts';
import { useTour } from '../../tour/useTour.ts';
import { FolderDialog } from '../../ui/FolderDialog.tsx';
import { localDate } from '../../ui/format.ts';
import { Message } from '../../ui/Message.tsx';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import { ProfilePicker } from '../../ui/ProfilePicker.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import { useTask } from '../../ui/useTask.ts';
import { Arrived } from './Arrived.tsx';
import { BesideLink } from './BesideLink.tsx';
import styles from './Intake.module.css';
import { earlierDelivery, IntakeFields, resubmitting } from './IntakeFields.tsx';
import { ReadingPart } from './ReadingPart.tsx';
import { SpecPart } from './SpecPart.tsx';
import { shippedSpec } from './specFile.ts';
import { useAudits } from './useAudits.ts';

const FirstLook = lazy(() => import('../look/FirstLook.tsx'));

export interface DeliveryIntakeScreenProps {
  readonly path: string;
  readonly sensorsPath: string | null;
  /** Audit of the submission before, where this is a redelivery. */
  readonly resubmits: string | null;
}

export default function DeliveryIntakeScreen({ path, sensorsPath, resubmits }: DeliveryIntakeScreenProps) {
  const { t } = useTranslation();
  const { opened, opening, open } = useOpenDelivery(path, sensorsPath);
  // All of the form at once would hold the window: it is made in pieces, and shown when it is whole.
  const ready = useDeferredValue(opened, null);
  if (opened && ready) return <Form opened={opened} resubmits={resubmits} />;
  const isBusy = opening.isRunning || opened !== null;
  return (
    <Message title={t(isBusy ? 'app.openingDelivery' : 'intake.notOpened')}>
      <code className={page.mono}>{path}</code>
      {opening.isRunning && <ProgressLine progress={opening.progress} onCancel={opening.cancel} />}
      {opening.isRunning && (
        <Suspense fallback={null}>
          <FirstLook />
        </Suspense>
      )}
      {opening.problem && <ProblemLine problem={opening.problem} />}
      {!isBusy && (
        <div className={page.actions}>
          <Button variant="filled" onClick={open}>
            {t('intake.tryAgain')}
          </Button>
          <SensorsButton path={path} />
          <Button
            component="a"
            href={routeAddress({ screen: 'delivery-mapping', path, sensorsPath })}
            data-testid="to-mapping"
          >
            {t('mapping.open')}
          </Button>
          <Button component="a" href="#/deliveries">
            {t('app.back')}
          </Button>
        </div>
      )}
    </Message>
  );
}

/** Labels alone came back: the sensor data lies elsewhere, as a second folder that is only read. */
function SensorsButton({ path }: { path: string }) {
  const { t } = useTranslation();
  const [isChoosing, setChoosing] = useState(false);
  return (
    <>
      <Button onClick={() => setChoosing(true)} data-testid="choose-sensors">
        {t('intake.chooseSensors')}
      </Button>
      <FolderDialog
        isOpen={isChoosing}
        purpose="sensors"
        title={t('intake.chooseSensors')}
        onClose={() => setChoosing(false)}
        onChoose={(sensorsPath) => {
          setChoosing(false);
          navigate(routeAddress({ screen: 'delivery-intake', path, sensorsPath }));
        }}
      />
    </>
  );
}

function Form({ opened, resubmits }: { opened: OpenedDelivery; resubmits: string | null }) {
  const { t } = useTranslation();
  const host = useHost();
  const index = useSession((state) => state.index);
  const actor = useSession((state) => state.actor);
  const tour = useTour();
  const [intake, setIntake] = useState(() => firstIntake(opened, tour.isOn ? tourLot(t) : {}));
  const [spec, setSpec] = useState(shippedSpec);
  const [order, setOrder] = useState<string | null>(null);
  const audits = useAudits();
  // Once the list of audits is here: what the vendor resubmits fills the fields, and may still be changed.
  useEffect(() => {
    if (resubmits !== null) setIntake((now) => resubmitting(now, resubmits, audits));
  }, [resubmits, audits]);
  const creating = useTask();
  const isComplete = intake.vendor.trim() !== '' && intake.batch.trim() !== '' && intake.receivedOn !== '';
  const canStart = isComplete && actor !== null && !creating.isRunning;

  async function start(): Promise<void> {
    if (!canStart) return;
    const created = await creating.run(async (options) => {
      await host.call('deliveries.hash', { delivery: opened.delivery }, options);
      return await host.call(
        'audits.create',
        { delivery: opened.delivery, intake, spec, actor, order },
        options,
      );
    });
    if (created) navigate(auditAddress(created.audit, 'plan'));
  }
  useCommand({
    id: 'intake.start',
    room: 'intake',
    titleKey: 'intake.start',
    keys: ['Mod+Enter'],
    run: () => void start(),
    isEnabled: () => canStart,
  });

  if (index === null) return null;
  return (
    <div className={page.page}>
      <div className={page.toolbar}>
        <h1 className={page.title}>
          {opened.name} <span className={page.mono}>{opened.path}</span>
        </h1>
        <BesideLink screen="look" opened={opened} title={t('app.toLook')} />
        <BesideLink screen="calibration" opened={opened} title={t('app.toCalibration')} />
        <BesideLink screen="checks" opened={opened} title={t('checks.run')} />
        <SensorsButton path={opened.path} />
      </div>
      <div className={page.columns}>
        <div>
          <Section title={t('intake.agreed')}>
            <ProfilePicker />
            <IntakeFields intake={intake} audits={audits} isDisabled={false} onChange={setIntake} />
            <OrderField order={order} onChange={setOrder} />
          </Section>
          <SpecPart spec={spec} isDisabled={false} onChange={setSpec} />
          <div className={styles.start}>
            {creating.problem && <ProblemLine problem={creating.problem} />}
            {creating.isRunning && <ProgressLine progress={creating.progress} onCancel={creating.cancel} />}
            {!isComplete && <span className={page.small}>{t('intake.incomplete')}</span>}
            {isComplete && actor === null && (
              <span className={page.small}>{t('saving.readOnlyNoProfile')}</span>
            )}
            <Button
              variant="filled"
              disabled={!canStart}
              loading={creating.isRunning}
              onClick={() => void start()}
              rightSection={<CommandKey id="intake.start" />}
              data-testid="start-audit"
            >
              {t('intake.start')}
            </Button>
          </div>
        </div>
        <Arrived
          reading={<ReadingPart opened={opened} index={index} earlier={earlierDelivery(intake, audits)} />}
          opened={opened}
          index={index}
          spec={spec}
          labelsHash={opened.labelsHash}
          order={null}
        />
      </div>
    </div>
  );
}

function OrderField({ order, onChange }: { order: string | null; onChange: (order: string | null) => void }) {
  const { t } = useTranslation();
  const [isChoosing, setChoosing] = useState(false);
  return (
    <div className={page.actions}>
      <Button onClick={() => setChoosing(true)}>{t('intake.chooseOrder')}</Button>
      {order === null ? (
        <span className={page.small}>{t('intake.orderHint')}</span>
      ) : (
        <>
          <code className={page.mono}>{order}</code>
          <Button onClick={() => onChange(null)}>{t('intake.removeOrder')}</Button>
        </>
      )}
      <FolderDialog
        isOpen={isChoosing}
        purpose="delivery"
        takesFiles="only"
        title={t('intake.chooseOrder')}
        onClose={() => setChoosing(false)}
        onChoose={(path) => {
          setChoosing(false);
          onChange(path);
        }}
      />
    </div>
  );
}

/** An audit of the tour says so by its name. */
function tourLot(t: Translate): Partial<Intake> {
  return { vendor: t('tour.vendor'), batch: t('tour.batch') };
}

function firstIntake(opened: OpenedDelivery, known: Partial<Intake>): Intake {
  return {
    vendor: '',
    team: '',
    batch: opened.name,
    receivedOn: localDate(new Date()),
    dueOn: null,
    submission: 1,
    resubmits: null,
    role: 'client',
    labellingSpec: '',
    ...known,
  };
}

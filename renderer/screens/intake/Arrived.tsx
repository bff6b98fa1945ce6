/** What arrived: format, completeness by scene and sensor, classes, pairing with sensor data, problems. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { EventData } from '../../../shared/audit/events.ts';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import type { OpenedDelivery } from '../../../shared/host/contract.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import type { PairingFacts } from '../../../shared/readers/arrival.ts';
import { useSession } from '../../state/context.tsx';
import { type Fact, Facts } from '../../ui/Facts.tsx';
import { bytes, count } from '../../ui/format.ts';
import { Section } from '../../ui/Section.tsx';
import { ClassHistogram } from './ClassHistogram.tsx';
import { CompletenessMatrix } from './CompletenessMatrix.tsx';
import styles from './Intake.module.css';
import { OrderResult } from './OrderResult.tsx';
import { ProblemTable } from './ProblemTable.tsx';

export interface ArrivedProps {
  readonly opened: OpenedDelivery;
  readonly index: DeliveryIndex;
  readonly spec: QaSpec | null;
  readonly labelsHash: string | null;
  readonly order: EventData<'order.compared'> | null;
  /** What can still be chosen about the reading. */
  readonly reading?: ReactNode;
}

export function Arrived({ opened, index, spec, labelsHash, order, reading }: ArrivedProps) {
  const { t } = useTranslation();
  const arrival = useSession((state) => state.arrival);
  const formatFacts = useFormatFacts(opened, index, labelsHash);
  if (arrival === null) return null;
  return (
    <div>
      <Section title={t('intake.arrived')}>
        <div className={styles.facts}>
          <Facts facts={formatFacts} />
          <PairingPart opened={opened} index={index} pairing={arrival.pairing} />
        </div>
      </Section>
      {reading && <Section title={t('intake.reading')}>{reading}</Section>}
      {order && <OrderResult order={order} />}
      <Section title={t('intake.completeness')}>
        <CompletenessMatrix index={index} rows={arrival.scenes} />
      </Section>
      <Section title={t('intake.classes')}>
        <ClassHistogram index={index} spec={spec} />
      </Section>
      <Section title={t('intake.problems')}>
        {opened.problems.length === 0 ? (
          <p className={styles.none}>{t('intake.noProblems')}</p>
        ) : (
          <ProblemTable problems={opened.problems} root={opened.path} />
        )}
      </Section>
    </div>
  );
}

function useFormatFacts(opened: OpenedDelivery, index: DeliveryIndex, labelsHash: string | null): Fact[] {
  const { t } = useTranslation();
  const { counts } = opened;
  return [
    { name: t('deliveries.format'), value: t(`deliveries.formats.${opened.format}`) },
    { name: t('deliveries.size'), value: bytes(opened.bytes) },
    { name: t('intake.scenes'), value: count(counts.scenes) },
    { name: t('intake.frames'), value: count(counts.frames) },
    { name: t('intake.cuboids'), value: count(counts.cuboids) },
    { name: t('intake.boxes2d'), value: count(counts.boxes2d) },
    { name: t('intake.tracks'), value: count(counts.tracks) },
    { name: t('intake.labelFiles'), value: count(index.delivery.labelFiles.length) },
    {
      name: t('intake.labelsHash'),
      value:
        labelsHash === null ? (
          t('intake.notHashed')
        ) : (
          <code className={styles.path} title={labelsHash}>
            {labelsHash.slice(0, 16)}
          </code>
        ),
    },
  ];
}

interface PairingPartProps {
  readonly opened: OpenedDelivery;
  readonly index: DeliveryIndex;
  readonly pairing: PairingFacts;
}

function PairingPart({ opened, index, pairing }: PairingPartProps) {
  const { t } = useTranslation();
  const share = (have: number): string => t('intake.ofFrames', { have, frames: pairing.frames });
  const { lidars, cameras, calibrations } = index.delivery;
  const facts: Fact[] = [
    { name: t('intake.lidars'), value: lidars.map(({ name }) => name).join(', ') || t('intake.noneOfThem') },
    {
      name: t('intake.cameras'),
      value: cameras.map(({ name }) => name).join(', ') || t('intake.noneOfThem'),
    },
    { name: t('intake.calibrations'), value: count(calibrations.length) },
    { name: t('intake.withSweep'), value: share(pairing.withSweep) },
    { name: t('intake.withImage'), value: share(pairing.withImage) },
    { name: t('intake.withPose'), value: share(pairing.withPose) },
    { name: t('intake.withTime'), value: share(pairing.withTime) },
    {
      name: t('intake.sensorRoot'),
      value:
        opened.sensorsPath === null ? (
          t('intake.sensorsInside')
        ) : (
          <span className={styles.path}>
            {opened.sensorsPath} ({share(pairing.fromSensors)})
          </span>
        ),
    },
  ];
  return <Facts facts={facts} />;
}

/** The calibration of a delivery before there is an audit of it. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../state/context.tsx';
import { useOpenDelivery } from '../../state/useOpenDelivery.ts';
import { Message } from '../../ui/Message.tsx';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import page from '../../ui/page.module.css';
import { CalibrationBench } from './CalibrationBench.tsx';

export interface DeliveryCalibrationScreenProps {
  readonly path: string;
  readonly sensorsPath: string | null;
}

export default function DeliveryCalibrationScreen({ path, sensorsPath }: DeliveryCalibrationScreenProps) {
  const { t } = useTranslation();
  const { opened, opening, open } = useOpenDelivery(path, sensorsPath);
  const index = useSession((state) => state.index);
  if (opened && index) return <CalibrationBench index={index} delivery={opened.delivery} firstFrame={null} />;
  return (
    <Message title={t(opening.isRunning ? 'app.openingDelivery' : 'calibration.notOpened')}>
      <code className={page.mono}>{path}</code>
      {opening.isRunning && <ProgressLine progress={opening.progress} onCancel={opening.cancel} />}
      {opening.problem && <ProblemLine problem={opening.problem} />}
      {!opening.isRunning && <Button onClick={open}>{t('intake.tryAgain')}</Button>}
    </Message>
  );
}

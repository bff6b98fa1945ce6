/** The frames of a delivery before there is an audit of it. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../state/context.tsx';
import { useOpenDelivery } from '../../state/useOpenDelivery.ts';
import { Message } from '../../ui/Message.tsx';
import { ProblemLine } from '../../ui/ProblemLine.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import page from '../../ui/page.module.css';
import { LookBench } from './LookBench.tsx';

export interface DeliveryLookScreenProps {
  readonly path: string;
  readonly sensorsPath: string | null;
}

export default function DeliveryLookScreen({ path, sensorsPath }: DeliveryLookScreenProps) {
  const { t } = useTranslation();
  const { opened, opening, open } = useOpenDelivery(path, sensorsPath);
  const index = useSession((state) => state.index);
  if (opened && index) return <LookBench index={index} delivery={opened.delivery} />;
  return (
    <Message title={t(opening.isRunning ? 'app.openingDelivery' : 'calibration.notOpened')}>
      <code className={page.mono}>{path}</code>
      {opening.isRunning && <ProgressLine progress={opening.progress} onCancel={opening.cancel} />}
      {opening.problem && <ProblemLine problem={opening.problem} />}
      {!opening.isRunning && <Button onClick={open}>{t('intake.tryAgain')}</Button>}
    </Message>
  );
}

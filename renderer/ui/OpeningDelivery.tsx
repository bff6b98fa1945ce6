/** In place of a screen while its delivery is opened, or where that failed. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OpeningDelivery as Opening } from '../state/useOpenDelivery.ts';
import { Message } from './Message.tsx';
import { ProblemLine } from './ProblemLine.tsx';
import { ProgressLine } from './ProgressLine.tsx';
import page from './page.module.css';

export function OpeningDelivery({ path, opening: { opening, open } }: { path: string; opening: Opening }) {
  const { t } = useTranslation();
  return (
    <Message title={t(opening.isRunning ? 'app.openingDelivery' : 'calibration.notOpened')}>
      <code className={page.mono}>{path}</code>
      {opening.isRunning && <ProgressLine progress={opening.progress} onCancel={opening.cancel} />}
      {opening.problem && <ProblemLine problem={opening.problem} />}
      {!opening.isRunning && <Button onClick={open}>{t('intake.tryAgain')}</Button>}
    </Message>
  );
}

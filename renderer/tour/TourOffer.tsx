/** What a newcomer is asked once, on the first screen. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSettings } from '../state/context.tsx';
import page from '../ui/page.module.css';
import styles from './Tour.module.css';
import { useTour } from './useTour.ts';

export function TourOffer() {
  const { t } = useTranslation();
  const isDone = useSettings((state) => state.settings.isTourDone);
  const tour = useTour();
  if (isDone || tour.isOn) return null;
  return (
    <section className={styles.offer} aria-labelledby="tour-offer" data-testid="tour-offer">
      <div>
        <h2 className={styles.title} id="tour-offer">
          {t('tour.offer.title')}
        </h2>
        <p className={styles.text}>{t('tour.offer.text')}</p>
      </div>
      <div className={page.actions}>
        <Button variant="filled" onClick={tour.take} data-testid="tour-take">
          {t('tour.offer.take')}
        </Button>
        <Button onClick={tour.leave} data-testid="tour-decline">
          {t('tour.offer.decline')}
        </Button>
      </div>
    </section>
  );
}

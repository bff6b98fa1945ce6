/** One frame of a delivery, shown while the rest of it is still being read. */
import { useTranslation } from 'react-i18next';
import { useSession } from '../../state/context.tsx';
import { EngineProvider } from '../../viewport/react/engineContext.tsx';
import { LookViews } from './LookBench.tsx';
import styles from './look.module.css';

export default function FirstLook() {
  const { t } = useTranslation();
  const look = useSession((state) => state.opening?.firstLook ?? null);
  if (look === null) return null;
  return (
    <section className={styles.first} data-testid="first-look" aria-label={t('look.first')}>
      <p className={styles.none}>{t('look.first')}</p>
      <div className={styles.firstViews}>
        <EngineProvider key={look.delivery} index={look.index} delivery={look.delivery}>
          <LookViews frame={0} row={null} onSelect={() => undefined} />
        </EngineProvider>
      </div>
    </section>
  );
}

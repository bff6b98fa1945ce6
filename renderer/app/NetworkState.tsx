/** Says that nothing leaves the machine, and whether it has a network at all. */
import { Tooltip } from '@mantine/core';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Header.module.css';

function subscribe(listener: () => void): () => void {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}

export function NetworkState() {
  const { t } = useTranslation();
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <Tooltip label={t(isOnline ? 'app.onlineDetail' : 'app.offlineDetail')}>
      <span className={`${styles.fact} ${isOnline ? styles.quiet : ''}`} data-testid="network-state">
        {t(isOnline ? 'app.online' : 'app.offline')}
      </span>
    </Tooltip>
  );
}

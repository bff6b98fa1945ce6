/** Where a bug ends: the screen says so and offers a way out; the rest of the window goes on. */

import { Button } from '@mantine/core';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './ErrorBoundary.module.css';
import { navigate } from './routes.ts';

interface Props {
  readonly children: ReactNode;
}

export class ErrorBoundary extends Component<Props, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    return <Failure error={error} onLeave={() => this.setState({ error: null })} />;
  }
}

function Failure({ error, onLeave }: { error: Error; onLeave: () => void }) {
  const { t } = useTranslation();
  const leave = (): void => {
    navigate('#/deliveries');
    onLeave();
  };
  return (
    <section className={styles.page} role="alert">
      <h1 className={styles.title}>{t('app.errorTitle')}</h1>
      <p>{t('app.errorDetail')}</p>
      <pre className={styles.message}>{error.message}</pre>
      <div className={styles.actions}>
        <Button variant="filled" onClick={() => location.reload()}>
          {t('app.errorReload')}
        </Button>
        <Button onClick={leave}>{t('app.back')}</Button>
      </div>
    </section>
  );
}

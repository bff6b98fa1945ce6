/** The delivery against the order file: what was promised and is not there, and what came unasked. */
import { useTranslation } from 'react-i18next';
import type { EventData } from '../../../shared/audit/events.ts';
import { Mark } from '../../ui/Mark.tsx';
import { Section } from '../../ui/Section.tsx';
import styles from './Intake.module.css';

const shownAtMost = 200;

export function OrderResult({ order }: { order: EventData<'order.compared'> }) {
  const { t } = useTranslation();
  const isComplete = order.missing.length === 0 && order.unexpected.length === 0;
  return (
    <Section title={t('intake.order')} aside={<span className={styles.path}>{order.order}</span>}>
      {isComplete && <Mark kind="accept">{t('intake.orderComplete')}</Mark>}
      <Names title={t('intake.orderMissing', { count: order.missing.length })} names={order.missing} />
      <Names
        title={t('intake.orderUnexpected', { count: order.unexpected.length })}
        names={order.unexpected}
      />
    </Section>
  );
}

function Names({ title, names }: { title: string; names: readonly string[] }) {
  const { t } = useTranslation();
  if (names.length === 0) return null;
  return (
    <details>
      <summary>{title}</summary>
      <ul className={styles.names}>
        {names.slice(0, shownAtMost).map((name) => (
          <li key={name}>{name}</li>
        ))}
        {names.length > shownAtMost && <li>{t('intake.more', { count: names.length - shownAtMost })}</li>}
      </ul>
    </details>
  );
}

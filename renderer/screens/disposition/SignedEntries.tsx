/** Signed entries, the valid one last, each with the device's key as a fingerprint. */
import { useTranslation } from 'react-i18next';
import type { AuditState, SignedDisposition } from '../../../shared/audit/state.ts';
import { dateTime } from '../../ui/format.ts';
import page from '../../ui/page.module.css';
import { Section } from '../../ui/Section.tsx';
import { useFingerprint } from '../../ui/useFingerprint.ts';
import styles from './Disposition.module.css';

export function SignedEntries({ audit }: { audit: AuditState }) {
  const { t } = useTranslation();
  if (audit.dispositions.length === 0) return null;
  return (
    <Section title={t('disposition.signedEntries')}>
      <ol className={styles.entries}>
        {audit.dispositions.map((entry, at) => (
          <Entry key={entry.seq} entry={entry} isValid={at === audit.dispositions.length - 1} />
        ))}
      </ol>
    </Section>
  );
}

function Entry({ entry, isValid }: { entry: SignedDisposition; isValid: boolean }) {
  const { t } = useTranslation();
  const fingerprint = useFingerprint(entry.publicKey);
  return (
    <li className={styles.entry} data-valid={isValid} data-testid="signed-entry">
      <b>{t(`audit.disposition.${entry.disposition}`)}</b>{' '}
      <span className={page.dim}>
        {t('report.decision.signedBy', {
          name: entry.by.name,
          role: t(`audit.role.${entry.by.role}`),
          at: dateTime(entry.at),
        })}
      </span>
      {!isValid && <span className={page.small}> {t('disposition.replaced')}</span>}
      {entry.reason !== '' && <p className={page.plain}>{entry.reason}</p>}
      <p className={page.plain}>
        <span className={page.small}>
          {t('disposition.entrySeq', { seq: entry.seq })} · {t('settings.fingerprint')}
        </span>{' '}
        <code className={page.mono}>{fingerprint}</code>
      </p>
    </li>
  );
}

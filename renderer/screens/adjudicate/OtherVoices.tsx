/** Further people who judged the unit, where more than two did: one line each. */
import { useTranslation } from 'react-i18next';
import type { UnitVerdict } from '../../../shared/audit/state.ts';
import { Mark } from '../../ui/Mark.tsx';
import styles from './adjudicate.module.css';
import { markOf } from './verdictWords.ts';

export function OtherVoices({ others }: { others: readonly UnitVerdict[] }) {
  const { t } = useTranslation();
  if (others.length === 0) return null;
  return (
    <ul className={styles.voices} aria-label={t('adjudicate.others')}>
      {others.map(({ seq, by, verdict, defects }) => (
        <li key={seq}>
          {by.name} <Mark kind={markOf(verdict)}>{t(`audit.verdict.${verdict}`)}</Mark>{' '}
          {defects.map(({ code }) => code).join(', ')}
        </li>
      ))}
    </ul>
  );
}

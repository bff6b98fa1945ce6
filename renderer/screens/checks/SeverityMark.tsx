/** Severity and grade of a finding as a shape: filled beyond the hard limit, hollow beyond the soft one. */
import { useTranslation } from 'react-i18next';
import type { CheckFinding } from '../../../shared/checks/finding.ts';
import styles from './checks.module.css';

export function SeverityMark({ finding }: { finding: Pick<CheckFinding, 'severity' | 'grade'> }) {
  const { t } = useTranslation();
  const { severity, grade } = finding;
  const name = `${t(`review.severity.${severity}`)}, ${t(`checks.grade.${grade}`)}`;
  return (
    <svg
      className={styles.severity}
      data-severity={severity}
      data-grade={grade}
      viewBox="0 0 10 10"
      width={10}
      height={10}
      role="img"
      aria-label={name}
    >
      <title>{name}</title>
      {severity === 'critical' ? (
        <path d="M5 1l4.2 8H.8z" />
      ) : severity === 'major' ? (
        <path d="M5 .8L9.2 5 5 9.2.8 5z" />
      ) : (
        <circle cx={5} cy={5} r={3.6} />
      )}
    </svg>
  );
}

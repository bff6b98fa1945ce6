/** What became of the findings of the audit before: fixed, remaining, or for a person to see. */
import { useTranslation } from 'react-i18next';
import type { FindingOutcome, ReworkOutcome } from '../../../shared/audit/reworkOutcome.ts';
import { Mark, type MarkKind } from '../../ui/Mark.tsx';
import { Section } from '../../ui/Section.tsx';
import styles from './diff.module.css';

const marks: Readonly<Record<FindingOutcome, MarkKind>> = {
  fixed: 'accept',
  remaining: 'reject',
  unclear: 'unsure',
};

export function FindingsPart({ rework }: { rework: ReworkOutcome }) {
  const { t } = useTranslation();
  const counted = (outcome: FindingOutcome): number =>
    rework.findings.filter((entry) => entry.outcome === outcome).length;
  return (
    <Section title={t('diff.findings.title')}>
      <p className={styles.outcomes} data-testid="diff-outcomes">
        {(['fixed', 'remaining', 'unclear'] as const).map((outcome) => (
          <Mark key={outcome} kind={marks[outcome]}>
            {t(`diff.findings.${outcome}`, { count: counted(outcome) })}
          </Mark>
        ))}
      </p>
      <p className={styles.note}>{t('diff.findings.unasked', { count: rework.introduced.length })}</p>
      <ul className={styles.findings}>
        {rework.findings
          .filter(({ outcome }) => outcome !== 'fixed')
          .map(({ finding, outcome }) => (
            <li key={finding.id}>
              <Mark kind={marks[outcome]}>
                {finding.id} · {finding.defect.code} · {finding.frame}
              </Mark>
            </li>
          ))}
      </ul>
    </Section>
  );
}

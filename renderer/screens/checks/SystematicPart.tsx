/** Errors of the data itself: told once each, for whoever can mend them, apart from the labels' own findings. */
import { useTranslation } from 'react-i18next';
import { checkTitle, findingSentence } from '../../../shared/report/checkWords.ts';
import { keepFocus } from '../adjudicate/keepFocus.ts';
import { AnswerMark } from './AnswerMark.tsx';
import styles from './checks.module.css';
import { SeverityMark } from './SeverityMark.tsx';
import type { Checks } from './useChecks.ts';

export function SystematicPart({ checks }: { checks: Checks }) {
  const { t } = useTranslation();
  const { systematic, chosen, triage, audit } = checks;
  if (systematic.length === 0) return null;
  return (
    <section className={styles.systematic} aria-label={t('checks.systematic.title')} data-testid="systematic">
      <h2 className={styles.heading} title={t('checks.systematic.lead')}>
        {t('checks.systematic.title')} <span className={styles.quiet}>{systematic.length}</span>
      </h2>
      <ul className={styles.plainList}>
        {systematic.map((finding) => (
          <li key={finding.id}>
            <button
              type="button"
              className={styles.systematicRow}
              aria-current={chosen?.id === finding.id || undefined}
              onMouseDown={keepFocus}
              onClick={() => checks.choose(finding)}
            >
              <span>
                <SeverityMark finding={finding} /> <b>{checkTitle(finding.check, t)}</b>{' '}
                {finding.camera ?? finding.scene}
              </span>
              <span className={styles.quiet}>
                {finding.explained > 0 && t('checks.systematic.explains', { count: finding.explained })}
                {audit && triage.has(finding.id) && <AnswerMark answer={triage.get(finding.id)!.answer} />}
              </span>
              <span className={styles.systematicText}>{findingSentence(finding, t)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

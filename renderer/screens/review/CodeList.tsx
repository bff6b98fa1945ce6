/** The codes in one fixed column, each with its key and the severity it will get. */
import { useTranslation } from 'react-i18next';
import { type SpecDefect, severities } from '../../../shared/audit/qaSpec.ts';
import { CommandKey } from '../../app/CommandKey.tsx';
import { useVisibleAudit } from './pace/useVisibleAudit.ts';
import styles from './side.module.css';
import { useDesk, useDeskState } from './useDesk.ts';

export interface CodeListProps {
  readonly codes: readonly { readonly digit: number; readonly defect: SpecDefect }[];
  readonly isBeside: boolean;
  readonly onCode: (defect: SpecDefect) => void;
  readonly canJudge: boolean;
}

export function CodeList({ codes, isBeside, onCode, canJudge }: CodeListProps) {
  const { t, i18n } = useTranslation();
  const language = i18n.language === 'zh' ? 'zh' : 'en';
  const desk = useDesk();
  const at = useDeskState((state) => state.at);
  const armed = useDeskState((state) => state.armed);
  const isHolding = useDeskState((state) => state.isHolding);
  const verdict = useVisibleAudit().verdicts.get(desk.units[at]!.id);
  const standing = isBeside ? [] : (verdict?.defects ?? []);
  const listed = new Set(codes.map(({ defect }) => defect.code));
  const unlisted = standing.filter(({ code }) => !listed.has(code));
  const title = isBeside ? 'review.codesBeside' : isHolding ? 'review.codesHold' : 'review.codes';
  return (
    <section className={styles.section}>
      <h2 className={styles.heading}>{t(title)}</h2>
      {isBeside && <p className={styles.hint}>{t('review.besideHint')}</p>}
      <ul className={styles.codes}>
        {codes.map(({ digit, defect }) => {
          const given = standing.find(({ code }) => code === defect.code);
          const severity = given?.severity ?? armed ?? defect.severity;
          return (
            <li key={defect.code}>
              <button
                type="button"
                className={styles.code}
                aria-pressed={given !== undefined}
                data-armed={(armed !== null && !given) || undefined}
                disabled={!canJudge}
                onClick={() => onCode(defect)}
                data-testid={`code-${defect.code}`}
              >
                <CommandKey id={`review.code${digit}`} />
                <span className={styles.codeTitle}>{defect.title[language]}</span>
                <span className={styles.severity} data-severity={severity}>
                  {t(`review.severity.${severity}`)}
                </span>
              </button>
            </li>
          );
        })}
        {unlisted.map(({ code, severity }) => (
          <li key={code}>
            <button type="button" className={styles.code} aria-pressed disabled>
              <CommandKey id="review.otherCode" />
              <span className={styles.codeTitle}>{code}</span>
              <span className={styles.severity} data-severity={severity}>
                {t(`review.severity.${severity}`)}
              </span>
            </button>
          </li>
        ))}
        {!isHolding && (
          <li>
            <button
              type="button"
              className={styles.code}
              disabled={!canJudge}
              onClick={() => desk.patch({ picker: isBeside ? 'beside' : 'reject' })}
            >
              <CommandKey id="review.otherCode" />
              <span className={styles.codeTitle}>{t('review.otherCode')}</span>
              <span className={styles.severities} title={t('review.severityHint')}>
                {severities.map((severity, place) => (
                  <CommandKey key={severity} id={`review.severity${place}`} />
                ))}
              </span>
            </button>
          </li>
        )}
      </ul>
    </section>
  );
}

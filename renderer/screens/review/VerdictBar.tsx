/** What can be done now, each with its key, and what was given last. */
import { Check, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { CommandKey } from '../../app/CommandKey.tsx';
import { useCorrectionInHand } from './correct/useSuggestion.ts';
import { usePlaceInSample } from './course/usePlaceInSample.ts';
import { LastGiven } from './LastGiven.tsx';
import { useVisibleAudit } from './pace/useVisibleAudit.ts';
import { unitMark } from './unitMarks.ts';
import { unitName } from './unitName.ts';
import { useDeskState, useDeskValue } from './useDesk.ts';
import type { Subject } from './useSubject.ts';
import styles from './verdict.module.css';

export function VerdictBar({ subject, canJudge }: { subject: Subject | null; canJudge: boolean }) {
  const { t, i18n } = useTranslation();
  const { desk, queue } = useDeskValue();
  const at = useDeskState((state) => state.at);
  const given = useDeskState((state) => state.given);
  const last = useDeskState((state) => state.last);
  const isAway = useDeskState((state) => state.besideRow !== null || state.frame !== null);
  const audit = useVisibleAudit();
  const warmUp = useDeskState((state) => state.warmUp);
  const unit = desk.units[at]!;
  const mark = unitMark(audit, unit);
  const language = i18n.language === 'zh' ? 'zh' : 'en';
  // Where a code follows from the correction drawn, Enter gives it.
  const { suggested, hasSteps } = useCorrectionInHand();
  const placeInSample = usePlaceInSample();
  const confirmWord = isAway
    ? 'review.besideBack'
    : mark !== 'open'
      ? 'review.nextUnit'
      : unit.isInspectable
        ? 'review.accept'
        : 'review.recordUninspectable';
  return (
    <div className={styles.bar}>
      <div className={styles.state} role="status" data-testid="unit-state" data-mark={mark}>
        <span className={styles.mark} data-mark={mark}>
          {t(`review.marks.${given.has(unit.id) ? 'open' : mark}`)}
        </span>
        <span className={styles.place}>
          {warmUp
            ? t('pace.warmUpPlace', { at: warmUp.place + 1, total: warmUp.stops.length })
            : queue === 'targets'
              ? t('targets.ofQueue', { at: at + 1, total: desk.units.length })
              : placeInSample}
          {subject && ` · ${unitName(unit)}`}
        </span>
      </div>
      {!unit.isInspectable && <p className={styles.hint}>{t('review.uninspectableHint')}</p>}
      {!canJudge && <p className={styles.hint}>{t('review.readOnlyHint')}</p>}
      <div className={styles.buttons}>
        <button
          type="button"
          className={styles.button}
          data-tone={suggested ? 'reject' : isAway || mark !== 'open' ? 'plain' : 'accept'}
          disabled={!canJudge}
          onClick={() => desk.confirm()}
          data-testid="accept"
        >
          {suggested ? <X size={16} aria-hidden="true" /> : <Check size={16} aria-hidden="true" />}
          {suggested ? t('correct.reject', { title: suggested.defect.title[language] }) : t(confirmWord)}{' '}
          <CommandKey id="review.confirm" />
        </button>
        <button
          type="button"
          className={styles.button}
          data-tone="unsure"
          disabled={!canJudge}
          onClick={() => desk.unsure()}
          data-testid="unsure"
        >
          {t('review.unsure')} <CommandKey id="review.unsure" />
        </button>
        <button
          type="button"
          className={styles.button}
          data-tone="hold"
          disabled={!canJudge}
          onClick={() => desk.patch({ isHolding: !desk.store.getState().isHolding })}
          data-testid="hold"
        >
          {t('review.hold')} <CommandKey id="review.hold" />
        </button>
        <button
          type="button"
          className={styles.button}
          data-tone="plain"
          disabled={!canJudge || (last === null && mark === 'open' && !hasSteps)}
          onClick={() => desk.undo()}
          data-testid="undo"
        >
          {t('review.undo')} <CommandKey id="review.undo" />
        </button>
      </div>
      {last && <LastGiven last={last} isOnItsWay={given.has(last.unit.id)} />}
    </div>
  );
}

/** One check in the list: its name, what it found, how often it was right here, or why it was skipped. */
import { useTranslation } from 'react-i18next';
import type { CheckId } from '../../../shared/checks/checkIds.ts';
import type { Precision } from '../../../shared/checks/precision.ts';
import type { CheckTally } from '../../../shared/checks/results.ts';
import type { Translate } from '../../../shared/messages/translate.ts';
import { checkMeaning, checkTitle } from '../../../shared/report/checkWords.ts';
import { count } from '../../ui/format.ts';
import { keepFocus } from '../adjudicate/keepFocus.ts';
import type { CheckCount } from './CheckList.tsx';
import styles from './checks.module.css';
import { percentText } from './checkText.ts';

export interface CheckRowProps {
  readonly id: CheckId;
  /** Null while it did not run. */
  readonly tally: CheckTally | null;
  readonly counts: CheckCount | null;
  readonly precision: Precision | null;
  readonly isOff: boolean;
  readonly isCurrent: boolean;
  readonly onChoose: () => void;
}

export function CheckRow({ id, tally, counts, precision, isOff, isCurrent, onChoose }: CheckRowProps) {
  const { t } = useTranslation();
  const isIdle = tally === null || tally.ran === 0 || isOff;
  const remarks = isOff ? [t('checks.list.off')] : remarksOn(tally, t);
  return (
    <li>
      <button
        type="button"
        className={styles.check}
        aria-current={isCurrent || undefined}
        data-idle={isIdle || counts === null || undefined}
        title={checkMeaning(id, t)}
        onMouseDown={keepFocus}
        onClick={onChoose}
        data-testid={`check-${id}`}
      >
        <span className={styles.checkName}>{checkTitle(id, t)}</span>
        <span className={styles.checkCount} title={t('checks.list.count')}>
          {!isIdle && count(counts?.findings ?? 0)}
          {counts && counts.hard > 0 && <b data-grade="hard"> {count(counts.hard)}</b>}
        </span>
        {precision && (
          <span
            className={styles.checkPrecision}
            title={t('checks.precision.full', { percent: percentText(precision.estimate), ...precision })}
          >
            <meter min={0} max={1} value={precision.estimate} aria-hidden="true" />
            {t('checks.precision.of', { percent: percentText(precision.estimate) })}
            <span className={styles.checkAnswers}>
              {precision.defects}/{precision.answers}
            </span>
          </span>
        )}
        {remarks.map((remark) => (
          <small key={remark} className={styles.checkRemark}>
            {remark}
          </small>
        ))}
      </button>
    </li>
  );
}

function remarksOn(tally: CheckTally | null, t: Translate): string[] {
  if (tally === null) return [];
  const lacks = Object.entries(tally.skipped).map(([lack, scenes]) =>
    t(tally.ran === 0 ? 'checks.skipped.lead' : 'checks.skipped.someScenes', {
      scenes,
      lack: t(`checks.skipped.lacks.${lack}`),
    }),
  );
  return [
    ...lacks,
    ...(tally.explained > 0 ? [t('checks.list.explained', { count: tally.explained })] : []),
    ...(tally.excepted > 0 ? [t('checks.list.excepted', { count: tally.excepted })] : []),
  ];
}

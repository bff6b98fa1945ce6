/** The line that says what was given last, and how a whole group of it is taken back. */
import { useTranslation } from 'react-i18next';
import { CommandKey } from '../../app/CommandKey.tsx';
import { useSession } from '../../state/context.tsx';
import { codeTitle } from './desk.ts';
import type { DeskState } from './deskContract.ts';
import { unitName } from './unitName.ts';
import styles from './verdict.module.css';

export interface LastGivenProps {
  readonly last: NonNullable<DeskState['last']>;
  /** True until the record has it. */
  readonly isOnItsWay: boolean;
}

export function LastGiven({ last, isOnItsWay }: LastGivenProps) {
  const { t, i18n } = useTranslation();
  const audit = useSession((state) => state.shown!);
  const language = i18n.language === 'zh' ? 'zh' : 'en';
  const { unit, verdict, codes, counts } = last;
  const tail = isOnItsWay ? ` · ${t('review.onItsWay')}` : '';
  if (counts) {
    const parts = [...counts].map(([kind, count]) => t(`bulk.givenPart.${kind}`, { count }));
    return (
      <p className={styles.last} data-testid="last-verdict">
        {parts.join(' · ')}
        {tail} · {t('bulk.undoGroup')} <CommandKey id="review.bulkUndo" />
      </p>
    );
  }
  const params = { unit: unitName(unit), mark: t(`review.marks.${verdict}`) };
  return (
    <p className={styles.last} data-testid="last-verdict">
      {codes.length === 0
        ? t('review.lastGiven', params)
        : t('review.lastGivenCodes', {
            ...params,
            codes: codes.map((code) => codeTitle(audit, code, language)).join(', '),
          })}
      {tail}
    </p>
  );
}

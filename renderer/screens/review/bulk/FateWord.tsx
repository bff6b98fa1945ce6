/** The word beside a unit's mark: what it is about to get, or what it has. */
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../state/context.tsx';
import { codeTitle } from '../desk.ts';
import styles from './bulk.module.css';
import type { Fate } from './unitFate.ts';

export function FateWord({ fate }: { fate: Fate }) {
  const { t, i18n } = useTranslation();
  const audit = useSession((state) => state.shown!);
  const language = i18n.language === 'zh' ? 'zh' : 'en';
  const word = (): string => {
    switch (fate.kind) {
      case 'accept':
        return t('bulk.willAccept');
      case 'stays-open':
        return t('bulk.willStayOpen');
      case 'left-out':
        return t('bulk.isLeftOut');
      case 'standing':
        return t(`review.marks.${fate.mark}`);
      case 'except':
        return fate.code === null ? t(`review.marks.${fate.mark}`) : codeTitle(audit, fate.code, language);
    }
  };
  return (
    <span className={styles.fate} data-kind={fate.kind}>
      {word()}
    </span>
  );
}

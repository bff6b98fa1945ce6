/** Shares in per cent as the language of the screen sets them: Chinese puts the sign close to the number. */
import { useTranslation } from 'react-i18next';
import { percent } from '../../shared/report/quantities.ts';

export function usePercent(): (share: number) => string {
  const { i18n } = useTranslation();
  return i18n.language === 'zh' ? closePercent : percent;
}

function closePercent(share: number): string {
  return percent(share).replace(' %', '%');
}

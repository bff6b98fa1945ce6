/** One frame of the strip in words: its name, whether the label is there, what was drawn and found. */
import { useTranslation } from 'react-i18next';
import { useEngine } from '../../../viewport/react/engineContext.tsx';
import type { TrackColumn } from './trackColumns.ts';
import type { StripFacts } from './useStripFacts.ts';

export function useColumnTitle({ marks }: Pick<StripFacts, 'marks'>): (column: TrackColumn) => string {
  const { t } = useTranslation();
  const { frameIds } = useEngine().index.delivery;
  return ({ frame, state }) => {
    const id = frameIds.at(frame)!;
    const mark = marks.get(id);
    const parts = [
      state === 'present' ? t('review.otherFrame', { frame: id }) : t(`trackStrip.${state}`, { frame: id }),
      ...(mark?.drawn ? [t('trackStrip.drawn', { mark: t(`review.marks.${mark.drawn}`) })] : []),
      ...(mark && mark.codes.length > 0 ? [t('trackStrip.codes', { codes: mark.codes.join(', ') })] : []),
    ];
    return parts.join(' · ');
  };
}

/** The track in a few sentences, for those who hear the screen: nothing in the pictures and plots speaks for itself. */
import { useTranslation } from 'react-i18next';
import { useEngine } from '../../../viewport/react/engineContext.tsx';
import { trackName } from '../../../viewport/trackName.ts';
import shared from '../review.module.css';
import { hintText, worstFirst } from './hintText.ts';
import { spread } from './sparkline.ts';
import type { StripFacts } from './useStripFacts.ts';

/** More would be a list, not a summary. */
const mostHints = 5;

export function SpokenTrack({ facts }: { facts: StripFacts }) {
  const { t } = useTranslation();
  const { frameIds } = useEngine().index.delivery;
  const { series, columns, hints, track } = facts;
  const gaps = columns.filter(({ state }) => state === 'gap').length;
  const speed = spread(series.map((moment) => moment.speed));
  const named = worstFirst(hints).slice(0, mostHints);
  const sentences =
    series.length === 0
      ? [t('trackStrip.spoken.alone')]
      : [
          t('trackStrip.spoken.frames', {
            track: trackName(track ?? ''),
            count: series.length,
            total: columns.length,
          }),
          ...(gaps > 0 ? [t('trackStrip.spoken.gaps', { count: gaps })] : []),
          speed
            ? t('trackStrip.spoken.speed', { low: speed.low.toFixed(1), high: speed.high.toFixed(1) })
            : t('trackStrip.spoken.noSpeed'),
          ...named.map((hint) =>
            t('trackStrip.spoken.hint', {
              frame: frameIds.at(series[hint.at]!.frame)!,
              hint: hintText(t, hint),
            }),
          ),
          ...(hints.length > named.length
            ? [t('trackStrip.spoken.more', { count: hints.length - named.length })]
            : []),
          ...(hints.length === 0 ? [t('trackStrip.spoken.inOrder')] : []),
        ];
  return (
    <p className={shared.spoken} data-testid="spoken-track">
      {sentences.join(' ')}
    </p>
  );
}

/** What the colours of the points mean: a scale from least to most, or a swatch for each class that is in sight. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { classColour } from '../classColours.ts';
import { type Colouring, type ColourSpans, distanceTopMeters, hasColouring } from '../colourings.ts';
import { type ColourMapName, mapColour, type Rgb, usedPart } from '../colourMaps.ts';
import { useEngine, useFacts } from './engineContext.tsx';
import { useLegendColours } from './useLegendColours.ts';
import styles from './viewport.module.css';

/** Swatches in sight; a longer list would cover the points. */
const mostSwatches = 6;

const cssColour = (colour: Rgb): string =>
  `rgb(${colour.map((channel) => Math.round(255 * channel)).join(' ')})`;

export function ColourScale({ colouring }: { colouring: Colouring }) {
  const { t } = useTranslation();
  const { delivery } = useEngine().index;
  const spans = useFacts((facts) => facts.spans);
  const isShown = useFacts((facts) => facts.shown !== null && facts.pointCount > 0);
  const { colourMap, isDark } = useLegendColours();
  if (!isShown || colouring === 'plain') return null;
  if (!hasColouring(colouring, delivery, spans)) {
    return (
      <div className={styles.scale} data-testid="colour-scale">
        {t(`view.has.${colouring}`)}
      </div>
    );
  }
  if (colouring === 'segments') return null;
  if (colouring === 'class') return <ClassSwatches isDark={isDark} />;
  const ends = endsOf(colouring, spans);
  return (
    <div className={styles.scale} data-testid="colour-scale">
      <span>{t(`view.scale.${colouring}`)}</span>
      {ends && (
        <span className={styles.ends}>
          {ends[0]}
          <i style={{ background: gradientOf(colouring, colourMap, isDark) }} />
          {ends[1]}
        </span>
      )}
    </div>
  );
}

/** As they are written; null where the colouring shows no number. */
function endsOf(colouring: Colouring, spans: ColourSpans): readonly [string, string] | null {
  const written = ([low, high]: readonly [number, number], digits: number): [string, string] => [
    low.toFixed(digits),
    high.toFixed(digits),
  ];
  switch (colouring) {
    case 'height':
      return spans.height && written(spans.height, 1);
    case 'intensity':
      return spans.intensity && written(spans.intensity, spans.intensity[1] < 10 ? 2 : 0);
    case 'ring':
      return spans.ring && written(spans.ring, 0);
    case 'time':
      return spans.time && written([1000 * spans.time[0], 1000 * spans.time[1]], 0);
    case 'distance':
      return written([0, distanceTopMeters], 0);
    default:
      return null;
  }
}

/** Of intensity and distance the square root is coloured: stops that far along the scale show what stands there. */
function gradientOf(colouring: Colouring, colourMap: ColourMapName, isDark: boolean): string {
  const [from, to] = usedPart(colourMap, isDark);
  const isRooted = colouring === 'intensity' || colouring === 'distance';
  const stops = Array.from({ length: 11 }, (_, at) => {
    const t = at / 10;
    const colour = mapColour(colourMap, from + (to - from) * (isRooted ? Math.sqrt(t) : t));
    return `${cssColour(colour)} ${100 * t}%`;
  });
  return `linear-gradient(90deg, ${stops.join(', ')})`;
}

/** The classes of the frame on screen, the most frequent first. */
function ClassSwatches({ isDark }: { isDark: boolean }) {
  const { t } = useTranslation();
  const { labels } = useEngine().index;
  const frame = useFacts((facts) => facts.shown?.frame ?? null);
  const classes = useMemo(() => {
    if (frame === null) return [];
    const { classIndex, frameStart } = labels.cuboids;
    const counts = new Map<number, number>();
    for (let row = frameStart[frame]!; row < frameStart[frame + 1]!; row++) {
      counts.set(classIndex[row]!, (counts.get(classIndex[row]!) ?? 0) + 1);
    }
    return [...counts].sort(([, a], [, b]) => b - a).map(([index]) => index);
  }, [labels, frame]);
  return (
    <div className={styles.scale} data-testid="colour-scale">
      {classes.slice(0, mostSwatches).map((index) => (
        <span key={index} className={styles.swatch}>
          <i style={{ background: cssColour(classColour(index, isDark)) }} />
          {labels.classes[index]}
        </span>
      ))}
      {classes.length > mostSwatches && (
        <span>{t('view.scale.more', { count: classes.length - mostSwatches })}</span>
      )}
    </div>
  );
}

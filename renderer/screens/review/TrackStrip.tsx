/** The label in time: one block a frame of its scene, and its speed, heading and length as small plots. */
import { useTranslation } from 'react-i18next';
import { CommandKey } from '../../app/CommandKey.tsx';
import { useEngine } from '../../viewport/react/engineContext.tsx';
import { trackName } from '../../viewport/trackName.ts';
import { signed } from './numbers.ts';
import { sparkline, spread } from './sparkline.ts';
import styles from './track.module.css';
import type { TrackMoment } from './trackSeries.ts';
import { windowAround } from './unitMarks.ts';
import { useDesk, useDeskValue } from './useDesk.ts';
import type { Subject } from './useSubject.ts';

/** Blocks that still can be told apart. */
const mostBlocks = 160;

export function TrackStrip({ subject }: { subject: Subject | null }) {
  const { t } = useTranslation();
  const { series } = subject ?? { series: [] };
  return (
    <section className={styles.track} aria-label={t('review.trackStrip')} data-testid="track">
      {subject && <FrameBlocks subject={subject} />}
      {subject && series.length > 0 ? (
        <Plots
          series={series}
          frame={subject.frame}
          track={trackName(subject.label?.track ?? subject.unit.track ?? '')}
        />
      ) : (
        subject?.label && <p className={styles.alone}>{t('review.trackAlone')}</p>
      )}
    </section>
  );
}

function FrameBlocks({ subject }: { subject: Subject }) {
  const { t } = useTranslation();
  const desk = useDesk();
  const { delivery } = useEngine().index;
  const scene = delivery.scenes[delivery.frames.at(subject.ownFrame)!.scene]!;
  const present = new Set(useDeskValue().locator.framesOf(subject.unit));
  const shown = windowAround(subject.frame - scene.frameStart, scene.frameCount, mostBlocks);
  const frames = Array.from({ length: shown.to - shown.from }, (_, at) => scene.frameStart + shown.from + at);
  return (
    <div className={styles.frames}>
      <CommandKey id="review.frameBack" />
      <div className={styles.blocks}>
        {frames.map((frame) => (
          <button
            type="button"
            key={frame}
            className={styles.block}
            data-present={present.has(frame) || undefined}
            data-own={frame === subject.ownFrame || undefined}
            aria-current={frame === subject.frame ? 'true' : undefined}
            disabled={!present.has(frame) && frame !== subject.ownFrame}
            tabIndex={-1}
            title={delivery.frames.at(frame)!.id}
            aria-label={t('review.otherFrame', { frame: delivery.frames.at(frame)!.id })}
            onClick={() => desk.goToFrame(frame)}
          />
        ))}
      </div>
      <CommandKey id="review.frameOn" />
    </div>
  );
}

function Plots({ series, frame, track }: { series: readonly TrackMoment[]; frame: number; track: string }) {
  const { t } = useTranslation();
  const at = series.findIndex((moment) => moment.frame === frame);
  const speeds = series.map(({ speed }) => speed);
  const degrees = series.map(({ yaw }) => (yaw * 180) / Math.PI);
  const lengths = series.map(({ lengthMeters }) => lengthMeters);
  const speed = spread(speeds);
  const yaw = spread(degrees)!;
  const length = spread(lengths)!;
  const isConstant = length.high - length.low < 0.005;
  const seconds = series.at(-1)!.seconds;
  return (
    <div className={styles.plots}>
      <Plot
        values={speeds}
        at={at}
        caption={
          speed
            ? t('review.seriesSpeed', { low: speed.low.toFixed(1), high: speed.high.toFixed(1) })
            : t(series.length === 1 ? 'review.seriesSpeedSingle' : 'review.seriesSpeedUnknown')
        }
      />
      <Plot
        values={degrees}
        at={at}
        caption={t('review.seriesYaw', { low: signed(yaw.low, 0), high: signed(yaw.high, 0) })}
      />
      <Plot
        values={lengths}
        at={at}
        caption={
          isConstant
            ? t('review.seriesLengthConstant', { meters: length.low.toFixed(2) })
            : t('review.seriesLength', { low: length.low.toFixed(2), high: length.high.toFixed(2) })
        }
      />
      <span className={styles.span}>
        {seconds === null
          ? t('review.trackSpan', { track, count: series.length })
          : t('review.trackSpanSeconds', { track, count: series.length, seconds: seconds.toFixed(1) })}
      </span>
    </div>
  );
}

function Plot({ values, at, caption }: { values: readonly (number | null)[]; at: number; caption: string }) {
  const { path, mark } = sparkline(values, at, 100, 22);
  return (
    <figure className={styles.plot}>
      <svg viewBox="0 0 100 22" preserveAspectRatio="none" aria-hidden="true" className={styles.line}>
        <path d={path} vectorEffect="non-scaling-stroke" />
        {mark && <line x1={mark.x} x2={mark.x} y1="0" y2="22" vectorEffect="non-scaling-stroke" />}
      </svg>
      <figcaption>{caption}</figcaption>
    </figure>
  );
}

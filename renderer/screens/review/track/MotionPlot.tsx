/** One plot of the track: its line, its limits, its breaches by shape and colour, and the value at one frame. */
import type { TFunction } from 'i18next';
import { memo, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { sizeLimit } from '../../../../shared/scoring/motionLimits.ts';
import { signed } from '../numbers.ts';
import { hintText, worstFirst } from './hintText.ts';
import type { PlotLines } from './plotLines.ts';
import { type PlotScale, plotScale, sparkline } from './sparkline.ts';
import styles from './track.module.css';
import type { PlotSlot, StripFacts } from './useStripFacts.ts';

const height = 28;
/** Half the width of a mark, pixels. */
const markReach = 4;
/** Length, width and height are told apart by their dashes. */
const dashes = [undefined, '5 3', '1.5 2.5'];

export interface MotionPlotProps {
  readonly plot: PlotLines;
  readonly facts: StripFacts;
  /** Slot whose value is said. */
  readonly at: number;
  readonly width: number;
  readonly onHover: (at: number | null) => void;
  readonly onPick: (at: number) => void;
}

export const MotionPlot = memo(function MotionPlot(props: MotionPlotProps) {
  const { t } = useTranslation();
  const { plot, facts, at, width, onHover, onPick } = props;
  const { slots } = facts;
  const scale = plot.range && plotScale(plot.range, slots.length, width, height);
  const here = slots[at];
  const [hint] = worstFirst((here?.hints ?? []).filter(({ kind }) => plot.kinds.has(kind)));
  const slotOf = (event: PointerEvent<SVGSVGElement>): number => {
    const { left, width: shown } = event.currentTarget.getBoundingClientRect();
    const share = shown > 0 ? (event.clientX - left) / shown : 0;
    return Math.min(slots.length - 1, Math.max(0, Math.round(share * (slots.length - 1))));
  };
  return (
    <figure className={styles.plot} data-testid={`plot-${plot.id}`}>
      <svg
        viewBox={`0 0 ${width} ${height}`}
        aria-hidden="true"
        className={styles.line}
        style={{ height }}
        onPointerMove={(event) => onHover(slotOf(event))}
        onPointerLeave={() => onHover(null)}
        onPointerDown={(event) => onPick(slotOf(event))}
      >
        {scale && (
          <>
            <Limits plot={plot} scale={scale} width={width} />
            {plot.lines.map((values, line) => (
              <path
                // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a plot keep their order
                key={line}
                d={sparkline(values, at, width, height, plot.range).path}
                strokeDasharray={dashes[line]}
              />
            ))}
            {at >= 0 && (
              <line className={styles.cursor} x1={scale.x(at)} x2={scale.x(at)} y1={0} y2={height} />
            )}
            <Breaches plot={plot} slots={slots} scale={scale} />
          </>
        )}
      </svg>
      <figcaption data-grade={hint?.grade}>
        {hint ? hintText(t, hint) : caption(t, plot, facts, here ?? null)}
      </figcaption>
    </figure>
  );
});

function Limits({ plot, scale, width }: { plot: PlotLines; scale: PlotScale; width: number }) {
  const { range, band, limits } = plot;
  const shown = limits.filter(({ value }) => range && value <= range.high && value >= range.low);
  return (
    <>
      {band && (
        <rect
          className={styles.band}
          x={0}
          width={width}
          y={scale.y(band.high)}
          height={scale.y(band.low) - scale.y(band.high)}
        />
      )}
      {shown.map(({ value, grade }) => (
        <line
          key={grade}
          className={styles.limit}
          data-grade={grade}
          x1={0}
          x2={width}
          y1={scale.y(value)}
          y2={scale.y(value)}
        />
      ))}
    </>
  );
}

/** Soft: an open triangle; hard: a full diamond. */
function Breaches({ plot, slots, scale }: { plot: PlotLines; slots: readonly PlotSlot[]; scale: PlotScale }) {
  return slots.flatMap((slot, at) => {
    const [hint] = worstFirst(slot.hints.filter(({ kind }) => plot.kinds.has(kind)));
    if (!hint) return [];
    const known = plot.lines.flatMap((values) => values[at] ?? []);
    // Of several lines the one that strays farthest is meant.
    const value = known.sort((a, b) => Math.abs(b) - Math.abs(a))[0] ?? plot.range!.low;
    const x = scale.x(at);
    const y = Math.min(height - markReach, Math.max(markReach, scale.y(value)));
    const r = markReach;
    const path =
      hint.grade === 'hard'
        ? `M${x} ${y - r}L${x + r} ${y}L${x} ${y + r}L${x - r} ${y}Z`
        : `M${x} ${y - r}L${x + r} ${y + r}L${x - r} ${y + r}Z`;
    return [<path key={slot.frame} className={styles.breach} data-grade={hint.grade} d={path} />];
  });
}

function caption(t: TFunction, plot: PlotLines, facts: StripFacts, slot: PlotSlot | null): string {
  const moment = slot?.moment;
  const { limits, series } = facts;
  const limited = (text: string, limit: string | null): string =>
    limit === null ? text : `${text} · ${t('trackStrip.plots.limit', { limit })}`;
  if (slot && !moment) return t('trackStrip.plots.gap');
  switch (plot.id) {
    case 'speed': {
      if (series.length === 1) return t('trackStrip.plots.speedSingle');
      if (series.every(({ speed }) => speed === null)) return t('trackStrip.plots.speedUnknown');
      const value = moment?.speed?.toFixed(1) ?? '–';
      return limited(t('trackStrip.plots.speed', { value }), limits ? String(limits.speed.soft) : null);
    }
    case 'heading': {
      const isInWorld = series.every(({ place }) => place !== null);
      const value = moment ? signed(inCircle(moment.yaw), 0) : '–';
      return t(isInWorld ? 'trackStrip.plots.headingWorld' : 'trackStrip.plots.headingVehicle', { value });
    }
    case 'yawRate': {
      if (series.every(({ yawRate }) => yawRate === null)) return t('trackStrip.plots.yawRateUnknown');
      const rate = moment?.yawRate ?? null;
      const value = rate === null ? '–' : ((rate * 180) / Math.PI).toFixed(0);
      const limit = limits?.yawRate ? ((limits.yawRate.soft * 180) / Math.PI).toFixed(0) : null;
      return limited(t('trackStrip.plots.yawRate', { value }), limit);
    }
    case 'acceleration': {
      if (series.every(({ acceleration }) => acceleration === null)) {
        return t('trackStrip.plots.accelerationUnknown');
      }
      const value = moment?.acceleration?.toFixed(1) ?? '–';
      const limit = limits?.acceleration ? String(limits.acceleration.soft) : null;
      return limited(t('trackStrip.plots.acceleration', { value }), limit);
    }
    case 'size': {
      const [length, width, tall] = (moment?.size ?? series[0]!.size).map((extent) => extent.toFixed(2));
      const text = { length, width, height: tall };
      if (!limits?.isRigid) return t('trackStrip.plots.size', text);
      const { hard } = sizeLimit(series[0]!.size[0], facts.sizeTolerance?.[0] ?? null);
      return t('trackStrip.plots.sizeWithin', { ...text, limit: hard.toFixed(2) });
    }
  }
}

/** Degrees from -180 to 180, of a heading that may have gone round. */
function inCircle(radians: number): number {
  const turned = (radians * 180) / Math.PI;
  return turned - 360 * Math.round(turned / 360);
}

/** What a check measured, as bars, with its limits across them: dragged or moved by keys, and counted at once. */
import { useElementSize } from '@mantine/hooks';
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Check, LimitPair } from '../../../shared/checks/contract.ts';
import type { HistogramCounts } from '../../../shared/checks/histogram.ts';
import { shownQuantity } from '../../../shared/report/checkWords.ts';
import styles from './histogram.module.css';
import { barHeight, type LimitName, movedLimit, stepsOfRange } from './limitMath.ts';

export interface LimitHistogramProps {
  readonly check: Check;
  readonly histogram: HistogramCounts;
  readonly limits: LimitPair;
  /** Null = the limits can only be looked at. */
  readonly onLimits: ((limits: LimitPair) => void) | null;
  readonly label: string;
  /** Value of the chosen finding, marked among the bars; null = none. */
  readonly marked: number | null;
}

/** Pixels that a limit's words need beside it. */
const labelWidth = 76;
const height = 122;
const plot = { top: 20, bottom: 102, left: 4, right: 4 };

export function LimitHistogram({ check, histogram, limits, onLimits, label, marked }: LimitHistogramProps) {
  const { ref, width } = useElementSize<HTMLDivElement>();
  const { counts, low, high } = histogram;
  const most = Math.max(...counts);
  const span = Math.max(1, width - plot.left - plot.right);
  const x = (value: number): number =>
    plot.left + span * Math.min(1, Math.max(0, (value - low) / (high - low)));
  const valueAt = (pixel: number): number => low + ((pixel - plot.left) / span) * (high - low);
  const barWidth = span / counts.length;
  return (
    <div ref={ref} className={styles.chart}>
      {width > 0 && (
        <svg
          className={styles.svg}
          width={width}
          height={height}
          viewBox={`0 0 ${width} ${height}`}
          data-testid="limit-histogram"
        >
          <title>{label}</title>
          {counts.map((count, bin) => {
            const from = low + (bin * (high - low)) / counts.length;
            const tall = (plot.bottom - plot.top) * barHeight(count, most);
            return (
              <rect
                // biome-ignore lint/suspicious/noArrayIndexKey: a bin is its place
                key={bin}
                className={styles.bar}
                data-beyond={beyondOf(from + (high - low) / counts.length / 2, limits, check) ?? undefined}
                x={plot.left + bin * barWidth}
                y={plot.bottom - tall}
                width={Math.max(1, barWidth - 1)}
                height={tall}
              />
            );
          })}
          <line
            className={styles.axis}
            x1={plot.left}
            x2={width - plot.right}
            y1={plot.bottom + 0.5}
            y2={plot.bottom + 0.5}
          />
          {ticksOf(low, high).map((tick) => (
            <text
              key={tick}
              className={styles.tick}
              x={x(tick)}
              y={plot.bottom + 15}
              textAnchor={tick === low ? 'start' : tick === high ? 'end' : 'middle'}
            >
              {shownQuantity(tick, check.quantity.unit)}
            </text>
          ))}
          {marked !== null && (
            <path
              className={styles.mark}
              d={`M${x(marked)} ${plot.bottom - 1}l-4 7h8z`}
              data-testid="marked-value"
            />
          )}
          {(['soft', 'hard'] as const).map((name) =>
            limits[name] === null ? null : (
              <LimitLine
                key={name}
                {...{ name, check, histogram, limits, onLimits, x, valueAt, width }}
                value={limits[name]}
              />
            ),
          )}
        </svg>
      )}
    </div>
  );
}

function beyondOf(value: number, { soft, hard }: LimitPair, { quantity }: Check): LimitName | null {
  const isBeyond = (limit: number | null): boolean =>
    limit !== null && (quantity.wrong === 'above' ? value > limit : value < limit);
  return isBeyond(hard) ? 'hard' : isBeyond(soft) ? 'soft' : null;
}

function ticksOf(low: number, high: number): number[] {
  return [0, 0.25, 0.5, 0.75, 1].map((share) => low + share * (high - low));
}

interface LimitLineProps extends Pick<LimitHistogramProps, 'check' | 'histogram' | 'limits' | 'onLimits'> {
  readonly name: LimitName;
  readonly value: number;
  readonly x: (value: number) => number;
  readonly valueAt: (pixel: number) => number;
  readonly width: number;
}

function LimitLine({ name, value, check, histogram, limits, onLimits, x, valueAt, width }: LimitLineProps) {
  const { t } = useTranslation();
  const isHeld = useRef(false);
  const { quantity } = check;
  const move = (to: number): void => onLimits?.(movedLimit(limits, name, to, quantity));
  const text = shownQuantity(value, quantity.unit);
  const title = t(`checks.histogram.${name}Limit`);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = (histogram.high - histogram.low) / stepsOfRange;
    const targets: Record<string, number> = {
      ArrowRight: value + step,
      ArrowUp: value + step,
      ArrowLeft: value - step,
      ArrowDown: value - step,
      PageUp: value + 10 * step,
      PageDown: value - 10 * step,
      Home: histogram.low,
      End: histogram.high,
    };
    const target = targets[event.key];
    if (target === undefined || !onLimits) return;
    event.preventDefault();
    move(target);
  };
  const onPointerMove = (event: PointerEvent<SVGGElement>): void => {
    if (!isHeld.current || !onLimits) return;
    const { left } = event.currentTarget.ownerSVGElement!.getBoundingClientRect();
    move(valueAt(event.clientX - left));
  };
  const place = x(value);
  const other = limits[name === 'soft' ? 'hard' : 'soft'];
  const isCrowded = other !== null && other > value && x(other) < place + labelWidth && place > labelWidth;
  const isLeft = isCrowded || place > width - labelWidth;
  return (
    <g
      className={styles.limit}
      data-name={name}
      data-fixed={onLimits === null || undefined}
      role="slider"
      tabIndex={0}
      aria-label={title}
      aria-valuemin={histogram.low}
      aria-valuemax={histogram.high}
      aria-valuenow={value}
      aria-valuetext={t('checks.histogram.value', { limit: title, value: text })}
      aria-readonly={onLimits === null}
      data-testid={`limit-${name}`}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (!onLimits) return;
        isHeld.current = true;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        isHeld.current = false;
      }}
      onPointerCancel={() => {
        isHeld.current = false;
      }}
    >
      <rect className={styles.grip} x={place - 7} y={0} width={14} height={plot.bottom} />
      <line x1={place} x2={place} y1={2} y2={plot.bottom} />
      <text x={place + (isLeft ? -5 : 5)} y={name === 'soft' ? 12 : 25} textAnchor={isLeft ? 'end' : 'start'}>
        {t(`checks.histogram.${name}`)} {text}
      </text>
    </g>
  );
}

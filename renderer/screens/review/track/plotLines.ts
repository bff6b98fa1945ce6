/** What each plot of a track shows: its lines, what it spans, its limits and the hints that belong to it. */
import type { HintKind } from '../../../../shared/scoring/motionHints.ts';
import { medianSize } from '../../../../shared/scoring/motionHints.ts';
import { type Limit, type MotionLimits, sizeLimit } from '../../../../shared/scoring/motionLimits.ts';
import { type PlotRange, spread } from './sparkline.ts';
import type { PlotSlot, StripFacts } from './useStripFacts.ts';

export const plotIds = ['speed', 'heading', 'yawRate', 'acceleration', 'size'] as const;
export type PlotId = (typeof plotIds)[number];

export interface PlotLines {
  readonly id: PlotId;
  /** One entry a slot; null = unknown or a gap. The first line is the plot's own, the others are told by dashes. */
  readonly lines: readonly (readonly (number | null)[])[];
  readonly range: PlotRange | null;
  /** Drawn as lines across where they fall into the range. */
  readonly limits: readonly { readonly value: number; readonly grade: 'soft' | 'hard' }[];
  /** Where values belong: drawn as a band; null = anywhere. */
  readonly band: PlotRange | null;
  readonly kinds: ReadonlySet<HintKind>;
}

const degrees = (radians: number): number => (radians * 180) / Math.PI;

/** `hasYawRate`: whether turning has a plot of its own; else its breaches stand in the heading's. */
export function plotLines(facts: StripFacts, hasYawRate: boolean): PlotLines[] {
  const { slots, limits } = facts;
  const plots = [
    speedLines(slots, limits),
    headingLines(slots, hasYawRate),
    ...(hasYawRate ? [yawRateLines(slots, limits)] : []),
    accelerationLines(slots, limits),
    sizeLines(facts),
  ];
  return plots;
}

function speedLines(slots: readonly PlotSlot[], limits: MotionLimits | null): PlotLines {
  const values = slots.map(({ moment }) => moment?.speed ?? null);
  return {
    id: 'speed',
    lines: [values],
    range: fromZero(values, 1),
    limits: limitLines(limits?.speed ?? null),
    band: null,
    kinds: new Set(['speed', 'jump', 'id-switch']),
  };
}

function headingLines(slots: readonly PlotSlot[], hasYawRate: boolean): PlotLines {
  const values = slots.map(({ moment }) => (moment ? degrees(moment.yaw) : null));
  return {
    id: 'heading',
    lines: [values],
    range: atLeast(spread(values), 10),
    limits: [],
    band: null,
    kinds: new Set(hasYawRate ? ['flip'] : ['flip', 'yaw-rate']),
  };
}

function yawRateLines(slots: readonly PlotSlot[], limits: MotionLimits | null): PlotLines {
  const values = slots.map(({ moment }) => {
    const rate = moment?.yawRate ?? null;
    return rate === null ? null : degrees(rate);
  });
  const limit = limits?.yawRate ?? null;
  return {
    id: 'yawRate',
    lines: [values],
    range: fromZero(values, 10),
    limits: limitLines(limit && { soft: degrees(limit.soft), hard: degrees(limit.hard) }),
    band: null,
    kinds: new Set(['yaw-rate']),
  };
}

function accelerationLines(slots: readonly PlotSlot[], limits: MotionLimits | null): PlotLines {
  const values = slots.map(({ moment }) => moment?.acceleration ?? null);
  return {
    id: 'acceleration',
    lines: [values],
    range: fromZero(values, 2),
    limits: limitLines(limits?.acceleration ?? null),
    band: null,
    kinds: new Set(['acceleration']),
  };
}

/** Length, width and height as they stand from their medians, each in shares of its own limit: the band is +-1. */
function sizeLines({ slots, series, limits, sizeTolerance }: StripFacts): PlotLines {
  const medians = medianSize(series.map(({ size }) => size));
  const lines = ([0, 1, 2] as const).map((axis) => {
    const { hard } = sizeLimit(medians[axis], sizeTolerance?.[axis] ?? null);
    return slots.map(({ moment }) => (moment ? (moment.size[axis] - medians[axis]) / hard : null));
  });
  const found = spread(lines.flat());
  const isRigid = limits?.isRigid ?? false;
  return {
    id: 'size',
    lines,
    range: found && { low: Math.min(found.low, -1.4), high: Math.max(found.high, 1.4) },
    limits: [],
    band: isRigid ? { low: -1, high: 1 } : null,
    kinds: new Set(['size']),
  };
}

function limitLines(limit: Limit | null): PlotLines['limits'] {
  if (!limit) return [];
  return [
    { value: limit.soft, grade: 'soft' },
    { value: limit.hard, grade: 'hard' },
  ];
}

/** From nothing up: amounts are compared with nothing. `least`: a calm track must not look wild. */
function fromZero(values: readonly (number | null)[], least: number): PlotRange | null {
  const found = spread(values);
  return found && { low: 0, high: Math.max(least, found.high) };
}

function atLeast(range: PlotRange | null, span: number): PlotRange | null {
  if (!range) return null;
  const missing = Math.max(0, span - (range.high - range.low)) / 2;
  return { low: range.low - missing, high: range.high + missing };
}

/**
 * Which code follows from a correction: the slip that is worst against its limit, as one code with one measured
 * value. A face that moved is size and fit, a whole box that moved is position, a turned one is heading.
 */
import type { CuboidLimits } from '../../../../shared/audit/specLookup.ts';
import { boxDelta, faceDeltas } from '../../../../shared/geometry/boxDelta.ts';
import { type CuboidShape, faceNames } from '../../../../shared/geometry/cuboid.ts';
import type { KeptMeasure, Measured } from '../unitDraft.ts';

/** From here on a heading is not off but turned round, radians. */
const turnedRound = (150 * Math.PI) / 180;
/** What a slip is weighed by where the spec has no limit: metres and radians of its defaults. */
const usual = { meters: 0.2, radians: (5 * Math.PI) / 180 };
/** A face that moved by less than this share of the opposite one stood still. */
const stillShare = 0.25;
/** A centre that lies off along one axis by this share of the whole way is off along that axis. */
const mainShare = 0.9;

/** Less than this is not worth a line. */
const leastMeters = 0.005;
const leastRadians = 0.0017;

/** One measured quantity; `share` = its size over its limit (or the usual one). */
export interface Deviation {
  readonly measured: KeptMeasure;
  readonly share: number;
}

export interface Suggestion {
  /** `POS`, `DIM`, `YAW` or `FLIP`. */
  readonly code: string;
  readonly measured: KeptMeasure;
  /** False where everything is within its limit: no code follows then. */
  readonly isOver: boolean;
}

const sizeNames = ['length', 'width', 'height'] as const;
const centreNames = ['center-longitudinal', 'center-lateral', 'center-vertical'] as const;

function deviation(
  quantity: string,
  value: number,
  limit: number | null,
  unit: KeptMeasure['unit'],
): Deviation {
  const weighedBy = limit ?? (unit === 'rad' ? usual.radians : usual.meters);
  return { measured: { quantity, value: fine(value), limit, unit }, share: Math.abs(value) / weighedBy };
}

export interface Deviations {
  readonly centre: Deviation;
  /** The face or the extent that is farthest off. */
  readonly size: Deviation;
  readonly heading: Deviation;
  /** Worst first, every quantity that is not nothing: what the panel lists. */
  readonly all: readonly Deviation[];
}

export function deviationsOf(
  label: CuboidShape,
  correction: CuboidShape,
  limits: CuboidLimits | null,
): Deviations {
  const delta = boxDelta(label, correction);
  const faces = faceDeltas(label, correction);
  const shift = [delta.along, delta.across, delta.up];
  const centreLimit = limits?.centerMeters ?? null;
  const along = shift.map((value, axis) => deviation(centreNames[axis]!, value, centreLimit, 'm'));
  const grown = shift.map((_, axis) => {
    const [positive, negative] = [faces[2 * axis]!, faces[2 * axis + 1]!];
    const limit = limits ? limits.sizeMeters[axis]! : null;
    const [far, near] =
      Math.abs(positive) >= Math.abs(negative) ? [positive, negative] : [negative, positive];
    const isOneFace = Math.abs(near) <= stillShare * Math.abs(far);
    const face = faceNames[2 * axis + (far === positive ? 0 : 1)]!;
    return isOneFace
      ? deviation(`${face}-face`, far, limit, 'm')
      : deviation(sizeNames[axis]!, positive + negative, limit, 'm');
  });
  const heading = deviation('yaw', delta.yaw, limits?.yawRadians ?? null, 'rad');
  const grownBy = [delta.length, delta.width, delta.height];
  // What moving one face does to the centre is said by that face.
  const ownWay = along.filter(
    (_, axis) => Math.abs(shift[axis]!) - Math.abs(grownBy[axis]!) / 2 >= leastMeters,
  );
  const all = [...ownWay, ...grown, heading]
    .filter(({ measured }) => {
      return Math.abs(measured.value) >= (measured.unit === 'rad' ? leastRadians : leastMeters);
    })
    .sort((a, b) => b.share - a.share);
  return { centre: centreOf(along, centreLimit), size: worst(grown), heading, all };
}

/** Null where nothing moved. */
export function suggestionFor(
  label: CuboidShape,
  correction: CuboidShape,
  limits: CuboidLimits | null,
): Suggestion | null {
  const { centre, size, heading, all } = deviationsOf(label, correction, limits);
  if (all.length === 0) return null;
  if (Math.abs(heading.measured.value) >= turnedRound) {
    return { code: 'FLIP', measured: heading.measured, isOver: true };
  }
  const [position, extent] = [
    leftOverPosition(label, correction, limits),
    ownSize(label, correction, limits),
  ];
  const ranked = [
    { code: 'DIM', share: extent, measured: size.measured, isOver: size.share > 1 },
    { code: 'POS', share: position, measured: centre.measured, isOver: centre.share > 1 },
    { code: 'YAW', share: heading.share, measured: heading.measured, isOver: heading.share > 1 },
  ].sort((a, b) => b.share - a.share);
  const first = ranked.find(({ isOver, share }) => isOver && share > 0) ?? ranked[0]!;
  return { code: first.code, measured: first.measured, isOver: first.isOver && first.share > 0 };
}

/** The value that speaks for this code; null where the code is not about geometry. */
export function measuredByCorrection(
  code: string,
  label: CuboidShape,
  correction: CuboidShape,
  limits: CuboidLimits | null,
): Measured {
  const { centre, size, heading } = deviationsOf(label, correction, limits);
  if (code === 'POS') return centre.measured;
  if (code === 'DIM') return size.measured;
  return code === 'YAW' || code === 'FLIP' ? heading.measured : null;
}

/** A face that is moved takes the centre half its way: that part of the shift is the size's. */
function leftOverPosition(label: CuboidShape, correction: CuboidShape, limits: CuboidLimits | null): number {
  const delta = boxDelta(label, correction);
  const grown = [delta.length, delta.width, delta.height];
  const left = [delta.along, delta.across, delta.up].map((shift, axis) =>
    Math.max(0, Math.abs(shift) - Math.abs(grown[axis]!) / 2),
  );
  return Math.hypot(...left) / (limits?.centerMeters ?? usual.meters);
}

function ownSize(label: CuboidShape, correction: CuboidShape, limits: CuboidLimits | null): number {
  const { length, width, height } = boxDelta(label, correction);
  return Math.max(
    ...[length, width, height].map(
      (grown, axis) => Math.abs(grown) / (limits ? limits.sizeMeters[axis]! : usual.meters),
    ),
  );
}

/** The one axis it lies off along, or the whole way. */
function centreOf(along: readonly Deviation[], limit: number | null): Deviation {
  const way = Math.hypot(...along.map(({ measured }) => measured.value));
  const main = worst(along);
  return Math.abs(main.measured.value) >= mainShare * way ? main : deviation('center', way, limit, 'm');
}

function worst(deviations: readonly Deviation[]): Deviation {
  return deviations.reduce((a, b) => (b.share > a.share ? b : a));
}

function fine(value: number): number {
  return Math.round(value * 1000) / 1000 + 0;
}

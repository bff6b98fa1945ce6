/**
 * Making known errors: a label that was not drawn, changed so that it is wrong beyond doubt in the spec's own terms.
 * A pure function of the label, the spec and the random numbers it is given; the vendor's label itself is not
 * touched. Codes are those of the default catalogue, as far as the spec holds them.
 */
import { boxDelta, shiftedBy } from '../geometry/boxDelta.ts';
import type { CuboidShape } from '../geometry/cuboid.ts';
import type { RandomSource } from '../sampling/randomSource.ts';
import type { Seed } from './events.ts';
import type { QaSpec, SpecClass } from './qaSpec.ts';
import { type CuboidLimits, cuboidLimits, specClass, specDefect } from './specLookup.ts';

export type SeedKind = Seed['kind'];
/** `mild`: 1.2 to 2 times the tolerance; `gross`: 2 to 3.5 times. What has no tolerance has no size. */
export const seedSizes = ['mild', 'gross'] as const;
export type SeedSize = (typeof seedSizes)[number];

/** Times the tolerance, from and to. */
const timesOf: Readonly<Record<SeedSize, readonly [from: number, to: number]>> = {
  mild: [1.2, 2],
  gross: [2, 3.5],
};

/** With fewer points nobody can be asked to see an error of place, size or heading. */
export const leastPoints = 5;
/** A footprint this much longer than wide says which way it lies. */
const elongated = 1.3;
/** Where a spec allows more than this, as for people on foot, it does not count on anybody seeing a heading. */
const loosestHeading = (10 * Math.PI) / 180;
/** No side is made smaller than this share of what it was. */
const smallestShare = 0.4;

/** A label as the vendor has it. */
export interface SeedCandidate extends CuboidShape {
  /** As in the lot: `frame|label`. */
  readonly unit: string;
  readonly scene: string;
  readonly frame: string;
  readonly label: string;
  /** As the vendor spells it. */
  readonly className: string;
  /** Points inside; null where they could not be counted. */
  readonly points: number | null;
}

export interface SeedWish {
  readonly id: string;
  readonly kind: SeedKind;
  readonly size: SeedSize;
}

/**
 * The label with the error that is wished for; null where it does not lend itself to it: too few points to see it
 * by, a class without tolerances, a footprint without a heading, or no code in the spec that would name it.
 *
 * @param classNames the classes of the delivery as the vendor spells them: a wrong class is one of these.
 */
export function makeSeed(
  label: SeedCandidate,
  { id, kind, size }: SeedWish,
  spec: QaSpec,
  classNames: readonly string[],
  random: RandomSource,
): Seed | null {
  const codes = codesOf[kind].filter((code) => specDefect(spec, code)?.owner === 'vendor');
  if (codes.length === 0 || !hasPoints(label, kind, spec)) return null;
  const made = makers[kind](label, size, spec, classNames, random);
  if (made === null) return null;
  const { unit, scene, frame } = label;
  return {
    ...{ id, unit, scene, frame, label: label.label, kind },
    codes: kind === 'resize' && !isCenterOff(label, made.shown, spec) ? codes.slice(0, 1) : codes,
    timesTolerance: made.times,
    shown: made.shown,
  };
}

/** The code that names the error best stands first. A face that is off can be called a size or a place. */
const codesOf: Readonly<Record<SeedKind, readonly string[]>> = {
  shift: ['POS'],
  resize: ['DIM', 'POS'],
  turn: ['YAW'],
  flip: ['FLIP', 'YAW'],
  class: ['CLS', 'SUBCLS'],
};

interface Made {
  readonly times: number | null;
  readonly shown: Seed['shown'];
}
type Maker = (
  label: SeedCandidate,
  size: SeedSize,
  spec: QaSpec,
  classNames: readonly string[],
  random: RandomSource,
) => Made | null;

const makers: Readonly<Record<SeedKind, Maker>> = {
  shift: (label, size, spec, _names, random) => {
    const angle = between(random, 0, 2 * Math.PI);
    return beyond(
      label,
      spec,
      drawnTimes(size, random),
      ({ centerMeters }) => centerMeters,
      (off) => moved(label, { along: off * Math.cos(angle), across: off * Math.sin(angle) }),
    );
  },
  resize: (label, size, spec, _names, random) => {
    const axis = random.below(3) as 0 | 1 | 2;
    const sign = random.below(2) === 0 ? 1 : -1;
    const end = random.below(2) === 0 ? 1 : -1;
    const limit = ({ sizeMeters }: CuboidLimits): number => sizeMeters[axis];
    const made = beyond(label, spec, drawnTimes(size, random), limit, (off) =>
      // One face stays where the points have it; the other is off by all of the error.
      moved(label, { [extents[axis]]: sign * off, [places[axis]]: (end * sign * off) / 2 }),
    );
    return made && made.shown.size[axis] >= smallestShare * label.size[axis] ? made : null;
  },
  turn: (label, size, spec, _names, random) => {
    const way = random.below(2) === 0 ? 1 : -1;
    const times = drawnTimes(size, random);
    const limit = limitsOf(label, label, spec)?.yawRadians ?? Number.POSITIVE_INFINITY;
    return !hasHeading(label, spec) ? null : { times, shown: moved(label, { yaw: way * times * limit }) };
  },
  flip: (label, _size, spec) =>
    hasHeading(label, spec) ? { times: null, shown: moved(label, { yaw: Math.PI }) } : null,
  class: (label, size, spec, classNames) => {
    const own = specClass(spec, label.className);
    const others = classNames.flatMap((name) => {
      const entry = specClass(spec, name);
      if (!entry || !own || entry.name === own.name) return [];
      return [{ name, isNear: entry.group === own.group, far: unlikeness(own, entry) }];
    });
    // A mild one takes the class that is most like it, a gross one the most like it of another group.
    const ranked = others.sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1));
    const chosen = size === 'mild' ? ranked[0] : (ranked.find(({ isNear }) => !isNear) ?? ranked.at(-1));
    return chosen ? { times: null, shown: { ...shownOf(label), className: chosen.name } } : null;
  },
};

const extents = ['length', 'width', 'height'] as const;
const places = ['along', 'across', 'up'] as const;

function hasPoints(label: SeedCandidate, kind: SeedKind, spec: QaSpec): boolean {
  if (label.points === null || label.points < leastPoints) return false;
  if (kind === 'class') return specClass(spec, label.className) !== null;
  const group = specClass(spec, label.className)?.group;
  const tolerance = spec.tolerances.find((entry) => entry.group === group);
  return tolerance !== undefined && label.points >= tolerance.fewPoints;
}

/** The limits that hold for a shape of the label's class. */
function limitsOf(label: SeedCandidate, shape: CuboidShape, spec: QaSpec): CuboidLimits | null {
  const range = Math.hypot(shape.center[0], shape.center[1]);
  return cuboidLimits(spec, label.className, range, shape.size, label.points);
}

type Limit = (limits: CuboidLimits) => number;

/** The larger of a limit as it holds for the vendor's label and for the one made of it: beyond both is beyond doubt. */
function largerLimit(label: SeedCandidate, made: CuboidShape, spec: QaSpec, limit: Limit): number | null {
  const [own, its] = [limitsOf(label, label, spec), limitsOf(label, made, spec)];
  return own && its && Math.max(limit(own), limit(its));
}

/** The tolerance of what is made follows what is made: a longer side may be off by more. So often it is asked again. */
const rounds = 30;

/** The label with an error of so many times the tolerance. `make`: the label off by so many metres. */
function beyond(
  label: SeedCandidate,
  spec: QaSpec,
  times: number,
  limit: Limit,
  make: (meters: number) => Seed['shown'],
): Made | null {
  let shown = make(0);
  for (let round = 0; round < rounds; round++) {
    const tolerance = largerLimit(label, shown, spec, limit);
    if (tolerance === null) return null;
    shown = make(times * tolerance);
  }
  return { times, shown };
}

function moved(label: SeedCandidate, change: Partial<ReturnType<typeof boxDelta>>): Seed['shown'] {
  const still = { along: 0, across: 0, up: 0, length: 0, width: 0, height: 0, yaw: 0 };
  return shownOf({ ...label, ...shiftedBy(label, { ...still, ...change }) });
}

function shownOf({ className, center, size, rotation }: SeedCandidate): Seed['shown'] {
  return { className, center: [...center], size: [...size], rotation: [...rotation] };
}

function isCenterOff(label: SeedCandidate, shown: Seed['shown'], spec: QaSpec): boolean {
  const { along, across, up } = boxDelta(label, shown);
  const limit = largerLimit(label, shown, spec, ({ centerMeters }) => centerMeters);
  return limit !== null && Math.hypot(along, across, up) > limit;
}

/** Its shape says which way it lies, and the spec holds it to that. */
function hasHeading(label: SeedCandidate, spec: QaSpec): boolean {
  const [length, width] = label.size;
  const limit = limitsOf(label, label, spec)?.yawRadians;
  return length >= elongated * width && limit !== undefined && limit <= loosestHeading;
}

/** How unlike two classes are in size: sum over the sides of how many times one is the other, in natural logarithms. */
function unlikeness(one: SpecClass, other: SpecClass): number {
  return one.typicalSize.reduce(
    (sum, extent, axis) => sum + Math.abs(Math.log(extent / other.typicalSize[axis]!)),
    0,
  );
}

const fineness = 1_000_000;

function between(random: RandomSource, from: number, to: number): number {
  return from + ((to - from) * random.below(fineness)) / fineness;
}

function drawnTimes(size: SeedSize, random: RandomSource): number {
  const [from, to] = timesOf[size];
  // Whole hundredths: the record says the same number as the screen. Open towards the tolerance.
  return Math.round(100 * between(random, from + 0.01, to)) / 100;
}

/** Mild up to twice the tolerance, gross beyond; null where an error has no size. */
export function sizeOfSeed({ timesTolerance }: Seed): SeedSize | null {
  if (timesTolerance === null) return null;
  return timesTolerance <= 2 ? 'mild' : 'gross';
}

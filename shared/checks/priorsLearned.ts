/** Learns priors from a lot that was accepted, on top of those of the lots before. */
import type { DeliveryIndex } from '../model/labels.ts';
import { NO_TRACK } from '../model/labels.ts';
import type { Vec3 } from '../model/pose.ts';
import { medianSize } from '../scoring/motionHints.ts';
import type { ClassPrior, PriorsDocument } from './priors.ts';
import { addMixes, emptyMix, mixOf } from './priorsMix.ts';
import { spreadWith } from './priorsSpread.ts';
import type { CheckRules } from './rules.ts';
import { type CheckScene, classOfRow, rangeOf, sceneOfLabels } from './scene.ts';
import { shippedSettings } from './settings.ts';
import { shippedPriors } from './shippedPriors.ts';

export interface AcceptedLot {
  readonly index: DeliveryIndex;
  readonly rules: CheckRules;
  /** Lidar points inside the cuboid of a row; null where they were not counted. */
  readonly pointsInside: (row: number) => number | null;
}

export interface LotFacts {
  readonly vendor: string | null;
  readonly project: string | null;
  readonly batch: string;
  readonly labelsHash: string;
  /** Day, as ISO 8601 writes it. */
  readonly on: string;
}

/** Upper ends of the bands in which points are counted, metres. */
const bands = [10, 20, 30, 40, 50, 75, 100, 150] as const;

/** Below so many moments the highest speed of a track is one of its jitters. */
const fewestSpeeds = 5;

/**
 * The document of one revision more. A lot whose labels were learned already (by their hash) changes nothing. Objects
 * count once, by the median over their track, and only where there are points enough to judge their shape.
 */
export function learnPriors(
  previous: PriorsDocument | null,
  lot: AcceptedLot,
  about: LotFacts,
): PriorsDocument {
  if (previous?.learnedFrom.some(({ labelsHash }) => labelsHash === about.labelsHash)) return previous;
  const learned = new Map<string, Values>();
  let mix = previous?.mix ?? emptyMix();
  let cuboids = 0;
  for (const at of lot.index.delivery.scenes.keys()) {
    const scene = sceneOfLabels(lot.index, at, {
      ...{ rules: lot.rules, settings: shippedSettings, priors: shippedPriors },
    });
    collect(scene, lot, learned);
    mix = addMixes(mix, mixOf(scene, lot.pointsInside));
    cuboids += scene.judged.length;
  }
  const { batch, labelsHash, on } = about;
  const classes = { ...(previous && isLearned(previous) ? previous.classes : {}) };
  for (const [name, values] of learned) {
    const prior = classPrior(Object.hasOwn(classes, name) ? classes[name]! : null, values);
    if (prior) classes[name] = prior;
  }
  return {
    ...{ schema: 'assay-priors', schemaVersion: 1, vendor: about.vendor, project: about.project },
    revision: (previous?.revision ?? 0) + 1,
    learnedFrom: [...(previous?.learnedFrom ?? []), { batch, labelsHash, cuboids, on }],
    ...{ classes, mix },
  };
}

/** Shipped medians are no objects that anybody saw; `usedPrior` falls back to them by itself. */
function isLearned({ learnedFrom }: PriorsDocument): boolean {
  return learnedFrom.length > 0;
}

/** What a lot says of a class. */
interface Values {
  readonly sizes: Vec3[];
  readonly speeds: number[];
  /** In the order of `bands`. */
  readonly points: readonly number[][];
}

function collect(
  scene: CheckScene,
  { rules, pointsInside }: AcceptedLot,
  learned: Map<string, Values>,
): void {
  const { cuboids } = scene.index.labels;
  const valuesOf = (name: string): Values => {
    const known = learned.get(name) ?? { sizes: [], speeds: [], points: bands.map(() => []) };
    learned.set(name, known);
    return known;
  };
  const isShaped = (row: number): boolean => (pointsInside(row) ?? rules.leastPoints) >= rules.leastPoints;
  for (const { kind, moments } of scene.tracks) {
    const values = valuesOf(kind.name);
    const shaped = moments.filter(({ row }) => isShaped(row));
    if (shaped.length > 0) values.sizes.push(medianSize(shaped.map(({ size }) => size)));
    const speeds = moments.flatMap(({ speed }) => speed ?? []);
    if (speeds.length >= fewestSpeeds) values.speeds.push(Math.max(...speeds));
  }
  for (const row of scene.judged) {
    const values = valuesOf(classOfRow(scene, row).name);
    const [length, width, height] = cuboids.size.subarray(3 * row, 3 * row + 3);
    if (cuboids.track[row] === NO_TRACK && isShaped(row)) values.sizes.push([length!, width!, height!]);
    const points = pointsInside(row);
    const band = bands.findIndex((upTo) => rangeOf(scene, row) <= upTo);
    if (points !== null && band >= 0) values.points[band]!.push(points);
  }
}

/** Null where the lot has no object of the class whose size can be judged, and none was known before. */
function classPrior(previous: ClassPrior | null, { sizes, speeds, points }: Values): ClassPrior | null {
  const spread = (axis: 0 | 1 | 2) =>
    spreadWith(
      previous?.size[axis] ?? null,
      sizes.map((size) => size[axis]),
    );
  const [length, width, height] = [spread(0), spread(1), spread(2)];
  if (!length || !width || !height) return previous;
  return {
    size: [length, width, height],
    speed: spreadWith(previous?.speed ?? null, speeds),
    points: bands.flatMap((upToMeters, band) => {
      const before = previous?.points.find((known) => known.upToMeters === upToMeters)?.count ?? null;
      const count = spreadWith(before, points[band]!);
      return count ? [{ upToMeters, count }] : [];
    }),
  };
}

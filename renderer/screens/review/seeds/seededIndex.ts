/**
 * The delivery as the review screen shows it where errors were put in: scenes that hold one are there a second time,
 * behind the others, with the errors in them. What is drawn, measured, played or read beside a unit comes from its
 * own copy of the scene, so that an error looks like any label, and no other unit is ever seen beside one.
 */
import type { DrawnUnit, Seed } from '../../../../shared/audit/events.ts';
import { positionsOf } from '../../../../shared/model/frames.ts';
import { cuboidAt } from '../../../../shared/model/labelRow.ts';
import {
  type AttributeSet,
  type AttributeValue,
  type DeliveryIndex,
  type LabelTable,
  NOT_STATED,
} from '../../../../shared/model/labels.ts';
import { LazyFrames } from '../../../../shared/readers/lazyFrames.ts';
import { labelsAndCopies } from './copiedLabels.ts';
import { stringsAndCopies } from './copiedStrings.ts';

/** What was made of an index. */
export interface Seeded {
  /** As the vendor delivered it. Its frames and rows have the same numbers in what was made of it. */
  readonly base: DeliveryIndex;
  readonly index: DeliveryIndex;
  /** By unit: the frame and the row that stand for an error. */
  readonly places: ReadonlyMap<string, { readonly frame: number; readonly row: number }>;
  /** By unit, as a unit of the sample would be. */
  readonly units: ReadonlyMap<string, DrawnUnit>;
}

const made = new WeakMap<DeliveryIndex, Seeded>();

/** What an index was made of; of one that holds no errors that it is itself. */
export function seededOf(index: DeliveryIndex): Seeded {
  return made.get(index) ?? { base: index, index, places: new Map(), units: new Map() };
}

/** What was made of an index last: screens come and go, and a large delivery is not to be copied each time. */
const latest = new WeakMap<
  DeliveryIndex,
  { readonly seeds: readonly Seed[]; readonly index: DeliveryIndex }
>();

/** The index with the errors in it, or itself where there are none. Errors on labels it does not hold are left out. */
export function withSeeds(base: DeliveryIndex, seeds: readonly Seed[]): DeliveryIndex {
  const known = latest.get(base);
  if (known?.seeds === seeds) return known.index;
  const index = makeSeeded(base, seeds);
  latest.set(base, { seeds, index });
  return index;
}

function makeSeeded(base: DeliveryIndex, seeds: readonly Seed[]): DeliveryIndex {
  const found = seeds.flatMap((seed): Found[] => {
    // A record can come from anywhere: what is no box is not drawn.
    if (!seed.shown.size.every((extent) => extent > 0)) return [];
    const frame = positionsOf(base.delivery.frameIds).get(seed.frame);
    const row = frame === undefined ? null : rowOf(base, frame, seed.label);
    return frame === undefined || row === null ? [] : [{ seed, frame, row }];
  });
  if (found.length === 0) return base;
  const { delivery, labels, others } = base;
  const scenes = [...new Set(found.map(({ frame }) => delivery.frames.at(frame)!.scene))];
  const copied = scenes.flatMap((scene) => {
    const { frameStart, frameCount } = delivery.scenes[scene]!;
    return Array.from({ length: frameCount }, (_, at) => frameStart + at);
  });
  const frames = delivery.frames.length;
  const copyOfFrame = new Map(copied.map((frame, at) => [frame, frames + at]));
  const allScenes = [
    ...delivery.scenes,
    ...scenes.map((scene) => {
      const { frameStart, ...was } = delivery.scenes[scene]!;
      return { ...was, frameStart: copyOfFrame.get(frameStart)! };
    }),
  ];
  const index: DeliveryIndex = {
    ...base,
    delivery: {
      ...delivery,
      scenes: allScenes,
      frames: new LazyFrames(allScenes, (scene) => {
        const { frameStart, frameCount } = delivery.scenes[scenes[scene - delivery.scenes.length] ?? scene]!;
        const all = delivery.frames.slice(frameStart, frameStart + frameCount);
        return scene < delivery.scenes.length ? all : all.map((frame) => ({ ...frame, scene }));
      }),
      frameIds: stringsAndCopies(delivery.frameIds, copied),
    },
    labels: withWords(labelsAndCopies(labels, frames, copied), found),
    others: others.map((other) => ({ ...other, labels: labelsAndCopies(other.labels, frames, copied) })),
  };
  const places = new Map<string, { frame: number; row: number }>();
  const units = new Map<string, DrawnUnit>();
  for (const [at, { seed, frame: from, row: was }] of found.entries()) {
    const frame = copyOfFrame.get(from)!;
    const row = index.labels.cuboids.frameStart[frame]! + was - labels.cuboids.frameStart[from]!;
    putIn(index.labels, row, seed, labels.attributeSets.length + at);
    places.set(seed.unit, { frame, row });
    units.set(seed.unit, unitOf(seed, cuboidAt(labels, was).track));
  }
  made.set(index, { base, index, places, units });
  return index;
}

function rowOf({ labels }: DeliveryIndex, frame: number, label: string): number | null {
  const { frameStart, id } = labels.cuboids;
  for (let row = frameStart[frame]!; row < frameStart[frame + 1]!; row++)
    if (id.at(row) === label) return row;
  return null;
}

interface Found {
  readonly seed: Seed;
  /** Frame and row of the vendor's label. */
  readonly frame: number;
  readonly row: number;
}

/**
 * The classes that are shown, which are among the vendor's own unless the delivery was read otherwise by now; and,
 * behind the vendor's, a set of attributes for each error.
 */
function withWords(labels: LabelTable, found: readonly Found[]): LabelTable {
  const shown = found.map(({ seed }) => seed.shown.className);
  const { attributeSets, cuboids } = labels;
  return {
    ...labels,
    classes: [...new Set([...labels.classes, ...shown])],
    attributeSets: [
      ...attributeSets,
      ...found.map(({ seed, row }) => restated(attributeSets[cuboids.attributes[row]!]!, seed)),
    ],
  };
}

/** Where the vendor states how many points a label holds, it has to be as many as the one that is shown does. */
function restated(attributes: AttributeSet, { shown: { pointsInside } }: Seed): AttributeSet {
  if (pointsInside === undefined) return attributes;
  const isCount = (name: string, value: AttributeValue): boolean =>
    typeof value === 'number' && /point|pts/i.test(name) && !/radar/i.test(name);
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, isCount(name, value) ? pointsInside : value]),
  );
}

/** Writes into the copies, which nobody else holds. */
function putIn(
  { cuboids, boxes2d, classes }: LabelTable,
  row: number,
  { shown }: Seed,
  attributes: number,
): void {
  const { className, center, size, rotation, pointsInside } = shown;
  const classIndex = classes.indexOf(className);
  cuboids.center.set(center, 3 * row);
  cuboids.size.set(size, 3 * row);
  cuboids.rotation.set(rotation, 4 * row);
  cuboids.classIndex[row] = classIndex;
  cuboids.attributes[row] = attributes;
  if (pointsInside !== undefined && cuboids.statedPoints[row] !== NOT_STATED) {
    cuboids.statedPoints[row] = pointsInside;
  }
  const frame = cuboids.frame[row]!;
  for (let box = boxes2d.frameStart[frame]!; box < boxes2d.frameStart[frame + 1]!; box++) {
    if (boxes2d.cuboid[box] === row) boxes2d.classIndex[box] = classIndex;
  }
}

function unitOf({ unit, scene, frame, label, shown }: Seed, track: string | null): DrawnUnit {
  const { className, center } = shown;
  return {
    id: unit,
    kind: 'cuboid',
    ...{ scene, frame, label, track, className },
    stratum: className,
    probability: 1,
    isInspectable: true,
    rangeMeters: Math.hypot(center[0], center[1]),
  };
}

/** What a delivery says of a unit under each key that a lot can be divided by. */
import { type AttributeValue, type DeliveryIndex, NO_LINK, NO_TRACK } from '../model/labels.ts';
import type { StrataKey } from './drawRule.ts';
import { cuboidOf, type Population } from './population.ts';
import type { QaSpec } from './qaSpec.ts';
import { cuboidRange } from './unitRange.ts';

export type StratumUnits = Omit<Population, 'unitAt' | 'isInspectable' | 'excluded'>;

export interface StrataSource {
  readonly index: DeliveryIndex;
  readonly spec: Pick<QaSpec, 'search'>;
  readonly units: StratumUnits;
  /** Points inside a cuboid by row, infinite where they cannot be counted; null = nobody counted. */
  readonly pointsInside: ((row: number) => number) | null;
}

/** The value of one key for a unit; null = the delivery does not say. */
export type ValueOf = (position: number) => string | null;

/** The name in `attribute:<name>`, or null. */
export function attributeOf(key: StrataKey): string | null {
  return key.startsWith('attribute:') ? key.slice('attribute:'.length) : null;
}

/** One value a unit, asked by position. */
export function valuesOf(source: StrataSource, key: StrataKey): ValueOf {
  const attribute = attributeOf(key);
  if (attribute !== null) return attributeValue(source, [attribute]);
  return values[key as Exclude<StrataKey, `attribute:${string}`>](source);
}

const values: Readonly<Record<Exclude<StrataKey, `attribute:${string}`>, (source: StrataSource) => ValueOf>> =
  {
    class: ({ units }) => units.className,
    range: rangeValue,
    points: pointsValue,
    visibility: visibilityValue,
    scene: (source) => ofScene(source, ({ id }) => id),
    tag: (source) => ofScene(source, ({ tags }) => (tags?.length ? tags.toSorted().join('+') : null)),
    camera: cameraValue,
    weather: weatherValue,
    annotator: (source) => attributeValue(source, annotatorNames),
    'track-length': trackLengthValue,
  };

/** Names under which tools and vendors write who made a label. */
const annotatorNames = [
  'annotator',
  'annotator_id',
  'annotatorId',
  'labelerLogin',
  'labeler',
  'labeller',
  'worker',
  'worker_id',
];

/** Names under which they write how much of an object can be seen. */
const visibilityNames = ['visibility', 'visibility_level', 'occlusion', 'occluded', 'occlusion_level'];

/** The bands of the search, and one beyond the last; ground-plane distance, the lower edge inclusive. */
function rangeValue({ index, spec, units }: StrataSource): ValueOf {
  const edges = [...new Set([0, ...spec.search.rangeBandsMeters])].sort((a, b) => a - b);
  return (at) => {
    const range = cuboidRange(index.labels, cuboidOf(index, units, at));
    return range === null ? null : `${bandOf(edges, range)} m`;
  };
}

const pointEdges = [0, 1, 5, 20, 100];

function pointsValue({ index, units, pointsInside }: StrataSource): ValueOf {
  if (pointsInside === null) return () => null;
  return (at) => {
    const row = cuboidOf(index, units, at);
    const points = row === NO_LINK ? Number.POSITIVE_INFINITY : pointsInside(row);
    return Number.isFinite(points) ? `${wholeBandOf(pointEdges, points)} pts` : null;
  };
}

const trackEdges = [1, 2, 5, 20, 50];

/** In frames that hold a label of the track, whether cuboid or 2D box. */
function trackLengthValue({ index, units }: StrataSource): ValueOf {
  const { cuboids, boxes2d, tracks } = index.labels;
  const frames = new Uint32Array(tracks.length);
  for (const { count, track, frame } of [cuboids, boxes2d]) {
    const seen = new Uint32Array(tracks.length);
    const last = new Int32Array(tracks.length).fill(-1);
    for (let row = 0; row < count; row++) {
      const at = track[row]!;
      if (at === NO_TRACK || last[at] === frame[row]) continue;
      last[at] = frame[row]!;
      seen[at]!++;
    }
    for (const [at, length] of seen.entries()) frames[at] = Math.max(frames[at]!, length);
  }
  return (at) => {
    const track = units.trackAt(at);
    return track === NO_TRACK ? null : `${wholeBandOf(trackEdges, frames[track]!)} frames`;
  };
}

/** A share of the object is put into quarters; other ways of saying it stay as they are. */
function visibilityValue(source: StrataSource): ValueOf {
  return attributeValue(source, visibilityNames, (value, name) =>
    typeof value === 'number' && name.startsWith('visib') && value >= 0 && value <= 1
      ? `${25 * Math.min(3, Math.floor(4 * value))}-${25 * (Math.min(3, Math.floor(4 * value)) + 1)} %`
      : textOf(value),
  );
}

/** What the label itself says, else what its scene says. */
function weatherValue(source: StrataSource): ValueOf {
  const ofLabel = attributeValue(source, ['weather']);
  const scene = ofScene(source, ({ weather }) => weather ?? null);
  return (at) => ofLabel(at) ?? scene(at);
}

/** The camera of a 2D box; for a cuboid or track the cameras whose boxes are linked to it. */
function cameraValue({ index, units }: StrataSource): ValueOf {
  const { delivery, labels } = index;
  const name = (camera: number): string => delivery.cameras[camera]?.name ?? String(camera);
  const linked = camerasOfCuboids(index);
  return (at) => {
    const cuboid = units.cuboidAt(at);
    const box = units.box2dAt(at);
    if (cuboid !== NO_LINK)
      return (
        linked
          .get(cuboid)
          ?.toSorted((a, b) => a - b)
          .map(name)
          .join('+') ?? null
      );
    return box === NO_LINK ? null : name(labels.boxes2d.camera[box]!);
  };
}

function camerasOfCuboids({ labels }: DeliveryIndex): Map<number, number[]> {
  const cameras = new Map<number, number[]>();
  const { count, cuboid, camera } = labels.boxes2d;
  for (let row = 0; row < count; row++) {
    if (cuboid[row] === NO_LINK) continue;
    const known = cameras.get(cuboid[row]!);
    if (!known) cameras.set(cuboid[row]!, [camera[row]!]);
    else if (!known.includes(camera[row]!)) known.push(camera[row]!);
  }
  return cameras;
}

/** A question to the scene of each unit, asked once a scene. */
function ofScene(
  { index, units }: StrataSource,
  ask: (scene: DeliveryIndex['delivery']['scenes'][number]) => string | null,
): ValueOf {
  const { scenes, frames } = index.delivery;
  const sceneOf = new Uint32Array(frames.length);
  for (const [at, { frameStart, frameCount }] of scenes.entries()) {
    sceneOf.fill(at, frameStart, frameStart + frameCount);
  }
  const answers = scenes.map(ask);
  return (at) => answers[sceneOf[units.frameAt(at)]!]!;
}

/** The first of the names that a unit's label has, on the label the unit is, else on the one linked to it. */
function attributeValue(
  { index, units }: StrataSource,
  names: readonly string[],
  say: (value: AttributeValue, name: string) => string | null = textOf,
): ValueOf {
  const { cuboids, boxes2d, attributeSets } = index.labels;
  // A delivery has few sets and many labels: each set is asked once.
  const answers = attributeSets.map((set) => {
    const name = names.find((known) => Object.hasOwn(set, known) && set[known] !== null);
    return name === undefined ? null : say(set[name]!, name);
  });
  return (at) => {
    const box = units.box2dAt(at);
    const cuboid = cuboidOf(index, units, at);
    return (
      (box === NO_LINK ? null : answers[boxes2d.attributes[box]!]!) ??
      (cuboid === NO_LINK ? null : answers[cuboids.attributes[cuboid]!]!)
    );
  };
}

function textOf(value: AttributeValue): string | null {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value).trim();
  return text === '' ? null : text;
}

/** `0-30`, `30-60`, `60+`: the lower edge belongs to the band. */
function bandOf(edges: readonly number[], value: number): string {
  const at = edges.findLastIndex((edge) => value >= edge);
  const [from, to] = [edges[at]!, edges[at + 1]];
  return to === undefined ? `${from}+` : `${from}-${to}`;
}

/** The same for whole numbers: `0`, `1-4`, `5-19`, `20+`. */
function wholeBandOf(edges: readonly number[], value: number): string {
  const at = edges.findLastIndex((edge) => value >= edge);
  const [from, to] = [edges[at]!, edges[at + 1]];
  if (to === undefined) return `${from}+`;
  return to === from + 1 ? String(from) : `${from}-${to - 1}`;
}

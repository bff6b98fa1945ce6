/**
 * NCore's cuboid observations: each in a reference frame at that frame's own time, from there into the space of the
 * frame it belongs to. An instance's labels by a person and by a program are two sources.
 */
import { transformPoint } from '../../geometry/matrix.ts';
import { multiplyQuaternions, quaternionFromEuler, quaternionFromRotation } from '../../geometry/rotation.ts';
import type { AttributeSet, LabelSource } from '../../model/labels.ts';
import type { Mat4, Quaternion, Vec3 } from '../../model/pose.ts';
import { asAttribute, asNumber, asNumbers, asRecord, asText, entriesOf } from '../jsonValues.ts';
import type { CuboidSource } from './labelSources.ts';

export interface NcoreObservation {
  /** Where in its file. */
  readonly place: string;
  readonly track: string;
  readonly className: string;
  readonly time: number;
  readonly frame: string;
  readonly frameTime: number;
  readonly center: Vec3;
  readonly size: Vec3;
  readonly rotation: Quaternion;
  readonly kind: LabelSource['kind'];
  readonly rank: number;
  readonly attributes: AttributeSet;
}

/** In the owner's numbering from 1. What a person drew is judged before what came from elsewhere. */
const SOURCES: readonly { name: string; kind: LabelSource['kind']; rank: number }[] = [
  { name: 'AUTOLABEL', kind: 'model', rank: 0 },
  { name: 'EXTERNAL', kind: 'vendor', rank: 2 },
  { name: 'GT_SYNTHETIC', kind: 'vendor', rank: 1 },
  { name: 'GT_ANNOTATION', kind: 'vendor', rank: 3 },
];

const KNOWN_KEYS = new Set([
  'track_id',
  'class_id',
  'timestamp_us',
  'reference_frame_id',
  'reference_frame_timestamp_us',
  'bbox3',
]);

const NOWHERE: Vec3 = [Number.NaN, Number.NaN, Number.NaN];

function vector(value: unknown): Vec3 {
  return (asNumbers(value, 3) as [number, number, number] | null) ?? NOWHERE;
}

/** Null where what an observation needs to be placed at all is missing; bad numbers keep it, as unusable. */
export function parseObservation(value: unknown, position: number): NcoreObservation | null {
  const record = asRecord(value);
  const frame = asText(record?.reference_frame_id);
  const frameTime = asNumber(record?.reference_frame_timestamp_us);
  const time = asNumber(record?.timestamp_us) ?? frameTime;
  const box = asRecord(record?.bbox3);
  if (!record || !box || frame === null || frameTime === null || time === null) return null;
  const source = SOURCES.find(({ name }, i) => record.source === name || record.source === i + 1);
  const others = entriesOf(record).filter(([key]) => !KNOWN_KEYS.has(key));
  const attributes = others.map(([key, item]): [string, AttributeSet[string]] => [key, asAttribute(item)]);
  const [roll, pitch, yaw] = vector(box.rot);
  return {
    place: `cuboid_track_observations/${position}`,
    track: asText(record.track_id) ?? String(record.track_id ?? ''),
    className: asText(record.class_id) ?? String(record.class_id ?? ''),
    time,
    frame,
    frameTime,
    center: vector(box.centroid),
    size: vector(box.dim),
    rotation: quaternionFromEuler(roll, pitch, yaw),
    kind: source?.kind ?? 'vendor',
    rank: source?.rank ?? 0,
    attributes: {
      ...Object.fromEntries(attributes),
      ...(source ? { source: source.name } : {}),
    },
  };
}

/** The cuboid seen from another space; `spaceFromReference` is rigid. */
export function movedCuboid(
  { center, rotation }: Pick<NcoreObservation, 'center' | 'rotation'>,
  spaceFromReference: Mat4,
): { center: Vec3; rotation: Quaternion } {
  return {
    center: transformPoint(spaceFromReference, center),
    rotation: multiplyQuaternions(quaternionFromRotation(spaceFromReference, 4), rotation),
  };
}

/** Sources of an instance by maker. `bad` counts the observations that cannot be placed at all. */
export function sourcesOfInstance(
  instance: string,
  observations: readonly unknown[],
  path: string,
): { sources: CuboidSource[]; bad: number } {
  const sources = new Map<string, CuboidSource & { readonly observations: NcoreObservation[] }>();
  let bad = 0;
  for (const [position, value] of observations.entries()) {
    const observation = parseObservation(value, position);
    if (!observation) {
      bad++;
      continue;
    }
    const { kind, rank } = observation;
    const name = kind === 'model' ? `${instance} (autolabel)` : instance;
    const known = sources.get(name);
    if (known) known.observations.push(observation);
    else sources.set(name, { name, kind, rank, path, observations: [observation] });
  }
  return { sources: [...sources.values()], bad };
}

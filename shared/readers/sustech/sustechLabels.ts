/** Label files of SUSTechPOINTS: a list of objects with position, scale and Euler rotation in the lidar's space. */
import type { Problem } from '../../base/problem.ts';
import { quaternionFromEuler } from '../../geometry/rotation.ts';
import type { AttributeSet } from '../../model/labels.ts';
import type { Quaternion, Vec3 } from '../../model/pose.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asAttribute, asList, asNumber, asRecord, asText, entriesOf } from '../jsonValues.ts';

export interface SustechLabel {
  /** Position in the file's list, from 0. */
  readonly position: number;
  readonly type: string;
  readonly track: string | null;
  readonly center: Vec3;
  /** Length, width, height along the object's own axes. */
  readonly size: Vec3;
  readonly rotation: Quaternion;
  readonly attributes: AttributeSet;
  /** The tool marks boxes that it interpolated or fitted itself with an `annotator`; a person's have none. */
  readonly isDerived: boolean;
}

const KNOWN_KEYS = new Set(['psr', 'obj_type', 'obj_id']);

/** NaN where a component is missing: the label stays, flagged unusable. */
function vector(value: unknown): Vec3 {
  const record = asRecord(value);
  const component = (name: string) => asNumber(record?.[name]) ?? Number.NaN;
  return [component('x'), component('y'), component('z')];
}

function trackOf(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  return asText(value) || null;
}

function labelFrom(object: JsonRecord, psr: JsonRecord, position: number): SustechLabel {
  // Rotation about fixed axes x, then y, then z: R = Rz Ry Rx, as published point counts confirm.
  const [roll, pitch, yaw] = vector(psr.rotation);
  const others = entriesOf(object).filter(([key]) => !KNOWN_KEYS.has(key));
  return {
    position,
    type: asText(object.obj_type) ?? '',
    track: trackOf(object.obj_id),
    center: vector(psr.position),
    size: vector(psr.scale),
    rotation: quaternionFromEuler(roll, pitch, yaw),
    attributes: Object.fromEntries(others.map(([key, value]) => [key, asAttribute(value)])),
    isDerived: Boolean(asText(object.annotator)),
  };
}

/** Entries without `psr` are left out and reported as `sustech-object-bad`. Newer files wrap the list in `objs`. */
export function parseSustechLabels(
  json: unknown,
  path: string,
): { labels: SustechLabel[]; problems: Problem[] } {
  const labels: SustechLabel[] = [];
  const problems: Problem[] = [];
  const list = Array.isArray(json) ? json : asList(asRecord(json)?.objs);
  if (list.length === 0 && !Array.isArray(json) && !Array.isArray(asRecord(json)?.objs)) {
    problems.push({ code: 'sustech-labels-bad', severity: 'error', path });
  }
  for (const [position, item] of list.entries()) {
    const object = asRecord(item);
    const psr = asRecord(object?.psr);
    if (object && psr) labels.push(labelFrom(object, psr, position));
    else problems.push({ code: 'sustech-object-bad', severity: 'error', path, place: `/${position}` });
  }
  return { labels, problems };
}

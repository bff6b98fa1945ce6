/** Turns rows into labels: which frame they belong to, what they are, and their shape in the frame's own space. */
import { type CuboidShape, transformCuboid } from '../../geometry/cuboid.ts';
import type { AttributeSet } from '../../model/labels.ts';
import type { Mat4, Vec3 } from '../../model/pose.ts';
import { asAttribute, asNumber } from '../jsonValues.ts';
import { nanosOf } from '../timestamps.ts';
import { nameOf } from '../toolExports/fields.ts';
import { metresOf, numberReader, placementOf, rotationReader, upOf } from './conventions.ts';
import type { PatternMatch } from './filePattern.ts';
import type { Mapping } from './mappingDocument.ts';
import { type Row, type ValuePath, valuePath } from './valuePath.ts';

export interface MappedLabel {
  readonly scene: string;
  readonly frame: string;
  readonly timestampNanos: string | null;
  readonly camera: string | null;
  readonly id: string | null;
  readonly track: string | null;
  readonly className: string;
  /** In level axes around whatever the labels are given in. */
  readonly cuboid: CuboidShape | null;
  readonly ltrb: readonly [number, number, number, number] | null;
  readonly attributes: AttributeSet;
  readonly points: number | null;
  readonly place: string;
}

/** Why a row is no label: a field that holds nothing usable, or a class that the mapping leaves out on purpose. */
export type RowReading =
  | { readonly kind: 'label'; readonly label: MappedLabel }
  | { readonly kind: 'left-out' }
  | { readonly kind: 'unfit'; readonly field: string };

/** Name of the scene of deliveries that have only one. */
export const ONLY_SCENE = 'scene';

const pathOf = (field: string | null): ValuePath | null => (field === null ? null : valuePath(field));
const textAt = (path: ValuePath | null, row: Row): string | null => (path ? nameOf(path.of(row)) : null);

export type ReadRow = (row: Row, file: PatternMatch, stem: string) => RowReading;

/** Reads rows as the mapping says. `file`: what the pattern found in the path; `stem`: the file's own name. */
export function rowReader(mapping: Mapping): ReadRow {
  const { fields, classes } = mapping;
  const paths = {
    scene: pathOf(fields.scene),
    frame: pathOf(fields.frame),
    timestamp: pathOf(fields.timestamp),
    camera: pathOf(fields.camera),
    class: pathOf(fields.class),
    track: pathOf(fields.track),
    id: pathOf(fields.id),
    points: pathOf(fields.points),
  };
  const cuboidOf = cuboidReader(mapping);
  const boxOf = boxReader(mapping);
  const attributesOf = attributeReader(mapping);
  const hasTime = paths.timestamp !== null;
  return (row, file, stem) => {
    const timestampNanos = paths.timestamp ? nanosOf(paths.timestamp.of(row)) : null;
    const named = textAt(paths.frame, row) ?? file.frame ?? null;
    const frame = named ?? timestampNanos ?? (paths.frame === null && !hasTime ? stem : null);
    if (frame === null) return { kind: 'unfit', field: paths.frame ? 'frame' : 'timestamp' };
    const vendorClass = textAt(paths.class, row) ?? '';
    const className = Object.hasOwn(classes, vendorClass) ? classes[vendorClass]! : vendorClass;
    if (className === null) return { kind: 'left-out' };
    const [cuboid, ltrb] = [cuboidOf(row), boxOf(row)];
    if (cuboid === null && ltrb === null)
      return { kind: 'unfit', field: mapping.fields.center.x ? 'center' : 'box' };
    const label: MappedLabel = {
      scene: textAt(paths.scene, row) ?? file.scene ?? ONLY_SCENE,
      frame,
      timestampNanos,
      camera: textAt(paths.camera, row) ?? file.camera ?? null,
      id: textAt(paths.id, row),
      track: textAt(paths.track, row),
      className,
      cuboid,
      ltrb,
      attributes: attributesOf(row),
      points: paths.points ? asNumber(paths.points.of(row)) : null,
      place: row.place,
    };
    return { kind: 'label', label };
  };
}

/** Null where a row has nothing of a cuboid; what it lacks of one is NaN, so that the label stays and is flagged. */
function cuboidReader({
  fields,
  unit,
  origin,
  axes,
  spaceFromLabels,
}: Mapping): (row: Row) => CuboidShape | null {
  const metres = metresOf[unit];
  const center = [fields.center.x, fields.center.y, fields.center.z].map(numberReader);
  const size = [fields.size.length, fields.size.width, fields.size.height].map(numberReader);
  const rotationOf = rotationReader(fields.rotation, axes);
  const placement: Mat4 = placementOf(spaceFromLabels, axes);
  const up = upOf[axes];
  if (fields.center.x === null && fields.center.y === null && fields.center.z === null) return () => null;
  return (row) => {
    const at = center.map((read) => read(row) * metres);
    const extent = size.map((read) => read(row) * metres);
    if ([...at, ...extent].every(Number.isNaN)) return null;
    const rotation = rotationOf(row);
    const lift = origin === 'bottom' ? extent[2]! / 2 : 0;
    // An underside's middle goes up along the cuboid's own height.
    const upright = lift === 0 ? up : ownUp(rotation);
    const middle = at.map((part, axis) => part + lift * upright[axis]!) as unknown as Vec3;
    return transformCuboid(placement, { center: middle, size: extent as unknown as Vec3, rotation });
  };
}

/** The own z axis of a rotated cuboid. */
function ownUp([x, y, z, w]: CuboidShape['rotation']): Vec3 {
  return [2 * (x * z + y * w), 2 * (y * z - x * w), 1 - 2 * (x * x + y * y)];
}

function boxReader({ fields: { box } }: Mapping): (row: Row) => MappedLabel['ltrb'] {
  const readers = box.values.map(numberReader);
  if (box.values.every((field) => field === null)) return () => null;
  return (row) => {
    const [a, b, c, d] = readers.map((read) => read(row)) as [number, number, number, number];
    if (Number.isNaN(a + b + c + d)) return null;
    if (box.kind === 'ltwh') return [a, b, a + c, b + d];
    return box.kind === 'cxcywh' ? [a - c / 2, b - d / 2, a + c / 2, b + d / 2] : [a, b, c, d];
  };
}

/** Every field of the mapping: what stands there was read for its meaning. */
function fieldsOf({ fields }: Mapping): string[] {
  const { center, size, rotation, box, attributes, ...single } = fields;
  const turned = { yaw: rotation.yaw, x: rotation.x, y: rotation.y, z: rotation.z, w: rotation.w };
  const groups = [center, size, turned, attributes, single].flatMap((group) => Object.values(group));
  return [...groups, ...box.values].filter((field) => field !== null);
}

/** `pose.position.0` -> `pose`, `pose.position`: records of which a part was read. */
function prefixesOf(field: string): string[] {
  const keys = field.split('.');
  return keys.slice(1).map((_, at) => keys.slice(0, at + 1).join('.'));
}

function attributeReader(mapping: Mapping): (row: Row) => AttributeSet {
  const named = Object.entries(mapping.fields.attributes).map(
    ([name, field]) => [name, valuePath(field)] as const,
  );
  const known = new Set(fieldsOf(mapping));
  const partly = new Set([...known].flatMap(prefixesOf));

  /** What no field names; of records that were read in part, their other values under their whole way. */
  function* unread(record: unknown, prefix: string): Iterable<readonly [string, unknown]> {
    const isRecord = typeof record === 'object' && record !== null && !Array.isArray(record);
    for (const [key, held] of isRecord ? Object.entries(record) : []) {
      const way = `${prefix}${key}`;
      if (known.has(way) || held === null) continue;
      if (partly.has(way)) yield* unread(held, `${way}.`);
      else yield [way, held];
    }
  }
  return (row) => {
    const rest = mapping.keepRest ? [...unread(row.scopes.at(-1)!.value, '')] : [];
    const given = named.map(([name, path]) => [name, path.of(row)] as const);
    const pairs = [...rest, ...given.filter(([, held]) => held !== undefined)];
    return Object.fromEntries(pairs.map(([key, held]) => [key, asAttribute(held)]));
  };
}

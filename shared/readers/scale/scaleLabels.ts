/**
 * Cuboids as Scale's tasks answer them, in world coordinates: `dimensions` x is the width, y the length, z the height,
 * and a yaw of 0 looks along the world's y.
 */
import { transformCuboid } from '../../geometry/cuboid.ts';
import { quaternionFromYaw } from '../../geometry/rotation.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asNumber, asRecord, asText } from '../jsonValues.ts';
import type { LabelTableBuilder } from '../labelTableBuilder.ts';
import { attributesOf, nameOf, otherFields, recordsOf, vectorOf } from '../toolExports/fields.ts';

const KNOWN_FIELDS = new Set([
  'uuid',
  'label',
  'position',
  'dimensions',
  'yaw',
  'attributes',
  'numberOfPoints',
]);

export interface CuboidPlace {
  readonly labels: LabelTableBuilder;
  readonly frame: number;
  readonly spaceFromWorld: Mat4;
  readonly path: string;
  readonly place: string;
}

export function addScaleCuboid(cuboid: JsonRecord, position: number, where: CuboidPlace): void {
  const { labels, frame, spaceFromWorld, path, place } = where;
  const [width, length, height] = vectorOf(cuboid.dimensions);
  const yaw = asNumber(cuboid.yaw) ?? Number.NaN;
  const shape = transformCuboid(spaceFromWorld, {
    center: vectorOf(cuboid.position),
    size: [length, width, height],
    rotation: quaternionFromYaw(yaw + Math.PI / 2),
  });
  const track = nameOf(cuboid.uuid);
  const points = asNumber(cuboid.numberOfPoints);
  labels.addCuboid({
    frame,
    id: track ?? `row-${position}`,
    className: asText(cuboid.label) ?? '',
    track,
    attributes: { ...otherFields(cuboid, KNOWN_FIELDS), ...attributesOf(cuboid.attributes) },
    path,
    place,
    ...shape,
    ...(points === null ? {} : { statedPoints: points }),
  });
}

/** Cuboids frame by frame; null for JSON that holds none. A single record is one frame's. */
export function framesOfCuboids(json: unknown): JsonRecord[][] | null {
  const root = asRecord(json);
  if (Array.isArray(root?.cuboids)) return [recordsOf(root.cuboids)];
  const list = Array.isArray(json)
    ? json
    : (root?.frames ?? root?.annotations ?? asRecord(root?.response)?.annotations);
  if (!Array.isArray(list)) return null;
  const frames = recordsOf(list);
  return frames.some(({ cuboids }) => Array.isArray(cuboids))
    ? frames.map(({ cuboids }) => recordsOf(cuboids))
    : null;
}

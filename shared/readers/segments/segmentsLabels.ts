/** Annotations of Segments.ai: cuboids and lines in world coordinates, boxes and outlines in an image. */
import { transformCuboid } from '../../geometry/cuboid.ts';
import { transformPoint } from '../../geometry/matrix.ts';
import { quaternionFromYaw } from '../../geometry/rotation.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asList, asNumber, asNumbers, asText } from '../jsonValues.ts';
import type { LabelTableBuilder } from '../labelTableBuilder.ts';
import {
  attributesOf,
  boundsOfPixels,
  nameOf,
  otherFields,
  pixelsOf,
  vectorOf,
} from '../toolExports/fields.ts';
import { quaternionOf } from '../toolExports/poses.ts';

const KNOWN_FIELDS = new Set([
  'id',
  'category_id',
  'type',
  'points',
  'position',
  'dimensions',
  'yaw',
  'rotation',
  'track_id',
  'attributes',
  'index',
]);

const KINDS = { polygon: 'polygon', polyline: 'polyline', point: 'points' } as const;

export interface AnnotationPlace {
  readonly labels: LabelTableBuilder;
  readonly frame: number;
  /** Of the image that is annotated; null = the cloud is. */
  readonly camera: number | null;
  readonly spaceFromWorld: Mat4;
  readonly categories: ReadonlyMap<string, string>;
  readonly trackPrefix: string;
  readonly path: string;
  readonly place: string;
}

/** Points `[[x, y, z], ...]` moved into the frame's space, one coordinate after another. */
function spatialPoints(value: unknown, spaceFromWorld: Mat4): number[] | null {
  const points = asList(value).map((point) => asNumbers(point, 3));
  if (points.length === 0 || points.some((point) => point === null)) return null;
  return points.flatMap((point) => transformPoint(spaceFromWorld, [point![0]!, point![1]!, point![2]!]));
}

/** False where the annotation's type or points cannot be read. */
export function addAnnotation(annotation: JsonRecord, position: number, where: AnnotationPlace): boolean {
  const { labels, frame, camera, spaceFromWorld, categories, trackPrefix, path, place } = where;
  const category = nameOf(annotation.category_id) ?? '';
  const trackId = nameOf(annotation.track_id);
  const common = {
    frame,
    id: trackId ?? nameOf(annotation.id) ?? `row-${position}`,
    className: categories.get(category) ?? category,
    track: trackId === null ? null : `${trackPrefix}${trackId}`,
    attributes: { ...otherFields(annotation, KNOWN_FIELDS), ...attributesOf(annotation.attributes) },
  };
  const rows = { ...common, path, place };
  const type = asText(annotation.type) ?? '';
  if (type === 'cuboid') {
    const rotation =
      quaternionOf(annotation.rotation) ?? quaternionFromYaw(asNumber(annotation.yaw) ?? Number.NaN);
    const shape = { center: vectorOf(annotation.position), size: vectorOf(annotation.dimensions), rotation };
    const isDerived = annotation.is_keyframe === false;
    labels.addCuboid({ ...rows, ...transformCuboid(spaceFromWorld, shape), isDerived });
    return true;
  }
  if (type === 'bbox') {
    const corners = pixelsOf(annotation.points);
    if (!corners || camera === null) return false;
    labels.addBox2d({ ...rows, id: `${common.id}/${camera}`, camera, ltrb: boundsOfPixels(corners) });
    return true;
  }
  if (type !== 'polygon' && type !== 'polyline' && type !== 'point') return false;
  const coordinates =
    camera === null ? spatialPoints(annotation.points, spaceFromWorld) : pixelsOf(annotation.points);
  if (!coordinates) return false;
  labels.addShape({ ...common, kind: KINDS[type], camera, coordinates });
  return true;
}

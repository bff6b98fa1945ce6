/** Figures of Supervisely: cuboids and other geometries in a cloud, boxes and outlines in its related images. */
import { quaternionFromEuler } from '../../geometry/rotation.ts';
import type { AttributeSet } from '../../model/labels.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asAttribute, asList, asNumber, asNumbers, asRecord, asText } from '../jsonValues.ts';
import type { LabelTableBuilder } from '../labelTableBuilder.ts';
import {
  boundsOfPixels,
  isWhole,
  nameOf,
  otherFields,
  pixelsOf,
  recordsOf,
  vectorOf,
} from '../toolExports/fields.ts';

const FIGURE_FIELDS = new Set(['key', 'objectKey', 'objectId', 'geometryType', 'geometry', 'tags', 'id']);
const OBJECT_FIELDS = new Set(['key', 'id', 'classTitle', 'tags', 'createdAt', 'updatedAt', 'classId']);

export interface FigureObject {
  readonly className: string;
  readonly tags: readonly JsonRecord[];
  readonly others: AttributeSet;
}

/** Objects by key (or by id, in older exports). */
export function figureObjects(value: unknown): Map<string, FigureObject> {
  const objects = recordsOf(value).flatMap((record) => {
    const key = nameOf(record.key) ?? nameOf(record.id);
    const className = asText(record.classTitle) ?? '';
    const others = otherFields(record, OBJECT_FIELDS);
    return key === null ? [] : [[key, { className, tags: recordsOf(record.tags), others }] as const];
  });
  return new Map(objects);
}

/** Tags by name; one without a value is there or not. `frame`: tags of an episode may hold for a range only. */
export function tagAttributes(tags: readonly JsonRecord[], frame: number | null): AttributeSet {
  const held = tags.filter((tag) => {
    const range = asNumbers(tag.frameRange, 2);
    return !range || frame === null || (frame >= range[0]! && frame <= range[1]!);
  });
  return Object.fromEntries(held.map((tag) => [asText(tag.name) ?? '', asAttribute(tag.value ?? true)]));
}

export interface FigurePlace {
  readonly labels: LabelTableBuilder;
  readonly frame: number;
  /** Index of the image's camera; null = the figure is in the cloud. */
  readonly camera: number | null;
  readonly objects: ReadonlyMap<string, FigureObject>;
  /** Number of the frame in its episode. */
  readonly number: number | null;
  readonly path: string;
  readonly place: string;
}

/** What was wrong with a figure; null = nothing. */
export type FigureTrouble = 'geometry' | 'objectKey' | null;

/** `{points: {exterior: [[u, v], ...]}}` */
function exteriorOf(geometry: JsonRecord | null): number[] | null {
  return pixelsOf(asRecord(geometry?.points)?.exterior);
}

function spatialPoints(geometry: JsonRecord | null): number[] | null {
  const points = recordsOf(geometry?.points).flatMap((point) => vectorOf(point));
  return points.length > 0 && isWhole(points) ? points : null;
}

export function addFigure(figure: JsonRecord, place: FigurePlace): FigureTrouble {
  const { labels, frame, camera, objects, number, path } = place;
  const objectKey = nameOf(figure.objectKey) ?? nameOf(figure.objectId);
  const object = objects.get(objectKey ?? '');
  const geometry = asRecord(figure.geometry);
  const attributes = {
    ...otherFields(figure, FIGURE_FIELDS),
    ...object?.others,
    ...tagAttributes(object?.tags ?? [], number),
    ...tagAttributes(recordsOf(figure.tags), number),
  };
  const id = nameOf(figure.key) ?? nameOf(figure.id) ?? place.place;
  const common = { frame, id, className: object?.className ?? '', track: objectKey, attributes };
  const rows = { ...common, path, place: place.place };
  const trouble = object ? null : 'objectKey';
  switch (asText(figure.geometryType)) {
    case 'cuboid_3d': {
      const [x, y, z] = vectorOf(geometry?.rotation);
      const rotation = quaternionFromEuler(x, y, z);
      const [center, size] = [vectorOf(geometry?.position), vectorOf(geometry?.dimensions)];
      labels.addCuboid({ ...rows, center, size, rotation });
      return trouble;
    }
    case 'rectangle': {
      const corners = exteriorOf(geometry);
      if (!corners || camera === null) return 'geometry';
      labels.addBox2d({ ...rows, camera, ltrb: boundsOfPixels(corners) });
      return trouble;
    }
    case 'polygon':
    case 'line': {
      const coordinates = exteriorOf(geometry);
      if (!coordinates || camera === null) return 'geometry';
      const kind = figure.geometryType === 'line' ? 'polyline' : 'polygon';
      labels.addShape({ ...common, kind, camera, coordinates });
      return trouble;
    }
    case 'point_3d': {
      const coordinates = vectorOf(geometry);
      if (!isWhole(coordinates)) return 'geometry';
      labels.addShape({ ...common, kind: 'points', camera: null, coordinates });
      return trouble;
    }
    case 'polyline_3d': {
      const coordinates = spatialPoints(geometry);
      if (!coordinates) return 'geometry';
      labels.addShape({ ...common, kind: 'polyline', camera: null, coordinates });
      return trouble;
    }
    default: {
      // Masks and lists of point indices have no outline: how much they cover is kept.
      const points = asList(geometry?.indices).length;
      const kept: AttributeSet = {
        ...attributes,
        geometryType: asText(figure.geometryType) ?? asNumber(figure.geometryType),
        ...(points > 0 ? { points } : {}),
      };
      labels.addShape({ ...common, kind: 'mask', camera, coordinates: [], attributes: kept });
      return trouble;
    }
  }
}

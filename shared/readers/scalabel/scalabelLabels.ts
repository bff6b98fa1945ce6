/** One label of Scalabel: cuboid, box, polygons, mask and key points, whichever of them it has. */
import { transformCuboid } from '../../geometry/cuboid.ts';
import { quaternionFromEuler } from '../../geometry/rotation.ts';
import type { AttributeSet } from '../../model/labels.ts';
import type { Mat4, Vec3 } from '../../model/pose.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asList, asNumber, asNumbers, asRecord, asText } from '../jsonValues.ts';
import type { LabelTableBuilder } from '../labelTableBuilder.ts';
import { rotationInCamera } from '../toolExports/cameraAxes.ts';
import { attributesOf, nameOf, otherFields, pixelsOf } from '../toolExports/fields.ts';

const KNOWN_FIELDS = new Set([
  'id',
  'category',
  'attributes',
  'box2d',
  'box3d',
  'poly2d',
  'rle',
  'graph',
  'name',
  'videoName',
]);

/** Where a frame's labels go. */
export interface LabelPlace {
  readonly labels: LabelTableBuilder;
  /** Index of the frame in the delivery. */
  readonly frame: number;
  readonly camera: number;
  /** The frame's space from the axes that `box3d` is written in; null = a cloud's own, which are the space. */
  readonly spaceFromCamera: Mat4 | null;
  /** Ids name tracks within a video and nothing beyond a picture. */
  readonly trackPrefix: string | null;
  readonly path: string;
}

function ltrbOf(value: unknown): [number, number, number, number] | null {
  const record = asRecord(value);
  return asNumbers([record?.x1, record?.y1, record?.x2, record?.y2], 4) as
    | [number, number, number, number]
    | null;
}

/** Scalabel writes height, width, length, and the centre of the box. */
function cuboidOf(value: unknown, spaceFromCamera: Mat4 | null) {
  const record = asRecord(value);
  if (!record) return null;
  const numbers = (field: unknown): Vec3 => {
    const [a, b, c] = asNumbers(field, 3) ?? [Number.NaN, Number.NaN, Number.NaN];
    return [a!, b!, c!];
  };
  const [height, width, length] = numbers(record.dimension);
  const [x, y, z] = numbers(record.orientation);
  const shape = { center: numbers(record.location), size: [length, width, height] as Vec3 };
  if (spaceFromCamera) {
    return transformCuboid(spaceFromCamera, { ...shape, rotation: rotationInCamera([x, y, z]) });
  }
  // In a cloud the angle is KITTI's, about the camera's y, unless one about the cloud's own z is given.
  const yaw = z === 0 ? -y - Math.PI / 2 : z;
  return { ...shape, rotation: quaternionFromEuler(0, 0, yaw) };
}

function polygonsOf(value: unknown) {
  return asList(value).flatMap((item) => {
    const record = asRecord(item);
    const pixels = pixelsOf(record?.vertices);
    if (!pixels) return [];
    const kind = record?.closed === false ? ('polyline' as const) : ('polygon' as const);
    return [{ kind, pixels, attributes: otherFields(record, new Set(['vertices', 'closed'])) }];
  });
}

/** Key points of `graph.nodes`, with what else the graph says. */
function graphOf(value: unknown) {
  const record = asRecord(value);
  const nodes = asList(record?.nodes).map(asRecord);
  const pixels = pixelsOf(nodes.map((node) => node?.location));
  return pixels && { pixels, attributes: attributesOf(record) };
}

/** `position`: of the label in its frame, for a label without an id. */
export function addScalabelLabel(label: JsonRecord, position: number, place: LabelPlace): void {
  const { labels, frame, camera, trackPrefix, path } = place;
  const id = nameOf(label.id) ?? `row-${position}`;
  const track = trackPrefix !== null && nameOf(label.id) !== null ? `${trackPrefix}${id}` : null;
  const cuboid = cuboidOf(label.box3d, place.spaceFromCamera);
  const box3d = otherFields(asRecord(label.box3d), new Set(['dimension', 'location', 'orientation']));
  const attributes: AttributeSet = {
    ...otherFields(label, KNOWN_FIELDS),
    ...(cuboid ? box3d : {}),
    ...otherFields(asRecord(label.attributes), new Set()),
  };
  const common = { frame, id, className: asText(label.category) ?? '', track, attributes };
  const rows = { ...common, path, place: `/${position}` };
  const isDerived = label.manualShape === false;
  const handle = cuboid ? labels.addCuboid({ ...rows, ...cuboid, isDerived }) : null;
  const ltrb = ltrbOf(label.box2d);
  if (ltrb) labels.addBox2d({ ...rows, camera, ltrb, ...(handle === null ? {} : { cuboid: handle }) });
  const polygons = polygonsOf(label.poly2d);
  for (const { kind, pixels, attributes: own } of polygons) {
    const shape = { ...common, kind, camera, coordinates: pixels, attributes: { ...attributes, ...own } };
    labels.addShape(shape);
  }
  const mask = asRecord(label.rle);
  if (mask) {
    const size = asNumbers(mask.size, 2);
    const kept = { ...attributes, ...(size ? { maskSize: size } : {}), maskCounts: asText(mask.counts) };
    labels.addShape({ ...common, kind: 'mask', camera, coordinates: [], attributes: kept });
  }
  const graph = graphOf(label.graph);
  if (graph) {
    const kept = { ...attributes, ...graph.attributes };
    labels.addShape({ ...common, kind: 'points', camera, coordinates: graph.pixels, attributes: kept });
  }
  if (!cuboid && !ltrb && polygons.length === 0 && !mask && !graph) {
    labels.addShape({ ...common, kind: 'other', camera: null, coordinates: [] });
  }
}

/** Whether a label says of itself that a program made it: people's labels carry no score. */
export function isScored(label: JsonRecord): boolean {
  return asNumber(label.score) !== null;
}

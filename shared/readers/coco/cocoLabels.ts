/** One annotation of COCO: box, polygons or mask, key points, panoptic segments and monocular cuboid. */
import { transformCuboid } from '../../geometry/cuboid.ts';
import type { AttributeSet, ShapeLabel } from '../../model/labels.ts';
import type { Vec3 } from '../../model/pose.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asList, asNumber, asNumbers, asRecord, asText } from '../jsonValues.ts';
import type { LabelTableBuilder } from '../labelTableBuilder.ts';
import { levelFromCamera, rotationInCamera } from '../toolExports/cameraAxes.ts';
import { attributesOf, nameOf, otherFields, pixelsOf, recordsOf } from '../toolExports/fields.ts';
import type { CocoCategory, CocoDocument } from './cocoDocument.ts';
import { ltrbOfBox } from './cocoDocument.ts';

const KNOWN_FIELDS = new Set([
  'id',
  'image_id',
  'category_id',
  'category_name',
  'bbox',
  'bbox_cam3d',
  'segmentation',
  'segments_info',
  'keypoints',
  'attributes',
  'file_name',
  'track_id',
  'instance_id',
]);

/** How many counts of an uncompressed mask are kept as an attribute; longer ones are told by their number. */
const MOST_COUNTS = 64;

export interface AnnotationPlace {
  readonly labels: LabelTableBuilder;
  /** Index of the frame in the delivery. */
  readonly frame: number;
  readonly camera: number;
  readonly document: CocoDocument;
  /** Position in the file's list, for problems. */
  readonly position: number;
}

type Shape = Pick<ShapeLabel, 'kind' | 'coordinates' | 'attributes'>;

/** Polygons are lists of lists; a record is a mask in run lengths. */
function segmentsOf(value: unknown): Shape[] {
  const mask = asRecord(value);
  if (mask) {
    const size = asNumbers(mask.size, 2);
    const runs = asList(mask.counts).length;
    const counts = asText(mask.counts) ?? (runs <= MOST_COUNTS ? asNumbers(mask.counts, runs) : null);
    const attributes = { ...(size ? { maskSize: size } : {}), maskCounts: counts ?? `${runs} runs` };
    return [{ kind: 'mask', coordinates: [], attributes }];
  }
  return asList(value).flatMap((polygon): Shape[] => {
    const pixels = pixelsOf(polygon);
    return pixels ? [{ kind: 'polygon', coordinates: pixels, attributes: {} }] : [];
  });
}

/** Triples u, v, visibility; those that were not labelled (0) have no place. */
function keypointsOf(value: unknown, category: CocoCategory | undefined): Shape[] {
  const numbers = asList(value).map((item) => asNumber(item) ?? 0);
  const coordinates: number[] = [];
  const names: string[] = [];
  const visibility: number[] = [];
  for (let i = 0; 3 * i + 2 < numbers.length; i++) {
    const [u, v, visible] = numbers.slice(3 * i, 3 * i + 3) as [number, number, number];
    if (visible === 0) continue;
    coordinates.push(u, v);
    names.push(category?.keypoints[i] || String(i));
    visibility.push(visible);
  }
  if (coordinates.length === 0) return [];
  return [{ kind: 'points', coordinates, attributes: { keypoints: names, keypointVisibility: visibility } }];
}

/** `bbox_cam3d`: centre, length, height, width, and KITTI's angle about the camera's y; in level axes. */
function cuboidOf(value: unknown) {
  const numbers = asNumbers(value, 7, 9);
  if (!numbers) return null;
  const [x, y, z, length, height, width, angle] = numbers as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const size: Vec3 = [length, width, height];
  return transformCuboid(levelFromCamera, {
    center: [x, y, z],
    size,
    rotation: rotationInCamera([0, angle, 0]),
  });
}

function classOf(record: JsonRecord, { categories }: CocoDocument): string {
  const id = nameOf(record.category_id);
  return asText(record.category_name) ?? categories.get(id ?? '')?.name ?? (id && id !== '0' ? id : '');
}

function addSegments(annotation: JsonRecord, place: AnnotationPlace): void {
  const { labels, frame, camera, document, position } = place;
  for (const [i, segment] of recordsOf(annotation.segments_info).entries()) {
    const id = nameOf(segment.id) ?? `row-${position}-${i}`;
    const attributes = { ...otherFields(segment, KNOWN_FIELDS), segmentFile: asText(annotation.file_name) };
    const common = { frame, id, className: classOf(segment, document), track: null, attributes };
    const ltrb = ltrbOfBox(segment.bbox);
    const where = { path: document.path, place: `/annotations/${position}/segments_info/${i}` };
    if (ltrb) labels.addBox2d({ ...common, ...where, camera, ltrb });
    else labels.addShape({ ...common, kind: 'mask', camera, coordinates: [] });
  }
}

/** Adds what one annotation says; one without any geometry (a caption, a tag) is kept as a shape without points. */
export function addAnnotation(annotation: JsonRecord, place: AnnotationPlace): void {
  if (Array.isArray(annotation.segments_info)) {
    addSegments(annotation, place);
    return;
  }
  const { labels, frame, camera, document, position } = place;
  const id = nameOf(annotation.id) ?? `row-${position}`;
  const attributes: AttributeSet = {
    ...otherFields(annotation, KNOWN_FIELDS),
    ...attributesOf(annotation.attributes),
  };
  const track = nameOf(annotation.track_id) ?? nameOf(annotation.instance_id);
  const common = { frame, id, className: classOf(annotation, document), track, attributes };
  const rows = { ...common, path: document.path, place: `/annotations/${position}` };
  const cuboid = cuboidOf(annotation.bbox_cam3d);
  const handle = cuboid ? labels.addCuboid({ ...rows, ...cuboid }) : null;
  const ltrb = ltrbOfBox(annotation.bbox);
  if (ltrb) labels.addBox2d({ ...rows, camera, ltrb, ...(handle === null ? {} : { cuboid: handle }) });
  const category = document.categories.get(nameOf(annotation.category_id) ?? '');
  const shapes = [...segmentsOf(annotation.segmentation), ...keypointsOf(annotation.keypoints, category)];
  for (const shape of shapes) {
    labels.addShape({ ...common, ...shape, camera, attributes: { ...attributes, ...shape.attributes } });
  }
  if (!cuboid && !ltrb && shapes.length === 0) {
    labels.addShape({ ...common, kind: 'other', camera: null, coordinates: [] });
  }
}

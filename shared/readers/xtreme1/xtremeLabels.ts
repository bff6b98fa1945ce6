/** Objects of an Xtreme1 result: cuboids in the lidar's space, boxes and outlines in a camera image. */
import { quaternionFromEuler } from '../../geometry/rotation.ts';
import type { AttributeSet } from '../../model/labels.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asAttribute, asNumber, asRecord, asText } from '../jsonValues.ts';
import type { LabelTableBuilder } from '../labelTableBuilder.ts';
import { boundsOfPixels, nameOf, otherFields, pixelsOf, recordsOf, vectorOf } from '../toolExports/fields.ts';

const OBJECT_FIELDS = new Set([
  'id',
  'type',
  'className',
  'classId',
  'trackId',
  'contour',
  'classValues',
  'meta',
]);
const CONTOUR_FIELDS = new Set([
  'center3D',
  'size3D',
  'rotation3D',
  'points',
  'pointN',
  'viewIndex',
  'interior',
]);

/** One maker's answer for one item: a person's work, a model's run, or an imported truth. */
export interface XtremeSource {
  readonly name: string;
  readonly isModel: boolean;
  readonly objects: readonly JsonRecord[];
}

/** A result file holds a list of sources, one source, or a bare list of objects. */
export function sourcesOf(json: unknown): XtremeSource[] | null {
  const records = Array.isArray(json)
    ? recordsOf(json)
    : [asRecord(json)].filter((record) => record !== null);
  if (records.some((record) => record.contour !== undefined)) {
    return [{ name: '', isModel: false, objects: records }];
  }
  const sources = records.filter((record) => Array.isArray(record.objects));
  if (sources.length === 0 && !(Array.isArray(json) && json.length === 0)) return null;
  return sources.map((record) => ({
    name: asText(record.sourceName) ?? '',
    isModel: /model/i.test(asText(record.sourceType) ?? ''),
    objects: recordsOf(record.objects),
  }));
}

/** `classValues` are answers about the object: a list of name and value, or a plain record. */
function classValues(value: unknown): AttributeSet {
  if (!Array.isArray(value)) return otherFields(asRecord(value), new Set());
  const answers = recordsOf(value).map((answer) => {
    const name = nameOf(answer.name) ?? nameOf(answer.alias) ?? nameOf(answer.id) ?? '';
    return [name, asAttribute(answer.value ?? null)] as const;
  });
  return Object.fromEntries(answers.filter(([name]) => name !== ''));
}

export interface ObjectPlace {
  readonly labels: LabelTableBuilder;
  readonly frame: number;
  /** Camera by its number in the export. */
  readonly cameraOf: (viewIndex: number) => number;
  readonly trackPrefix: string;
  readonly path: string;
  readonly place: string;
}

/** False where the object has no usable contour. */
export function addXtremeObject(object: JsonRecord, position: number, where: ObjectPlace): boolean {
  const { labels, frame, cameraOf, trackPrefix, path, place } = where;
  const contour = asRecord(object.contour) ?? asRecord(object.geometry);
  if (!contour) return false;
  const attributes = {
    ...otherFields(object, OBJECT_FIELDS),
    ...otherFields(contour, CONTOUR_FIELDS),
    ...otherFields(asRecord(object.meta), new Set()),
    ...classValues(object.classValues),
  };
  const trackId = nameOf(object.trackId);
  const common = {
    frame,
    id: trackId ?? nameOf(object.id) ?? `row-${position}`,
    className: nameOf(object.className) ?? nameOf(object.classId) ?? '',
    track: trackId === null ? null : `${trackPrefix}${trackId}`,
    attributes,
  };
  const rows = { ...common, path, place };
  const type = (asText(object.type) ?? '').toUpperCase();
  if (contour.center3D !== undefined || type === '3D_BOX') {
    const [x, y, z] = vectorOf(contour.rotation3D);
    const points = asNumber(contour.pointN);
    labels.addCuboid({
      ...rows,
      center: vectorOf(contour.center3D),
      size: vectorOf(contour.size3D),
      rotation: quaternionFromEuler(x, y, z),
      ...(points === null ? {} : { statedPoints: points }),
    });
    return true;
  }
  const pixels = pixelsOf(contour.points);
  if (!pixels) return false;
  const camera = cameraOf(asNumber(contour.viewIndex) ?? asNumber(object.viewIndex) ?? 0);
  if (/RECT|2D_BOX|BOUNDING/.test(type)) {
    labels.addBox2d({ ...rows, id: `${common.id}/${camera}`, camera, ltrb: boundsOfPixels(pixels) });
    return true;
  }
  const kind = type.includes('LINE') ? 'polyline' : type.includes('POLYGON') ? 'polygon' : 'points';
  labels.addShape({ ...common, kind, camera, coordinates: pixels });
  return true;
}

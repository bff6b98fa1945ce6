/**
 * The mapping document: what a person writes once about a vendor's own JSON or CSV, so that it is read like any known
 * format. This file is its documentation; version 1. Everything that is left out has the value given here.
 *
 * - A *pattern* names files by their path in the delivery: `*` stands for anything within one name, a leading or inner
 *   `**` + `/` for any folders, and `{scene}`, `{frame}`, `{camera}` for a part that is read as what it says.
 * - A *field* says where a value stands in a row: a column of a CSV, or the keys to a JSON value with dots between them
 *   (`pose.position.0`). `^` goes out to the record around the row (`^.timestamp`), `$key` is the key or number under
 *   which the row itself stands. null = the vendor does not write it.
 */

import { z } from '../../base/door.ts';
import type { Problem } from '../../base/problem.ts';

export const mappingVersion = 1;
/** A delivery that holds this file is read by it. */
export const mappingFileName = 'assay-mapping.json';

export const labelFormats = ['json', 'jsonl', 'csv'] as const;
/** `auto`: a byte order mark, else UTF-8 where the bytes are, else GB18030 (which holds GBK and GB2312). */
export const textEncodings = ['auto', 'utf-8', 'utf-16le', 'utf-16be', 'gb18030'] as const;
export const lengthUnits = ['m', 'cm', 'mm'] as const;
export const angleUnits = ['radians', 'degrees'] as const;
export const origins = ['center', 'bottom'] as const;
/** Where the three axes point. The last is a camera's. */
export const axesNames = [
  'x-forward-y-left-z-up',
  'x-right-y-forward-z-up',
  'x-right-y-down-z-forward',
] as const;
export const rotationKinds = ['none', 'yaw', 'euler', 'quaternion'] as const;
export const zeroAxes = ['+x', '-x', '+y', '-y', '+z', '-z'] as const;
export const turnSigns = ['ccw', 'cw'] as const;
export const eulerOrders = ['xyz', 'xzy', 'yxz', 'yzx', 'zxy', 'zyx'] as const;
export const boxKinds = ['ltrb', 'ltwh', 'cxcywh'] as const;
export const directions = ['camera-from-lidar', 'lidar-from-camera'] as const;

/** Longer than any path of a real delivery, short enough that matching stays cheap. */
const LONGEST_TEXT = 300;
/** Lists of the document: more patterns or sensors than this no rig has. */
const MOST_ENTRIES = 64;
const MOST_CLASSES = 10_000;

const text = z.string().min(1).max(LONGEST_TEXT);
/** Every `*` and `{}` multiplies what matching a path may cost. */
const MOST_WILDCARDS = 12;
const pattern = text.refine(
  (written) => (written.match(/[*{]/g)?.length ?? 0) <= MOST_WILDCARDS,
  `<= ${MOST_WILDCARDS} * {}`,
);
const field = text.nullable().default(null);
const lengthUnit = z.enum(lengthUnits).default('m');
const matrix = z.array(z.number()).length(16);
/** A number, or the field that holds it. */
const value = z.union([z.number(), text]).nullable().default(null);
const values = z
  .union([z.array(z.number()).max(16), text])
  .nullable()
  .default(null);

const labels = z.strictObject({
  files: z.array(pattern).max(MOST_ENTRIES).default([]),
  format: z.enum(labelFormats).default('json'),
  encoding: z.enum(textEncodings).default('auto'),
  /** Between the cells of a CSV; null = the one its first line uses most. */
  separator: z.enum([',', ';', '\t', '|']).nullable().default(null),
  /** The first line of a CSV names its columns; without it columns are numbered from 0. */
  header: z.boolean().default(true),
  /** Where the list of labels stands in JSON: keys with dots between them, `*` for each of a list or record; '' = the whole. */
  list: z.string().max(LONGEST_TEXT).default(''),
});

const rotation = z.strictObject({
  kind: z.enum(rotationKinds).default('none'),
  /** For `yaw`: the angle about the upright. */
  yaw: field,
  /** For `euler`: angles about the axes; for `quaternion`: its parts. */
  x: field,
  y: field,
  z: field,
  w: field,
  /** For `euler`: which angle turns first, all about axes that stay where they are. */
  order: z.enum(eulerOrders).default('xyz'),
  unit: z.enum(angleUnits).default('radians'),
  /** Where an object looks whose angles are all 0. */
  zero: z.enum(zeroAxes).default('+x'),
  /** Seen from above for `yaw`, against each axis for `euler`; for `quaternion`, `cw` means its inverse. */
  sign: z.enum(turnSigns).default('ccw'),
});
export type RotationMapping = z.infer<typeof rotation>;

const point = z.strictObject({ x: field, y: field, z: field });

const fields = z.strictObject({
  scene: field,
  frame: field,
  timestamp: field,
  camera: field,
  class: field,
  track: field,
  id: field,
  center: point.prefault({}),
  size: z.strictObject({ length: field, width: field, height: field }).prefault({}),
  rotation: rotation.prefault({}),
  box: z
    .strictObject({
      kind: z.enum(boxKinds).default('ltrb'),
      values: z.tuple([field, field, field, field]).default([null, null, null, null]),
    })
    .prefault({}),
  /** Lidar points inside, as the vendor counted them. */
  points: field,
  /** Further values under names of one's own. */
  attributes: z.record(z.string(), text).default({}),
});

const lidar = z.strictObject({
  name: z.string().min(1).max(LONGEST_TEXT).default('lidar'),
  files: pattern,
  axes: z.enum(axesNames).default('x-forward-y-left-z-up'),
  /** Places the points among the labels; takes the place of `axes`. */
  spaceFromPoints: matrix.nullable().default(null),
});

const image = z.strictObject({
  /** '' = what `{camera}` of the pattern matches. */
  camera: z.string().max(LONGEST_TEXT).default(''),
  files: pattern,
});

const calibration = z.strictObject({
  /** '' = every camera. `{camera}` in a field stands for its name. */
  camera: z.string().max(LONGEST_TEXT).default(''),
  /** JSON file that the fields of this calibration are looked up in; null = all values are given here. */
  file: pattern.nullable().default(null),
  model: z.enum(['pinhole', 'fisheye']).default('pinhole'),
  /** 3x3 or 3x4; takes the place of fx to cy. */
  matrix: values,
  fx: value,
  fy: value,
  cx: value,
  cy: value,
  /** OpenCV's order. */
  distortion: values,
  /** 4x4 or 3x4 between the lidar's axes, as the vendor has them, and the camera's (right, down, forward). */
  extrinsic: values,
  direction: z.enum(directions).default('camera-from-lidar'),
  unit: lengthUnit,
  width: value,
  height: value,
});
export type CalibrationMapping = z.infer<typeof calibration>;

const poses = z.strictObject({
  files: z.array(pattern).max(MOST_ENTRIES),
  format: z.enum(labelFormats).default('json'),
  encoding: z.enum(textEncodings).default('auto'),
  separator: z.enum([',', ';', '\t', '|']).nullable().default(null),
  header: z.boolean().default(true),
  list: z.string().max(LONGEST_TEXT).default(''),
  scene: field,
  frame: field,
  timestamp: field,
  position: point.prefault({}),
  rotation: rotation.prefault({}),
  /** A 4x4 or 3x4 world-from-vehicle; takes the place of position and rotation. */
  matrix: field,
  unit: lengthUnit,
  axes: z.enum(axesNames).default('x-forward-y-left-z-up'),
});
export type PoseMapping = z.infer<typeof poses>;

export const mappingSchema = z.strictObject({
  assayMapping: z.literal(mappingVersion),
  name: z.string().max(LONGEST_TEXT).default(''),
  labels: labels.prefault({}),
  fields: fields.prefault({}),
  /** What of a row was not read for its meaning stays with the label as attributes. */
  keepRest: z.boolean().default(true),
  unit: lengthUnit,
  /** What the centre means: the middle of the cuboid, or the middle of its underside. */
  origin: z.enum(origins).default('center'),
  axes: z.enum(axesNames).default('x-forward-y-left-z-up'),
  /** Labels are given around the sensor of their frame, or in a world that `poses` connects with it. */
  labelsIn: z.enum(['frame', 'world']).default('frame'),
  /** Places the labels, in the vendor's axes and metres, among the points; takes the place of the turn that `axes` means. */
  spaceFromLabels: matrix.nullable().default(null),
  /** The vendor's class names to one's own; null = not a label. What is not listed keeps its name. */
  classes: z
    .record(z.string(), z.string().max(LONGEST_TEXT).nullable())
    .default({})
    .refine((names) => Object.keys(names).length <= MOST_CLASSES),
  lidars: z.array(lidar).max(MOST_ENTRIES).default([]),
  images: z.array(image).max(MOST_ENTRIES).default([]),
  calibrations: z.array(calibration).max(MOST_ENTRIES).default([]),
  poses: poses.nullable().default(null),
});
export type Mapping = z.infer<typeof mappingSchema>;
/** How the files of rows are written, be they labels or poses. */
export type RowFormat = Pick<PoseMapping, 'format' | 'encoding' | 'separator' | 'header' | 'list'>;

/** A mapping that says nothing yet. */
export const emptyMapping: Mapping = mappingSchema.parse({ assayMapping: mappingVersion });

/** More is not read: a mapping is written by hand. */
const LARGEST_MAPPING = 1_000_000;

export type MappingReading =
  | { readonly ok: true; readonly mapping: Mapping; readonly problems: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };

type Issue = z.core.$ZodIssue;

function expectation(issue: Issue): string {
  if (issue.code === 'invalid_value') return issue.values.map(String).join(' | ');
  if (issue.code === 'invalid_type') return issue.expected;
  if (issue.code === 'too_big') return `<= ${issue.maximum}`;
  if (issue.code === 'too_small') return `>= ${issue.minimum}`;
  if (issue.code === 'custom') return issue.message;
  return issue.code === 'invalid_union' ? 'number | number[] | field' : issue.code;
}

function problemsOf(issue: Issue, path: string): Problem[] {
  const place = `/${issue.path.map(String).join('/')}`;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => {
      const at = `${place === '/' ? '' : place}/${key}`;
      return { code: 'mapping-key-unknown', severity: 'error', path, place: at, params: { key } };
    });
  }
  const params = { expected: expectation(issue) };
  return [{ code: 'mapping-value-bad', severity: 'error', path, place, params }];
}

/** What is needed before anything can be shown; a mapping without it is being written still. */
function gapsOf({ labels: { files }, fields, poses: posesOf, labelsIn }: Mapping, path: string): Problem[] {
  const gaps: string[] = [];
  if (files.length === 0) gaps.push('/labels/files');
  const { center, size, rotation: turn, box } = fields;
  const has3d = Object.values(center).some((at) => at !== null);
  if (!has3d && !box.values.some((at) => at !== null)) gaps.push('/fields/center');
  if (has3d) {
    for (const axis of ['x', 'y', 'z'] as const)
      if (center[axis] === null) gaps.push(`/fields/center/${axis}`);
    for (const side of ['length', 'width', 'height'] as const) {
      if (size[side] === null) gaps.push(`/fields/size/${side}`);
    }
    gaps.push(...gapsOfRotation(turn, '/fields/rotation'));
  }
  if (labelsIn === 'world' && posesOf === null) gaps.push('/poses');
  if (posesOf !== null && posesOf.matrix === null)
    gaps.push(...gapsOfRotation(posesOf.rotation, '/poses/rotation'));
  return gaps.map((place) => ({
    code: 'mapping-field-needed',
    severity: 'error',
    path,
    place,
    params: { field: place },
  }));
}

function gapsOfRotation(turn: RotationMapping, at: string): string[] {
  const needed = {
    none: [],
    yaw: ['yaw'],
    euler: ['x', 'y', 'z'],
    quaternion: ['x', 'y', 'z', 'w'],
  } as const;
  return needed[turn.kind].filter((part) => turn[part] === null).map((part) => `${at}/${part}`);
}

/**
 * Reads a mapping's text. Every wrong thing is one problem whose place is its JSON pointer; a document that is whole in
 * its form but says too little (`mapping-field-needed`) is a mapping all the same. `path`: the file, for problems.
 */
export function readMapping(text: string, path = ''): MappingReading {
  if (text.length > LARGEST_MAPPING) {
    const params = { bytes: LARGEST_MAPPING };
    return { ok: false, problems: [{ code: 'mapping-too-large', severity: 'error', path, params }] };
  }
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { ok: false, problems: [{ code: 'mapping-not-json', severity: 'error', path }] };
  }
  const parsed = mappingSchema.safeParse(json);
  if (parsed.success) return { ok: true, mapping: parsed.data, problems: gapsOf(parsed.data, path) };
  return { ok: false, problems: parsed.error.issues.flatMap((issue) => problemsOf(issue, path)) };
}

/** The document as a file holds it: what says nothing is left out, but for a class that is no label. */
export function mappingText({ classes, ...mapping }: Mapping): string {
  const said = JSON.parse(
    JSON.stringify(mapping, (_, held: unknown) => (held === null ? undefined : held)),
  ) as object;
  return `${JSON.stringify({ ...said, classes }, null, 2)}\n`;
}

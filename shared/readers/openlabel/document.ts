/**
 * An OpenLABEL 1.0 document taken apart into maps, tolerantly: a wrong value costs that value. What OpenLABEL means
 * by each part is described in the ASAM OpenLABEL 1.0.0 standard; field names below are its own.
 */
import type { Problem } from '../../base/problem.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asList, asNumber, asRecord, asText, entriesOf } from '../jsonValues.ts';
import { isCloudPath, isImagePath } from '../paths.ts';
import { transformFrom } from './transforms.ts';

export interface CoordinateSystem {
  readonly type: string;
  /** '' for a root. */
  readonly parent: string;
  /** Null where the file gives no pose. */
  readonly parentFromThis: Mat4 | null;
}

export type StreamKind = 'camera' | 'lidar' | 'other';

export interface Stream {
  readonly kind: StreamKind;
  readonly uri: string;
  readonly properties: JsonRecord;
}

/** First and last frame, both included. */
export type Interval = readonly [start: number, end: number];

export interface ObjectDeclaration {
  readonly type: string;
  readonly coordinateSystem: string | null;
  /** Inclusive ranges; empty = the object is there in every frame. */
  readonly intervals: readonly Interval[];
  readonly data: JsonRecord | null;
}

export interface DocumentFrame {
  readonly key: string;
  readonly number: number;
  readonly properties: JsonRecord;
  readonly objects: ReadonlyMap<string, JsonRecord>;
}

export interface OpenlabelDocument {
  readonly coordinateSystems: ReadonlyMap<string, CoordinateSystem>;
  readonly streams: ReadonlyMap<string, Stream>;
  readonly objects: ReadonlyMap<string, ObjectDeclaration>;
  /** In playing order. */
  readonly frames: readonly DocumentFrame[];
  readonly problems: readonly Problem[];
}

const KNOWN_VERSION = '1.0.0';

/** The record under the root key, or null when this is another kind of JSON. */
export function openlabelRoot(json: unknown): JsonRecord | null {
  return asRecord(asRecord(json)?.openlabel);
}

function readSystems(root: JsonRecord, path: string, problems: Problem[]): Map<string, CoordinateSystem> {
  const systems = new Map<string, CoordinateSystem>();
  for (const [name, value] of entriesOf(root.coordinate_systems)) {
    const record = asRecord(value);
    const pose = transformFrom(record?.pose_wrt_parent);
    if (pose === 'bad') {
      const place = `/openlabel/coordinate_systems/${name}/pose_wrt_parent`;
      problems.push({ code: 'openlabel-transform-bad', severity: 'error', path, place });
    }
    systems.set(name, {
      type: asText(record?.type) ?? '',
      parent: asText(record?.parent) ?? '',
      parentFromThis: pose === 'bad' ? null : pose,
    });
  }
  return systems;
}

/** Producers leave the type out or write `other`: the file's extension or a lens then says what it is. */
function kindOf(type: string, uri: string, properties: JsonRecord): StreamKind {
  if (type === 'camera' || type === 'lidar') return type;
  if (type !== '' && type !== 'other') return 'other';
  if (Object.keys(properties).some((key) => key.startsWith('intrinsics'))) return 'camera';
  if (isImagePath(uri)) return 'camera';
  return isCloudPath(uri) ? 'lidar' : 'other';
}

function readStreams(root: JsonRecord): Map<string, Stream> {
  const streams = new Map<string, Stream>();
  for (const [name, value] of entriesOf(root.streams)) {
    const record = asRecord(value);
    const uri = asText(record?.uri) ?? '';
    const properties = asRecord(record?.stream_properties) ?? {};
    const kind = kindOf((asText(record?.type) ?? '').toLowerCase(), uri, properties);
    streams.set(name, { kind, uri, properties });
  }
  return streams;
}

export function readIntervals(value: unknown): Interval[] {
  const intervals: Interval[] = [];
  for (const item of asList(value)) {
    const record = asRecord(item);
    const start = asNumber(record?.frame_start);
    const end = asNumber(record?.frame_end);
    if (start !== null && end !== null) intervals.push([start, end]);
  }
  return intervals;
}

function readObjects(root: JsonRecord): Map<string, ObjectDeclaration> {
  const objects = new Map<string, ObjectDeclaration>();
  for (const [uid, value] of entriesOf(root.objects)) {
    const record = asRecord(value);
    objects.set(uid, {
      type: asText(record?.type) ?? '',
      coordinateSystem: asText(record?.coordinate_system),
      intervals: readIntervals(record?.frame_intervals),
      data: asRecord(record?.object_data),
    });
  }
  return objects;
}

function readFrames(root: JsonRecord, path: string, problems: Problem[]): DocumentFrame[] {
  const frames: DocumentFrame[] = [];
  if (root.frames !== undefined && !asRecord(root.frames)) {
    problems.push({ code: 'openlabel-frame-bad', severity: 'error', path, place: '/openlabel/frames' });
  }
  for (const [key, value] of entriesOf(root.frames)) {
    const record = asRecord(value);
    if (!/^-?\d{1,15}$/.test(key) || !record) {
      const place = `/openlabel/frames/${key}`;
      problems.push({ code: 'openlabel-frame-bad', severity: 'error', path, place });
      continue;
    }
    const objects = new Map<string, JsonRecord>();
    for (const [uid, object] of entriesOf(record.objects)) {
      const data = asRecord(asRecord(object)?.object_data);
      objects.set(uid, data ?? {});
    }
    const properties = asRecord(record.frame_properties) ?? {};
    frames.push({ key, number: Number(key), properties, objects });
  }
  return frames.sort((a, b) => a.number - b.number);
}

/** A document without frames but with objects describes one instant: a single picture or cloud. */
const ONLY_FRAME: DocumentFrame = { key: '0', number: 0, properties: {}, objects: new Map() };

/** `root` is the record under the `openlabel` key. Never fails: problems say what was left out. */
export function readDocument(root: JsonRecord, path: string): OpenlabelDocument {
  const problems: Problem[] = [];
  const version = asText(asRecord(root.metadata)?.schema_version) ?? '';
  if (version !== KNOWN_VERSION) {
    const params = { version, known: KNOWN_VERSION };
    problems.push({ code: 'openlabel-version', severity: 'warning', path, params });
  }
  const objects = readObjects(root);
  const frames = readFrames(root, path, problems);
  return {
    coordinateSystems: readSystems(root, path, problems),
    streams: readStreams(root),
    objects,
    frames: frames.length === 0 && objects.size > 0 ? [ONLY_FRAME] : frames,
    problems,
  };
}

/**
 * Whole numbers of 16 and more digits under `timestamp` as strings, since a double would round them: nanoseconds
 * since 1970 have 19. Escaped quotes keep text that merely mentions the key out of this.
 */
export function keepLongTimestamps(text: string): string {
  return text.replace(/("timestamp"\s*:\s*)(-?\d{16,20})(?=\s*[,}\]])/g, '$1"$2"');
}

/**
 * Opens an index file: columns are views over its bytes, nothing is copied, and frames are parsed scene by scene when
 * they are asked for. Everything in it is checked before it is believed, since a wrong offset or row number would
 * otherwise surface far away from here.
 */
import type { z } from '../../base/door.ts';
import type { Problem, Result } from '../../base/problem.ts';
import { done, failed, ProblemError } from '../../base/problem.ts';
import type { Frame } from '../../model/delivery.ts';
import type { Box2dColumns, CuboidColumns, DeliveryIndex, LabelTable } from '../../model/labels.ts';
import { NO_LINK, NO_TRACK } from '../../model/labels.ts';
import { ByteStrings } from '../byteStrings.ts';
import { LazyFrames } from '../lazyFrames.ts';
import type { IndexHeader, LabelPlaces, Place, TablePlaces } from './header.ts';
import {
  attributeSetsSchema,
  indexHeaderSchema,
  namesSchema,
  shapesSchema,
  storedFramesSchema,
} from './header.ts';
import {
  box2dLayout,
  COLUMN_ALIGNMENT,
  cuboidLayout,
  INDEX_MAGIC,
  INDEX_PREFIX_BYTES,
  INDEX_TRAILER_BYTES,
  INDEX_VERSION,
} from './layout.ts';

/** Thrown inside this file only: the doors below turn it into a problem. */
class Damaged extends Error {}

function insist(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Damaged(what);
}

/** The file, and where its blocks end. `isChecked`: another thread has read it whole already and vouches for it. */
interface Bytes {
  readonly file: Uint8Array;
  readonly blocksEnd: number;
  readonly isChecked: boolean;
}

type ColumnType<Array> = { new (buffer: ArrayBufferLike, offset: number, length: number): Array } & {
  readonly BYTES_PER_ELEMENT: number;
};

function view<Array>(
  { file, blocksEnd }: Bytes,
  place: Place | undefined,
  type: ColumnType<Array>,
  length: number,
) {
  insist(place !== undefined && place.bytes === length * type.BYTES_PER_ELEMENT, 'column length');
  const start = INDEX_PREFIX_BYTES + place.offset;
  insist(start % COLUMN_ALIGNMENT === 0 && start + place.bytes <= blocksEnd, 'column place');
  return new type(file.buffer, file.byteOffset + start, length);
}

function json<Value>(bytes: Bytes, place: Place, schema: z.ZodType<Value>, what: string): Value {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
    view(bytes, place, Uint8Array, place.bytes),
  );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Damaged(`${what} text`);
  }
  // What another thread of ours has checked is of this shape.
  if (bytes.isChecked) return value as Value;
  const parsed = schema.safeParse(value);
  insist(parsed.success, parsed.success ? '' : `${what} ${parsed.error.issues[0]?.path.join('/') ?? ''}`);
  return parsed.data;
}

function everyBelow(column: Uint8Array | Uint16Array | Uint32Array, limit: number, exception = -1): boolean {
  for (let i = 0; i < column.length; i++) {
    if (column[i]! >= limit && column[i] !== exception) return false;
  }
  return true;
}

/** Row ranges ascend from 0 to `count`, and every row's frame is the one whose range it lies in. */
function areFramesSorted(frame: Uint32Array, frameStart: Uint32Array): boolean {
  if (frameStart[0] !== 0 || frameStart.at(-1) !== frame.length) return false;
  for (let i = 0; i + 1 < frameStart.length; i++) {
    if (frameStart[i + 1]! < frameStart[i]!) return false;
    for (let row = frameStart[i]!; row < frameStart[i + 1]!; row++) if (frame[row] !== i) return false;
  }
  return true;
}

function strings(bytes: Bytes, text: Place, endsPlace: Place, count: number): ByteStrings {
  const ends = view(bytes, endsPlace, Uint32Array, count);
  let before = 0;
  for (let row = 0; row < (bytes.isChecked ? 0 : count); row++) {
    insist(ends[row]! >= before, 'string ends');
    before = ends[row]!;
  }
  insist(count === 0 || ends[count - 1]! <= text.bytes, 'string ends');
  return new ByteStrings(view(bytes, text, Uint8Array, text.bytes), ends);
}

type Names = Pick<LabelTable, 'classes' | 'tracks' | 'attributeSets'>;

function commonColumns(bytes: Bytes, header: IndexHeader, names: Names, places: TablePlaces) {
  const { count, columns } = places;
  const common = {
    count,
    frame: view(bytes, columns.frame, Uint32Array, count),
    frameStart: view(bytes, places.frameStart, Uint32Array, header.frames + 1),
    classIndex: view(bytes, columns.classIndex, Uint16Array, count),
    track: view(bytes, columns.track, Uint32Array, count),
    attributes: view(bytes, columns.attributes, Uint32Array, count),
    id: strings(bytes, places.idText, places.idEnds, count),
  };
  if (bytes.isChecked) return common;
  insist(areFramesSorted(common.frame, common.frameStart), 'frame order');
  insist(everyBelow(common.classIndex, names.classes.length), 'class numbers');
  insist(everyBelow(common.track, names.tracks.length, NO_TRACK), 'track numbers');
  insist(everyBelow(common.attributes, names.attributeSets.length), 'attribute numbers');
  return common;
}

function readCuboids(bytes: Bytes, header: IndexHeader, names: Names, places: TablePlaces): CuboidColumns {
  const { count, columns } = places;
  const numbers = (name: 'center' | 'size' | 'rotation') =>
    view(bytes, columns[name], Float64Array, count * cuboidLayout[name].width);
  return {
    ...commonColumns(bytes, header, names, places),
    center: numbers('center'),
    size: numbers('size'),
    rotation: numbers('rotation'),
    flags: view(bytes, columns.flags, Uint8Array, count),
    statedPoints: view(bytes, columns.statedPoints, Int32Array, count),
  };
}

function readBoxes(bytes: Bytes, header: IndexHeader, names: Names, places: LabelPlaces): Box2dColumns {
  const { count, columns } = places.boxes2d;
  const cuboid = view(bytes, columns.cuboid, Int32Array, count);
  const camera = view(bytes, columns.camera, Uint16Array, count);
  if (!bytes.isChecked) {
    const { cuboids } = places;
    insist(
      cuboid.every((row) => row >= NO_LINK && row < cuboids.count),
      'cuboid links',
    );
    insist(everyBelow(camera, header.delivery.cameras.length), 'camera numbers');
  }
  return {
    ...commonColumns(bytes, header, names, places.boxes2d),
    camera,
    ltrb: view(bytes, columns.ltrb, Float64Array, count * box2dLayout.ltrb.width),
    cuboid,
  };
}

function readLabels(bytes: Bytes, header: IndexHeader, places: LabelPlaces): LabelTable {
  const names = {
    classes: places.classes,
    tracks: json(bytes, places.tracks, namesSchema, 'tracks'),
    attributeSets: json(bytes, places.attributeSets, attributeSetsSchema, 'attributes'),
  };
  const shapes = json(bytes, places.shapes, shapesSchema, 'shapes');
  const cameras = header.delivery.cameras.length;
  insist(
    shapes.every(({ frame, camera }) => frame < header.frames && (camera ?? -1) < cameras),
    'shapes',
  );
  return {
    ...names,
    cuboids: readCuboids(bytes, header, names, places.cuboids),
    boxes2d: readBoxes(bytes, header, names, places),
    shapes,
  };
}

/** Scenes cover the frames without gaps, and calibrations name cameras that exist. */
function insistOnWholeDelivery({ delivery, frames, frameTexts }: IndexHeader): void {
  let next = 0;
  for (const { frameStart, frameCount } of delivery.scenes) {
    insist(frameStart === next && frameStart + frameCount <= frames, 'scene ranges');
    next += frameCount;
  }
  insist(next === frames && frameTexts.length === delivery.scenes.length, 'scene ranges');
  insist(
    delivery.calibrations.every(({ camera }) => camera < delivery.cameras.length),
    'calibration cameras',
  );
}

function readScene(bytes: Bytes, header: IndexHeader, scene: number): Frame[] {
  const { cameras, calibrations, scenes } = header.delivery;
  const stored = json(bytes, header.frameTexts[scene]!, storedFramesSchema, `scene ${scene}`);
  insist(stored.length === scenes[scene]!.frameCount, 'scene ranges');
  for (const { camera, calibration } of stored.flatMap(({ images }) => images)) {
    insist(camera < cameras.length && calibration < calibrations.length, 'image numbers');
  }
  return stored.map((frame, index) => ({ ...frame, scene, index }));
}

function damaged(error: unknown, path: string): Problem {
  // Nesting beyond the stack ends in a RangeError: no text that was written here has any.
  if (!(error instanceof Damaged || error instanceof RangeError)) throw error;
  return { code: 'index-damaged', severity: 'error', path, params: { part: error.message } };
}

function readAligned(file: Uint8Array, path: string, isChecked: boolean): DeliveryIndex {
  insist(file.length >= INDEX_PREFIX_BYTES + INDEX_TRAILER_BYTES, 'length');
  const trailerStart = file.length - INDEX_TRAILER_BYTES;
  const trailer = new DataView(file.buffer, file.byteOffset + trailerStart, INDEX_TRAILER_BYTES);
  const headerStart = Number(trailer.getBigUint64(0, true));
  const headerBytes = trailer.getUint32(8, true);
  insist(headerStart >= INDEX_PREFIX_BYTES && headerStart + headerBytes === trailerStart, 'header place');
  const bytes = { file, blocksEnd: trailerStart, isChecked };
  const place = { offset: headerStart - INDEX_PREFIX_BYTES, bytes: headerBytes };
  const header = json<IndexHeader>(bytes, place, indexHeaderSchema, 'header');
  insistOnWholeDelivery(header);
  const { delivery, problems, source, others } = header;
  const frames = new LazyFrames(delivery.scenes, (scene) => {
    try {
      return readScene(bytes, header, scene);
    } catch (error) {
      throw new ProblemError(damaged(error, path));
    }
  });
  const frameIds = strings(bytes, header.frameIdText, header.frameIdEnds, header.frames);
  return {
    delivery: { ...delivery, frames, frameIds },
    problems,
    source,
    labels: readLabels(bytes, header, header.labels),
    others: others.map(({ labels, ...other }) => ({ ...other, labels: readLabels(bytes, header, labels) })),
  };
}

/** A copy only where the bytes do not start at a multiple of 8 in their buffer: the columns need that. */
function alignedBytes(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % COLUMN_ALIGNMENT === 0 ? bytes : bytes.slice();
}

/**
 * Reads what `writeIndexFile` wrote. Fails with `index-foreign` (not an index file), `index-newer` (written by a later
 * version of Assay: index the delivery again) or `index-damaged` (says which part). A scene whose frames are damaged
 * throws ProblemError `index-damaged` when it is asked for. `isChecked`: these very bytes were read once without it.
 */
export function readIndexFile(bytes: Uint8Array, path = '', isChecked = false): Result<DeliveryIndex> {
  const magic = new TextDecoder('latin1').decode(bytes.subarray(0, INDEX_MAGIC.length));
  if (bytes.length < INDEX_PREFIX_BYTES || magic !== INDEX_MAGIC) {
    return failed({ code: 'index-foreign', severity: 'error', path });
  }
  const version = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
  if (version > INDEX_VERSION) {
    const params = { version, known: INDEX_VERSION };
    return failed({ code: 'index-newer', severity: 'error', path, params });
  }
  try {
    insist(version === INDEX_VERSION, 'version');
    return done(readAligned(alignedBytes(bytes), path, isChecked));
  } catch (error) {
    return failed(damaged(error, path));
  }
}

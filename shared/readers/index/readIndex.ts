/**
 * Opens an index file: columns are views over its bytes, nothing is copied. Everything in it is checked before it is
 * believed, since a wrong offset or row number would otherwise surface far away from here.
 */
import type { Result } from '../../base/problem.ts';
import { done, failed } from '../../base/problem.ts';
import type { Box2dColumns, CuboidColumns, DeliveryIndex } from '../../model/labels.ts';
import { NO_LINK, NO_TRACK } from '../../model/labels.ts';
import type { IndexHeader, Place, TablePlaces } from './header.ts';
import { indexHeaderSchema } from './header.ts';
import {
  aligned,
  box2dLayout,
  COLUMN_ALIGNMENT,
  cuboidLayout,
  INDEX_MAGIC,
  INDEX_PREFIX_BYTES,
  INDEX_VERSION,
} from './layout.ts';

/** Thrown inside this file only: the door below turns it into a problem. */
class Damaged extends Error {}

function insist(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Damaged(what);
}

interface Bytes {
  readonly file: Uint8Array;
  readonly columnsStart: number;
}

type ColumnType<Array> = { new (buffer: ArrayBufferLike, offset: number, length: number): Array } & {
  readonly BYTES_PER_ELEMENT: number;
};

function view<Array>(
  { file, columnsStart }: Bytes,
  place: Place | undefined,
  type: ColumnType<Array>,
  length: number,
) {
  insist(place !== undefined && place.bytes === length * type.BYTES_PER_ELEMENT, 'column length');
  const start = columnsStart + place.offset;
  insist(start % COLUMN_ALIGNMENT === 0 && start + place.bytes <= file.length, 'column place');
  return new type(file.buffer, file.byteOffset + start, length);
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

function readIds(bytes: Bytes, places: TablePlaces): string[] {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const text = decoder.decode(view(bytes, places.idText, Uint8Array, places.idText.bytes));
  const ends = view(bytes, places.idEnds, Uint32Array, places.count);
  const ids: string[] = new Array(places.count);
  let start = 0;
  for (let row = 0; row < places.count; row++) {
    const end = ends[row]!;
    insist(end >= start && end <= text.length, 'label ids');
    ids[row] = text.slice(start, end);
    start = end;
  }
  return ids;
}

function commonColumns(bytes: Bytes, header: IndexHeader, places: TablePlaces) {
  const { count, columns } = places;
  const common = {
    count,
    frame: view(bytes, columns.frame, Uint32Array, count),
    frameStart: view(bytes, places.frameStart, Uint32Array, header.delivery.frames.length + 1),
    classIndex: view(bytes, columns.classIndex, Uint16Array, count),
    track: view(bytes, columns.track, Uint32Array, count),
    attributes: view(bytes, columns.attributes, Uint32Array, count),
    id: readIds(bytes, places),
  };
  insist(areFramesSorted(common.frame, common.frameStart), 'frame order');
  insist(everyBelow(common.classIndex, header.classes.length), 'class numbers');
  insist(everyBelow(common.track, header.tracks.length, NO_TRACK), 'track numbers');
  insist(everyBelow(common.attributes, header.attributeSets.length), 'attribute numbers');
  return common;
}

function readCuboids(bytes: Bytes, header: IndexHeader): CuboidColumns {
  const { count, columns } = header.cuboids;
  const numbers = (name: 'center' | 'size' | 'rotation') =>
    view(bytes, columns[name], Float64Array, count * cuboidLayout[name].width);
  return {
    ...commonColumns(bytes, header, header.cuboids),
    center: numbers('center'),
    size: numbers('size'),
    rotation: numbers('rotation'),
    flags: view(bytes, columns.flags, Uint8Array, count),
  };
}

function readBoxes(bytes: Bytes, header: IndexHeader): Box2dColumns {
  const { count, columns } = header.boxes2d;
  const cuboid = view(bytes, columns.cuboid, Int32Array, count);
  const camera = view(bytes, columns.camera, Uint16Array, count);
  insist(
    cuboid.every((row) => row >= NO_LINK && row < header.cuboids.count),
    'cuboid links',
  );
  insist(everyBelow(camera, header.delivery.cameras.length), 'camera numbers');
  return {
    ...commonColumns(bytes, header, header.boxes2d),
    camera,
    ltrb: view(bytes, columns.ltrb, Float64Array, count * box2dLayout.ltrb.width),
    cuboid,
  };
}

/** Indices inside the delivery part point at things that exist, and scenes cover the frames without gaps. */
function insistOnWholeDelivery({ delivery }: IndexHeader): void {
  const { scenes, frames, cameras, calibrations } = delivery;
  let next = 0;
  for (const [scene, { frameStart, frameCount }] of scenes.entries()) {
    insist(frameStart === next && frameStart + frameCount <= frames.length, 'scene ranges');
    next += frameCount;
    for (let i = frameStart; i < next; i++) insist(frames.at(i)!.scene === scene, 'scene numbers');
  }
  insist(next === frames.length, 'scene ranges');
  insist(
    calibrations.every(({ camera }) => camera < cameras.length),
    'calibration cameras',
  );
  for (const { images } of frames) {
    for (const { camera, calibration } of images) {
      insist(camera < cameras.length && calibration < calibrations.length, 'image numbers');
    }
  }
}

function readAligned(file: Uint8Array): DeliveryIndex {
  const prefix = new DataView(file.buffer, file.byteOffset, INDEX_PREFIX_BYTES);
  const headerEnd = INDEX_PREFIX_BYTES + prefix.getUint32(12, true);
  insist(headerEnd <= file.length, 'header length');
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8').decode(file.subarray(INDEX_PREFIX_BYTES, headerEnd)));
  } catch {
    throw new Damaged('header text');
  }
  const parsed = indexHeaderSchema.safeParse(json);
  insist(parsed.success, parsed.success ? '' : `header ${parsed.error.issues[0]?.path.join('/') ?? ''}`);
  const header = parsed.data;
  insistOnWholeDelivery(header);
  const bytes = { file, columnsStart: aligned(headerEnd) };
  const { delivery, problems, classes, tracks, attributeSets } = header;
  const cuboids = readCuboids(bytes, header);
  return {
    delivery,
    problems,
    labels: { classes, tracks, attributeSets, cuboids, boxes2d: readBoxes(bytes, header) },
  };
}

/** A copy only where the bytes do not start at a multiple of 8 in their buffer: the columns need that. */
function alignedBytes(bytes: Uint8Array): Uint8Array {
  return bytes.byteOffset % COLUMN_ALIGNMENT === 0 ? bytes : bytes.slice();
}

/**
 * Reads what `writeIndexFile` wrote. Fails with `index-foreign` (not an index file), `index-newer` (written by a later
 * version of Assay: index the delivery again) or `index-damaged` (says which part).
 */
export function readIndexFile(bytes: Uint8Array, path = ''): Result<DeliveryIndex> {
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
    return done(readAligned(alignedBytes(bytes)));
  } catch (error) {
    // Nesting beyond the stack ends in a RangeError: no header that was written here has any.
    if (!(error instanceof Damaged || error instanceof RangeError)) throw error;
    return failed({ code: 'index-damaged', severity: 'error', path, params: { part: error.message } });
  }
}

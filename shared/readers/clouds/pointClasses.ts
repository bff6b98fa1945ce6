/** Classes and instances of single points, in the order of a sweep's points, out of the files that hold them. */
import { unzipSync } from 'fflate';
import type { ByteSource } from '../../base/bytes.ts';
import type { Result } from '../../base/problem.ts';
import { done, failed, ProblemError } from '../../base/problem.ts';
import type { PointClassRef, SweepRef } from '../../model/delivery.ts';
import type { CarrierTools } from './carrier.ts';

export interface PointClasses {
  /** A value of `Delivery.pointClasses` for every point. */
  readonly classes: Uint16Array;
  /** Which object of its class a point belongs to; 0 = none. Only where the format tells. */
  readonly instances?: Uint16Array;
}

const WIDTH = { uint8: 1, uint16: 2, uint32: 4 } as const;

function problem(code: string, path: string, params: Record<string, string | number> = {}) {
  return failed<PointClasses>({ code, severity: 'error', path, params });
}

/** Whole little-endian numbers, one a point. */
function plain(
  bytes: Uint8Array,
  encoding: keyof typeof WIDTH,
  count: number,
  path: string,
): Result<PointClasses> {
  const width = WIDTH[encoding];
  if (bytes.length !== count * width) {
    return problem('point-classes-count', path, { found: Math.floor(bytes.length / width), points: count });
  }
  if (encoding === 'uint8') return done({ classes: Uint16Array.from(bytes) });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const classes = new Uint16Array(count);
  if (encoding === 'uint16') {
    for (let i = 0; i < count; i++) classes[i] = view.getUint16(2 * i, true);
    return done({ classes });
  }
  // SemanticKITTI: the class in the low half, the instance in the high one.
  const instances = new Uint16Array(count);
  for (let i = 0; i < count; i++) {
    classes[i] = view.getUint16(4 * i, true);
    instances[i] = view.getUint16(4 * i + 2, true);
  }
  return done({ classes, instances });
}

/** nuScenes panoptic: one number of class times this, plus instance. */
const PANOPTIC_BASE = 1000;
/** Nothing but the header of an array: its longest is 64 KiB. */
const NPY_HEADER_MOST = 65_536 + 12;
const ARRAY_TYPE = /'descr':\s*'[<|]u([124])'/;

/** The values of a one-dimensional array of unsigned numbers. Null where it is anything else. */
function npyValues(bytes: Uint8Array): { width: 1 | 2 | 4; body: Uint8Array } | null {
  const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];
  if (bytes.length < 12 || magic.some((byte, i) => bytes[i] !== byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isOld = bytes[6] === 1;
  const start = (isOld ? 10 : 12) + (isOld ? view.getUint16(8, true) : view.getUint32(8, true));
  if (start > NPY_HEADER_MOST || start > bytes.length) return null;
  const header = new TextDecoder().decode(bytes.subarray(isOld ? 10 : 12, start));
  const width = Number(ARRAY_TYPE.exec(header)?.[1] ?? 0);
  const isOne = width === 1 || width === 2 || width === 4;
  return isOne && /'fortran_order':\s*False/.test(header) ? { width, body: bytes.subarray(start) } : null;
}

function panoptic(bytes: Uint8Array, count: number, path: string): Result<PointClasses> {
  const array = npyValues(bytes);
  if (!array) return problem('point-classes-bad', path);
  const { width, body } = array;
  if (body.length !== count * width) {
    return problem('point-classes-count', path, { found: Math.floor(body.length / width), points: count });
  }
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength);
  const classes = new Uint16Array(count);
  const instances = new Uint16Array(count);
  for (let i = 0; i < count; i++) {
    const value =
      width === 1 ? body[i]! : width === 2 ? view.getUint16(2 * i, true) : view.getUint32(4 * i, true);
    classes[i] = Math.floor(value / PANOPTIC_BASE);
    instances[i] = value % PANOPTIC_BASE;
  }
  return done({ classes, instances });
}

/** An `.npz` is a zip of arrays. Only the first is unpacked, and only where it is no larger than the points allow. */
function npz(bytes: Uint8Array, count: number, path: string): Result<PointClasses> {
  const most = NPY_HEADER_MOST + 4 * count;
  let isTaken = false;
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (isTaken || !name.endsWith('.npy') || originalSize > most) return false;
        isTaken = true;
        return true;
      },
    });
    const [array] = Object.values(files);
    return array && array.length <= most ? panoptic(array, count, path) : problem('point-classes-bad', path);
  } catch {
    // The library throws errors of its own on every kind of damage.
    return problem('point-classes-bad', path);
  }
}

/** PandaSet: a data frame with a row for every point of the sweep's file, of which the sweep may be a part. */
async function pandas(
  ref: PointClassRef,
  count: number,
  open: CarrierTools['open'],
  sweep: SweepRef | null,
): Promise<Result<PointClasses>> {
  // Loaded when one is met: no other format needs a decoder of data frames for its classes.
  const { readPandasClasses } = await import('../pandaset/pandasSweep.ts');
  const whole = { ...ref, lidar: '', encoding: 'pandas' } as const;
  const values = await readPandasClasses(sweep ?? whole, ref, open);
  if (!values.ok) return values;
  const found = values.value.length;
  if (found !== count) return problem('point-classes-count', ref.path, { found, points: count });
  return done({ classes: Uint16Array.from(values.value) });
}

/** No class file is larger than sixteen bytes a point, packed or not. */
async function wholeFile(source: ByteSource, count: number): Promise<Uint8Array | null> {
  if (source.length > NPY_HEADER_MOST + 16 * count) return null;
  return source.slice(0, source.length);
}

/**
 * The class of each of the `count` points of a sweep, also points that are not finite. Fails with
 * `point-classes-count` where the file is about another number of points, `point-classes-bad` where it is damaged, and
 * what opening it fails with. `sweep`: whose points they are, needed where several sweeps share one file.
 */
export async function readPointClasses(
  ref: PointClassRef,
  count: number,
  tools: Pick<CarrierTools, 'open'>,
  sweep: SweepRef | null = null,
): Promise<Result<PointClasses>> {
  const { encoding, path } = ref;
  try {
    if (encoding === 'pandas') return await pandas(ref, count, tools.open, sweep);
    const source = await tools.open(ref);
    const bytes = await wholeFile(source, count);
    if (bytes === null) return problem('point-classes-count', path, { found: source.length, points: count });
    if (encoding === 'npz') return npz(bytes, count, path);
    return plain(bytes, encoding, count, path);
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem);
    throw error;
  }
}

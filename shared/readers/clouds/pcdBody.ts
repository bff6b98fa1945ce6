/** The three bodies of a PCD made into a `Sweep`. The body's real length decides how many points there are. */
import type { Problem, Result } from '../../base/problem.ts';
import { done, failed } from '../../base/problem.ts';
import type { Sweep } from '../../model/sweep.ts';
import type { BufferPool } from './bufferPool.ts';
import type { ByteColumn } from './byteColumns.ts';
import { pointFields, sweepFromColumns, sweepFromRows } from './fieldRows.ts';
import { decompressLzf, lzfCapacity } from './lzf.ts';
import { LARGEST_BYTES, unpackLzf } from './lzfWasm.ts';
import type { WantedFields } from './pcdAscii.ts';
import { readAsciiRows } from './pcdAscii.ts';
import type { PcdField, PcdHeader, Viewpoint } from './pcdHeader.ts';
import type { SweepReading } from './sweepRows.ts';
import { sweepFromDoubles } from './sweepRows.ts';

interface Body {
  readonly bytes: Uint8Array;
  readonly header: PcdHeader;
  readonly wanted: WantedFields;
  readonly path: string;
  readonly pool: BufferPool;
  readonly problems: Problem[];
}

/** Points that a binary body of `found` whole rows holds, against what the header says. */
function settleCount(body: Body, found: number): number {
  const { statedPoints, statedGrid } = body.header;
  const { path, problems } = body;
  if (statedPoints !== null && statedGrid !== null && statedPoints !== statedGrid) {
    const params = { points: statedPoints, grid: statedGrid };
    problems.push({ code: 'pcd-size-mismatch', severity: 'warning', path, params });
  }
  const stated = statedGrid === found ? found : (statedPoints ?? statedGrid ?? found);
  const params = { stated, found };
  if (found < stated) problems.push({ code: 'pcd-body-truncated', severity: 'error', path, params });
  if (found > stated && !isZeroPadding(body, stated)) {
    problems.push({ code: 'pcd-body-longer', severity: 'warning', path, params: { stated } });
  }
  return Math.min(found, stated);
}

/** Older writers round a binary file up to whole memory pages with zeros: nothing is lost by leaving them. */
function isZeroPadding({ bytes, header }: Body, points: number): boolean {
  return header.encoding === 'binary' && bytes.subarray(points * header.rowBytes).every((byte) => byte === 0);
}

function binarySweep(body: Body): Sweep {
  const { bytes, header, wanted, pool } = body;
  const count = settleCount(body, Math.floor(bytes.length / header.rowBytes));
  return sweepFromRows(bytes, { ...wanted, rowBytes: header.rowBytes, isBigEndian: false }, count, pool);
}

/** Where the values of a field stand when each field has an array of its own, in field order. */
function columnInArrays(field: PcdField, points: number): ByteColumn {
  const { type, size, count } = field;
  return { type, size, offset: field.offset * points, stride: size * count };
}

/** Whole points among the first `filled` bytes of field arrays: those whose z, the last of the three, was reached. */
function wholePoints(wanted: WantedFields, points: number, filled: number): number {
  const reached = [wanted.x, wanted.y, wanted.z].map((field) => {
    const column = columnInArrays(field, points);
    return Math.floor((filled - column.offset) / column.stride);
  });
  return Math.max(0, Math.min(points, ...reached));
}

/** Field arrays, zero behind what could be unpacked, and the pooled buffer they lie in if they do. */
function unpack(stream: Uint8Array, capacity: number, pool: BufferPool) {
  if (stream.length + capacity <= LARGEST_BYTES) {
    const { bytes: unpacked, filled } = unpackLzf(stream, capacity);
    unpacked.fill(0, filled);
    return { unpacked, filled, scratch: null };
  }
  const scratch = pool.acquire(capacity);
  const unpacked = new Uint8Array(scratch, 0, capacity);
  const filled = decompressLzf(stream, unpacked);
  unpacked.fill(0, filled);
  return { unpacked, filled, scratch };
}

function compressedSweep(body: Body): Result<Sweep> {
  const { bytes, header, wanted, path, pool, problems } = body;
  const broken = (code: string, params: Record<string, number>) =>
    failed({ code, severity: 'error', path, place: `byte ${header.bodyOffset}`, params });
  if (bytes.length < 8) return broken('pcd-compressed-sizes', { compressed: 0, raw: 0, found: bytes.length });
  const sizes = new DataView(bytes.buffer, bytes.byteOffset, 8);
  const [compressed, raw] = [sizes.getUint32(0, true), sizes.getUint32(4, true)];
  const stream = bytes.subarray(8, Math.min(bytes.length, 8 + compressed));
  // The header's word is believed only as far as the stream that is really there could ever unpack to.
  if (raw % header.rowBytes !== 0 || raw > lzfCapacity(compressed)) {
    return broken('pcd-compressed-sizes', { compressed, raw, found: bytes.length - 8 });
  }
  const points = raw / header.rowBytes;
  const capacity = Math.min(raw, lzfCapacity(stream.length));
  const { unpacked, filled, scratch } = unpack(stream, capacity, pool);
  const whole = filled === raw ? points : wholePoints(wanted, points, filled);
  if (filled < raw) {
    problems.push({
      code: 'pcd-compressed-damaged',
      severity: 'error',
      path,
      params: { points, found: whole },
    });
  }
  const count = filled < raw ? whole : settleCount(body, points);
  const hasIntensity = wanted.intensity !== null && reaches(wanted.intensity, points, count, capacity);
  const column = (field: PcdField) => columnInArrays(field, points);
  const columns = { x: column(wanted.x), y: column(wanted.y), z: column(wanted.z) };
  const intensity = hasIntensity ? column(wanted.intensity!) : null;
  const view = new DataView(unpacked.buffer, unpacked.byteOffset, capacity);
  const sweep = sweepFromColumns(view, count, { ...columns, intensity }, pool);
  if (scratch) pool.release(scratch);
  return done(sweep);
}

/** Do the first `count` values of a field array lie within `capacity` bytes? */
function reaches(field: PcdField, points: number, count: number, capacity: number): boolean {
  const column = columnInArrays(field, points);
  return count === 0 || column.offset + (count - 1) * column.stride + column.size <= capacity;
}

function asciiSweep(body: Body): Sweep {
  const { bytes, header, wanted, path, pool } = body;
  const { rows, scratch, problems } = readAsciiRows(bytes, header, wanted, path, pool);
  body.problems.push(...problems);
  const sweep = sweepFromDoubles(rows, pool);
  pool.release(scratch);
  return sweep;
}

function meaningfulViewpoint(viewpoint: Viewpoint | null): Viewpoint | null {
  if (!viewpoint) return null;
  const { translation, rotation } = viewpoint;
  const isIdentity =
    translation.every((value) => value === 0) && rotation.slice(0, 3).every((value) => value === 0);
  return isIdentity ? null : viewpoint;
}

/**
 * Decodes the body that follows `header`. Fails when x, y or z is missing (`pcd-fields-missing`) or the compressed
 * sizes cannot be true (`pcd-compressed-sizes`); shorter bodies give the whole points they hold and a problem.
 */
export function decodePcdBody(
  header: PcdHeader,
  bytes: Uint8Array,
  path: string,
  pool: BufferPool,
): Result<SweepReading> {
  const wanted = pointFields(header.fields.filter((field) => field.count > 0));
  if (!wanted) {
    const fields = header.fields.map((field) => field.name).join(' ');
    return failed({
      code: 'pcd-fields-missing',
      severity: 'error',
      path,
      params: { fields: fields.slice(0, 200) },
    });
  }
  const body: Body = { bytes, header, wanted, path, pool, problems: [...header.problems] };
  const viewpoint = meaningfulViewpoint(header.viewpoint);
  const finish = (sweep: Sweep) => done({ sweep, problems: body.problems, viewpoint });
  if (header.encoding === 'ascii') return finish(asciiSweep(body));
  if (header.encoding === 'binary') return finish(binarySweep(body));
  const sweep = compressedSweep(body);
  return sweep.ok ? finish(sweep.value) : sweep;
}

/** Writes LAS files of every version and point format from plain whole numbers, and LAZ files of ready chunks. */

import { chunkTable } from './lazTable.ts';
import { joinBytes } from './pcdFixture.ts';

/** Stored units, before scale and offset; intensity 0..65535. */
export type LasPoint = readonly [x: number, y: number, z: number, intensity: number];

export interface LasFixture {
  readonly version?: number;
  readonly format?: number;
  readonly points: readonly LasPoint[];
  readonly scale?: readonly [number, number, number];
  readonly offset?: readonly [number, number, number];
  /** Bytes behind those of the format in every point. */
  readonly extraBytes?: number;
  /** Bytes between header and points, e.g. records. */
  readonly between?: Uint8Array;
  readonly records?: number;
  /** States another count than there is. */
  readonly stated?: number;
  readonly compressed?: boolean;
}

const ROW_BYTES = [20, 28, 26, 34, 57, 63, 30, 36, 38, 59, 67];
const HEADER_BYTES = [227, 227, 227, 235, 375];

export function lasRow([x, y, z, intensity]: LasPoint, rowBytes: number): Uint8Array {
  const row = new Uint8Array(rowBytes).fill(0xa5);
  const view = new DataView(row.buffer);
  view.setInt32(0, x, true);
  view.setInt32(4, y, true);
  view.setInt32(8, z, true);
  view.setUint16(12, intensity, true);
  return row;
}

export function rowBytesOf({ format = 0, extraBytes = 0 }: LasFixture): number {
  return ROW_BYTES[format]! + extraBytes;
}

function header(fixture: LasFixture): Uint8Array {
  const { version = 2, format = 0, points, between, records = 0 } = fixture;
  const { scale = [0.01, 0.01, 0.01], offset = [0, 0, 0], stated = points.length } = fixture;
  const bytes = new Uint8Array(HEADER_BYTES[version]!);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode('LASF'));
  bytes[24] = 1;
  bytes[25] = version;
  view.setUint16(94, bytes.length, true);
  view.setUint32(96, bytes.length + (between?.length ?? 0), true);
  view.setUint32(100, records, true);
  bytes[104] = format | (fixture.compressed ? 0x80 : 0);
  view.setUint16(105, rowBytesOf(fixture), true);
  if (version < 4 || format < 6) view.setUint32(107, Math.min(stated, 0xffff_ffff), true);
  for (const axis of [0, 1, 2] as const) {
    view.setFloat64(131 + 8 * axis, scale[axis], true);
    view.setFloat64(155 + 8 * axis, offset[axis], true);
    const values = points.map((point) => point[axis] * scale[axis] + offset[axis]);
    view.setFloat64(
      179 + 16 * axis,
      values.reduce((a, b) => Math.max(a, b), values[0] ?? 0),
      true,
    );
    view.setFloat64(
      187 + 16 * axis,
      values.reduce((a, b) => Math.min(a, b), values[0] ?? 0),
      true,
    );
  }
  if (version === 4) view.setBigUint64(247, BigInt(stated), true);
  return bytes;
}

export function lasFile(fixture: LasFixture): Uint8Array<ArrayBuffer> {
  const rowBytes = rowBytesOf(fixture);
  const rows = new Uint8Array(fixture.points.length * rowBytes);
  for (const [i, point] of fixture.points.entries()) rows.set(lasRow(point, rowBytes), i * rowBytes);
  return joinBytes(header(fixture), fixture.between ?? new Uint8Array(0), rows);
}

/** A variable-length record with its header. */
export function variableRecord(user: string, id: number, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(54 + content.length);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(user), 2);
  view.setUint16(18, id, true);
  view.setUint16(20, content.length, true);
  bytes.set(content, 54);
  return bytes;
}

/** The compressor's record; `chunkPoints` null: every chunk states its own count. */
export function compressorRecord(chunkPoints: number | null, itemBytes: number, itemVersion = 2): Uint8Array {
  const content = new Uint8Array(40);
  const view = new DataView(content.buffer);
  view.setUint16(0, 2, true);
  view.setUint32(12, chunkPoints ?? 0xffff_ffff, true);
  view.setUint16(32, 1, true);
  // Items POINT10 and POINT14, whose versions differ.
  view.setUint16(34, itemVersion === 2 ? 6 : 10, true);
  view.setUint16(36, itemBytes, true);
  view.setUint16(38, itemVersion, true);
  return variableRecord('laszip encoded', 22204, content);
}

export interface LazFixtureChunk {
  readonly points: number;
  readonly bytes: Uint8Array;
}

/** A LAZ file of chunks as they are. `fixture.points` gives the header its bounds and count only. */
export function lazFile(
  fixture: LasFixture,
  chunks: readonly LazFixtureChunk[],
  chunkPoints: number | null,
  moreRecords: readonly Uint8Array[] = [],
): Uint8Array<ArrayBuffer> {
  const between = joinBytes(
    compressorRecord(chunkPoints, rowBytesOf(fixture), (fixture.format ?? 0) < 6 ? 2 : 3),
    ...moreRecords,
  );
  const head = header({ ...fixture, compressed: true, between, records: 1 + moreRecords.length });
  const body = joinBytes(...chunks.map(({ bytes }) => bytes));
  const start = new Uint8Array(8);
  new DataView(start.buffer).setBigInt64(0, BigInt(head.length + between.length + 8 + body.length), true);
  const table = chunkTable(
    chunks.map(({ points, bytes }) => ({
      points: chunkPoints === null ? points : null,
      bytes: bytes.length,
    })),
  );
  return joinBytes(head, between, start, body, table);
}

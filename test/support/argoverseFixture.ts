/** Writes the tables of an Argoverse 2 log for tests. */
import type { FixtureColumn } from './arrowFixture.ts';
import { arrowFixture } from './arrowFixture.ts';
import { packLz4Frame } from './lz4Fixture.ts';

export interface PoseRow {
  readonly wxyz: readonly [number, number, number, number];
  readonly translation: readonly [number, number, number];
}

export interface LabelRow extends PoseRow {
  readonly nanos: bigint;
  readonly track: string;
  readonly category: string;
  readonly lwh: readonly [number, number, number];
  readonly points: number;
}

const packed = (columns: readonly FixtureColumn[]) =>
  arrowFixture(columns, { pack: { codec: 'lz4', bytes: (input) => packLz4Frame(input) } });

const doubles = (name: string, values: readonly number[]): FixtureColumn => ({
  name,
  type: 'float64',
  values,
});
const texts = (name: string, values: readonly string[]): FixtureColumn => ({ name, type: 'utf8', values });

function poseColumns(rows: readonly PoseRow[]): FixtureColumn[] {
  return [
    ...['qw', 'qx', 'qy', 'qz'].map((name, i) =>
      doubles(
        name,
        rows.map(({ wxyz }) => wxyz[i]!),
      ),
    ),
    ...['tx_m', 'ty_m', 'tz_m'].map((name, i) =>
      doubles(
        name,
        rows.map(({ translation }) => translation[i]!),
      ),
    ),
  ];
}

export function annotationsFile(
  rows: readonly LabelRow[],
  further: readonly FixtureColumn[] = [],
): Uint8Array {
  return packed([
    { name: 'timestamp_ns', type: 'int64', values: rows.map(({ nanos }) => nanos) },
    texts(
      'track_uuid',
      rows.map(({ track }) => track),
    ),
    texts(
      'category',
      rows.map(({ category }) => category),
    ),
    ...['length_m', 'width_m', 'height_m'].map((name, i) =>
      doubles(
        name,
        rows.map(({ lwh }) => lwh[i]!),
      ),
    ),
    ...poseColumns(rows),
    { name: 'num_interior_pts', type: 'int64', values: rows.map(({ points }) => points) },
    ...further,
  ]);
}

export function cityPosesFile(rows: readonly (PoseRow & { readonly nanos: bigint })[]): Uint8Array {
  return packed([
    { name: 'timestamp_ns', type: 'int64', values: rows.map(({ nanos }) => nanos) },
    ...poseColumns(rows),
  ]);
}

export function extrinsicsFile(rows: readonly (PoseRow & { readonly name: string })[]): Uint8Array {
  return packed([
    texts(
      'sensor_name',
      rows.map(({ name }) => name),
    ),
    ...poseColumns(rows),
  ]);
}

export function intrinsicsFile(names: readonly string[]): Uint8Array {
  const all = (value: number) => names.map(() => value);
  return packed([
    texts('sensor_name', names),
    ...Object.entries({
      fx_px: 1700,
      fy_px: 1710,
      cx_px: 1020,
      cy_px: 770,
      k1: -0.25,
      k2: 0.125,
      k3: 0.5,
    }).map(([name, value]) => doubles(name, all(value))),
    { name: 'height_px', type: 'uint16', values: all(1550) },
    { name: 'width_px', type: 'uint16', values: all(2048) },
  ]);
}

/** Half floats are given as their 16 bits. */
export function sweepFile(
  xyz: readonly (readonly [number, number, number])[],
  lasers: readonly number[],
): Uint8Array {
  return packed([
    ...['x', 'y', 'z'].map(
      (name, i): FixtureColumn => ({ name, type: 'float16', values: xyz.map((point) => point[i]!) }),
    ),
    { name: 'intensity', type: 'uint8', values: lasers.map((_, i) => i % 256) },
    { name: 'laser_number', type: 'uint8', values: lasers },
    { name: 'offset_ns', type: 'int32', values: lasers.map((_, i) => i) },
  ]);
}

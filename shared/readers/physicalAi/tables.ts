/** PhysicalAI-AV tables: chosen columns of a Parquet file, the rows of one clip where a table holds many. */
import type { ByteSource } from '../../base/bytes.ts';
import type { Result } from '../../base/problem.ts';
import { done } from '../../base/problem.ts';
import { matrixFromPose } from '../../geometry/matrix.ts';
import { normalizeQuaternion } from '../../geometry/rotation.ts';
import type { Mat4, Quaternion, Vec3 } from '../../model/pose.ts';
import { Trajectory } from '../ncore/trajectory.ts';
import type { ColumnValues, ParquetValue } from '../parquet/parquetFile.ts';
import { openParquet } from '../parquet/parquetFile.ts';

export class ClipTable {
  readonly #columns: ReadonlyMap<string, ColumnValues>;
  /** Rows of the file that belong to the clip. */
  readonly rows: readonly number[];

  constructor(columns: ReadonlyMap<string, ColumnValues>, rows: readonly number[]) {
    this.#columns = columns;
    this.rows = rows;
  }

  get columns(): string[] {
    return [...this.#columns.keys()];
  }

  has(...columns: readonly string[]): boolean {
    return columns.every((column) => this.#columns.has(column));
  }

  value(column: string, row: number): ParquetValue | undefined {
    return this.#columns.get(column)?.[row];
  }

  /** NaN where there is no number. */
  number(column: string, row: number): number {
    const value = this.value(column, row);
    return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.NaN;
  }

  text(column: string, row: number): string {
    const value = this.value(column, row);
    if (typeof value === 'string') return value;
    return typeof value === 'number' || typeof value === 'bigint' ? String(value) : '';
  }

  /** `parentFromChild` of columns qx qy qz qw x y z; null where they are no pose. */
  pose(row: number): { rotation: Quaternion; place: Vec3 } | null {
    const [qx, qy, qz, qw] = ['qx', 'qy', 'qz', 'qw'].map((column) => this.number(column, row));
    const rotation = normalizeQuaternion([qx!, qy!, qz!, qw!]);
    const place: Vec3 = [this.number('x', row), this.number('y', row), this.number('z', row)];
    return rotation && place.every(Number.isFinite) ? { rotation, place } : null;
  }
}

export interface TableWish {
  /** Columns to read where the file has them; absent = all. */
  readonly columns?: readonly string[];
  /** Keep the rows of this clip, where the table says whose they are. */
  readonly clip?: string;
}

export async function readTable(
  source: ByteSource,
  path: string,
  { columns, clip }: TableWish = {},
): Promise<Result<ClipTable>> {
  const opened = await openParquet(source, path);
  if (!opened.ok) return opened;
  const file = opened.value;
  const wanted = new Set(columns ?? file.columns);
  if (clip !== undefined) wanted.add('clip_id');
  const read = await file.read(file.columns.filter((column) => wanted.has(column)));
  if (!read.ok) return read;
  const owners = clip === undefined ? undefined : read.value.get('clip_id');
  const rows: number[] = [];
  for (let row = 0; row < file.rows; row++) if (!owners || owners[row] === clip) rows.push(row);
  return done(new ClipTable(read.value, rows));
}

const POSE_COLUMNS = ['timestamp', 'qx', 'qy', 'qz', 'qw', 'x', 'y', 'z'];

/**
 * World (the clip's anchor) from vehicle over time. Samples before the clip's start have negative times and are left
 * out, as the owner does; `bad` counts those that are no pose or not in order.
 */
export async function readEgomotion(
  source: ByteSource,
  path: string,
): Promise<Result<{ trajectory: Trajectory; bad: number }>> {
  const table = await readTable(source, path, { columns: POSE_COLUMNS });
  if (!table.ok) return table;
  const trajectory = new Trajectory();
  let bad = 0;
  for (const row of table.value.rows) {
    const time = table.value.number('timestamp', row);
    if (time < 0) continue;
    const pose = table.value.pose(row);
    if (!pose || !trajectory.add(time, pose.rotation, pose.place)) bad++;
  }
  return done({ trajectory, bad });
}

/** Vehicle from sensor, by the sensor's name. */
export async function readExtrinsics(
  source: ByteSource,
  path: string,
  clip: string,
): Promise<Result<ReadonlyMap<string, Mat4>>> {
  const columns = ['sensor_name', ...POSE_COLUMNS.slice(1)];
  const table = await readTable(source, path, { columns, clip });
  if (!table.ok) return table;
  const mounted = new Map<string, Mat4>();
  for (const row of table.value.rows) {
    const name = table.value.text('sensor_name', row);
    const pose = table.value.pose(row);
    if (name !== '' && pose && !mounted.has(name))
      mounted.set(name, matrixFromPose(pose.rotation, pose.place));
  }
  return done(mounted);
}

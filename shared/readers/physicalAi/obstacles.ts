/** Obstacle tables of PhysicalAI-AV: cuboids in a named frame at its own time; who made each stands in `source`. */
import type { AttributeSet, AttributeValue } from '../../model/labels.ts';
import type { CuboidSource } from '../ncore/labelSources.ts';
import type { NcoreObservation } from '../ncore/ncoreCuboids.ts';
import { RIG } from '../ncore/poseGraph.ts';
import type { ClipTable } from './tables.ts';

const KNOWN = new Set([
  'clip_id',
  'track_id',
  'label_class',
  'timestamp_us',
  'reference_frame',
  'reference_frame_timestamp_us',
  ...['center', 'size'].flatMap((name) => ['x', 'y', 'z'].map((axis) => `${name}_${axis}`)),
  ...['x', 'y', 'z', 'w'].map((axis) => `orientation_${axis}`),
]);

/** What machine labels have in their `source`. */
const MACHINE = 'autolabel';
export const VENDOR = 'vendor';

function attributeOf(value: unknown): AttributeValue | undefined {
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  return typeof value === 'string' || typeof value === 'boolean' ? value : undefined;
}

function attributesOf(table: ClipTable, row: number, columns: readonly string[]): AttributeSet {
  const attributes: Record<string, AttributeValue> = {};
  for (const column of columns) {
    const value = attributeOf(table.value(column, row));
    if (value !== undefined && column !== '__proto__') attributes[column] = value;
  }
  return attributes;
}

/** One source of labels for the machine's, one for all others. Rows before the clip's start are left out. */
export function obstacleSources(table: ClipTable, path: string): CuboidSource[] {
  const machine: NcoreObservation[] = [];
  const others: NcoreObservation[] = [];
  const more = table.columns.filter((column) => !KNOWN.has(column));
  for (const row of table.rows) {
    const time = table.number('timestamp_us', row);
    if (time < 0) continue;
    const numbers = (name: string) => ['x', 'y', 'z'].map((axis) => table.number(`${name}_${axis}`, row));
    const [x, y, z] = numbers('center') as [number, number, number];
    const [length, width, height] = numbers('size') as [number, number, number];
    const isMachine = table.text('source', row).includes(MACHINE);
    const frameTime = table.number('reference_frame_timestamp_us', row);
    (isMachine ? machine : others).push({
      place: `row ${row}`,
      track: table.text('track_id', row),
      className: table.text('label_class', row),
      time,
      frame: table.text('reference_frame', row) || RIG,
      frameTime: Number.isNaN(frameTime) ? time : frameTime,
      center: [x, y, z],
      size: [length, width, height],
      rotation: [
        table.number('orientation_x', row),
        table.number('orientation_y', row),
        table.number('orientation_z', row),
        table.number('orientation_w', row),
      ],
      kind: isMachine ? 'model' : 'vendor',
      rank: isMachine ? 0 : 1,
      attributes: attributesOf(table, row, more),
    });
  }
  const sources: CuboidSource[] = [];
  if (others.length > 0) sources.push({ name: VENDOR, kind: 'vendor', rank: 1, path, observations: others });
  if (machine.length > 0)
    sources.push({ name: MACHINE, kind: 'model', rank: 0, path, observations: machine });
  return sources;
}

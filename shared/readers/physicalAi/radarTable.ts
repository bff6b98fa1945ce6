/** Radar scans of PhysicalAI-AV: rows of a table by scan, angles and distance turned to points in the sensor's axes. */
import { done, failed } from '../../base/problem.ts';
import type { ReadCarrier } from '../clouds/carrier.ts';
import { pooledFloats, sweepFromFloats } from '../clouds/sweepRows.ts';
import { readTable } from './tables.ts';

export const SCAN_COLUMN = 'scan_index';
export const SCAN_TIME_COLUMN = 'sensor_timestamp';
const COLUMNS = [SCAN_COLUMN, SCAN_TIME_COLUMN, 'azimuth', 'elevation', 'distance', 'rcs'];
const FLOATS = 4;

/** `part.row`: the scan's number. Intensity is the radar cross section, dBsm. */
export const read: ReadCarrier = async (ref, { open, pool }) => {
  const table = await readTable(await open(ref), ref.path, { columns: COLUMNS });
  if (!table.ok) return table;
  const { value } = table;
  if (!value.has(SCAN_COLUMN, 'azimuth', 'elevation', 'distance')) {
    const params = { columns: COLUMNS.filter((column) => !value.has(column)).join(', ') };
    return failed({ code: 'physical-ai-columns-missing', severity: 'error', path: ref.path, params });
  }
  const scan = value.rows.filter((row) => value.number(SCAN_COLUMN, row) === ref.part?.row);
  const hasStrength = value.has('rcs');
  const rows = pooledFloats(pool, scan.length * FLOATS);
  let count = 0;
  for (const row of scan) {
    const azimuth = value.number('azimuth', row);
    const elevation = value.number('elevation', row);
    const distance = value.number('distance', row);
    if (!(distance > 0) || value.number(SCAN_TIME_COLUMN, row) < 0) continue;
    const flat = distance * Math.cos(elevation);
    const at = FLOATS * count++;
    rows[at] = flat * Math.cos(azimuth);
    rows[at + 1] = flat * Math.sin(azimuth);
    rows[at + 2] = distance * Math.sin(elevation);
    rows[at + 3] = hasStrength ? value.number('rcs', row) : 0;
  }
  const layout = { values: rows, count, stride: FLOATS, position: 0, ring: -1, ownsValues: true };
  const sweep = sweepFromFloats({ ...layout, intensity: hasStrength ? 3 : -1 }, pool);
  return done({ sweep, problems: [], viewpoint: null });
};

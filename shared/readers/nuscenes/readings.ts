/**
 * What the sensors took: rows of `sample_data`, by sample. Of a full delivery's millions only those are kept that a
 * frame shows: everything of a key frame, and the lidar sweeps between.
 */
import { CountField, FlagField } from '../tables/fields.ts';
import { PathField } from '../tables/pathField.ts';
import { TimeField } from '../tables/timeField.ts';
import { LateTokenField, TokenField } from '../tables/tokenFields.ts';
import { NO_TOKEN, TokenTable } from '../tables/tokenTable.ts';
import { NO_ROW } from './chainedRows.ts';
import type { Samples } from './samples.ts';
import type { Mounting, SmallTables } from './smallTables.ts';
import type { TableReader, TroubleCounts } from './tableReader.ts';

export interface Readings {
  readonly count: number;
  /** Names of readings; empty, and so are their numbers, where nobody refers to them. */
  readonly tokens: TokenTable;
  readonly token: Int32Array;
  readonly poseTokens: TokenTable;
  /** Token of the ego pose at the reading's own time, or NO_TOKEN. */
  readonly pose: Int32Array;
  /** Row of `calibrated_sensor`, never missing. */
  readonly mounting: Int32Array;
  readonly time: TimeField;
  readonly isKey: Uint8Array;
  readonly path: PathField;
  readonly width: Int32Array;
  readonly height: Int32Array;
  /** Readings by sample: sample s has rows[start[s]] .. rows[start[s + 1] - 1], in the order of the table. */
  readonly start: Int32Array;
  readonly rows: Int32Array;
}

/** `keepAll`: sweeps of cameras and radars too, for frames in between. */
export async function readReadings(
  reader: TableReader,
  troubles: TroubleCounts,
  samples: Samples,
  { mountings, mountingTokens }: SmallTables,
  keepAll: boolean,
): Promise<Readings> {
  // Only point-wise classes and frames in between call a reading by its name.
  const isNamed = keepAll || reader.has('lidarseg') || reader.has('panoptic');
  const tokens = new TokenTable();
  const poseTokens = new TokenTable();
  const token = new LateTokenField(tokens);
  const sample = new TokenField(samples.rows.tokens, 'referring');
  const pose = new LateTokenField(poseTokens);
  const mounting = new TokenField(mountingTokens, 'referring');
  const time = new TimeField();
  const isKey = new FlagField();
  const path = new PathField();
  const width = new CountField(0);
  const height = new CountField(0);
  const fields = {
    ...(isNamed ? { token } : {}),
    sample_token: sample,
    ego_pose_token: pose,
    calibrated_sensor_token: mounting,
    timestamp: time,
    is_key_frame: isKey,
    height,
    width,
    filename: path,
  };
  const count = await reader.read('sample_data', {
    fields,
    keep: (row, position) => {
      const mounted: Mounting | undefined = mountings[mounting.values[row]!];
      if (mounted === undefined) {
        troubles.count('nuscenes-reference-missing', 'sample_data', 'calibrated_sensor_token', position);
        return false;
      }
      if (mounted.modality === 'other') return false;
      if (isKey.values[row] === 0 && mounted.modality !== 'lidar' && !keepAll) return false;
      const sampleRow = samples.rows.rowOf(sample.values[row]!);
      if (sampleRow === NO_ROW) {
        troubles.count('nuscenes-reference-missing', 'sample_data', 'sample_token', position);
        return false;
      }
      sample.values[row] = sampleRow;
      pose.settle(row);
      if (pose.values[row] === NO_TOKEN)
        troubles.count('nuscenes-reference-missing', 'sample_data', 'ego_pose_token', position);
      if (!isNamed) return true;
      const known = tokens.size;
      token.settle(row);
      if (token.values[row] !== NO_TOKEN && tokens.size === known) {
        troubles.count('nuscenes-token-repeated', 'sample_data', 'token', position);
        return false;
      }
      return true;
    },
  });
  return {
    count,
    tokens,
    token: token.values,
    poseTokens,
    pose: pose.values,
    mounting: mounting.values,
    time,
    isKey: isKey.values,
    path,
    width: width.values,
    height: height.values,
    ...bySample(sample.values, count, samples.count),
  };
}

function bySample(sample: Int32Array, count: number, samples: number) {
  const start = new Int32Array(samples + 1);
  for (let row = 0; row < count; row++) start[sample[row]! + 1]!++;
  for (let s = 0; s < samples; s++) start[s + 1]! += start[s]!;
  const next = start.slice();
  const rows = new Int32Array(count);
  for (let row = 0; row < count; row++) rows[next[sample[row]!]!++] = row;
  return { start, rows };
}

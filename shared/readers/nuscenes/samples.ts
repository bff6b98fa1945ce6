/** The table of samples: the instants that were labelled, which scene each belongs to and when it was. */

import { TimeField } from '../tables/timeField.ts';
import { TokenField } from '../tables/tokenFields.ts';
import type { TokenTable } from '../tables/tokenTable.ts';
import { NO_TOKEN } from '../tables/tokenTable.ts';
import { ChainedRows } from './chainedRows.ts';
import type { TableReader, TroubleCounts } from './tableReader.ts';

export interface Samples {
  readonly count: number;
  readonly rows: ChainedRows;
  /** Scene of each sample, never missing. */
  readonly scene: Int32Array;
  readonly time: TimeField;
  /** Samples scene by scene, each scene's in order of time. */
  readonly order: Int32Array;
  /** Scene s has the samples order[sceneStart[s]] .. order[sceneStart[s + 1] - 1]. */
  readonly sceneStart: Int32Array;
}

/** Samples of no known scene are left out, and told. */
export async function readSamples(
  reader: TableReader,
  troubles: TroubleCounts,
  scenes: TokenTable,
): Promise<Samples> {
  const rows = new ChainedRows('sample', troubles);
  const scene = new TokenField(scenes, 'referring');
  const time = new TimeField();
  const count = await reader.read('sample', {
    fields: { ...rows.fields, scene_token: scene, timestamp: time },
    keep: (row, position) => {
      if (scene.values[row] === NO_TOKEN) {
        troubles.count('nuscenes-reference-missing', 'sample', 'scene_token', position);
        return false;
      }
      return rows.keep(row, position);
    },
  });
  rows.check(count, (row, other) => time.micros[other]! > time.micros[row]!);
  return { count, rows, scene: scene.values, time, ...orderOf(count, scenes.size, scene.values, time) };
}

function orderOf(count: number, sceneCount: number, scene: Int32Array, time: TimeField) {
  const sceneStart = new Int32Array(sceneCount + 1);
  for (let row = 0; row < count; row++) sceneStart[scene[row]! + 1]!++;
  for (let s = 0; s < sceneCount; s++) sceneStart[s + 1]! += sceneStart[s]!;
  const next = sceneStart.slice();
  const order = new Int32Array(count);
  for (let row = 0; row < count; row++) order[next[scene[row]!]!++] = row;
  // Samples without a time come first, in the order of the file.
  const at = (row: number) => (Number.isNaN(time.micros[row]!) ? -Infinity : time.micros[row]!);
  for (let s = 0; s < sceneCount; s++) {
    const own = order.subarray(sceneStart[s]!, sceneStart[s + 1]!);
    // As a rule the file has them in order already.
    if (own.some((row, i) => i > 0 && at(own[i - 1]!) > at(row)))
      own.sort((a, b) => (at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : a - b));
  }
  return { order, sceneStart };
}

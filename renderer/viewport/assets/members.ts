/** The labels of a frame as the sweep worker takes them. */
import { CuboidFlag, type DeliveryIndex, NO_TRACK } from '../../../shared/model/labels.ts';
import { memberLength } from '../../workers/protocol.ts';
import { classCode, instanceCode } from '../classColours.ts';

export interface Members {
  readonly members: Float64Array;
  readonly memberCodes: Uint8Array;
  readonly instanceCodes: Uint8Array;
  readonly rows: readonly number[];
}

/** The usable cuboids of a frame as the flat list the worker takes. */
export function membersOf(index: DeliveryIndex, frame: number): Members {
  const { cuboids } = index.labels;
  const from = cuboids.frameStart[frame]!;
  const to = cuboids.frameStart[frame + 1]!;
  const members = new Float64Array((to - from) * memberLength);
  const codes = new Uint8Array(to - from);
  const objects = new Uint8Array(to - from);
  const rows: number[] = [];
  for (let row = from; row < to; row++) {
    if (cuboids.flags[row]! & CuboidFlag.unusable) continue;
    const used = rows.length;
    const track = cuboids.track[row]!;
    members.set(cuboids.center.subarray(3 * row, 3 * row + 3), used * memberLength);
    members.set(cuboids.size.subarray(3 * row, 3 * row + 3), used * memberLength + 3);
    members.set(cuboids.rotation.subarray(4 * row, 4 * row + 4), used * memberLength + 6);
    codes[used] = classCode(cuboids.classIndex[row]!);
    objects[used] = instanceCode(track === NO_TRACK ? null : track, row);
    rows.push(row);
  }
  return {
    members: members.slice(0, rows.length * memberLength),
    memberCodes: codes.slice(0, rows.length),
    instanceCodes: objects.slice(0, rows.length),
    rows,
  };
}

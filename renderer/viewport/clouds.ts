/** What is drawn as points in a frame: its own sweeps, its radar returns, and sweeps around it laid over it. */
import { type MergedSweep, mergedSweeps } from '../../shared/geometry/mergedSweeps.ts';
import { objectMotions } from '../../shared/geometry/objectSweeps.ts';
import type { FrameList, SweepRef } from '../../shared/model/delivery.ts';
import type { CuboidColumns } from '../../shared/model/labels.ts';
import type { Mat4 } from '../../shared/model/pose.ts';

export interface Cloud {
  readonly frame: number;
  /** `lidar`: the frame's own, which labels are measured on. The others are shown only. */
  readonly role: 'lidar' | 'radar' | 'merged';
  readonly ref: SweepRef | MergedSweep;
  /** Unique in the delivery. */
  readonly key: string;
}

export interface CloudChoice {
  readonly mergedSweeps: number;
  readonly showRadar: boolean;
  /** Lidars, by name, whose other sweeps are not laid over. Their own stay: labels are measured on all points. */
  readonly hiddenLidars: readonly string[];
}

export function cloudsOf(frames: FrameList, frame: number, choice: CloudChoice): Cloud[] {
  const { sweeps, radars = [] } = frames.at(frame)!;
  const make =
    (role: Cloud['role']) =>
    (ref: SweepRef): Cloud => ({ frame, role, ref, key: cloudKey(frame, role, ref) });
  return [
    ...sweeps.map(make('lidar')),
    ...(choice.showRadar ? radars.map(make('radar')) : []),
    ...mergedSweeps(frames, frame, choice.mergedSweeps, choice.hiddenLidars).map(make('merged')),
  ];
}

function cloudKey(frame: number, role: Cloud['role'], { root, path, part }: SweepRef): string {
  const { row = '', name = '', only } = part ?? {};
  return `${role} ${frame} ${root} ${path} ${row} ${name} ${only?.equals ?? ''}`;
}

/**
 * How the points of each cloud near the label are moved along with it, by key; clouds that stay as they are are
 * not in it, and null stands for those whose motion is not known: they are not drawn close up.
 */
export function followOf(
  clouds: readonly Cloud[],
  frames: FrameList,
  cuboids: CuboidColumns,
  row: number,
): ReadonlyMap<string, Mat4 | null> {
  const merged = clouds.filter(
    (cloud): cloud is Cloud & { readonly ref: MergedSweep } => cloud.role === 'merged',
  );
  const motions = objectMotions(
    frames,
    cuboids,
    row,
    merged.map(({ ref }) => ref),
  );
  return new Map(merged.map(({ key }, at) => [key, motions[at]!]));
}

/** What is drawn as points in a frame: its own sweeps, its radar returns, and sweeps around it laid over it. */
import { mergedSweeps } from '../../shared/geometry/mergedSweeps.ts';
import type { FrameList, SweepRef } from '../../shared/model/delivery.ts';

export interface Cloud {
  readonly frame: number;
  /** `lidar`: the frame's own, which labels are measured on. The others are shown only. */
  readonly role: 'lidar' | 'radar' | 'merged';
  readonly ref: SweepRef;
  /** Unique in the delivery. */
  readonly key: string;
}

export interface CloudChoice {
  readonly mergedSweeps: number;
  readonly showRadar: boolean;
}

export function cloudsOf(frames: FrameList, frame: number, choice: CloudChoice): Cloud[] {
  const { sweeps, radars = [] } = frames.at(frame)!;
  const make =
    (role: Cloud['role']) =>
    (ref: SweepRef): Cloud => ({ frame, role, ref, key: cloudKey(frame, role, ref) });
  return [
    ...sweeps.map(make('lidar')),
    ...(choice.showRadar ? radars.map(make('radar')) : []),
    ...mergedSweeps(frames, frame, choice.mergedSweeps).map(make('merged')),
  ];
}

function cloudKey(frame: number, role: Cloud['role'], { root, path, part }: SweepRef): string {
  const { row = '', name = '', only } = part ?? {};
  return `${role} ${frame} ${root} ${path} ${row} ${name} ${only?.equals ?? ''}`;
}

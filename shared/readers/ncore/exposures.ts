/** Where a camera stood while its shutter was open, seen from the space of a frame. */
import { identityMatrix } from '../../geometry/matrix.ts';
import type { ImageRef } from '../../model/delivery.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { DeliveryBuilder } from '../deliveryBuilder.ts';
import type { NvidiaCamera } from './cameraModels.ts';
import { nanosOfMicros } from './nearest.ts';
import type { PoseGraph } from './poseGraph.ts';
import { RIG } from './poseGraph.ts';

/** First and last row of a picture, microseconds. */
export interface ExposureTimes {
  readonly start: number;
  readonly end: number;
}

export const middleOf = ({ start, end }: ExposureTimes) => (start + end) / 2;

export interface CameraSetting {
  readonly name: string;
  readonly lens: NvidiaCamera | undefined;
  readonly poses: PoseGraph;
  readonly space: string;
  /** Time of the frame the picture belongs to. */
  readonly frameTime: number;
}

export function isSamePose(a: Mat4, b: Mat4): boolean {
  return a.every((value, i) => value === b[i]);
}

type ExposedParts = Pick<
  ImageRef,
  'camera' | 'calibration' | 'timestampNanos' | 'exposure' | 'cameraFromSpace' | 'endFromStart'
>;

/**
 * All of a picture's reference but its carrier. A rolling shutter is placed where it opened and told how it moved on; a
 * global one where it stood in the middle. `isPlaced` is false where no pose says: then it is taken as mounted.
 */
export function exposedImage(
  builder: DeliveryBuilder,
  setting: CameraSetting,
  times: ExposureTimes,
): { image: ExposedParts; isPlaced: boolean } {
  const { name, lens, poses, space, frameTime } = setting;
  const camera = builder.camera(name);
  const isRolling = lens?.shutter !== undefined;
  const opened = isRolling ? times.start : middleOf(times);
  const cameraFromSpace = poses.between(name, opened, space, frameTime);
  // Fixed to the vehicle, it is the same in all frames and kept once.
  const mounted = space === RIG ? poses.at(name, RIG, Number.NaN) : null;
  const standing = mounted ?? cameraFromSpace ?? poses.at(name, space, frameTime);
  const endFromStart = isRolling ? poses.between(name, times.end, name, times.start) : null;
  const calibration =
    lens && standing ? builder.calibration({ camera, ...lens, cameraFromSpace: standing }) : -1;
  const image: ExposedParts = {
    camera,
    calibration,
    timestampNanos: nanosOfMicros(middleOf(times)),
    exposure: { startNanos: nanosOfMicros(times.start), endNanos: nanosOfMicros(times.end) },
    ...(cameraFromSpace ? { cameraFromSpace } : {}),
    ...(endFromStart && !isSamePose(endFromStart, identityMatrix) ? { endFromStart } : {}),
  };
  return { image, isPlaced: cameraFromSpace !== null };
}

/**
 * A rolling shutter reads a picture row by row (or column by column) while the camera moves, so a point's pixel
 * depends on when its row was read, and that on the pixel. The camera is taken to move evenly through the exposure:
 * its centre along a line, its axes about one axis.
 */
import type { ShutterDirection } from '../model/delivery.ts';
import type { Mat4, Vec3 } from '../model/pose.ts';
import type { ImageSize } from './lens.ts';
import { quaternionFromRotation } from './rotation.ts';

export interface CameraMotion {
  /** Writes where a point given in the camera's axes at the start stands in its axes at `share` of the exposure. */
  move(share: number, x: number, y: number, z: number, out: Float64Array): void;
}

/** `endFromStart` is the camera at the end of the exposure from the camera at its start. */
export function cameraMotion(endFromStart: Mat4): CameraMotion {
  const [ax, ay, az, w] = quaternionFromRotation(endFromStart, 4);
  const sine = Math.hypot(ax, ay, az);
  const angle = 2 * Math.atan2(sine, w);
  const axis: Vec3 = sine > 0 ? [ax / sine, ay / sine, az / sine] : [0, 0, 1];
  const m = endFromStart;
  // Where the camera's centre ends, in its axes at the start: the point that the matrix takes to 0.
  const end: Vec3 = [0, 1, 2].map(
    (column) => -(m[column]! * m[3]! + m[4 + column]! * m[7]! + m[8 + column]! * m[11]!),
  ) as unknown as Vec3;
  return {
    move(share, x, y, z, out) {
      const [px, py, pz] = [x - share * end[0], y - share * end[1], z - share * end[2]];
      const [kx, ky, kz] = axis;
      const [c, s] = [Math.cos(share * angle), Math.sin(share * angle)];
      const along = (1 - c) * (kx * px + ky * py + kz * pz);
      out[0] = c * px + s * (ky * pz - kz * py) + along * kx;
      out[1] = c * py + s * (kz * px - kx * pz) + along * ky;
      out[2] = c * pz + s * (kx * py - ky * px) + along * kz;
    },
  };
}

/** Share of the exposure that has passed when a pixel is read: 0 at the first row's centre, 1 at the last one's. */
export function shareOfExposure(
  direction: ShutterDirection,
  [width, height]: ImageSize,
  u: number,
  v: number,
): number {
  const share = direction === 'top-bottom' || direction === 'bottom-top' ? v / (height - 1) : u / (width - 1);
  const passed = direction === 'top-bottom' || direction === 'left-right' ? share : 1 - share;
  return Math.min(1, Math.max(0, passed));
}

const maximumSteps = 60;
/** In shares of the exposure: a millionth of a row. */
const tolerance = 1e-10;

/**
 * The share of the exposure at which a point is read: where `shareAt(share)`, the share of the row it would fall on if
 * the camera stood where it was at `share`, is `share` itself. Each step goes to what `shareAt` says while that closes
 * in, and halves the bracket otherwise. NaN where `shareAt` is.
 */
export function solveShutter(shareAt: (share: number) => number): number {
  let [low, high] = [0, 1];
  let share = 0.5;
  for (let step = 0; step < maximumSteps; step++) {
    const next = shareAt(share);
    const change = next - share;
    if (!(Math.abs(change) > tolerance)) return next;
    if (change > 0) low = share;
    else high = share;
    // A camera that turns fast overshoots; every third step halves, so that the bracket is sure to shrink.
    share = next > low && next < high && step % 3 !== 2 ? next : (low + high) / 2;
  }
  return share;
}

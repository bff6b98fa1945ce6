/**
 * A small made world that writers of export fixtures share: a vehicle that drives and turns, a car that stands in the
 * world, and a camera. All given by plain numbers; nothing of the product's geometry is used.
 */

export type Triple = readonly [number, number, number];

/** A pose as position and heading about z: enough for a vehicle, and simple to write in every convention. */
export interface Pose {
  readonly position: Triple;
  readonly yaw: number;
}

export const vehiclePoses: readonly Pose[] = [
  { position: [446_100, 5_411_900, 112], yaw: 0.4 },
  { position: [446_108.5, 5_411_903.25, 112.5], yaw: 0.7 },
];

/** Where the car is in the vehicle's axes of the first frame; it does not move. */
export const carInFirst = { center: [12, -3, 0.25] as Triple, size: [4.4, 1.9, 1.6] as Triple, yaw: 0.3 };

export function toWorld({ position, yaw }: Pose, [x, y, z]: Triple): Triple {
  const [c, s] = [Math.cos(yaw), Math.sin(yaw)];
  return [position[0] + c * x - s * y, position[1] + s * x + c * y, position[2] + z];
}

export function fromWorld({ position, yaw }: Pose, [x, y, z]: Triple): Triple {
  const [c, s] = [Math.cos(yaw), Math.sin(yaw)];
  const [dx, dy] = [x - position[0], y - position[1]];
  return [c * dx + s * dy, -s * dx + c * dy, z - position[2]];
}

export const carInWorld = {
  center: toWorld(vehiclePoses[0]!, carInFirst.center),
  size: carInFirst.size,
  yaw: carInFirst.yaw + vehiclePoses[0]!.yaw,
};

/** The car as frame `i` sees it. */
export function carInFrame(i: number): { center: Triple; yaw: number } {
  const pose = vehiclePoses[i]!;
  return { center: fromWorld(pose, carInWorld.center), yaw: carInWorld.yaw - pose.yaw };
}

/** Looks forward from (1.5, 0.2, 1.1) of the vehicle: x right, y down, z forward. */
export const camera = { position: [1.5, 0.2, 1.1] as Triple, fx: 1000, fy: 1010, cx: 640, cy: 360 };

/** Row-major, camera from vehicle: rows are the camera's axes in the vehicle's. */
export const cameraFromVehicle: readonly number[] = (() => {
  const [x, y, z] = camera.position;
  return [0, -1, 0, y, 0, 0, -1, z, 1, 0, 0, -x, 0, 0, 0, 1];
})();

/** Quaternion x, y, z, w of the camera's axes in the vehicle's: vehicle from camera. */
export const vehicleFromCameraRotation = [-0.5, 0.5, -0.5, 0.5] as const;

/** A quaternion about z applied before another: headings of a camera on a turned vehicle. */
export function turned(yaw: number, [x, y, z, w]: readonly [number, number, number, number]) {
  const [s, c] = [Math.sin(yaw / 2), Math.cos(yaw / 2)];
  return { x: c * x - s * y, y: c * y + s * x, z: c * z + s * w, w: c * w - s * z };
}

/** Pixel of a point in the vehicle's axes, without distortion. */
export function pixelOf([x, y, z]: Triple): [number, number] {
  const [px, py, pz] = camera.position;
  const depth = x - px;
  return [camera.cx + (camera.fx * -(y - py)) / depth, camera.cy + (camera.fy * -(z - pz)) / depth];
}

export const vector = ([x, y, z]: Triple) => ({ x, y, z });

/** The sensors on the made vehicle: where they sit, how they look, when they fire. Vehicle axes are ISO 8855. */
import type { PinholeModel } from '../../model/camera.ts';
import type { Mat4 } from '../../model/pose.ts';
import { cos, sin, tan } from '../portableMath.ts';

export interface CameraSpec {
  readonly name: string;
  readonly model: PinholeModel;
  readonly width: number;
  readonly height: number;
  /** OpenCV camera axes to vehicle axes. */
  readonly vehicleFromCamera: Mat4;
  /** When it fires, relative to the sweep's time; real rigs fire as the lidar sweeps past. */
  readonly offsetMillis: number;
}

/** Lidar's place in vehicle axes; its own axes are parallel to the vehicle's. */
export const LIDAR_POSITION = [1.1, 0, 1.95] as const;
export const LIDAR_NAME = 'LIDAR_TOP';

interface Mount {
  readonly name: string;
  readonly yawDegrees: number;
  readonly pitchDegrees: number;
  readonly fieldDegrees: number;
  readonly position: readonly [number, number, number];
  readonly offsetMillis: number;
  readonly distortion: readonly number[];
}

/** In the order in which a smaller rig keeps them. */
const mounts: readonly Mount[] = [
  {
    name: 'CAM_FRONT',
    yawDegrees: 0.4,
    pitchDegrees: 1.6,
    fieldDegrees: 68,
    position: [1.72, 0.02, 1.58],
    offsetMillis: 4,
    distortion: [],
  },
  {
    name: 'CAM_FRONT_LEFT',
    yawDegrees: 64.6,
    pitchDegrees: 2.1,
    fieldDegrees: 78,
    position: [1.55, 0.5, 1.57],
    offsetMillis: -11,
    distortion: [],
  },
  {
    name: 'CAM_FRONT_RIGHT',
    yawDegrees: -65.3,
    pitchDegrees: 1.9,
    fieldDegrees: 78,
    position: [1.55, -0.5, 1.57],
    offsetMillis: 17,
    distortion: [],
  },
  {
    name: 'CAM_BACK_LEFT',
    yawDegrees: 138.8,
    pitchDegrees: 2.4,
    fieldDegrees: 84,
    position: [0.7, 0.52, 1.6],
    offsetMillis: -19,
    distortion: [-0.062, 0.011, 0.0004, -0.0003, 0],
  },
  {
    name: 'CAM_BACK_RIGHT',
    yawDegrees: -139.5,
    pitchDegrees: 2.2,
    fieldDegrees: 84,
    position: [0.7, -0.52, 1.6],
    offsetMillis: 28,
    distortion: [],
  },
];

export const MAX_CAMERAS = mounts.length;

const RADIANS = Math.PI / 180;

/** The first `count` cameras of the rig with images of the given size. Focal lengths are rounded to 1e-4 px. */
export function makeRig(count: number, width: number, height: number): CameraSpec[] {
  return mounts.slice(0, count).map((mount) => {
    const focal = Math.round((width / 2 / tan((mount.fieldDegrees / 2) * RADIANS)) * 1e4) / 1e4;
    return {
      name: mount.name,
      model: {
        kind: 'pinhole',
        fx: focal,
        fy: focal,
        cx: width / 2 - 0.5 + Math.round(width / 240) / 2,
        cy: height / 2 - 0.5 - Math.round(height / 200) / 2,
        distortion: mount.distortion,
      },
      width,
      height,
      vehicleFromCamera: mountMatrix(mount),
      offsetMillis: mount.offsetMillis,
    };
  });
}

function mountMatrix(mount: Mount): Mat4 {
  const yaw = mount.yawDegrees * RADIANS;
  const pitch = mount.pitchDegrees * RADIANS;
  const right = [sin(yaw), -cos(yaw), 0] as const;
  const forward = [cos(pitch) * cos(yaw), cos(pitch) * sin(yaw), -sin(pitch)] as const;
  const down = [
    forward[1] * right[2] - forward[2] * right[1],
    forward[2] * right[0] - forward[0] * right[2],
    forward[0] * right[1] - forward[1] * right[0],
  ] as const;
  const [x, y, z] = mount.position;
  return [
    ...[right[0], down[0], forward[0], x],
    ...[right[1], down[1], forward[1], y],
    ...[right[2], down[2], forward[2], z],
    ...[0, 0, 0, 1],
  ];
}

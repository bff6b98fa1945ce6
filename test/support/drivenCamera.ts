/**
 * A made drive for calibration tests: a vehicle that speeds up and turns past standing boxes, one camera, 2D boxes
 * drawn round what the true camera saw at the true time. What the delivery then claims may differ.
 */

import { noTrial, nudge } from '../../shared/geometry/calibrationTrial.ts';
import { egoMotion } from '../../shared/geometry/egoMotion.ts';
import type { ImageCalibration } from '../../shared/geometry/imageCalibration.ts';
import { invertRigid, matrixFromPose, multiply, transformPoint } from '../../shared/geometry/matrix.ts';
import { projectCuboid } from '../../shared/geometry/projectCuboid.ts';
import { quaternionFromYaw } from '../../shared/geometry/rotation.ts';
import type { Frame } from '../../shared/model/delivery.ts';
import type { LabelTable } from '../../shared/model/labels.ts';
import type { Mat4, Vec3 } from '../../shared/model/pose.ts';
import { LabelTableBuilder } from '../../shared/readers/labelTableBuilder.ts';
import { ProblemList } from '../../shared/readers/problemList.ts';
import { type BoxResidual, boxResiduals } from '../../shared/scoring/boxResiduals.ts';
import { seededRandom } from './seededRandom.ts';

export interface DriveFaults {
  /** What the delivery's extrinsic lacks: the true camera is the claimed one, nudged. */
  readonly rotation?: Vec3;
  readonly translation?: Vec3;
  /** The pictures were taken this much later than claimed. */
  readonly seconds?: number;
  /** Metres by which the cuboid of one track is off, to the left. */
  readonly shiftedTrack?: number;
  /** No pose in any frame. */
  readonly isWithoutPoses?: boolean;
  /** Standard deviation of the sides of a 2D box, pixels. */
  readonly noisePixels?: number;
}

export interface Drive {
  readonly frames: readonly Frame[];
  readonly labels: LabelTable;
  readonly calibration: ImageCalibration;
  readonly residuals: readonly BoxResidual[];
}

const frameCount = 20;
const frameSeconds = 0.1;
/** Ego axes (x forward, y left, z up) to camera axes, the camera 1.5 m up and 1.6 m ahead. */
const cameraFromEgo: Mat4 = multiply(
  [0, -1, 0, 0, 0, 0, -1, 0, 1, 0, 0, 0, 0, 0, 0, 1],
  [1, 0, 0, -1.6, 0, 1, 0, 0, 0, 0, 1, -1.5, 0, 0, 0, 1],
);

/** Speed and turn rate both change over the drive, so that time and a turned camera do not look the same. */
function worldFromEgo(seconds: number): Mat4 {
  const steps = 400;
  let [x, y, yaw] = [0, 0, 0];
  for (let step = 0; step < steps; step++) {
    const at = ((step + 0.5) / steps) * seconds;
    const length = seconds / steps;
    x += (6 + 5 * at) * Math.cos(yaw) * length;
    y += (6 + 5 * at) * Math.sin(yaw) * length;
    yaw += 0.35 * Math.sin(2.4 * at) * length;
  }
  return matrixFromPose(quaternionFromYaw(yaw), [600_000 + x, 5_000_000 + y, 300]);
}

export function drive(faults: DriveFaults = {}): Drive {
  const random = seededRandom(7);
  const start = worldFromEgo(0);
  const objects = Array.from({ length: 26 }, (_, at) => ({
    track: `car ${at}`,
    center: transformPoint(start, [
      random.between(14, 60),
      (at % 2 === 0 ? 1 : -1) * random.between(3, 10),
      random.between(0.6, 1.2),
    ]),
    yaw: random.between(-Math.PI, Math.PI),
    size: [4.4, 1.9, 1.6] as const,
  }));
  const frames = Array.from(
    { length: frameCount },
    (_, index): Frame => ({
      id: String(index),
      scene: 0,
      index,
      timestampNanos: String(1_772_442_000_000_000_000n + BigInt(Math.round(index * frameSeconds * 1e9))),
      space: 'ego',
      sweeps: [],
      images: [],
      ...(faults.isWithoutPoses ? {} : { worldFromSpace: worldFromEgo(index * frameSeconds) }),
    }),
  );
  const calibration: ImageCalibration = {
    camera: 0,
    model: { kind: 'pinhole', fx: 1000, fy: 1000, cx: 959.5, cy: 539.5, distortion: [-0.1, 0.02, 0, 0] },
    cameraFromSpace: cameraFromEgo,
    width: 1920,
    height: 1080,
  };
  const trueCamera = multiply(
    nudge(faults.rotation ?? noTrial.rotation, faults.translation ?? noTrial.translation),
    cameraFromEgo,
  );
  const builder = new LabelTableBuilder(new ProblemList());
  const noise = faults.noisePixels ?? 0.7;
  for (let frame = 0; frame < frameCount; frame++) {
    const time = frame * frameSeconds;
    const egoNow = invertRigid(worldFromEgo(time));
    const egoThen = invertRigid(worldFromEgo(time + (faults.seconds ?? 0)));
    for (const { track, center, yaw, size } of objects) {
      const rotation = quaternionFromYaw(yaw);
      // Boxes turn with the vehicle's axes; its small turn is left out of their own rotation in both.
      const seen = projectCuboid(
        { ...calibration, cameraFromSpace: trueCamera },
        { center: transformPoint(egoThen, center), size, rotation },
      );
      const common = { frame, track, className: 'Car', attributes: {}, path: 'made' };
      const off = track === 'car 4' ? (faults.shiftedTrack ?? 0) : 0;
      const [x, y, z] = transformPoint(egoNow, center);
      const cuboid = builder.addCuboid({ ...common, id: track, center: [x, y + off, z], size, rotation });
      if (!seen?.visible || !seen.hull) continue;
      const ltrb = seen.hull.map((side) => side + noise * random.normal()) as [
        number,
        number,
        number,
        number,
      ];
      builder.addBox2d({ ...common, id: track, camera: 0, ltrb, cuboid });
    }
  }
  const labels = builder.build(frameCount);
  return { frames, labels, calibration, residuals: residualsOf(frames, labels, calibration) };
}

export function residualsOf(
  frames: readonly Frame[],
  labels: LabelTable,
  calibration: ImageCalibration,
): BoxResidual[] {
  return frames.flatMap((_, frame) => {
    const motion = egoMotion(frames, frame);
    return boxResiduals({
      labels,
      frame,
      camera: 0,
      calibration,
      motion: typeof motion === 'string' ? null : motion,
    });
  });
}

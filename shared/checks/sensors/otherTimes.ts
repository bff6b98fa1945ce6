/**
 * Where a cuboid's outline lies at the times that its points and the picture may really be of: the picture's stated
 * one, and half a sweep sooner or later for what moves by itself. A sweep takes a tenth of a second, and in it a fast
 * object passes through more than its own tolerance.
 */
import { noTrial, tryCalibration } from '../../geometry/calibrationTrial.ts';
import { invertRigid, isRigid, transformDirection } from '../../geometry/matrix.ts';
import type { Ltrb } from '../../geometry/polygon.ts';
import { projectCuboid } from '../../geometry/projectCuboid.ts';
import { createSceneMotion } from '../../geometry/sceneMotion.ts';
import { cuboidAt } from '../../model/labelRow.ts';
import type { Vec3 } from '../../model/pose.ts';
import type { CheckScene } from '../scene.ts';
import type { CameraView } from './cameraViews.ts';

export interface OtherTimes {
  /** None where neither the vehicle nor the object is known to move. */
  outlinesOf(view: CameraView, row: number): Ltrb[];
}

/** Half of a sweep, seconds. */
const halfSweep = 0.05;
/** Offsets larger than this are another frame's picture, seconds. */
const mostLate = 0.2;
/** Slower things stay where they are, m/s. */
const leastSpeed = 2;

export function otherTimes(scene: CheckScene): OtherTimes {
  const { labels, delivery } = scene.index;
  const motion = createSceneMotion(delivery.frames);
  const velocities = velocitiesOf(scene);
  return {
    outlinesOf(view, row) {
      const velocity = velocities.get(row);
      const stated = view.lateSeconds ?? 0;
      const late = Math.abs(stated) <= mostLate ? stated : 0;
      const ego = view.isMoved ? null : motion.known(view.frame);
      if (!velocity && (!ego || late === 0)) return [];
      const calibration = tryCalibration(view.calibration, { ...noTrial, seconds: late }, ego);
      const cuboid = cuboidAt(labels, row);
      const times = velocity ? [late - halfSweep, late, late + halfSweep] : [0];
      return times.flatMap((seconds): Ltrb[] => {
        const [x, y, z] = cuboid.center;
        const [vx, vy, vz] = velocity ?? [0, 0, 0];
        const center: Vec3 = [x + seconds * vx, y + seconds * vy, z + seconds * vz];
        const shape = { center, size: cuboid.size, rotation: cuboid.rotation };
        const hull = projectCuboid(calibration, shape, { imageSize: view.imageSize })?.hull;
        return hull ? [hull] : [];
      });
    },
  };
}

/** Of what moves, in its frame's space, metres a second, by row. */
function velocitiesOf({ tracks, index }: CheckScene): Map<number, Vec3> {
  const velocities = new Map<number, Vec3>();
  for (const { moments } of tracks) {
    for (const { row, frame, speed, course } of moments) {
      if (speed === null || course === null || speed < leastSpeed) continue;
      const pose = index.delivery.frames.at(frame)!.worldFromSpace;
      if (!pose || !isRigid(pose)) continue;
      const inWorld: Vec3 = [speed * Math.cos(course), speed * Math.sin(course), 0];
      velocities.set(row, transformDirection(invertRigid(pose), inWorld));
    }
  }
  return velocities;
}

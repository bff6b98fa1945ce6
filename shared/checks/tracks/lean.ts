/**
 * Labels that lean where the others of their scene stand upright. Where labels follow the slope of the ground instead,
 * nothing is told here: how far a label leans is then a matter of the ground under it.
 */
import { rotationFromQuaternion } from '../../geometry/rotation.ts';
import type { CheckScene } from '../scene.ts';

/** A label that leans less was set upright, radians. */
const uprightRadians = (1 * Math.PI) / 180;
/** Labels are upright by custom where at least so many, and this share of them, are. */
const fewestLabels = 20;
const customShare = 0.85;

export interface Leaning {
  readonly row: number;
  /** Off upright, in the frame's space or in the world, whichever is less. Radians. */
  readonly radians: number;
}

/** Every judged label of a scene whose labels are upright by custom; none of other scenes. */
export function leaningLabels(scene: CheckScene): readonly Leaning[] {
  const labels = scene.judged.map((row) => ({ row, radians: leanOf(scene, row) }));
  const upright = labels.reduce((count, { radians }) => count + Number(radians <= uprightRadians), 0);
  return labels.length >= fewestLabels && upright >= customShare * labels.length ? labels : [];
}

function leanOf({ index }: CheckScene, row: number): number {
  const { rotation, frame } = index.labels.cuboids;
  const at = 4 * row;
  const turn = rotationFromQuaternion([
    rotation[at]!,
    rotation[at + 1]!,
    rotation[at + 2]!,
    rotation[at + 3]!,
  ]);
  const off = (x: number, y: number, z: number): number =>
    Math.acos(Math.max(-1, Math.min(1, turn[2]! * x + turn[5]! * y + turn[8]! * z)));
  const pose = index.delivery.frames.at(frame[row]!)?.worldFromSpace;
  return Math.min(off(0, 0, 1), pose ? off(pose[8]!, pose[9]!, pose[10]!) : Math.PI);
}

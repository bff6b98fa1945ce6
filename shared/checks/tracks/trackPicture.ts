/** What the checks of motion draw: a track's way and places of the world, in the space of one frame. */
import { type CuboidShape, transformCuboid } from '../../geometry/cuboid.ts';
import { invertRigid, transformPoint } from '../../geometry/matrix.ts';
import { quaternionFromYaw } from '../../geometry/rotation.ts';
import type { Vec3 } from '../../model/pose.ts';
import type { TrackMoment } from '../../scoring/trackSeries.ts';
import type { Evidence } from '../evidence.ts';
import { boxEvidence } from '../labels/shapeOf.ts';
import type { CheckScene } from '../scene.ts';
import type { CheckTrack } from './sceneTracks.ts';

/** How much of a track's way is drawn before and after a frame, seconds. */
const drawnSeconds = 1.5;

/** Where a drawn thing lies, as the evidence keeps it. */
type Spot = [x: number, y: number, z: number];

/** Places of the world as the frame sees them; empty where it has no pose. */
function seenFrom(scene: CheckScene, frame: number, places: readonly Vec3[]): Spot[] {
  const pose = scene.index.delivery.frames.at(frame)?.worldFromSpace;
  if (!pose) return [];
  const spaceFromWorld = invertRigid(pose);
  return places.map((place) => [...transformPoint(spaceFromWorld, place)]);
}

/** The way of a track around one of its moments. */
export function wayAround(
  scene: CheckScene,
  { moments }: Pick<CheckTrack, 'moments'>,
  at: number,
  frame = moments[at]!.frame,
): Evidence[] {
  const middle = moments[at]!.seconds;
  const near = moments.filter(
    ({ seconds }) => middle !== null && seconds !== null && Math.abs(seconds - middle) <= drawnSeconds,
  );
  const points = seenFrom(
    scene,
    frame,
    near.flatMap(({ place }) => (place ? [place] : [])),
  );
  return points.length > 1 ? [{ kind: 'path', role: 'path', points }] : [];
}

/** A measured distance between two places of the world. */
export function distanceBetween(
  scene: CheckScene,
  frame: number,
  from: Vec3,
  to: Vec3,
  text: string,
): Evidence[] {
  const ends = seenFrom(scene, frame, [from, to]);
  return ends.length === 2 ? [{ kind: 'segment', role: 'gap', from: ends[0]!, to: ends[1]!, text }] : [];
}

/** An arrow of some metres from the label's middle into a direction of the world: its course, or its due heading. */
export function directionFrom(scene: CheckScene, moment: TrackMoment, radians: number): Evidence[] {
  const { center, frame, place } = moment;
  const reach = Math.max(3, moment.size[0]);
  const tip: Spot = [center[0] + reach * Math.cos(radians), center[1] + reach * Math.sin(radians), center[2]];
  const ends = place ? seenFrom(scene, frame, [center, tip]) : [[...center] as Spot, tip];
  return ends.length === 2 ? [{ kind: 'segment', role: 'expected', from: ends[0]!, to: ends[1]! }] : [];
}

/** An upright box of the world as a frame sees it; null where it has no pose. */
export function boxSeenFrom(
  scene: CheckScene,
  frame: number,
  center: Vec3,
  yaw: number,
  size: Vec3,
): CuboidShape | null {
  const pose = scene.index.delivery.frames.at(frame)?.worldFromSpace;
  if (!pose) return null;
  return transformCuboid(invertRigid(pose), { center, size, rotation: quaternionFromYaw(yaw) });
}

export function expectedBox(shape: CuboidShape | null): Evidence[] {
  return shape ? [boxEvidence(shape, 'expected')] : [];
}

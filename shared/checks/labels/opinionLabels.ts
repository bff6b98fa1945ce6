/** A judged label and a second source's, as findings name and draw them: a cuboid, or a box in a picture. */
import { boxLength } from '../../geometry/iou.ts';
import { quaternionFromYaw } from '../../geometry/rotation.ts';
import type { Measured } from '../contract.ts';
import type { Evidence } from '../evidence.ts';
import type { CheckScene } from '../scene.ts';
import type { SecondOpinion } from './secondOpinion.ts';
import { boxEvidence } from './shapeOf.ts';

/** Which label a finding about a position of the reference lies on. */
export function labelAt(
  { index }: CheckScene,
  { sets, rowOf }: SecondOpinion,
  position: number,
): Pick<Measured, 'frame' | 'row' | 'box2d' | 'camera' | 'track'> {
  const [frame, row] = [sets.reference.frame[position]!, rowOf(position)];
  if (sets.likeness !== 'iou2d') return { frame, row };
  const { camera, track } = index.labels.boxes2d;
  return { frame, box2d: row, camera: camera[row]!, track: track[row]! };
}

/** The second source's label at a position of the candidate. */
export function otherEvidence(
  { sets, source, otherRowOf }: SecondOpinion,
  position: number,
  role: 'expected' | 'other',
): Evidence {
  const { numbers } = sets.candidate;
  if (sets.likeness === 'iou2d') {
    const [left, top, right, bottom] = numbers.subarray(4 * position, 4 * position + 4);
    const camera = source.labels.boxes2d.camera[otherRowOf(position)]!;
    return { kind: 'rectangle', role, camera, ltrb: [left!, top!, right!, bottom!] };
  }
  const [x, y, z, length, width, height, yaw] = numbers.subarray(boxLength * position);
  const shape = { center: [x!, y!, z!], size: [length!, width!, height!] } as const;
  return boxEvidence({ ...shape, rotation: quaternionFromYaw(yaw!) }, role);
}

/** Labels that belong to one object: its track, or the label by itself. Positions in ascending order. */
export function byObject(
  { sets }: SecondOpinion,
  positions: Iterable<number>,
  side: 'reference' | 'candidate',
): number[][] {
  const objects = new Map<string, number[]>();
  for (const position of positions) {
    const track = sets[side].track[position]!;
    const key = track < 0 ? `label ${position}` : `track ${track} ${trackPlace(sets, side, position)}`;
    const known = objects.get(key);
    if (known) known.push(position);
    else objects.set(key, [position]);
  }
  return [...objects.values()];
}

/** Boxes of a track in several cameras are several things to look at. */
function trackPlace(
  { likeness, ...sets }: SecondOpinion['sets'],
  side: 'reference' | 'candidate',
  position: number,
): number {
  return likeness === 'iou2d' ? sets[side].place[position]! - sets[side].frame[position]! * 65_536 : 0;
}

/**
 * Metres over the ground from the vehicle. For a box in a picture, about how far a person of its height would stand
 * from a usual camera: enough to tell near from far.
 */
export function opinionRange(
  { sets }: SecondOpinion,
  side: 'reference' | 'candidate',
  position: number,
): number {
  const { numbers } = sets[side];
  if (sets.likeness !== 'iou2d') {
    return Math.hypot(numbers[boxLength * position]!, numbers[boxLength * position + 1]!);
  }
  const height = numbers[4 * position + 3]! - numbers[4 * position + 1]!;
  return pixelsOfPerson / height;
}

/** Height in pixels of 1.7 m at a metre, through a lens of a thousand pixels. */
const pixelsOfPerson = 1700;

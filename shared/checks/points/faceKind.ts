/** Which limits a face has: solid vehicles are drawn tight, limbs and thin things leave room in a right label. */
import { faceNames } from '../../geometry/cuboid.ts';
import { motionLimits } from '../../scoring/motionLimits.ts';
import type { LimitPair } from '../contract.ts';
import { type CheckScene, classOfRow, pointsOf, rangeOf } from '../scene.ts';

export type FaceKind = 'end' | 'side' | 'top' | 'softEnd' | 'softSide' | 'softTop';

const kinds = ['end', 'end', 'side', 'side', 'top'] as const;
const softKinds = ['softEnd', 'softEnd', 'softSide', 'softSide', 'softTop'] as const;

/** Faces that are held against points, by their place in `faceNames`: all but the bottom. */
export const heldFaces = [0, 1, 2, 3, 4] as const;

/** Whether its faces are sheets of metal: a motorcycle moves as cars do, but is mostly air. */
export function isSolid(scene: CheckScene, row: number): boolean {
  const { name } = classOfRow(scene, row);
  const kind = motionLimits(name)?.kind;
  return kind === 'heavy' || (kind === 'car' && name !== 'motorcycle');
}

export function faceKind(scene: CheckScene, row: number, face: number): FaceKind {
  return (isSolid(scene, row) ? kinds : softKinds)[face]!;
}

export const faceName = (face: number): string => faceNames[face]!;

/** Limits that give way by what the spec tolerates more at this distance than close by. */
export function limitsAtRange(scene: CheckScene, row: number, { soft, hard }: LimitPair): LimitPair {
  const { size } = scene.index.labels.cuboids;
  const extents = [size[3 * row]!, size[3 * row + 1]!, size[3 * row + 2]!] as const;
  const { name } = classOfRow(scene, row);
  const toleranceAt = (range: number): number | undefined =>
    scene.rules.tolerance(name, range, extents, pointsOf(scene, row))?.centerMeters;
  const by = Math.max(0, (toleranceAt(rangeOf(scene, row)) ?? 0) - (toleranceAt(0) ?? 0));
  return { soft: soft === null ? null : soft + by, hard: hard === null ? null : hard + by };
}

/** Which sentence tells what all frames of a track show of a face together, by its place in `faceNames`. */
export const pooledSays = ['pooledFront', 'pooledRear', 'pooledLeft', 'pooledRight', 'pooledTop'] as const;

/** The same for every label of a track. */
export const faceOfTrack = ({ index }: CheckScene, row: number, face: number): string =>
  `${index.labels.cuboids.track[row]!} ${face}`;

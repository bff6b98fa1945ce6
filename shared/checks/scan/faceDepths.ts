/**
 * How deep behind each upright face of a label the rays that enter through it stop: a few numbers a frame, which add up
 * over the frames of a track where one frame alone has too few rays to tell anything.
 */
import type { MetRay } from './rays.ts';

/** Metres behind the face where the first and after the last bin lie, and how wide one is. */
export const depthRange = [-0.8, 1.2] as const;
export const depthStep = 0.05;
export const depthBins = Math.round((depthRange[1] - depthRange[0]) / depthStep);
/** Front, rear, left and right, in the order of `faceNames`. */
export const uprightFaces = 4;

/** The middle of a face, as a share of its half extents; upwards the part where objects have their body. */
const middleShare = 0.6;
const bodyLow = -0.7;
const bodyHigh = 0.1;
/** Rays that graze a face tell little of how far off it they stop: sine of the least angle. */
const leastSine = 0.25;

/** Counts of one label: bin `face * depthBins + bin`. */
export type FaceDepths = Uint16Array;

export const createFaceDepths = (): FaceDepths => new Uint16Array(uprightFaces * depthBins);

/**
 * Takes in one ray that meets the label of half extents `half`. `mayBeOwn`: whether a point before the label belongs to
 * nothing else, neither to another label nor to the ground.
 */
export function addDepth(
  depths: FaceDepths,
  half: ArrayLike<number>,
  ray: Readonly<MetRay>,
  mayBeOwn: (point: number) => boolean,
): void {
  for (let face = 0; face < uprightFaces; face++) {
    const axis = face >> 1;
    const sign = face % 2 === 0 ? 1 : -1;
    const from = half[axis]! - sign * ray.from[axis]!;
    const step = -sign * ray.way[axis]!;
    if (from >= 0 || step < leastSine * ray.scale || Math.abs(-from / step - ray.enter) > 1e-9) continue;
    const across = (ray.from[1 - axis]! + ray.enter * ray.way[1 - axis]!) / half[1 - axis]!;
    const up = (ray.from[2]! + ray.enter * ray.way[2]!) / half[2]!;
    if (Math.abs(across) > middleShare || up < bodyLow || up > bodyHigh) return;
    const depth = from + step * Math.min(ray.stop, ray.leave);
    if (depth < depthRange[0] || (depth < 0 && !mayBeOwn(ray.point))) return;
    const bin = Math.min(depthBins - 1, Math.floor((depth - depthRange[0]) / depthStep));
    depths[face * depthBins + bin]!++;
    return;
  }
}

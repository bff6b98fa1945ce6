/**
 * The cone that holds all a camera can see: whatever lies wholly outside need not be projected. A street has many times
 * more objects than one picture shows.
 */
import type { CuboidColumns } from '../model/labels.ts';
import type { Mat4 } from '../model/pose.ts';
import { type ImageSize, type Lens, lensOf, rayThroughPixel } from './lens.ts';
import { imageSizeOf, type ProjectableCalibration } from './projector.ts';

export interface ViewCone {
  readonly cameraFromSpace: Mat4;
  /** Half of its opening, radians; pi where the lens or the picture's size says nothing. */
  readonly halfAngle: number;
  /** How far the camera may have moved while the picture was read, metres. */
  readonly slack: number;
}

/** Room for what a border pixel's ray does not say: bent edges, a turn during the exposure. */
const marginRadians = 0.06;
/** Places along each border of the picture. */
const borderSteps = 4;

export function viewCone(calibration: ProjectableCalibration, imageSize?: ImageSize): ViewCone {
  const { cameraFromSpace, endFromStart, model } = calibration;
  const size = imageSizeOf(calibration, imageSize);
  const slack = endFromStart ? Math.hypot(endFromStart[3]!, endFromStart[7]!, endFromStart[11]!) : 0;
  const lens = lensOf(model, size);
  if (!size || !lens) return { cameraFromSpace, halfAngle: Math.PI, slack };
  const angles = borderPixels(size).map(([u, v]) => {
    const ray = rayThroughPixel(model, [u, v]);
    return ray === null ? farthestAngle(lens) : Math.atan2(Math.hypot(ray[0], ray[1]), ray[2]);
  });
  return { cameraFromSpace, halfAngle: Math.min(Math.PI, Math.max(...angles) + marginRadians), slack };
}

/** Where a border pixel has no ray, the lens sees no farther than it can be trusted. */
function farthestAngle({ model, radial, validReach }: Lens): number {
  if (model.windshield) return Math.PI;
  return radial === null ? Math.atan(validReach) : validReach;
}

function borderPixels([width, height]: ImageSize): [number, number][] {
  const pixels: [number, number][] = [];
  for (let step = 0; step <= borderSteps; step++) {
    const share = step / borderSteps;
    const [u, v] = [share * width - 0.5, share * height - 0.5];
    pixels.push([u, -0.5], [u, height - 0.5], [-0.5, v], [width - 0.5, v]);
  }
  return pixels;
}

/** Whether the ball around a cuboid reaches into the cone. */
export function mayBeSeen(
  { cameraFromSpace: m, halfAngle, slack }: ViewCone,
  { center, size }: Pick<CuboidColumns, 'center' | 'size'>,
  row: number,
): boolean {
  const [x, y, z] = [center[3 * row]!, center[3 * row + 1]!, center[3 * row + 2]!];
  const a = m[0]! * x + m[1]! * y + m[2]! * z + m[3]!;
  const b = m[4]! * x + m[5]! * y + m[6]! * z + m[7]!;
  const c = m[8]! * x + m[9]! * y + m[10]! * z + m[11]!;
  const [length, width, height] = [size[3 * row]!, size[3 * row + 1]!, size[3 * row + 2]!];
  const radius = slack + Math.sqrt(length * length + width * width + height * height) / 2;
  const distance = Math.sqrt(a * a + b * b + c * c);
  if (!(distance > radius)) return true;
  return Math.atan2(Math.sqrt(a * a + b * b), c) <= halfAngle + Math.asin(radius / distance);
}

/** The tight 2D box of a mesh in an image, occluded parts included, cut at the image's border. */
import type { Instance } from '../world/scenery.ts';
import type { CameraSpec } from './rig.ts';
import { distort, type View } from './view.ts';
import { cameraFromLocal } from './visibility.ts';

const NEAR_METERS = 0.25;
/** Beyond this distance from the axis, at depth 1, the lens polynomial is not asked. */
const REACH = 1.8;

export interface Extent {
  readonly ltrb: readonly [number, number, number, number];
  readonly isTruncated: boolean;
}

/** Null where nothing of it falls into the image. Bounds are those of the image's pixels: -0.5 .. size - 0.5. */
export function extentInImage(instance: Instance, view: View, camera: CameraSpec): Extent | null {
  const m = cameraFromLocal(view, instance);
  const bounds = [Infinity, Infinity, -Infinity, -Infinity];
  const { positions, triangles } = instance.mesh;
  const corners = new Float64Array(9);
  for (let t = 0; t < triangles; t++) {
    for (let k = 0; k < 9; k += 3) {
      const x = positions[9 * t + k]!;
      const y = positions[9 * t + k + 1]!;
      const z = positions[9 * t + k + 2]!;
      for (let row = 0; row < 3; row++) {
        corners[k + row] = m[4 * row]! * x + m[4 * row + 1]! * y + m[4 * row + 2]! * z + m[4 * row + 3]!;
      }
    }
    for (let k = 0; k < 3; k++) addEdge(bounds, corners, 3 * k, 3 * ((k + 1) % 3), camera);
  }
  const [left, top, right, bottom] = bounds as [number, number, number, number];
  const [maxU, maxV] = [camera.width - 0.5, camera.height - 0.5];
  if (!(left < maxU && right > -0.5 && top < maxV && bottom > -0.5)) return null;
  return {
    ltrb: [Math.max(-0.5, left), Math.max(-0.5, top), Math.min(maxU, right), Math.min(maxV, bottom)],
    isTruncated: left < -0.5 || top < -0.5 || right > maxU || bottom > maxV,
  };
}

/** The edge's start, and where it passes the near plane. */
function addEdge(bounds: number[], p: Float64Array, a: number, b: number, camera: CameraSpec): void {
  const za = p[a + 2]!;
  const zb = p[b + 2]!;
  if (za >= NEAR_METERS) addPoint(bounds, p[a]!, p[a + 1]!, za, camera);
  if (za >= NEAR_METERS === zb >= NEAR_METERS) return;
  const t = (NEAR_METERS - za) / (zb - za);
  addPoint(bounds, p[a]! + t * (p[b]! - p[a]!), p[a + 1]! + t * (p[b + 1]! - p[a + 1]!), NEAR_METERS, camera);
}

function addPoint(bounds: number[], x: number, y: number, z: number, { model }: CameraSpec): void {
  let xn = x / z;
  let yn = y / z;
  if (model.distortion.length > 0) {
    const reach = Math.sqrt(xn * xn + yn * yn);
    if (reach > REACH) {
      xn *= REACH / reach;
      yn *= REACH / reach;
    }
    [xn, yn] = distort(model, xn, yn);
  }
  const u = xn * model.fx + model.cx;
  const v = yn * model.fy + model.cy;
  bounds[0] = Math.min(bounds[0]!, u);
  bounds[1] = Math.min(bounds[1]!, v);
  bounds[2] = Math.max(bounds[2]!, u);
  bounds[3] = Math.max(bounds[3]!, v);
}

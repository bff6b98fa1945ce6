/** Images of a Scale-style frame: each with its own pose in the world, so that a moving vehicle needs no time offset. */
import { invertRigid, multiply } from '../../geometry/matrix.ts';
import type { CameraModel } from '../../model/camera.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asNumber, asText } from '../jsonValues.ts';
import { baseName, folderOf } from '../paths.ts';
import { intrinsicsFromFields, nameOf } from '../toolExports/fields.ts';
import { poseOf } from '../toolExports/poses.ts';

export interface ScaleCamera {
  readonly model: CameraModel;
  readonly cameraFromSpace: Mat4;
}

function modelOf(image: JsonRecord): CameraModel | null {
  const written = intrinsicsFromFields(image);
  if (!written) return null;
  // Lens numbers are of the full picture; `scale_factor` says how much smaller the delivered one is.
  const factor = asNumber(image.scale_factor) ?? 1;
  const scale = factor > 0 ? 1 / factor : 1;
  const { fx, fy, cx, cy, skew = 0 } = written;
  const intrinsics = { fx: fx * scale, fy: fy * scale, cx: cx * scale, cy: cy * scale, skew: skew * scale };
  const number = (name: string) => asNumber(image[name]) ?? 0;
  const name = (asText(image.camera_model) ?? '').toLowerCase();
  if (name === 'fisheye') {
    return {
      kind: 'fisheye',
      ...intrinsics,
      distortion: [number('k1'), number('k2'), number('k3'), number('k4')],
    };
  }
  if (!['', 'pinhole', 'brown_conrady', 'brown-conrady'].includes(name)) return { kind: 'unknown', name };
  const order = ['k1', 'k2', 'p1', 'p2', 'k3'] as const;
  const isDistorted = order.some((key) => number(key) !== 0);
  return { kind: 'pinhole', ...intrinsics, distortion: isDistorted ? order.map(number) : [] };
}

/** The calibration, or the name of the key that cannot be used. `worldFromSpace`: of the frame. */
export function scaleCamera(image: JsonRecord, worldFromSpace: Mat4): ScaleCamera | string {
  const model = modelOf(image);
  if (!model) return 'fx';
  const worldFromCamera = poseOf(image.position, image.heading);
  if (!worldFromCamera) return 'heading';
  return { model, cameraFromSpace: multiply(invertRigid(worldFromCamera), worldFromSpace) };
}

/** A name for each image of a frame: its own, its folder's where all differ, else its place in the list. */
export function cameraNames(images: readonly JsonRecord[]): string[] {
  const folders = images.map((image) => baseName(folderOf(asText(image.image_url) ?? '').slice(0, -1)));
  const areFolders = new Set(folders).size === images.length && !folders.includes('');
  return images.map(
    (image, i) => nameOf(image.camera_id) ?? nameOf(image.name) ?? (areFolders ? folders[i]! : `camera-${i}`),
  );
}

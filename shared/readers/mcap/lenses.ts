/** The lens that a calibration message describes, in the spellings of ROS and foxglove. */
import type { CameraModel } from '../../model/camera.ts';
import type { CalibrationMessage } from './messages.ts';

const PINHOLE_LENGTHS: Readonly<Record<string, readonly number[]>> = {
  '': [0],
  none: [0],
  plumb_bob: [0, 4, 5],
  rational_polynomial: [8, 12, 14],
};
const FISHEYES = ['equidistant', 'kannala_brandt', 'fisheye'];

/** Is a picture of this topic rectified, by the names that ROS gives them? */
export function isRectified(topic: string): boolean {
  return topic.split('/').some((part) => /^(image_)?rect(_|$|ified)/.test(part));
}

/** Null where the message says that the camera is not calibrated, which it does by zeros. */
export function cameraModel(message: CalibrationMessage, topic: string): CameraModel | null {
  const { model, distortion, camera, projection } = message;
  if (isRectified(topic) && projection.length === 12 && projection[0]! > 0) {
    const [fx, skew, cx, , , fy, cy] = projection;
    return lens([fx!, skew!, cx!, 0, fy!, cy!], 'pinhole', []);
  }
  if (camera.length !== 9 || !camera.every(Number.isFinite) || !(camera[0]! > 0) || !(camera[4]! > 0))
    return null;
  const areNumbers = distortion.every(Number.isFinite);
  const kind = model.toLowerCase();
  if (areNumbers && FISHEYES.includes(kind) && distortion.length === 4)
    return lens(camera, 'fisheye', distortion);
  const lengths = Object.hasOwn(PINHOLE_LENGTHS, kind) ? PINHOLE_LENGTHS[kind]! : [];
  // Some producers pad with zeros what the model has no names for.
  const used = distortion.slice(0, distortion.findLastIndex((value) => value !== 0) + 1);
  if (areNumbers && lengths.length > 0 && used.length === 0) return lens(camera, 'pinhole', []);
  if (areNumbers && lengths.includes(distortion.length)) return lens(camera, 'pinhole', distortion);
  return { kind: 'unknown', name: model };
}

function lens(
  camera: readonly number[],
  kind: 'pinhole' | 'fisheye',
  distortion: readonly number[],
): CameraModel {
  const [fx, skew, cx, , fy, cy] = camera;
  const axes = { fx: fx!, fy: fy!, cx: cx!, cy: cy!, ...(skew ? { skew } : {}) };
  if (kind === 'pinhole') return { kind, ...axes, distortion };
  const [k1, k2, k3, k4] = distortion;
  return { kind, ...axes, distortion: [k1!, k2!, k3!, k4!] };
}

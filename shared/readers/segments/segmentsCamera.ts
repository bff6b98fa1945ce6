/** Camera images of Segments.ai: their lens and where they stand, in either of the two conventions for camera axes. */
import { invertRigid, multiply } from '../../geometry/matrix.ts';
import type { CameraModel } from '../../model/camera.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asNumber, asRecord, asText } from '../jsonValues.ts';
import { intrinsicsOf } from '../toolExports/fields.ts';
import { poseOf } from '../toolExports/poses.ts';

/** OpenGL's camera has y up and looks along -z; OpenCV's has y down and looks along z. */
const CV_FROM_GL: Mat4 = [1, 0, 0, 0, 0, -1, 0, 0, 0, 0, -1, 0, 0, 0, 0, 1];

export interface SegmentsCamera {
  readonly model: CameraModel;
  readonly cameraFromLidar: Mat4;
}

function modelOf(image: JsonRecord): CameraModel | null {
  const intrinsics = intrinsicsOf(asRecord(image.intrinsics)?.intrinsic_matrix);
  if (!intrinsics) return null;
  const distortion = asRecord(image.distortion);
  const coefficients = asRecord(distortion?.coefficients);
  const number = (name: string) => asNumber(coefficients?.[name]) ?? 0;
  const [k1, k2, k3, k4, p1, p2] = [
    number('k1'),
    number('k2'),
    number('k3'),
    number('k4'),
    number('p1'),
    number('p2'),
  ];
  const name = asText(distortion?.model) ?? '';
  if (name === 'fisheye') return { kind: 'fisheye', ...intrinsics, distortion: [k1, k2, k3, k4] };
  if (name !== '' && name !== 'brown-conrady') return { kind: 'unknown', name };
  return { kind: 'pinhole', ...intrinsics, distortion: distortion ? [k1, k2, p1, p2, k3] : [] };
}

/** The calibration, null where the image has none, or the name of the key that cannot be used. */
export function segmentsCamera(image: JsonRecord): SegmentsCamera | null | string {
  if (image.intrinsics === undefined || image.extrinsics === undefined) return null;
  const model = modelOf(image);
  if (!model) return 'intrinsic_matrix';
  const extrinsics = asRecord(image.extrinsics);
  const lidarFromCamera = poseOf(extrinsics?.translation, extrinsics?.rotation);
  if (!lidarFromCamera) return 'extrinsics';
  const cameraFromLidar = invertRigid(lidarFromCamera);
  const isCv = asText(image.camera_convention) === 'OpenCV';
  return { model, cameraFromLidar: isCv ? cameraFromLidar : multiply(CV_FROM_GL, cameraFromLidar) };
}

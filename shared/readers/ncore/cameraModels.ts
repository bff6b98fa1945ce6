/**
 * NVIDIA's camera models, as NCore and PhysicalAI-AV write them, to ours. Principal points of f-theta count from the
 * centre of the first pixel, as ours do; those of the OpenCV models from its corner, half a pixel away.
 */
import type { CameraModel, Windshield } from '../../model/camera.ts';
import type { ShutterDirection } from '../../model/delivery.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asList, asNumber, asNumbers, asRecord, asText } from '../jsonValues.ts';

export interface NvidiaCamera {
  readonly model: CameraModel;
  readonly width?: number;
  readonly height?: number;
  readonly shutter?: ShutterDirection;
}

const CORNER_TO_CENTRE = -0.5;

/** In the order of the owner's numbering, from 1; the last is global. */
const SHUTTERS: readonly (readonly [string, ShutterDirection])[] = [
  ['ROLLING_TOP_TO_BOTTOM', 'top-bottom'],
  ['ROLLING_LEFT_TO_RIGHT', 'left-right'],
  ['ROLLING_BOTTOM_TO_TOP', 'bottom-top'],
  ['ROLLING_RIGHT_TO_LEFT', 'right-left'],
];

function shutterOf(value: unknown): ShutterDirection | undefined {
  return SHUTTERS.find(([name], i) => value === name || value === i + 1)?.[1];
}

/** Triangular numbers: a polynomial of order N in two variables has (N + 1)(N + 2) / 2 coefficients. */
function isTriangular(count: number): boolean {
  const order = Math.round((Math.sqrt(8 * count + 1) - 3) / 2);
  return count > 0 && ((order + 1) * (order + 2)) / 2 === count;
}

function polynomial(value: unknown): number[] | null {
  return asNumbers(value, asList(value).length);
}

/** Undefined = no pane; null = one that cannot be read. */
function windshieldOf(value: unknown): Windshield | null | undefined {
  const record = asRecord(value);
  if (!record) return undefined;
  const horizontal = polynomial(record.horizontal_poly);
  const vertical = polynomial(record.vertical_poly);
  if (!horizontal || !vertical || !isTriangular(horizontal.length) || !isTriangular(vertical.length))
    return null;
  return { horizontal, vertical };
}

function fThetaOf(parameters: JsonRecord): CameraModel | null {
  const centre = asNumbers(parameters.principal_point, 2);
  const angleToPixels = polynomial(parameters.angle_to_pixeldist_poly);
  const pixelsToAngle = polynomial(parameters.pixeldist_to_angle_poly);
  const maxAngle = asNumber(parameters.max_angle);
  const reference = parameters.reference_poly;
  if (!centre || !angleToPixels || !pixelsToAngle || maxAngle === null || !(maxAngle > 0)) return null;
  if (angleToPixels.length === 0 && pixelsToAngle.length === 0) return null;
  const stated = asNumbers(parameters.linear_cde, 3);
  // Some recordings hold zeros for "nothing": the owner reads those as the identity.
  const [c, d, e] = stated?.some((value) => value !== 0) ? (stated as [number, number, number]) : [1, 0, 0];
  return {
    kind: 'f-theta',
    cx: centre[0]!,
    cy: centre[1]!,
    angleToPixels,
    pixelsToAngle,
    exact: reference === 'PIXELDIST_TO_ANGLE' || reference === 1 ? 'pixels-to-angle' : 'angle-to-pixels',
    linear: [c, d, e],
    maxAngle,
  };
}

function openCvOf(kind: 'pinhole' | 'fisheye', parameters: JsonRecord): CameraModel | null {
  const centre = asNumbers(parameters.principal_point, 2);
  const focal = asNumbers(parameters.focal_length, 2);
  if (!centre || !focal || !(focal[0]! > 0) || !(focal[1]! > 0)) return null;
  const intrinsics = {
    fx: focal[0]!,
    fy: focal[1]!,
    cx: centre[0]! + CORNER_TO_CENTRE,
    cy: centre[1]! + CORNER_TO_CENTRE,
  };
  if (kind === 'fisheye') {
    const radial = asNumbers(parameters.radial_coeffs, 4) as [number, number, number, number] | null;
    const maxAngle = asNumber(parameters.max_angle);
    if (!radial) return null;
    const limit = maxAngle !== null && maxAngle > 0 ? { maxAngle } : {};
    return { kind: 'fisheye', ...intrinsics, distortion: radial, ...limit };
  }
  const radial = asNumbers(parameters.radial_coeffs, 6);
  const tangential = asNumbers(parameters.tangential_coeffs, 2);
  const prism = asNumbers(parameters.thin_prism_coeffs, 4);
  if (!radial || !tangential || !prism) return null;
  const [k1, k2, k3, k4, k5, k6] = radial as [number, number, number, number, number, number];
  const distortion = [k1, k2, tangential[0]!, tangential[1]!, k3, k4, k5, k6, ...prism];
  return { kind: 'pinhole', ...intrinsics, distortion };
}

function modelOf(type: string, parameters: JsonRecord): CameraModel | null {
  if (type === 'ftheta') return fThetaOf(parameters);
  if (type === 'opencv-pinhole') return openCvOf('pinhole', parameters);
  return type === 'opencv-fisheye' ? openCvOf('fisheye', parameters) : null;
}

/**
 * `type`: `ftheta`, `opencv-pinhole` or `opencv-fisheye`; `distortion`: the pane before the lens, where it is given
 * beside the parameters instead of within them. An unknown type, or numbers that make no lens, give the unknown model.
 */
export function nvidiaCamera(type: string, parameters: JsonRecord, distortion?: unknown): NvidiaCamera {
  const model = modelOf(type, parameters);
  const windshield = windshieldOf(parameters.external_distortion_parameters ?? distortion);
  const isKnown = model !== null && windshield !== null;
  const size = asNumbers(parameters.resolution, 2);
  const hasSize = size?.every((extent) => extent > 0);
  const shutter = shutterOf(parameters.shutter_type);
  return {
    model: isKnown
      ? ({ ...model, ...(windshield ? { windshield } : {}) } as CameraModel)
      : { kind: 'unknown', name: asText(type) ?? '' },
    ...(hasSize ? { width: size![0]!, height: size![1]! } : {}),
    ...(shutter ? { shutter } : {}),
  };
}

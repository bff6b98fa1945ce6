/** Camera intrinsics of a stream, in the standard's spelling and in the older one that real files carry. */
import { identityMatrix, invert } from '../../geometry/matrix.ts';
import type { CameraModel, FisheyeModel } from '../../model/camera.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asList, asNumber, asNumbers, asRecord } from '../jsonValues.ts';

export interface StreamLens {
  readonly model: CameraModel;
  /** Moves points from the stream's own axes to the lens: identity but for a 3x4 matrix with a fourth column. */
  readonly lensFromStream: Mat4;
  readonly width?: number;
  readonly height?: number;
}

/** Lengths of OpenCV's coefficient list; what lies between is filled with zeros. */
const DISTORTION_LENGTHS = [0, 4, 5, 8, 12, 14];

/** Reads a key by its standard name, else by the older one, which is noted. */
export class Spelling {
  readonly old = new Set<string>();

  pick(record: JsonRecord, name: string, oldName: string): unknown {
    if (record[name] !== undefined) return record[name];
    if (record[oldName] !== undefined) this.old.add(oldName);
    return record[oldName];
  }
}

function sizeOf(record: JsonRecord): { width?: number; height?: number } {
  const width = asNumber(record.width_px);
  const height = asNumber(record.height_px);
  return width && height && width > 0 && height > 0 ? { width, height } : {};
}

function distortionOf(value: unknown): number[] | null {
  const numbers = asList(value).map(asNumber);
  const length = DISTORTION_LENGTHS.find((allowed) => allowed >= numbers.length);
  if (length === undefined || numbers.some((number) => number === null)) return null;
  return [...(numbers as number[]), ...new Array<number>(length - numbers.length).fill(0)];
}

function pinhole(record: JsonRecord, spelling: Spelling): StreamLens | null {
  const given = spelling.pick(record, 'camera_matrix', 'camera_matrix_3x4');
  const distortion = distortionOf(spelling.pick(record, 'distortion_coeffs', 'distortion_coeffs_1xN'));
  const square = asNumbers(given, 9);
  const wide =
    asNumbers(given, 12) ??
    (square && [0, 1, 2].flatMap((row) => [...square.slice(3 * row, 3 * row + 3), 0]));
  if (!wide || !distortion) return null;
  const [fx, skew, cx, px, , fy, cy, py, , , pw, pz] = wide as number[];
  const lens = [fx!, skew!, cx!, 0, 0, fy!, cy!, 0, 0, 0, pw!, 0, 0, 0, 0, 1];
  const inverse = invert(lens);
  if (!inverse || pw !== 1) return null;
  const offset = (row: number) => inverse[row]! * px! + inverse[row + 1]! * py! + inverse[row + 2]! * pz!;
  return {
    model: { kind: 'pinhole', fx: fx!, fy: fy!, cx: cx!, cy: cy!, skew: skew!, distortion },
    lensFromStream: [1, 0, 0, offset(0), 0, 1, 0, offset(4), 0, 0, 1, offset(8), 0, 0, 0, 1],
    ...sizeOf(record),
  };
}

/** Only with focal lengths is it the angle polynomial that is known here; without them the coefficients are pixels. */
function fisheye(record: JsonRecord, spelling: Spelling): StreamLens {
  const cx = asNumber(spelling.pick(record, 'center_x_px', 'center_x'));
  const cy = asNumber(spelling.pick(record, 'center_y_px', 'center_y'));
  const coefficients = asNumbers(spelling.pick(record, 'lens_coeffs', 'lens_coeffs_1x4'), 4);
  const fx = asNumber(record.focal_length_x);
  const fy = asNumber(record.focal_length_y) ?? fx;
  const isComplete = fx && fy && coefficients && cx !== null && cy !== null;
  const model: CameraModel = isComplete
    ? { kind: 'fisheye', fx, fy, cx, cy, distortion: coefficients as unknown as FisheyeModel['distortion'] }
    : { kind: 'unknown', name: 'fisheye polynomial' };
  return { model, lensFromStream: identityMatrix, ...sizeOf(record) };
}

/** Null where the properties hold no lens at all; 'bad' where they hold one that cannot be used. */
export function lensFrom(properties: JsonRecord, spelling: Spelling): StreamLens | null | 'bad' {
  const pinholeRecord = asRecord(properties.intrinsics_pinhole);
  if (pinholeRecord) return pinhole(pinholeRecord, spelling) ?? 'bad';
  const fisheyeRecord = asRecord(properties.intrinsics_fisheye);
  if (fisheyeRecord) return fisheye(fisheyeRecord, spelling);
  const custom = asRecord(properties.intrinsics_custom);
  if (!custom) return null;
  return { model: { kind: 'unknown', name: 'custom' }, lensFromStream: identityMatrix, ...sizeOf(custom) };
}

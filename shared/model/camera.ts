/**
 * Lens models. Pixel (0, 0) is the centre of the first pixel (OpenCV, KITTI); readers of formats that count from
 * the pixel's corner subtract half a pixel at the door.
 */
export interface PinholeIntrinsics {
  readonly fx: number;
  readonly fy: number;
  readonly cx: number;
  readonly cy: number;
  readonly skew?: number;
}

/** OpenCV's rational model, order k1 k2 p1 p2 k3 [k4 k5 k6 [s1 s2 s3 s4 [tx ty]]]; 0, 4, 5, 8, 12 or 14 numbers. */
export interface PinholeModel extends PinholeIntrinsics {
  readonly kind: 'pinhole';
  readonly distortion: readonly number[];
}

/** Kannala-Brandt: r = theta (1 + k1 theta^2 + k2 theta^4 + k3 theta^6 + k4 theta^8). */
export interface FisheyeModel extends PinholeIntrinsics {
  readonly kind: 'fisheye';
  readonly distortion: readonly [number, number, number, number];
}

/** A model this version does not know: the image is shown, nothing is projected into it. */
export interface UnknownModel {
  readonly kind: 'unknown';
  readonly name: string;
}

export type CameraModel = PinholeModel | FisheyeModel | UnknownModel;

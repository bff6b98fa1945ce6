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
  readonly windshield?: Windshield;
}

/** Kannala-Brandt: r = theta (1 + k1 theta^2 + k2 theta^4 + k3 theta^6 + k4 theta^8). */
export interface FisheyeModel extends PinholeIntrinsics {
  readonly kind: 'fisheye';
  readonly distortion: readonly [number, number, number, number];
  /** Largest angle from the axis the model may be trusted to, radians. */
  readonly maxAngle?: number;
  readonly windshield?: Windshield;
}

/**
 * NVIDIA's f-theta: with theta the angle from the axis, the pixel distance is the polynomial of `angleToPixels` (powers
 * from 0 up), and (u, v) = [[c, d], [e, 1]] * distance * (x, y) / |(x, y)| + (cx, cy).
 */
export interface FThetaModel {
  readonly kind: 'f-theta';
  readonly cx: number;
  readonly cy: number;
  readonly angleToPixels: readonly number[];
  /** The inverse polynomial; exact where `exact` says so, and then `angleToPixels` is only its approximation. */
  readonly pixelsToAngle: readonly number[];
  readonly exact: 'angle-to-pixels' | 'pixels-to-angle';
  readonly linear: readonly [c: number, d: number, e: number];
  readonly maxAngle: number;
  readonly windshield?: Windshield;
}

/**
 * A pane before the lens that bends each ray: phi = asin(x/n), theta = asin(y/n) become bivariate polynomials of
 * themselves. Coefficients run over powers of phi, then of theta: sum_j (sum_{i <= N - j} c_ij phi^i) theta^j.
 */
export interface Windshield {
  readonly horizontal: readonly number[];
  readonly vertical: readonly number[];
}

/** A model this version does not know: the image is shown, nothing is projected into it. */
export interface UnknownModel {
  readonly kind: 'unknown';
  readonly name: string;
}

export type CameraModel = PinholeModel | FisheyeModel | FThetaModel | UnknownModel;

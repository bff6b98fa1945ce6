/**
 * A windshield before the lens bends each ray: its angles phi = asin(x/n) and theta = asin(y/n) become bivariate
 * polynomials of both. It stands in front of the camera, so only rays with z > 0 pass through it.
 */
import type { Windshield } from '../model/camera.ts';
import type { Vec3 } from '../model/pose.ts';
import { solvePlane } from './pinholeDistortion.ts';

/** Writes the bent unit ray to `out`; NaN where the ray does not pass the windshield. */
export function bendRay(windshield: Windshield, x: number, y: number, z: number, out: Float64Array): void {
  const length = Math.sqrt(x * x + y * y + z * z);
  const phi = Math.asin(x / length);
  const theta = Math.asin(y / length);
  const sinPhi = Math.sin(bivariateAt(windshield.horizontal, phi, theta));
  const sinTheta = Math.sin(bivariateAt(windshield.vertical, phi, theta));
  out[0] = sinPhi;
  out[1] = sinTheta;
  out[2] = z > 0 ? Math.sqrt(1 - sinPhi * sinPhi - sinTheta * sinTheta) : Number.NaN;
}

/** The unit ray that the windshield bends into `bent`; `null` where there is none. */
export function unbendRay(windshield: Windshield, bent: Vec3): Vec3 | null {
  const length = Math.hypot(...bent);
  const [toPhi, toTheta] = [Math.asin(bent[0] / length), Math.asin(bent[1] / length)];
  const solved = solvePlane(
    (phi, theta) => [
      bivariateAt(windshield.horizontal, phi, theta) - toPhi,
      bivariateAt(windshield.vertical, phi, theta) - toTheta,
    ],
    [toPhi, toTheta],
  );
  if (solved === null || !(bent[2] > 0)) return null;
  const [x, y] = [Math.sin(solved[0]), Math.sin(solved[1])];
  const z2 = 1 - x * x - y * y;
  return z2 > 0 ? [x, y, Math.sqrt(z2)] : null;
}

/**
 * sum_j (sum_{i <= N - j} c_ij phi^i) theta^j, coefficients running over i, then j: (N + 1)(N + 2) / 2 of them. A list
 * of another length has its missing coefficients taken as 0.
 */
function bivariateAt(coefficients: readonly number[], phi: number, theta: number): number {
  const order = Math.ceil((Math.sqrt(8 * coefficients.length + 1) - 3) / 2);
  let value = 0;
  let thetaPower = 1;
  let at = 0;
  for (let j = 0; j <= order; j++) {
    let row = 0;
    for (let i = order - j; i >= 0; i--) row = row * phi + (coefficients[at + i] ?? 0);
    value += row * thetaPower;
    thetaPower *= theta;
    at += order - j + 1;
  }
  return value;
}

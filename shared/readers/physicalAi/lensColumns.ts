/**
 * Camera lenses as earlier releases of PhysicalAI-AV give them: f-theta polynomials in columns of their own, with no
 * shutter and no largest angle. That angle is taken from the picture's farthest corner.
 */
import type { NvidiaCamera } from '../ncore/cameraModels.ts';
import type { ClipTable } from './tables.ts';

const POWERS = [0, 1, 2, 3, 4];
const FORWARD = POWERS.map((power) => `fw_poly_${power}`);
const BACKWARD = POWERS.map((power) => `bw_poly_${power}`);
const OTHERS = ['width', 'height', 'cx', 'cy'];

export const LENS_COLUMNS: readonly string[] = [...OTHERS, ...FORWARD, ...BACKWARD];

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}

/** The unknown model where the row's numbers make no lens. */
export function lensOfColumns(table: ClipTable, row: number): NvidiaCamera {
  const [width, height, cx, cy] = OTHERS.map((column) => table.number(column, row)) as [
    number,
    number,
    number,
    number,
  ];
  const angleToPixels = FORWARD.map((column) => table.number(column, row));
  const pixelsToAngle = BACKWARD.map((column) => table.number(column, row));
  const farthest = Math.hypot(Math.max(cx, width - cx), Math.max(cy, height - cy));
  const maxAngle = polynomial(pixelsToAngle, farthest);
  const isLens = maxAngle > 0 && maxAngle <= Math.PI && angleToPixels.every(Number.isFinite);
  if (!isLens || !(width > 0) || !(height > 0)) return { model: { kind: 'unknown', name: 'f-theta' } };
  return {
    model: {
      kind: 'f-theta',
      cx,
      cy,
      angleToPixels,
      pixelsToAngle,
      exact: 'angle-to-pixels',
      linear: [1, 0, 0],
      maxAngle,
    },
    width,
    height,
  };
}

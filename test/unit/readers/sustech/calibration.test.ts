import { expect, it } from 'vitest';
import { parseSustechCalibration } from '../../../../shared/readers/sustech/sustechCalibration.ts';

const extrinsic = [0, -1, 0, 0.1, 0, 0, -1, 0.2, 1, 0, 0, 0.3, 0, 0, 0, 1];
const intrinsic = [1200, 0, 1000, 0, 1210, 750, 0, 0, 1];

it('rounded matrices are poses; mirrored, scaled, sheared and singular ones are not', () => {
  const parse = (matrix: readonly number[]) => {
    const parsed = parseSustechCalibration({ extrinsic: matrix, intrinsic }, 'a.json');
    return parsed.ok ? 'ok' : parsed.problem.params!.key;
  };
  expect(parse(extrinsic)).toBe('ok');
  expect(parse(extrinsic.map((value) => value + (value === -1 ? 0.002 : 0)))).toBe('ok');
  expect(parse(extrinsic.map((value, i) => (i < 3 ? -value : value)))).toBe('extrinsic');
  expect(parse(extrinsic.map((value, i) => (i < 12 ? 2 * value : value)))).toBe('extrinsic');
  expect(parse(extrinsic.with(0, 0.5))).toBe('extrinsic');
  expect(parse(new Array(16).fill(0))).toBe('extrinsic');
  expect(parse(extrinsic.with(15, 2))).toBe('extrinsic');
});

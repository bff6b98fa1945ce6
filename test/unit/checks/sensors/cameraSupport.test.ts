/** How many objects it takes to suspect a camera: many that mostly agree, or fewer of one mind. */
import { expect, test } from 'vitest';
import { type CameraVerdict, isSupported } from '../../../../shared/checks/sensors/cameraVerdicts.ts';

function verdict(unknowns: number, pairs: number, helped: number, off: number): CameraVerdict {
  const left = Array.from({ length: pairs }, () => [0, 0] as const);
  return { helped, off, verdict: { fit: { unknowns, left } } } as unknown as CameraVerdict;
}

test.each([
  ['many of which most agree', 3, 20, 5, 7, true],
  ['many of which few agree', 3, 40, 4, 9, false],
  ['few of one mind', 4, 10, 4, 4, true],
  ['few that disagree', 4, 14, 4, 6, false],
  ['fewer objects than a shift and a turn have unknowns', 6, 13, 5, 5, false],
  ['as many objects as a shift and a turn have unknowns', 6, 9, 6, 6, true],
  ['three objects alone', 3, 12, 3, 3, false],
] as const)('%s', (_, unknowns, pairs, helped, off, is) => {
  expect(isSupported(verdict(unknowns, pairs, helped, off))).toBe(is);
});

/** `times.txt` and `poses.txt` of a sequence: a line a scan, by its number. */
import { invertRigid, isRigid, multiply } from '../../geometry/matrix.ts';
import type { Mat4 } from '../../model/pose.ts';
import { linesOf } from '../textFile.ts';

function filledLines(text: string): string[] {
  const lines = linesOf(text);
  while (lines.at(-1)?.trim() === '') lines.pop();
  return lines;
}

const SECONDS = /^(\d{1,12})(?:\.(\d*))?(?:[eE]([+-]?\d{1,2}))?$/;

/** Seconds since the sequence began, `1.036224e-01`, as whole nanoseconds by their digits: no float is made of them. */
export function nanosOfSeconds(text: string): string | null {
  const match = SECONDS.exec(text.trim());
  if (!match) return null;
  const [, whole = '', fraction = '', exponent = '0'] = match;
  // The digits as one number, times ten to the power that is left over.
  const power = Number(exponent) - fraction.length + 9;
  const digits = BigInt(whole + fraction);
  return (power >= 0 ? digits * 10n ** BigInt(power) : digits / 10n ** BigInt(-power)).toString();
}

export function parseTimes(text: string): (string | null)[] {
  return filledLines(text).map(nanosOfSeconds);
}

/** Poses are written with seven digits. */
const ROUNDING = 1e-2;

/**
 * World from Velodyne of every scan; null where the line is no pose. The file gives the left camera's place in its own
 * first one: carried over to the lidar, the world is the lidar's first place.
 */
export function parsePoses(text: string, cameraFromVelodyne: Mat4): (Mat4 | null)[] {
  const velodyneFromCamera = invertRigid(cameraFromVelodyne);
  return filledLines(text).map((line) => {
    const numbers = line.trim().split(/\s+/).map(Number);
    if (numbers.length !== 12 || !numbers.every(Number.isFinite)) return null;
    const pose: Mat4 = [...numbers, 0, 0, 0, 1];
    if (!isRigid(pose, ROUNDING)) return null;
    return multiply(velodyneFromCamera, multiply(pose, cameraFromVelodyne));
  });
}

/**
 * The two chain codes of `poly2d` (SRF6DCC and RS6FCC, defined by VCD and taken over by ASAM OpenLABEL 1.0): a start
 * pixel, then digits of three bits, two to a base64 character. A digit turns relative to the direction walked so far
 * and takes one step; two more digits stand for many steps straight on.
 */
import { asNumber, asText } from '../jsonValues.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Steps to the eight neighbouring pixels, clockwise on the screen (v points down), from the one to the right. */
const STEPS = [
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
] as const;

/** Eighths of a turn that the digits 0 to 4 make before their step. */
const TURNS = [0, 1, -1, 2, -2] as const;
const TURN_BACK = 5;
const FEW_STEPS = 6;
const START_DIRECTION = 2;

/** How many steps the digits 6 and 7 stand for in SRF6DCC; RS6FCC writes its own. */
const FIXED_STEPS = [3, 15] as const;

function digitsOf(code: string, padding: number): number[] | null {
  const digits: number[] = [];
  for (const character of code) {
    const value = ALPHABET.indexOf(character);
    if (value < 0) return null;
    digits.push(value >> 3, value & 7);
  }
  return padding >= 0 && padding <= digits.length ? digits.slice(0, digits.length - padding) : null;
}

/** u, v of every corner: where the direction changes, and both ends. */
function walk(u: number, v: number, digits: readonly number[], steps: readonly [number, number]): number[] {
  const corners = [u, v];
  let direction: number = START_DIRECTION;
  let heading: number | null = null;
  const go = (count: number) => {
    if (count === 0) return;
    if (heading !== null && heading !== direction) corners.push(u, v);
    heading = direction;
    u += STEPS[direction]![0] * count;
    v += STEPS[direction]![1] * count;
  };
  for (const digit of digits) {
    if (digit === TURN_BACK) {
      direction = (direction + 4) % 8;
    } else if (digit < TURN_BACK) {
      direction = (direction + TURNS[digit]! + 8) % 8;
      go(1);
    } else {
      go(steps[digit - FEW_STEPS]!);
    }
  }
  if (heading !== null) corners.push(u, v);
  return corners;
}

/**
 * Coordinates u, v one after another of `[u, v, padding, code]` (SRF6DCC) or `[u, v, few, many, padding, code]`
 * (RS6FCC), numbers also as strings; null for anything else.
 */
export function pointsOfChain(values: readonly unknown[]): number[] | null {
  const code = asText(values.at(-1));
  const numbers = values.slice(0, -1).map(asNumber);
  if (code === null || numbers.some((number) => number === null || !Number.isInteger(number))) return null;
  const [u, v, ...rest] = numbers as number[];
  if (rest.length !== 1 && rest.length !== 3) return null;
  const digits = digitsOf(code, rest.at(-1)!);
  if (digits === null) return null;
  const corners = walk(u!, v!, digits, rest.length === 3 ? [rest[0]!, rest[1]!] : FIXED_STEPS);
  return corners.every(Number.isFinite) ? corners : null;
}

/**
 * Sine, cosine, arc tangent and powers from the four operations and the square root alone. ECMAScript leaves the
 * last bits of `Math.sin` and its kin to the engine; made deliveries must be the same bytes on every machine, and
 * IEEE 754 fixes these five operations exactly.
 */
const QUARTER_TURN = Math.PI / 2;
/** pi/2 in two parts, the first short enough that k * HIGH is exact for the angles met here (|k| < 2^20). */
const QUARTER_HIGH = 1.5707963267341256;
const QUARTER_LOW = 6.077100506506192e-11;

function sineSeries(x: number): number {
  const s = x * x;
  return (
    x *
    (1 -
      (s / 6) *
        (1 - (s / 20) * (1 - (s / 42) * (1 - (s / 72) * (1 - (s / 110) * (1 - (s / 156) * (1 - s / 210)))))))
  );
}

function cosineSeries(x: number): number {
  const s = x * x;
  return (
    1 -
    (s / 2) *
      (1 -
        (s / 12) *
          (1 -
            (s / 30) * (1 - (s / 56) * (1 - (s / 90) * (1 - (s / 132) * (1 - (s / 182) * (1 - s / 240)))))))
  );
}

function sineOfQuarter(radians: number, quarters: number): number {
  const k = Math.floor(radians / QUARTER_TURN + 0.5);
  const rest = radians - k * QUARTER_HIGH - k * QUARTER_LOW;
  const quadrant = (((k + quarters) % 4) + 4) % 4;
  if (quadrant === 0) return sineSeries(rest);
  if (quadrant === 1) return cosineSeries(rest);
  if (quadrant === 2) return -sineSeries(rest);
  return -cosineSeries(rest);
}

/** Sine, absolute error below 1e-14 for angles up to a million radians. */
export function sin(radians: number): number {
  return sineOfQuarter(radians, 0);
}

/** Cosine, same accuracy. */
export function cos(radians: number): number {
  return sineOfQuarter(radians, 1);
}

export function tan(radians: number): number {
  return sin(radians) / cos(radians);
}

/** Halves the angle three times, so that 11 terms of Gregory's series give 1e-15. */
function arcTangent(ratio: number): number {
  let z = ratio;
  for (let halving = 0; halving < 3; halving++) z = z / (1 + Math.sqrt(1 + z * z));
  const s = z * z;
  let sum = 0;
  for (let k = 10; k >= 0; k--) sum = (k % 2 === 0 ? 1 : -1) / (2 * k + 1) + s * sum;
  return 8 * z * sum;
}

/** Angle of the vector (x, y) in (-pi, pi]; 0 for the null vector. */
export function atan2(y: number, x: number): number {
  if (x === 0 && y === 0) return 0;
  if (x >= Math.abs(y)) return arcTangent(y / x);
  if (y >= Math.abs(x)) return QUARTER_TURN - arcTangent(x / y);
  if (-y >= Math.abs(x)) return -QUARTER_TURN - arcTangent(x / y);
  return y >= 0 ? Math.PI + arcTangent(y / x) : -Math.PI + arcTangent(y / x);
}

/** `base` to an exponent in [0, 1], by the binary digits of the exponent: repeated square roots. */
export function fractionalPower(base: number, exponent: number): number {
  if (base <= 0) return 0;
  let root = base;
  let rest = exponent;
  let product = 1;
  for (let bit = 0; bit < 40 && rest > 0; bit++) {
    root = Math.sqrt(root);
    rest *= 2;
    if (rest >= 1) {
      product *= root;
      rest -= 1;
    }
  }
  return product;
}

/** The angle brought into (-pi, pi]. */
export function wrapAngle(radians: number): number {
  const turns = Math.ceil(radians / (2 * Math.PI) - 0.5);
  return radians - turns * 2 * Math.PI;
}

export function square(value: number): number {
  return value * value;
}

/** Whole power from 1 on, by squaring. */
export function raise(base: number, exponent: number): number {
  let product = 1;
  let factor = base;
  for (let rest = exponent; rest > 0; rest >>= 1) {
    if (rest & 1) product *= factor;
    factor *= factor;
  }
  return product;
}

const POWERS_OF_TEN = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

/** Rounds to 0..9 decimals: what is written to a file shows no more digits than it means. */
export function roundTo(value: number, decimals: number): number {
  const scale = POWERS_OF_TEN[decimals]!;
  const rounded = Math.round(value * scale) / scale;
  return rounded === 0 ? 0 : rounded;
}

/**
 * Probabilities as fractions of whole numbers of any size: what the fast, rounded ones are compared with. Rates
 * are taken as the exact value of the double that was passed.
 */
export interface Fraction {
  readonly top: bigint;
  readonly bottom: bigint;
}

/** C(n, k). */
export function choose(n: bigint, k: bigint): bigint {
  if (k < 0n || k > n) return 0n;
  const steps = k < n - k ? k : n - k;
  let value = 1n;
  for (let i = 1n; i <= steps; i++) value = (value * (n - steps + i)) / i;
  return value;
}

/** The exact value of a double in (0, 1]. */
export function fractionOf(value: number): Fraction {
  let bottom = 1n;
  let top = value;
  while (!Number.isInteger(top)) {
    top *= 2;
    bottom *= 2n;
  }
  return { top: BigInt(top), bottom };
}

/** Nearest double of a fraction, however far out. */
export function toDouble({ top, bottom }: Fraction): number {
  if (top === 0n) return 0;
  const shift = BigInt(bottom.toString(2).length - top.toString(2).length + 70);
  const quotient = shift >= 0n ? (top << shift) / bottom : top / (bottom << -shift);
  return Number(quotient) * 2 ** -Number(shift);
}

/** P(X <= x) and P(X > x) of n draws from `lot` units with `defectives` bad ones. */
export function exactHypergeometric(x: number, lot: number, defectives: number, n: number) {
  const [N, D, k] = [BigInt(lot), BigInt(defectives), BigInt(n)];
  const least = k - (N - D) > 0n ? k - (N - D) : 0n;
  const most = k < D ? k : D;
  // All terms over one bottom; each is the one before times a ratio that divides exactly.
  let term = choose(D, least) * choose(N - D, k - least);
  let lower = 0n;
  let all = 0n;
  for (let i = least; i <= most; i++) {
    all += term;
    if (i <= BigInt(x)) lower += term;
    term = (term * (D - i) * (k - i)) / ((i + 1n) * (N - D - k + i + 1n));
  }
  return {
    lower: toDouble({ top: lower, bottom: all }),
    upper: toDouble({ top: all - lower, bottom: all }),
  };
}

/** P(X <= x) and P(X > x) of n trials with probability p. */
export function exactBinomial(x: number, n: number, p: number) {
  const { top, bottom } = fractionOf(p);
  const good = bottom - top;
  let term = good ** BigInt(n);
  let lower = 0n;
  for (let i = 0n; i <= BigInt(x); i++) {
    lower += term;
    term = (term * (BigInt(n) - i) * top) / ((i + 1n) * good);
  }
  const all = bottom ** BigInt(n);
  return {
    lower: toDouble({ top: lower, bottom: all }),
    upper: toDouble({ top: all - lower, bottom: all }),
  };
}

/** P(X <= x) and P(X > x) of a Poisson count, by fixed-point arithmetic with 400 bits behind the point. */
export function exactPoisson(x: number, mean: number) {
  const bits = 400n;
  const { top, bottom } = fractionOf(mean);
  let lower = 0n;
  let all = 0n;
  let term = 1n << bits;
  for (let i = 0n; term > 0n || Number(i) <= mean; i++) {
    all += term;
    if (i <= BigInt(x)) lower += term;
    term = (term * top) / (bottom * (i + 1n));
  }
  return {
    lower: toDouble({ top: lower, bottom: all }),
    upper: toDouble({ top: all - lower, bottom: all }),
  };
}

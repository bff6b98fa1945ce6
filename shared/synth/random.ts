/**
 * Repeatable chance. Generator: sfc32 (Chris Doty-Humphrey, PractRand), 32-bit integer arithmetic only. Every part
 * of a made world draws from its own stream, named by a path of labels, so that adding an actor to one scene leaves
 * every other scene, and every defect, as it was.
 */
export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  unit(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Uniform integer in [low, high], both included. */
  integer(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
  /** Mean 0, standard deviation 1, never beyond 3.47: the sum of four uniform numbers. */
  normal(): number;
}

/** Mixes 32 bits so that neighbouring inputs give unrelated outputs (Murmur3's finaliser). */
export function mix32(bits: number): number {
  let h = bits | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Uniform in [0, 1) from a place on an integer lattice. */
export function latticeUnit(x: number, y: number, salt: number): number {
  return (
    mix32(Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ Math.imul(salt, 0x9e3779b1)) / 4294967296
  );
}

/** Lattice of 256 x 256 values behind the smooth noise: one look-up where a hash would cost ten operations. */
const LATTICE = Float64Array.from({ length: 65536 }, (_, i) => mix32(i + 0x6a09e667) / 4294967296);

/**
 * Smooth noise in [0, 1): lattice values blended with a cubic step. Repeats every 256 units; `salt` picks another
 * stretch of the same lattice.
 */
export function smoothNoise(x: number, y: number, salt: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const fx = x - column;
  const fy = y - row;
  const wx = fx * fx * (3 - 2 * fx);
  const wy = fy * fy * (3 - 2 * fy);
  const left = (column + salt * 97) & 255;
  const right = (left + 1) & 255;
  const low = ((row + salt * 61) & 255) << 8;
  const high = (low + 256) & 65535;
  const bottom = LATTICE[low + left]! * (1 - wx) + LATTICE[low + right]! * wx;
  const top = LATTICE[high + left]! * (1 - wx) + LATTICE[high + right]! * wx;
  return bottom * (1 - wy) + top * wy;
}

function hashLabels(seed: number, labels: readonly (string | number)[]): number {
  let hash = mix32(seed ^ 0x51ed270b);
  for (const label of labels) {
    const text = String(label);
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    hash = mix32(hash ^ 0x2f);
  }
  return hash;
}

/** The stream named by `labels` under `seed`. The same name always gives the same numbers. */
export function randomStream(seed: number, ...labels: readonly (string | number)[]): Random {
  const start = hashLabels(seed, labels);
  let a = mix32(start);
  let b = mix32(start + 0x9e3779b9);
  let c = mix32(start + 0x3c6ef372);
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return sum >>> 0;
  };
  for (let round = 0; round < 12; round++) next();
  const unit = () => next() / 4294967296;
  return {
    unit,
    between: (low, high) => low + (high - low) * unit(),
    integer: (low, high) => low + Math.floor(unit() * (high - low + 1)),
    chance: (probability) => unit() < probability,
    pick: (items) => items[Math.floor(unit() * items.length)]!,
    normal: () => (unit() + unit() + unit() + unit() - 2) * Math.sqrt(3),
  };
}

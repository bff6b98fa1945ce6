/** XXH32 in whole numbers without bounds: a slow oracle that shares nothing with the product's. */
const P = [2654435761n, 2246822519n, 3266489917n, 668265263n, 374761393n] as const;
const MASK = 0xffff_ffffn;

const rotate = (value: bigint, bits: bigint) => ((value << bits) | (value >> (32n - bits))) & MASK;
const word = (bytes: readonly number[], at: number) =>
  BigInt(bytes[at]! + bytes[at + 1]! * 256 + bytes[at + 2]! * 65_536 + bytes[at + 3]! * 16_777_216);

export function xxHash32Oracle(bytes: readonly number[]): number {
  let at = 0;
  let hash: bigint = P[4];
  if (bytes.length >= 16) {
    const lanes = [(P[0] + P[1]) & MASK, P[1], 0n, (MASK + 1n - P[0]) & MASK];
    for (; at + 16 <= bytes.length; at += 16) {
      for (let lane = 0; lane < 4; lane++) {
        const sum = (lanes[lane]! + word(bytes, at + 4 * lane) * P[1]) & MASK;
        lanes[lane] = (rotate(sum, 13n) * P[0]) & MASK;
      }
    }
    hash = [1n, 7n, 12n, 18n].reduce((sum, bits, lane) => (sum + rotate(lanes[lane]!, bits)) & MASK, 0n);
  }
  hash = (hash + BigInt(bytes.length)) & MASK;
  for (; at + 4 <= bytes.length; at += 4) {
    hash = (rotate((hash + word(bytes, at) * P[2]) & MASK, 17n) * P[3]) & MASK;
  }
  for (; at < bytes.length; at++) {
    hash = (rotate((hash + BigInt(bytes[at]!) * P[4]) & MASK, 11n) * P[0]) & MASK;
  }
  hash = ((hash ^ (hash >> 15n)) * P[1]) & MASK;
  hash = ((hash ^ (hash >> 13n)) * P[2]) & MASK;
  return Number(hash ^ (hash >> 16n));
}

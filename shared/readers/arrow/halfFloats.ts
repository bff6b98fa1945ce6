/** Half floats (IEEE 754 binary16) widened to single ones, which hold every one of them exactly. */

const SMALLEST = 2 ** -24;

function widened(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * SMALLEST;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

let table: Float32Array | null = null;

/** All 65,536 of them: looking one up is several times faster than working it out. */
function halfTable(): Float32Array {
  if (table === null) {
    table = new Float32Array(0x1_0000);
    for (let bits = 0; bits < table.length; bits++) table[bits] = widened(bits);
  }
  return table;
}

export function widenHalves(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const values = halfTable();
  const out = new Float32Array(halves.length);
  for (let i = 0; i < halves.length; i++) out[i] = values[halves[i]!]!;
  return out;
}

/** Changes to valid bytes: blind ones, ones that aim at numbers of a header, and ones that know text and JSON. */
import type { SeededRandom } from '../../support/seededRandom.ts';

/** Numbers that lengths and counts are most likely to be wrong about. */
const EDGES = [
  0n,
  1n,
  2n,
  0x7fn,
  0x80n,
  0xffn,
  0x7fffn,
  0xffffn,
  0x7fff_ffffn,
  0x8000_0000n,
  0xffff_fffen,
  0xffff_ffffn,
  1_000_000_000_000n,
  0x7fff_ffff_ffff_ffffn,
  0xffff_ffff_ffff_ffffn,
];

/** What is put where a number or a word of a text stood. */
const STRANGE_WORDS = [
  ...['0', '-1', '1e999', 'NaN', '-inf', '1000000000000', '4294967296', '9007199254740993', '0.5'],
  ...['', 'x', '\0', '💥', '../../canary', '%s', '1 2 3', '\n', '-9223372036854775808'],
];

/** What is put where a value of a JSON document stood. */
const STRANGE_VALUES = [
  ...['null', '[]', '{}', '""', '-1', '1e999', '"__proto__"', 'true', '[[[]]]', '{"a":{"b":[1,"x"]}}'],
  ...['9007199254740993', '"\\ud800"', '"../../canary"', '0', '1e-320', '{"__proto__":{"x":1}}', '"a"'],
];

const pick = <Value>(list: readonly Value[], random: SeededRandom): Value =>
  list[random.integer(0, list.length - 1)]!;

function putNumber(bytes: Uint8Array, random: SeededRandom): void {
  const size = pick([1, 2, 4, 8], random);
  if (bytes.length < size) return;
  // Headers lie in front and behind, and their numbers are mostly aligned.
  const place = random.integer(0, 3);
  const last = bytes.length - size;
  let at = random.integer(0, last);
  if (place === 0) at = Math.min(at, random.integer(0, 127));
  else if (place === 1) at = Math.max(0, last - random.integer(0, 127));
  else if (place === 2) at -= at % size;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, size);
  let value = pick(EDGES, random);
  if (random.next() < 0.3) {
    // A little more or less than what stands there: the edge of what is right.
    let now = 0n;
    for (let i = size - 1; i >= 0; i--) now = now * 256n + BigInt(view.getUint8(i));
    value = now + BigInt(random.integer(-2, 2));
  }
  const isBig = random.next() < 0.3;
  for (let i = 0; i < size; i++) {
    view.setUint8(isBig ? size - 1 - i : i, Number((value >> BigInt(8 * i)) & 255n));
  }
}

function cut(bytes: Uint8Array, from: number, to: number, put: Uint8Array): Uint8Array<ArrayBuffer> {
  const joined = new Uint8Array(bytes.length - (to - from) + put.length);
  joined.set(bytes.subarray(0, from));
  joined.set(put, from);
  joined.set(bytes.subarray(to), from + put.length);
  return joined;
}

/** One to four changes that know nothing of the format. `other` lends pieces. */
export function mutateBytes(seed: Uint8Array, other: Uint8Array, random: SeededRandom): Uint8Array {
  let bytes = seed.slice();
  for (let times = random.integer(1, 4); times > 0; times--) {
    if (bytes.length === 0) return bytes;
    const at = random.integer(0, bytes.length - 1);
    const span = Math.min(bytes.length - at, random.integer(1, 64));
    const kind = random.integer(0, 11);
    if (kind <= 2) bytes[at]! ^= 1 << random.integer(0, 7);
    else if (kind <= 6) putNumber(bytes, random);
    else if (kind === 7) bytes.fill(random.integer(0, 255), at, at + span);
    else if (kind === 8) bytes = cut(bytes, at, at + span, new Uint8Array(0));
    else if (kind === 9) {
      const from = random.integer(0, Math.max(0, other.length - 1));
      bytes = cut(bytes, at, at + (random.next() < 0.5 ? span : 0), other.subarray(from, from + span));
    } else if (kind === 10) bytes.copyWithin(at, random.integer(0, bytes.length - 1));
    else bytes = bytes.slice(0, random.next() < 0.5 ? at : bytes.length - random.integer(0, 16));
  }
  return bytes;
}

const latin = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return text;
};
const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 255);

/** Changes words of a text header: numbers mostly. `headBytes` limits the search. */
export function mutateWords(seed: Uint8Array, headBytes: number, random: SeededRandom): Uint8Array {
  const end = Math.min(headBytes, seed.length);
  const head = latin(seed.subarray(0, end));
  const words = [...head.matchAll(/-?\d+(\.\d+)?|[A-Za-z_]+/g)];
  if (words.length === 0) return seed;
  const { 0: word, index } = pick(words, random);
  const put = random.next() < 0.2 ? pick(words, random)[0] : pick(STRANGE_WORDS, random);
  return cut(seed, index, index + word.length, bytesOf(put));
}

/** Puts strange values where a JSON document has others, doubles keys, and nests. */
export function mutateJson(text: string, random: SeededRandom): string {
  let changed = text;
  for (let times = random.integer(1, 3); times > 0; times--) {
    const values = [...changed.matchAll(/-?\d+(\.\d+)?|"[^"]*"|\[[^[\]]*\]|\{[^{}]*\}|null|true|false/g)];
    if (values.length === 0) return changed;
    const { 0: found, index } = pick(values, random);
    const kind = random.integer(0, 9);
    let put = pick(STRANGE_VALUES, random);
    if (kind === 0) put = `${found},${found}`;
    else if (kind === 1) put = `[${found}]`;
    else if (kind === 2) put = pick(values, random)[0];
    else if (kind === 3) put = `${'['.repeat(500)}${']'.repeat(500)}`;
    changed = changed.slice(0, index) + put + changed.slice(index + found.length);
  }
  return changed;
}

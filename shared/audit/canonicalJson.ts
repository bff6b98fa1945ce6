/**
 * Canonical JSON (RFC 8785): one value, one sequence of bytes, on every machine. What is hashed or signed is
 * hashed and signed in this form.
 */

/** Deeper values are refused: no event comes near, and a hostile file must not exhaust the stack. */
const maxDepth = 200;

const encoder = new TextEncoder();

/**
 * The canonical text of a JSON value: no white space, members sorted by UTF-16 code units, numbers and strings as
 * ECMAScript writes them. Members that are `undefined` are left out, as `JSON.stringify` does.
 * Throws TypeError on what JSON cannot hold: NaN, infinities, lone surrogates, functions, cycles.
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

/** The same as UTF-8. */
export function canonicalBytes(value: unknown): Uint8Array {
  return encoder.encode(canonicalJson(value));
}

function write(value: unknown, depth: number): string {
  if (depth > maxDepth) throw new TypeError('canonical JSON: nested too deeply');
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return writeNumber(value);
  if (typeof value === 'string') return writeString(value);
  if (Array.isArray(value)) return `[${value.map((item) => write(item, depth + 1)).join(',')}]`;
  if (typeof value === 'object') return writeObject(value as Readonly<Record<string, unknown>>, depth);
  throw new TypeError(`canonical JSON: ${typeof value} is no JSON value`);
}

/** ECMAScript's own shortest form is the one the RFC prescribes; it writes -0 as 0. */
function writeNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`canonical JSON: ${value} is no JSON number`);
  return String(value);
}

/** `JSON.stringify` escapes exactly what the RFC escapes, once lone surrogates are out. */
function writeString(value: string): string {
  if (!value.isWellFormed()) throw new TypeError('canonical JSON: lone surrogate in a string');
  return JSON.stringify(value);
}

function writeObject(value: Readonly<Record<string, unknown>>, depth: number): string {
  // The default order of sort() is by UTF-16 code units, as the RFC asks.
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${writeString(key)}:${write(value[key], depth + 1)}`);
  return `{${members.join(',')}}`;
}

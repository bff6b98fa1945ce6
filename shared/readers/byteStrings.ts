/** Many strings as one UTF-8 text: a million label ids cost their bytes, and only those asked for become strings. */
import type { StringColumn } from '../model/delivery.ts';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const encoder = new TextEncoder();

export class ByteStrings implements StringColumn {
  /** All strings one after another. */
  readonly text: Uint8Array;
  /** Byte of `text` after each string, ascending. */
  readonly ends: Uint32Array;

  constructor(text: Uint8Array, ends: Uint32Array) {
    this.text = text;
    this.ends = ends;
  }

  get length(): number {
    return this.ends.length;
  }

  /** As `Array.at`: counts from the end where negative, `undefined` outside. */
  at(index: number): string | undefined {
    const row = index < 0 ? index + this.ends.length : index;
    const end = this.ends[row];
    if (end === undefined) return undefined;
    return decoder.decode(this.text.subarray(row === 0 ? 0 : this.ends[row - 1]!, end));
  }

  *[Symbol.iterator](): Iterator<string> {
    for (let row = 0; row < this.ends.length; row++) yield this.at(row)!;
  }
}

/** The same strings as bytes; those that are bytes already are handed on. Throws RangeError beyond 4 GiB of text. */
export function toByteStrings(strings: StringColumn): ByteStrings {
  if (strings instanceof ByteStrings) return strings;
  const ends = new Uint32Array(strings.length);
  let text = new Uint8Array(Math.max(64, 16 * strings.length));
  let length = 0;
  let row = 0;
  for (const string of strings) {
    const bytes = encoder.encode(string);
    if (length + bytes.length > 0xffff_ffff) throw new RangeError('strings beyond 4 GiB');
    if (length + bytes.length > text.length) {
      const larger = new Uint8Array(2 * (length + bytes.length));
      larger.set(text.subarray(0, length));
      text = larger;
    }
    text.set(bytes, length);
    length += bytes.length;
    ends[row++] = length;
  }
  return new ByteStrings(text.subarray(0, length), ends);
}

/**
 * Gives every distinct token (the names rows refer to each other by) a small number, straight from a file's bytes.
 * Lower-case hexadecimal tokens are kept packed, two digits a byte; any other text as its UTF-8 bytes. Open addressing
 * over 32-bit words: a million tokens cost some 30 bytes each and no string.
 */
import { grown } from './growing.ts';
import type { JsonCursor } from './jsonCursor.ts';

/** What stands for an empty token: `prev` of the first row, a visibility that nobody stated. */
export const NO_TOKEN = -1;

/** Value of two hexadecimal digits read as one little-endian 16-bit word, -1 where they are none. */
const HEX_PAIRS = new Int16Array(0x10000).fill(-1);
const HEX_DIGITS = [...'0123456789abcdef'].map((digit) => digit.charCodeAt(0));
/** The other way round: the two digits of a byte. */
const HEX_TEXT = new Uint16Array(0x100);
for (const [high, first] of HEX_DIGITS.entries()) {
  for (const [low, second] of HEX_DIGITS.entries()) {
    const text = first | (second << 8);
    HEX_PAIRS[text] = 16 * high + low;
    HEX_TEXT[16 * high + low] = text;
  }
}

/** Longest token that is read into words; a longer one is a hostile file's. */
export const LONGEST_TOKEN = 1024;
/** In `#shapes`: the length counts characters of packed hexadecimal, not bytes. */
const PACKED = 0x8000;
const QUOTE = 0x22;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

export class TokenTable {
  /** Tokens so far; their numbers are 0 .. size - 1 in the order they first came. */
  size = 0;
  #words = new Uint32Array(256);
  #wordsUsed = 0;
  /** Where each token's words start, and what they are. */
  #starts = new Uint32Array(64);
  #shapes = new Uint16Array(64);
  /**
   * A power of two of them; 0 where free. The low bits, as many as it takes to number the slots, are the token number
   * + 1; the others are those of the token's hash, which spares looking at the wrong token's words. One word a slot:
   * a large table's time is spent waiting for this memory.
   */
  #slots = new Int32Array(128);
  /** The token at hand, in words. */
  readonly #pending = new Uint32Array(LONGEST_TOKEN / 4);
  #pendingWords = 0;
  #pendingShape = 0;
  #pendingHash = 0;
  /** The token answered last. */
  #last = 0;

  /**
   * Number of the token in the string that comes next, given if need be. NO_TOKEN for an empty or overlong one. The
   * cursor must stand at the opening quote; it moves behind the closing one.
   */
  internNext(cursor: JsonCursor): number {
    return this.#takeNext(cursor) ? this.#internPending() : NO_TOKEN;
  }

  /** The same, but NO_TOKEN where it is not in the table. */
  findNext(cursor: JsonCursor): number {
    return this.#takeNext(cursor) ? this.#findPending() : NO_TOKEN;
  }

  /** Number of the bytes [start, end) of the cursor's window. */
  internBytes(cursor: JsonCursor, start: number, end: number): number {
    return this.#take(cursor.bytes, cursor.view, start, end) ? this.#internPending() : NO_TOKEN;
  }

  intern(text: string): number {
    return this.#takeText(text) ? this.#internPending() : NO_TOKEN;
  }

  find(text: string): number {
    return this.#takeText(text) ? this.#findPending() : NO_TOKEN;
  }

  /** Makes room for this many tokens at once, where their number is known or guessed. */
  reserve(tokens: number): void {
    let slots = this.#slots.length;
    while (3 * tokens > 2 * slots) slots *= 2;
    this.#words = grown(this.#words, 4 * tokens);
    this.#starts = grown(this.#starts, tokens);
    this.#shapes = grown(this.#shapes, this.#starts.length);
    if (slots > this.#slots.length) this.#spread(slots);
  }

  /** Nothing is looked up or added any more: what that takes is given back. */
  freeze(): void {
    this.#slots = new Int32Array(1);
  }

  /** The numbers that were given are all that is still wanted: texts go too. */
  forget(): void {
    this.freeze();
    this.#words = new Uint32Array(0);
    this.#starts = new Uint32Array(0);
    this.#shapes = new Uint16Array(0);
    this.#wordsUsed = 0;
    this.#last = 0;
    this.size = 0;
  }

  /** The token's text; '' for NO_TOKEN. */
  text(token: number): string {
    if (token < 0) return '';
    const bytes = new Uint8Array(this.byteLength(token));
    this.writeText(token, bytes, 0);
    return decoder.decode(bytes);
  }

  /** UTF-8 bytes of the token's text. */
  byteLength(token: number): number {
    return this.#shapes[token]! & ~PACKED;
  }

  /** Writes the token's UTF-8 bytes into `out` from `at` on. */
  writeText(token: number, out: Uint8Array, at: number): void {
    const start = this.#starts[token]!;
    const shape = this.#shapes[token]!;
    const length = shape & ~PACKED;
    if (shape & PACKED) {
      for (let i = 0, word = start; i < length; i += 8, word++) {
        const digits = this.#words[word]!;
        for (let place = 0; place < 8; place += 2) {
          const pair = HEX_TEXT[(digits >>> (24 - 4 * place)) & 0xff]!;
          out[at + i + place] = pair;
          out[at + i + place + 1] = pair >> 8;
        }
      }
      return;
    }
    for (let i = 0; i < length; i++) out[at + i] = this.#words[start + (i >> 2)]! >>> (8 * (i & 3));
  }

  /** Nearly every token is 32 digits long: where a quote stands behind so many, they need not be searched for it. */
  #takeNext(cursor: JsonCursor): boolean {
    const { at } = cursor;
    if (cursor.bytes[at + 33] === QUOTE && this.#takeDigits(cursor.view, at + 1, at + 33)) {
      cursor.at = at + 34;
      return true;
    }
    cursor.span();
    if (cursor.spanIsEscaped) return this.#takeText(cursor.spanText());
    return this.#take(cursor.bytes, cursor.view, cursor.spanStart, cursor.spanEnd);
  }

  #takeText(text: string): boolean {
    const bytes = encoder.encode(text);
    return this.#take(bytes, new DataView(bytes.buffer), 0, bytes.length);
  }

  /** Brings the bytes [start, end) into `#pending`. False where they are no token. */
  #take(bytes: Uint8Array, view: DataView, start: number, end: number): boolean {
    const length = end - start;
    if (length === 0 || length > LONGEST_TOKEN) return false;
    if (length % 8 === 0 && this.#takeDigits(view, start, end)) return true;
    const pending = this.#pending;
    const words = (length + 3) >> 2;
    const whole = length >> 2;
    for (let word = 0; word < whole; word++) pending[word] = view.getUint32(start + 4 * word, true);
    if (whole < words) {
      let last = 0;
      for (let at = start + 4 * whole; at < end; at++) last |= bytes[at]! << (8 * ((at - start) & 3));
      pending[whole] = last;
    }
    this.#pendingWords = words;
    this.#pendingShape = length;
    return true;
  }

  /** Eight digits to a word. False where any is no lower-case hexadecimal. */
  #takeDigits(view: DataView, start: number, end: number): boolean {
    const pending = this.#pending;
    let fault = 0;
    let words = 0;
    for (let at = start; at < end; at += 8) {
      const a = HEX_PAIRS[view.getUint16(at, true)]!;
      const b = HEX_PAIRS[view.getUint16(at + 2, true)]!;
      const c = HEX_PAIRS[view.getUint16(at + 4, true)]!;
      const d = HEX_PAIRS[view.getUint16(at + 6, true)]!;
      fault |= a | b | c | d;
      pending[words++] = (a << 24) | (b << 16) | (c << 8) | d;
    }
    this.#pendingWords = words;
    this.#pendingShape = (8 * words) | PACKED;
    return fault >= 0;
  }

  #internPending(): number {
    if (this.#isNearLast()) return this.#last;
    const slot = this.#slotOfPending();
    const token = this.#tokenIn(slot);
    this.#last = token < 0 ? this.#add(slot) : token;
    return this.#last;
  }

  #findPending(): number {
    if (this.#isNearLast()) return this.#last;
    const token = this.#tokenIn(this.#slotOfPending());
    if (token >= 0) this.#last = token;
    return token;
  }

  /** Rows name what the row before them named, or what comes before or after it: then nothing need be looked up. */
  #isNearLast(): boolean {
    const last = this.#last;
    if (last >= this.size) return false;
    if (this.#equalsPending(last)) return true;
    if (last > 0 && this.#equalsPending(last - 1)) this.#last = last - 1;
    else if (last + 1 < this.size && this.#equalsPending(last + 1)) this.#last = last + 1;
    else return false;
    return true;
  }

  #slotOfPending(): number {
    const hash = hashOf(this.#pendingShape, this.#pending, 0, this.#pendingWords);
    this.#pendingHash = hash;
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const entry = slots[slot]!;
      if (entry === 0) return slot;
      if (((entry ^ hash) & ~mask) === 0 && this.#equalsPending((entry & mask) - 1)) return slot;
    }
  }

  /** -1 where the slot is free. */
  #tokenIn(slot: number): number {
    return (this.#slots[slot]! & (this.#slots.length - 1)) - 1;
  }

  #equalsPending(token: number): boolean {
    if (this.#shapes[token] !== this.#pendingShape) return false;
    const start = this.#starts[token]!;
    for (let word = 0; word < this.#pendingWords; word++) {
      if (this.#words[start + word] !== this.#pending[word]) return false;
    }
    return true;
  }

  #add(slot: number): number {
    const token = this.size++;
    const start = this.#wordsUsed;
    this.#wordsUsed += this.#pendingWords;
    if (this.#wordsUsed > this.#words.length) this.#words = grown(this.#words, this.#wordsUsed);
    if (token >= this.#starts.length) {
      this.#starts = grown(this.#starts, this.size);
      this.#shapes = grown(this.#shapes, this.#starts.length);
    }
    for (let word = 0; word < this.#pendingWords; word++) this.#words[start + word] = this.#pending[word]!;
    this.#starts[token] = start;
    this.#shapes[token] = this.#pendingShape;
    this.#slots[slot] = (this.#pendingHash & ~(this.#slots.length - 1)) | (token + 1);
    if (3 * this.size > 2 * this.#slots.length) this.#spread(2 * this.#slots.length);
    return token;
  }

  /** So many slots, a power of two; every token finds its place anew. */
  #spread(length: number): void {
    const slots = new Int32Array(length);
    const mask = length - 1;
    for (let token = 0; token < this.size; token++) {
      const shape = this.#shapes[token]!;
      const bytes = shape & PACKED ? (shape & ~PACKED) >> 1 : shape;
      const hash = hashOf(shape, this.#words, this.#starts[token]!, (bytes + 3) >> 2);
      let slot = hash & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = (hash & ~mask) | (token + 1);
    }
    this.#slots = slots;
  }
}

/** 32 bits, all of them mixed. */
function hashOf(shape: number, words: Uint32Array, start: number, count: number): number {
  let hash = shape;
  for (let word = start; word < start + count; word++)
    hash = Math.imul(hash ^ words[word]!, 0x9e3779b1) ^ (hash >>> 15);
  return hash ^ (hash >>> 16);
}

/** Zstandard frames, unpacked into an array of the length that is known beforehand. Header: RFC 8878, section 3.1.1. */
import { decodeZstd } from '../zstd/zstd.ts';
import { demand } from './damage.ts';

const MAGIC = 0xfd2f_b528;

/** The length a frame states for its content, or null where it states none. */
function statedLength(bytes: Uint8Array, part: string): number | null {
  demand(bytes.length >= 6, part);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  demand(view.getUint32(0, true) === MAGIC, part);
  const descriptor = bytes[4]!;
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!;
  const size = descriptor >> 6;
  const at = 5 + (isSingleSegment ? 0 : 1) + dictionaryBytes;
  if (size === 0 && !isSingleSegment) return null;
  demand(bytes.length >= at + (1 << size), part);
  if (size === 0) return bytes[at]!;
  if (size === 1) return view.getUint16(at, true) + 256;
  return size === 2 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
}

/** The frame at the start of `bytes`, which must unpack to `length` bytes. Throws `Damage`. */
export function unpackZstdFrame(bytes: Uint8Array, length: number, part: string): Uint8Array<ArrayBuffer> {
  demand((statedLength(bytes, part) ?? length) === length, part);
  const out = new Uint8Array(length);
  demand(decodeZstd(bytes, out) === null, part);
  return out;
}

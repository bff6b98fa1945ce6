/** Width and height of a PNG or JPEG from its first bytes, without decoding it. */
import type { Problem } from '../../base/problem.ts';

export interface ImageSize {
  readonly width: number;
  readonly height: number;
  readonly type: 'png' | 'jpeg';
}

/** Enough for a PNG always, and for a JPEG unless it carries large metadata; then ask again with more. */
export const IMAGE_HEAD_BYTES = 64 * 1024;

/** Decoded, a picture takes four bytes a pixel: beyond this a few of them would take all the memory there is. */
export const MOST_PIXELS = 64_000_000;

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function readPng(view: DataView): ImageSize | null {
  // The IHDR chunk is required to come first (ISO/IEC 15948, 5.6).
  if (view.byteLength < 24 || view.getUint32(12) !== 0x49484452) return null;
  return { width: view.getUint32(16), height: view.getUint32(20), type: 'png' };
}

/** Start-of-frame markers: C0..CF but for DHT (C4), JPG (C8) and DAC (CC). */
function isFrameMarker(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Markers that stand alone, without a length: TEM, RST0..7, SOI, and fill bytes. */
function isBareMarker(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
}

function readJpeg(view: DataView): ImageSize | null {
  let at = 2;
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at += 1;
    else if (isBareMarker(marker)) at += 2;
    else if (isFrameMarker(marker)) {
      return { width: view.getUint16(at + 7), height: view.getUint16(at + 5), type: 'jpeg' };
    } else {
      const length = view.getUint16(at + 2);
      if (length < 2 || marker === 0xd9 || marker === 0xda) return null;
      at += 2 + length;
    }
  }
  return null;
}

/** Null when the bytes are neither, or end before the size (a JPEG with long metadata: give more of the file). */
export function readImageSize(bytes: Uint8Array): ImageSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (PNG_SIGNATURE.every((byte, index) => bytes[index] === byte)) return readPng(view);
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return readJpeg(view);
  return null;
}

/** The problem with a picture that states more than `MOST_PIXELS`, before anything is set aside for them; else null. */
export function tooManyPixels(size: ImageSize, path: string): Problem | null {
  const { width, height } = size;
  if (width * height <= MOST_PIXELS) return null;
  const params = { width, height, megapixels: MOST_PIXELS / 1e6 };
  return { code: 'image-too-large', severity: 'error', path, params };
}

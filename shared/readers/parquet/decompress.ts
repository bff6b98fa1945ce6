/** Pages unpacked to the size their header states, once that size is one the codec could have made of these bytes. */
import { gunzipSync } from 'fflate';
import { unpackLz4Block } from '../arrow/lz4Frame.ts';
import { unpackZstdFrame } from '../arrow/zstdFrame.ts';
import { ParquetError } from './broken.ts';
import type { ParquetCodec } from './footer.ts';
import { unpackSnappy } from './snappy.ts';

/** Bytes of one page at most, unpacked. Writers make pages of about a megabyte; pictures and clouds are larger. */
const LARGEST_PAGE = 256 * 1024 * 1024;

/** Most bytes that one packed byte can become, by the formats' own rules. */
const MOST_PER_BYTE: Readonly<Record<ParquetCodec, number>> = {
  none: 1,
  snappy: 64,
  gzip: 1032,
  lzo: 0,
  brotli: 1 << 17,
  'lz4-hadoop': 256,
  zstd: 1 << 16,
  lz4: 256,
};
/** A page of next to nothing may still be a whole frame of the codec. */
const SMALL_PAGE = 1024;

/** Throws ParquetError: `too-large` for a size that cannot be, `compression` for bytes that do not unpack to it. */
export async function unpackPage(packed: Uint8Array, size: number, codec: ParquetCodec): Promise<Uint8Array> {
  if (codec === 'none') {
    if (packed.length !== size) throw new ParquetError('page-size');
    return packed;
  }
  if (size > LARGEST_PAGE || size > packed.length * MOST_PER_BYTE[codec] + SMALL_PAGE) {
    throw new ParquetError('too-large');
  }
  if (size === 0) return new Uint8Array(0);
  let unpacked: Uint8Array;
  try {
    unpacked = await unpack(packed, size, codec);
  } catch {
    // Each library has its own errors for damage; to the reader of the file they are one.
    throw new ParquetError('compression');
  }
  if (unpacked.length !== size) throw new ParquetError('compression');
  return unpacked;
}

async function unpack(packed: Uint8Array, size: number, codec: ParquetCodec): Promise<Uint8Array> {
  switch (codec) {
    case 'snappy':
      return unpackSnappy(packed, size);
    case 'gzip':
      return gunzipSync(packed, { out: new Uint8Array(size) });
    case 'zstd':
      return unpackZstdFrame(packed, size, 'page');
    case 'lz4':
      return lz4Block(packed, size);
    case 'lz4-hadoop':
      return hadoopBlocks(packed, size) ?? lz4Block(packed, size);
    case 'brotli': {
      // A rare one: its tables are only fetched for a file that asks for them.
      const { decompressBrotli } = await import('hyparquet-compressors');
      return decompressBrotli(packed, size);
    }
    default:
      throw new ParquetError('compression');
  }
}

function lz4Block(packed: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  const end = unpackLz4Block(packed, 0, packed.length, out, 0, 0, 'page');
  return out.subarray(0, end);
}

/** Blocks with both their sizes in front, most significant byte first; null where the bytes are not laid out so. */
function hadoopBlocks(packed: Uint8Array, size: number): Uint8Array | null {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const out = new Uint8Array(size);
  let to = 0;
  for (let at = 0; at < packed.length; ) {
    if (at + 8 > packed.length) return null;
    const [unpackedBytes, packedBytes] = [view.getUint32(at), view.getUint32(at + 4)];
    at += 8;
    if (packedBytes > packed.length - at || unpackedBytes > size - to) return null;
    const end = unpackLz4Block(packed, at, at + packedBytes, out, to, to, 'page');
    if (end - to !== unpackedBytes) return null;
    to = end;
    at += packedBytes;
  }
  return to === size ? out : null;
}

/** Pages unpacked to the size their header states, once that size is one the codec could have made of these bytes. */
import { gunzipSync } from 'fflate';
import { decompress as decompressZstd } from 'fzstd';
import { snappyUncompress } from 'hyparquet';
import { ParquetError } from './broken.ts';
import type { ParquetCodec } from './footer.ts';

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
  const out = new Uint8Array(size);
  switch (codec) {
    case 'snappy':
      snappyUncompress(packed, out);
      return out;
    case 'gzip':
      return gunzipSync(packed, { out });
    case 'zstd':
      return decompressZstd(packed, out);
    default: {
      // Rare ones: their tables are only fetched for a file that asks for them.
      const { decompressBrotli, decompressLz4, decompressLz4Raw } = await import('hyparquet-compressors');
      if (codec === 'brotli') return decompressBrotli(packed, size);
      if (codec === 'lz4') return decompressLz4Raw(packed, size);
      if (codec === 'lz4-hadoop') return decompressLz4(packed, size);
      throw new ParquetError('compression');
    }
  }
}

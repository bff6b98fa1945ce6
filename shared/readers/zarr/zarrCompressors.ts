/** Compressors that zarr v2 names by id, each bounded by the chunk's own size. */
import type { JsonRecord } from '../jsonValues.ts';
import { asText } from '../jsonValues.ts';
import { decodeZstd } from '../zstd/zstd.ts';
import { decodeBlosc } from './blosc.ts';
import type { Decompress } from './libraryCodecs.ts';
import { inflateGzip, inflateZlib } from './libraryCodecs.ts';
import { decodeLz4Block } from './lz4Block.ts';

/** numcodecs puts the plain length, 4 bytes little-endian, before the block. */
function lz4WithLength(packed: Uint8Array, output: Uint8Array): string | null {
  if (packed.length < 4) return 'truncated';
  const stated = new DataView(packed.buffer, packed.byteOffset, 4).getUint32(0, true);
  if (stated !== output.length) return `${stated} bytes instead of ${output.length}`;
  return decodeLz4Block(packed.subarray(4), output) ? null : 'lz4';
}

const compressors = new Map<string, Decompress>([
  ['gzip', inflateGzip],
  ['zlib', inflateZlib],
  ['zstd', decodeZstd],
  ['lz4', lz4WithLength],
  ['blosc', decodeBlosc],
]);

/** The chunk's bytes, exactly `size` of them, or why there are none. */
export function decompressChunk(
  compressor: JsonRecord | null,
  packed: Uint8Array,
  size: number,
): Uint8Array | string {
  if (!compressor) return packed.length === size ? packed : `${packed.length} bytes instead of ${size}`;
  const id = asText(compressor.id) ?? '';
  const decompress = compressors.get(id);
  if (!decompress) return `compressor ${id.slice(0, 100)}`;
  const output = new Uint8Array(size);
  return decompress(packed, output) ?? output;
}

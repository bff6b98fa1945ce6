/** Codecs by library behind one contract: fill the output exactly, or say why not. */
import { gunzipSync, unzlibSync } from 'fflate';
import { decompress as decodeZstd } from 'fzstd';

/** Fills `output` from `packed`; answers why not, or null where it did. */
export type Decompress = (packed: Uint8Array, output: Uint8Array) => string | null;

/**
 * fflate and fzstd write into a buffer they are given and never grow it, so that no chunk is a bomb; what does not fit
 * they drop without a word. One byte of room more than is wanted tells.
 */
function byLibrary(run: (packed: Uint8Array, output: Uint8Array) => Uint8Array): Decompress {
  return (packed, output) => {
    try {
      const plain = run(packed, new Uint8Array(output.length + 1));
      if (plain.length !== output.length) return `${plain.length} bytes instead of ${output.length}`;
      output.set(plain);
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : 'broken';
    }
  };
}

export const inflateGzip = byLibrary((packed, out) => gunzipSync(packed, { out }));
export const inflateZlib = byLibrary((packed, out) => unzlibSync(packed, { out }));
export const inflateZstd = byLibrary((packed, out) => decodeZstd(packed, out));

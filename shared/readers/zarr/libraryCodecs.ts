/** Codecs by library behind one contract: fill the output exactly, or say why not. */
import { gunzipSync, unzlibSync } from 'fflate';

/** Fills `output` from `packed`; answers why not, or null where it did. */
export type Decompress = (packed: Uint8Array, output: Uint8Array) => string | null;

/**
 * fflate writes into a buffer it is given and never grows it, so that no chunk is a bomb; what does not fit it drops
 * without a word. One byte of room more than is wanted tells.
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

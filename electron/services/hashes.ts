/** SHA-256 the way the rest of the product asks for it, by Node's own crypto. */
import { createHash } from 'node:crypto';
import type { ByteSource, Sha256Hex } from '../../shared/base/bytes.ts';

export const sha256Hex: Sha256Hex = (bytes) => createHash('sha256').update(bytes).digest('hex');

const chunkBytes = 1 << 20;

/** Hash of a whole source, read in pieces so that memory does not grow with the file. */
export async function sha256OfSource(source: ByteSource, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for (let start = 0; start < source.length; start += chunkBytes) {
    signal?.throwIfAborted();
    hash.update(await source.slice(start, Math.min(start + chunkBytes, source.length)));
  }
  return hash.digest('hex');
}

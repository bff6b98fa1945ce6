/** The bytes of one file of an archive from its first to its last, checked against what the archive states of it. */
import { pipeline, Readable, type Transform } from 'node:stream';
import { promisify } from 'node:util';
import { crc32, createInflateRaw, inflateRaw, type ZlibOptions } from 'node:zlib';
import { ProblemError } from '../../../shared/base/problem.ts';
import type { OpenBytes } from '../openBytes.ts';
import { type ArchiveMember, archiveTrouble } from './archive.ts';

/**
 * `packed` are the member's own bytes in the archive. Rejects with ProblemError `archive-file-damaged` (named `shown`)
 * as soon as more comes than was stated, and at the end where less came or the CRC-32 is another.
 */
export async function* contentOf(
  packed: OpenBytes,
  member: ArchiveMember,
  shown: string,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  let crc = 0;
  const damaged = (): ProblemError => archiveTrouble('archive-file-damaged', shown);
  for await (const chunk of member.packing === 'stored' ? packed.stream() : inflated(packed, damaged)) {
    bytes += chunk.length;
    if (bytes > member.bytes) throw damaged();
    if (member.crc !== null) crc = crc32(chunk, crc);
    yield chunk;
  }
  if (bytes !== member.bytes || (member.crc !== null && crc !== member.crc)) throw damaged();
}

const inflate = promisify<Uint8Array, ZlibOptions, Buffer>(inflateRaw);

/** The same for a small deflated file, in one piece: a stream costs more than inflating it. */
export async function inflateAtOnce(
  packed: OpenBytes,
  member: ArchiveMember,
  shown: string,
): Promise<Buffer> {
  const bytes = await packed.slice(0, packed.length);
  try {
    const content = await inflate(bytes, { maxOutputLength: Math.max(1, member.bytes) });
    if (content.length === member.bytes && crc32(content) === member.crc) return content;
  } catch (error) {
    if (!isZlibFault(error)) throw error;
  }
  throw archiveTrouble('archive-file-damaged', shown);
}

async function* inflated(packed: OpenBytes, damaged: () => ProblemError): AsyncGenerator<Uint8Array> {
  const decoder = createInflateRaw({ chunkSize: 256 * 1024 });
  let readFault: unknown = null;
  const source = Readable.from(packed.stream(), { objectMode: false });
  // What goes wrong in either end ends the decoder, and is told apart below.
  pipeline(source, decoder, (error) => {
    if (error instanceof ProblemError) readFault = error;
  });
  try {
    for await (const chunk of decoder as Transform & AsyncIterable<Buffer>) yield chunk;
  } catch (error) {
    if (readFault !== null) throw readFault;
    throw isZlibFault(error) ? damaged() : error;
  } finally {
    decoder.destroy();
  }
}

/** What zlib says of bytes that are no deflate stream, of one that is cut off, and of one that grows past its limit. */
export function isZlibFault(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(Z_|ERR_BUFFER_TOO_LARGE)/.test(String(error.code));
}

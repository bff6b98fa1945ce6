/** The bytes of one file of an archive from its first to its last, checked against what the archive states of it. */
import { pipeline, Readable, type Transform } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
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

/** What zlib says of bytes that are no deflate stream, or of one that is cut off. */
export function isZlibFault(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^Z_/.test(String(error.code));
}

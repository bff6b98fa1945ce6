/** Writes one entry of an archive to its place, counting what comes so that it never grows past what is allowed. */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type Duplex, PassThrough, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { ProblemError } from '../../../shared/base/problem.ts';
import { safeSegments } from '../../services/confine.ts';

/** Absolute place of an entry, or ProblemError `archive-path-unsafe`: such an archive is refused whole. */
export function placeOf(folder: string, name: string): string {
  const segments = safeSegments(name.replace(/^(\.\/)+/, ''));
  if (segments !== null) return path.join(folder, ...segments);
  throw new ProblemError({
    code: 'archive-path-unsafe',
    severity: 'error',
    path: name.replaceAll('\0', '\ufffd').slice(0, 300),
  });
}

export interface WrittenEntry {
  readonly bytes: number;
  readonly crc: number;
}

/** Streams `source` through `decoder` to `file`. ProblemError `archive-too-large` once more than `maxBytes` came. */
export async function writeEntry(
  file: string,
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
  decoder: Duplex = new PassThrough(),
): Promise<WrittenEntry> {
  let bytes = 0;
  let crc = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      bytes += chunk.length;
      crc = crc32(chunk, crc);
      next(bytes > maxBytes ? new ProblemError(tooLarge(file)) : null, chunk);
    },
  });
  await mkdir(path.dirname(file), { recursive: true });
  await pipeline(source, decoder, counted, createWriteStream(file));
  return { bytes, crc };
}

export function tooLarge(file: string) {
  return { code: 'archive-too-large', severity: 'error', path: path.basename(file) } as const;
}

/**
 * Unpacks a tar, gzipped or not, in one pass (POSIX.1-1988 ustar, the `path` and `size` of pax, GNU long names).
 * Links and devices are left out.
 */
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { ProblemError } from '../../../shared/base/problem.ts';
import { readSpan } from '../../services/diskFolder.ts';
import { type ByteQueue, createByteQueue } from './byteQueue.ts';
import type { Unpack } from './unpackArchive.ts';
import { placeOf, tooLarge, writeEntry } from './writeEntry.ts';

const block = 512;
/** Longest name or set of pax fields that is read into memory. */
const maxMetaBytes = 1024 * 1024;

interface Header {
  readonly name: string;
  readonly size: number;
  readonly type: string;
}

export const unpackTar: Unpack = async (archive, { folder, context, maxBytes }) => {
  const input = createReadStream(archive, { highWaterMark: 1 << 20 });
  const isPacked = await beginsWithGzip(archive);
  let isCut = false;
  const read = async (source: AsyncIterable<Uint8Array>): Promise<void> => {
    isCut = await unpackBlocks(createByteQueue(source), archive, { folder, context, maxBytes });
  };
  try {
    if (isPacked) await pipeline(input, createGunzip(), read);
    else await pipeline(input, read);
  } catch (error) {
    if (!isGzipDamage(error)) throw error;
    isCut = true;
  }
  return isCut ? [{ code: 'archive-damaged', severity: 'error', path: archive }] : [];
};

async function beginsWithGzip(archive: string): Promise<boolean> {
  const handle = await open(archive, 'r');
  try {
    const [first, second] = await readSpan(handle, 0, 2);
    return first === 0x1f && second === 0x8b;
  } finally {
    await handle.close();
  }
}

/** True where the archive ended in the middle or is no tar from some place on. */
async function unpackBlocks(
  queue: ByteQueue,
  archive: string,
  { folder, context, maxBytes }: Parameters<Unpack>[1],
): Promise<boolean> {
  let total = 0;
  let files = 0;
  let longName: string | null = null;
  let pax: ReadonlyMap<string, string> = new Map();
  for (;;) {
    context.signal.throwIfAborted();
    const bytes = await queue.take(block);
    if (bytes.length === 0 || isZero(bytes)) return false;
    const header = bytes.length === block ? parseHeader(bytes) : null;
    if (header === null) return true;
    const size = Number(pax.get('size') ?? header.size);
    if (header.type === 'L' || header.type === 'x') {
      if (size > maxMetaBytes) return true;
      const meta = await queue.take(size);
      if (header.type === 'L') longName = textOf(meta);
      else pax = parsePax(meta);
    } else {
      const name = pax.get('path') ?? longName ?? header.name;
      if (isFileType(header.type) && !name.endsWith('/')) {
        total += size;
        if (total > maxBytes) throw new ProblemError(tooLarge(archive));
        const written = await writeEntry(placeOf(folder, name), queue.span(size), size);
        if (written.bytes < size) return true;
        context.onProgress({ step: 'unpacking', done: ++files, total: 0 });
      } else await queue.skip(size);
      longName = null;
      pax = new Map();
    }
    await queue.skip((block - (size % block)) % block);
  }
}

/** Null where the checksum does not hold: what follows is no header. */
function parseHeader(bytes: Uint8Array): Header | null {
  const stated = octal(bytes.subarray(148, 156));
  const sum = bytes.reduce((total, byte, at) => total + (at >= 148 && at < 156 ? 32 : byte), 0);
  const size = octal(bytes.subarray(124, 136));
  if (sum !== stated || !Number.isSafeInteger(size)) return null;
  const isUstar = textOf(bytes.subarray(257, 262)) === 'ustar';
  const prefix = isUstar && bytes[263] === 0x30 ? textOf(bytes.subarray(345, 500)) : '';
  const name = textOf(bytes.subarray(0, 100));
  const type = String.fromCharCode(bytes[156]!);
  return { name: prefix === '' ? name : `${prefix}/${name}`, size, type };
}

function isFileType(type: string): boolean {
  return type === '0' || type === '\0' || type === '7';
}

/** Octal digits, or GNU's base 256 where the first bit is set. */
function octal(bytes: Uint8Array): number {
  if ((bytes[0]! & 0x80) !== 0)
    return bytes.subarray(1).reduce((value, byte) => value * 256 + byte, bytes[0]! & 0x7f);
  const digits = textOf(bytes).trim();
  return digits === '' ? 0 : Number.parseInt(digits, 8);
}

/** Records of `<length> <key>=<value>\n`. */
function parsePax(bytes: Uint8Array): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(0x20, at);
    const length = Number(textOf(bytes.subarray(at, space)));
    if (space < 0 || !(length > 0)) break;
    const record = textOf(bytes.subarray(space + 1, at + length - 1));
    const equals = record.indexOf('=');
    if (equals > 0) fields.set(record.slice(0, equals), record.slice(equals + 1));
    at += length;
  }
  return fields;
}

function textOf(bytes: Uint8Array): string {
  const end = bytes.indexOf(0);
  return new TextDecoder().decode(end < 0 ? bytes : bytes.subarray(0, end));
}

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}

function isGzipDamage(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^Z_/.test(String(error.code));
}

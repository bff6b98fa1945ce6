/**
 * The central directory of a zip (PKWARE APPNOTE 6.3, sections 4.3.12 to 4.3.16): what is in it and where, sizes
 * past 4 GB included. Nothing is allocated on the word of a header.
 */
import type { FileHandle } from 'node:fs/promises';
import { ProblemError } from '../../../shared/base/problem.ts';
import { readSpan } from '../../services/diskFolder.ts';

export interface ZipEntry {
  readonly name: string;
  /** 0 = stored, 8 = deflated; others are not read. */
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Where the entry's own header begins. */
  readonly offset: number;
  readonly isEncrypted: boolean;
  /** A folder or a link: nothing to write. */
  readonly isFile: boolean;
}

const endSignature = 0x06054b50;
const end64Signature = 0x06064b50;
const entrySignature = 0x02014b50;
const entryBytes = 46;
const endBytes = 22;
/** The end record stands before a comment of at most 65535 bytes. */
const endReach = endBytes + 0xffff;
const mostDirectoryBytes = 1024 * 1024 * 1024;

export async function readZipDirectory(handle: FileHandle, file: string): Promise<ZipEntry[]> {
  const { size } = await handle.stat();
  const damaged = (): ProblemError =>
    new ProblemError({ code: 'archive-damaged', severity: 'error', path: file });
  const tailStart = Math.max(0, size - endReach);
  const tail = Buffer.from(await readSpan(handle, tailStart, size));
  const at = findEnd(tail);
  if (at < 0) throw damaged();
  let start = tail.readUInt32LE(at + 16);
  let length = tail.readUInt32LE(at + 12);
  if (at >= 20 && tail.readUInt32LE(at - 20) === 0x07064b50) {
    const place = Number(tail.readBigUInt64LE(at - 12));
    const end64 = Buffer.from(await readSpan(handle, place, Math.min(size, place + 56)));
    if (end64.length < 56 || end64.readUInt32LE(0) !== end64Signature) throw damaged();
    length = Number(end64.readBigUInt64LE(40));
    start = Number(end64.readBigUInt64LE(48));
  }
  if (start + length > size || length > mostDirectoryBytes) throw damaged();
  const entries = parseDirectory(Buffer.from(await readSpan(handle, start, start + length)));
  if (entries === null || entries.some((entry) => entry.offset + entry.packedBytes > size)) throw damaged();
  return entries;
}

function findEnd(tail: Buffer): number {
  for (let at = tail.length - endBytes; at >= 0; at--) {
    if (tail.readUInt32LE(at) === endSignature && at + endBytes + tail.readUInt16LE(at + 20) <= tail.length)
      return at;
  }
  return -1;
}

/** Null where the directory does not add up. */
function parseDirectory(directory: Buffer): ZipEntry[] | null {
  const entries: ZipEntry[] = [];
  for (let at = 0; at < directory.length; ) {
    if (at + entryBytes > directory.length || directory.readUInt32LE(at) !== entrySignature) return null;
    const nameEnd = at + entryBytes + directory.readUInt16LE(at + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
    if (extraEnd > directory.length) return null;
    entries.push(parseEntry(directory, at, nameEnd, directory.subarray(nameEnd, extraEnd)));
    at = extraEnd + directory.readUInt16LE(at + 32);
  }
  return entries;
}

function parseEntry(directory: Buffer, at: number, nameEnd: number, extra: Buffer): ZipEntry {
  const flags = directory.readUInt16LE(at + 8);
  const name = decodeName(directory.subarray(at + entryBytes, nameEnd));
  const mode = directory.readUInt32LE(at + 38) >>> 16;
  const isLink = (mode & 0o170000) === 0o120000;
  const [bytes, packedBytes, offset] = wideSizes(
    [directory.readUInt32LE(at + 24), directory.readUInt32LE(at + 20), directory.readUInt32LE(at + 42)],
    extra,
  );
  return {
    name,
    method: directory.readUInt16LE(at + 10),
    crc: directory.readUInt32LE(at + 16),
    packedBytes,
    bytes,
    offset,
    isEncrypted: (flags & 1) !== 0,
    isFile: !name.endsWith('/') && !isLink,
  };
}

/** Values of 0xffffffff stand in the zip64 extra field instead, in this order, those only. */
function wideSizes(narrow: readonly [number, number, number], extra: Buffer): [number, number, number] {
  const wide: [number, number, number] = [...narrow];
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    const end = Math.min(extra.length, at + 4 + extra.readUInt16LE(at + 2));
    let field = at + 4;
    for (let which = 0; which < wide.length; which++) {
      if (narrow[which] !== 0xffffffff || field + 8 > end) continue;
      wide[which] = Number(extra.readBigUInt64LE(field));
      field += 8;
    }
  }
  return wide;
}

/** UTF-8, as nearly everyone writes; else the code page of Chinese Windows, which does not set the flag. */
function decodeName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8.
    return new TextDecoder('gb18030').decode(bytes);
  }
}

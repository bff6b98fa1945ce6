/**
 * The central directory of a zip (PKWARE APPNOTE 6.3, sections 4.3.12 to 4.3.16): what is in it and where, sizes
 * past 4 GB and archives behind a program's own bytes included. Nothing is allocated on the word of a header.
 */
import type { ByteSource } from '../../../shared/base/bytes.ts';
import { type ArchiveMember, archiveTrouble, mostMembers } from './archive.ts';

const endSignature = 0x06054b50;
const end64Signature = 0x06064b50;
const locator64Signature = 0x07064b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
const entryBytes = 46;
const endBytes = 22;
const end64Bytes = 56;
const localBytes = 30;
/** The end record stands before a comment of at most 65535 bytes, and a locator of 20 before it. */
const endReach = endBytes + 0xffff + 20;
const mostDirectoryBytes = 256 * 1024 * 1024;

interface DirectoryPlace {
  readonly start: number;
  readonly length: number;
  /** Bytes in front of the archive that its own offsets do not count. */
  readonly shift: number;
}

/** Rejects with ProblemError `archive-damaged`, `archive-in-parts` or `archive-too-many`. */
export async function readZipDirectory(source: ByteSource, shown: string): Promise<ArchiveMember[]> {
  const { start, length, shift } = await findDirectory(source, shown);
  if (length > mostDirectoryBytes) throw archiveTrouble('archive-too-many', shown);
  const members = parseDirectory(bufferOf(await source.slice(start, start + length)), shift);
  if (members === null) throw archiveTrouble('archive-damaged', shown);
  if (members.length > mostMembers) throw archiveTrouble('archive-too-many', shown);
  return refuseOverlaps(members, start);
}

async function findDirectory(source: ByteSource, shown: string): Promise<DirectoryPlace> {
  const damaged = (): Error => archiveTrouble('archive-damaged', shown);
  const tailStart = Math.max(0, source.length - endReach);
  const tail = bufferOf(await source.slice(tailStart, source.length));
  const at = findEnd(tail);
  if (at < 0) throw damaged();
  const [part, directoryPart] = [tail.readUInt16LE(at + 4), tail.readUInt16LE(at + 6)];
  // The first of one part is 0; 0xffff stands for what the 64-bit record says.
  if (part !== directoryPart || (part !== 0 && part !== 0xffff))
    throw archiveTrouble('archive-in-parts', shown);
  let length = tail.readUInt32LE(at + 12);
  let stated = tail.readUInt32LE(at + 16);
  let directoryEnd = tailStart + at;
  if (at >= 20 && tail.readUInt32LE(at - 20) === locator64Signature) {
    const found = await findEnd64(source, Number(tail.readBigUInt64LE(at - 12)), tailStart + at - 20);
    if (found === null) throw damaged();
    const end64 = found.bytes;
    length = Number(end64.readBigUInt64LE(40));
    stated = Number(end64.readBigUInt64LE(48));
    directoryEnd = found.start;
  }
  const start = directoryEnd - length;
  if (!Number.isSafeInteger(length) || !Number.isSafeInteger(stated) || start < stated) throw damaged();
  return { start, length, shift: start - stated };
}

/** Where the locator says, or just in front of the locator where something was put before the archive. */
async function findEnd64(
  source: ByteSource,
  stated: number,
  locatorStart: number,
): Promise<{ readonly start: number; readonly bytes: Buffer } | null> {
  for (const start of [stated, locatorStart - end64Bytes]) {
    if (!(start >= 0) || start + end64Bytes > source.length) continue;
    const bytes = bufferOf(await source.slice(start, start + end64Bytes));
    if (bytes.readUInt32LE(0) === end64Signature) return { start, bytes };
  }
  return null;
}

function findEnd(tail: Buffer): number {
  for (let at = tail.length - endBytes; at >= 0; at--) {
    if (tail.readUInt32LE(at) === endSignature && at + endBytes + tail.readUInt16LE(at + 20) <= tail.length)
      return at;
  }
  return -1;
}

/** Null where the directory does not add up. */
function parseDirectory(directory: Buffer, shift: number): ArchiveMember[] | null {
  const members: ArchiveMember[] = [];
  for (let at = 0; at < directory.length && members.length <= mostMembers; ) {
    if (at + entryBytes > directory.length || directory.readUInt32LE(at) !== entrySignature) return null;
    const nameEnd = at + entryBytes + directory.readUInt16LE(at + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
    if (extraEnd > directory.length) return null;
    members.push(parseEntry(directory, at, directory.subarray(nameEnd, extraEnd), shift));
    at = extraEnd + directory.readUInt16LE(at + 32);
  }
  return members;
}

function parseEntry(directory: Buffer, at: number, extra: Buffer, shift: number): ArchiveMember {
  const flags = directory.readUInt16LE(at + 8);
  const method = directory.readUInt16LE(at + 10);
  const madeBy = directory[at + 5]!;
  const rawName = directory.subarray(at + entryBytes, at + entryBytes + directory.readUInt16LE(at + 28));
  const name = decodeName(rawName, madeBy, (flags & 0x800) !== 0);
  const mode = directory.readUInt32LE(at + 38) >>> 16;
  const [bytes, packedBytes, offset] = wideSizes(
    [directory.readUInt32LE(at + 24), directory.readUInt32LE(at + 20), directory.readUInt32LE(at + 42)],
    extra,
  );
  return {
    name,
    kind: kindOf(name, mode, flags, method, bytes, packedBytes),
    packing: method === 8 ? 'deflated' : 'stored',
    crc: directory.readUInt32LE(at + 16),
    packedBytes,
    bytes,
    start: offset + shift,
    end: offset + shift + localBytes + rawName.length + packedBytes,
  };
}

function kindOf(
  name: string,
  mode: number,
  flags: number,
  method: number,
  bytes: number,
  packedBytes: number,
): ArchiveMember['kind'] {
  const fileType = mode & 0o170000;
  if (name.endsWith('/')) return 'folder';
  // 0: a system that does not state it; the rest is a link, a device or a pipe.
  if (fileType !== 0 && fileType !== 0o100000) return 'not-a-file';
  const isEncrypted = (flags & 0x2041) !== 0;
  const isLie = method === 0 && bytes !== packedBytes;
  return isEncrypted || isLie || (method !== 0 && method !== 8) ? 'not-readable' : 'file';
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

/**
 * Marks members that reach into another or into the directory: the same bytes read as many files is how a small
 * archive states a huge content.
 */
function refuseOverlaps(members: readonly ArchiveMember[], directoryStart: number): ArchiveMember[] {
  const order = members.map((_, at) => at).sort((a, b) => members[a]!.start - members[b]!.start);
  const refused = new Set<number>();
  let reached = 0;
  for (const at of order) {
    const { start, end, kind } = members[at]!;
    if (kind === 'folder') continue;
    if (start < reached || end > directoryStart || !Number.isSafeInteger(end)) refused.add(at);
    else reached = end;
  }
  return members.map((member, at) => (refused.has(at) ? { ...member, kind: 'not-readable' } : member));
}

/**
 * UTF-8, as nearly everyone writes; else the code page of Chinese Windows, which does not set the flag. Old programs
 * of Windows wrote its own separators.
 */
function decodeName(bytes: Uint8Array, madeBy: number, isUtf8: boolean): string {
  const name = isUtf8 ? new TextDecoder().decode(bytes) : decodeUnflagged(bytes);
  const isWindows = madeBy === 0 || madeBy === 10 || madeBy === 11;
  return isWindows ? name.replaceAll('\\', '/') : name;
}

function decodeUnflagged(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Not UTF-8.
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** First byte of a member's content, told by its own header; null where that is no header of this member. */
export async function contentStart(source: ByteSource, member: ArchiveMember): Promise<number | null> {
  const local = bufferOf(await source.slice(member.start, member.start + localBytes));
  if (local.length < localBytes || local.readUInt32LE(0) !== localSignature) return null;
  const start = member.start + localBytes + local.readUInt16LE(26) + local.readUInt16LE(28);
  return start + member.packedBytes <= source.length ? start : null;
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

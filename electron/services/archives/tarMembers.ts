/**
 * The members of a tar in their order (POSIX.1-1988 ustar, the `path` and `size` of pax, GNU long names and sizes in
 * base 256). Links, devices and files with holes are told apart, never followed or filled.
 */
import { type ArchiveMember, mostMembers } from './archive.ts';

/** Somewhere in a tar, read onwards only. */
export interface TarCursor {
  readonly position: number;
  /** The next `length` bytes; fewer only at the end. */
  take(length: number): Promise<Uint8Array>;
  /** Goes on `length` bytes, past the end too. */
  skip(length: number): Promise<void>;
}

/** `visit` may take the content at the cursor, or leave it. */
export type VisitMember = (member: ArchiveMember) => Promise<void>;

const block = 512;
/** Longest name or set of pax fields that is read into memory. */
const maxMetaBytes = 1024 * 1024;

interface Header {
  readonly name: string;
  readonly size: number;
  readonly type: string;
}

/** Answers false where the tar ends in the middle of something, or is no tar from some place on. */
export async function walkTar(cursor: TarCursor, visit: VisitMember): Promise<boolean> {
  let longName: string | null = null;
  let pax: ReadonlyMap<string, string> = new Map();
  for (let met = 0; met < mostMembers; ) {
    const bytes = await cursor.take(block);
    // Without the blocks of zeros that end a tar, what came behind was cut off.
    if (bytes.length === 0) return false;
    if (isZero(bytes)) return true;
    const header = bytes.length === block ? parseHeader(bytes) : null;
    if (header === null) return false;
    const size = statedSize(header, pax);
    if (size === null) return false;
    const contentEnd = cursor.position + size;
    const next = cursor.position + Math.ceil(size / block) * block;
    if (header.type === 'L' || header.type === 'x') {
      if (size > maxMetaBytes) return false;
      const meta = await cursor.take(size);
      if (meta.length < size) return false;
      if (header.type === 'L') longName = textOf(meta);
      else pax = parsePax(meta);
    } else if (header.type !== 'K' && header.type !== 'g' && header.type !== 'V') {
      const name = pax.get('path') ?? longName ?? header.name;
      const start = cursor.position;
      const span = { start, end: start + size, bytes: size, packedBytes: size };
      await visit({ name, kind: kindOf(header.type, name, pax), packing: 'stored', crc: null, ...span });
      longName = null;
      pax = new Map();
      met++;
    }
    await cursor.skip(next - cursor.position);
    if (cursor.position < contentEnd) return false;
  }
  return false;
}

/** Whether a tar could begin with these bytes. */
export function beginsTar(start: Uint8Array): boolean {
  return start.length >= block && !isZero(start.subarray(0, block)) && parseHeader(start) !== null;
}

function kindOf(type: string, name: string, pax: ReadonlyMap<string, string>): ArchiveMember['kind'] {
  if (type === '5' || type === 'D' || name.endsWith('/')) return 'folder';
  if (type !== '0' && type !== '\0' && type !== '7') return type === 'S' ? 'not-readable' : 'not-a-file';
  const hasHoles = [...pax.keys()].some((key) => key.startsWith('GNU.sparse.'));
  return hasHoles ? 'not-readable' : 'file';
}

function statedSize({ size }: Header, pax: ReadonlyMap<string, string>): number | null {
  const stated = pax.get('size');
  const bytes = stated === undefined ? size : /^\d{1,15}$/.test(stated) ? Number(stated) : -1;
  return Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : null;
}

/** Null where the checksum does not hold: what follows is no header. */
function parseHeader(bytes: Uint8Array): Header | null {
  const stated = octal(bytes.subarray(148, 156));
  let sum = 0;
  for (let at = 0; at < block; at++) sum += at >= 148 && at < 156 ? 32 : bytes[at]!;
  if (sum !== stated) return null;
  const isUstar = textOf(bytes.subarray(257, 262)) === 'ustar';
  const prefix = isUstar && bytes[263] === 0x30 ? textOf(bytes.subarray(345, 500)) : '';
  const name = textOf(bytes.subarray(0, 100));
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    size: octal(bytes.subarray(124, 136)),
    type: String.fromCharCode(bytes[156]!),
  };
}

/** Octal digits, or GNU's base 256 where the first bit is set. */
function octal(bytes: Uint8Array): number {
  if ((bytes[0]! & 0x80) !== 0)
    return bytes.subarray(1).reduce((value, byte) => value * 256 + byte, bytes[0]! & 0x7f);
  const digits = textOf(bytes).trim();
  return digits === '' ? 0 : /^[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : Number.NaN;
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

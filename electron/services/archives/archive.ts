/** What is known of an archive once it was listed: its files, where each lies in it, and what was refused. */
import { type Problem, ProblemError } from '../../../shared/base/problem.ts';

/** How the bytes of a file stand in its archive. */
export type Packing = 'stored' | 'deflated';

/** One thing an archive lists, before it is known whether it may be read. */
export interface ArchiveMember {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'not-a-file' | 'not-readable';
  readonly packing: Packing;
  /** As stated; proved only by reading. */
  readonly bytes: number;
  readonly packedBytes: number;
  /** First byte of the file's own header in a zip, of its content in a tar. */
  readonly start: number;
  readonly end: number;
  /** CRC-32 of the content; null where the archive states none. */
  readonly crc: number | null;
}

export interface ArchiveListing {
  readonly kind: 'zip' | 'tar';
  /** By path inside the archive, in code-unit order. */
  readonly files: ReadonlyMap<string, ArchiveMember>;
  readonly problems: readonly Problem[];
}

/** Sensor data hardly shrinks and text shrinks tenfold; a bomb shrinks a thousandfold. */
const mostGrowth = 200;
const smallestLimit = 64 * 1024 * 1024;

/** Bytes that `packedBytes` of an archive may become. */
export function growthLimit(packedBytes: number): number {
  return Math.max(smallestLimit, packedBytes * mostGrowth);
}

/** More files than any delivery has; past this an archive only fills memory. */
export const mostMembers = 2_000_000;

export function archiveTrouble(code: string, path: string): ProblemError {
  return new ProblemError({ code, severity: 'error', path });
}

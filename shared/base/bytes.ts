/** How readers see bytes and folders, whatever carries them. */
import type { Problem } from './problem.ts';

/**
 * Bytes as a length and a slice. A disk, a ranged request and a test array all fit it, so a reader
 * runs unchanged in a Node worker, in a renderer worker and in a unit test.
 */
export interface ByteSource {
  /** Bytes in all, as the carrier states it now. */
  readonly length: number;
  /** Bytes [start, end), clipped to the length. The answer may be shorter only at the end of the source. */
  slice(start: number, end: number): Promise<Uint8Array>;
  /**
   * The bytes from `start` on into `target`, as many as it holds; answers how many they were. For whoever reads a large
   * file to its end: `slice` makes an array each time. Not every carrier can.
   */
  fill?(target: Uint8Array, start: number): Promise<number>;
}

export interface FileEntry {
  /** Relative to the folder, `/` separators, never leading with `/` or holding `..`. */
  readonly path: string;
  readonly size: number;
  readonly modifiedMs: number;
}

/**
 * A read-only folder: what was found in it, and its bytes. Nothing outside it can be named through it. An archive in
 * the folder can be looked into without unpacking it: a file inside has the path `<archive>!/<path inside>`, such as
 * `lidar/chunk_0000.zip!/clip.parquet`, which is a path like any other for `open`, `FileRef` and addresses.
 */
export interface Folder {
  /** Every regular file, sorted by path (code-unit order). What lies inside archives is listed on request only. */
  readonly entries: readonly FileEntry[];
  /** Rejects with ProblemError `file-missing`, `file-unreadable` or `file-changed`. */
  open(path: string): Promise<ByteSource>;
  /**
   * What the archive at `path` (zip, tar, tar.gz) holds, under paths of this folder. Absent = this folder cannot look
   * into archives. Rejects with ProblemError `archive-not-known` or `archive-damaged` where it is none.
   */
  openArchive?(path: string): Promise<ArchiveContent>;
}

/** What an archive holds that can be read, sorted by path, and a problem for each thing in it that cannot. */
export interface ArchiveContent {
  readonly entries: readonly FileEntry[];
  readonly problems: readonly Problem[];
}

/** What stands between an archive's path and the path inside it. */
export const archiveMark = '!/';

/** SHA-256 as lower-case hex. Passed in by whoever runs shared code: Node's crypto there, nobody's here. */
export type Sha256Hex = (bytes: Uint8Array) => string;

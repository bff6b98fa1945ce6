/**
 * How readers see bytes: a length and a slice. A disk, a ranged request and a test array all fit it, so a reader
 * runs unchanged in a Node worker, in a renderer worker and in a unit test.
 */
export interface ByteSource {
  /** Bytes in all, as the carrier states it now. */
  readonly length: number;
  /** Bytes [start, end), clipped to the length. The answer may be shorter only at the end of the source. */
  slice(start: number, end: number): Promise<Uint8Array>;
}

export interface FileEntry {
  /** Relative to the folder, `/` separators, never leading with `/` or holding `..`. */
  readonly path: string;
  readonly size: number;
  readonly modifiedMs: number;
}

/** A read-only folder: what was found in it, and its bytes. Nothing outside it can be named through it. */
export interface Folder {
  /** Every regular file, sorted by path (code-unit order). */
  readonly entries: readonly FileEntry[];
  /** Rejects with ProblemError `file-missing` or `file-unreadable`. */
  open(path: string): Promise<ByteSource>;
}

/** SHA-256 as lower-case hex. Passed in by whoever runs shared code: Node's crypto there, nobody's here. */
export type Sha256Hex = (bytes: Uint8Array) => string;

/** A folder in memory, and byte sources over arrays: what readers are tested on without a disk. */
import type { ByteSource, FileEntry, Folder } from '../../shared/base/bytes.ts';
import { ProblemError } from '../../shared/base/problem.ts';

/** Answers fresh copies, as a disk does, and keeps count of what was read. */
export class MemorySource implements ByteSource {
  readonly length: number;
  bytesRead = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.length = bytes.length;
  }

  slice(start: number, end: number): Promise<Uint8Array> {
    const part = this.#bytes.slice(start, end);
    this.bytesRead += part.length;
    return Promise.resolve(part);
  }
}

export interface MemoryFolder extends Folder {
  /** Bytes handed out so far, by path. */
  readonly bytesRead: ReadonlyMap<string, number>;
}

/** Paths to contents; text becomes UTF-8. */
export function memoryFolder(files: Readonly<Record<string, string | Uint8Array>>): MemoryFolder {
  const encoder = new TextEncoder();
  const sources = new Map<string, MemorySource>();
  for (const path of Object.keys(files).sort()) {
    const content = files[path]!;
    sources.set(path, new MemorySource(typeof content === 'string' ? encoder.encode(content) : content));
  }
  const entries: FileEntry[] = [...sources].map(([path, source]) => ({
    path,
    size: source.length,
    modifiedMs: 0,
  }));
  return {
    entries,
    get bytesRead() {
      return new Map([...sources].map(([path, source]) => [path, source.bytesRead]));
    },
    open(path) {
      const source = sources.get(path);
      if (source) return Promise.resolve(source);
      return Promise.reject(new ProblemError({ code: 'file-missing', severity: 'error', path }));
    },
  };
}

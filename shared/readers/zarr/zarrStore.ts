/**
 * A zarr v2 hierarchy: a folder of small files or one `.itar`. Metadata comes consolidated where the store has it;
 * chunks are read one by one. Keys name records of this store only: no key reaches another file.
 */
import type { Folder } from '../../base/bytes.ts';
import type { Problem, Result } from '../../base/problem.ts';
import { done, failed, ProblemError } from '../../base/problem.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asRecord, entriesOf } from '../jsonValues.ts';
import { decodeText, parseJson } from '../textFile.ts';
import { decodeCbor } from './cbor.ts';
import { readItarIndex } from './itar.ts';
import { decodeXz } from './xz.ts';

const LARGEST_METADATA = 512 << 20;
const PACKED_METADATA = '.zmetadata.cbor.xz';
const PLAIN_METADATA = '.zmetadata';

export interface ZarrStore {
  /** File or folder in the delivery; for problems. */
  readonly path: string;
  readonly problems: readonly Problem[];
  /** Bytes of a record; null where the store has none of this name. Fails where it is longer than `limit`. */
  bytes(key: string, limit: number): Promise<Result<Uint8Array | null>>;
  /** A metadata document (`.zattrs`, `a/.zarray`); null where there is none. */
  document(key: string): Promise<Result<JsonRecord | null>>;
  /** Names of the groups and arrays directly in `group` ('' = the root), in the store's order. */
  children(group: string): readonly string[];
}

type ReadRecord = (key: string, limit: number) => Promise<Result<Uint8Array | null>>;

export class RecordStore implements ZarrStore {
  readonly path: string;
  readonly problems: Problem[];
  readonly #read: ReadRecord;
  readonly #documents = new Map<string, JsonRecord>();
  readonly #children = new Map<string, Set<string>>();
  #consolidated: Promise<void> | null = null;

  constructor(path: string, problems: readonly Problem[], keys: Iterable<string>, read: ReadRecord) {
    this.path = path;
    this.problems = [...problems];
    this.#read = read;
    for (const key of keys) this.#addKey(key);
  }

  #addKey(key: string): void {
    const parts = key.split('/');
    // A name that is a way elsewhere is no name: keys become paths.
    if (parts.some((part) => part === '' || part === '.' || part === '..')) return;
    // The last part is `.zgroup`, `.zattrs` or a chunk.
    for (let depth = 0; depth < parts.length - 1; depth++) {
      const group = parts.slice(0, depth).join('/');
      const names = this.#children.get(group);
      if (names) names.add(parts[depth]!);
      else this.#children.set(group, new Set([parts[depth]!]));
    }
  }

  /** Takes over consolidated metadata, once; without any, documents are read one by one. */
  consolidate(): Promise<void> {
    this.#consolidated ??= this.#readConsolidated();
    return this.#consolidated;
  }

  async #readConsolidated(): Promise<void> {
    const packed = await this.#read(PACKED_METADATA, LARGEST_METADATA);
    const document = packed.ok && packed.value ? this.#unpack(packed.value) : await this.#plainMetadata();
    if (!packed.ok) this.problems.push(packed.problem);
    if (!document.ok) this.problems.push(document.problem);
    for (const [key, value] of entriesOf(asRecord(document.ok ? document.value : null)?.metadata)) {
      const record = asRecord(value);
      if (!record) continue;
      this.#documents.set(key, record);
      this.#addKey(key);
    }
  }

  #unpack(bytes: Uint8Array): Result<unknown> {
    const plain = decodeXz(bytes, LARGEST_METADATA, this.path, PACKED_METADATA);
    return plain.ok ? decodeCbor(plain.value, this.path, PACKED_METADATA) : plain;
  }

  async #plainMetadata(): Promise<Result<unknown>> {
    const bytes = await this.#read(PLAIN_METADATA, LARGEST_METADATA);
    if (!bytes.ok || !bytes.value) return bytes;
    return parseJson(decodeText(bytes.value), this.path);
  }

  bytes(key: string, limit: number): Promise<Result<Uint8Array | null>> {
    return this.#read(key, limit);
  }

  async document(key: string): Promise<Result<JsonRecord | null>> {
    const known = this.#documents.get(key);
    if (known) return done(known);
    const bytes = await this.#read(key, LARGEST_METADATA);
    if (!bytes.ok) return bytes;
    if (!bytes.value) {
      // A store that was opened for one array may hold its documents packed together only.
      await this.consolidate();
      return done(this.#documents.get(key) ?? null);
    }
    const json = parseJson(decodeText(bytes.value), this.path);
    if (!json.ok) return failed({ ...json.problem, place: `${key}, ${json.problem.place ?? ''}` });
    return done(asRecord(json.value));
  }

  children(group: string): readonly string[] {
    return [...(this.#children.get(group) ?? [])];
  }
}

/** Runs a read; trouble with the file is a value. */
async function guarded(read: () => Promise<Uint8Array | null>): Promise<Result<Uint8Array | null>> {
  try {
    return done(await read());
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem);
    throw error;
  }
}

function tooLong(path: string, key: string, size: number, limit: number): Result<never> {
  const params = { bytes: size, limit };
  return failed({ code: 'zarr-record-too-large', severity: 'error', path, place: key, params });
}

/** `prefix`: the store's folder with its trailing `/`. */
export function openFolderStore(folder: Folder, prefix: string): RecordStore {
  const sizes = new Map<string, number>();
  for (const { path, size } of folder.entries) {
    if (path.startsWith(prefix)) sizes.set(path.slice(prefix.length), size);
  }
  const path = prefix.slice(0, -1);
  const read: ReadRecord = async (key, limit) => {
    const size = sizes.get(key);
    if (size === undefined) return done(null);
    if (size > limit) return tooLong(path, key, size, limit);
    return guarded(async () => {
      const source = await folder.open(prefix + key);
      return source.slice(0, Math.min(source.length, limit));
    });
  };
  return new RecordStore(path, [], sizes.keys(), read);
}

/** Codes of a file that is not there, on a disk and over a network. */
const ABSENT = new Set(['file-missing', 'sensor-file-missing']);

/**
 * A folder store of which no listing is at hand: records are asked for by name. `children` knows only what the
 * consolidated metadata names. `prefix`: the store's folder with its trailing `/`.
 */
export function openLooseStore(folder: Pick<Folder, 'open'>, prefix: string): RecordStore {
  const path = prefix.slice(0, -1);
  const read: ReadRecord = async (key, limit) => {
    try {
      const source = await folder.open(prefix + key);
      if (source.length > limit) return tooLong(path, key, source.length, limit);
      return done(await source.slice(0, source.length));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      return ABSENT.has(error.problem.code) ? done(null) : failed(error.problem);
    }
  };
  return new RecordStore(path, [], [], read);
}

/** Metadata is consolidated when it is first missed; call `consolidate` where all of it is going to be read. */
export async function openItarStore(
  folder: Pick<Folder, 'open'>,
  path: string,
): Promise<Result<RecordStore>> {
  try {
    const source = await folder.open(path);
    const index = await readItarIndex(source, path);
    if (!index.ok) return index;
    const { records, problems } = index.value;
    const read: ReadRecord = async (key, limit) => {
      const record = records.get(key);
      if (!record) return done(null);
      const { offset, size } = record;
      if (size > limit) return tooLong(path, key, size, limit);
      return guarded(() => source.slice(offset, offset + size));
    };
    return done(new RecordStore(path, problems, records.keys(), read));
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem);
    throw error;
  }
}

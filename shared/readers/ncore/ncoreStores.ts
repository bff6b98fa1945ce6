/**
 * Finds the component stores of NCore sequences, `<base>.ncore4[-group].zarr` folders and `.zarr.itar` files, in the
 * delivery and in the client's sensor folder, and groups them by the sequence their metadata names.
 */
import type { FileEntry, Folder } from '../../base/bytes.ts';
import type { Problem, Result } from '../../base/problem.ts';
import { done, failed } from '../../base/problem.ts';
import type { FileRef, RootName } from '../../model/delivery.ts';
import type { ReadContext } from '../contract.ts';
import { inBatches } from '../inBatches.ts';
import { asList, asRecord, asText } from '../jsonValues.ts';
import { extensionOf, folderOf, naturalOrder } from '../paths.ts';
import { readJson } from '../textFile.ts';
import { readAttributes } from '../zarr/zarrArray.ts';
import type { ZarrStore } from '../zarr/zarrStore.ts';
import { openFolderStore, openItarStore } from '../zarr/zarrStore.ts';

const STORE = /^(.*\.ncore4(?:-[^/]*)?\.zarr)(\.itar$|\/)/;
/** Record that every zarr group has: it stands for a store that is a folder. */
const GROUP_MARK = '.zgroup';

/** Where a store lies: an `.itar`, or a folder with its trailing `/`. */
export interface StorePlace {
  readonly root: RootName;
  readonly path: string;
}

export interface NcoreStore extends StorePlace {
  readonly store: ZarrStore;
}

export interface NcoreSequence {
  readonly id: string;
  readonly stores: readonly NcoreStore[];
}

/** Paths of all stores among these files, in natural order. */
export function storePaths(entries: readonly FileEntry[]): string[] {
  const paths = new Set<string>();
  for (const { path } of entries) {
    const match = STORE.exec(path);
    if (match) paths.add(match[1]! + match[2]!);
  }
  return [...paths].sort(naturalOrder);
}

/** The file that holds a record: the `.itar`, or the record's own in a folder. */
export function fileOfStore({ root, path }: StorePlace, record = GROUP_MARK): FileRef {
  return { root, path: path.endsWith('/') ? path + record : path };
}

/** The store's path again from the file of one of its records. */
export function storeOfFile(path: string): string {
  const match = STORE.exec(path);
  return match ? match[1]! + match[2]! : path;
}

async function open(folder: Folder, path: string): Promise<Result<ZarrStore>> {
  const opened = path.endsWith('/') ? done(openFolderStore(folder, path)) : await openItarStore(folder, path);
  if (opened.ok) await opened.value.consolidate();
  return opened;
}

/** Documents that only version 3 of zarr has: beside the arrays, or packed together. */
async function isNewerZarr(store: ZarrStore): Promise<boolean> {
  for (const key of ['zarr.json', 'zarr.json.cbor.xz']) {
    const document = await store.bytes(key, Number.MAX_SAFE_INTEGER);
    if (document.ok && document.value) return true;
  }
  return false;
}

async function openNamed(
  place: StorePlace,
  folder: Folder,
): Promise<Result<NcoreStore & { readonly sequence: string }>> {
  const opened = await open(folder, place.path);
  if (!opened.ok) return opened;
  const attributes = await readAttributes(opened.value, '');
  if (!attributes.ok) return attributes;
  const { version, sequence_id: id } = attributes.value;
  if (version === undefined && (await isNewerZarr(opened.value))) {
    return failed({ code: 'zarr-version-unknown', severity: 'error', path: opened.value.path });
  }
  if (version !== 'v4' || !asText(id)) {
    const params = { version: String(version ?? '').slice(0, 50) };
    return failed({ code: 'ncore-version-unknown', severity: 'error', path: opened.value.path, params });
  }
  return done({ ...place, store: opened.value, sequence: asText(id)! });
}

/** Opens every store. What cannot be opened is told and left out; the rest goes on. */
export async function readSequences(
  delivery: Folder,
  context: ReadContext,
  report: (problem: Problem) => void,
): Promise<NcoreSequence[]> {
  const { sensors } = context;
  const places = [
    ...storePaths(delivery.entries).map((path): StorePlace => ({ root: 'delivery', path })),
    ...storePaths(sensors?.entries ?? []).map((path): StorePlace => ({ root: 'sensors', path })),
  ];
  const folderOfRoot = (root: RootName) => (root === 'delivery' ? delivery : sensors!);
  const opened = await inBatches(places, context, (place) => openNamed(place, folderOfRoot(place.root)));
  const sequences = new Map<string, NcoreStore[]>();
  for (const result of opened) {
    if (!result.ok) {
      report(result.problem);
      continue;
    }
    const { sequence, ...store } = result.value;
    for (const problem of store.store.problems) report(problem);
    const known = sequences.get(sequence);
    if (known) known.push(store);
    else sequences.set(sequence, [store]);
  }
  await reportMissing(delivery, places, report);
  return [...sequences].map(([id, stores]) => ({ id, stores }));
}

/** A sequence's JSON file lists its stores by name; those that are nowhere are told. */
async function reportMissing(
  delivery: Folder,
  places: readonly StorePlace[],
  report: (problem: Problem) => void,
): Promise<void> {
  const names = new Set(places.map(({ path }) => path.replace(/\/$/, '').split('/').at(-1)!));
  const folders = new Set(places.map(({ path }) => folderOf(path.replace(/\/$/, ''))));
  for (const { path } of delivery.entries) {
    if (extensionOf(path) !== 'json' || !folders.has(folderOf(path))) continue;
    const json = await readJson(delivery, path);
    if (!json.ok) {
      report(json.problem);
      continue;
    }
    for (const [i, listed] of asList(asRecord(json.value)?.component_stores).entries()) {
      const name = asText(asRecord(listed)?.path);
      // Names only: a listed path is never followed.
      if (name === null || names.has(name.split('/').at(-1)!)) continue;
      const place = `/component_stores/${i}`;
      const params = { store: name.slice(0, 200) };
      report({ code: 'ncore-store-missing', severity: 'error', path, place, params });
    }
  }
}

/**
 * ASAM OpenLABEL 1.0: every JSON file with the `openlabel` root is one scene. Clouds and images are where the document
 * says, beside it, or in the sensor root. A document is parsed whole, so its size is bounded by that of a string; what
 * is larger is refused with `text-too-large`.
 */
import type { Folder } from '../../base/bytes.ts';
import type { FileRef } from '../../model/delivery.ts';
import type { DeliveryIndex } from '../../model/labels.ts';
import type { ReadContext, Reader } from '../contract.ts';
import { DeliveryBuilder } from '../deliveryBuilder.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { extensionOf, isCloudPath, naturalOrder, stemOf } from '../paths.ts';
import { decodeText, parseJson, readBytes, readJson, readText } from '../textFile.ts';
import { duplicateKeyProblems } from '../toolExports/duplicateKeys.ts';
import { keepLongTimestamps, openlabelRoot, readDocument } from './document.ts';
import { checkDocument } from './documentChecks.ts';
import { FileAddresses } from './fileAddresses.ts';
import { readScene } from './sceneReader.ts';

const HEAD_BYTES = 64 * 1024;
/** How many JSON files are looked into, and up to which size one is read whole to be sure. */
const SNIFFED_FILES = 20;
const SNIFFED_BYTES = 8_000_000;

/** The standard allows no other root key, so nearly every file begins like this. */
const ROOT_FIRST = /^\s*\{\s*"openlabel"\s*:\s*\{/;

function jsonPaths(folder: Folder): string[] {
  const depth = (path: string) => path.split('/').length;
  return folder.entries
    .map((entry) => entry.path)
    .filter((path) => extensionOf(path) === 'json')
    .sort((a, b) => depth(a) - depth(b) || naturalOrder(a, b));
}

/** 'yes' by its first bytes, 'maybe' when the key is in there somewhere. */
async function sniff(folder: Folder, path: string): Promise<'yes' | 'maybe' | 'no'> {
  const head = await readBytes(folder, path, HEAD_BYTES);
  const text = head.ok ? decodeText(head.value) : '';
  if (ROOT_FIRST.test(text)) return 'yes';
  return /"openlabel"\s*:\s*\{/.test(text) ? 'maybe' : 'no';
}

async function detect(folder: Folder): Promise<number> {
  const sizes = new Map(folder.entries.map((entry) => [entry.path, entry.size]));
  for (const path of jsonPaths(folder).slice(0, SNIFFED_FILES)) {
    const found = await sniff(folder, path);
    if (found === 'yes') return 0.97;
    if (found === 'no' || sizes.get(path)! > SNIFFED_BYTES) continue;
    const json = await readJson(folder, path);
    if (json.ok && openlabelRoot(json.value)) return 0.97;
  }
  return 0;
}

/** File name without its extension, or its whole path where two scenes would share the name. */
function sceneIds(paths: readonly string[]): string[] {
  const stems = paths.map(stemOf);
  return stems.map((stem, i) =>
    stems.indexOf(stem) === stems.lastIndexOf(stem) ? stem : paths[i]!.replace(/\.[^.]*$/, ''),
  );
}

/** The document under the root key; null for other JSON. Broken files become problems of the delivery. */
async function readRoot(folder: Folder, path: string, builder: DeliveryBuilder): Promise<JsonRecord | null> {
  const text = await readText(folder, path);
  const json = text.ok ? parseJson(keepLongTimestamps(text.value), path) : text;
  if (!json.ok) {
    builder.labelFile(path);
    builder.problems.add(json.problem);
    return null;
  }
  const root = openlabelRoot(json.value);
  if (root && text.ok) {
    builder.labelFile(path);
    builder.problems.addAll(duplicateKeyProblems(text.value, path));
  }
  return root;
}

/** Clouds that no document asked for, in either root. */
function reportLeftovers(
  folder: Folder,
  context: ReadContext,
  builder: DeliveryBuilder,
  used: readonly FileRef[],
): void {
  const taken = new Set(used.map(({ root, path }) => `${root}:${path}`));
  const roots = [
    ['delivery', folder] as const,
    ...(context.sensors ? [['sensors', context.sensors] as const] : []),
  ];
  for (const [root, { entries }] of roots) {
    for (const { path } of entries) {
      if (!isCloudPath(path) || taken.has(`${root}:${path}`)) continue;
      builder.problems.add({ code: 'sweep-without-frame', severity: 'warning', path, params: { root } });
    }
  }
}

async function index(folder: Folder, context: ReadContext): Promise<DeliveryIndex> {
  const builder = new DeliveryBuilder();
  const paths: string[] = [];
  for (const path of jsonPaths(folder).sort(naturalOrder)) {
    context.signal?.throwIfAborted();
    if ((await sniff(folder, path)) !== 'no') paths.push(path);
  }
  const sensors = context.sensors ?? null;
  const contents = context.contents ?? null;
  const addresses = new FileAddresses(folder, sensors);
  const listedAddresses = contents && new FileAddresses(contents.listed, null);
  const files = { delivery: folder, sensors, addresses, contents, listedAddresses };
  const ids = sceneIds(paths);
  const used: FileRef[] = [];
  for (const [i, path] of paths.entries()) {
    context.signal?.throwIfAborted();
    const root = await readRoot(folder, path, builder);
    context.progress?.(i + 1, paths.length);
    if (!root) continue;
    const document = readDocument(root, path);
    builder.problems.addAll(checkDocument(root, document, path));
    const scene = { document, path, sceneId: ids[i]!, ...files, builder };
    used.push(...readScene({ ...scene, hasSeveralScenes: paths.length > 1 }));
  }
  reportLeftovers(folder, context, builder, used);
  return builder.build('openlabel');
}

export const openlabelReader: Reader = {
  id: 'openlabel',
  lookedFor: 'readers.lookedFor.openlabel',
  detect,
  index,
};

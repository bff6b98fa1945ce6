/** The JSON files of a labelling tool's export: found, looked into by their first bytes, and read with trouble told. */
import type { Folder } from '../../base/bytes.ts';
import { ProblemError } from '../../base/problem.ts';
import type { DeliveryBuilder } from '../deliveryBuilder.ts';
import { keepLongTimestamps } from '../openlabel/document.ts';
import { extensionOf, naturalOrder } from '../paths.ts';
import { decodeText, parseJson, readText } from '../textFile.ts';
import { duplicateKeyProblems } from './duplicateKeys.ts';

/** How much of a file is looked at to tell its format, at either end. */
const SNIFFED_BYTES = 64 * 1024;
/** How many files are looked into; what comes deeper or later is read by the index alone. */
const SNIFFED_FILES = 20;

/** Paths with this extension, shallow ones first, in natural order. */
export function pathsByDepth(folder: Folder, extension: string): string[] {
  const depth = (path: string) => path.split('/').length;
  return folder.entries
    .map(({ path }) => path)
    .filter((path) => extensionOf(path) === extension)
    .sort((a, b) => depth(a) - depth(b) || naturalOrder(a, b));
}

/** The first bytes of a file as text, and with `tail` its last ones too; '' where it cannot be read. */
export async function sniffText(folder: Folder, path: string, tail = false): Promise<string> {
  try {
    const source = await folder.open(path);
    const head = decodeText(await source.slice(0, Math.min(SNIFFED_BYTES, source.length)));
    if (!tail || source.length <= SNIFFED_BYTES) return head;
    return `${head}\n${decodeText(await source.slice(source.length - SNIFFED_BYTES, source.length))}`;
  } catch (error) {
    if (error instanceof ProblemError) return '';
    throw error;
  }
}

/** Whether one of the first files is recognised by its text. */
export async function someSniffed(
  folder: Folder,
  paths: readonly string[],
  isOwn: (text: string) => boolean,
  tail = false,
): Promise<boolean> {
  for (const path of paths.slice(0, SNIFFED_FILES)) {
    if (isOwn(await sniffText(folder, path, tail))) return true;
  }
  return false;
}

/** A label file of the delivery, parsed; null and a problem where it cannot be. Long times stay exact, as text. */
export async function readLabelJson(
  folder: Folder,
  path: string,
  builder: DeliveryBuilder,
): Promise<unknown> {
  builder.labelFile(path);
  const text = await readText(folder, path);
  const json = text.ok ? parseJson(keepLongTimestamps(text.value), path) : text;
  if (json.ok && text.ok) {
    builder.problems.addAll(duplicateKeyProblems(text.value, path));
    return json.value;
  }
  if (!json.ok) builder.problems.add(json.problem);
  return null;
}

/**
 * KITTI tracking benchmark: `label_02`, `calib` and `oxts` with a file a sequence, `velodyne`, `image_02` and `image_03`
 * with a folder a sequence, with or without `training/` above them. Every sequence is a scene.
 */
import type { FileEntry, Folder } from '../../base/bytes.ts';
import type { DeliveryIndex } from '../../model/labels.ts';
import type { ReadContext, Reader } from '../contract.ts';
import { DeliveryBuilder } from '../deliveryBuilder.ts';
import {
  baseName,
  extensionOf,
  filesIn,
  foldersHolding,
  foldersWithFiles,
  isCloudPath,
  isImagePath,
  naturalOrder,
  stemOf,
} from '../paths.ts';
import { roleRoots } from '../roleFiles.ts';
import { readBytes } from '../textFile.ts';
import { SequenceReader } from './sequenceReader.ts';

const SENSOR_ROLES = ['velodyne', 'image_02', 'image_03', 'calib', 'oxts'] as const;
/** Roles with a folder a sequence, and what lies in it. */
const FOLDER_ROLES = [
  ['velodyne', isCloudPath],
  ['image_02', isImagePath],
  ['image_03', isImagePath],
] as const;

const isText = (path: string) => extensionOf(path) === 'txt';
/** Sequences are named by four digits. */
const SEQUENCE = /^\d{4}$/;

/** Frame, track, class, two whole numbers, then twelve or more numbers. */
const LABEL_ROW = /^\d+[ \t]+-?\d+[ \t]+[A-Za-z]\S*[ \t]+-?\d+[ \t]+-?\d+([ \t]+-?[\d.eE+-]+){12,13}\s*$/m;

/** Names of the sequences that have a folder with files of a role below `prefix`. */
function sequenceFolders(entries: readonly FileEntry[], prefix: string): Set<string> {
  const names = new Set<string>();
  for (const folder of foldersWithFiles(entries)) {
    if (!folder.startsWith(prefix)) continue;
    const [role, name, rest] = folder.slice(prefix.length).split('/');
    const keep = FOLDER_ROLES.find(([known]) => known === role)?.[1];
    if (keep && name && rest === '' && SEQUENCE.test(name) && filesIn(entries, folder, keep).length > 0) {
      names.add(name);
    }
  }
  return names;
}

async function detect(folder: Folder): Promise<number> {
  const { entries } = folder;
  const empty = new Set(entries.filter((entry) => entry.size === 0).map((entry) => entry.path));
  const isFilled = (path: string) => isText(path) && !empty.has(path);
  for (const prefix of foldersHolding(entries, ['label_02'])) {
    for (const path of filesIn(entries, `${prefix}label_02/`, isFilled).slice(0, 5)) {
      const head = await readBytes(folder, path, 2000);
      if (head.ok && LABEL_ROW.test(new TextDecoder().decode(head.value))) return 0.95;
    }
  }
  // A test split has no labels, but its calibration spells its names as no other benchmark does.
  for (const prefix of foldersHolding(entries, ['calib'])) {
    const path = filesIn(entries, `${prefix}calib/`, isText)[0];
    const head = path ? await readBytes(folder, path, 4000) : null;
    const text = head?.ok ? new TextDecoder().decode(head.value) : '';
    const isSpelt = /^R_rect[ :]/m.test(text) && /^Tr_velo_cam[ :]/m.test(text);
    if (isSpelt && sequenceFolders(entries, prefix).size > 0) return 0.92;
  }
  return 0;
}

function sequencesOf(entries: readonly FileEntry[], prefix: string): string[] {
  const names = sequenceFolders(entries, prefix);
  for (const path of filesIn(entries, `${prefix}label_02/`, isText)) names.add(stemOf(path));
  return [...names].sort(naturalOrder);
}

async function index(folder: Folder, context: ReadContext): Promise<DeliveryIndex> {
  const builder = new DeliveryBuilder();
  const { entries } = folder;
  const prefixes = foldersHolding(entries, ['label_02', 'velodyne', 'image_02']);
  const splits = prefixes
    .map((prefix) => ({ prefix, names: sequencesOf(entries, prefix) }))
    .filter(({ names }) => names.length > 0);
  const total = splits.reduce((sum, { names }) => sum + names.length, 0);
  let read = 0;
  for (const { prefix, names } of splits) {
    const roots = roleRoots(folder, prefix, splits.length === 1, SENSOR_ROLES, context);
    const split = splits.length > 1 ? `${baseName(prefix.slice(0, -1))}/` : '';
    for (const name of names) {
      await new SequenceReader(roots, name, total === 1, builder).read(`${split}${name}`, context);
      context.progress?.(++read, total);
    }
  }
  return builder.build('kitti-tracking');
}

export const kittiTrackingReader: Reader = {
  id: 'kitti-tracking',
  lookedFor: 'readers.lookedFor.kitti-tracking',
  detect,
  index,
};

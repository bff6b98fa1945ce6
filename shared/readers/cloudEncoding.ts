/** Which encoding the clouds of a folder have: by name for PCD, by the first bytes for bare floats. */
import type { Folder } from '../base/bytes.ts';
import type { SweepEncoding } from '../model/delivery.ts';
import { sniffBinCloud } from './clouds/binCloud.ts';
import { parsePcdHeader } from './clouds/pcdHeader.ts';
import { extensionOf } from './paths.ts';
import { readBytes } from './textFile.ts';

const HEAD_BYTES = 4096;

/** Null when the file's first bytes are not those of a cloud. */
export async function sniffCloud(folder: Folder, path: string): Promise<SweepEncoding | null> {
  const head = await readBytes(folder, path, HEAD_BYTES);
  if (!head.ok) return null;
  if (extensionOf(path) === 'pcd') return parsePcdHeader(head.value, path).ok ? 'pcd' : null;
  const size = folder.entries.find((entry) => entry.path === path)?.size ?? head.value.length;
  return sniffBinCloud(head.value, size, path);
}

/** The encoding a file's name promises: bare clouds have four floats a row unless nuScenes named them. */
export function encodingByName(path: string): SweepEncoding {
  const extension = extensionOf(path);
  if (extension === 'pcd') return 'pcd';
  return extension === 'pcd.bin' ? 'bin5' : 'bin4';
}

/** One look at the first bare cloud settles the whole folder: sensors do not change their row from frame to frame. */
export async function folderEncoding(folder: Folder, paths: readonly string[]): Promise<SweepEncoding> {
  const sample = paths.find((path) => extensionOf(path) !== 'pcd');
  if (sample === undefined) return 'pcd';
  return (await sniffCloud(folder, sample)) ?? encodingByName(sample);
}

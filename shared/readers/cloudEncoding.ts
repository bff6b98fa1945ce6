/** Which encoding the clouds of a folder have: by name and first bytes where a file says what it is, else by its floats. */
import type { Folder } from '../base/bytes.ts';
import type { SweepEncoding } from '../model/delivery.ts';
import { sniffBinCloud } from './clouds/binCloud.ts';
import { isLas } from './clouds/las/lasHeader.ts';
import { parsePcdHeader } from './clouds/pcdHeader.ts';
import { isPly } from './clouds/ply/plyHeader.ts';
import { extensionOf } from './paths.ts';
import { readBytes } from './textFile.ts';

const HEAD_BYTES = 4096;

/** Encodings of files that carry a header of their own, by extension. */
const HEADED: Readonly<Record<string, { encoding: SweepEncoding; isOne(head: Uint8Array): boolean }>> = {
  pcd: { encoding: 'pcd', isOne: (head) => parsePcdHeader(head, '').ok },
  ply: { encoding: 'ply', isOne: isPly },
  las: { encoding: 'las', isOne: isLas },
  laz: { encoding: 'las', isOne: isLas },
};

/** Null when the file's first bytes are not those of a cloud. */
export async function sniffCloud(folder: Folder, path: string): Promise<SweepEncoding | null> {
  const head = await readBytes(folder, path, HEAD_BYTES);
  if (!head.ok) return null;
  const headed = HEADED[extensionOf(path)];
  if (headed) return headed.isOne(head.value) ? headed.encoding : null;
  const size = folder.entries.find((entry) => entry.path === path)?.size ?? head.value.length;
  return sniffBinCloud(head.value, size, path);
}

/** The encoding a file's name promises: bare clouds have four floats a row unless nuScenes named them. */
export function encodingByName(path: string): SweepEncoding {
  const extension = extensionOf(path);
  return HEADED[extension]?.encoding ?? (extension === 'pcd.bin' ? 'bin5' : 'bin4');
}

/**
 * Encoding of a folder's clouds. One look at the first bare cloud settles all of those: sensors do not change their row
 * from frame to frame. Where there is none, the first file's name does.
 */
export async function folderEncoding(folder: Folder, paths: readonly string[]): Promise<SweepEncoding> {
  const bare = paths.find((path) => !(extensionOf(path) in HEADED));
  if (bare !== undefined) return (await sniffCloud(folder, bare)) ?? encodingByName(bare);
  return paths[0] === undefined ? 'pcd' : encodingByName(paths[0]);
}

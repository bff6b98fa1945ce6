/** Folders of bare clouds, and single ones: every folder with clouds is a scene, every cloud a frame, no labels. */
import type { Folder } from '../base/bytes.ts';
import type { SweepEncoding } from '../model/delivery.ts';
import type { DeliveryIndex } from '../model/labels.ts';
import { encodingByName, folderEncoding, sniffCloud } from './cloudEncoding.ts';
import type { ReadContext, Reader } from './contract.ts';
import { DeliveryBuilder } from './deliveryBuilder.ts';
import { extensionOf, folderOf, naturalOrder, stemOf } from './paths.ts';
import { nanosOfStem } from './timestamps.ts';

const SPACE = 'lidar';
/** How many files are looked into before a folder is given up as not being clouds. */
const SNIFFED_FILES = 5;

const hasExtension =
  (...extensions: readonly string[]) =>
  (path: string) =>
    extensions.includes(extensionOf(path));

/** Paths by folder, both in natural order. */
function byFolder(folder: Folder, keep: (path: string) => boolean): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  const paths = folder.entries.map((entry) => entry.path).filter(keep);
  for (const path of paths.sort(naturalOrder)) {
    const group = groups.get(folderOf(path)) ?? [];
    groups.set(folderOf(path), group);
    group.push(path);
  }
  return new Map([...groups].sort(([a], [b]) => naturalOrder(a, b)));
}

function addScene(
  builder: DeliveryBuilder,
  id: string,
  paths: readonly string[],
  bareEncoding: SweepEncoding,
): void {
  builder.startScene(id);
  for (const path of paths) {
    const stem = stemOf(path);
    const encoding = isHeaded(path) ? encodingByName(path) : bareEncoding;
    const sweeps = [{ root: 'delivery' as const, path, lidar: 'lidar', encoding }];
    builder.addFrame({ key: stem, timestampNanos: nanosOfStem(stem), space: SPACE, sweeps, images: [] });
  }
}

function cloudFolderReader(
  id: 'pcd' | 'ply' | 'las' | 'bin',
  /** What makes a folder one of these. */
  isOwn: (path: string) => boolean,
  /** What is opened then. */
  keep: (path: string) => boolean,
  confidence: number,
): Reader {
  return {
    id,
    lookedFor: `readers.lookedFor.${id}`,
    async detect(folder) {
      const paths = folder.entries.map((entry) => entry.path).filter(isOwn);
      for (const path of paths.slice(0, SNIFFED_FILES)) {
        if ((await sniffCloud(folder, path)) !== null) return confidence;
      }
      return 0;
    },
    async index(folder: Folder, context: ReadContext): Promise<DeliveryIndex> {
      const builder = new DeliveryBuilder();
      const groups = [...byFolder(folder, keep)];
      for (const [position, [prefix, paths]] of groups.entries()) {
        context.signal?.throwIfAborted();
        addScene(builder, prefix.slice(0, -1) || 'scene', paths, await folderEncoding(folder, paths));
        context.progress?.(position + 1, groups.length);
      }
      return builder.build(id);
    },
  };
}

const isPcd = hasExtension('pcd');
const isSurveyed = hasExtension('las', 'laz', 'ply');
const isHeaded = (path: string) => isPcd(path) || isSurveyed(path);
const isBare = hasExtension('bin', 'pcd.bin');

/**
 * A folder may hold several kinds; a file that says what it is wins over bare numbers, a lidar's usual one over the
 * rest. Surveys mix theirs and open together; what lies beside a lidar's clouds as PLY is a mesh.
 */
export const pcdReader = cloudFolderReader('pcd', isPcd, isPcd, 0.4);
export const lasReader = cloudFolderReader('las', hasExtension('las', 'laz'), isSurveyed, 0.36);
export const plyReader = cloudFolderReader('ply', hasExtension('ply'), isSurveyed, 0.35);
export const binReader = cloudFolderReader('bin', isBare, isBare, 0.3);

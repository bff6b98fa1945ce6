/**
 * KITTI raw recordings, synced and rectified: `<date>/<date>_drive_NNNN_sync` with `velodyne_points`, `image_00` to
 * `image_03`, `oxts` and `tracklet_labels.xml`, its day's calibration beside it. Every drive is a scene.
 */
import type { FileEntry, Folder } from '../../base/bytes.ts';
import type { DeliveryIndex } from '../../model/labels.ts';
import type { ReadContext, Reader } from '../contract.ts';
import { DeliveryBuilder } from '../deliveryBuilder.ts';
import { baseName, filesIn, foldersWithFiles, isCloudPath, isImagePath, naturalOrder } from '../paths.ts';
import { roleRoots } from '../roleFiles.ts';
import { readBytes } from '../textFile.ts';
import { DriveReader, TRACKLETS } from './driveReader.ts';

const SENSOR_ROLES = [
  ...['velodyne_points', 'oxts', 'image_00', 'image_01', 'image_02', 'image_03'],
  ...['IMAGE_00', 'IMAGE_01', 'IMAGE_02', 'IMAGE_03'],
];
const CLOUDS = 'velodyne_points/data/';
const IMAGES = /^(.*?)(?:image|IMAGE)_0[0-3]\/data\/$/;

/** Folders of drives, each with its trailing `/`. */
function findDrives(entries: readonly FileEntry[]): string[] {
  const drives = new Set<string>();
  for (const folder of foldersWithFiles(entries)) {
    const image = IMAGES.exec(folder);
    if (image && filesIn(entries, folder, isImagePath).length > 0) drives.add(image[1]!);
    if (`/${folder}`.endsWith(`/${CLOUDS}`) && filesIn(entries, folder, isCloudPath).length > 0) {
      drives.add(folder.slice(0, -CLOUDS.length));
    }
    if (filesIn(entries, folder, (path) => baseName(path) === TRACKLETS).length > 0) drives.add(folder);
  }
  return [...drives].sort(naturalOrder);
}

async function detect(folder: Folder): Promise<number> {
  const { entries } = folder;
  let best = 0;
  for (const drive of findDrives(entries).slice(0, 5)) {
    const head = await readBytes(folder, drive + TRACKLETS, 4000);
    if (
      head.ok &&
      /<boost_serialization[\s>][\s\S]*<tracklets[\s>]/.test(new TextDecoder().decode(head.value))
    ) {
      return 0.95;
    }
    if (filesIn(entries, drive + CLOUDS, isCloudPath).length > 0) best = 0.9;
    else best = Math.max(best, 0.7);
  }
  return best;
}

async function index(folder: Folder, context: ReadContext): Promise<DeliveryIndex> {
  const builder = new DeliveryBuilder();
  const drives = findDrives(folder.entries);
  for (const [i, drive] of drives.entries()) {
    const isOnly = drives.length === 1;
    const roots = roleRoots(folder, drive, isOnly, SENSOR_ROLES, context);
    const name = baseName(drive.slice(0, -1)) || 'drive';
    const isRepeated = drives.filter((other) => baseName(other.slice(0, -1)) === name).length > 1;
    await new DriveReader(roots, isRepeated ? drive.slice(0, -1) : name, isOnly, builder).read(context);
    context.progress?.(i + 1, drives.length);
  }
  return builder.build('kitti-raw');
}

export const kittiRawReader: Reader = {
  id: 'kitti-raw',
  lookedFor: 'readers.lookedFor.kitti-raw',
  detect,
  index,
};

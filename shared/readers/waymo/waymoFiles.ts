/** Which components of which segments a Waymo delivery holds: a folder per component, in it a file per segment. */
import type { Folder } from '../../base/bytes.ts';
import type { FileRef } from '../../model/delivery.ts';
import { naturalOrder, stemOf } from '../paths.ts';

export const LABEL_TAGS = [
  'lidar_box',
  'lidar_camera_synced_box',
  'camera_box',
  'projected_lidar_box',
  'camera_to_lidar_box_association',
] as const;
const SENSOR_TAGS = [
  'lidar',
  'lidar_calibration',
  'lidar_pose',
  'vehicle_pose',
  'camera_image',
  'camera_calibration',
] as const;
export type Tag = (typeof LABEL_TAGS)[number] | (typeof SENSOR_TAGS)[number];

const PLACE = new RegExp(`(?:^|/)(${[...LABEL_TAGS, ...SENSOR_TAGS].join('|')})/[^/]+\\.parquet$`);

/** Is this a file of a component that is read? */
export const isComponent = (path: string) => PLACE.test(path);

/** Files of the delivery and of the sensor root by tag and segment; the delivery's own first. */
export class SegmentFiles {
  readonly segments: readonly string[];
  readonly #files = new Map<string, FileRef>();

  constructor(delivery: Folder, sensors: Folder | undefined) {
    const segments = new Set<string>();
    const add = (folder: Folder, root: FileRef['root']) => {
      for (const { path } of folder.entries) {
        const tag = PLACE.exec(path)?.[1];
        if (!tag) continue;
        const segment = stemOf(path);
        if (root === 'delivery') segments.add(segment);
        const key = `${tag}/${segment}`;
        if (!this.#files.has(key)) this.#files.set(key, { root, path });
      }
    };
    add(delivery, 'delivery');
    if (sensors) add(sensors, 'sensors');
    this.segments = [...segments].sort(naturalOrder);
  }

  of(tag: Tag, segment: string): FileRef | null {
    return this.#files.get(`${tag}/${segment}`) ?? null;
  }
}

import { describe, expect, it } from 'vitest';
import { openDelivery } from '../../../../shared/readers/openDelivery.ts';
import { annotationsFile } from '../../../support/argoverseFixture.ts';
import {
  bareCloud,
  dayCalibration,
  odometryCalibration,
  trackingCalibration,
  trackletFile,
} from '../../../support/kittiFixture.ts';
import { memoryFolder } from '../../../support/memoryFolder.ts';

const cloud = bareCloud([1, 2, 3, 0.5]);
const row = '0 7 Car 2 1 1.55 599.41 156.40 629.75 189.25 1.50 1.80 4.20 2.00 1.70 20.00 -1.20';
const tracklet = { type: 'Car', h: 1.5, w: 1.8, l: 4.2, first: 0, poses: [{ tx: 1, ty: 2, tz: 3, rz: 0 }] };
const day = Object.fromEntries(
  Object.entries(dayCalibration).map(([name, text]) => [`2011_09_26/${name}`, text]),
);

const layouts: readonly [format: string, files: Record<string, string | Uint8Array>][] = [
  [
    'kitti-tracking',
    {
      'training/label_02/0000.txt': row,
      'training/calib/0000.txt': trackingCalibration,
      'training/velodyne/0000/000000.bin': cloud,
    },
  ],
  [
    'kitti-raw',
    {
      ...day,
      '2011_09_26/drive_0001_sync/tracklet_labels.xml': trackletFile([tracklet]),
      '2011_09_26/drive_0001_sync/velodyne_points/data/0000000000.bin': cloud,
    },
  ],
  [
    'semantic-kitti',
    {
      'sequences/00/velodyne/000000.bin': cloud,
      'sequences/00/labels/000000.label': new Uint8Array(4),
      'sequences/00/calib.txt': odometryCalibration,
    },
  ],
  [
    'argoverse2',
    {
      'val/log/annotations.feather': annotationsFile([
        {
          nanos: 1n,
          track: '轨迹',
          category: '行人',
          lwh: [1, 1, 1],
          wxyz: [1, 0, 0, 0],
          translation: [0, 0, 0],
          points: 0,
        },
      ]),
    },
  ],
];

describe('the family below folders of any name', () => {
  it.each(layouts)('%s', async (format, files) => {
    const plain = await openDelivery(memoryFolder(files));
    const above = '交付 第2批/数据 (v1.2)/';
    const moved = Object.fromEntries(Object.entries(files).map(([path, content]) => [above + path, content]));
    const opened = await openDelivery(memoryFolder(moved));
    if (!plain.ok || !opened.ok) throw new Error('not opened');
    expect(opened.value.delivery.format).toBe(format);
    expect(opened.value.delivery.scenes).toEqual(plain.value.delivery.scenes);
    expect([...opened.value.delivery.frameIds]).toEqual([...plain.value.delivery.frameIds]);
    expect(opened.value.labels).toEqual(plain.value.labels);
    expect(opened.value.delivery.labelFiles).toEqual(
      plain.value.delivery.labelFiles.map((path) => above + path),
    );
    expect(opened.value.problems.map(({ code }) => code)).toEqual(
      plain.value.problems.map(({ code }) => code),
    );
  });
});

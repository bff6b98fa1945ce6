import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { cuboidAt } from '../../../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import { argoverseReader } from '../../../../shared/readers/argoverse2/argoverseReader.ts';
import { freshBuffers } from '../../../../shared/readers/clouds/bufferPool.ts';
import { readPointClasses } from '../../../../shared/readers/clouds/pointClasses.ts';
import { readPoints } from '../../../../shared/readers/clouds/readPoints.ts';
import { readIndexFile, writeIndexFile } from '../../../../shared/readers/indexFile.ts';
import { kittiReader } from '../../../../shared/readers/kitti/kittiReader.ts';
import { kittiRawReader } from '../../../../shared/readers/kittiRaw/kittiRawReader.ts';
import { kittiTrackingReader } from '../../../../shared/readers/kittiTracking/kittiTrackingReader.ts';
import { openDelivery } from '../../../../shared/readers/openDelivery.ts';
import { semanticKittiReader } from '../../../../shared/readers/semanticKitti/semanticKittiReader.ts';
import { diskFolder } from '../../../support/diskFolder.ts';
import { describeWithSharedData, sharedData } from '../../../support/sharedData.ts';

interface Facts {
  readonly files: readonly { path: string; points?: number; by_class?: Record<string, number> }[];
}

const facts = (): Facts => JSON.parse(readFileSync(sharedData('data/FACTS.json'), 'utf8'));

async function open(folder: string): Promise<DeliveryIndex> {
  const opened = await openDelivery(diskFolder(sharedData(`data/${folder}`)));
  if (!opened.ok) throw new Error(JSON.stringify(opened.problem));
  // Through the index file on purpose: what the product uses is what was written.
  const written = readIndexFile(writeIndexFile(opened.value));
  if (!written.ok) throw new Error(JSON.stringify(written.problem));
  return written.value;
}

const tools = (folder: string) => {
  const disk = diskFolder(sharedData(`data/${folder}`));
  return {
    open: ({ path }: { readonly path: string }) => disk.open(path),
    pool: freshBuffers,
    codecs: { wasm: () => Promise.reject(new Error('no codec is needed')) },
  };
};

/** Every real sample, and which of the family's readers knows it. */
const samples: readonly [folder: string, id: string | null][] = [
  ['argoverse2', 'argoverse2'],
  ['coco-mono3d', null],
  ['datumaro-minis/coco', null],
  ['datumaro-minis/cvat_for_images_task', null],
  ['datumaro-minis/cvat_for_video', null],
  ['datumaro-minis/kitti_detection', 'kitti-object'],
  ['datumaro-minis/kitti_raw', 'kitti-raw'],
  ['datumaro-minis/mot_seq', null],
  ['datumaro-minis/supervisely_pointcloud', null],
  ['datumaro-minis/yolo', null],
  ['kitti-object', 'kitti-object'],
  ['las-laz', null],
  ['lyft-fragment', null],
  ['mcap', null],
  ['nuscenes-sample', null],
  ['openlabel/kitti-tracking', null],
  ['pandaset-002', null],
  ['pcd', null],
  ['scalabel', null],
  ['semantickitti-fragment', 'semantic-kitti'],
  ['sustech-points/example', null],
];

describeWithSharedData('the family on every real sample', 'data', () => {
  const family = [argoverseReader, kittiTrackingReader, kittiRawReader, semanticKittiReader, kittiReader];

  it.each(samples)('%s is known by its own reader and by no other', async (folder, id) => {
    const disk = diskFolder(sharedData(`data/${folder}`));
    const sure: string[] = [];
    for (const reader of family) {
      const confidence = await reader.detect(disk);
      if (confidence > 0) sure.push(reader.id);
      if (reader.id === id) expect(confidence).toBeGreaterThanOrEqual(0.9);
    }
    expect(sure).toEqual(id === null ? [] : [id]);
  });
});

describeWithSharedData('small KITTI samples', 'data/datumaro-minis', () => {
  it('boxes without cuboids need neither calibration nor clouds', async () => {
    const index = await open('datumaro-minis/kitti_detection');
    expect(index.delivery.frames.map(({ id }) => id)).toEqual(['000030_10', '000030_11']);
    expect([index.labels.cuboids.count, index.labels.boxes2d.count]).toEqual([0, 5]);
    expect([...index.labels.boxes2d.frame]).toEqual([0, 0, 1, 1, 1]);
    expect(index.problems.map(({ code }) => code)).toEqual(['sensor-data-absent']);
  });

  it('a raw drive with clouds of two encodings and sizes that are none', async () => {
    const index = await open('datumaro-minis/kitti_raw');
    const { frames } = index.delivery;
    expect(frames.length).toBe(3);
    for (const frame of frames) {
      const read = await readPoints(frame.sweeps[0]!, tools('datumaro-minis/kitti_raw'));
      const path = `datumaro-minis/kitti_raw/${frame.sweeps[0]!.path}`;
      expect(read.ok && read.value.sweep.count).toBe(
        facts().files.find((file) => file.path === path)!.points,
      );
    }
    expect(index.labels.cuboids.count).toBe(4);
    expect(index.labels.tracks).toHaveLength(3);
    // h is -3.62: the label stays in the lot and is never drawn.
    expect(cuboidAt(index.labels, 0)).toMatchObject({
      className: 'car',
      isUsable: false,
      size: [-1.03, 7.95, -3.62],
    });
  });
});

describeWithSharedData('SemanticKITTI, fifty points', 'data/semantickitti-fragment', () => {
  it('classes are counted as in the facts', async () => {
    const index = await open('semantickitti-fragment');
    const sweep = index.delivery.frames.at(0)!.sweeps[0]!;
    const read = await readPointClasses(sweep.classes!, 50, tools('semantickitti-fragment'));
    if (!read.ok) throw new Error(read.problem.code);
    const counts: Record<string, number> = {};
    for (const value of read.value.classes) counts[value] = (counts[value] ?? 0) + 1;
    const labels = facts().files.find(({ path }) => path.endsWith('000000.label'))!;
    expect(counts).toEqual(labels.by_class);
    const known = new Set(index.delivery.pointClasses!.map(({ value }) => String(value)));
    expect(Object.keys(counts).every((value) => known.has(value))).toBe(true);
  });
});

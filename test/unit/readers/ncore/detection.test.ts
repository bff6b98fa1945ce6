/** The two NVIDIA readers claim their own deliveries and none of the real samples of other formats. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { ncoreReader } from '../../../../shared/readers/ncore/ncoreReader.ts';
import { detectFormat } from '../../../../shared/readers/openDelivery.ts';
import { physicalAiReader } from '../../../../shared/readers/physicalAi/physicalAiReader.ts';
import { diskFolder } from '../../../support/diskFolder.ts';
import { memoryFolder } from '../../../support/memoryFolder.ts';
import { ncoreStore } from '../../../support/ncoreFixture.ts';
import { describeWithSharedData, sharedData } from '../../../support/sharedData.ts';

test.each([
  ['an archive', memoryFolder({ 'x/seq.ncore4-lidars.zarr.itar': ncoreStore().itar() })],
  ['a folder', memoryFolder(ncoreStore().folder('x/seq.ncore4.zarr'))],
])('a store in %s is found', async (_, folder) => {
  expect((await detectFormat(folder))?.id).toBe('ncore');
});

test.each([
  ['another zarr store', 'x/data.zarr/.zgroup'],
  ['tables of another vendor', 'labels/clip.lidar_box.parquet'],
  ['films', 'camera/front.mp4'],
  ['chunks of something else', 'data/images.chunk_0001.zip'],
])('%s is not claimed', async (_, path) => {
  const folder = memoryFolder({ [path]: 'x' });
  expect(await ncoreReader.detect(folder)).toBe(0);
  expect(await physicalAiReader.detect(folder)).toBe(0);
});

describeWithSharedData('real samples of other formats', 'data', () => {
  test('none is claimed', async () => {
    const root = sharedData('data');
    const names = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(names.length).toBeGreaterThan(8);
    for (const { name } of names) {
      const folder = diskFolder(path.join(root, name));
      expect([name, await ncoreReader.detect(folder), await physicalAiReader.detect(folder)]).toEqual([
        name,
        0,
        0,
      ]);
    }
  });
});

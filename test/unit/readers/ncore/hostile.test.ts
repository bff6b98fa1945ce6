/** NCore stores whose bytes were changed at random, and names that are ways elsewhere: told, never thrown or followed. */
import { expect, test } from 'vitest';
import { freshBuffers } from '../../../../shared/readers/clouds/bufferPool.ts';
import { readPoints } from '../../../../shared/readers/clouds/readPoints.ts';
import { readImage } from '../../../../shared/readers/images/readImage.ts';
import { ncoreReader } from '../../../../shared/readers/ncore/ncoreReader.ts';
import { memoryFolder } from '../../../support/memoryFolder.ts';
import { ncoreStore } from '../../../support/ncoreFixture.ts';
import { seededRandom } from '../../../support/seededRandom.ts';
import { ZarrFixture } from '../../../support/zarrFixture.ts';

async function readAll(files: Record<string, Uint8Array>): Promise<void> {
  const folder = memoryFolder(files);
  const index = await ncoreReader.index(folder, {});
  const open = ({ path }: { path: string }) => folder.open(path);
  const codecs = { wasm: () => Promise.reject(new Error('no codec is needed')) };
  for (const frame of index.delivery.frames) {
    for (const sweep of frame.sweeps) await readPoints(sweep, { open, pool: freshBuffers, codecs });
    for (const image of frame.images) await readImage(image, open);
  }
}

test('archives with changed bytes', async () => {
  const { next: random } = seededRandom(31);
  const whole = ncoreStore().itar();
  for (let round = 0; round < 60; round++) {
    const bytes = whole.slice();
    for (let i = 0; i < 12; i++) bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
    const cut = random() < 0.2 ? bytes.subarray(0, Math.floor(random() * bytes.length)) : bytes;
    await expect(readAll({ 'a.ncore4.zarr.itar': cut })).resolves.toBeUndefined();
  }
});

test('folders with changed documents', async () => {
  const { next: random } = seededRandom(37);
  const whole = ncoreStore().folder('a.ncore4.zarr');
  const values = [
    'null',
    '-1',
    '1e308',
    '[]',
    '{}',
    '"x"',
    '[[[[]]]]',
    '99999999999999999999',
    'true',
    'NaN',
  ];
  const names = Object.keys(whole).filter((name) => /\.z(attrs|array)$/.test(name));
  for (let round = 0; round < 120; round++) {
    const files = { ...whole };
    for (let i = 0; i < 3; i++) {
      const name = names[Math.floor(random() * names.length)]!;
      const text = new TextDecoder().decode(files[name]);
      // Some value of the document becomes another.
      const places = [...text.matchAll(/:(?=[^:])|(?<=[[,])/g)].map((match) => match.index + match[0].length);
      const at = places[Math.floor(random() * places.length)] ?? 0;
      const rest = text
        .slice(at)
        .replace(/^("[^"]*"|[^,\]}]*)/, values[Math.floor(random() * values.length)]!);
      files[name] = new TextEncoder().encode(text.slice(0, at) + rest);
    }
    await expect(readAll(files)).resolves.toBeUndefined();
  }
});

test('components by names that lead elsewhere are not there', async () => {
  const store = new ZarrFixture().group('', { version: 'v4', sequence_id: 's' });
  store.group('lidars/../../x', { component_name: 'lidars' });
  store.group('lidars/../../x/frames', { frames_timestamps_us: [[1, 2]] });
  store.group('cameras/./front', {});
  const folder = memoryFolder({ 'a.ncore4.zarr.itar': store.itar() });
  const index = await ncoreReader.index(folder, {});
  expect(index.delivery.frames.length).toBe(0);
  expect(index.delivery.lidars).toEqual([]);
});

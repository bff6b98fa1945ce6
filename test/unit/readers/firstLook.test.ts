/** One frame out of the first rows of large tables: only of what is worth it, without labels, and never with an error. */
import { describe, expect, test } from 'vitest';
import type { Folder } from '../../../shared/base/bytes.ts';
import { firstLook } from '../../../shared/readers/firstLook.ts';
import { kittiReader } from '../../../shared/readers/kitti/kittiReader.ts';
import { nuscenesReader } from '../../../shared/readers/nuscenes/nuscenesReader.ts';
import { memoryFolder } from '../../support/memoryFolder.ts';
import { nuscenesFiles } from '../../support/nuscenesFixture.ts';
import type { Files } from '../../support/openReading.ts';
import { seededRandom } from '../../support/seededRandom.ts';

/** Says of one table that it goes on for 64 MB: whoever keeps to the first few never finds out that it does not. */
function large(files: Files, table = 'v1.0-mini/map.json'): Folder {
  const folder = memoryFolder(files);
  const size = 64 * 1024 * 1024;
  return {
    ...folder,
    entries: folder.entries.map((entry) => (entry.path === table ? { ...entry, size } : entry)),
  };
}

describe('what is not worth a first look', () => {
  test('small tables', async () => {
    expect(await firstLook(nuscenesReader, memoryFolder(nuscenesFiles()), {})).toBeNull();
  });

  test('large points beside small tables', async () => {
    const files = { ...nuscenesFiles(), 'samples/large.bin': '' };
    expect(await firstLook(nuscenesReader, large(files, 'samples/large.bin'), {})).toBeNull();
  });

  test('a format whose tables cannot be cut short', async () => {
    expect(await firstLook(kittiReader, large(nuscenesFiles()), {})).toBeNull();
  });
});

describe('a large delivery', () => {
  test('shows its first frame with points, pictures and lenses, and no labels', async () => {
    const files = nuscenesFiles({ scenes: 2 });
    const look = (await firstLook(nuscenesReader, large(files), {}))!;
    const whole = await nuscenesReader.index(memoryFolder(files), {});
    expect(whole.labels.cuboids.count).toBeGreaterThan(0);
    expect(look.delivery.frames).toEqual([whole.delivery.frames.at(0)]);
    expect([...look.delivery.frameIds]).toEqual([whole.delivery.frames.at(0)!.id]);
    expect(look.delivery.scenes).toEqual([{ id: 'scene-0001', frameStart: 0, frameCount: 1 }]);
    expect(look.delivery.frames.at(0)!.sweeps).toHaveLength(1);
    expect(look.delivery.frames.at(0)!.images).toHaveLength(1);
    expect(look.delivery.calibrations).toEqual(whole.delivery.calibrations);
    expect([look.labels.cuboids.count, look.labels.boxes2d.count, look.others.length]).toEqual([0, 0, 0]);
    expect([...look.labels.cuboids.frameStart]).toEqual([0, 0]);
    expect(look.problems).toEqual([]);
  });

  test('frames of pictures alone will do; with neither there is nothing to show', async () => {
    const without = (...modalities: readonly string[]) =>
      nuscenesFiles({
        change: (tables) => {
          const isOut = ({ filename }: Record<string, unknown>) =>
            modalities.some((name) => String(filename).includes(name));
          tables.sample_data = tables.sample_data!.filter((row) => !isOut(row));
        },
      });
    const look = await firstLook(nuscenesReader, large(without('LIDAR')), {});
    expect(look!.delivery.frames.at(0)).toMatchObject({ sweeps: [], images: [{ camera: 0 }] });
    expect(await firstLook(nuscenesReader, large(without('LIDAR', 'CAM')), {})).toBeNull();
  });

  test('no table is read beyond its head', async () => {
    const head = 4 * 1024 * 1024;
    const files = nuscenesFiles();
    const table = 'v1.0-mini/sample_annotation.json';
    const long = `${files[table] as string}`.replace(/\]$/, `${',{}'.repeat(3 * head)}]`);
    const folder = memoryFolder({
      ...files,
      [table]: long,
      'v1.0-mini/log.json': `[${' '.repeat(13 * head)}]`,
    });
    expect(await firstLook(nuscenesReader, folder, {})).not.toBeNull();
    for (const [path, read] of folder.bytesRead) expect(read, path).toBeLessThanOrEqual(2 * head);
  });

  test('tables cut anywhere give a frame or none, never an error', async () => {
    const random = seededRandom(5);
    const files = nuscenesFiles();
    const tables = Object.keys(files).filter((path) => path.endsWith('.json'));
    let shown = 0;
    for (let round = 0; round < 150; round++) {
      const cut: Record<string, string | Uint8Array> = { ...files };
      for (let times = random.integer(1, 4); times > 0; times--) {
        const table = tables[random.integer(0, tables.length - 1)]!;
        cut[table] = (files[table] as string).slice(0, random.integer(0, files[table]!.length));
      }
      const look = await firstLook(nuscenesReader, large(cut), {});
      if (look === null) continue;
      shown++;
      expect(look.delivery.frames.length).toBe(1);
      expect(look.labels.cuboids.count).toBe(0);
    }
    expect(shown).toBeGreaterThan(10);
  });
});

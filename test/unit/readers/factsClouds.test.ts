import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { freshBuffers } from '../../../shared/readers/clouds/bufferPool.ts';
import { readPoints } from '../../../shared/readers/clouds/readPoints.ts';
import { decodeSweep, type PlainEncoding } from '../../../shared/readers/clouds/readSweep.ts';
import { readImageSize } from '../../../shared/readers/images/imageSize.ts';
import { MemorySource } from '../../support/memoryFolder.ts';
import { describeWithSharedData, sharedData } from '../../support/sharedData.ts';

interface FileFacts {
  readonly path: string;
  readonly format?: string;
  readonly points?: number;
  readonly finite_points?: number;
  readonly min?: readonly number[];
  readonly max?: readonly number[];
  /** Compressed clouds: as their headers state them. */
  readonly header_min?: readonly number[];
  readonly header_max?: readonly number[];
  readonly intensity_min_max?: readonly number[];
  readonly image?: readonly [number, number];
}

const encodings: Readonly<Record<string, PlainEncoding>> = {
  pcd: 'pcd',
  float32x4: 'bin4',
  float32x5: 'bin5',
};

function facts(): FileFacts[] {
  return JSON.parse(readFileSync(sharedData('data/FACTS.json'), 'utf8')).files;
}

describeWithSharedData('published facts of real files', 'data/FACTS.json', () => {
  it('every cloud of a known kind has the stated points and bounds', () => {
    const clouds = facts().filter((file) => file.format !== undefined && file.format in encodings);
    expect(clouds.length).toBeGreaterThan(30);
    for (const file of clouds) {
      const bytes = readFileSync(sharedData(`data/${file.path}`));
      const result = decodeSweep(bytes, encodings[file.format!]!, file.path);
      if (!result.ok) throw new Error(JSON.stringify(result.problem));
      const { sweep, problems } = result.value;
      expect(problems, file.path).toEqual([]);
      expect([sweep.count, sweep.finiteCount], file.path).toEqual([file.points, file.finite_points]);
      // Ascii facts are doubles, stored coordinates are float32 in the file's other encodings.
      expect(sweep.bounds, file.path).toEqual([...file.min!, ...file.max!]);
      if (file.intensity_min_max) expect(sweep.intensityMax).toBe(file.intensity_min_max[1]);
    }
  });

  it('every PLY, LAS and LAZ cloud has the stated points and bounds', async () => {
    const clouds = facts().filter(({ path }) => /\.(ply|las|laz)$/.test(path));
    expect(clouds.length).toBeGreaterThan(5);
    const codec = new Uint8Array(readFileSync('node_modules/laz-perf/lib/laz-perf.wasm'));
    const tools = {
      open: ({ path }: { path: string }) =>
        Promise.resolve(new MemorySource(readFileSync(sharedData(`data/${path}`)))),
      pool: freshBuffers,
      codecs: { wasm: () => Promise.resolve(codec) },
    };
    for (const { path, points, ...bounds } of clouds) {
      const encoding = path.endsWith('.ply') ? 'ply' : 'las';
      const result = await readPoints({ root: 'delivery', path, lidar: 'lidar', encoding }, tools);
      if (!result.ok) throw new Error(JSON.stringify(result.problem));
      const { sweep, problems } = result.value;
      expect(problems, path).toEqual([]);
      expect([sweep.count, sweep.finiteCount], path).toEqual([points, points]);
      for (const [axis, value] of [bounds.min ?? bounds.header_min!, bounds.max ?? bounds.header_max!]
        .flat()
        .entries()) {
        expect(sweep.bounds[axis], path).toBeCloseTo(value, 6);
      }
    }
  });

  it('every image has the stated size', () => {
    const images = facts().filter((file) => file.image !== undefined);
    expect(images.length).toBeGreaterThan(20);
    for (const file of images) {
      const size = readImageSize(readFileSync(sharedData(`data/${file.path}`)).subarray(0, 64 * 1024));
      expect(size, file.path).toEqual({ width: file.image![0], height: file.image![1], type: file.format });
    }
  });
});

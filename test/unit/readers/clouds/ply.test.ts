import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { freshBuffers } from '../../../../shared/readers/clouds/bufferPool.ts';
import { readPly } from '../../../../shared/readers/clouds/ply/ply.ts';
import type { SweepReading } from '../../../../shared/readers/clouds/sweepRows.ts';
import { MemorySource } from '../../../support/memoryFolder.ts';
import type { PlyFixtureElement, PlyFixtureProperty, PlyType } from '../../../support/plyFixture.ts';
import { plyFile } from '../../../support/plyFixture.ts';
import { seededRandom } from '../../../support/seededRandom.ts';
import { describeWithSharedData, sharedData } from '../../../support/sharedData.ts';

const encodings = ['ascii', 'binary_little_endian', 'binary_big_endian'] as const;

function property(name: string, type: PlyType = 'float', list?: PlyType): PlyFixtureProperty {
  return list ? { name, type, list } : { name, type };
}

const xyz = [property('x'), property('y'), property('z')];

function read(bytes: Uint8Array) {
  return readPly(new MemorySource(bytes), 'a.ply', freshBuffers);
}

async function reading(bytes: Uint8Array, problems: readonly string[] = []): Promise<SweepReading['sweep']> {
  const result = await read(bytes);
  if (!result.ok) throw new Error(JSON.stringify(result.problem));
  expect(result.value.problems.map(({ code }) => code)).toEqual(problems);
  return result.value.sweep;
}

async function failure(text: string): Promise<string> {
  const result = await read(new TextEncoder().encode(text));
  return result.ok ? `${result.value.sweep.count} points` : result.problem.code;
}

function pointsOf(sweep: SweepReading['sweep']): number[][] {
  return Array.from({ length: sweep.count }, (_, i) => {
    const at = i * sweep.strideFloats;
    const point = [0, 1, 2].map(
      (axis) => sweep.interleaved[at + sweep.position + axis]! + sweep.origin[axis]!,
    );
    return sweep.intensity < 0 ? point : [...point, sweep.interleaved[at + sweep.intensity]!];
  });
}

const random = seededRandom(4);
const positions = Array.from({ length: 50 }, () =>
  [0, 1, 2].map(() => Math.fround(random.next() * 100 - 50)),
);

describe('PLY in every encoding', () => {
  for (const encoding of encodings) {
    it(`${encoding}: floats alone`, async () => {
      const sweep = await reading(plyFile(encoding, [{ name: 'vertex', properties: xyz, rows: positions }]));
      expect(pointsOf(sweep)).toEqual(positions);
    });

    it(`${encoding}: doubles, colours, intensity, and elements before and after`, async () => {
      const properties = [
        property('red', 'uchar'),
        property('y', 'double'),
        property('x', 'double'),
        property('green', 'uchar'),
        property('z', 'short'),
        property('Intensity', 'ushort'),
        property('scalar', 'char'),
      ];
      const rows = positions.map(([x, y], i) => [200, y!, x!, 7, i - 20, 1000 + i, -3]);
      const camera: PlyFixtureElement = {
        name: 'camera',
        properties: [property('view', 'double'), property('id', 'uint')],
        rows: [
          [1, 2],
          [3, 4],
        ],
      };
      const faces: PlyFixtureElement = {
        name: 'face',
        properties: [property('vertex_indices', 'int', 'uchar')],
        rows: [[[1, 2, 3]], [[]], [[4]]],
      };
      const file = plyFile(encoding, [camera, faces, { name: 'vertex', properties, rows }, faces]);
      expect(pointsOf(await reading(file))).toEqual(positions.map(([x, y], i) => [x, y, i - 20, 1000 + i]));
    });

    it(`${encoding}: lists between the positions`, async () => {
      const properties = [property('x'), property('near', 'ushort', 'int'), property('y'), property('z')];
      const rows = positions.map(([x, y, z], i) => [x!, Array.from({ length: i % 4 }, () => i), y!, z!]);
      expect(pointsOf(await reading(plyFile(encoding, [{ name: 'vertex', properties, rows }])))).toEqual(
        positions,
      );
    });

    it(`${encoding}: a body that ends early gives the whole points and a problem`, async () => {
      for (const properties of [xyz, [...xyz, property('more', 'float', 'uchar')]]) {
        const rows = properties === xyz ? positions : positions.map((row) => [...row, [1, 2]]);
        const file = plyFile(encoding, [{ name: 'vertex', properties, rows, stated: 1e12 }]);
        const sweep = await reading(file.subarray(0, file.length - 30), ['ply-body-truncated']);
        expect(sweep.count).toBeLessThan(50);
        expect(sweep.count).toBeGreaterThan(40);
      }
    });
  }

  it('line ends of every kind in the header', async () => {
    for (const newline of ['\n', '\r\n', '\r']) {
      const file = plyFile(
        'binary_little_endian',
        [{ name: 'vertex', properties: xyz, rows: positions }],
        newline,
      );
      expect(pointsOf(await reading(file))).toEqual(positions);
    }
  });

  it('coordinates far out are rebased in doubles', async () => {
    const properties = xyz.map(({ name }) => property(name, 'double'));
    const rows = positions.map(([x, y, z]) => [x! + 512_700.125, y! + 5_403_547.5, z!]);
    const sweep = await reading(plyFile('binary_big_endian', [{ name: 'vertex', properties, rows }]));
    for (const [i, point] of pointsOf(sweep).entries()) {
      for (const [axis, value] of point.entries()) expect(value).toBeCloseTo(rows[i]![axis]!, 4);
    }
  });
});

describe('PLY that cannot be true', () => {
  const head = 'ply\nformat ascii 1.0\n';

  it('each broken header is one problem', async () => {
    expect(await failure('')).toBe('ply-header-missing');
    expect(await failure('ply')).toBe('ply-header-missing');
    expect(await failure(`${head}element vertex 1\n`)).toBe('ply-header-missing');
    expect(await failure('ply\nend_header\n')).toBe('ply-header-bad');
    expect(await failure('ply\nformat utf 1.0\nend_header\n')).toBe('ply-header-bad');
    expect(await failure(`${head}element vertex -5\nend_header\n`)).toBe('ply-header-bad');
    expect(await failure(`${head}property float x\nend_header\n`)).toBe('ply-header-bad');
    expect(await failure(`${head}element vertex 1\nproperty list float int x\nend_header\n`)).toBe(
      'ply-header-bad',
    );
    expect(await failure(`${head}element face 1\nproperty float x\nend_header\n1\n`)).toBe(
      'ply-fields-missing',
    );
    expect(await failure(`${head}element vertex 1\nproperty float x\nend_header\n1\n`)).toBe(
      'ply-fields-missing',
    );
  });

  it('lists longer than the file, or of less than no items, end the reading', async () => {
    const properties = [property('near', 'uchar', 'int'), ...xyz];
    for (const length of [2_000_000_000, -1]) {
      const file = plyFile('binary_little_endian', [
        { name: 'vertex', properties, rows: [[[1, 2], 1, 2, 3]] },
      ]);
      const body = file.length - 4 - 2 - 12;
      new DataView(file.buffer).setInt32(body, length, true);
      expect((await reading(file, ['ply-body-truncated'])).count).toBe(0);
    }
  });

  it('elements before the vertices that do not end leave no vertices', async () => {
    const faces = {
      name: 'face',
      properties: [property('of', 'int', 'uint')],
      rows: [[[1, 2]]],
      stated: 9e14,
    };
    for (const encoding of encodings) {
      const file = plyFile(encoding, [faces, { name: 'vertex', properties: xyz, rows: positions }]);
      expect((await reading(file, ['ply-body-truncated'])).count).toBe(0);
    }
  });

  it('words that are no numbers and short lines are counted', async () => {
    const body = '1 2 3\n4 word 6\n7 8\n9 10 11\n';
    const fields = 'property float x\nproperty float y\nproperty float z\n';
    const text = `${head}element vertex 3\n${fields}end_header\n${body}`;
    const result = await read(new TextEncoder().encode(text));
    if (!result.ok) throw new Error(result.problem.code);
    expect(result.value.problems.map(({ code }) => code)).toEqual(['ply-line-short', 'ply-value-unreadable']);
    expect([result.value.sweep.count, result.value.sweep.finiteCount]).toEqual([3, 2]);
  });

  it('seeded damage never throws', async () => {
    const properties = [property('near', 'uchar', 'int'), ...xyz, property('intensity', 'uchar')];
    const rows = positions.map((row, i) => [[i, i], ...row, i]);
    for (let seed = 1; seed <= 900; seed++) {
      const damage = seededRandom(seed);
      const bytes = plyFile(encodings[seed % 3]!, [{ name: 'vertex', properties, rows }]);
      for (let flips = damage.integer(1, 6); flips > 0; flips--) {
        bytes[damage.integer(0, bytes.length - 1)] = damage.integer(0, 255);
      }
      await read(bytes).catch((error: unknown) => {
        throw new Error(`seed ${seed}: ${String(error)}`);
      });
    }
  });
});

describeWithSharedData('PLY of PCL', 'data/pcd/ply/cube.ply', () => {
  it('has the stated points and bounds', async () => {
    const sweep = await reading(readFileSync(sharedData('data/pcd/ply/cube.ply')));
    expect([sweep.count, sweep.finiteCount]).toEqual([24, 24]);
    expect(sweep.bounds).toEqual([-1, -1, -1, 1, 1, 1]);
  });
});

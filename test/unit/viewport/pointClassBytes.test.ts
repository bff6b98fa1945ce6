/** Point-wise classes as bytes: a sweep whose classes cannot be read is shown without them, and it is told. */
import { describe, expect, test } from 'vitest';
import { pointClassesOf } from '../../../renderer/workers/pointClassBytes.ts';
import type { SweepRef } from '../../../shared/model/delivery.ts';
import { freshBuffers } from '../../../shared/readers/clouds/bufferPool.ts';
import type { CarrierTools } from '../../../shared/readers/clouds/carrier.ts';
import { memoryFolder } from '../../support/memoryFolder.ts';

const folder = memoryFolder({
  'bytes.bin': Uint8Array.of(0, 24, 255),
  'scan.label': new Uint8Array(Uint32Array.of(10, (7 << 16) | 252, (9 << 16) | 259).buffer),
});
const tools: CarrierTools = {
  open: ({ path }) => folder.open(path),
  pool: freshBuffers,
  codecs: { wasm: () => Promise.reject(new Error('no codec is needed')) },
};
const sweep = (classes?: SweepRef['classes']): SweepRef => ({
  root: 'delivery',
  path: 'points.bin',
  lidar: 'top',
  encoding: 'bin4',
  ...(classes ? { classes } : {}),
});
const classesIn = (path: string, encoding: 'uint8' | 'uint32', count = 3) =>
  pointClassesOf(sweep({ root: 'delivery', path, encoding }), count, tools, [0, 1, 3, 10, 24, 252, 255, 259]);

test('a byte a point; classes of SemanticKITTI without their instances', async () => {
  expect(await classesIn('bytes.bin', 'uint8')).toEqual({ classes: Uint8Array.of(1, 5, 7), problems: [] });
  expect(await classesIn('scan.label', 'uint32')).toEqual({
    classes: Uint8Array.of(4, 6, 8),
    problems: [],
  });
});

describe('without classes', () => {
  test('none are stated: nothing is wrong', async () => {
    expect(await pointClassesOf(sweep(), 3, tools, [])).toEqual({ classes: null, problems: [] });
  });

  test('they are of another number than the points', async () => {
    const { classes, problems } = await classesIn('bytes.bin', 'uint8', 4);
    expect(classes).toBeNull();
    expect(problems).toMatchObject([{ code: 'point-classes-count', path: 'bytes.bin' }]);
  });

  test('their file is not there', async () => {
    const { classes, problems } = await classesIn('gone.bin', 'uint8');
    expect(classes).toBeNull();
    expect(problems).toMatchObject([{ path: 'gone.bin' }]);
  });
});

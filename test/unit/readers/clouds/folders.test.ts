import { expect, it } from 'vitest';
import { openDelivery } from '../../../../shared/readers/openDelivery.ts';
import { lasFile } from '../../../support/lasFixture.ts';
import { memoryFolder } from '../../../support/memoryFolder.ts';
import { pcdFile } from '../../../support/pcdFixture.ts';
import { plyFile } from '../../../support/plyFixture.ts';

const names = ['x', 'y', 'z'] as const;
const points = [
  [1, 2, 3],
  [4, 5, 6],
];
const fields = names.map((name) => ({ name, type: 'F', size: 4 }) as const);
const pcd = pcdFile({ fields, points, encoding: 'binary' });
const properties = names.map((name) => ({ name, type: 'float' }) as const);
const ply = plyFile('binary_little_endian', [{ name: 'vertex', properties, rows: points }]);
const las = lasFile({ points: points.map(([x, y, z]) => [x!, y!, z!, 9] as const) });

async function framesOf(files: Record<string, Uint8Array>) {
  const opened = await openDelivery(memoryFolder(files));
  if (!opened.ok) return opened.problem.code;
  const { format, frames } = opened.value.delivery;
  return [format, ...frames.map(({ id, sweeps }) => `${id} ${sweeps[0]!.encoding}`)];
}

it('a folder of one kind of cloud is a delivery of that kind, and so is a single file', async () => {
  expect(await framesOf({ '2.ply': ply, '10.ply': ply })).toEqual(['ply', '2 ply', '10 ply']);
  expect(await framesOf({ 'a.las': las, 'b.laz': las })).toEqual(['las', 'a las', 'b las']);
  expect(await framesOf({ 'a.copc.laz': las })).toEqual(['las', 'a.copc las']);
});

it('surveyed clouds of several kinds open together; a mesh beside the clouds of a lidar does not', async () => {
  expect(await framesOf({ 'one/2.ply': ply, 'two/1.las': las })).toEqual(['las', 'one/2 ply', 'two/1 las']);
  expect(await framesOf({ '1.pcd': pcd, 'mesh.ply': ply })).toEqual(['pcd', '1 pcd']);
});

it('names alone make no cloud', async () => {
  const text = new TextEncoder().encode('not a cloud at all');
  expect(await framesOf({ 'a.ply': text, 'b.las': text, 'c.mcap': text })).toBe('format-unknown');
});

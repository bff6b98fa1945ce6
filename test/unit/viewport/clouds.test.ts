/** What is drawn as points in a frame: which clouds, in which role, each under a key of its own. */
import { expect, test } from 'vitest';
import { type CloudChoice, cloudsOf } from '../../../renderer/viewport/clouds.ts';
import { identityMatrix } from '../../../shared/geometry/matrix.ts';
import type { Frame, SweepRef } from '../../../shared/model/delivery.ts';

const sweep = (path: string, rest: Partial<SweepRef> = {}): SweepRef => ({
  root: 'delivery',
  path,
  lidar: 'top',
  encoding: 'bin4',
  ...rest,
});
const only = (equals: number) => ({ part: { only: { field: 'lidar', equals } } });

/** Two lidars that share one file, two radars; a radar names the same file as a lidar. */
const frames: Frame[] = [0, 1, 2].map((index) => ({
  id: String(index),
  scene: 0,
  index,
  timestampNanos: null,
  space: 'ego',
  sweeps: [sweep(`${index}.bin`, only(0)), sweep(`${index}.bin`, only(1))],
  images: [],
  radars: [sweep(`${index}.bin`, only(0)), sweep('all.parquet', { part: { row: index } })],
  between: [sweep('all.mcap', { part: { row: index, name: '/top' } })],
  worldFromSpace: identityMatrix,
}));
const rolesOf = (choice: CloudChoice, frame = 1) => cloudsOf(frames, frame, choice).map(({ role }) => role);

test('its own sweeps always; radar and sweeps around it as chosen', () => {
  expect(rolesOf({ mergedSweeps: 0, showRadar: false, hiddenLidars: [] })).toEqual(['lidar', 'lidar']);
  expect(rolesOf({ mergedSweeps: 0, showRadar: true, hiddenLidars: [] })).toEqual([
    'lidar',
    'lidar',
    'radar',
    'radar',
  ]);
  expect(rolesOf({ mergedSweeps: 1, showRadar: false, hiddenLidars: [] })).toEqual([
    'lidar',
    'lidar',
    'merged',
    'merged',
  ]);
  const all = cloudsOf(frames, 1, { mergedSweeps: 2, showRadar: true, hiddenLidars: [] });
  expect(all.map(({ frame }) => frame)).toEqual(all.map(() => 1));
  expect(all.slice(0, 2).map(({ ref }) => ref)).toEqual(frames[1]!.sweeps);
  expect(all.slice(2, 4).map(({ ref }) => ref)).toEqual(frames[1]!.radars);
});

test('a frame without radar has none to show', () => {
  const { radars: _, ...bare } = frames[0]!;
  expect(
    cloudsOf([bare], 0, { mergedSweeps: 3, showRadar: true, hiddenLidars: [] }).map(({ role }) => role),
  ).toEqual(['lidar', 'lidar', 'merged']);
});

test('no two clouds of a delivery have the same key, and a cloud keeps its own', () => {
  const choice = { mergedSweeps: 5, showRadar: true, hiddenLidars: [] };
  const keys = frames.flatMap((_, frame) => cloudsOf(frames, frame, choice).map(({ key }) => key));
  expect(keys.length).toBeGreaterThan(18);
  expect(new Set(keys).size).toBe(keys.length);
  const again = frames.flatMap((_, frame) => cloudsOf(frames, frame, choice).map(({ key }) => key));
  expect(again).toEqual(keys);
});

test('the root, the row, the name and the lidar of a shared file each tell clouds apart', () => {
  const refs = [
    sweep('a'),
    sweep('a', { root: 'sensors' }),
    sweep('a', { part: { row: 0 } }),
    sweep('a', { part: { row: 1 } }),
    sweep('a', { part: { name: 'top' } }),
    sweep('a', only(0)),
    sweep('a', only(1)),
    sweep('a 1'),
  ];
  const frame: Frame = { ...frames[0]!, sweeps: refs, between: [] };
  const keys = cloudsOf([frame], 0, { mergedSweeps: 0, showRadar: false, hiddenLidars: [] }).map(
    ({ key }) => key,
  );
  expect(new Set(keys).size).toBe(refs.length);
});

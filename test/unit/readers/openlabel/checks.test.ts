import { describe, expect, it } from 'vitest';
import { codesOf, cuboidsOf, openFiles } from '../../../support/openReading.ts';

function open(parts: object) {
  const openlabel = { metadata: { schema_version: '1.0.0' }, ...parts };
  return openFiles({ 'a.json': JSON.stringify({ openlabel }) });
}

const box = (x: number) => ({ bbox: [{ name: 'shape', val: [x, 5, 2, 2] }] });
const frames = (numbers: readonly number[]) =>
  Object.fromEntries(numbers.map((n) => [String(n), { objects: { '7': { object_data: box(n) } } }]));

describe('coordinate systems', () => {
  it('a circle of parents and a parent that is not there are told, and every label is still read', async () => {
    const cuboid = { cuboid: [{ name: 's', val: [1, 2, 3, 0, 0, 0, 4, 2, 1], coordinate_system: 'b' }] };
    const index = await open({
      coordinate_systems: {
        a: {
          type: 'local_cs',
          parent: 'b',
          pose_wrt_parent: { translation: [1, 0, 0], quaternion: [0, 0, 0, 1] },
        },
        b: {
          type: 'sensor_cs',
          parent: 'a',
          pose_wrt_parent: { translation: [1, 0, 0], quaternion: [0, 0, 0, 1] },
        },
        lost: { type: 'sensor_cs', parent: 'nobody' },
        self: { type: 'sensor_cs', parent: 'self' },
      },
      objects: { '7': { name: '', type: 'car', object_data: cuboid } },
    });
    expect(codesOf(index).filter((code) => code === 'openlabel-systems-cyclic').length).toBe(2);
    expect(index.problems.find(({ code }) => code === 'openlabel-parent-missing')?.params).toEqual({
      system: 'lost',
      parent: 'nobody',
    });
    expect(index.labels.cuboids.count).toBe(1);
  });

  it('a chain of thousands of systems connects, and a frame replaces only its own step', async () => {
    const count = 5000;
    const systems: Record<string, object> = { s0: { type: 'scene_cs', parent: '' } };
    for (let i = 1; i <= count; i++) {
      systems[`s${i}`] = {
        type: 'sensor_cs',
        parent: `s${i - 1}`,
        pose_wrt_parent: { translation: [1, 0, 0], quaternion: [0, 0, 0, 1] },
      };
    }
    const cuboid = { cuboid: [{ name: 's', val: [0, 0, 0, 0, 0, 0, 4, 2, 1], coordinate_system: 's0' }] };
    const step = {
      t: {
        src: 's1',
        dst: 's0',
        transform_src_to_dst: { translation: [11, 0, 0], quaternion: [0, 0, 0, 1] },
      },
    };
    const index = await open({
      coordinate_systems: systems,
      streams: { [`s${count}`]: { type: 'lidar', uri: '' } },
      objects: { '7': { name: '', type: 'car', object_data: cuboid } },
      frames: { '0': {}, '1': { frame_properties: { transforms: step } } },
    });
    expect(cuboidsOf(index.labels).map(({ center }) => center[0])).toEqual([-count, -count - 10]);
  });
});

describe('what is said twice', () => {
  it('intervals that fit are silent; missing and outside frames are counted', async () => {
    const objects = { '7': { name: '', type: 'car' } };
    const intervals = [{ frame_start: 0, frame_end: 2 }];
    const fitting = await open({ objects, frames: frames([0, 1, 2]), frame_intervals: intervals });
    expect(codesOf(fitting)).not.toContain('openlabel-intervals-differ');
    const wrong = await open({
      objects,
      frames: frames([1, 2, 9]),
      frame_intervals: [...intervals, { frame_start: 1, frame_end: 3 }],
    });
    expect(wrong.problems.find(({ code }) => code === 'openlabel-intervals-differ')?.params).toEqual({
      missing: 2,
      outside: 1,
    });
    const huge = await open({
      objects,
      frames: frames([1]),
      frame_intervals: [{ frame_start: -1e15, frame_end: 1e15 }],
    });
    expect(codesOf(huge)).toContain('openlabel-intervals-differ');
  });

  it('an object in frames outside its own intervals', async () => {
    const objects = { '7': { name: '', type: 'car', frame_intervals: [{ frame_start: 0, frame_end: 1 }] } };
    const index = await open({ objects, frames: frames([0, 1, 2, 3]) });
    expect(index.problems.find(({ code }) => code === 'openlabel-object-outside')?.params).toEqual({
      object: '7',
      frames: 2,
    });
    expect(index.labels.boxes2d.count).toBe(4);
  });

  it('pointers are an index: right ones are silent, wrong ones told, and the data count either way', async () => {
    const pointing = (pointers: object) => ({
      '7': { name: '', type: 'car', object_data_pointers: pointers },
    });
    const shape = { type: 'bbox', frame_intervals: [{ frame_start: 0, frame_end: 1 }] };
    const right = await open({ objects: pointing({ shape }), frames: frames([0, 1]) });
    expect(codesOf(right)).not.toContain('openlabel-pointers-differ');
    for (const wrong of [
      { shape: { ...shape, type: 'cuboid' } },
      { shape: { ...shape, frame_intervals: [{ frame_start: 0, frame_end: 5 }] } },
      { shape, ghost: shape },
      { __proto__x: shape },
    ]) {
      const index = await open({ objects: pointing(wrong), frames: frames([0, 1]) });
      expect(codesOf(index), JSON.stringify(wrong)).toContain('openlabel-pointers-differ');
      expect(index.labels.boxes2d.count).toBe(2);
    }
  });

  it('elements beside objects are counted by kind and type', async () => {
    const index = await open({
      objects: { '7': { name: '', type: 'car' } },
      frames: { '0': { objects: { '7': { object_data: box(1) } }, frame_properties: { weather: 'rain' } } },
      actions: {
        '0': { name: '', type: 'walk' },
        '1': { name: '', type: 'run' },
        '2': { name: '', type: 'run' },
      },
      relations: { '0': { name: '', type: 'near' } },
      ontologies: { '0': 'https://example.org' },
    });
    const told = index.problems
      .filter(({ code }) => code === 'openlabel-elements')
      .map(({ params }) => params);
    expect(told).toEqual([
      { kind: 'actions', count: 3, types: 'walk, run' },
      { kind: 'relations', count: 1, types: 'near' },
      { kind: 'ontologies', count: 1, types: '-' },
    ]);
    expect(index.problems.find(({ code }) => code === 'openlabel-frame-properties')?.params).toEqual({
      names: 'weather',
    });
  });
});

describe('hostile names', () => {
  it('__proto__ as object, system and attribute is a name like any other', async () => {
    const text = `{"openlabel":{"metadata":{"schema_version":"1.0.0"},
      "coordinate_systems":{"__proto__":{"type":"sensor_cs","parent":"constructor"}},
      "objects":{"__proto__":{"name":"","type":"car","__proto__":{"polluted":1}}},
      "frames":{"0":{"objects":{"__proto__":{"object_data":{"bbox":[{"name":"b","val":[1,1,2,2],
        "__proto__":{"polluted":1},"attributes":{"text":[{"name":"__proto__","val":"x"}]}}]}}}}}}}`;
    const index = await openFiles({ 'a.json': text });
    expect(index.labels.boxes2d.count).toBe(1);
    expect(index.labels.tracks).toEqual(['__proto__']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('nesting of a hundred thousand levels ends in a problem or a label, never in a crash', async () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000);
    const records = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
    for (const value of [deep, records]) {
      const text = `{"openlabel":{"metadata":{"schema_version":"1.0.0"},"objects":{"1":{"name":"","type":"car",
        "object_data":{"bbox":[{"name":"b","val":[1,1,2,2],"strange":${value}}]}}}}}`;
      const index = await openFiles({ 'a.json': text });
      expect(index.labels.boxes2d.count).toBe(1);
    }
  });
});

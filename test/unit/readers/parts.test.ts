import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../shared/base/problem.ts';
import { CuboidFlag, NO_LINK, NO_TRACK } from '../../../shared/model/labels.ts';
import { pairFrames } from '../../../shared/readers/frameFiles.ts';
import { frameById, frameIdCandidates } from '../../../shared/readers/frameLookup.ts';
import { LabelTableBuilder } from '../../../shared/readers/labelTableBuilder.ts';
import { foldersHolding, naturalOrder, stemOf } from '../../../shared/readers/paths.ts';
import { ProblemList } from '../../../shared/readers/problemList.ts';
import { nanosOf, nanosOfStem } from '../../../shared/readers/timestamps.ts';

describe('paths', () => {
  it('natural order reads numbers as numbers', () => {
    const sorted = ['a10', 'a2', 'a02', 'b1', 'a', 'a2b', '路10', '路9', '100', '99'].sort(naturalOrder);
    expect(sorted).toEqual(['99', '100', 'a', 'a02', 'a2', 'a2b', 'a10', 'b1', '路9', '路10']);
  });

  it('natural order is one order: antisymmetric, and zero only for equal names', () => {
    const names = ['1', '01', '001', '1a', 'a1', 'a01', '', 'a', '10', '9'];
    for (const a of names) {
      for (const b of names) {
        expect(Math.sign(naturalOrder(a, b))).toBe(-Math.sign(naturalOrder(b, a)) || 0);
        expect(naturalOrder(a, b) === 0).toBe(a === b);
      }
    }
  });

  it('stems drop one extension, and both of nuScenes', () => {
    expect(['a/b.c/000001.txt', 'x.pcd.bin', '.hidden', 'noext', '一 #%20.PCD'].map(stemOf)).toEqual([
      '000001',
      'x',
      '.hidden',
      'noext',
      '一 #%20',
    ]);
  });

  it('finds the folders that hold a layout', () => {
    const entries = [
      'training/label_2/1.txt',
      'testing/velodyne/1.bin',
      'label_2',
      'deep/er/label_2/x/1.txt',
    ].map((path) => ({ path, size: 1, modifiedMs: 0 }));
    expect(foldersHolding(entries, ['label_2', 'velodyne'])).toEqual(['deep/er/', 'testing/', 'training/']);
  });
});

describe('timestamps', () => {
  it.each([
    [1608294055.2986164, '1608294055298616000'],
    [1608294055, '1608294055000000000'],
    ['1532402927.647951', '1532402927647951000'],
    ['1532402927647', '1532402927647000000'],
    ['1532402927647951', '1532402927647951000'],
    ['1532402927647951123', '1532402927647951123'],
    ['2020-04-11 12:00:07', '1586606407000000000'],
    ['2020-04-11T12:00:07.25Z', '1586606407250000000'],
    ['2020-04-11T14:00:07+02:00', '1586606407000000000'],
    ['0.1', '100000000'],
    [0, '0'],
    ['-1.5', '-1500000000'],
  ])('%s', (value, nanos) => {
    expect(nanosOf(value)).toBe(nanos);
  });

  it('refuses what is no time', () => {
    for (const value of [null, undefined, '', 'soon', {}, Number.NaN, Infinity, '2020-13-45 99:00:00', [1]]) {
      expect(nanosOf(value)).toBeNull();
    }
  });

  it('reads times in file names', () => {
    expect(nanosOfStem('n015__LIDAR_TOP__1532402927647951')).toBe('1532402927647951000');
    expect(nanosOfStem('1532402927.5')).toBe('1532402927500000000');
    expect(nanosOfStem('000950')).toBeNull();
  });
});

describe('pairing frames with files', () => {
  const frame = (stem: string, timestampNanos: string | null = null) => ({ stem, timestampNanos });

  it('by stem, then by number, then by nearest time; each file once', () => {
    const frames = [
      frame('a'),
      frame('7'),
      frame('x', '1532402927600000000'),
      frame('y', '1532402927640000000'),
    ];
    const files = [
      's/a.pcd',
      's/000007.pcd',
      's/1532402927630000.pcd',
      's/000099.pcd',
      's/1532402928000000.pcd',
    ];
    const { files: found, unmatched } = pairFrames(frames, files);
    expect(found).toEqual(['s/a.pcd', 's/000007.pcd', null, 's/1532402927630000.pcd']);
    expect(unmatched).toEqual(['s/000099.pcd', 's/1532402928000000.pcd']);
  });

  it('an exact stem wins over an equal number, and ambiguous numbers pair with nothing', () => {
    expect(pairFrames([frame('7'), frame('007')], ['007.bin', '7.bin']).files).toEqual(['7.bin', '007.bin']);
    expect(pairFrames([frame('7')], ['a7.bin', 'b07.bin']).files).toEqual([null]);
  });
});

describe('label columns', () => {
  const row = { frame: 0, id: 'a', className: 'car', track: null, attributes: {}, path: 'l.json' };
  const cuboid = { ...row, center: [1, 2, 3], size: [4, 2, 1.5], rotation: [0, 0, 0, 1] } as const;

  function build(fill: (builder: LabelTableBuilder) => void, frames = 3) {
    const problems = new ProblemList();
    const builder = new LabelTableBuilder(problems);
    fill(builder);
    return { labels: builder.build(frames), problems: problems.toArray() };
  }

  it('sorts by frame, keeps file order within one, and follows links', () => {
    const { labels } = build((builder) => {
      const late = builder.addCuboid({ ...cuboid, frame: 2, id: 'late', track: 't1' });
      builder.addCuboid({ ...cuboid, frame: 0, id: 'first' });
      builder.addCuboid({ ...cuboid, frame: 2, id: 'later', className: 'van' });
      builder.addBox2d({ ...row, frame: 2, id: 'box', camera: 1, ltrb: [1, 2, 3, 4], cuboid: late });
      builder.addBox2d({ ...row, frame: 0, id: 'alone', camera: 0, ltrb: [1, 2, 3, 4] });
    });
    const { cuboids, boxes2d } = labels;
    expect(cuboids.id).toEqual(['first', 'late', 'later']);
    expect([...cuboids.frameStart]).toEqual([0, 1, 1, 3]);
    expect([...cuboids.frame]).toEqual([0, 2, 2]);
    expect([...cuboids.track]).toEqual([NO_TRACK, 0, NO_TRACK]);
    expect(labels.tracks).toEqual(['t1']);
    expect([...cuboids.classIndex].map((index) => labels.classes[index])).toEqual(['car', 'car', 'van']);
    expect([...boxes2d.cuboid]).toEqual([NO_LINK, 1]);
    expect([...boxes2d.camera]).toEqual([0, 1]);
  });

  it('attribute sets are kept once, whatever their key order; the first is the empty one', () => {
    const { labels } = build((builder) => {
      builder.addCuboid({ ...cuboid, id: '1', attributes: { a: 1, b: [true, null] } });
      builder.addCuboid({ ...cuboid, id: '2', attributes: { b: [true, null], a: 1 } });
      builder.addCuboid({ ...cuboid, id: '3', attributes: JSON.parse('{"__proto__": "x"}') });
      builder.addCuboid({ ...cuboid, id: '4' });
    });
    expect([...labels.cuboids.attributes]).toEqual([1, 1, 2, 0]);
    expect(labels.attributeSets[0]).toEqual({});
    expect(Object.keys(labels.attributeSets[2]!)).toEqual(['__proto__']);
  });

  it('repeated ids get a number and a problem, and cost no square of their count', () => {
    const { labels, problems } = build((builder) => {
      for (let i = 0; i < 20_000; i++) builder.addCuboid(cuboid);
      builder.addCuboid({ ...cuboid, id: 'a#2' });
      builder.addCuboid({ ...cuboid, frame: 1 });
    });
    expect([...labels.cuboids.id].slice(0, 3)).toEqual(['a', 'a#2', 'a#3']);
    expect(new Set([...labels.cuboids.id].slice(0, 20_001)).size).toBe(20_001);
    expect(labels.cuboids.id.at(-1)).toBe('a');
    expect(problems.filter(({ code }) => code === 'label-id-duplicate').length).toBe(1000);
    expect(problems.at(-1)).toMatchObject({ code: 'problems-omitted', params: { count: 19_000 } });
  });

  it('flags numbers that cannot be worked with and scales rotations to length 1', () => {
    const { labels, problems } = build((builder) => {
      builder.addCuboid({ ...cuboid, id: 'nan', center: [Number.NaN, 0, 0] });
      builder.addCuboid({ ...cuboid, id: 'flat', size: [4, 0, 1] });
      builder.addCuboid({ ...cuboid, id: 'unturned', rotation: [0, 0, 0, 0] });
      builder.addCuboid({ ...cuboid, id: 'long', rotation: [0, 0, 3, 4], isDerived: true });
      builder.addBox2d({ ...row, camera: 0, ltrb: [5, 0, 5, 9] });
    });
    expect([...labels.cuboids.flags]).toEqual([
      CuboidFlag.unusable,
      CuboidFlag.unusable,
      CuboidFlag.unusable,
      CuboidFlag.derived,
    ]);
    expect([...labels.cuboids.rotation.slice(12)]).toEqual([0, 0, 0.6, 0.8]);
    const counted = (code: Problem['code']) => problems.filter((problem) => problem.code === code).length;
    expect([counted('cuboid-unusable'), counted('box2d-unusable')]).toEqual([3, 1]);
  });
});

describe('finding a frame', () => {
  const frame = (id: string, path: string) => ({
    id,
    scene: 0,
    index: 0,
    timestampNanos: null,
    space: 'lidar',
    sweeps: [{ root: 'delivery' as const, path, lidar: 'lidar', encoding: 'pcd' as const }],
    images: [],
  });
  const delivery = {
    format: 'pcd' as const,
    scenes: [],
    frames: [frame('a/1', 'a/000001.pcd'), frame('b/1', 'b/000001.pcd'), frame('b/2', 'b/000002.pcd')],
    frameIds: ['a/1', 'b/1', 'b/2'],
    lidars: [],
    cameras: [],
    calibrations: [],
    labelFiles: [],
  };

  it('by id, by its last part, by the stem of its sweep', () => {
    expect(frameById(delivery, 'b/2')).toEqual({ ok: true, value: 2 });
    expect(frameById(delivery, '2')).toEqual({ ok: true, value: 2 });
    expect(frameById(delivery, '000002')).toEqual({ ok: true, value: 2 });
  });

  it('says when a name is ambiguous or unknown', () => {
    expect(frameIdCandidates(delivery, '000001')).toEqual([0, 1]);
    expect(frameById(delivery, '000001')).toMatchObject({
      problem: { code: 'frame-ambiguous', params: { candidates: 'a/1, b/1' } },
    });
    expect(frameById(delivery, '3')).toMatchObject({ problem: { code: 'frame-unknown' } });
  });
});

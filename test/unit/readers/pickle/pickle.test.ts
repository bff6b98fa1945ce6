import { describe, expect, it } from 'vitest';
import { inflate } from '../../../../shared/readers/pickle/inflate.ts';
import { readPandas } from '../../../../shared/readers/pickle/readPandas.ts';
import {
  classes4,
  cuboids0,
  cuboids2,
  cuboids4,
  cuboids5,
  extensions2,
  extensions4,
  points5,
} from '../../../support/pandasPickles.ts';
import {
  doubles,
  fromBase64,
  gzipped,
  numpyPickle,
  olderExample,
  olderFrame,
  op,
  pickled,
} from '../../../support/pickleFixture.ts';
import { seededRandom } from '../../../support/seededRandom.ts';

function columnsOf(bytes: Uint8Array): Record<string, unknown[]> {
  const frame = readPandas(bytes, 'table.pkl');
  if (!frame.ok) throw new Error(JSON.stringify(frame.problem));
  return Object.fromEntries(
    [...frame.value.columns].map(([name, column]) => [name, Array.from(column as Iterable<unknown>)]),
  );
}

function problemOf(bytes: Uint8Array) {
  const frame = readPandas(bytes, 'table.pkl');
  return frame.ok ? null : frame.problem;
}

describe('data frames pickled by pandas', () => {
  for (const [name, text] of Object.entries({ cuboids0, cuboids2, cuboids4, cuboids5 })) {
    it(`reads every column: ${name}`, () => {
      const columns = columnsOf(fromBase64(text));
      expect(Object.keys(columns)).toHaveLength(14);
      expect(columns.uuid).toEqual(['a-1', 'b-2', 'c-3']);
      expect(columns.yaw).toEqual([0.1, -1.5, 3]);
      expect(columns.stationary).toEqual([false, true, true]);
      expect(columns.camera_used).toEqual([-1n, 0n, 2n]);
      expect(columns['position.y']).toEqual([4, 5, 6]);
      expect(columns['dimensions.z']).toEqual([1.6, 1.8, 0.9]);
      expect(columns['attributes.object_motion']).toEqual(['Moving', Number.NaN, 'Stopped']);
      expect(columns['cuboids.sensor_id']).toEqual([-1n, 1n, 0n]);
    });
  }

  it('reads categories and texts in arrays of pandas’ own', () => {
    for (const text of [extensions2, extensions4]) {
      expect(columnsOf(fromBase64(text))).toEqual({
        label: ['Car', 'Bus', 'Car', null],
        s: ['a', null, 'c', 'd'],
        n: [1n, 2n, 3n, 4n],
      });
    }
  });

  it('reads points, whatever the rows are called, and gzipped files', () => {
    expect(columnsOf(gzipped(fromBase64(points5)))).toEqual({
      x: [1, 2, 3],
      y: [4, 5, 6],
      z: [7, 8, 9],
      i: [10, 20, 255],
      t: [1557539924.049, 1557539924.05, 1557539924.06],
      d: [0n, 0n, 1n],
    });
    expect(columnsOf(fromBase64(classes4))).toEqual({ class: [1n, 2n, 5n] });
  });

  it('reads the layout of earlier versions', () => {
    expect(columnsOf(olderExample)).toEqual({ a: [1, 2], b: [3, 4], c: ['x', null] });
  });

  it('reads columns that stand across the rows, big-endian numbers and numbers of every width', () => {
    const across = numpyPickle(doubles(1, 2, 3, 4, 5, 6), { dtype: 'f8', shape: [2, 3], isFortran: true });
    expect(columnsOf(olderFrame(['a', 'b'], 3, [{ values: across, from: 0, to: 2 }]))).toEqual({
      a: [1, 3, 5],
      b: [2, 4, 6],
    });
    const big = numpyPickle(op.bytes(Uint8Array.of(1, 2, 255, 254)), {
      dtype: 'i2',
      shape: [1, 2],
      order: '>',
    });
    expect(columnsOf(olderFrame(['a'], 2, [{ values: big, from: 0, to: 1 }]))).toEqual({ a: [258, -2] });
    const wide = numpyPickle(op.bytes(Uint8Array.of(65, 0, 0, 0, 0xba, 0x4e, 0, 0)), {
      dtype: 'U1',
      shape: [1, 2],
    });
    expect(columnsOf(olderFrame(['a'], 2, [{ values: wide, from: 0, to: 1 }]))).toEqual({ a: ['A', '人'] });
  });
});

describe('hostile pickles', () => {
  it('refuses every name that no data frame needs, with its place, and runs nothing', () => {
    for (const [module, name] of [
      ['os', 'system'],
      ['builtins', 'eval'],
      ['builtins', 'getattr'],
      ['numpy', 'load'],
      ['pandas', 'read_pickle'],
      ['pandas.core.frame', '__proto__'],
    ] as const) {
      expect(problemOf(pickled(op.call(module, name, op.text('echo'))))).toEqual({
        code: 'pickle-global-refused',
        severity: 'error',
        path: 'table.pkl',
        place: `byte ${2 + module.length + name.length + 3}`,
        params: { name: `${module}.${name}` },
      });
    }
  });

  it('refuses a name that was put together on the stack', () => {
    const stacked = pickled(op.text('os'), op.text('system'), [0x93], op.tuple(op.text('id')), op.reduce);
    expect(problemOf(stacked)?.code).toBe('pickle-global-refused');
  });

  it('refuses instances, persistent ids, extensions and buffers from outside', () => {
    for (const opcode of [0x69, 0x6f, 0x50, 0x51, 0x82, 0x83, 0x84, 0x97, 0x98]) {
      expect(problemOf(pickled(op.mark, op.none, [opcode, 49, 10, 49, 10]))?.code).toBe('pickle-broken');
    }
  });

  it('never believes a length', () => {
    expect(problemOf(pickled([0x8e, 255, 255, 255, 255, 255, 255, 0, 0]))?.code).toBe('pickle-broken');
    expect(problemOf(pickled([66, 255, 255, 255, 127]))?.code).toBe('pickle-broken');
    const huge = numpyPickle(doubles(1), { dtype: 'f8', shape: [0x7fff_ffff, 0x7fff_ffff] });
    expect(problemOf(olderFrame(['a'], 1, [{ values: huge, from: 0, to: 1 }]))?.code).toBe(
      'pickle-layout-unknown',
    );
    const far = numpyPickle(doubles(1), { dtype: 'f8', shape: [1, 1] });
    expect(problemOf(olderFrame(['a'], 1, [{ values: far, from: 0, to: 0x7fff_ffff }]))?.code).toBe(
      'pickle-layout-unknown',
    );
  });

  it('is not made to copy the same bytes again and again', () => {
    const shared = [
      ...numpyPickle(doubles(...new Array(500).fill(1)), { dtype: 'f8', shape: [1, 500] }),
      113,
      0,
    ];
    const again = [104, 0];
    const blocks = Array.from({ length: 400 }, (_, i) => ({
      values: i === 0 ? shared : again,
      from: i,
      to: i + 1,
    }));
    const labels = blocks.map((_, i) => `c${i}`);
    expect(problemOf(olderFrame(labels, 500, blocks))).toMatchObject({
      code: 'pickle-layout-unknown',
      params: { part: 'shared block data' },
    });
  });

  it('does not follow categories that are made of themselves', () => {
    const wrapper = (dtype: readonly number[]) => [
      ...op.call(
        'pandas._libs.arrays',
        '__pyx_unpickle_NDArrayBacked',
        op.global('pandas.core.arrays.categorical', 'Categorical'),
        op.int(1),
        op.none,
      ),
      ...[113, 9],
      ...op.tuple(dtype, numpyPickle(op.bytes(Uint8Array.of(0)), { dtype: 'i1', shape: [1] })),
      ...op.build,
    ];
    const self = op.call(
      'pandas.core.indexes.base',
      '_new_Index',
      op.global('pandas.core.indexes.base', 'Index'),
      op.dict({ data: [104, 9] }),
    );
    const dtype = [
      ...op.global('pandas.core.dtypes.dtypes', 'CategoricalDtype'),
      ...op.tuple(),
      ...op.newObject,
      ...op.dict({ categories: self }),
      ...op.build,
    ];
    expect(problemOf(olderFrame(['a'], 1, [{ values: wrapper(dtype), from: 0, to: 1 }]))).toMatchObject({
      code: 'pickle-layout-unknown',
      params: { part: 'nested arrays' },
    });
  });

  it('stops a gzip bomb while it grows, and tells a cut file', () => {
    const bomb = gzipped(new Uint8Array(8 << 20));
    expect(inflate(bomb, 'bomb.gz', 1 << 20)).toMatchObject({
      ok: false,
      problem: { code: 'gzip-too-large' },
    });
    expect(problemOf(gzipped(olderExample).subarray(0, 200))?.code).toBe('gzip-broken');
  });

  it('answers with a problem or columns, whatever bytes are changed or cut', () => {
    const random = seededRandom(7);
    const files = [cuboids0, cuboids2, cuboids4, cuboids5, extensions4, points5].map(fromBase64);
    const codes = new Set<string>();
    for (let turn = 0; turn < 20_000; turn++) {
      const bytes = files[turn % files.length]!.slice();
      for (let change = random.integer(1, 3); change > 0; change--) {
        bytes[random.integer(0, bytes.length - 1)] = random.integer(0, 255);
      }
      const cut = random.next() < 0.1 ? bytes.subarray(0, random.integer(0, bytes.length)) : bytes;
      codes.add(problemOf(cut)?.code ?? 'none');
    }
    expect([...codes].sort()).toEqual([
      'none',
      'pickle-broken',
      'pickle-global-refused',
      'pickle-layout-unknown',
    ]);
  });
});

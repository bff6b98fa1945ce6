import { describe, expect, it } from 'vitest';
import type { QaSpec } from '../../../../shared/audit/qaSpec.ts';
import { schemaCheck } from '../../../../shared/checks/labels/schema.ts';
import { concludeFiles } from '../../../../shared/checks/labels/schemaFiles.ts';
import { findingsOf, type MadeBox, type MadeLabel, measuredBy } from './labelledScene.ts';

const requiring = (name: string, values?: string[]) => ({
  spec: (spec: QaSpec): QaSpec => ({
    ...spec,
    classes: spec.classes.map((entry) => ({
      ...entry,
      requiredAttributes: [{ name, ...(values && { values }) }],
    })),
  }),
});
const box = (id: string, ltrb: MadeBox['ltrb']): MadeBox => ({ id, ltrb });
const saidBy = (found: readonly { says: string; object: string | null }[]) =>
  found.map(({ says, object }) => `${says} ${object}`);

describe('SCHEMA of cuboids', () => {
  it('says nothing of labels in order', () => {
    const labels = [
      { id: 'a', attributes: { state: 'parked' } },
      { id: 'DontCare', className: 'DontCare' },
    ];
    const { findings, measured } = measuredBy(schemaCheck, { labels }, requiring('state', ['parked']));
    expect([findings.length, measured]).toEqual([0, 2]);
  });

  it('tells numbers that nobody can use', () => {
    const labels: MadeLabel[] = [
      { id: 'flat', size: [4, 0, 1.5] },
      { id: 'lost', center: [Number.NaN, 0, 0] },
      { id: 'minus', size: [4, -2, 1.5] },
      { id: 'right' },
    ];
    const found = findingsOf(schemaCheck, { labels });
    expect(saidBy(found)).toEqual(['numbers flat', 'numbers lost', 'numbers minus']);
    expect(found[0]).toMatchObject({ grade: 'hard', code: 'DIM', params: { size: '4 × 0 × 1.5' } });
  });

  it('tells classes outside the spec, one by one while they are few', () => {
    const strange = (count: number) =>
      Array.from({ length: count }, (_, n): MadeLabel => ({ id: String(n), className: 'object_type_7' }));
    expect(saidBy(findingsOf(schemaCheck, { labels: strange(2) }))).toEqual(['class 0', 'class 1']);
    expect(findingsOf(schemaCheck, { labels: strange(9) })).toMatchObject([
      { says: 'taxonomy', params: { given: 'object_type_7', objects: 9 } },
    ]);
    const all = { spec: (spec: QaSpec): QaSpec => ({ ...spec, scope: { ...spec.scope, classes: 'all' } }) };
    expect(findingsOf(schemaCheck, { labels: strange(2) }, all)).toEqual([]);
    const others = Array.from({ length: 9 }, (_, n): MadeLabel => ({ id: `car ${n}` }));
    const odd = findingsOf(schemaCheck, { labels: [...strange(1), ...others] }, all);
    expect(odd).toMatchObject([{ says: 'rareClass', grade: 'soft', object: '0' }]);
    const itself: MadeLabel = { id: 'ego', className: 'Egocar' };
    expect(findingsOf(schemaCheck, { labels: [itself, ...others] }, all)).toEqual([]);
  });

  it('tells attributes that are missing, empty or outside their list, whatever their case', () => {
    const labels: MadeLabel[] = [
      { id: 'none' },
      { id: 'empty', attributes: { state: '' } },
      { id: 'other', attributes: { state: 'flying' } },
      { id: 'right', attributes: { State: 'Parked' } },
      { id: 'list', attributes: { state: ['parked', 'moving'] } },
      { id: 'mixed', attributes: { state: ['parked', 'flying'] } },
    ];
    const found = findingsOf(schemaCheck, { labels }, requiring('state', ['parked', 'moving']));
    expect(saidBy(found)).toEqual(['attribute none', 'attribute empty', 'value other', 'value mixed']);
    expect(found.every(({ code }) => code === 'ATTR')).toBe(true);
  });

  it('tells one id for two labels of a frame, and not one that merely looks so', () => {
    const labels = [{ id: '7' }, { id: '7' }, { id: 'lane #3' }, { id: '7', frame: 1 }];
    const found = findingsOf(schemaCheck, { frames: 2, labels });
    expect(found).toMatchObject([{ says: 'id', frame: '0', params: { id: '7' } }]);
  });

  it('a track is told once', () => {
    const labels = Array.from({ length: 6 }, (_, frame) => ({
      frame,
      id: 'a',
      track: 't',
      className: 'Karr',
    }));
    expect(findingsOf(schemaCheck, { frames: 6, labels })).toMatchObject([{ track: 't', frames: 6 }]);
  });
});

describe('SCHEMA of boxes in pictures', () => {
  const picture = { width: 1920, height: 1080 };

  it('tells corners the wrong way round and boxes outside their picture', () => {
    const boxes = [
      box('right', [10, 10, 60, 80]),
      box('turned', [60, 10, 10, 80]),
      box('nan', [Number.NaN, 0, 5, 5]),
      box('outside', [1930, 10, 1990, 80]),
      box('mostly', [1900, 0, 2000, 100]),
      // Amodal boxes may reach beyond the picture.
      box('partly', [1900, 0, 1935, 100]),
    ];
    const found = findingsOf(schemaCheck, { boxes, picture });
    expect(found.map(({ says, object, grade }) => `${says} ${object} ${grade}`)).toEqual([
      'corners turned hard',
      'corners nan hard',
      'outside outside hard',
      'outside mostly soft',
    ]);
    expect(found[3]).toMatchObject({ value: 80, params: { percent: 80, width: 1920 } });
  });

  it('does not guess where nobody says how large the picture is', () => {
    expect(findingsOf(schemaCheck, { boxes: [box('far', [9e5, 0, 9.1e5, 50])] })).toEqual([]);
  });

  it('lives with boxes that have no finite area', () => {
    expect(() =>
      findingsOf(schemaCheck, { boxes: [box('a', [-1e308, -1e308, 1e308, 1e308])], picture }),
    ).not.toThrow();
  });
});

describe('SCHEMA of frames and files', () => {
  const everyFrameBut = (left: readonly number[], track: boolean): MadeLabel[] =>
    Array.from({ length: 6 }, (_, frame) => frame)
      .filter((frame) => !left.includes(frame))
      .flatMap((frame) =>
        [0, 1, 2].map((n) => ({ frame, id: String(n), ...(track && { track: String(n) }) })),
      );

  it.each([true, false])(
    'tells frames without labels between others that have them (tracks: %s)',
    (track) => {
      const found = findingsOf(schemaCheck, { frames: 6, labels: everyFrameBut([2, 3], track) });
      expect(found).toMatchObject([
        { says: 'empty', frame: '2', grade: 'soft', value: 3, params: { frames: 2 } },
      ]);
    },
  );

  it('says nothing of an empty street at either end, or between two sets of tracks', () => {
    expect(findingsOf(schemaCheck, { frames: 6, labels: everyFrameBut([0, 1, 5], true) })).toEqual([]);
    const labels = [0, 1, 2].flatMap((n) => [
      { frame: 0, id: `${n}`, track: `${n}` },
      { frame: 2, id: `${n}`, track: `later ${n}` },
    ]);
    expect(findingsOf(schemaCheck, { frames: 3, labels })).toEqual([]);
  });

  it('tells labelled frames without a sweep once, as the data’s own trouble', () => {
    const labels = everyFrameBut([], true);
    const found = findingsOf(schemaCheck, {
      frames: 6,
      labels,
      sweepOf: (at) => (at < 4 ? `${at}.pcd` : null),
    });
    expect(found).toMatchObject([{ says: 'sweeps', value: 2, owner: 'data', frame: '4' }]);
  });

  it('tells files of the scene that cannot be read, and label files once for the delivery', () => {
    const problem = (path: string, severity: 'error' | 'warning' | 'info') => ({
      code: 'file-missing',
      severity,
      path,
    });
    const problems = [problem('1.pcd', 'warning'), problem('2.pcd', 'info'), problem('labels.json', 'error')];
    const made = {
      frames: 3,
      labels: everyFrameBut([3, 4, 5], true),
      problems,
      sweepOf: (at: number) => `${at}.pcd`,
    };
    const { findings, tallies } = measuredBy(schemaCheck, made);
    expect(findings.map(({ finding }) => finding)).toMatchObject([
      { says: 'file', frame: '1', params: { file: '1.pcd' }, owner: 'data' },
    ]);
    const concluded: unknown[] = [];
    concludeFiles(tallies, { measure: (measured) => concluded.push(measured) });
    expect(concluded).toEqual([{ value: 1, says: 'files', params: { files: 1 } }]);
  });
});

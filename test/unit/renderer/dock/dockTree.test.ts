/** Layouts of panels: whatever is done to them, every panel stays in it once, and what is remembered cannot harm. */
import { describe, expect, test } from 'vitest';
import { parseDock } from '../../../../renderer/dock/dockMemory.ts';
import {
  column,
  type DockNode,
  type DockSplit,
  type DockState,
  dockEdges,
  hidden,
  maximised,
  moved,
  panel,
  panelsIn,
  resized,
  row,
  shown,
  tidy,
  visibleTree,
} from '../../../../renderer/dock/dockTree.ts';
import { type SeededRandom, seededRandom } from '../../../support/seededRandom.ts';

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];

const start: DockState = {
  root: tidy(
    row(
      100,
      column(
        75,
        row(50, panel('a', 30), panel('b', 40), panel('c', 30)),
        row(40, panel('d'), panel('e')),
        panel('f', 10),
      ),
      panel('g', 25),
    ),
  ),
  hidden: [],
  maximised: null,
};

const nobody = (): boolean => false;

function pick<Value>(random: SeededRandom, values: readonly Value[]): Value {
  return values[random.integer(0, values.length - 1)]!;
}

/** One thing a person may do, with any panels, known or not. */
function anyChange(random: SeededRandom, state: DockState): DockState {
  const one = pick(random, [...ids, 'unknown']);
  const other = pick(random, [...ids, 'unknown', null]);
  switch (random.integer(0, 5)) {
    case 0:
      return hidden(state, one);
    case 1:
      return shown(state, one);
    case 2:
      return maximised(state, one);
    case 3:
      return resized(
        state,
        new Map([
          [one, random.between(1, 99)],
          [pick(random, ids), random.between(1, 99)],
        ]),
      );
    default:
      return moved(state, one, other, pick(random, [...dockEdges, 'middle'] as const));
  }
}

/** Shares without what adding them up once more does to the last digit. */
function rounded(state: DockState | null): unknown {
  return JSON.parse(JSON.stringify(state), (key, value) =>
    key === 'share' ? Number((value as number).toFixed(6)) : value,
  );
}

/** Rows hold columns and columns rows, each of two or more, and their shares make 100. */
function expectTidy(node: DockNode): void {
  if (node.kind === 'panel') return;
  expect(node.children.length).toBeGreaterThan(1);
  expect(node.children.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(100, 6);
  for (const child of node.children) {
    expect(child.kind).not.toBe(node.kind);
    expect(child.share).toBeGreaterThan(0);
    expectTidy(child);
  }
}

describe('whatever is done', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('no panel is lost or doubled (seed %i)', (seed) => {
    const random = seededRandom(seed);
    let state = start;
    for (let step = 0; step < 120; step++) {
      state = anyChange(random, state);
      expect(panelsIn(state.root).toSorted()).toEqual(ids);
      expectTidy(state.root);
      expect(new Set(state.hidden).size).toBe(state.hidden.length);
      const visible = visibleTree(state, nobody);
      expect(visible).not.toBeNull();
      if (state.maximised === null) {
        expect(panelsIn(visible!).toSorted()).toEqual(ids.filter((id) => !state.hidden.includes(id)));
      }
      expect(rounded(parseDock(JSON.parse(JSON.stringify(state)), start))).toEqual(rounded(state));
    }
  });

  test.each([11, 12, 13])('a panel that is hidden comes back to its place (seed %i)', (seed) => {
    const random = seededRandom(seed);
    let state = start;
    for (let step = 0; step < 40; step++) {
      state = anyChange(random, { ...state, hidden: [], maximised: null });
      const all = { ...state, hidden: [], maximised: null };
      const id = pick(random, ids);
      expect(shown(hidden(all, id), id)).toEqual(all);
      expect(maximised(maximised(all, id), id)).toEqual(all);
    }
  });
});

describe('moving', () => {
  test('to an edge of another panel it gets half of its room, beside it', () => {
    const { root } = moved(start, 'g', 'd', 'left');
    const wide = root as DockSplit;
    expect(wide.children[1]).toMatchObject({
      kind: 'row',
      children: [
        { id: 'g', share: 25 },
        { id: 'd', share: 25 },
        { id: 'e', share: 50 },
      ],
    });
  });

  test('to the edge of everything it stands along all of it', () => {
    const { root } = moved(start, 'a', null, 'bottom');
    expect(root).toMatchObject({
      kind: 'column',
      children: [
        { kind: 'row', share: 75 },
        { id: 'a', share: 25 },
      ],
    });
  });

  test('in the middle of another the two change places and sizes', () => {
    const { root } = moved(start, 'a', 'g', 'middle');
    expect(root).toMatchObject({ kind: 'row', children: [{ kind: 'column' }, { id: 'a', share: 25 }] });
    expect(panelsIn(root)).toEqual(['g', 'b', 'c', 'd', 'e', 'f', 'a']);
  });

  test('a hidden panel that is moved is shown', () => {
    expect(moved(hidden(start, 'a'), 'a', 'g', 'top').hidden).toEqual([]);
  });
});

describe('sizes', () => {
  test('belong to the row or column that was resized, and to nothing else', () => {
    const next = resized(
      start,
      new Map([
        ['a', 50],
        ['b', 25],
        ['c', 25],
      ]),
    );
    const close = (next.root as DockSplit).children[0] as DockSplit;
    expect(close.children[0]).toMatchObject({ children: [{ share: 50 }, { share: 25 }, { share: 25 }] });
    expect(close.children.map(({ share }) => share)).toEqual(
      ((start.root as typeof close).children[0] as typeof close).children.map(({ share }) => share),
    );
  });

  test('of what is hidden stay as they were', () => {
    const next = resized(
      hidden(start, 'b'),
      new Map([
        ['a', 80],
        ['c', 20],
      ]),
    );
    const all = panelsIn(next.root);
    expect(all).toEqual(ids);
    const close = ((next.root as DockSplit).children[0] as DockSplit).children[0];
    expect(close).toMatchObject({
      children: [
        { id: 'a', share: 48 },
        { id: 'b', share: 40 },
        { id: 'c', share: 12 },
      ],
    });
  });
});

describe('what was remembered', () => {
  test.each([
    null,
    0,
    'layout',
    [],
    {},
    { root: null, hidden: [], maximised: null },
    { root: { kind: 'panel', id: 'stranger', share: 1 }, hidden: [], maximised: null },
    { root: { kind: 'row', share: 1, children: [] }, hidden: [], maximised: null },
    { root: { kind: 'panel', id: 'a', share: -1 }, hidden: [], maximised: null },
    { root: { kind: 'panel', id: 'a', share: Number.NaN }, hidden: [], maximised: null },
  ])('that cannot be read is no layout: %j', (remembered) => {
    expect(parseDock(remembered, start)).toBeNull();
  });

  test('panels named twice, strangers and endless nesting leave every known panel once', () => {
    const strange = {
      root: row(1, panel('a'), panel('a'), panel('stranger'), column(1, panel('b'), panel('a'))),
      hidden: ['a', 'a', 'stranger', 'b', 'c', 'd', 'e', 'f', 'g'],
      maximised: 'stranger',
    };
    const parsed = parseDock(strange, start)!;
    expect(panelsIn(parsed.root).toSorted()).toEqual(ids);
    expectTidy(parsed.root);
    expect(parsed.maximised).toBeNull();
    expect(visibleTree(parsed, nobody)).not.toBeNull();
    let deep: unknown = panel('a');
    for (let level = 0; level < 5000; level++) deep = { kind: 'row', share: 1, children: [deep] };
    expect(parseDock({ root: deep, hidden: [], maximised: null }, start)).toBeNull();
  });

  test('a panel of a later version stands below the one before it', () => {
    const older = { root: tidy(row(100, panel('a'), panel('g'))), hidden: ['g'], maximised: null };
    const usual: DockState = {
      root: tidy(row(100, panel('a'), panel('new'), panel('g'))),
      hidden: [],
      maximised: null,
    };
    const parsed = parseDock(older, usual)!;
    expect(parsed.root).toMatchObject({
      kind: 'row',
      children: [{ kind: 'column', children: [{ id: 'a' }, { id: 'new' }] }, { id: 'g' }],
    });
    expect(parsed.hidden).toEqual(['g']);
  });
});

/** What changed between two label tables: by place, by name, by track; and what became of findings. */
import { describe, expect, it } from 'vitest';
import defaultSpec from '../../../assets/qa-spec.default.json' with { type: 'json' };
import { qaSpecSchema } from '../../../shared/audit/qaSpec.ts';
import { reworkOutcome } from '../../../shared/audit/reworkOutcome.ts';
import type { Finding } from '../../../shared/audit/state.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import type { CuboidRow } from '../../../shared/readers/labelTableBuilder.ts';
import { labelChanges } from '../../../shared/scoring/labelChanges.ts';
import { labelSets } from '../../../shared/scoring/labelSets.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { makeIndex } from '../audit/makeIndex.ts';

const floor = { meters: 0.01, radians: 0.005, pixels: 0.5 };

type Edit = (frame: number, number: number) => Partial<CuboidRow> | null;

/** Far outside everything: a label that is taken to stand there was removed. */
const gone = { center: [9000, 9000, 0] as const, className: 'DontCare' };

function compared(edit: Edit, before: Edit = () => null) {
  const shape = { scenes: 1, framesPerScene: 3, cuboidsPerFrame: 12 };
  const row = (by: Edit) => (frame: number, number: number) => by(frame, number) ?? {};
  const index = makeIndex({ ...shape, row: row(before) });
  const now = makeIndex({ ...shape, row: row(edit) }).labels;
  const sets = labelSets(index.labels, now, 'center', (name) => name !== 'DontCare');
  const diff = labelChanges(sets, { old: index.labels, now }, () => 2, floor);
  const named = diff.changes.map(({ kind, old, now: to, amount }) => ({
    kind,
    frame: old >= 0 ? sets.reference.frame[old] : sets.candidate.frame[to],
    id:
      old >= 0
        ? index.labels.cuboids.id.at(sets.reference.rows[old]!)
        : now.cuboids.id.at(sets.candidate.rows[to]!),
    amount,
  }));
  return { index, now, sets, diff, named };
}

const at =
  (frame: number, number: number, change: Partial<CuboidRow>): Edit =>
  (f, n) =>
    f === frame && n === number ? change : null;
const place = (number: number, by = 0): readonly [number, number, number] => {
  const angle = (2 * Math.PI * number) / 12;
  return [(10 + number) * Math.cos(angle) + by, (10 + number) * Math.sin(angle), 0.8];
};

describe('changes', () => {
  it('are none between equal labels, whatever their ids and tracks are called', () => {
    const anew = compared((frame, number) => ({
      id: `other-${11 - number}`,
      track: `t${(number * 5) % 12}-${frame > 9}`,
    }));
    expect(anew.named).toEqual([]);
    expect(anew.diff.pairs).toHaveLength(36);
  });

  it.each([
    ['moved', { center: place(4, 0.3) }, 0.3],
    ['resized', { size: [4, 2.25, 1.6] as const }, 0.25],
    ['turned', { rotation: [0, 0, Math.sin(0.2), Math.cos(0.2)] as const }, 0.4],
    ['reclassified', { className: 'Bus' }, 1],
  ])('%s', (kind, change, amount) => {
    const { named } = compared(at(1, 4, change));
    expect(named).toEqual([{ kind, frame: 1, id: 'label-4', amount: expect.closeTo(amount, 9) }]);
  });

  it('smaller than the rounding of another writer are none', () => {
    expect(compared(at(1, 4, { center: place(4, 0.009) })).named).toEqual([]);
  });

  it('added and removed labels are no move, unless a name says so', () => {
    const far = compared(at(1, 4, { center: place(4, 4), id: 'new', track: 'new' }));
    expect(far.named.map(({ kind, id }) => [kind, id])).toEqual([
      ['added', 'new'],
      ['removed', 'label-4'],
    ]);
    const named = compared(at(1, 4, { center: place(4, 4) }));
    expect(named.named).toEqual([{ kind: 'moved', frame: 1, id: 'label-4', amount: expect.closeTo(4, 9) }]);
  });

  it('a track that changed its number half way is told, the longer part keeps the name', () => {
    const cut = compared((frame, number) => (number === 2 && frame === 2 ? { track: 'fresh' } : null));
    expect(cut.named).toEqual([{ kind: 'retracked', frame: 2, id: 'label-2', amount: 1 }]);
    const swapped = compared((frame, number) =>
      frame === 2 && (number === 2 || number === 6) ? { track: `scene0/${8 - number}` } : null,
    );
    expect(swapped.named.map(({ kind, id }) => [kind, id])).toEqual([
      ['retracked', 'label-2'],
      ['retracked', 'label-6'],
    ]);
  });

  it('read backwards are the same changes the other way round', () => {
    const random = seededRandom(5);
    for (let round = 0; round < 20; round++) {
      const moves = Array.from({ length: 12 }, () => (random.next() < 0.3 ? random.between(-0.9, 0.9) : 0));
      const edit: Edit = (frame, number) => (frame === 1 ? { center: place(number, moves[number]) } : null);
      const amounts = (of: ReturnType<typeof compared>) =>
        of.named.map(({ kind, id, amount }) => [kind, id, amount.toFixed(9)]);
      expect(amounts(compared(edit))).toEqual(amounts(compared(() => null, edit)));
    }
  });
});

describe('findings after a rework', () => {
  const spec = qaSpecSchema.parse(defaultSpec);
  const cuboid = {
    space: 'lidar',
    className: 'Car',
    track: null,
    center: place(4) as [number, number, number],
    size: [4, 2, 1.6] as [number, number, number],
    rotation: [0, 0, 0, 1] as [number, number, number, number],
    attributes: {},
    pointsInside: 50,
  };
  const finding = (code: string, rest: Partial<Finding> = {}): Finding => ({
    id: 'F0001',
    source: 'sample',
    unit: null,
    scene: 'scene0',
    frame: 'scene0-0001',
    label: 'label-4',
    track: 'scene0/4',
    className: 'Car',
    defect: { code, severity: 'major', note: '', measured: null },
    evidence: null,
    missed: null,
    key: null,
    status: 'open',
    remarks: [],
    by: { profile: 'p', name: 'P', role: 'lead' },
    at: '2026-01-31T08:00:00.000Z',
    seq: 1,
    ...rest,
  });
  const outcome = (of: Finding, edit: Edit) => {
    const { index, now, sets, diff } = compared(edit);
    const { findings, introduced } = reworkOutcome(
      { index: index as DeliveryIndex, now, sets, diff },
      [of],
      spec,
    );
    return [findings[0]!.outcome, introduced.map(({ kind }) => kind)];
  };
  const evidence = {
    frame: 'scene0-0001',
    cuboid,
    box2d: null,
    camera: null,
    picture: null,
    correction: {
      ...cuboid,
      center: place(4, 0.6) as [number, number, number],
      source: 'drawn' as const,
      delta: { along: 0.6, across: 0, up: 0, length: 0, width: 0, height: 0, yaw: 0 },
    },
  };

  it('a ghost is fixed when it is gone, and only then', () => {
    expect(outcome(finding('GHOST'), at(1, 4, gone))).toEqual(['fixed', []]);
    expect(outcome(finding('GHOST'), at(1, 4, { center: place(4, 0.5) }))).toEqual(['remaining', []]);
  });

  it('a box is fixed when it stands where the auditor drew it', () => {
    const of = finding('POS', { evidence });
    expect(outcome(of, at(1, 4, { center: place(4, 0.55) }))).toEqual(['fixed', []]);
    expect(outcome(of, at(1, 4, { center: place(4, 0.2) }))).toEqual(['unclear', []]);
    expect(outcome(of, () => null)).toEqual(['remaining', []]);
  });

  it('a wrong class is fixed by another one; what else was changed was not asked for', () => {
    const both: Edit = (frame, number) =>
      frame !== 1 ? null : number === 4 ? { className: 'Bus' } : number === 7 ? { size: [5, 2, 1.6] } : null;
    expect(outcome(finding('CLS'), both)).toEqual(['fixed', ['resized']]);
  });

  it('a missing label is fixed by one that was added near its place', () => {
    const missed = {
      id: 'm',
      className: 'Car',
      code: 'MISS',
      severity: 'major' as const,
      center: place(4) as [number, number, number],
      size: cuboid.size,
      yaw: 0,
      note: '',
    };
    const of = finding('MISS', { source: 'cell', label: null, track: null, missed });
    const added = compared(() => null, at(1, 4, gone));
    const result = reworkOutcome(added, [of], spec);
    expect([result.findings[0]!.outcome, result.introduced]).toEqual(['fixed', []]);
    expect(outcome(of, () => null)).toEqual(['remaining', []]);
  });

  it('a flipped box that was turned back is fixed; an attribute that was changed is for a person to see', () => {
    const turned = at(1, 4, { rotation: [0, 0, 1, 0] });
    expect(outcome(finding('FLIP'), turned)).toEqual(['fixed', []]);
    expect(outcome(finding('ATTR'), at(1, 4, { attributes: { activity: 'parked' } }))).toEqual([
      'unclear',
      [],
    ]);
    expect(outcome(finding('ATTR'), () => null)).toEqual(['remaining', []]);
  });

  it('an error of the track is mended on any of its labels', () => {
    const elsewhere: Edit = (frame, number) => (frame === 2 && number === 4 ? { track: 'fresh' } : null);
    expect(outcome(finding('IDSW'), elsewhere)).toEqual(['unclear', []]);
    expect(outcome(finding('POS'), elsewhere)).toEqual(['remaining', ['retracked']]);
  });
});

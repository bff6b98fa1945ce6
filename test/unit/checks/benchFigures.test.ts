import { describe, expect, it } from 'vitest';
import { hasSizes, spoilKinds } from '../../../shared/synth/spoil/kinds.ts';
import { figuresOf, targets } from '../../bench/checks/figures.ts';
import { type Measured, plansFor } from '../../bench/checks/measure.ts';
import type { Score, ScoredFault, ScoredFinding } from '../../bench/checks/score.ts';

const indexOf = (tracks: number) =>
  ({
    labels: { tracks: Array.from({ length: tracks }, String), cuboids: { count: 0 } },
  }) as unknown as Parameters<typeof plansFor>[0];

describe('the plans of a measurement', () => {
  it.each([1, 40, 300])('ask for every kind once, mild as often as gross, with %d objects', (tracks) => {
    const { ofLabels, ofData } = plansFor(indexOf(tracks), 5000);
    const asked = [...ofLabels, ...ofData].flatMap(({ amount }) => Object.keys(amount));
    expect(new Set(asked)).toEqual(new Set(spoilKinds));
    for (const { amount, sizes } of ofLabels)
      for (const [kind, count] of Object.entries(amount))
        if (hasSizes(kind as (typeof spoilKinds)[number])) {
          expect(sizes).toBe('both');
          expect(count % 2).toBe(0);
        }
    expect(ofData.map(({ sizes }) => sizes)).toEqual(['mild', 'gross', 'mild', 'gross', 'mild', 'gross']);
  });

  it('spoil no more than a fifth of many objects at once', () => {
    const { ofLabels } = plansFor(indexOf(300), 5000);
    for (const { amount } of ofLabels) {
      const faults = Object.values(amount).reduce((sum, count) => sum + count, 0);
      expect(faults).toBeGreaterThan(30);
      expect(faults).toBeLessThan(75);
    }
  });
});

const fault = (given: Partial<ScoredFault>): ScoredFault =>
  ({
    fault: 1,
    kind: 'missing',
    size: 'gross',
    points: 100,
    labels: 1,
    by: new Set(),
    ...given,
  }) as ScoredFault;

const finding = (check: string, faults: number[]): ScoredFinding =>
  ({ finding: { check, score: 0.5 }, faults: new Set(faults) }) as unknown as ScoredFinding;

function measuredOf(ofLabels: Score[], ofData: Score[] = []): Measured {
  const cleanFindings = [{ check: 'CUT' }] as unknown as Measured['cleanFindings'];
  return {
    world: 'w',
    cleanObjects: 500,
    cleanFindings,
    ofLabels,
    ofData,
    left: [],
    skipped: ['GAP (lidar)'],
    frames: 3,
    swept: 2,
  };
}

describe('the figures', () => {
  it('hold what is missing against its target by the points that were there', () => {
    const faults = [
      fault({ by: new Set(['CLUSTER']) }),
      fault({ fault: 2, points: 30 }),
      fault({ fault: 3, points: 29 }),
      fault({ fault: 4, kind: 'ghost' }),
    ];
    const { missing, kinds } = figuresOf([measuredOf([{ faults, findings: [] }])]);
    expect(missing).toMatchObject({ faults: 2, found: 1, recall: 0.5, target: targets.missing });
    expect(kinds.map(({ kind, faults: of, recall }) => [kind, of, recall])).toEqual([
      ['missing', 3, 1 / 3],
      ['ghost', 1, 0],
    ]);
  });

  it('sum up the kinds with a target by size, and apart what many points show', () => {
    const faults = [
      fault({ kind: 'shift-x', points: 19 }),
      fault({ fault: 2, kind: 'gap', points: 20, by: new Set(['GAP']) }),
      fault({ fault: 3, kind: 'yaw', size: 'mild', points: 8, by: new Set(['FLIP']) }),
      fault({ fault: 4, kind: 'missing', points: 100 }),
    ];
    const { together } = figuresOf([measuredOf([{ faults, findings: [] }])]);
    expect(together.map(({ size, faults: of, found }) => [size, of, found])).toEqual([
      ['mild', 1, 1],
      ['mild', 0, 0],
      ['gross', 2, 1],
      ['gross', 1, 1],
    ]);
  });

  it('keep the precision of wrong data apart, and tell each check by itself', () => {
    const labels = {
      faults: [fault({})],
      findings: [finding('CUT', [1]), finding('CUT', []), finding('GAP', [1])],
    };
    const data = { faults: [fault({ kind: 'extrinsic' })], findings: [finding('CALIB', [])] };
    const figures = figuresOf([measuredOf([labels], [data])]);
    expect(figures.precision).toBeCloseTo(2 / 3);
    expect(figures.precisionOfData).toBe(0);
    expect(
      figures.checks.map(({ check, findings, right, clean }) => [check, findings, right, clean]),
    ).toEqual([
      ['CUT', 2, 1, 1],
      ['GAP', 1, 1, 0],
      ['CALIB', 1, 0, 0],
    ]);
    expect([figures.cleanFindings, figures.cleanObjects]).toEqual([1, 500]);
  });

  it('add up over worlds', () => {
    const one = measuredOf([{ faults: [fault({ by: new Set(['GAP']) })], findings: [finding('GAP', [1])] }]);
    const figures = figuresOf([one, measuredOf([{ faults: [fault({})], findings: [] }])]);
    expect(figures.kinds[0]).toMatchObject({ faults: 2, found: 1 });
    expect(figures.cleanObjects).toBe(1000);
    expect([figures.frames, figures.swept, figures.skipped]).toEqual([6, 4, ['GAP (lidar)']]);
    expect(figures.averagePrecision).toBeCloseTo(0.5);
  });
});

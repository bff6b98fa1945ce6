import { describe, expect, it } from 'vitest';
import table from '../../../assets/ansi-z14.json';
import { doublePlanAt } from '../../../shared/sampling/doublePlan.ts';
import { planDouble } from '../../../shared/sampling/doubleScheme.ts';
import { aqlSeries, cellAt } from '../../../shared/sampling/iso2859.ts';
import { acceptanceProbability } from '../../../shared/sampling/operatingCharacteristic.ts';
import { findRoot } from '../../../shared/sampling/rootFinding.ts';
import { type InspectionState, inspectionStates } from '../../../shared/sampling/samplingPlan.ts';
import { lookUpZ14Plan } from '../../../shared/sampling/z14.ts';
import { z14DoubleCell, z14ReducedCell } from '../../../shared/sampling/z14Tables.ts';

const letters = [...'ABCDEFGHJKLMNPQR'];
const index = (aql: string): number => aqlSeries.indexOf(aql);

/** The diagonals of the printed tables, counted by letter index + AQL index; two pairs more for letters up to E. */
const reducedSingle = '0/2 1/3 1/4 2/5 3/6 5/8 7/10 10/13 14/17 21/24'.split(' ');
const doubles: Record<InspectionState, { zero: number; from: number; pairs: string[] }> = {
  normal: {
    zero: 14,
    from: 17,
    pairs:
      '0/2+1/2 0/3+3/4 1/4+4/5 2/5+6/7 3/7+8/9 5/9+12/13 7/11+18/19 11/16+26/27 17/22+37/38 25/31+56/57'.split(
        ' ',
      ),
  },
  tightened: {
    zero: 15,
    from: 18,
    pairs: '0/2+1/2 0/3+3/4 1/4+4/5 2/5+6/7 3/7+11/12 6/10+15/16 9/14+23/24 15/20+34/35 23/29+52/53'.split(
      ' ',
    ),
  },
  reduced: {
    zero: 14,
    from: 17,
    pairs: '0/2+0/2 0/3+0/4 0/4+1/5 0/4+3/6 1/5+4/7 2/7+6/9 3/8+8/12 5/10+12/16 7/12+18/22 11/17+26/30'.split(
      ' ',
    ),
  },
};

function onDiagonal(pairs: readonly string[], letter: number, step: number): string | undefined {
  return letter <= 4 || step < pairs.length - 2 ? pairs[step] : undefined;
}

describe('the tables of Z1.4', () => {
  it('have the AQLs and letters of ISO 2859-1, and a cell for every one of them', () => {
    expect(table.aql).toEqual(aqlSeries);
    for (const rows of [table.single.reduced, ...Object.values(table.double)]) {
      expect(Object.keys(rows).join('').replace('S', '')).toBe(letters.join(''));
      for (const [, cells] of Object.values(rows)) expect(String(cells).split(' ')).toHaveLength(26);
    }
  });

  it('reduced single plans follow the diagonals in every cell from letter C', () => {
    for (const [at, letter] of letters.entries()) {
      const cells = String(table.single.reduced[letter as 'C'][1]).split(' ');
      for (const [column, printed] of cells.entries()) {
        const s = at + column;
        if (at < 2) continue;
        const expected = s === 14 ? '0/1' : onDiagonal(reducedSingle, at, s - 17);
        if (expected) expect(`${letter} ${column} ${printed}`).toBe(`${letter} ${column} ${expected}`);
        else expect('v^').toContain(printed);
      }
    }
  });

  it('reduced single plans of letters A and B keep a gap of one or none', () => {
    const shown = (letter: string, aql: string) => {
      const { letter: final, n, ac, re } = z14ReducedCell(letter, index(aql));
      return `${final} ${n} ${ac}/${re}`;
    };
    expect(['6.5', '10', '15', '25', '40', '100', '1000'].map((aql) => shown('A', aql))).toEqual([
      ...['A 2 0/1', 'C 2 0/2', 'B 2 0/2', 'A 2 1/2', 'A 2 2/3', 'A 2 5/6', 'A 2 30/31'],
    ]);
    expect(['4.0', '6.5', '10', '15', '25', '40', '65', '100'].map((aql) => shown('B', aql))).toEqual([
      ...['B 2 0/1', 'A 2 0/1', 'C 2 0/2', 'B 2 0/2', 'B 2 1/3', 'B 2 2/4', 'B 2 3/5', 'B 2 5/6'],
    ]);
  });

  it('reduced single plans share sample sizes and Ac 0 with ISO 2859-1 where both have a plan of the letter', () => {
    let shared = 0;
    for (const letter of letters) {
      for (const column of aqlSeries.keys()) {
        const [ours, iso] = [z14ReducedCell(letter, column), cellAt('reduced', letter, column)];
        expect(ours.re).toBeGreaterThan(ours.ac);
        if (ours.letter !== iso.letter) continue;
        shared++;
        expect(ours.n).toBe(iso.n);
        if (iso.ac === 0 && ours.re === 1) expect(ours.ac).toBe(0);
      }
    }
    expect(shared).toBeGreaterThan(300);
  });

  it.each(inspectionStates)('double plans follow the diagonals in every cell: %s', (state) => {
    const { zero, from, pairs } = doubles[state];
    for (const [at, letter] of letters.entries()) {
      const cells = String(table.double[state][letter as 'A'][1]).split(' ');
      for (const [column, printed] of cells.entries()) {
        const s = at + column;
        const expected = onDiagonal(pairs, at, s - from);
        // Letters too small for a double plan name their single one instead.
        if (s === zero) expect(printed).toBe('*');
        else if (expected && printed === '*') expect(at).toBeLessThan(state === 'reduced' ? 3 : 1);
        else if (expected) expect(`${letter} ${column} ${printed}`).toBe(`${letter} ${column} ${expected}`);
        else expect('v^*').toContain(printed);
      }
    }
  });

  it('double plans pass what the single plan of their cell passes: half of it and a tenth, within a seventh', () => {
    // Letter D has samples of 2 or 5 units, too few to be in proportion; it shares its numbers with the letters after it.
    let compared = 0;
    for (const state of inspectionStates) {
      for (const letter of letters.slice(4)) {
        for (const column of aqlSeries.keys()) {
          const cell = z14DoubleCell(state, letter, column);
          if (cell.kind !== 'double' || cell.letter !== letter) continue;
          const single = state === 'reduced' ? z14ReducedCell(letter, column) : cellAt(state, letter, column);
          const stages = { ...cell.stages, ac2: cell.stages.re2 - 1 };
          for (const pa of [0.5, 0.1]) {
            const alone = (p: number) => acceptanceProbability(single.n, single.re - 1, p, 'poisson') - pa;
            const both = (p: number) => doublePlanAt(stages, p, 'poisson').pa - pa;
            const ratio = findRoot(both, 0, 50) / findRoot(alone, 0, 50);
            expect(ratio, `${state} ${letter} ${aqlSeries[column]} Pa ${pa}`).toBeGreaterThan(0.87);
            expect(ratio, `${state} ${letter} ${aqlSeries[column]} Pa ${pa}`).toBeLessThan(1.14);
            compared++;
          }
        }
      }
    }
    expect(compared).toBeGreaterThan(500);
  });
});

describe('plans of Z1.4', () => {
  const request = { lotSize: 1000, level: 'II', aql: '1.5', inspection: 'reduced' } as const;

  it('keep the gap of reduced inspection and say so', () => {
    const plan = lookUpZ14Plan(request);
    expect(plan.ok && plan.value).toMatchObject({
      ...{ scheme: 'z1.4', standard: 'ANSI/ASQ Z1.4', codeLetter: 'J', sampleSize: 32 },
      ...{ acceptanceNumber: 1, rejectionNumber: 4 },
    });
    expect(plan.ok && plan.value.notes.map(({ key }) => key)).toEqual([
      'plan.notes.gap',
      'plan.notes.singleSource',
    ]);
  });

  it('are those of ISO 2859-1 for normal and tightened inspection, under their own name', () => {
    const plan = lookUpZ14Plan({ ...request, inspection: 'tightened' });
    expect(plan.ok && plan.value).toMatchObject({
      ...{ standard: 'ANSI/ASQ Z1.4', sampleSize: 80, acceptanceNumber: 2, rejectionNumber: 3 },
    });
  });

  it('double plans name letter, both samples and what is counted', () => {
    const plan = planDouble({ ...request, inspection: 'normal', stages: null });
    expect(plan.ok && plan.value).toMatchObject({
      ...{ scheme: 'double', standard: 'ANSI/ASQ Z1.4, double sampling', codeLetter: 'J', aql: '1.5' },
      double: { n1: 50, ac1: 1, re1: 4, n2: 50, ac2: 4, re2: 5 },
      ...{ sampleSize: 100, acceptanceNumber: 4, rejectionNumber: 5, model: 'binomial' },
    });
    const defects = planDouble({ ...request, aql: '40', inspection: 'normal', stages: null });
    expect(defects.ok && defects.value).toMatchObject({ model: 'poisson', codeLetter: 'G' });
    const tightened = planDouble({
      ...request,
      lotSize: 600_000,
      aql: '0.025',
      inspection: 'tightened',
      stages: null,
    });
    expect(tightened.ok && tightened.value).toMatchObject({ codeLetter: 'S', double: { n1: 2000, re2: 2 } });
  });

  it('never say that a plan in stages asks for all of the lot', () => {
    // Letter A goes on to letter B: two and two of four units.
    const plan = planDouble({ ...request, lotSize: 4, aql: '25', inspection: 'tightened', stages: null });
    expect(plan.ok && plan.value).toMatchObject({ sampleSize: 4, lotSize: 4, fullInspection: false });
    expect(plan.ok && plan.value.notes.map(({ key }) => key)).not.toContain('plan.notes.fullInspection');
  });

  it('give the single plan where the standard names it', () => {
    const plan = planDouble({ ...request, aql: '0.15', inspection: 'normal', stages: null });
    expect(plan.ok && plan.value).toMatchObject({
      scheme: 'z1.4',
      sampleSize: 80,
      acceptanceNumber: 0,
      double: null,
    });
    expect(plan.ok && plan.value.notes[0]!.key).toBe('plan.notes.doubleIsSingle');
  });

  it('refuse what is not sure, not sound or too large', () => {
    const code = (change: object) => {
      const plan = planDouble({ ...request, inspection: 'normal', stages: null, ...change });
      return plan.ok ? 'ok' : plan.problem.code;
    };
    const stages = { n1: 50, ac1: 0, re1: 2, n2: 50, ac2: 1, re2: 2 };
    expect(code({ lotSize: 5, aql: '10' })).toBe('plan-double-unknown');
    expect(code({ lotSize: 5, aql: '15' })).toBe('plan-double-unknown');
    expect(code({ lotSize: 5, aql: '10', inspection: 'tightened' })).toBe('plan-double-unknown');
    expect(code({ aql: null })).toBe('plan-double-without-aql');
    expect(code({ aql: '1.7' })).toBe('plan-aql-outside-series');
    expect(code({ lotSize: 3, aql: '25', inspection: 'tightened' })).toBe('plan-double-too-large');
    expect(code({ aql: null, stages })).toBe('ok');
    expect(code({ aql: null, stages, lotSize: 99 })).toBe('plan-double-too-large');
    expect(code({ aql: null, stages, lotSize: 1 })).toBe('plan-lot-size');
    for (const change of [{ re1: 1 }, { ac2: 0 }, { re2: 3 }, { n1: 0 }, { n2: 1.5 }, { ac1: -1 }]) {
      expect(code({ aql: null, stages: { ...stages, ...change } })).toBe('plan-double-crossed');
    }
  });
});

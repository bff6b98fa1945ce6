import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import en from '../../../shared/messages/en/plan.ts';
import zh from '../../../shared/messages/zh/plan.ts';
import { discoverySampleSize, planDiscovery } from '../../../shared/sampling/discovery.ts';
import { aqlSeries, cellAt, codeLetterFor, lookUpIsoPlan } from '../../../shared/sampling/iso2859.ts';
import { makePlan } from '../../../shared/sampling/makePlan.ts';
import { lotAcceptanceProbability } from '../../../shared/sampling/operatingCharacteristic.ts';
import { planFacts, planLimits } from '../../../shared/sampling/planFacts.ts';
import {
  type InspectionLevel,
  type InspectionState,
  inspectionLevels,
  inspectionStates,
  type SamplingPlan,
} from '../../../shared/sampling/samplingPlan.ts';
import { describeWithSharedData, sharedData } from '../../support/sharedData.ts';

const letters = 'ABCDEFGHJKLMNPQR';
const index = (aql: string): number => aqlSeries.indexOf(aql);

function plan(
  lotSize: number,
  aql: string,
  level: InspectionLevel = 'II',
  inspection: InspectionState = 'normal',
): SamplingPlan {
  const result = lookUpIsoPlan({ lotSize, level, aql, inspection });
  if (!result.ok) throw new Error(result.problem.code);
  return result.value;
}

/** The tables regenerated from their diagonal structure: where s = letter index + AQL index puts each Ac. */
const structure = {
  normal: {
    sizes: [2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000],
    zero: 14,
    up: [15],
    down: [16],
    from: 17,
    series: [1, 2, 3, 5, 7, 10, 14, 21],
    extra: [30, 44],
    extraTo: 4,
  },
  tightened: {
    sizes: [2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000],
    zero: 15,
    up: [],
    down: [16, 17],
    from: 18,
    series: [1, 2, 3, 5, 8, 12, 18],
    extra: [27, 41],
    extraTo: 4,
  },
  reduced: {
    sizes: [2, 2, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800],
    zero: 14,
    up: [15],
    down: [16, 17],
    from: 18,
    series: [1, 2, 3, 5, 6, 8, 10],
    extra: [14, 21],
    extraTo: 4,
  },
} as const;

type Entry = number | 'up' | 'down';

function entryByRule(state: InspectionState, letter: number, aql: number): Entry {
  const rule = structure[state];
  const s = letter + aql;
  let {
    zero,
    up,
    down,
    from,
    series,
  }: {
    zero: number;
    up: readonly number[];
    down: readonly number[];
    from: number;
    series: readonly number[];
  } = rule;
  if (letter <= rule.extraTo) series = [...series, ...rule.extra];
  if (state === 'reduced' && letter < 2) {
    series = [1, 2, 3, 5, 7, 10, 14, 21, 30];
    from = letter === 0 ? 17 : 18;
    up = letter === 0 ? [] : [15];
    down = letter === 0 ? [15, 16] : [16, 17];
    zero = 14;
  }
  if (s === zero) return 0;
  if (s < zero || down.includes(s)) return 'down';
  if (up.includes(s)) return 'up';
  return series[s - from] ?? 'up';
}

/** Follows arrows along the column; at the table's edge an arrow turns to the other direction. */
function cellByRule(
  state: InspectionState,
  letter: number,
  aql: number,
): { letter: string; n: number; ac: number } {
  const first = entryByRule(state, letter, aql);
  if (typeof first === 'number')
    return { letter: letters[letter]!, n: structure[state].sizes[letter]!, ac: first };
  for (const direction of first === 'down' ? [1, -1] : [-1, 1]) {
    for (let at = letter + direction; at >= 0 && at < letters.length; at += direction) {
      const entry = entryByRule(state, at, aql);
      if (typeof entry === 'number')
        return { letter: letters[at]!, n: structure[state].sizes[at]!, ac: entry };
    }
  }
  throw new Error('an arrow that finds nothing');
}

describe('the tables of ISO 2859-1', () => {
  it.each(inspectionStates)('follow from their structure in every cell: %s', (state) => {
    for (let letter = 0; letter < letters.length; letter++) {
      for (let aql = 0; aql < aqlSeries.length; aql++) {
        const cell = cellAt(state, letters[letter]!, aql);
        expect(cell.re).toBe(cell.ac + 1);
        // The one target beyond the table: letter S for tightened, AQL 0.025.
        if (cell.letter === 'S') {
          expect([state, aqlSeries[aql], cell.n, cell.ac]).toEqual(['tightened', '0.025', 3150, 1]);
          continue;
        }
        // The one cell on which transcriptions disagree.
        if (state === 'tightened' && letter === 0 && aqlSeries[aql] === '10') continue;
        expect({
          at: `${letters[letter]} ${aqlSeries[aql]}`,
          letter: cell.letter,
          n: cell.n,
          ac: cell.ac,
        }).toEqual({
          at: `${letters[letter]} ${aqlSeries[aql]}`,
          ...cellByRule(state, letter, aql),
        });
      }
    }
  });

  it('give the published cells', () => {
    const shown = (state: InspectionState, letter: string, aql: string) => {
      const { letter: final, n, ac, re } = cellAt(state, letter, index(aql));
      return `${final} ${n}/${ac}/${re}`;
    };
    expect(shown('normal', 'H', '1.5')).toBe('H 50/2/3');
    expect(shown('tightened', 'H', '1.5')).toBe('H 50/1/2');
    expect(shown('reduced', 'H', '1.5')).toBe('H 20/1/2');
    expect(shown('normal', 'H', '0.15')).toBe('J 80/0/1');
    expect(shown('normal', 'K', '0.40')).toBe('K 125/1/2');
    expect(shown('normal', 'F', '0.25')).toBe('H 50/0/1');
  });

  it('turn lot sizes into code letters at their limits', () => {
    expect(
      [2, 8, 9, 15, 150, 151, 280, 281, 500, 501, 1200].map((lot) => codeLetterFor(lot, 'II')).join(''),
    ).toBe('AABBFGGHHJJ');
    expect(codeLetterFor(500_001, 'III')).toBe('R');
    expect(codeLetterFor(1e9, 'S-1')).toBe('D');
    expect(inspectionLevels.map((level) => codeLetterFor(1000, level)).join('')).toBe('CCEFGJK');
  });
});

describeWithSharedData('the tables beside the reference file', 'iso2859-1.json', () => {
  it('hold every cell and code letter of it', () => {
    const reference = JSON.parse(readFileSync(sharedData('iso2859-1.json'), 'utf8'));
    expect(aqlSeries).toEqual(reference.aql);
    for (const state of inspectionStates) {
      for (const letter of letters) {
        aqlSeries.forEach((aql, column) => {
          const { letter: final, n, ac, re } = cellAt(state, letter, column);
          expect([final, n, ac, re]).toEqual(reference.plans[state][letter][aql]);
        });
      }
    }
    for (const row of reference.codeLetters) {
      for (const level of inspectionLevels) {
        expect(codeLetterFor(row.lotMin, level)).toBe(row[level]);
        expect(codeLetterFor(row.lotMax ?? 2_000_000, level)).toBe(row[level]);
      }
    }
  });
});

describe('single plans', () => {
  it('take letter, n, Ac and Re of the cell that an arrow leads to', () => {
    const { codeLetter, sampleSize, acceptanceNumber, rejectionNumber, standard, notes } = plan(400, '0.15');
    expect({ codeLetter, sampleSize, acceptanceNumber, rejectionNumber }).toEqual({
      codeLetter: 'J',
      sampleSize: 80,
      acceptanceNumber: 0,
      rejectionNumber: 1,
    });
    expect(standard).toBe('ISO 2859-1:1999');
    expect(notes).toEqual([{ key: 'plan.notes.arrow', params: { from: 'H', to: 'J' } }]);
  });

  it('inspect everything where the lot is no larger than n, with the Ac as given', () => {
    const full = plan(50, '0.65', 'II');
    expect(full).toMatchObject({ sampleSize: 20, fullInspection: false });
    expect(plan(8, '0.65')).toMatchObject({
      sampleSize: 8,
      tableSampleSize: 20,
      acceptanceNumber: 0,
      fullInspection: true,
    });
    expect(plan(20, '0.65')).toMatchObject({ sampleSize: 20, fullInspection: true });
    expect(plan(21, '0.65')).toMatchObject({ sampleSize: 20, fullInspection: false });
  });

  it('mark the cells that sources are unsure of, and AQLs that count defects', () => {
    const keys = (value: SamplingPlan) => value.notes.map((note) => note.key);
    expect(keys(plan(5, '10', 'II', 'tightened'))).toContain('plan.notes.unsureCell');
    expect(keys(plan(400, '1.5', 'II', 'reduced'))).toEqual(['plan.notes.singleSource']);
    expect(keys(plan(400, '1.5', 'II', 'tightened'))).toEqual([]);
    expect(plan(400, '15')).toMatchObject({ model: 'poisson' });
    expect(keys(plan(400, '15'))).toContain('plan.notes.perHundredUnits');
    expect(plan(400, '10').model).toBe('binomial');
  });

  it('refuse what the standard does not have', () => {
    const code = (request: object) => {
      const result = lookUpIsoPlan({
        lotSize: 400,
        level: 'II',
        aql: '1.5',
        inspection: 'normal',
        ...request,
      });
      return result.ok ? 'ok' : result.problem.code;
    };
    expect(code({ aql: '2' })).toBe('plan-aql-outside-series');
    expect(code({ aql: '1.50' })).toBe('ok');
    expect(code({ aql: 1 })).toBe('ok');
    expect(code({ aql: '' })).toBe('plan-aql-outside-series');
    expect(code({ aql: Number.NaN })).toBe('plan-aql-outside-series');
    expect(code({ lotSize: 1 })).toBe('plan-lot-size');
    expect(code({ lotSize: 10.5 })).toBe('plan-lot-size');
    expect(code({ level: 'IV' })).toBe('plan-level-unknown');
    expect(code({ inspection: 'loose' })).toBe('plan-inspection-unknown');
  });

  it('protect the consumer no less when tightened, and no more when reduced', () => {
    for (const lot of [400, 5000, 200_000]) {
      for (const aql of aqlSeries.slice(0, 16)) {
        const [normal, tightened, reduced] = inspectionStates.map((state) => plan(lot, aql, 'II', state));
        if (reduced!.fullInspection || normal!.fullInspection) continue;
        expect(planFacts(tightened!).ltpd).toBeLessThanOrEqual(planFacts(normal!).ltpd);
        expect(planFacts(reduced!).ltpd).toBeGreaterThanOrEqual(planFacts(normal!).ltpd);
      }
    }
  });
});

describe('discovery plans', () => {
  it('give the reference value and the smallest n', () => {
    expect(discoverySampleSize(400, 8, 0.95)).toBe(124);
    for (const [lot, defectives, confidence] of [
      [400, 8, 0.95],
      [1_000_000, 500, 0.99],
      [30, 1, 0.9],
      [7, 7, 0.95],
    ] as const) {
      const n = discoverySampleSize(lot, defectives, confidence);
      const miss = (size: number) => lotAcceptanceProbability(size, 0, lot, defectives);
      expect(miss(n)).toBeLessThanOrEqual((1 - confidence) * (1 + 1e-9));
      if (n > 1) expect(miss(n - 1)).toBeGreaterThan(1 - confidence);
    }
  });

  it('take a tie as enough: 9 of 10 leave exactly one in ten', () => {
    expect(discoverySampleSize(10, 1, 0.9)).toBe(9);
    expect(discoverySampleSize(20, 1, 0.95)).toBe(19);
  });

  it('become plans that say they are not ISO 2859-1', () => {
    const result = planDiscovery({ lotSize: 400, limitingRate: 0.02, confidence: 0.95 });
    expect(result.ok && result.value).toMatchObject({
      scheme: 'c0',
      sampleSize: 124,
      acceptanceNumber: 0,
      rejectionNumber: 1,
      aql: null,
      codeLetter: null,
      fullInspection: false,
    });
    expect(result.ok && result.value.standard).toContain('not ISO 2859-1');
    const single = makePlan({ scheme: 'c0', lotSize: 1, limitingRate: 0.02, confidence: 0.95 });
    expect(single.ok && single.value).toMatchObject({ sampleSize: 1, fullInspection: true });
    const seven = planDiscovery({ lotSize: 100, limitingRate: 0.07, confidence: 0.95 });
    expect(seven.ok && seven.value.sampleSize).toBe(discoverySampleSize(100, 7, 0.95));
  });

  it('refuse impossible wishes', () => {
    const code = (request: object) => {
      const result = planDiscovery({ lotSize: 400, limitingRate: 0.02, confidence: 0.95, ...request });
      return result.ok ? 'ok' : result.problem.code;
    };
    expect(code({ lotSize: 0 })).toBe('plan-lot-size');
    expect(code({ limitingRate: 0 })).toBe('plan-rate-outside');
    expect(code({ limitingRate: 2 })).toBe('plan-rate-outside');
    expect(code({ confidence: 1 })).toBe('plan-confidence-outside');
  });
});

describe('what a plan says about itself', () => {
  it('puts curves, risks and limits into numbers', () => {
    const facts = planFacts(plan(400, '1.5'));
    expect(facts.oc[0]).toEqual({ p: 0, pa: 1 });
    expect(facts.oc.length).toBeGreaterThan(40);
    expect(facts.oc.length).toBeLessThan(140);
    expect(facts.oc.at(-1)!.pa).toBeLessThan(0.0011);
    facts.oc.forEach(({ pa }, at) => {
      expect(pa).toBeLessThanOrEqual(facts.oc[at - 1]?.pa ?? 1);
    });
    // Binomial by hand: n 50, Ac 2 at 1.5 %.
    const q = 0.985;
    const pa = q ** 50 + 50 * 0.015 * q ** 49 + 1225 * 0.015 ** 2 * q ** 48;
    expect(facts.producerRisk).toBeCloseTo(1 - pa, 12);
    expect(facts.consumerRisk).toBeCloseTo(0.1, 12);
    expect(facts.ltpd).toBeCloseTo(0.103, 3);
    expect(facts.asn.every(({ n }) => n === 50)).toBe(true);
    expect(facts.ocLot[0]).toEqual({ defectives: 0, p: 0, pa: 1 });
    for (const { defectives, pa: passes } of facts.ocLot) {
      expect(passes).toBe(lotAcceptanceProbability(50, 2, 400, defectives));
    }
  });

  it('has no producer risk without an AQL, and the risk at its own limit', () => {
    const result = planDiscovery({ lotSize: 400, limitingRate: 0.02, confidence: 0.95 });
    const facts = planFacts((result as { value: SamplingPlan }).value);
    expect(facts.producerRisk).toBeNull();
    expect(facts.consumerRisk).toBeLessThanOrEqual(0.05);
    expect(facts.consumerRisk).toBeGreaterThan(0.045);
  });

  it('says in words what still passes, in both languages', () => {
    const usual = planLimits(plan(2000, '1.5'));
    expect(usual.key).toBe('plan.limits.usual');
    const { rate, times } = usual.params as { rate: number; times: number };
    expect(Math.round(100 * lotAcceptanceProbability(125, 5, 2000, Math.ceil(20 * rate)))).toBe(times);
    expect(times).toBeGreaterThan(5);
    expect(times).toBeLessThan(60);
    const zero = planLimits(plan(400, '0.15'));
    expect(zero.key).toBe('plan.limits.zero');
    expect(planLimits(plan(8, '0.65')).key).toBe('plan.limits.full');
    expect(planLimits(plan(400, '40')).key).toBe('plan.limits.perHundred');
    for (const { key, params } of [usual, zero, ...plan(8, '10', 'II', 'tightened').notes]) {
      const [, group, name] = key.split('.') as [string, 'limits' | 'notes', string];
      for (const catalogue of [en, zh]) {
        const text = (catalogue[group] as Record<string, string>)[name]!;
        const asked = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, word]) => word!);
        expect(asked.sort()).toEqual(Object.keys(params).sort());
      }
    }
  });
});

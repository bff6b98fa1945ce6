import { describe, expect, test } from 'vitest';
import specJson from '../../../assets/qa-spec.default.json' with { type: 'json' };
import {
  isSameLedger,
  ledgerName,
  parseLedgerEvent,
  parseLedgerStep,
} from '../../../shared/audit/ledgerEvents.ts';
import { foldLedger } from '../../../shared/audit/ledgerFold.ts';
import { signedLots, tighterAcceptance } from '../../../shared/audit/ledgerLots.ts';
import { dueInspections, withDueInspection } from '../../../shared/audit/ledgerPlans.ts';
import { planRuleSchema } from '../../../shared/audit/planRule.ts';
import { type QaSpec, qaSpecSchema } from '../../../shared/audit/qaSpec.ts';
import { aqlSeries, cellAt } from '../../../shared/sampling/iso2859.ts';
import { makePlan } from '../../../shared/sampling/makePlan.ts';
import { madeLedger, madeLot, planH, sha256 } from '../../support/ledgerFixture.ts';

const major = planRuleSchema.parse({
  scheme: 'iso2859-1',
  severity: 'major',
  aql: '1.5',
  level: 'II',
  inspection: 'normal',
});
const spec: QaSpec = { ...qaSpecSchema.parse(specJson), unit: 'cuboid', plans: [major] };
const noSearch: QaSpec = { ...spec, search: { ...spec.search, plans: [] } };
const standard = { standard: standardName() };
const tightenedLedger = foldLedger(
  madeLedger([9, 9].map((defects, at) => madeLot({ audit: `${at}`, defects, plan: standard }))),
)!;

function standardName(): string {
  const plan = makePlan({ scheme: 'iso2859-1', lotSize: 400, level: 'II', aql: '1.5', inspection: 'normal' });
  if (!plan.ok) throw new Error(plan.problem.code);
  return plan.value.standard;
}

describe('what the ledger asks of a spec', () => {
  test('the state of its series, and nothing once the spec has it', () => {
    expect(dueInspections(noSearch, tightenedLedger)).toEqual([
      { series: { sample: 'labels', severity: 'major' }, inspection: 'normal', due: 'tightened' },
    ]);
    const applied = withDueInspection(noSearch, tightenedLedger);
    expect(applied.plans).toEqual([{ ...major, inspection: 'tightened' }]);
    expect(dueInspections(applied, tightenedLedger)).toEqual([]);
  });

  test.each([{ aql: '1.0' }, { level: 'III' as const }, { counts: 'defects' as const }])(
    'a rule with %o begins a new sequence: normal',
    (other) => {
      const changed = { ...noSearch, plans: [planRuleSchema.parse({ ...major, ...other })] };
      expect(dueInspections(changed, tightenedLedger)).toEqual([]);
    },
  );

  test('another unit begins a new sequence; plans outside the AQL system are left alone', () => {
    expect(dueInspections({ ...noSearch, unit: 'track' }, tightenedLedger)).toEqual([]);
    const c0 = planRuleSchema.parse({
      scheme: 'c0',
      severity: 'major',
      limitingRate: 0.02,
      confidence: 0.95,
    });
    const other = { ...noSearch, plans: [c0] };
    expect(withDueInspection(other, tightenedLedger)).toEqual(other);
  });

  test('a double rule is held against the sequence of its standard, whatever the lot leads to', () => {
    const z14 = { scheme: 'z1.4', standard: 'ANSI/ASQ Z1.4' } as const;
    const ledger = foldLedger(
      madeLedger([9, 9].map((defects, at) => madeLot({ audit: `${at}`, defects, plan: z14 }))),
    )!;
    const double = {
      severity: 'major',
      aql: '1.5',
      level: 'II',
      inspection: 'normal',
      stages: null,
    } as const;
    const asked = { ...noSearch, plans: [planRuleSchema.parse({ scheme: 'double', ...double })] };
    expect(dueInspections(asked, ledger).map(({ due }) => due)).toEqual(['tightened']);
    expect(dueInspections(noSearch, ledger)).toEqual([]);
  });

  test('without a ledger a vendor starts on normal inspection', () => {
    const reduced = { ...noSearch, plans: [planRuleSchema.parse({ ...major, inspection: 'reduced' })] };
    expect(dueInspections(reduced, null).map(({ due }) => due)).toEqual(['normal']);
  });

  test('what is discontinued is said, not applied', () => {
    const tightened = {
      ...standard,
      inspection: 'tightened',
      acceptanceNumber: 1,
      rejectionNumber: 2,
    } as const;
    const ended = foldLedger(
      madeLedger([
        ...[9, 9].map((defects, at) => madeLot({ audit: `n${at}`, defects, plan: standard })),
        ...Array.from({ length: 5 }, (_, at) => madeLot({ audit: `t${at}`, defects: 9, plan: tightened })),
      ]),
    )!;
    expect(dueInspections(noSearch, ended).map(({ due }) => due)).toEqual(['discontinued']);
    expect(withDueInspection(noSearch, ended).plans).toEqual([major]);
  });
});

describe('the stricter plan behind the score', () => {
  test('is the cell one AQL to the left with the same n, over the whole table', () => {
    let compared = 0;
    for (const codeLetter of 'ABCDEFGHJKLMNPQR') {
      for (const [at, aql] of aqlSeries.entries()) {
        const cell = cellAt('normal', codeLetter, at);
        if (cell.letter !== codeLetter) continue;
        const stricter = at === 0 ? null : cellAt('normal', codeLetter, at - 1);
        const plan = { ...planH, codeLetter, aql, sampleSize: cell.n, acceptanceNumber: cell.ac };
        expect(tighterAcceptance(plan)).toBe(stricter?.n === cell.n ? stricter.ac : null);
        if (cell.ac >= 3 && stricter?.letter === codeLetter) {
          compared += 1;
          expect(tighterAcceptance(plan)).toBeLessThan(cell.ac);
        }
      }
    }
    expect(compared).toBeGreaterThan(60);
  });

  test('letter H at 1.5 compares with 1.0; what no table holds compares with nothing', () => {
    expect(tighterAcceptance(planH)).toBe(1);
    expect(tighterAcceptance({ ...planH, aql: '0.010' })).toBeNull();
    expect(tighterAcceptance({ ...planH, aql: '1.7' })).toBeNull();
    for (const codeLetter of ['I', 'O', 'S', 'Z', '__proto__', '']) {
      expect(tighterAcceptance({ ...planH, codeLetter })).toBeNull();
    }
    expect(tighterAcceptance({ ...planH, inspection: 'reduced' })).toBeNull();
    expect(tighterAcceptance({ ...planH, inspection: 'tightened', acceptanceNumber: 1 })).toBe(1);
  });
});

describe('names and doors', () => {
  test('a ledger is named by vendor and project, not by how they are typed', () => {
    const name = ledgerName('Northlight  Labeling ', 'Urban', sha256);
    expect(name).toMatch(/^[0-9a-f]{32}$/);
    expect(ledgerName('northlight labeling', ' URBAN', sha256)).toBe(name);
    expect(ledgerName('ｎorthlight labeling', 'urban', sha256)).toBe(name);
    expect(ledgerName('northlight', 'labeling urban', sha256)).not.toBe(name);
    expect(isSameLedger({ vendor: 'A b', project: '' }, { vendor: ' a  B', project: ' ' })).toBe(true);
    expect(isSameLedger({ vendor: 'A', project: '' }, { vendor: 'A', project: 'x' })).toBe(false);
  });

  test('what is no entry is refused with the place of the fault', () => {
    const [, event] = madeLedger([madeLot({ audit: 'a' })]);
    expect(parseLedgerEvent(event).ok).toBe(true);
    const broken = structuredClone(event) as unknown as { data: { signed: { hash: unknown } } };
    broken.data.signed.hash = 'x';
    const refused = parseLedgerEvent(broken);
    expect(refused.ok ? null : refused.problem).toMatchObject({
      code: 'ledger-entry-unreadable',
      place: '/data/signed/hash',
    });
    const newer = parseLedgerEvent({ ...event, type: 'lot.reweighed' });
    expect(newer.ok ? null : newer.problem.code).toBe('event-newer-than-app');
    for (const hostile of [null, [], 7, { type: 'constructor' }, { ...event, data: null }]) {
      expect(parseLedgerEvent(hostile).ok).toBe(false);
    }
  });

  test('a person can enter no lot and no opening', () => {
    const lot = parseLedgerStep(madeLot({ audit: 'a' }));
    expect(lot.ok ? null : lot.problem.code).toBe('draft-not-allowed');
  });

  test('an audit without a plan says nothing', () => {
    expect(signedLots([])).toEqual([]);
  });
});

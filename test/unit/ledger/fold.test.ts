import { describe, expect, test } from 'vitest';
import type { LedgerDraft } from '../../../shared/audit/ledgerEvents.ts';
import { foldLedger } from '../../../shared/audit/ledgerFold.ts';
import { mayEnter, withStandings } from '../../../shared/audit/ledgerRules.ts';
import type { SeriesState } from '../../../shared/audit/ledgerState.ts';
import { auditor, type MadeLot, madeLedger, madeLot, major, manager } from '../../support/ledgerFixture.ts';
import { type OracleEntry, oracleStates } from '../../support/ledgerOracle.ts';
import { seededRandom } from '../../support/seededRandom.ts';

function series(drafts: readonly LedgerDraft[]): SeriesState {
  return foldLedger(madeLedger(drafts))!.series[0]!;
}

/** So many lots in a row, each with so many defects. */
const lots = (defects: readonly number[], rest: Partial<MadeLot> = {}): LedgerDraft[] =>
  defects.map((count, at) => madeLot({ ...rest, audit: `${rest.audit ?? 'lot'}-${at}`, defects: count }));

const bad = 9;
const agree: LedgerDraft = { type: 'reduced.agreed', data: { series: major, reason: 'agreed on Monday' } };
const resume: LedgerDraft = { type: 'inspection.resumed', data: { series: major, reason: 'retrained' } };
const irregular: LedgerDraft = { type: 'production.observed', data: { isSteady: false, reason: 'new tool' } };
const tightened = { inspection: 'tightened', acceptanceNumber: 1, rejectionNumber: 2 } as const;
const reduced = { inspection: 'reduced', sampleSize: 20, acceptanceNumber: 1, rejectionNumber: 2 } as const;

describe('the rules', () => {
  test('a ledger without lots has no series', () => {
    expect(foldLedger([])).toBeNull();
    expect(foldLedger(madeLedger([]))).toMatchObject({ vendor: 'Northlight', isSteady: null, series: [] });
  });

  test('two of five not accepted tighten, two of six do not', () => {
    expect(series(lots([bad, 0, 0, 0, bad]))).toMatchObject({ state: 'tightened' });
    expect(series(lots([bad, 0, 0, 0, 0, bad]))).toMatchObject({ state: 'normal' });
    expect(series(lots([bad, bad])).rows.at(-1)).toMatchObject({
      effect: 'twoOfFive',
      before: 'normal',
      after: 'tightened',
    });
  });

  test('five accepted on tightened inspection lead back; on normal inspection they prove nothing', () => {
    const start = lots([bad, bad]);
    const back = series([...start, ...lots([0, 0, 1, 0, 0], { audit: 't', plan: tightened })]);
    expect(back).toMatchObject({ state: 'normal', score: 0 });
    expect(back.rows.at(-1)!.effect).toBe('fiveAccepted');
    const lax = series([...start, ...lots([0, 0, 0, 0, 0], { audit: 'n' })]);
    expect(lax.state).toBe('tightened');
    expect(lax.rows.at(-1)!.effect).toBe('laxer');
  });

  test('five not accepted in all on tightened inspection end it, and only a person resumes', () => {
    const run = [
      ...lots([bad, bad]),
      ...lots([bad, 0, bad, 0, 0, bad, 0, bad, bad], { audit: 't', plan: tightened }),
    ];
    const ended = series(run);
    expect(ended).toMatchObject({ state: 'discontinued', proposal: 'resume' });
    expect(ended.rows.at(-1)!.effect).toBe('fiveNotAccepted');
    const more = series([...run, ...lots([0, 0, 0, 0, 0, 0], { audit: 'm', plan: tightened })]);
    expect(more).toMatchObject({ state: 'discontinued' });
    expect(more.rows.at(-1)!.effect).toBe('discontinued');
    expect(series([...run, resume])).toMatchObject({ state: 'tightened', proposal: null });
  });

  test('ten lots that pass the stricter plan propose reduced inspection; agreement alone enters it', () => {
    const nine = lots(Array(9).fill(1));
    expect(series(nine)).toMatchObject({ score: 27, proposal: null });
    expect(series([...nine, agree]).rows.at(-1)).toMatchObject({ effect: 'tooLate', after: 'normal' });
    const ten = [...nine, madeLot({ audit: 'tenth', defects: 1 })];
    expect(series(ten)).toMatchObject({ state: 'normal', score: 30, proposal: 'reduce' });
    expect(series([...ten, agree])).toMatchObject({ state: 'reduced', score: 0, proposal: null });
    expect(series([...ten, irregular])).toMatchObject({ state: 'normal', score: 30, proposal: null });
    expect(series([...ten, irregular, agree])).toMatchObject({ state: 'normal' });
  });

  test('two defects meet the plan and not the stricter one: the score starts again', () => {
    expect(series(lots([1, 1, 2])).rows.map(({ score }) => score)).toEqual([3, 6, 0]);
  });

  test('a double plan earns on its first sample only', () => {
    const plan = {
      scheme: 'double',
      double: { n1: 32, ac1: 0, re1: 3, n2: 32, ac2: 3, re2: 4 },
      acceptanceNumber: 3,
      rejectionNumber: 4,
    } as const;
    expect(series(lots([0, 0, 1], { plan })).rows.map(({ score }) => score)).toEqual([3, 6, 0]);
  });

  test('the single plan that stands for a double one in some cells goes on with its sequence', () => {
    const double = { n1: 32, ac1: 0, re1: 3, n2: 32, ac2: 3, re2: 4 };
    const run = series([
      madeLot({ audit: 'a', plan: { scheme: 'double', standard: 'ANSI/ASQ Z1.4, double', double } }),
      madeLot({ audit: 'b', plan: { scheme: 'z1.4', standard: 'ANSI/ASQ Z1.4' } }),
      madeLot({ audit: 'c', plan: {} }),
    ]);
    expect(run.rows.map(({ sequence }) => sequence)).toEqual([1, 1, 2]);
  });

  test('reduced inspection ends with a lot not accepted, in the gap of Z1.4, and with irregular production', () => {
    const start = [...lots(Array(10).fill(0)), agree];
    expect(series([...start, ...lots([bad], { audit: 'r', plan: reduced })])).toMatchObject({
      state: 'normal',
    });
    expect(series([...start, irregular])).toMatchObject({ state: 'normal' });
    expect(series([...start, ...lots([1], { audit: 'r', plan: reduced })])).toMatchObject({
      state: 'reduced',
    });
    const z14 = { scheme: 'z1.4', standard: 'ANSI/ASQ Z1.4' } as const;
    const gap = series([
      ...lots(Array(10).fill(0), { plan: z14 }),
      agree,
      ...lots([3], { audit: 'r', plan: { ...z14, ...reduced, rejectionNumber: 4 } }),
    ]);
    expect(gap).toMatchObject({ state: 'normal' });
    expect(gap.rows.at(-1)).toMatchObject({ effect: 'gap', before: 'reduced' });
  });

  test('resubmissions, pilots, lots on hold and plans of no table move nothing', () => {
    const still = series([
      madeLot({ audit: 'a', defects: bad, submission: 2 }),
      madeLot({ audit: 'b', defects: bad, isPilot: true }),
      madeLot({ audit: 'c', defects: bad, disposition: 'hold' }),
      madeLot({ audit: 'd', isUndecided: true, disposition: 'accept' }),
      madeLot({ audit: 'e', defects: bad, plan: { scheme: 'c0', aql: null, inspection: null } }),
    ]);
    expect(still).toMatchObject({ state: 'normal', score: 0, terms: null });
    expect(still.rows.map(({ effect }) => effect)).toEqual([
      'resubmission',
      'pilot',
      'waiting',
      'undecided',
      'otherPlan',
    ]);
  });

  test.each([
    { aql: '0.65' },
    { level: 'III' },
    { standard: 'ANSI/ASQ Z1.4' },
    { counts: 'defects' as const },
  ])('another %o begins a sequence; the old entries stay', (plan) => {
    const next = series([...lots([bad, bad]), madeLot({ audit: 'new', plan })]);
    expect(next).toMatchObject({ state: 'normal', terms: plan });
    expect(next.rows.map(({ sequence }) => sequence)).toEqual([1, 1, 2]);
    expect(next.rows.at(-1)!.before).toBe('normal');
  });

  test('a lot signed again counts at its first place with what it says last', () => {
    const first = madeLot({ audit: 'x', defects: bad });
    const again = madeLot({ audit: 'x', defects: 0, seq: 20, supersedes: 'a'.repeat(64) });
    const run = [first, ...lots([bad, 0])];
    expect(series(run)).toMatchObject({ state: 'tightened' });
    const corrected = series([...run, again]);
    expect(corrected).toMatchObject({ state: 'normal' });
    expect(corrected.rows).toHaveLength(3);
    expect(corrected.rows[0]!.entry).toMatchObject({ replaced: [{ seq: 9 }], lot: { signed: { seq: 20 } } });
  });

  test('a step that is taken back moves nothing and is kept', () => {
    const set: LedgerDraft = {
      type: 'state.set',
      data: { series: major, state: 'tightened', reason: 'slip' },
    };
    const back: LedgerDraft = { type: 'step.takenBack', data: { seq: 3, reason: 'wrong vendor' } };
    const undone = series([...lots([1]), set, back]);
    expect(undone).toMatchObject({ state: 'normal', score: 3 });
    expect(undone.rows.at(-1)).toMatchObject({
      effect: 'takenBack',
      entry: { takenBack: { reason: 'wrong vendor' } },
    });
  });
});

describe('who may enter what', () => {
  const ledger = foldLedger(madeLedger(lots([1, 1])))!;
  const code = (step: LedgerDraft, actor = manager, of = ledger) =>
    mayEnter(of, step as never, actor)?.code ?? null;

  test('leads and managers, with a reason, and only what is due', () => {
    expect(code(irregular, auditor)).toBe('ledger-needs-lead');
    expect(code({ type: 'production.observed', data: { isSteady: false, reason: ' ' } })).toBe(
      'reason-missing',
    );
    expect(code(irregular)).toBeNull();
    expect(code(agree)).toBe('ledger-reduced-not-due');
    expect(code(resume)).toBe('ledger-not-discontinued');
    expect(code({ type: 'state.set', data: { series: major, state: 'reduced', reason: 'x' } })).toBe(
      'ledger-reduced-by-score',
    );
    expect(code({ type: 'state.set', data: { series: major, state: 'normal', reason: 'x' } })).toBe(
      'ledger-says-so-already',
    );
    expect(code({ type: 'step.takenBack', data: { seq: 2, reason: 'x' } })).toBe('ledger-step-unknown');
    const cells = { sample: 'cells', severity: 'major' } as const;
    expect(code({ type: 'inspection.resumed', data: { series: cells, reason: 'x' } })).toBe(
      'ledger-series-unknown',
    );
  });

  test('what was taken back cannot be taken back again', () => {
    const back: LedgerDraft = { type: 'step.takenBack', data: { seq: 4, reason: 'slip' } };
    const drafts = [...lots([1, 1]), irregular];
    expect(code(back, manager, foldLedger(madeLedger(drafts))!)).toBeNull();
    expect(code(back, manager, foldLedger(madeLedger([...drafts, back]))!)).toBe('ledger-step-unknown');
  });
});

test('an entry is written with how its series stood', () => {
  const draft = madeLot({ audit: 'second', defects: bad });
  if (draft.type !== 'lot.decided') throw new Error(draft.type);
  const stood = withStandings(madeLedger(lots([bad])), draft.data, manager).decisions[0]!.stood;
  expect(stood).toEqual({ before: 'normal', after: 'tightened', score: 0 });
});

/** A random history, and what the literal reading is told of it. */
function history(seed: number): { drafts: LedgerDraft[]; entries: OracleEntry[] } {
  const random = seededRandom(seed);
  const chance = (share: number): boolean => random.next() < share;
  const drafts: LedgerDraft[] = [];
  const entries: OracleEntry[] = [];
  const add = (draft: LedgerDraft, entry: OracleEntry): void => {
    drafts.push(draft);
    entries.push(entry);
  };
  let badShare = random.next() ** 3 * 0.7;
  let aql = '1.5';
  let inspection: 'normal' | 'tightened' | 'reduced' = 'normal';
  for (let step = 0; step < 60; step++) {
    if (chance(0.1)) badShare = random.next() ** 3 * 0.7;
    if (chance(0.01)) aql = aql === '1.5' ? '1.0' : '1.5';
    // Mostly as the state asks for, so that every state is lived in.
    const { state, score } = oracleStates(entries).at(-1) ?? { state: 'normal' as const, score: 0 };
    inspection = chance(0.9) ? (state === 'discontinued' ? 'tightened' : state) : 'normal';
    const audit = `lot-${step}`;
    const [ac, re] = [
      { reduced: [1, chance(0.3) ? 4 : 2], tightened: [1, 2], normal: aql === '1.5' ? [2, 3] : [1, 2] },
    ].map((of) => of[inspection] as [number, number])[0]!;
    const defects = chance(badShare) ? re : random.integer(0, re - 1);
    const plan = { aql, inspection, acceptanceNumber: ac, rejectionNumber: re };
    const pick = score >= 30 && chance(0.5) ? 0.1 : random.next();
    if (pick < 0.06) add(madeLot({ audit, defects, plan, submission: 2 }), { kind: 'ignored' });
    else if (pick < 0.1) add(madeLot({ audit, defects, plan, disposition: 'hold' }), { kind: 'ignored' });
    else if (pick < 0.18) add(agree, { kind: 'agreed' });
    else if (pick < 0.24) add(resume, { kind: 'resumed' });
    else if (pick < 0.29) {
      const isSteady = chance(0.5);
      add({ type: 'production.observed', data: { isSteady, reason: 'seen' } }, { kind: 'steady', isSteady });
    } else if (pick < 0.3) {
      const state = chance(0.5) ? 'normal' : 'tightened';
      add({ type: 'state.set', data: { series: major, state, reason: 'said so' } }, { kind: 'set', state });
    } else {
      const tighterAc =
        inspection === 'tightened' ? ac : inspection === 'reduced' ? null : aql === '1.5' ? 1 : null;
      const lot = {
        kind: 'lot' as const,
        accepted: defects < re,
        ac,
        defects,
        tighterAc,
        inspection,
        terms: aql,
      };
      add(madeLot({ audit, defects, plan }), { ...lot, isInGap: defects > ac && defects < re });
    }
  }
  return { drafts, entries };
}

describe('against the standard read literally', () => {
  test('every state and score of 400 random histories', () => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= 400; seed++) {
      const { drafts, entries } = history(seed);
      const told = oracleStates(entries);
      const { rows } = series(drafts);
      expect(rows, `seed ${seed}`).toHaveLength(entries.length);
      const folded = rows.map(({ after, score }) => ({ state: after, score }));
      expect(folded, `seed ${seed}`).toEqual(told);
      for (const row of rows) seen.add(row.effect);
    }
    // The histories reach every rule, or agreeing on them would prove little.
    expect([...seen].sort()).toEqual(
      [
        ...[
          'agreed',
          'counted',
          'discontinued',
          'fiveAccepted',
          'fiveNotAccepted',
          'gap',
          'irregular',
          'laxer',
        ],
        ...['notAccepted', 'noted', 'resubmission', 'resumed', 'set', 'tooLate', 'twoOfFive', 'waiting'],
      ].sort(),
    );
  });

  test('decisions replaced later and steps taken back leave the history that never held them', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const random = seededRandom(seed + 5000);
      const { drafts } = history(seed);
      const detours: LedgerDraft[] = [];
      const later: LedgerDraft[] = [];
      for (const draft of drafts) {
        const wrong = draft.type === 'lot.decided' && random.next() < 0.15;
        if (wrong) {
          detours.push(madeLot({ audit: draft.data.audit, defects: random.integer(0, 9), seq: 1 }));
          later.push(draft);
        } else {
          detours.push(draft);
        }
        if (random.next() < 0.1) {
          detours.push({ type: 'state.set', data: { series: major, state: 'tightened', reason: 'slip' } });
          // The opening is entry 1.
          later.push({ type: 'step.takenBack', data: { seq: detours.length + 1, reason: 'slip' } });
        }
      }
      const plain = series(drafts);
      const detoured = series([...detours, ...later]);
      expect(detoured, `seed ${seed}`).toMatchObject({ state: plain.state, score: plain.score });
      const standing = detoured.rows.filter(({ effect }) => effect !== 'takenBack');
      expect(standing.map(({ after, score, effect }) => [after, score, effect])).toEqual(
        plain.rows.map(({ after, score, effect }) => [after, score, effect]),
      );
    }
  });
});

/** Known errors among the sample: where they come up, that nothing of them counts, and what is said of who judged them. */
import { describe, expect, test } from 'vitest';
import type { Actor, DrawnUnit, EventDraft, Seed } from '../../../shared/audit/events.ts';
import { mergeFork } from '../../../shared/audit/merge.ts';
import { askedFor, planOutcome } from '../../../shared/audit/outcome.ts';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import { auditorResults, errorsToProveMisses } from '../../../shared/audit/seedResults.ts';
import { livingSeeds, orderWithSeeds, visibleSeedVerdicts } from '../../../shared/audit/seedsShown.ts';
import type { AuditState, SeedVerdict } from '../../../shared/audit/state.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { AuditDesk, auditor, defaultSpec, defect, lead } from './auditDesk.ts';
import { makeIndex } from './makeIndex.ts';
import { labelled, seedsFor } from './seedLab.ts';

const index = makeIndex();
const labels = labelled(index);
const ben: Actor = { profile: 'p-4', name: 'Ben', role: 'auditor' };

const unitOf = (seed: Seed): DrawnUnit => ({
  id: seed.unit,
  kind: 'cuboid',
  scene: seed.scene,
  frame: seed.frame,
  label: seed.label,
  track: labels.get(seed.unit)!.track,
  className: seed.shown.className,
  stratum: seed.shown.className,
  probability: 1,
  isInspectable: true,
});

async function ready(count = 12): Promise<AuditDesk> {
  const desk = AuditDesk.ready(index);
  desk.record({ type: 'seeds.set', data: await seedsFor(desk, index, { count }) }, lead);
  return desk;
}

function said(seed: Seed, verdict: SeedVerdict['verdict'], ...codes: string[]): EventDraft {
  const defects = codes.map((code) => defect(code));
  return { type: 'seed.judged', data: { seed: seed.id, verdict, defects, durationMs: 5000 } };
}

describe('nothing of a known error counts', () => {
  test('outcome, verdicts, findings and what is left to judge are the same with and without', async () => {
    const random = seededRandom(5);
    for (let round = 0; round < 8; round++) {
      const plain = AuditDesk.ready(index);
      const seeded = await ready();
      for (const unit of plain.units) {
        const draft =
          random.next() < 0.1
            ? plain.verdict(unit.id, 'reject', defect('POS'))
            : plain.verdict(unit.id, 'accept');
        plain.record(draft);
        seeded.record(draft);
        const open = seeded.state!.seeds.filter(
          ({ id }) => !seeded.state!.seedVerdicts.some(({ seed }) => seed === id),
        );
        if (random.next() < 0.3 && open.length > 0) {
          const seed = open[random.integer(0, open.length - 1)]!;
          seeded.record(
            random.next() < 0.5 ? said(seed, 'accept') : said(seed, 'reject', 'GHOST', seed.codes[0]!),
          );
        }
      }
      expect(seeded.state!.seedVerdicts.length).toBeGreaterThan(3);
      const counted = ({ verdicts, findings, opinions, findingsNamed }: AuditState) => ({
        verdicts: [...verdicts].map(([unit, { verdict, defects }]) => ({ unit, verdict, defects })),
        opinions: [...opinions].map(([unit, all]) => ({ unit, all: all.length })),
        findings: findings.map(({ id, unit, defect: found, status }) => ({ id, unit, found, status })),
        findingsNamed,
      });
      expect(counted(seeded.state!)).toEqual(counted(plain.state!));
      expect(planOutcome(seeded.state!)).toEqual(planOutcome(plain.state!));
    }
  });
});

describe('where they come up', () => {
  test('in their natural places among the drawn units, whose own order stays', async () => {
    const desk = await ready();
    const plain = orderWithSeeds({ ...desk.state!, seeds: [] }, auditor.profile, index.delivery, unitOf);
    const order = orderWithSeeds(desk.state!, auditor.profile, index.delivery, unitOf);
    const drawn = new Set(desk.units.map(({ id }) => id));
    expect(order).toHaveLength(desk.units.length + 12);
    expect(order.filter(({ id }) => drawn.has(id))).toEqual(plain);
    const places = order.flatMap(({ id }, at) => (drawn.has(id) ? [] : [at]));
    // Not in a row at either end: mixed in.
    expect(new Set(places.map((at) => Math.floor((3 * at) / order.length)))).toEqual(new Set([0, 1, 2]));
  });

  test('under a sequential plan the draw keeps its order, and the plan counts drawn units alone', async () => {
    const terms = { p0: 0.02, p1: 0.1, alpha: 0.05, beta: 0.1, truncateAt: 60, designEffect: 1 };
    const spec: QaSpec = { ...defaultSpec, plans: [{ scheme: 'sprt', severity: 'major', ...terms }] };
    const [plain, desk] = [AuditDesk.ready(index, spec), AuditDesk.ready(index, spec)];
    desk.record({ type: 'seeds.set', data: await seedsFor(desk, index) }, lead);
    const order = orderWithSeeds(desk.state!, auditor.profile, index.delivery, unitOf);
    const drawn = new Set(desk.units.map(({ id }) => id));
    expect(order.map(({ id }) => id).filter((id) => drawn.has(id))).toEqual(desk.units.map(({ id }) => id));
    expect(order).toHaveLength(desk.units.length + 12);
    for (const { id } of order.slice(0, 40)) {
      if (drawn.has(id)) {
        for (const one of [plain, desk]) one.record(one.verdict(id, 'accept'));
      } else {
        desk.record(said(desk.state!.seeds.find(({ unit }) => unit === id)!, 'reject', 'POS'));
      }
      expect(askedFor(desk.state!)).toEqual(askedFor(plain.state!));
      expect(planOutcome(desk.state!)).toEqual(planOutcome(plain.state!));
    }
    expect(desk.state!.seedVerdicts.length).toBeGreaterThan(2);
  });

  test('put in after somebody began, none turns up among what she left behind', async () => {
    const desk = AuditDesk.ready(index);
    const order = orderWithSeeds(desk.state!, auditor.profile, index.delivery, unitOf);
    const half = Math.floor(order.length / 2);
    for (const { id } of order.slice(0, half)) desk.record(desk.verdict(id, 'accept'));
    desk.record({ type: 'seeds.set', data: await seedsFor(desk, index) }, lead);
    const mixed = orderWithSeeds(desk.state!, auditor.profile, index.delivery, unitOf);
    expect(mixed.slice(0, half)).toEqual(order.slice(0, half));
    expect(mixed.length).toBeGreaterThan(order.length);
    expect(mixed.length).toBeLessThan(order.length + 12);
    // Somebody who has not begun meets them all.
    expect(orderWithSeeds(desk.state!, ben.profile, index.delivery, unitOf)).toHaveLength(order.length + 12);
    // What was judged keeps its place, and a verdict given anew hides nothing.
    const seed = desk.state!.seeds.find(({ unit }) => mixed.some(({ id }) => id === unit))!;
    desk.record(said(seed, 'accept'));
    expect(orderWithSeeds(desk.state!, auditor.profile, index.delivery, unitOf)).toEqual(mixed);
  });

  test('not one that a later draw took into the sample, and none once the lot is signed', async () => {
    const desk = await ready(40);
    desk.freeze(index, undefined, 'a larger lot', 'f'.repeat(32));
    const drawn = new Set(desk.units.map(({ id }) => id));
    expect(desk.state!.seeds.some(({ unit }) => drawn.has(unit))).toBe(true);
    expect(livingSeeds(desk.state!).some(({ unit }) => drawn.has(unit))).toBe(false);
    const signed: AuditState = { ...desk.state!, phase: 'signed' };
    expect(livingSeeds(signed)).toEqual([]);
    // Asked again it is the same list: screens that read it must not be drawn for nothing.
    expect(livingSeeds(signed)).toBe(livingSeeds(signed));
    expect(livingSeeds(desk.state!)).toBe(livingSeeds(desk.state!));
    const [one] = desk.state!.seeds.filter(({ unit }) => !drawn.has(unit));
    const twice: AuditState = { ...desk.state!, seeds: [one!, { ...one!, id: 'K999' }] };
    expect(livingSeeds(twice)).toEqual([one]);
  });

  test('who leads sees what was said, an auditor her own after the lot is signed', async () => {
    const desk = await ready();
    const [first, second] = desk.state!.seeds;
    desk.record(said(first!, 'accept'));
    desk.record(said(second!, 'accept'), ben);
    const state = desk.state!;
    expect(visibleSeedVerdicts(state, lead)).toHaveLength(2);
    expect(visibleSeedVerdicts(state, auditor)).toEqual([]);
    expect(visibleSeedVerdicts(state, null)).toEqual([]);
    const signed: AuditState = { ...state, phase: 'signed' };
    expect(visibleSeedVerdicts(signed, auditor).map(({ by }) => by)).toEqual([auditor]);
  });
});

describe('how auditors do', () => {
  test('seen rightly, seen otherwise, missed and undecided are told apart, with exact intervals', async () => {
    const desk = await ready();
    const { seeds } = desk.state!;
    const shift = seeds.find(({ kind }) => kind === 'shift')!;
    const rest = seeds.filter((seed) => seed !== shift);
    desk.record(said(shift, 'reject', 'GHOST'));
    for (const seed of rest.slice(0, 8)) desk.record(said(seed, 'reject', seed.codes[0]!));
    desk.record(said(rest[8]!, 'accept'));
    desk.record(said(rest[9]!, 'unsure'));
    expect(desk.refuses(said(shift, 'accept'))?.code).toBe('seed-judged');
    const [row, none] = auditorResults(desk.state!, desk.state!.seedVerdicts);
    expect(none).toBeUndefined();
    expect(row).toMatchObject({ by: auditor, shown: 11, named: 8, misnamed: 1, missed: 1, undecided: 1 });
    expect(row!.miss).toMatchObject({ count: 1, of: 10 });
    // Clopper and Pearson for 1 of 10: tables of Fleiss, 0.0025 to 0.4450.
    expect(row!.miss.interval!.lower).toBeCloseTo(0.0025, 4);
    expect(row!.miss.interval!.upper).toBeCloseTo(0.445, 4);
    expect(row!.missLimit).toBe('open');
    expect(row!.effectiveness).toMatchObject({ count: 8, of: 11 });
    expect(row!.byKind.find(({ kind }) => kind === 'shift')!.misnamed).toBe(1);
    expect(row!.byKind.reduce((sum, { shown }) => sum + shown, 0)).toBe(11);
  });

  test('few errors prove little: so many seen without a miss would', async () => {
    // 1 - 0.025^(1/n) is at most 0.02 from n = 183 on.
    expect(errorsToProveMisses).toBe(183);
    const desk = await ready();
    for (const seed of desk.state!.seeds) desk.record(said(seed, 'accept'));
    const [row] = auditorResults(desk.state!, desk.state!.seedVerdicts);
    expect([row!.missLimit, row!.effectivenessLimit]).toEqual(['broken', 'broken']);
  });

  test('a false alarm is a reject of what a second person judged too and what stands as good', async () => {
    const desk = await ready();
    const [a, b, c, d, e] = desk.units.map(({ id }) => id);
    const give = (unit: string, verdict: 'accept' | 'reject', by: Actor, adjudicates?: number[]) => {
      const draft = desk.verdict(unit, verdict, ...(verdict === 'reject' ? [defect('POS')] : []));
      if (draft.type !== 'verdict.given') throw new Error('not a verdict');
      const data = { ...draft.data, isBlind: true, ...(adjudicates ? { adjudicates } : {}) };
      return desk.record({ ...draft, data }, by).seq;
    };
    const seqs = [give(a!, 'reject', auditor), give(a!, 'accept', ben)];
    give(b!, 'accept', auditor);
    give(b!, 'accept', ben);
    // Judged by herself alone, still differing, and bad to both: none of them can show a false alarm.
    give(c!, 'reject', auditor);
    give(d!, 'reject', auditor);
    give(d!, 'accept', ben);
    for (const by of [auditor, ben]) give(e!, 'reject', by);
    desk.record(said(desk.state!.seeds[0]!, 'accept'));
    const rowOf = (state: AuditState) => auditorResults(state, state.seedVerdicts)[0]!;
    expect(rowOf(desk.state!).falseAlarm).toMatchObject({ count: 0, of: 1 });
    give(a!, 'accept', lead, seqs);
    expect(rowOf(desk.state!).falseAlarm).toMatchObject({ count: 1, of: 2 });
    const overturned: AuditState = {
      ...desk.state!,
      findings: desk.state!.findings.map((finding) =>
        finding.unit === e ? { ...finding, status: 'overturned' } : finding,
      ),
    };
    expect(rowOf(overturned).falseAlarm).toMatchObject({ count: 2, of: 3 });
  });
});

describe('two copies of one audit', () => {
  test('what was said of known errors on both sides arrives once, under who said it', async () => {
    const base = await ready();
    const [ours, theirs] = [new AuditDesk(base.events), new AuditDesk(base.events)];
    const [first, second, third] = base.state!.seeds;
    ours.record(said(first!, 'accept'));
    theirs.record(said(first!, 'reject', 'POS'));
    theirs.record(said(second!, 'accept'), ben);
    theirs.record(said(third!, 'reject', 'POS'), ben);
    const merge = mergeFork(ours.events, theirs.events);
    if (!merge.ok) throw new Error(merge.problem.code);
    expect(merge.value.conflicts).toEqual([]);
    expect(merge.value.drafts.map(({ draft, actor }) => [draft.type, actor.profile])).toEqual([
      ['seed.judged', ben.profile],
      ['seed.judged', ben.profile],
    ]);
  });
});

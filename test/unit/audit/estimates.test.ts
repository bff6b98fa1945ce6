/** What the samples say of a lot: who gets an interval, rates by group, cells as clusters, scenes as clusters. */
import { describe, expect, test } from 'vitest';
import { clusterFacts, planForScenes } from '../../../shared/audit/clusters.ts';
import { combinedEstimate } from '../../../shared/audit/combinedEstimate.ts';
import { severityEstimates, withheldEstimates } from '../../../shared/audit/estimates.ts';
import type { DefectEntry, EventDraft } from '../../../shared/audit/events.ts';
import { groupRates } from '../../../shared/audit/groupRates.ts';
import { missedRates } from '../../../shared/audit/missedRates.ts';
import { planOutcome } from '../../../shared/audit/outcome.ts';
import type { PlanRule, QaSpec } from '../../../shared/audit/qaSpec.ts';
import { translator } from '../../../shared/messages/translate.ts';
import { parseCsv } from '../../../shared/report/csv.ts';
import { estimatesCsv } from '../../../shared/report/estimatesCsv.ts';
import { jsonRecord } from '../../../shared/report/records.ts';
import { stratifiedLimits, unequalLimits } from '../../../shared/sampling/effectiveLimits.ts';
import { finiteLotLimits, lotLimits, shareLimits } from '../../../shared/sampling/intervals.ts';
import { AuditDesk, defaultSpec, defect, labelsHash, missed } from './auditDesk.ts';
import { makeIndex } from './makeIndex.ts';

const index = makeIndex({ scenes: 6, framesPerScene: 5, cuboidsPerFrame: 40 });

const single: PlanRule = {
  scheme: 'iso2859-1',
  severity: 'minor',
  aql: '4.0',
  level: 'II',
  inspection: 'normal',
};
const stages = { n1: 20, ac1: 0, re1: 3, n2: 20, ac2: 3, re2: 4 };
const double: PlanRule = {
  scheme: 'double',
  severity: 'major',
  aql: null,
  level: 'II',
  inspection: 'normal',
  stages,
};
const sequential: PlanRule = {
  scheme: 'sprt',
  severity: 'major',
  p0: 0.02,
  p1: 0.15,
  alpha: 0.05,
  beta: 0.1,
  truncateAt: null,
  designEffect: 1,
};

function deskOf(plans: readonly PlanRule[], changes: Partial<QaSpec> = {}): AuditDesk {
  return AuditDesk.ready(index, { ...defaultSpec, plans: [...plans], ...changes });
}

/** Judges units from..to of the drawn order; those named are rejected. */
function judge(desk: AuditDesk, from: number, to: number, bad: Record<number, DefectEntry> = {}): void {
  for (let at = from; at < to; at += 1) {
    const found = bad[at];
    desk.record(desk.verdict(desk.units[at]!.id, found ? 'reject' : 'accept', ...(found ? [found] : [])));
  }
}

const of = (desk: AuditDesk, severity: string) => ({
  stated: severityEstimates(desk.state!).find((one) => one.sample === 'labels' && one.severity === severity),
  withheld: withheldEstimates(desk.state!).find(
    (one) => one.sample === 'labels' && one.severity === severity,
  ),
});

describe('an interval of a fixed number of units', () => {
  test('is stated once a plan’s own units are judged to the last, whatever becomes of the others', () => {
    const desk = deskOf([{ ...single, severity: 'major', aql: '1.0' }, single]);
    const [major, minor] = desk.state!.sample!.labels.plans.map(({ sampleSize }) => sampleSize);
    expect(major).toBe(minor);
    judge(desk, 0, major! - 1, { 3: defect('POS') });
    expect(of(desk, 'major').withheld).toMatchObject({ why: 'unfinished', judged: major! - 1 });
    judge(desk, major! - 1, major!);
    expect(of(desk, 'major').stated).toMatchObject({ found: 1, judged: major, bound: 'finite-lot' });
    const { lower, upper } = finiteLotLimits(1200, major!, 1, 0.95);
    expect(of(desk, 'major').stated).toMatchObject({ lower, upper });
  });

  test('is withheld by a plan stopped at its rejection number, and stated by a smaller one that was done', () => {
    const desk = deskOf([
      { scheme: 'c0', severity: 'critical', limitingRate: 0.02, confidence: 0.95 },
      { ...single, level: 'S-3' },
    ]);
    const [critical, minor] = desk.state!.sample!.labels.plans.map(({ sampleSize }) => sampleSize);
    expect(critical).toBeGreaterThan(minor!);
    judge(desk, 0, minor! + 2, { 1: defect('FLIP', 'critical') });
    expect(planOutcome(desk.state!)).toMatchObject({ outcome: 'not-met', stoppedEarly: true });
    expect(of(desk, 'critical').withheld).toMatchObject({ why: 'stopped', sampleSize: critical });
    expect(of(desk, 'minor').stated).toMatchObject({ found: 0, judged: minor });
    // Groups rest on the part that is done.
    expect(groupRates(desk.state!, 'class')!.units).toBe(minor);
  });

  test('a double plan that needed no second sample has none, and has one where the second was judged all the same', () => {
    const desk = deskOf([double, single]);
    judge(desk, 0, 20);
    expect(planOutcome(desk.state!).counts[0]).toMatchObject({ outcome: 'met', decidedAt: 20 });
    expect(of(desk, 'major').withheld).toMatchObject({ why: 'decided-early', sampleSize: 40 });
    judge(desk, 20, 40, { 30: defect('POS') });
    const { stated } = of(desk, 'major');
    // Over both samples, not over the twenty it decided on.
    expect(stated).toMatchObject({ found: 1, judged: 40 });
    expect(planOutcome(desk.state!).counts[0]).toMatchObject({ outcome: 'met', decidedAt: 20, judged: 20 });
  });

  test('a sequential plan that stopped early has none', () => {
    const desk = deskOf([sequential]);
    let at = 0;
    while (planOutcome(desk.state!).counts[0]!.outcome === 'undecidable') {
      judge(desk, at, at + 1);
      at += 1;
    }
    expect(at).toBeLessThan(desk.units.length);
    expect(of(desk, 'major').withheld).toMatchObject({ why: 'decided-early', judged: at });
    expect(groupRates(desk.state!, 'class')).toBeNull();
  });

  test('defects counted, a unit open: it may hold any number of them', () => {
    const desk = deskOf([{ ...single, counts: 'defects' }]);
    const { sampleSize } = desk.state!.sample!.labels.plans[0]!;
    judge(desk, 0, sampleSize - 1, { 0: defect('ATTR', 'minor') });
    const last = desk.units[sampleSize - 1]!.id;
    desk.record(desk.verdict(last, 'unsure'));
    expect(of(desk, 'minor').withheld).toMatchObject({ why: 'open-unbounded' });
    desk.record(desk.verdict(last, 'accept'));
    expect(of(desk, 'minor').stated).toMatchObject({ found: 1, bound: 'defect-counts', lotUpper: null });
  });

  test('nothing found: one-sided, and the same figure in both sentences', () => {
    const desk = deskOf([single]);
    desk.finish();
    const stated = of(desk, 'minor').stated!;
    expect(stated.upper).toBe(lotLimits(1200, stated.judged, 0, 0.95).upper);
    expect(stated.upper).toBe(stated.lotUpper!.rate);
  });
});

describe('rates by group', () => {
  const desk = deskOf([single]);
  const isCar = desk.units.map(({ className }) => className?.toLowerCase() === 'car');
  const bad = Object.fromEntries(
    desk.units.flatMap((_, at) => (isCar[at] ? [[at, defect(at % 2 ? 'POS' : 'YAW')]] : [])),
  );
  judge(desk, 0, desk.units.length, bad);

  test('by class from the worst to the best, what lies apart from chance is marked', () => {
    const { groups, overall, units } = groupRates(desk.state!, 'class')!;
    const cars = isCar.filter(Boolean).length;
    expect(units).toBe(desk.units.length);
    expect(groups[0]).toMatchObject({ found: cars, judged: cars, standsOut: 'above', upper: 1 });
    expect(groups.slice(1).every(({ found }) => found === 0)).toBe(true);
    expect(groups[1]!.upper).toBe(shareLimits(0, groups[1]!.judged, 0.95).upper);
    expect(overall).toMatchObject({ found: cars, bound: 'finite-lot' });
  });

  test('by distance from near to far, each unit in its band', () => {
    const { groups } = groupRates(desk.state!, 'range')!;
    expect(groups.map(({ key }) => key)).toEqual(['0-30', '30-60']);
    const near = desk.units.filter(({ rangeMeters }) => rangeMeters! < 30).length;
    expect(groups[0]!.judged).toBe(near);
    expect(groups.reduce((sum, { judged }) => sum + judged, 0)).toBe(desk.units.length);
  });

  test('a code’s rate is out of all units, and a unit that carries it twice counts once', () => {
    const { groups } = groupRates(desk.state!, 'code')!;
    expect(new Set(groups.map(({ key }) => key))).toEqual(new Set(['POS', 'YAW']));
    expect(groups.every(({ judged, standsOut }) => judged === desk.units.length && standsOut === null)).toBe(
      true,
    );
  });

  test('a record without distances gives none rather than those it has', () => {
    const state = desk.state!;
    const [first, ...rest] = state.sample!.labels.units;
    const { rangeMeters: _gone, ...bare } = first!;
    const old = {
      ...state,
      sample: { ...state.sample!, labels: { ...state.sample!.labels, units: [bare, ...rest] } },
    };
    expect(groupRates(old, 'range')).toBeNull();
    expect(groupRates(old, 'class')).not.toBeNull();
  });

  test('the table and the record hold the same numbers', () => {
    const [head, ...rows] = parseCsv(estimatesCsv(desk.state!, translator('en'))).map(({ cells }) => cells);
    expect(head).toHaveLength(9);
    const { groups } = groupRates(desk.state!, 'class')!;
    const car = rows.find((cells) => cells[1] === groups[0]!.key)!;
    expect(car.slice(2, 6)).toEqual([String(groups[0]!.found), String(groups[0]!.judged), '0', '1']);
    const record = JSON.parse(jsonRecord(desk.state!));
    expect(record.estimates.groups.class.groups[0]).toMatchObject({ key: groups[0]!.key });
    expect(record.estimates.withheld).toEqual(withheldEstimates(desk.state!));
    expect(record.combinedEstimate).toBeNull();
  });
});

test('a stratified draw is weighed by its strata once it is judged whole, extras and all', () => {
  const draw = { design: 'stratified', strata: ['class'], minimumPerStratum: 25 } as const;
  const rare = makeIndex({
    scenes: 6,
    cuboidsPerFrame: 40,
    row: (_, number) => ({ className: number === 0 ? 'Truck' : 'Car' }),
  });
  const spec: QaSpec = { ...defaultSpec, plans: [single], draw: { ...draw, strata: [...draw.strata] } };
  const desk = AuditDesk.ready(rare, spec);
  const { strata, plans, units } = desk.state!.sample!.labels;
  expect(units.length).toBeGreaterThan(plans[0]!.sampleSize);
  judge(desk, 0, plans[0]!.sampleSize);
  expect(of(desk, 'minor').stated).toMatchObject({ judged: plans[0]!.sampleSize, bound: 'finite-lot' });
  const bad = units.flatMap(({ className }, at) =>
    at >= plans[0]!.sampleSize && /truck/i.test(className!) ? [at] : [],
  );
  const found = Object.fromEntries(bad.map((at) => [at, defect('ATTR', 'minor')]));
  judge(desk, plans[0]!.sampleSize, units.length, found);
  const { stated } = of(desk, 'minor');
  const counts = strata!.map(({ name, population }) => ({
    population,
    drawn: units.filter(({ stratum }) => stratum === name).length,
    defects: units.filter(({ stratum }, at) => stratum === name && found[at]).length,
  }));
  const { rate, lower, upper } = stratifiedLimits(counts, 0.95)!;
  expect(stated).toMatchObject({ found: bad.length, judged: units.length, share: rate, lower, upper });
  // Rare trucks were drawn far beyond their share: the plain share would make the lot look much worse.
  expect(stated!.share).toBeLessThan(bad.length / units.length / 2);
});

describe('missed objects', () => {
  const desk = deskOf([single]);
  judge(desk, 0, desk.units.length);

  test('wait for the last cell', () => {
    for (const { id } of desk.cells.slice(0, -1)) desk.record(desk.cell(id, [], 6));
    expect(missedRates(desk.state!)).toBeNull();
    desk.record(desk.cell(desk.cells.at(-1)!.id, [missed('a'), missed('b')], 2));
    const { overall, byRange, byScene } = missedRates(desk.state!)!;
    const objects = 6 * (desk.cells.length - 1) + 4;
    expect(overall).toMatchObject({ found: 2, judged: objects, cells: desk.cells.length });
    // Both in one cell: worth fewer than as many objects seen one by one.
    expect(overall!.upper).toBeGreaterThan(shareLimits(2, objects, 0.95).upper);
    expect(overall!.effectiveN).toBeLessThan(objects);
    expect(byRange.reduce((sum, { found }) => sum + found, 0)).toBe(2);
    expect(byScene.reduce((sum, { judged }) => sum + judged, 0)).toBe(objects);
  });
});

describe('few scenes', () => {
  test('defects that lie in one scene make the units worth less than scenes usually do', () => {
    const desk = deskOf([single]);
    const scene = desk.units[0]!.scene;
    const bad = Object.fromEntries(
      desk.units.flatMap((unit, at) => (unit.scene === scene ? [[at, defect('ATTR', 'minor')]] : [])),
    );
    const before = clusterFacts(desk.state!)!;
    expect(before).toMatchObject({ scenes: 6, isMeasured: false, measured: [], isWarning: true });
    judge(desk, 0, desk.units.length, bad);
    const facts = clusterFacts(desk.state!)!;
    expect(facts.isMeasured).toBe(true);
    expect(facts.deff).toBeGreaterThan(5);
    expect(facts.effectiveN).toBeLessThan(facts.predicted.effectiveN);
    expect(facts.measured.find(({ severity }) => severity === 'critical')).toMatchObject({
      found: 0,
      deff: null,
    });
  });

  test('tracks drawn twice are named; a plan with the same risks asks for more units', () => {
    const desk = deskOf([single]);
    const { repeatedTracks } = clusterFacts(desk.state!)!;
    const tracks = desk.units.map(({ track }) => track!);
    const repeated = tracks.filter((track) => tracks.filter((other) => other === track).length > 1);
    expect(repeatedTracks).toEqual({ tracks: new Set(repeated).size, units: repeated.length });
    const plan = desk.state!.sample!.labels.plans[0]!;
    const other = planForScenes(plan, 30, 0.05)!;
    expect(other.n).toBeGreaterThan(plan.sampleSize);
    expect(planForScenes({ ...plan, counts: 'defects' }, 30)).toBeNull();
  });
});

describe('targets drawn with known chances', () => {
  const draw = (population: string) => ({
    prng: 'assay-xoshiro128ss-1',
    seed: '000102030405060708090a0b0c0d0e0f',
    population: 1200,
    populationHash: population,
    weights: 'points',
    weightsHash: labelsHash,
  });

  function queued(
    desk: AuditDesk,
    population: string,
    probability: (at: number) => number | null,
  ): EventDraft {
    const drawn = new Set(desk.units.map(({ id }) => id));
    const frames = [...index.delivery.frameIds];
    const free = frames.flatMap((frame) => [0, 7, 14].map((n) => `${frame}|label-${n}`));
    const units = free.filter((id) => !drawn.has(id)).slice(0, 24);
    const targets = units.map((unit, at) => ({
      ...{ id: `t${at}`, unit, kind: 'cuboid' as const, scene: 'scene0', frame: unit.split('|')[0]! },
      ...{ label: unit.split('|')[1]!, track: null, className: 'car', isInspectable: true },
      ...{ source: 'draw' as const, reason: 'few points', probability: probability(at) },
    }));
    return { type: 'targets.queued', data: { targets, draw: draw(population) } };
  }

  function say(desk: AuditDesk, from: number, to: number, bad: readonly number[]): void {
    for (let at = from; at < to; at += 1) {
      const isBad = bad.includes(at);
      const defects = isBad ? [defect('POS')] : [];
      const verdict = isBad ? ('reject' as const) : ('accept' as const);
      desk.record({
        type: 'target.judged',
        data: { target: `t${at}`, verdict, defects, comment: '', evidence: null, durationMs: 3000 },
      });
    }
  }

  test('wait for the last of the draw, stand beside the sample, and are combined where the lot is the same', () => {
    const desk = deskOf([single]);
    judge(desk, 0, desk.units.length, { 2: defect('POS') });
    expect(combinedEstimate(desk.state!)).toBeNull();
    const chance = (at: number): number => (at % 2 ? 0.05 : 0.2);
    desk.record(queued(desk, desk.state!.sample!.labels.populationHash, chance));
    say(desk, 0, 23, [0, 5]);
    expect(combinedEstimate(desk.state!)).toMatchObject({ targets: [], unfinished: 1, combined: null });
    say(desk, 23, 24, []);
    const { sample, targets, combined } = combinedEstimate(desk.state!)!;
    const chances = Array.from({ length: 24 }, (_, at) => chance(at));
    const y = chances.map((_, at) => (at === 0 || at === 5 ? 1 : 0));
    const limits = unequalLimits(chances, y, 0.95)!;
    expect(targets[0]!.rate).toMatchObject({ found: 2, judged: 24, share: limits.rate, upper: limits.upper });
    expect(targets[0]!.total).toBeCloseTo(1 / 0.2 + 1 / 0.05, 9);
    expect(combined!.rate).toBeGreaterThan(sample!.share);
    expect(combined!.rate).toBeLessThan(targets[0]!.rate.share);
    // The sample's own estimate and the outcome of the plan know nothing of them.
    expect(severityEstimates(desk.state!)).toHaveLength(1);
  });

  test('of another lot they are not combined', () => {
    const desk = deskOf([single]);
    judge(desk, 0, desk.units.length);
    desk.record(queued(desk, labelsHash, () => 0.1));
    say(desk, 0, 24, [1]);
    expect(combinedEstimate(desk.state!)).toMatchObject({ combined: null, unfinished: 0 });
  });
});

/** The fold: stable finding ids, and incremental folding equal to folding from nothing. */
import { describe, expect, test } from 'vitest';
import { statingBlindness } from '../../../shared/audit/blind.ts';
import { differing } from '../../../shared/audit/disagreement.ts';
import type { Actor, DefectEntry } from '../../../shared/audit/events.ts';
import { fold, foldAll } from '../../../shared/audit/fold.ts';
import { ownVerdict } from '../../../shared/audit/opinions.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import { type SeededRandom, seededRandom } from '../../support/seededRandom.ts';
import { AuditDesk, auditor, defect, labelsHash, lead, missed } from './auditDesk.ts';
import { makeIndex } from './makeIndex.ts';

const index = makeIndex({ cuboidsPerFrame: 12 });
const second: Actor = { profile: 'p-4', name: 'Ben Auditor', role: 'auditor' };

/** One random step of a person's work, whatever the rules allow now. */
function randomStep(desk: AuditDesk, random: SeededRandom, round: number): void {
  const unit = desk.units[random.integer(0, 15)]!.id;
  const cell = desk.cells[random.integer(0, 5)]!.id;
  const verdict = desk.state!.verdicts.get(unit);
  const judgedCell = desk.state!.cellVerdicts.get(cell);
  const choices = [
    () => desk.record(desk.verdict(unit, 'accept')),
    () => desk.record(desk.verdict(unit, 'reject', defect('GHOST'))),
    () => desk.record(desk.verdict(unit, 'reject', defect('CLS'), defect('ATTR', 'minor'))),
    () => desk.record(desk.verdict(unit, 'sensor-limited', defect('SYNC'))),
    () => desk.record(desk.verdict(unit, 'unsure')),
    () => verdict && desk.record({ type: 'verdict.undone', data: { unit, seq: verdict.seq } }, verdict.by),
    () => desk.record(desk.cell(cell, [missed('a'), missed('b', 'critical')].slice(random.integer(0, 2)))),
    () => judgedCell && desk.record({ type: 'cell.undone', data: { cell, seq: judgedCell.seq } }),
    () => note(desk, `n${round}`),
    () => withdraw(desk),
    () => desk.record({ type: 'standing.shown', data: { isShown: random.next() < 0.5 } }, lead),
    () => random.next() < 0.2 && desk.freeze(index, undefined, 'a second draw', randomSeed(random)),
    () => secondOpinion(desk, unit, 'accept'),
    () => secondOpinion(desk, unit, 'reject', defect('GHOST', 'critical')),
    () => takeBackOwn(desk, unit),
    () => rule(desk, unit),
    () => repeatOwn(desk, unit),
    () => desk.record({ type: 'blind.set', data: { isBlind: random.next() < 0.5 } }, lead),
  ];
  choices[random.integer(0, choices.length - 1)]!();
}

/** As verdicts are recorded now: they say whether they were given blind, so that others' stay beside them. */
function secondOpinion(
  desk: AuditDesk,
  unit: string,
  verdict: 'accept' | 'reject',
  ...defects: DefectEntry[]
): void {
  const draft = desk.verdict(unit, verdict, ...defects);
  desk.record(statingBlindness(desk.state!, second.profile, draft), second);
}

function takeBackOwn(desk: AuditDesk, unit: string): void {
  const own = ownVerdict(desk.state!, second.profile, unit);
  if (own) desk.record({ type: 'verdict.undone', data: { unit, seq: own.seq } }, second);
}

function rule(desk: AuditDesk, unit: string): void {
  const seqs = differing(desk.state!.opinions.get(unit)).map(({ seq }) => seq);
  const draft = desk.verdict(unit, 'accept');
  if (draft.type !== 'verdict.given' || seqs.length === 0) return;
  desk.record({ ...draft, data: { ...draft.data, isBlind: false, adjudicates: seqs } }, lead);
}

function repeatOwn(desk: AuditDesk, unit: string): void {
  if (!ownVerdict(desk.state!, auditor.profile, unit)) return;
  desk.record({ type: 'repeat.judged', data: { unit, verdict: 'unsure', defects: [], durationMs: 2000 } });
}

function randomSeed(random: SeededRandom): string {
  return Array.from({ length: 32 }, () => random.integer(0, 15).toString(16)).join('');
}

function note(desk: AuditDesk, id: string): void {
  const place = { scene: 'scene0', frame: 'scene0-0001', label: 'label-3', track: null, evidence: null };
  desk.record({ type: 'finding.noted', data: { id, source: 'beside', ...place, defect: defect('MISS') } });
}

function withdraw(desk: AuditDesk): void {
  const finding = desk.state!.findings.find(({ source }) => source === 'beside');
  if (finding)
    desk.record({ type: 'finding.withdrawn', data: { finding: finding.id, reason: 'looked again' } });
}

/** What a fold must never break, checked against the state's own parts. */
function expectSound(state: AuditState): void {
  const ids = state.findings.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every((id) => Number(id.slice(1)) <= state.findingsNamed)).toBe(true);
  const drawn = new Set(state.sample?.labels.units.map(({ id }) => id));
  expect([...state.verdicts.keys()].every((unit) => drawn.has(unit))).toBe(true);
  expect([...state.opinions.keys()].sort()).toEqual([...state.verdicts.keys()].sort());
  for (const [unit, opinions] of state.opinions) {
    expect(state.verdicts.get(unit)).toBe(opinions.at(-1));
    expect(opinions.every(({ seq }, at) => at === 0 || seq > opinions[at - 1]!.seq)).toBe(true);
    const plain = opinions.filter(({ adjudicates }) => !adjudicates).map(({ by }) => by.profile);
    expect(new Set(plain).size).toBe(plain.length);
  }
  const named = [...state.verdicts.values()]
    .filter(({ verdict }) => verdict === 'reject')
    .flatMap(({ unit, defects }) => defects.map(({ code }) => `${unit} ${code}`));
  const found = state.findings
    .filter(({ source }) => source === 'sample')
    .map(({ unit, defect: { code } }) => `${unit} ${code}`);
  expect(found.sort()).toEqual(named.sort());
  const missedIds = [...state.cellVerdicts.values()].flatMap(({ cell, missed: gone }) =>
    gone.map(({ id }) => `${cell} ${id}`),
  );
  const cells = state.findings
    .filter(({ source }) => source === 'cell')
    .map(({ unit, key }) => `${unit} ${key}`);
  expect(cells.sort()).toEqual(missedIds.sort());
}

describe('the fold', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('random work of seed %i: incremental equals from scratch', (seed) => {
    const random = seededRandom(seed);
    const desk = AuditDesk.ready(index);
    const states = new Map<number, AuditState>();
    for (let round = 0; round < 240; round += 1) {
      randomStep(desk, random, round);
      expectSound(desk.state!);
      if (round % 20 === 0) states.set(desk.events.length, structuredClone(desk.state!));
    }
    expect(foldAll(desk.events)).toEqual(desk.state);
    // Folding on from any earlier state gives the same, and earlier states were not written to.
    for (const [count, state] of states) {
      const earlier = foldAll(desk.events.slice(0, count))!;
      expect(earlier).toEqual(state);
      expect(foldAll(desk.events.slice(count), earlier)).toEqual(desk.state);
      expect(earlier).toEqual(state);
    }
  });

  test('an untouched part keeps its identity', () => {
    const desk = AuditDesk.ready(index);
    const before = desk.state!;
    desk.record(desk.verdict(desk.units[0]!.id, 'accept'));
    const after = desk.state!;
    expect(after.verdicts).not.toBe(before.verdicts);
    for (const part of ['sample', 'spec', 'findings', 'cellVerdicts', 'intake', 'draws'] as const) {
      expect(after[part]).toBe(before[part]);
    }
  });

  test('judging again keeps the id of the same defect, and an undone id is never given again', () => {
    const desk = AuditDesk.ready(index);
    const [first, second] = desk.units.map(({ id }) => id) as [string, string];
    const ids = (): string[] => desk.state!.findings.map(({ id, defect: { code } }) => `${id} ${code}`);
    desk.record(desk.verdict(first, 'reject', defect('GHOST'), defect('ATTR', 'minor')));
    desk.record(desk.verdict(second, 'reject', defect('DUP')));
    expect(ids()).toEqual(['F0001 GHOST', 'F0002 ATTR', 'F0003 DUP']);
    desk.record(desk.verdict(first, 'reject', defect('CLS'), defect('GHOST', 'critical')));
    expect(ids()).toEqual(['F0001 GHOST', 'F0003 DUP', 'F0004 CLS']);
    expect(desk.state!.findings[0]!.defect.severity).toBe('critical');
    desk.record({
      type: 'verdict.undone',
      data: { unit: second, seq: desk.state!.verdicts.get(second)!.seq },
    });
    desk.record(desk.verdict(second, 'reject', defect('DUP')));
    expect(ids()).toEqual(['F0001 GHOST', 'F0004 CLS', 'F0005 DUP']);
    desk.record(desk.verdict(first, 'accept'));
    expect(ids()).toEqual(['F0005 DUP']);
  });

  test('missed objects of a cell become findings and keep their ids by their own', () => {
    const desk = AuditDesk.ready(index);
    const cell = desk.cells[0]!.id;
    desk.record(desk.cell(cell, [missed('a'), missed('b')]));
    desk.record(desk.cell(cell, [missed('b', 'critical'), missed('c')]));
    const rows = desk.state!.findings.map(({ id, key, source, unit, className }) => [
      id,
      key,
      source,
      unit,
      className,
    ]);
    expect(rows).toEqual([
      ['F0002', 'b', 'cell', cell, 'car'],
      ['F0003', 'c', 'cell', cell, 'car'],
    ]);
  });

  test('faults of the sensor data are no findings for the vendor', () => {
    const desk = AuditDesk.ready(index);
    desk.record(desk.verdict(desk.units[0]!.id, 'sensor-limited', defect('CALIB')));
    expect(desk.state!.findings).toEqual([]);
  });

  test('a re-plan keeps verdicts on units drawn again and turns the rest into targeted findings', () => {
    const desk = AuditDesk.ready(index);
    const before = desk.units.map(({ id }) => id);
    for (const id of before) desk.record(desk.verdict(id, 'reject', defect('GHOST')));
    desk.freeze(index, undefined, 'the first seed was seen by the vendor', 'f'.repeat(32));
    const { verdicts, findings, draws } = desk.state!;
    const again = desk.units.filter(({ id }) => before.includes(id)).length;
    expect(again).toBeGreaterThan(0);
    expect(again).toBeLessThan(before.length);
    expect(verdicts.size).toBe(again);
    expect(findings).toHaveLength(before.length);
    expect(findings.filter(({ source }) => source === 'sample')).toHaveLength(again);
    expect(findings.filter(({ source }) => source === 'targeted').every(({ unit }) => unit === null)).toBe(
      true,
    );
    expect(draws.map(({ reason }) => reason)).toEqual([null, 'the first seed was seen by the vendor']);
  });

  test('only an opening begins an audit', () => {
    const desk = AuditDesk.ready(index);
    expect(() => fold(null, desk.events[1]!)).toThrow('opens with audit.opened');
    expect(foldAll([])).toBeNull();
  });

  test('the delivery, the intake and the order that arrived are replaced as a whole', () => {
    const desk = AuditDesk.ready(index);
    const { delivery, intake } = desk.state!;
    desk.record({ type: 'delivery.attached', data: { delivery: { ...delivery, path: 'E:/0142' } } });
    desk.record({ type: 'intake.changed', data: { intake: { ...intake, dueOn: null } } });
    desk.record({ type: 'order.compared', data: { order: 'o.json', missing: ['f9'], unexpected: [] } });
    expect(desk.state).toMatchObject({ delivery: { path: 'E:/0142', labelsHash }, intake: { dueOn: null } });
    expect(desk.state!.order?.missing).toEqual(['f9']);
    expect(desk.state!.lastAt).toBe(desk.events.at(-1)!.at);
    expect(desk.events.at(-1)!.actor).toEqual(auditor);
  });
});

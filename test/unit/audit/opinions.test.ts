/** Several people's verdicts on one unit: whose stands, what taking one back brings back, and records from before. */
import { describe, expect, test } from 'vitest';
import type { Actor, EventDraft } from '../../../shared/audit/events.ts';
import { fold, foldAll } from '../../../shared/audit/fold.ts';
import { judgementOf, ownVerdict } from '../../../shared/audit/opinions.ts';
import { AuditDesk, auditor, defect, lead } from './auditDesk.ts';
import { makeIndex } from './makeIndex.ts';

const index = makeIndex({ cuboidsPerFrame: 12 });
const other: Actor = { profile: 'p-4', name: 'Ben Auditor', role: 'auditor' };

/** A verdict as it is recorded now: it says whether it was given blind. */
function said(draft: EventDraft, isBlind = false): EventDraft {
  if (draft.type !== 'verdict.given') throw new Error('not a verdict');
  return { ...draft, data: { ...draft.data, isBlind } };
}

function opinionsOn(desk: AuditDesk, unit: string): string[] {
  return (desk.state!.opinions.get(unit) ?? []).map(({ by, verdict }) => `${by.profile} ${verdict}`);
}

function codes(desk: AuditDesk): string[] {
  return desk.state!.findings.map(({ id, defect: { code }, by }) => `${id} ${code} ${by.profile}`);
}

function undo(desk: AuditDesk, unit: string, of: Actor, by: Actor = of): void {
  const { seq } = ownVerdict(desk.state!, of.profile, unit)!;
  desk.record({ type: 'verdict.undone', data: { unit, seq } }, by);
}

describe('opinions', () => {
  test('each person has one, the newest is the unit’s own and names its findings', () => {
    const desk = AuditDesk.ready(index);
    const unit = desk.units[0]!.id;
    desk.record(said(desk.verdict(unit, 'reject', defect('GHOST'))));
    desk.record(said(desk.verdict(unit, 'accept')), other);
    expect(opinionsOn(desk, unit)).toEqual(['p-1 reject', 'p-4 accept']);
    expect(codes(desk)).toEqual([]);
    desk.record(said(desk.verdict(unit, 'reject', defect('CLS'))));
    expect(opinionsOn(desk, unit)).toEqual(['p-4 accept', 'p-1 reject']);
    expect(desk.state!.verdicts.get(unit)).toBe(desk.state!.opinions.get(unit)!.at(-1));
    expect(codes(desk)).toEqual(['F0002 CLS p-1']);
    expect(ownVerdict(desk.state!, 'p-4', unit)!.verdict).toBe('accept');
    expect(ownVerdict(desk.state!, 'nobody', unit)).toBeNull();
  });

  test('taking the newest back brings the former person’s verdict and its findings back', () => {
    const desk = AuditDesk.ready(index);
    const unit = desk.units[0]!.id;
    desk.record(said(desk.verdict(unit, 'reject', defect('GHOST'))));
    desk.record(said(desk.verdict(unit, 'accept')), other);
    undo(desk, unit, other);
    expect(desk.state!.verdicts.get(unit)).toMatchObject({ verdict: 'reject', by: auditor });
    // An id is never given twice, not even to the same finding.
    expect(codes(desk)).toEqual(['F0002 GHOST p-1']);
    undo(desk, unit, auditor);
    expect(desk.state!.verdicts.has(unit)).toBe(false);
    expect(desk.state!.opinions.has(unit)).toBe(false);
    expect(desk.state!.findings).toEqual([]);
  });

  test('taking back one that is not the unit’s own leaves verdict and findings as they are', () => {
    const desk = AuditDesk.ready(index);
    const unit = desk.units[0]!.id;
    desk.record(said(desk.verdict(unit, 'accept')));
    desk.record(said(desk.verdict(unit, 'reject', defect('GHOST'))), other);
    const { verdicts, findings } = desk.state!;
    undo(desk, unit, auditor);
    expect(opinionsOn(desk, unit)).toEqual(['p-4 reject']);
    expect(desk.state!.verdicts).toBe(verdicts);
    expect(desk.state!.findings).toBe(findings);
  });

  test('who may take back what', () => {
    const desk = AuditDesk.ready(index);
    const unit = desk.units[0]!.id;
    desk.record(said(desk.verdict(unit, 'accept')));
    desk.record(said(desk.verdict(unit, 'accept')), other);
    const seqOf = (by: Actor): number => ownVerdict(desk.state!, by.profile, unit)!.seq;
    const undone = (seq: number): EventDraft => ({ type: 'verdict.undone', data: { unit, seq } });
    expect(desk.refuses(undone(seqOf(auditor)), auditor)).toBeNull();
    expect(desk.refuses(undone(seqOf(auditor)), other)?.code).toBe('undo-of-another');
    expect(desk.refuses(undone(seqOf(other)), auditor)).toBeNull();
    expect(desk.refuses(undone(3), auditor)?.code).toBe('verdict-not-standing');
    desk.record({ type: 'blind.set', data: { isBlind: true } }, lead);
    expect(desk.refuses(undone(seqOf(other)), auditor)?.code).toBe('undo-of-another');
    expect(desk.refuses(undone(seqOf(other)), lead)).toBeNull();
  });

  test('a ruling stands beside its author’s own verdict, and taking it back leaves the disagreement', () => {
    const desk = AuditDesk.ready(index);
    const unit = desk.units[0]!.id;
    desk.record(said(desk.verdict(unit, 'accept')));
    desk.record(said(desk.verdict(unit, 'reject', defect('GHOST'))), lead);
    const adjudicates = desk.state!.opinions.get(unit)!.map(({ seq }) => seq);
    const ruling = said(desk.verdict(unit, 'accept'));
    if (ruling.type !== 'verdict.given') throw new Error('not a verdict');
    desk.record({ ...ruling, data: { ...ruling.data, adjudicates } }, lead);
    expect(opinionsOn(desk, unit)).toEqual(['p-1 accept', 'p-2 reject', 'p-2 accept']);
    undo(desk, unit, lead);
    expect(opinionsOn(desk, unit)).toEqual(['p-1 accept', 'p-2 reject']);
    // Judging again is her word from now on, ruling and all.
    desk.record({ ...ruling, data: { ...ruling.data, adjudicates } }, lead);
    desk.record(said(desk.verdict(unit, 'accept')), lead);
    expect(opinionsOn(desk, unit)).toEqual(['p-1 accept', 'p-2 accept']);
  });

  test('verdicts on units drawn again stand, the others leave', () => {
    const desk = AuditDesk.ready(index);
    for (const { id } of desk.units) desk.record(said(desk.verdict(id, 'accept')));
    desk.freeze(index, undefined, 'another draw', 'e'.repeat(32));
    const drawn = new Set(desk.units.map(({ id }) => id));
    expect([...desk.state!.opinions.keys()].every((unit) => drawn.has(unit))).toBe(true);
    expect([...desk.state!.opinions.keys()]).toEqual([...desk.state!.verdicts.keys()]);
  });

  test('records from before opinions were kept apart: the last verdict replaces, and undoing it leaves none', () => {
    const desk = AuditDesk.ready(index);
    const unit = desk.units[0]!.id;
    desk.record(desk.verdict(unit, 'reject', defect('GHOST')));
    desk.record(desk.verdict(unit, 'accept'), lead);
    expect(opinionsOn(desk, unit)).toEqual(['p-2 accept']);
    undo(desk, unit, lead);
    expect(desk.state!.verdicts.has(unit)).toBe(false);
    expect(foldAll(desk.events)).toEqual(desk.state);
  });

  test('an undo of something unknown changes nothing', () => {
    const desk = AuditDesk.ready(index);
    const unit = desk.units[0]!.id;
    desk.record(said(desk.verdict(unit, 'accept')));
    const { seq, head: prev, lastAt: at } = desk.state!;
    const event = { type: 'verdict.undone', data: { unit, seq: 2 }, actor: auditor } as const;
    const after = fold(desk.state, { ...event, seq: seq + 1, at, prev, hash: 'f'.repeat(64) });
    expect(after.opinions).toBe(desk.state!.opinions);
    expect(after.verdicts).toBe(desk.state!.verdicts);
  });

  test('ten thousand verdicts of two people fold into one list for each unit', () => {
    const desk = AuditDesk.ready(makeIndex({ cuboidsPerFrame: 200 }));
    const start = desk.events;
    const units = desk.units.map(({ id }) => id);
    const draft = said(desk.verdict(units[0]!, 'accept'), true);
    const many = Array.from({ length: 10_000 }, (_, at) => ({
      ...draft,
      data: { ...draft.data, unit: units[at % units.length]! },
      seq: start.length + 1 + at,
      at: '2026-02-02T00:00:00.000Z',
      actor: at % 2 === 0 ? auditor : other,
      prev: '',
      hash: '',
    })) as typeof start;
    const state = foldAll([...start, ...many])!;
    expect(state.opinions.size).toBe(units.length);
    expect([...state.opinions.values()].every((opinions) => opinions.length <= 2)).toBe(true);
    expect(state.verdicts.size).toBe(units.length);
  });
});

test.each([
  ['accept', [], 'accept'],
  ['reject', [defect('ATTR', 'minor'), defect('GHOST', 'critical')], 'reject-critical'],
  ['reject', [defect('ATTR', 'minor')], 'reject-minor'],
  ['sensor-limited', [defect('SYNC')], 'sensor-limited'],
  ['unsure', [], 'undecided'],
  ['uninspectable', [], 'undecided'],
] as const)('%s with %j says %s', (verdict, defects, judgement) => {
  expect(judgementOf({ verdict, defects: [...defects] })).toBe(judgement);
});

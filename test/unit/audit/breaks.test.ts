/** Going on after a break: which units are shown once more, and what changed meanwhile. */
import { describe, expect, test } from 'vitest';
import { changedSince, repeatsDue } from '../../../shared/audit/breaks.ts';
import type { Actor } from '../../../shared/audit/events.ts';
import { AuditDesk, auditor, defect, lead } from './auditDesk.ts';
import { makeIndex } from './makeIndex.ts';

const index = makeIndex({ cuboidsPerFrame: 12 });
const ben: Actor = { profile: 'p-4', name: 'Ben', role: 'auditor' };
const start = Date.UTC(2026, 1, 3, 9);
const minutes = (count: number): string => new Date(start + count * 60_000).toISOString();

/** Judges units `from` up to `to`, one a minute, beginning at minute `first`. */
function judge(desk: AuditDesk, from: number, to: number, first: number, by: Actor = auditor): void {
  for (let at = from; at < to; at += 1) {
    const draft = desk.verdict(desk.units[at]!.id, 'accept');
    if (draft.type !== 'verdict.given') throw new Error('not a verdict');
    desk.record({ ...draft, data: { ...draft.data, isBlind: true } }, by, minutes(first + at - from));
  }
}

function repeat(desk: AuditDesk, unit: string, at: string): void {
  const data = { unit, verdict: 'accept' as const, defects: [], durationMs: 3000 };
  desk.record({ type: 'repeat.judged', data }, auditor, at);
}

describe('repeats after a break', () => {
  test('none while she works on, three once she was away for more than ten minutes', () => {
    const desk = AuditDesk.ready(index);
    judge(desk, 0, 30, 0);
    expect(repeatsDue(desk.state!, auditor.profile, minutes(39))).toEqual([]);
    const due = repeatsDue(desk.state!, auditor.profile, minutes(39.5));
    expect(due).toHaveLength(3);
    expect(new Set(due).size).toBe(3);
    // None of the last ten, which are still fresh in mind.
    const fresh = desk.units.slice(20, 30).map(({ id }) => id);
    expect(due.filter((unit) => fresh.includes(unit))).toEqual([]);
    // Asked again, also later or after a restart, the same three.
    expect(repeatsDue(desk.state!, auditor.profile, minutes(600))).toEqual(due);
    expect(repeatsDue(desk.state!, ben.profile, minutes(600))).toEqual([]);
  });

  test('each is due until it is judged once more, and going on does not make them go away', () => {
    const desk = AuditDesk.ready(index);
    judge(desk, 0, 30, 0);
    const due = repeatsDue(desk.state!, auditor.profile, minutes(60));
    repeat(desk, due[0]!, minutes(60));
    expect(repeatsDue(desk.state!, auditor.profile, minutes(61))).toEqual(due.slice(1));
    judge(desk, 30, 32, 61);
    expect(repeatsDue(desk.state!, auditor.profile, minutes(62))).toEqual(due.slice(1));
    for (const unit of due.slice(1)) repeat(desk, unit, minutes(63));
    expect(repeatsDue(desk.state!, auditor.profile, minutes(64))).toEqual([]);
  });

  test('a new session is a break however short; another break chooses anew', () => {
    const desk = AuditDesk.ready(index);
    judge(desk, 0, 40, 0);
    const session = minutes(39.5);
    const due = repeatsDue(desk.state!, auditor.profile, minutes(40), session);
    expect(due).toHaveLength(3);
    judge(desk, 40, 42, 40);
    expect(repeatsDue(desk.state!, auditor.profile, minutes(42), session)).toEqual(due);
    const later = repeatsDue(desk.state!, auditor.profile, minutes(100), session);
    expect(later).toHaveLength(3);
    expect(later).not.toEqual(due);
  });

  test('with few verdicts of her own there is little to repeat, and nothing after signing', () => {
    const desk = AuditDesk.ready(index);
    judge(desk, 0, 10, 0);
    expect(repeatsDue(desk.state!, auditor.profile, minutes(60))).toEqual([]);
    judge(desk, 10, 12, 10);
    expect(repeatsDue(desk.state!, auditor.profile, minutes(60))).toHaveLength(2);
    desk.finish();
    desk.sign('accept');
    expect(repeatsDue(desk.state!, auditor.profile, minutes(600))).toEqual([]);
  });

  test('over many breaks every older unit has its turn', () => {
    const desk = AuditDesk.ready(index);
    judge(desk, 0, 20, 0);
    const seen = new Set<string>();
    for (let round = 0; round < 40; round += 1) {
      const now = minutes(100 + 20 * round);
      for (const unit of repeatsDue(desk.state!, auditor.profile, now)) {
        seen.add(unit);
        repeat(desk, unit, now);
      }
    }
    expect(seen.size).toBe(10);
  });
});

describe('what changed since', () => {
  test('others’ work and decisions, never her own; nothing for who is new', () => {
    const desk = AuditDesk.ready(index);
    expect(changedSince(desk.state!, auditor.profile)).toMatchObject({ last: null, isAnything: false });
    judge(desk, 0, 3, 0);
    expect(changedSince(desk.state!, auditor.profile)).toMatchObject({ isAnything: false, others: [] });
    judge(desk, 2, 5, 10, ben);
    desk.record(desk.cell(desk.cells[0]!.id), ben);
    desk.record({ type: 'blind.set', data: { isBlind: true } }, lead);
    const changed = changedSince(desk.state!, auditor.profile);
    expect(changed).toMatchObject({ isAnything: true, last: { at: minutes(2) } });
    expect(changed.milestones).toMatchObject([{ type: 'blind.set', by: lead }]);
    expect(changed.others).toEqual([{ by: ben, units: 3, cells: 1 }]);
    // What she did herself is no news to her.
    desk.freeze(index, undefined, 'more labels', 'c'.repeat(32));
    expect(changedSince(desk.state!, auditor.profile).milestones).toHaveLength(1);
  });

  test('a unit of hers that another judged is named; her next entry makes all of it old', () => {
    const desk = AuditDesk.ready(index);
    judge(desk, 0, 3, 0);
    judge(desk, 2, 4, 10, ben);
    expect(changedSince(desk.state!, auditor.profile).hersJudged).toEqual([desk.units[2]!.id]);
    judge(desk, 5, 6, 20);
    expect(changedSince(desk.state!, auditor.profile).isAnything).toBe(false);
  });

  test('a ruling on a dispute and a new spec are told', () => {
    const desk = AuditDesk.ready(index);
    desk.record(desk.verdict(desk.units[0]!.id, 'reject', defect('GHOST')));
    desk.finish();
    desk.sign('accept');
    const answers = [{ finding: 'F0001', answer: 'dispute' as const, remark: 'seen' }];
    desk.record({ type: 'rework.answered', data: { source: 'list.csv', answers } }, lead);
    const ruling = { finding: 'F0001', isUpheld: false, reason: 'it is there' };
    desk.record({ type: 'dispute.ruled', data: ruling }, lead);
    expect(changedSince(desk.state!, auditor.profile).milestones.map(({ type }) => type)).toEqual([
      'rework.answered',
      'dispute.ruled',
    ]);
  });
});

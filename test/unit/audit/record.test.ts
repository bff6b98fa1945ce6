/** Records from elsewhere: verifying, pinning, breaking and merging them. */
import { beforeAll, describe, expect, test } from 'vitest';
import { eventLine, sealEvent } from '../../../shared/audit/chain.ts';
import type { AuditEvent } from '../../../shared/audit/events.ts';
import { mergedEvent, mergeFork } from '../../../shared/audit/merge.ts';
import { verifyRecord } from '../../../shared/audit/verifyRecord.ts';
import {
  AuditDesk,
  auditor,
  defect,
  deviceKey,
  expectOk,
  lead,
  missed,
  sha256,
  verifyEd25519,
} from './auditDesk.ts';
import { makeIndex } from './makeIndex.ts';

const index = makeIndex({ cuboidsPerFrame: 12 });
const picture = sha256(new TextEncoder().encode('picture'));

function check(
  lines: readonly string[],
  pinnedKey: string | null,
  pictureHash = (_: string) => null as string | null,
) {
  return verifyRecord({ lines, pinnedKey, pictureHash }, sha256, verifyEd25519);
}

/** Seals changed events again, as a forger with the code at hand would. */
function resealed(events: readonly AuditEvent[], change: (event: AuditEvent) => AuditEvent): string[] {
  const forged: AuditEvent[] = [];
  for (const event of events.map(change)) {
    forged.push(sealEvent(event, { ...event, prev: forged.at(-1)?.hash ?? event.prev }, sha256));
  }
  return [...forged.map(eventLine), ''];
}

describe('verifying a record', () => {
  let desk: AuditDesk;

  beforeAll(() => {
    desk = AuditDesk.ready(index);
    const draft = desk.verdict(desk.units[0]!.id, 'reject', defect('GHOST'));
    if (draft.type !== 'verdict.given') throw new Error('not a verdict');
    const evidence = { frame: desk.units[0]!.frame, cuboid: null, box2d: null, camera: null, picture };
    desk.record({ ...draft, data: { ...draft.data, evidence } });
    desk.finish();
    desk.sign('accept');
  });

  test('an intact record of a known key is pinned, of an unknown one unidentified', () => {
    const pinned = check(desk.lines, desk.key.publicKey);
    expect(pinned).toMatchObject({ chain: 'ok', disposition: 'accept', breaches: [], isIntact: true });
    expect(pinned.events).toBe(desk.events.length);
    expect(pinned.signatures).toEqual([
      { seq: desk.events.length, publicKey: desk.key.publicKey, verdict: 'pinned' },
    ]);
    expect(pinned.state).toEqual(desk.state);
    expect(check(desk.lines, null).signatures[0]!.verdict).toBe('unidentified');
    expect(check(desk.lines, deviceKey().publicKey).signatures[0]!.verdict).toBe('unidentified');
  });

  test('pictures may be absent, but never others', () => {
    const none = check(desk.lines, null);
    expect(none.pictures).toEqual({ named: 1, present: 0, mismatched: 0 });
    expect(none.isIntact).toBe(true);
    const other = check(desk.lines, null, () => desk.state!.head);
    expect(other.pictures).toEqual({ named: 1, present: 1, mismatched: 1 });
    expect(other.isIntact).toBe(false);
    expect(check(desk.lines, null, (name) => name).pictures).toEqual({ named: 1, present: 1, mismatched: 0 });
  });

  test('a changed verdict in a wholly resealed log breaks the signature', () => {
    const lines = resealed(desk.events, (event) =>
      event.type === 'verdict.given' ? { ...event, data: { ...event.data, comment: 'nothing here' } } : event,
    );
    const report = check(lines, desk.key.publicKey);
    expect(report).toMatchObject({ chain: 'ok', isIntact: false });
    expect(report.signatures[0]!.verdict).toBe('broken');
  });

  test.each([
    ['another disposition', { disposition: 'concession' as const, reason: 'x' }],
    ['another outcome', { outcome: { outcome: 'met' as const, counts: [], stoppedEarly: false } }],
    ['another key', { publicKey: deviceKey().publicKey }],
    ['a signature of nothing', { signature: 'AAAA' }],
  ])('%s in the signed entry breaks it', (_, change) => {
    const lines = resealed(desk.events, (event) =>
      event.type === 'disposition.signed' ? { ...event, data: { ...event.data, ...change } } : event,
    );
    expect(check(lines, desk.key.publicKey).signatures[0]!.verdict).toBe('broken');
  });

  test('the signature names the person it was made for', () => {
    const lines = resealed(desk.events, (event) =>
      event.type === 'disposition.signed' ? { ...event, actor: lead } : event,
    );
    expect(check(lines, desk.key.publicKey).signatures[0]!.verdict).toBe('broken');
  });

  test('events the rules would have refused are named, although the chain holds', () => {
    const forged = new AuditDesk(desk.events.slice(0, 4));
    const draft = forged.verdict('scene0-0000|nobody', 'accept');
    const last = forged.events.at(-1)!;
    const sealed = sealEvent(
      draft,
      { seq: last.seq + 1, at: last.at, actor: auditor, prev: last.hash },
      sha256,
    );
    const report = check([...[...forged.events, sealed].map(eventLine), ''], null);
    expect(report).toMatchObject({ chain: 'ok', isIntact: false });
    expect(report.breaches).toEqual([{ seq: 5, code: 'unit-not-drawn' }]);
  });

  test('what was cut off or torn is broken in a record that was handed over', () => {
    expect(check(desk.lines.slice(0, 8).with(7, desk.lines[7]!.slice(0, 30)), null).chain).toBe(
      'broken at 8',
    );
    expect(check(desk.lines.toSpliced(3, 1), null)).toMatchObject({
      chain: 'broken at 4',
      events: 3,
      isIntact: false,
    });
    expect(check([''], null)).toMatchObject({ events: 0, disposition: null, isIntact: false });
  });
});

describe('merging a fork', () => {
  function fork(): { ours: AuditDesk; theirs: AuditDesk; base: AuditDesk } {
    const base = AuditDesk.ready(index);
    base.record(base.verdict(base.units[0]!.id, 'accept'));
    base.record(base.verdict(base.units[1]!.id, 'accept'));
    return {
      base,
      ours: new AuditDesk(base.events),
      theirs: new AuditDesk(base.events, Date.UTC(2026, 1, 2)),
    };
  }

  /** Does what a journal does with a merge: its own event, then each draft under its author and time. */
  function apply(desk: AuditDesk, theirs: AuditDesk): readonly string[] {
    const merge = expectOk(mergeFork(desk.events, theirs.events));
    desk.record(mergedEvent('stick', merge), lead);
    for (const { draft, actor, at } of merge.drafts) desk.record(draft, actor, at);
    return merge.conflicts;
  }

  test('disjoint units are recorded again, each under its own author and time', () => {
    const { ours, theirs } = fork();
    ours.record(ours.verdict(ours.units[2]!.id, 'reject', defect('GHOST')));
    theirs.record(theirs.verdict(theirs.units[3]!.id, 'reject', defect('CLS')), lead);
    theirs.record(theirs.cell(theirs.cells[0]!.id, [missed('m')]), lead);
    expect(apply(ours, theirs)).toEqual([]);
    expect(ours.state!.verdicts.get(ours.units[3]!.id)).toMatchObject({
      verdict: 'reject',
      by: lead,
      at: theirs.state!.verdicts.get(ours.units[3]!.id)!.at,
    });
    expect(ours.state!.findings.map(({ id, defect: { code } }) => `${id} ${code}`)).toEqual([
      'F0001 GHOST',
      'F0002 CLS',
      'F0003 MISS',
    ]);
    expect(check(ours.lines, null)).toMatchObject({ chain: 'ok', breaches: [] });
    // The same stick again brings nothing new.
    expect(expectOk(mergeFork(ours.events, theirs.events))).toMatchObject({ kind: 'nothing', conflicts: [] });
  });

  test('what both judged differently is listed and stays; what both judged alike is no conflict', () => {
    const { ours, theirs } = fork();
    const [same, other] = [ours.units[4]!.id, ours.units[5]!.id];
    for (const desk of [ours, theirs]) desk.record(desk.verdict(same, 'reject', defect('DUP')));
    ours.record(ours.verdict(other, 'accept'));
    theirs.record(theirs.verdict(other, 'reject', defect('GHOST')));
    expect(apply(ours, theirs)).toEqual([other]);
    expect(ours.state!.verdicts.get(other)!.verdict).toBe('accept');
  });

  test('a verdict taken back or changed over there follows, unless it was changed here as well', () => {
    const { base, ours, theirs } = fork();
    const [first, second] = base.units.map(({ id }) => id) as [string, string];
    const seqOf = (unit: string): number => base.state!.verdicts.get(unit)!.seq;
    theirs.record({ type: 'verdict.undone', data: { unit: first, seq: seqOf(first) } });
    theirs.record({ type: 'verdict.undone', data: { unit: second, seq: seqOf(second) } });
    ours.record(ours.verdict(second, 'unsure'));
    expect(apply(ours, theirs)).toEqual([second]);
    expect(ours.state!.verdicts.has(first)).toBe(false);
    expect(ours.state!.verdicts.get(second)!.verdict).toBe('unsure');
  });

  test('a log that only went on is taken as it is, one that lags brings nothing', () => {
    const { base, theirs } = fork();
    theirs.record(theirs.verdict(theirs.units[2]!.id, 'accept'));
    const forward = expectOk(mergeFork(base.events, theirs.events));
    expect(forward).toMatchObject({ kind: 'fast-forward', drafts: [], head: theirs.state!.head });
    expect(forward.events).toEqual(theirs.events.slice(base.events.length));
    expect(expectOk(mergeFork(theirs.events, base.events)).kind).toBe('nothing');
  });

  test('signatures and plans of the other side are listed, never taken', () => {
    const { ours, theirs } = fork();
    ours.record(ours.verdict(ours.units[2]!.id, 'accept'));
    theirs.freeze(index, undefined, 'other seed', 'd'.repeat(32));
    const merge = expectOk(mergeFork(ours.events, theirs.events));
    expect(merge.conflicts).toEqual([`plan.frozen@${theirs.state!.sample!.seq}`]);
    expect(merge.drafts).toEqual([]);
  });

  test('nothing is merged into a lot that is signed here', () => {
    const { ours, theirs } = fork();
    theirs.record(theirs.verdict(theirs.units[2]!.id, 'reject', defect('GHOST')));
    ours.finish();
    ours.sign('accept');
    expect(expectOk(mergeFork(ours.events, theirs.events))).toMatchObject({
      drafts: [],
      conflicts: [ours.units[2]!.id],
    });
  });

  test('two audits do not merge', () => {
    const other = new AuditDesk();
    other.open({}, 'audit-2');
    expect(mergeFork(fork().ours.events, other.events)).toMatchObject({
      problem: { code: 'merge-of-another-audit' },
    });
  });
});

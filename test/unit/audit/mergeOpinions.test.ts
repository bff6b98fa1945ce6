/** Two laptops, one audit: what two people said of the same units arrives whole, whichever side merges. */
import { describe, expect, test } from 'vitest';
import { statingBlindness } from '../../../shared/audit/blind.ts';
import { differing, disagreements } from '../../../shared/audit/disagreement.ts';
import type { Actor, EventDraft } from '../../../shared/audit/events.ts';
import { mergedEvent, mergeFork } from '../../../shared/audit/merge.ts';
import { ownVerdict } from '../../../shared/audit/opinions.ts';
import { planOutcome, unitStandings } from '../../../shared/audit/outcome.ts';
import { verifyRecord } from '../../../shared/audit/verifyRecord.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { AuditDesk, auditor, defect, expectOk, lead, sha256, verifyEd25519 } from './auditDesk.ts';
import { makeIndex } from './makeIndex.ts';

const index = makeIndex({ cuboidsPerFrame: 12 });
const ben: Actor = { profile: 'p-4', name: 'Ben', role: 'auditor' };

function record(desk: AuditDesk, draft: EventDraft, by: Actor): void {
  desk.record(statingBlindness(desk.state!, by.profile, draft), by);
}

/** Two copies of one audit, judged blind, that go on apart. */
function fork(): { ours: AuditDesk; theirs: AuditDesk; units: string[] } {
  const base = AuditDesk.ready(index);
  base.record({ type: 'blind.set', data: { isBlind: true } }, lead);
  const units = base.units.map(({ id }) => id);
  return {
    units,
    ours: new AuditDesk(base.events),
    theirs: new AuditDesk(base.events, Date.UTC(2026, 1, 2)),
  };
}

/** Does what a journal does with a merge; answers its conflicts. */
function take(desk: AuditDesk, theirs: AuditDesk): readonly string[] {
  const merge = expectOk(mergeFork(desk.events, theirs.events));
  if (merge.kind !== 'merged') return merge.conflicts;
  desk.record(mergedEvent('stick', merge), lead);
  for (const { draft, actor, at } of merge.drafts) desk.record(draft, actor, at);
  return merge.conflicts;
}

function rule(desk: AuditDesk, unit: string, by: Actor): void {
  const draft = desk.verdict(unit, 'accept');
  if (draft.type !== 'verdict.given') throw new Error('not a verdict');
  const adjudicates = differing(desk.state!.opinions.get(unit)).map(({ seq }) => seq);
  desk.record({ ...draft, data: { ...draft.data, isBlind: false, adjudicates } }, by);
}

/** What each person says of each unit, without where in the log it stands. */
function saidOf(desk: AuditDesk): string[] {
  return [...desk.state!.opinions.values()]
    .flat()
    .map(({ unit, by, verdict, defects, at }) => `${unit} ${by.name} ${verdict} ${defects.length} ${at}`)
    .sort();
}

describe('merging opinions', () => {
  test('both people’s verdicts on a unit arrive, alike or not, and differing ones are open', () => {
    const { ours, theirs, units } = fork();
    const [alike, different] = units as [string, string];
    for (const [desk, by] of [
      [ours, auditor],
      [theirs, ben],
    ] as const)
      record(desk, desk.verdict(alike, 'accept'), by);
    record(ours, ours.verdict(different, 'accept'), auditor);
    record(theirs, theirs.verdict(different, 'reject', defect('GHOST')), ben);
    expect(take(ours, theirs)).toEqual([]);
    expect(ours.state!.opinions.get(alike)!.map(({ by }) => by.name)).toEqual(['Ada Auditor', 'Ben']);
    expect(disagreements(ours.state!).open.map(({ unit }) => unit)).toEqual([different]);
    expect(expectOk(mergeFork(ours.events, theirs.events)).kind).toBe('nothing');
    const report = verifyRecord(
      { lines: ours.lines, pinnedKey: null, pictureHash: () => null },
      sha256,
      verifyEd25519,
    );
    expect(report).toMatchObject({ chain: 'ok', breaches: [] });
  });

  test('verdicts from before opinions were kept apart do not drive each other out', () => {
    const { ours, theirs, units } = fork();
    ours.record(ours.verdict(units[0]!, 'accept'), auditor);
    theirs.record(theirs.verdict(units[0]!, 'reject', defect('GHOST')), ben);
    expect(take(ours, theirs)).toEqual([]);
    expect(ours.state!.opinions.get(units[0]!)!.map(({ by }) => by.name)).toEqual(['Ada Auditor', 'Ben']);
  });

  test('what one person said differently on both sides is a conflict and stays as it is here', () => {
    const { ours, theirs, units } = fork();
    record(ours, ours.verdict(units[0]!, 'accept'), auditor);
    record(theirs, theirs.verdict(units[0]!, 'reject', defect('GHOST')), auditor);
    record(theirs, theirs.verdict(units[0]!, 'unsure'), ben);
    expect(take(ours, theirs)).toEqual([units[0]]);
    expect(ownVerdict(ours.state!, auditor.profile, units[0]!)!.verdict).toBe('accept');
    expect(ownVerdict(ours.state!, ben.profile, units[0]!)!.verdict).toBe('unsure');
  });

  test('a ruling arrives with what it names renumbered', () => {
    const { ours, theirs, units } = fork();
    record(ours, ours.verdict(units[5]!, 'accept'), auditor);
    record(theirs, theirs.verdict(units[0]!, 'accept'), auditor);
    record(theirs, theirs.verdict(units[0]!, 'reject', defect('GHOST')), ben);
    rule(theirs, units[0]!, lead);
    expect(take(ours, theirs)).toEqual([]);
    const { settled, open } = disagreements(ours.state!);
    expect(open).toEqual([]);
    expect(settled).toMatchObject([{ unit: units[0], ruling: { by: lead } }]);
    const { verdicts, ruling } = settled[0]!;
    expect(ruling!.adjudicates).toEqual(verdicts.map(({ seq }) => seq));
    expect(expectOk(mergeFork(ours.events, theirs.events)).kind).toBe('nothing');
  });

  test('a ruling that does not know of a verdict here is left, and the unit stays open', () => {
    const { ours, theirs, units } = fork();
    record(ours, ours.verdict(units[0]!, 'reject', defect('FLIP', 'critical')), {
      ...ben,
      profile: 'p-9',
    });
    record(theirs, theirs.verdict(units[0]!, 'accept'), auditor);
    record(theirs, theirs.verdict(units[0]!, 'reject', defect('GHOST')), ben);
    rule(theirs, units[0]!, lead);
    expect(take(ours, theirs)).toEqual([units[0]]);
    expect(disagreements(ours.state!).open.map(({ verdicts }) => verdicts.length)).toEqual([3]);
  });

  test('repeats arrive once; how a copy is judged from now on stays its own', () => {
    const { ours, theirs, units } = fork();
    record(ours, ours.verdict(units[1]!, 'accept'), auditor);
    record(theirs, theirs.verdict(units[0]!, 'accept'), ben);
    const data = { unit: units[0]!, verdict: 'unsure' as const, defects: [], durationMs: 2000 };
    theirs.record({ type: 'repeat.judged', data }, ben);
    theirs.record({ type: 'blind.set', data: { isBlind: false } }, lead);
    expect(take(ours, theirs)).toEqual([]);
    expect(ours.state!.repeats).toMatchObject([{ ...data, by: ben, repeated: { verdict: 'accept' } }]);
    expect(ours.state!.isBlind).toBe(true);
    expect(take(ours, theirs)).toEqual([]);
    expect(ours.state!.repeats).toHaveLength(1);
  });

  test.each([21, 22, 23, 24, 25, 26])(
    'seed %i: either side merges to the same opinions and outcome',
    (seed) => {
      const random = seededRandom(seed);
      const { ours, theirs, units } = fork();
      const people = [
        [ours, auditor],
        [theirs, ben],
      ] as const;
      for (let step = 0; step < 80; step += 1) {
        const [desk, by] = people[random.integer(0, 1)]!;
        const unit = units[random.integer(0, 14)]!;
        const own = ownVerdict(desk.state!, by.profile, unit);
        const choices = [
          () => record(desk, desk.verdict(unit, 'accept'), by),
          () => record(desk, desk.verdict(unit, 'reject', defect('GHOST')), by),
          () => record(desk, desk.verdict(unit, 'reject', defect('ATTR', 'minor')), by),
          () => record(desk, desk.verdict(unit, 'unsure'), by),
          () => own && desk.record({ type: 'verdict.undone', data: { unit, seq: own.seq } }, by),
        ];
        choices[random.integer(0, choices.length - 1)]!();
      }
      const left = new AuditDesk(ours.events);
      const right = new AuditDesk(theirs.events);
      expect(take(left, theirs)).toEqual([]);
      expect(take(right, ours)).toEqual([]);
      expect(saidOf(left)).toEqual(saidOf(right));
      expect(saidOf(left)).toEqual([...saidOf(ours), ...saidOf(theirs)].sort());
      expect(unitStandings(left.state!)).toEqual(unitStandings(right.state!));
      expect(planOutcome(left.state!)).toEqual(planOutcome(right.state!));
    },
  );
});

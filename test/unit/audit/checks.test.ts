/** Findings of the automatic checks in the record: answered, taken back, merged, and never near the sample. */
import { describe, expect, test } from 'vitest';
import type { Actor, EventData, EventDraft, Target } from '../../../shared/audit/events.ts';
import { foldAll } from '../../../shared/audit/fold.ts';
import { mergedEvent, mergeFork } from '../../../shared/audit/merge.ts';
import { planOutcome } from '../../../shared/audit/outcome.ts';
import { targetVerdict } from '../../../shared/audit/targets.ts';
import { verifyRecord } from '../../../shared/audit/verifyRecord.ts';
import { type CheckSettings, shippedSettings } from '../../../shared/checks/settings.ts';
import {
  AuditDesk,
  auditor,
  defaultSpec,
  defect,
  expectOk,
  lead,
  sha256,
  verifyEd25519,
} from './auditDesk.ts';
import { makeIndex } from './makeIndex.ts';

const index = makeIndex({ cuboidsPerFrame: 12 });
const ben: Actor = { profile: 'p-4', name: 'Ben', role: 'auditor' };

type Finding = EventData<'finding.triaged'>['finding'];

function finding(id: string, changes: Partial<Finding> = {}): Finding {
  return {
    ...{ id, check: 'SIZE', version: 1, grade: 'hard', severity: 'major', code: 'DIM', owner: 'vendor' },
    ...{ scene: 'scene0', frame: 'scene0-0000', object: 'label-1', track: 'scene0/1', camera: null },
    ...{ className: 'car', annotator: null, frames: 1, firstFrame: 'scene0-0000', lastFrame: 'scene0-0000' },
    ...{ limitKey: 'all', value: 3, limit: 1, score: 0.9, says: 'is', params: {}, explained: 0 },
    ...changes,
  } as Finding;
}

function target(id: string, unit: string, changes: Partial<Target> = {}): Target {
  const [frame, label] = unit.split('|') as [string, string];
  return {
    ...{ id, unit, kind: 'cuboid', scene: 'scene0', frame, label, track: null, className: 'car' },
    ...{ isInspectable: true, source: 'check', reason: 'too long', probability: null },
    ...changes,
  };
}

const queue = (...targets: Target[]): EventDraft => ({
  type: 'targets.queued',
  data: { targets, draw: null },
});

const judge = (
  id: string,
  verdict: EventData<'target.judged'>['verdict'],
  ...codes: string[]
): EventDraft => ({
  type: 'target.judged',
  data: {
    ...{ target: id, verdict, defects: codes.map((code) => defect(code)), comment: '' },
    ...{ evidence: null, durationMs: 0 },
  },
});

const confirm = (
  id: string,
  target: string | null,
  code = 'DIM',
  changes: Partial<Finding> = {},
): EventDraft => ({
  type: 'finding.triaged',
  data: {
    ...{ finding: finding(id, changes), answer: 'defect', reason: '', target },
    defect: { code, severity: 'major' },
  },
});

const dismiss = (
  id: string,
  reason = 'occluded',
  answer: 'dismissed' | 'normal' = 'dismissed',
): EventDraft => ({
  type: 'finding.triaged',
  data: { finding: finding(id), answer, reason, defect: null, target: null },
});

const reopen = (id: string): EventDraft => ({
  type: 'finding.reopened',
  data: { finding: id, check: 'SIZE' },
});

const set = (settings: Partial<CheckSettings>): EventDraft => ({
  type: 'checks.set',
  data: { settings: { ...shippedSettings, ...settings }, reason: 'taught' },
});

const exception = (className: string) => ({
  ...{ check: 'SIZE' as const, className, scene: null, track: null, camera: null },
  note: 'road trains',
});

/** A unit of the lot that was not drawn, and one that was. */
function units(desk: AuditDesk): { readonly free: string; readonly drawn: string } {
  const drawn = new Set(desk.units.map(({ id }) => id));
  const { labels, delivery } = index;
  const ids = Array.from(
    { length: labels.cuboids.count },
    (_, row) => `${delivery.frames.at(labels.cuboids.frame[row]!)!.id}|${labels.cuboids.id.at(row)!}`,
  );
  return { free: ids.find((id) => !drawn.has(id))!, drawn: ids.find((id) => drawn.has(id))! };
}

describe('answers', () => {
  test('a confirmed finding is in the queue and for the vendor to answer; the sample hears nothing', () => {
    const desk = AuditDesk.ready(index);
    const { free } = units(desk);
    const before = planOutcome(desk.state!);
    desk.record(queue(target('t1', free)));
    desk.record(judge('t1', 'reject', 'DIM'));
    desk.record(confirm('SIZE|1', 't1'));
    expect(desk.state!.triage.get('SIZE|1')).toMatchObject({ answer: 'defect', target: 't1', by: auditor });
    expect(desk.state!.findings).toMatchObject([{ source: 'targeted', unit: null, defect: { code: 'DIM' } }]);
    expect(planOutcome(desk.state!)).toEqual(before);
    expect(desk.state!.verdicts.size).toBe(0);
  });

  test('what is in the sample is queued and judged there', () => {
    const desk = AuditDesk.ready(index);
    const { drawn } = units(desk);
    desk.record(queue(target('t1', drawn)));
    expect(desk.refuses(judge('t1', 'reject', 'DIM'))?.code).toBe('target-in-sample');
    desk.record(confirm('SIZE|1', 't1'));
    expect(desk.state!.findings).toEqual([]);
    expect(targetVerdict(desk.state!, desk.state!.targets.get('t1')!)).toBeNull();
  });

  test('a missing object is a defect of its whole frame, not of a label', () => {
    const desk = AuditDesk.ready(index);
    const { free } = units(desk);
    desk.record(queue(target('t1', free), target('t2', 'scene0-0001', { kind: 'frame', label: null })));
    expect(desk.refuses(judge('t1', 'reject', 'MISS'))?.code).toBe('defect-not-for-labels');
    desk.record(judge('t2', 'reject', 'MISS'));
    expect(desk.state!.findings).toMatchObject([
      { source: 'targeted', label: null, defect: { code: 'MISS' } },
    ]);
    desk.record(queue(target('t3', 'scene0-0002', { kind: 'frame', label: null })));
    expect(desk.refuses(judge('t3', 'reject', 'CALIB'))?.code).toBe('defect-of-data');
    desk.record(judge('t3', 'sensor-limited', 'CALIB'));
    expect(desk.state!.findings).toHaveLength(1);
  });

  test('an answer is taken back by an event, and what it queued goes with it', () => {
    const desk = AuditDesk.ready(index);
    const { free } = units(desk);
    desk.record(queue(target('t1', free)));
    desk.record(judge('t1', 'reject', 'DIM'));
    const { seq } = desk.state!;
    desk.record(confirm('SIZE|1', 't1'));
    desk.record(reopen('SIZE|1'));
    desk.record({ type: 'target.undone', data: { target: 't1', seq } });
    desk.record({ type: 'target.removed', data: { target: 't1', reason: 'taken back' } });
    expect(desk.state!.triage.size).toBe(0);
    expect(desk.state!.findings).toEqual([]);
    expect(desk.events.filter(({ type }) => type === 'finding.triaged')).toHaveLength(1);
  });

  test.each([
    ['a second answer', dismiss('SIZE|0'), 'finding-answered'],
    ['no reason', dismiss('SIZE|1', ' '), 'reason-missing'],
    ['a defect without a target', confirm('SIZE|1', null), 'answer-odd'],
    ['a target that nobody queued', confirm('SIZE|1', 't9'), 'target-unknown'],
    ['a code that is not in the spec', confirm('SIZE|1', 't1', 'NOSUCH'), 'defect-unknown'],
    ['nothing to take back', reopen('SIZE|1'), 'finding-not-answered'],
    [
      'settings without a reason',
      { ...set({}), data: { settings: shippedSettings, reason: '' } },
      'reason-missing',
    ],
  ] as [string, EventDraft, string][])('%s is refused', (_, draft, code) => {
    const desk = AuditDesk.ready(index);
    desk.record(queue(target('t1', units(desk).free)));
    desk.record(dismiss('SIZE|0'));
    expect(desk.refuses(draft)?.code).toBe(code);
  });

  test('what concerns the whole delivery is a defect without a target; before the draw nothing is', () => {
    const desk = AuditDesk.ready(index);
    desk.record(confirm('DRIFT|1', null, 'SPEC', { frame: '', object: null, track: null }));
    expect(desk.state!.triage.get('DRIFT|1')?.answer).toBe('defect');
    const early = new AuditDesk();
    early.open();
    early.chooseSpec(defaultSpec);
    expect(early.refuses(confirm('DRIFT|1', null, 'SPEC', { frame: '' }))?.code).toBe('plan-not-frozen');
    early.record(dismiss('SIZE|1'));
    expect(early.state!.triage.size).toBe(1);
  });

  test('a record with answers in it holds when it is checked again from its lines', () => {
    const desk = AuditDesk.ready(index);
    desk.record(queue(target('t1', units(desk).free)));
    desk.record(judge('t1', 'reject', 'DIM'));
    desk.record(confirm('SIZE|1', 't1'));
    desk.record(set({ exceptions: [exception('truck')] }));
    const report = verifyRecord(
      { lines: desk.lines, pinnedKey: null, pictureHash: () => null },
      sha256,
      verifyEd25519,
    );
    expect(report).toMatchObject({ isIntact: true, breaches: [] });
    expect(report.state!.checksSet!.settings.exceptions).toEqual([exception('truck')]);
    expect(foldAll(desk.events)).toEqual(desk.state);
  });
});

describe('two machines', () => {
  function forked(): { readonly ours: AuditDesk; readonly theirs: AuditDesk } {
    const desk = AuditDesk.ready(index);
    desk.record(dismiss('SIZE|0'));
    desk.record(set({ off: ['COPY'], limits: { SIZE: { all: { soft: 1, hard: 2 } } } }));
    return { ours: new AuditDesk(desk.events), theirs: new AuditDesk(desk.events) };
  }

  /** Records the merge of theirs into ours; answers the conflicts. */
  function merge(ours: AuditDesk, theirs: AuditDesk): readonly string[] {
    const plan = expectOk(mergeFork(ours.events, theirs.events));
    if (plan.kind === 'merged') ours.record(mergedEvent('theirs', plan), lead);
    for (const { draft, actor } of plan.drafts) ours.record(draft, actor);
    return plan.conflicts;
  }

  test('answers of both arrive, with their targets; what was answered differently stays and is listed', () => {
    const { ours, theirs } = forked();
    ours.record(dismiss('SIZE|1'));
    ours.record(dismiss('SIZE|2'));
    theirs.record(queue(target('t1', units(theirs).free)), ben);
    theirs.record(judge('t1', 'reject', 'DIM'), ben);
    theirs.record(confirm('SIZE|1', 't1'), ben);
    theirs.record(dismiss('SIZE|2', 'other words'), ben);
    theirs.record(dismiss('SIZE|3', 'usual here', 'normal'), ben);
    theirs.record(reopen('SIZE|0'), ben);
    expect(merge(ours, theirs)).toEqual(['SIZE|1']);
    const { triage, targets } = ours.state!;
    expect([...triage].map(([id, { answer, by }]) => [id, answer, by.profile])).toEqual([
      ['SIZE|1', 'dismissed', auditor.profile],
      ['SIZE|2', 'dismissed', auditor.profile],
      ['SIZE|3', 'normal', ben.profile],
    ]);
    expect(targets.get('t1')!.verdict?.verdict).toBe('reject');
    expect(merge(ours, theirs)).toEqual(['SIZE|1']);
    expect(ours.state!.triage.size).toBe(3);
  });

  test('an answer that was changed over there is changed here', () => {
    const { ours, theirs } = forked();
    ours.record(dismiss('SIZE|9'));
    theirs.record(reopen('SIZE|0'), ben);
    theirs.record(dismiss('SIZE|0', 'usual here', 'normal'), ben);
    expect(merge(ours, theirs)).toEqual([]);
    expect(ours.state!.triage.get('SIZE|0')).toMatchObject({ answer: 'normal', by: ben });
  });

  test('each limit and each exception is merged by itself', () => {
    const { ours, theirs } = forked();
    const limits = { SIZE: { all: { soft: 1, hard: 2 } } };
    ours.record(
      set({
        off: ['COPY'],
        limits: { SIZE: { all: { soft: 1.5, hard: 2 } } },
        exceptions: [exception('bus')],
      }),
    );
    theirs.record(
      set({
        off: [],
        limits: { ...limits, SPEED: { all: { soft: 9, hard: null } } },
        exceptions: [exception('truck')],
      }),
      ben,
    );
    expect(merge(ours, theirs)).toEqual([]);
    const { settings } = ours.state!.checksSet!;
    expect(settings.off).toEqual([]);
    expect(settings.limits).toEqual({
      SIZE: { all: { soft: 1.5, hard: 2 } },
      SPEED: { all: { soft: 9, hard: null } },
    });
    expect(settings.exceptions).toEqual([exception('bus'), exception('truck')]);
  });

  test('a limit that both sides changed stays as it is here and is listed', () => {
    const { ours, theirs } = forked();
    ours.record(set({ off: ['COPY'], limits: { SIZE: { all: { soft: 1.5, hard: 2 } } } }));
    theirs.record(set({ off: ['COPY'], limits: { SIZE: { all: { soft: 1.7, hard: 2 } } } }), ben);
    expect(merge(ours, theirs)).toEqual(['checks.set limit SIZE all']);
    expect(ours.state!.checksSet!.settings.limits.SIZE).toEqual({ all: { soft: 1.5, hard: 2 } });
  });
});

/** The targeted queue: what is queued, judged, taken back and merged, and that the sample never hears of it. */
import { describe, expect, test } from 'vitest';
import { visibleState } from '../../../shared/audit/blind.ts';
import { estimatesOf } from '../../../shared/audit/estimates.ts';
import type { Actor, EventData, EventDraft, Target } from '../../../shared/audit/events.ts';
import { foldAll } from '../../../shared/audit/fold.ts';
import { mergedEvent, mergeFork } from '../../../shared/audit/merge.ts';
import { planOutcome, stillToJudge } from '../../../shared/audit/outcome.ts';
import { queuedUnit, targetProgress, targetQueue, targetVerdict } from '../../../shared/audit/targets.ts';
import { auditOfTargets, draftOfTargets } from '../../../shared/audit/targetsDesk.ts';
import { verifyRecord } from '../../../shared/audit/verifyRecord.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import {
  AuditDesk,
  auditor,
  defect,
  expectOk,
  labelsHash,
  lead,
  sha256,
  verifyEd25519,
} from './auditDesk.ts';
import { makeIndex } from './makeIndex.ts';

const index = makeIndex({ cuboidsPerFrame: 12 });
const ben: Actor = { profile: 'p-4', name: 'Ben', role: 'auditor' };

function target(id: string, unit: string, changes: Partial<Target> = {}): Target {
  const [frame, label] = unit.split('|') as [string, string];
  return {
    ...{ id, unit, kind: 'cuboid', scene: 's', frame, label, track: null, className: 'car' },
    ...{ isInspectable: true, source: 'auditor', reason: 'looks loose', probability: null },
    ...changes,
  };
}

/** A draw as the host records one. */
const draw = {
  prng: 'assay-xoshiro128ss-1',
  seed: '000102030405060708090a0b0c0d0e0f',
  population: 400,
  populationHash: labelsHash,
  weights: 'points',
  weightsHash: labelsHash,
};

const queue = (...targets: Target[]): EventDraft => ({
  type: 'targets.queued',
  data: { targets, draw: null },
});

function judge(
  id: string,
  verdict: EventData<'target.judged'>['verdict'],
  ...codes: readonly string[]
): EventDraft {
  const defects = codes.map((code) => defect(code));
  return {
    type: 'target.judged',
    data: { target: id, verdict, defects, comment: '', evidence: null, durationMs: 3000 },
  };
}

const undo = (desk: AuditDesk, id: string, by: Actor): EventDraft => ({
  type: 'target.undone',
  data: {
    target: id,
    seq: desk.state!.targets.get(id)!.opinions.find((said) => said.by.profile === by.profile)!.seq,
  },
});

/** Units of the lot that were not drawn. */
function others(desk: AuditDesk): string[] {
  const drawn = new Set(desk.units.map(({ id }) => id));
  const { labels, delivery } = index;
  return Array.from({ length: labels.cuboids.count }, (_, row) => {
    const frame = delivery.frames.at(labels.cuboids.frame[row]!)!.id;
    return `${frame}|${labels.cuboids.id.at(row)!}`;
  }).filter((id) => !drawn.has(id));
}

const noted = (desk: AuditDesk): string[] =>
  desk.state!.findings.filter(({ source }) => source === 'targeted').map(({ defect: { code } }) => code);

describe('the queue', () => {
  test('a target is judged, judged anew and taken back, and its findings follow', () => {
    const desk = AuditDesk.ready(index);
    const [unit] = others(desk) as [string];
    desk.record(queue(target('t1', unit)));
    expect(targetProgress(desk.state!)).toMatchObject({ queued: 1, judged: 0, left: 1, found: 0 });
    desk.record(judge('t1', 'reject', 'GHOST', 'CLS'));
    expect(noted(desk)).toEqual(['GHOST', 'CLS']);
    const ids = desk.state!.findings.map(({ id }) => id);
    expect(targetProgress(desk.state!)).toMatchObject({ judged: 1, left: 0, found: 1 });
    desk.record(judge('t1', 'reject', 'CLS'));
    expect(noted(desk)).toEqual(['CLS']);
    expect(desk.state!.findings[0]!.id).toBe(ids[1]);
    expect(desk.state!.findings[0]).toMatchObject({ unit: null, key: 't1', label: unit.split('|')[1] });
    desk.record(undo(desk, 't1', auditor));
    expect(noted(desk)).toEqual([]);
    expect(targetProgress(desk.state!)).toMatchObject({ judged: 0, left: 1 });
  });

  test('each person has one verdict, the newest holds, and taking it back brings the other’s back', () => {
    const desk = AuditDesk.ready(index);
    const [unit] = others(desk) as [string];
    desk.record(queue(target('t1', unit)));
    desk.record(judge('t1', 'reject', 'GHOST'), auditor);
    desk.record(judge('t1', 'accept'), ben);
    expect(noted(desk)).toEqual([]);
    desk.record(undo(desk, 't1', ben), ben);
    expect(noted(desk)).toEqual(['GHOST']);
    expect(desk.state!.targets.get('t1')!.verdict!.by).toEqual(auditor);
  });

  test('what the rules refuse', () => {
    const desk = AuditDesk.ready(index);
    const [one, two, drawn] = others(desk) as [string, string, string];
    const sampled = desk.units[0]!.id;
    desk.record(queue(target('t1', one), target('t2', two, { isInspectable: false }), target('t4', sampled)));
    desk.record({
      type: 'targets.queued',
      data: { targets: [target('t3', drawn, { source: 'draw', probability: 0.2 })], draw },
    });
    const remove = (id: string, reason = 'twice'): EventDraft => ({
      type: 'target.removed',
      data: { target: id, reason },
    });
    const codeOf = (draft: EventDraft, by = auditor): string | undefined => desk.refuses(draft, by)?.code;
    expect(codeOf(queue(target('t1', two)))).toBe('target-queued-twice');
    expect(codeOf(queue(target('t9', two, { probability: 0.5 })))).toBe('target-chance-odd');
    expect(codeOf(judge('t9', 'accept'))).toBe('target-unknown');
    expect(codeOf(judge('t2', 'accept'))).toBe('unit-not-inspectable');
    expect(codeOf(judge('t1', 'reject'))).toBe('reject-without-defect');
    expect(codeOf(judge('t4', 'accept'))).toBe('target-in-sample');
    expect(codeOf(remove('t1', ' '))).toBe('reason-missing');
    expect(codeOf(remove('t3'))).toBe('target-drawn');
    expect(codeOf(remove('t1'))).toBeUndefined();
    desk.record(judge('t1', 'accept'), ben);
    expect(codeOf(remove('t1'))).toBe('target-judged');
    const taking = undo(desk, 't1', ben);
    expect(codeOf(taking, auditor)).toBeUndefined();
    desk.record({ type: 'blind.set', data: { isBlind: true } }, lead);
    expect(codeOf(taking, auditor)).toBe('undo-of-another');
    expect(codeOf(taking, lead)).toBeUndefined();
    expect(codeOf({ type: 'target.undone', data: { target: 't1', seq: 2 } })).toBe('verdict-not-standing');
  });

  test('a label of the sample is judged there, and its verdict holds for the target', () => {
    const desk = AuditDesk.ready(index);
    const { id } = desk.units[0]!;
    desk.record(queue(target('t1', id)));
    expect(targetQueue(desk.state!)).toEqual([]);
    expect(targetProgress(desk.state!)).toMatchObject({ queued: 0, inSample: 1, waitingForSample: 1 });
    desk.record(desk.verdict(id, 'reject', defect('CLS')));
    const queued = desk.state!.targets.get('t1')!;
    expect(targetVerdict(desk.state!, queued)).toMatchObject({ verdict: 'reject', unit: id });
    expect(targetProgress(desk.state!)).toMatchObject({ waitingForSample: 0 });
    expect(noted(desk)).toEqual([]);
  });

  test('two targets that name one unit are judged as one', () => {
    const desk = AuditDesk.ready(index);
    const [unit] = others(desk) as [string];
    desk.record(queue(target('t1', unit)));
    desk.record(queue(target('t2', unit, { source: 'check', reason: 'no points' })));
    expect(targetQueue(desk.state!).map(({ targets }) => targets.length)).toEqual([2]);
    desk.record(judge('t2', 'reject', 'GHOST'));
    expect(targetProgress(desk.state!)).toMatchObject({ queued: 1, judged: 1, found: 1 });
    expect(targetVerdict(desk.state!, desk.state!.targets.get('t1')!)?.verdict).toBe('reject');
    expect(queuedUnit(desk.state!, { kind: 'track', unit })).toBeNull();
  });

  test('where units are judged blind another’s verdict on a target is out of sight until one’s own is given', () => {
    const desk = AuditDesk.ready(index);
    const [unit] = others(desk) as [string];
    desk.record({ type: 'blind.set', data: { isBlind: true } }, lead);
    desk.record(queue(target('t1', unit)));
    desk.record(judge('t1', 'reject', 'GHOST'), ben);
    const seen = visibleState(desk.state!, auditor.profile);
    expect(seen.findings).toEqual([]);
    expect(targetProgress(seen)).toMatchObject({ judged: 0, found: 0 });
    expect(visibleState(desk.state!, ben.profile).findings).toHaveLength(1);
    desk.record(judge('t1', 'accept'), auditor);
    expect(visibleState(desk.state!, auditor.profile).targets.get('t1')!.opinions).toHaveLength(2);
  });
});

describe('the queue as a desk works through it', () => {
  test('verdicts and findings of the desk become those of targets, and come back as the unit’s', () => {
    const desk = AuditDesk.ready(index);
    const [one, two] = others(desk) as [string, string];
    desk.record(queue(target('t1', one), target('t2', two), target('t3', one)));
    desk.record(desk.verdict(desk.units[0]!.id, 'accept'));
    const seen = auditOfTargets(desk.state!);
    expect(seen.sample!.labels.units.map(({ id }) => id)).toEqual(['t1', 't2']);
    expect(seen.verdicts.size).toBe(0);
    desk.record(draftOfTargets(desk.state!, desk.verdict('t1', 'reject', defect('CLS')), auditor.profile));
    const { verdicts } = auditOfTargets(desk.state!);
    expect(verdicts.get('t1')).toMatchObject({ unit: 't1', verdict: 'reject', isSecondLook: false });
    const { seq } = verdicts.get('t1')!;
    const taken = draftOfTargets(
      desk.state!,
      { type: 'verdict.undone', data: { unit: 't1', seq } },
      auditor.profile,
    );
    desk.record(taken);
    expect(auditOfTargets(desk.state!).verdicts.size).toBe(0);
    expect(desk.state!.verdicts.size).toBe(1);
  });

  test('a verdict given on another target of the unit is taken back where it was given', () => {
    const desk = AuditDesk.ready(index);
    const [unit] = others(desk) as [string];
    desk.record(queue(target('t1', unit), target('t2', unit)));
    desk.record(judge('t2', 'accept'), ben);
    const { seq } = auditOfTargets(desk.state!).verdicts.get('t1')!;
    const undone: EventDraft = { type: 'verdict.undone', data: { unit: 't1', seq } };
    expect(draftOfTargets(desk.state!, undone, ben.profile).data).toEqual({ target: 't2', seq });
    const again = desk.verdict('t1', 'unsure');
    expect(draftOfTargets(desk.state!, again, ben.profile).data).toMatchObject({ target: 't2' });
    expect(draftOfTargets(desk.state!, again, auditor.profile).data).toMatchObject({ target: 't1' });
  });
});

describe('merging', () => {
  function fork(): { ours: AuditDesk; theirs: AuditDesk; units: string[] } {
    const base = AuditDesk.ready(index);
    const units = others(base);
    base.record(queue(target('t1', units[0]!), target('t2', units[1]!)));
    const theirs = new AuditDesk(base.events, Date.UTC(2026, 1, 2));
    return { ours: new AuditDesk(base.events), theirs, units };
  }

  function take(desk: AuditDesk, theirs: AuditDesk): readonly string[] {
    const merge = expectOk(mergeFork(desk.events, theirs.events));
    if (merge.kind !== 'merged') return merge.conflicts;
    desk.record(mergedEvent('stick', merge), lead);
    for (const { draft, actor, at } of merge.drafts) desk.record(draft, actor, at);
    return merge.conflicts;
  }

  test('what was queued, said and taken away over there arrives, under its authors', () => {
    const { ours, theirs, units } = fork();
    theirs.record(queue(target('t3', units[2]!, { source: 'check' }), target('t4', units[3]!)), ben);
    theirs.record(judge('t3', 'reject', 'GHOST'), ben);
    theirs.record({ type: 'target.removed', data: { target: 't4', reason: 'is a tree' } }, ben);
    theirs.record({ type: 'target.removed', data: { target: 't2', reason: 'is a tree' } }, ben);
    ours.record(judge('t1', 'accept'));
    expect(take(ours, theirs)).toEqual([]);
    expect([...ours.state!.targets.keys()]).toEqual(['t1', 't3']);
    expect(ours.state!.targets.get('t3')!.verdict).toMatchObject({ verdict: 'reject', by: ben });
    expect(noted(ours)).toEqual(['GHOST']);
    expect(expectOk(mergeFork(ours.events, theirs.events)).kind).toBe('nothing');
    const record = { lines: ours.lines, pinnedKey: null, pictureHash: () => null };
    expect(verifyRecord(record, sha256, verifyEd25519)).toMatchObject({ chain: 'ok', breaches: [] });
  });

  test('what was taken from the queue after a merge does not come back with the next', () => {
    const { ours, theirs, units } = fork();
    theirs.record(queue(target('t3', units[2]!)), ben);
    ours.record(judge('t2', 'accept'));
    take(ours, theirs);
    ours.record({ type: 'target.removed', data: { target: 't3', reason: 'is a tree' } });
    theirs.record(judge('t1', 'accept'), ben);
    expect(take(ours, theirs)).toEqual([]);
    expect([...ours.state!.targets.keys()]).toEqual(['t1', 't2']);
  });

  test('judged here and taken away there is listed; so is what one person judged differently on both sides', () => {
    const { ours, theirs } = fork();
    ours.record(judge('t1', 'reject', 'CLS'), ben);
    ours.record(judge('t2', 'accept'), ben);
    theirs.record(judge('t2', 'reject', 'CLS'), ben);
    const { seq } = theirs.record({ type: 'target.removed', data: { target: 't1', reason: 'tree' } }, ben);
    expect([...take(ours, theirs)].sort()).toEqual(['t2', `target.removed@${seq}`]);
    expect(noted(ours)).toEqual(['CLS']);
  });
});

describe.each([1, 2, 3, 4, 5, 6])('random work on the queue of seed %i', (seed) => {
  test('never moves the sample: its outcome, its estimates and what is left of it stay as they are', () => {
    const random = seededRandom(seed).next;
    const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)]!;
    const desk = AuditDesk.ready(index);
    for (const { id } of desk.units.slice(0, 30)) {
      desk.record(random() < 0.2 ? desk.verdict(id, 'reject', defect('CLS')) : desk.verdict(id, 'accept'));
    }
    const sampleOf = (state = desk.state!) => ({
      outcome: planOutcome(state),
      estimates: estimatesOf(state),
      left: stillToJudge(state),
      verdicts: state.verdicts,
      findings: state.findings.filter(({ source }) => source === 'sample').map(({ id }) => id),
    });
    const before = sampleOf();
    const units = [...others(desk), ...desk.units.map(({ id }) => id)];
    let recorded = 0;
    for (let step = 0; step < 250; step++) {
      const ids = [...desk.state!.targets.keys()];
      const id = ids.length > 0 ? pick(ids) : 'none';
      const by = pick([auditor, ben, lead]);
      const said = desk.state!.targets.get(id)?.opinions ?? [];
      const drawn = random() < 0.2;
      const drafts: EventDraft[] = [
        drawn
          ? {
              type: 'targets.queued',
              data: {
                targets: [target(`t${step}`, pick(units), { source: 'draw', probability: 0.3 })],
                draw,
              },
            }
          : queue(target(`t${step}`, pick(units))),
        judge(id, 'accept'),
        judge(id, 'reject', pick(['CLS', 'GHOST', 'POS'])),
        judge(id, 'unsure'),
        { type: 'target.undone', data: { target: id, seq: said.length > 0 ? pick(said).seq : 0 } },
        { type: 'target.removed', data: { target: id, reason: 'no' } },
      ];
      const draft = pick(drafts);
      if (desk.refuses(draft, by)) continue;
      desk.record(draft, by);
      recorded += 1;
    }
    expect(recorded).toBeGreaterThan(60);
    expect(sampleOf()).toEqual(before);
    expect(desk.state!.findings.some(({ source }) => source === 'targeted')).toBe(true);
    // In one go, on maps of its own, the fold says the same.
    expect(foldAll(desk.events)).toEqual(desk.state);
  });
});

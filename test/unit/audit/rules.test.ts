/** What the rules refuse, one breach at a time, on an audit where everything else is in order. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { EventDraft } from '../../../shared/audit/events.ts';
import { CuboidFlag } from '../../../shared/model/labels.ts';
import { AuditDesk, auditor, defaultSpec, defect, labelsHash, lead, missed, vendorQa } from './auditDesk.ts';
import { makeIndex } from './makeIndex.ts';

const index = makeIndex({ cuboidsPerFrame: 12 });
let desk: AuditDesk;

beforeEach(() => {
  desk = AuditDesk.ready(index);
});

function code(draft: EventDraft, actor = auditor): string | undefined {
  return desk.refuses(draft, actor)?.code;
}

const unit = (at = 0): string => desk.units[at]!.id;
const cell = (at = 0): string => desk.cells[at]!.id;

function noted(id: string, defectCode: string): EventDraft {
  const place = { scene: 'scene0', frame: 'scene0-0000', label: null, track: null, evidence: null };
  return { type: 'finding.noted', data: { id, source: 'beside', ...place, defect: defect(defectCode) } };
}

describe('opening and planning', () => {
  test('nothing comes before the opening, and it comes once', () => {
    const opening = desk.events[0] as EventDraft;
    const empty = new AuditDesk();
    expect(empty.refuses(desk.verdict('u', 'accept'))?.code).toBe('audit-not-opened');
    expect(empty.refuses(opening)).toBeNull();
    expect(code(opening)).toBe('audit-already-opened');
  });

  test('verdicts wait for the frozen plan, the plan for the spec', () => {
    const early = new AuditDesk();
    early.open();
    const frozen = desk.events[2] as EventDraft;
    expect(early.refuses(frozen)?.code).toBe('spec-not-chosen');
    expect(early.refuses(desk.verdict(unit(), 'accept'))?.code).toBe('plan-not-frozen');
    expect(early.refuses(desk.cell(cell()))?.code).toBe('plan-not-frozen');
    early.chooseSpec(defaultSpec);
    expect(early.refuses(frozen)).toBeNull();
  });

  test('a plan belongs to the spec and the label files it was drawn from', () => {
    const { data } = desk.events[2] as Extract<EventDraft, { type: 'plan.frozen' }>;
    const replan = { reason: 'again', previousSeq: 3 };
    const again = (change: object): EventDraft => ({
      type: 'plan.frozen',
      data: { ...data, replan, ...change },
    });
    expect(code(again({}))).toBeUndefined();
    expect(code(again({ specHash: labelsHash }))).toBe('plan-of-another-spec');
    expect(code(again({ labelsHash: data.specHash }))).toBe('delivery-is-another');
    expect(code(again({ labels: { ...data.labels, units: data.labels.units.slice(1) } }))).toBe(
      'draw-of-wrong-size',
    );
    const twice = [...data.cells.units.slice(1), data.cells.units[1]!];
    expect(code(again({ cells: { ...data.cells, units: twice } }))).toBe('draw-of-wrong-size');
  });

  test('a second draw is a logged re-plan with its reason', () => {
    const { data } = desk.events[2] as Extract<EventDraft, { type: 'plan.frozen' }>;
    const again = (replan: typeof data.replan): EventDraft => ({
      type: 'plan.frozen',
      data: { ...data, replan },
    });
    expect(code(again(null))).toBe('replan-without-reason');
    expect(code(again({ reason: '  ', previousSeq: 3 }))).toBe('replan-without-reason');
    expect(code(again({ reason: 'seed seen', previousSeq: 2 }))).toBe('replan-of-another-plan');
    const first = new AuditDesk(desk.events.slice(0, 2));
    expect(first.refuses(again({ reason: 'why', previousSeq: 1 }))?.code).toBe('replan-without-plan');
  });

  test('the spec is fixed by the first verdict; changed before, it asks for a new draw', () => {
    const other = { ...defaultSpec, revision: '1.1' };
    desk.chooseSpec(other);
    expect(code(desk.verdict(unit(), 'accept'))).toBe('plan-of-another-spec');
    expect(code(desk.signing('accept'))).toBe('plan-of-another-spec');
    desk.freeze(index, other, 'spec 1.1 agreed');
    desk.record(desk.verdict(unit(), 'accept'));
    const choice = { type: 'spec.chosen', data: { spec: defaultSpec, specHash: labelsHash } } as const;
    expect(code(choice)).toBe('spec-after-verdict');
  });

  test('another delivery cannot take the place of the one audited', () => {
    const { delivery } = desk.state!;
    const moved = { ...delivery, path: '/mnt/b/0142' };
    expect(code({ type: 'delivery.attached', data: { delivery: moved } })).toBeUndefined();
    const foreign = { ...moved, labelsHash: desk.state!.spec!.hash };
    expect(code({ type: 'delivery.attached', data: { delivery: foreign } })).toBe('delivery-is-another');
  });

  test('nor can another opinion in the same files, once the record names whose labels are judged', () => {
    const { delivery } = desk.state!;
    const named = (source: string) =>
      ({ type: 'delivery.attached', data: { delivery: { ...delivery, source } } }) as const;
    desk.record(named('network'));
    expect(code(named('network'))).toBeUndefined();
    expect(code(named('vendor'))).toBe('source-is-another');
    const nameless = { ...delivery, source: undefined };
    expect(code({ type: 'delivery.attached', data: { delivery: nameless } })).toBe('source-is-another');
  });
});

describe('judging', () => {
  test('only drawn units are judged', () => {
    expect(code(desk.verdict('scene9-0000|nobody', 'accept'))).toBe('unit-not-drawn');
    expect(code(desk.cell('scene9-0000|s0|0-30'))).toBe('unit-not-drawn');
  });

  test('accept names no defect, reject at least one that exists and is the vendor’s', () => {
    expect(code(desk.verdict(unit(), 'accept', defect('GHOST')))).toBe('verdict-with-defects');
    expect(code(desk.verdict(unit(), 'unsure', defect('GHOST')))).toBe('verdict-with-defects');
    expect(code(desk.verdict(unit(), 'reject'))).toBe('reject-without-defect');
    expect(code(desk.verdict(unit(), 'reject', defect('WRONG')))).toBe('defect-unknown');
    expect(code(desk.verdict(unit(), 'reject', defect('SYNC')))).toBe('defect-of-data');
    expect(code(desk.verdict(unit(), 'reject', defect('GHOST'), defect('GHOST')))).toBe('defect-twice');
    expect(code(desk.verdict(unit(), 'reject', defect('GHOST', 'minor')))).toBeUndefined();
  });

  test('a unit is on hold only for a fault of the sensor data', () => {
    expect(code(desk.verdict(unit(), 'sensor-limited'))).toBe('hold-without-fault');
    expect(code(desk.verdict(unit(), 'sensor-limited', defect('POS')))).toBe('hold-with-vendor-defect');
    expect(code(desk.verdict(unit(), 'sensor-limited', defect('CALIB'), defect('SYNC')))).toBeUndefined();
  });

  test('one geometric slip has one code', () => {
    expect(code(desk.verdict(unit(), 'reject', defect('POS'), defect('DIM')))).toBe('one-slip-one-code');
    expect(code(desk.verdict(unit(), 'reject', defect('POS'), defect('CLS')))).toBeUndefined();
  });

  test('missed objects are found in search cells, label defects on labels', () => {
    expect(code(desk.verdict(unit(), 'reject', defect('MISS')))).toBe('defect-not-for-labels');
    expect(code(desk.cell(cell(), [{ ...missed('a'), code: 'GHOST' }]))).toBe('defect-not-for-cells');
    expect(code(desk.cell(cell(), [missed('a'), missed('a')]))).toBe('defect-twice');
    expect(code(desk.cell(cell(), [missed('a')]))).toBeUndefined();
    const unsure = desk.cell(cell(), [missed('a')]) as Extract<EventDraft, { type: 'cell.judged' }>;
    expect(code({ ...unsure, data: { ...unsure.data, verdict: 'unsure' } })).toBe('cell-missed-unsearched');
  });

  test('what cannot be read is neither good nor bad', () => {
    const unreadable = makeIndex({
      cuboidsPerFrame: 12,
      row: () => ({ size: [Number.NaN, 2, 1] }),
    });
    expect(unreadable.labels.cuboids.flags[0]! & CuboidFlag.unusable).not.toBe(0);
    const blind = AuditDesk.ready(unreadable);
    const id = blind.units[0]!.id;
    expect(blind.refuses(blind.verdict(id, 'accept'))?.code).toBe('unit-not-inspectable');
    expect(blind.refuses(blind.verdict(id, 'reject', defect('GHOST')))?.code).toBe('unit-not-inspectable');
    expect(blind.refuses(blind.verdict(id, 'uninspectable'))).toBeNull();
  });

  test('only the standing verdict can be undone', () => {
    desk.record(desk.verdict(unit(), 'accept'));
    const { seq } = desk.state!.verdicts.get(unit())!;
    expect(code({ type: 'verdict.undone', data: { unit: unit(), seq: seq - 1 } })).toBe(
      'verdict-not-standing',
    );
    expect(code({ type: 'verdict.undone', data: { unit: unit(1), seq } })).toBe('verdict-not-standing');
    expect(code({ type: 'verdict.undone', data: { unit: unit(), seq } })).toBeUndefined();
    expect(code({ type: 'cell.undone', data: { cell: cell(), seq } })).toBe('verdict-not-standing');
  });

  test('findings beside the sample: any vendor defect, once, and withdrawn with a reason', () => {
    expect(code(noted('n1', 'SYNC'))).toBe('defect-of-data');
    desk.record(noted('n1', 'MISS'));
    expect(code(noted('n1', 'GHOST'))).toBe('finding-noted-twice');
    desk.record(desk.verdict(unit(), 'reject', defect('GHOST')));
    const [beside, sampled] = desk.state!.findings.map(({ id }) => id) as [string, string];
    const withdraw = (finding: string, reason: string): EventDraft => ({
      type: 'finding.withdrawn',
      data: { finding, reason },
    });
    expect(code(withdraw(sampled, 'mistake'))).toBe('finding-of-sample');
    expect(code(withdraw(beside, ' '))).toBe('reason-missing');
    expect(code(withdraw('F0099', 'mistake'))).toBe('finding-unknown');
    expect(code(withdraw(beside, 'mistake'))).toBeUndefined();
  });

  test('only a lead shows how the lot stands', () => {
    const shown: EventDraft = { type: 'standing.shown', data: { isShown: true } };
    expect(code(shown)).toBe('standing-needs-lead');
    expect(code(shown, lead)).toBeUndefined();
  });
});

describe('signing', () => {
  test('waits for the whole sample, unless a rejection number is reached', () => {
    expect(code(desk.signing('accept'))).toBe('sign-unfinished');
    desk.record(desk.verdict(unit(), 'reject', defect('FLIP', 'critical')));
    expect(code(desk.signing('not-accept'))).toBeUndefined();
    const signed = desk.signing('not-accept') as Extract<EventDraft, { type: 'disposition.signed' }>;
    expect(signed.data.outcome).toMatchObject({ outcome: 'not-met', stoppedEarly: true });
  });

  test('waits for a second look where the open units could turn the outcome', () => {
    desk.record(desk.verdict(unit(), 'unsure'));
    desk.finish();
    expect(code(desk.signing('accept'))).toBe('sign-needs-second-look');
    const again = desk.verdict(unit(), 'unsure') as Extract<EventDraft, { type: 'verdict.given' }>;
    desk.record({ ...again, data: { ...again.data, isSecondLook: true } });
    expect(code(desk.signing('accept'))).toBe('sign-needs-reason');
    expect(code(desk.signing('hold'))).toBeUndefined();
    expect(code(desk.signing('accept', 'two points, cannot be told'))).toBeUndefined();
  });

  test('an outcome that holds both ways needs no second look', () => {
    const minorOnly = { ...defaultSpec, plans: defaultSpec.plans.slice(2) };
    desk = AuditDesk.ready(index, minorOnly);
    desk.record(desk.verdict(unit(), 'unsure'));
    desk.finish();
    expect(code(desk.signing('accept'))).toBeUndefined();
  });

  test('a reason where the disposition differs from the outcome', () => {
    desk.finish();
    expect(code(desk.signing('accept'))).toBeUndefined();
    expect(code(desk.signing('not-accept'))).toBe('sign-needs-reason');
    expect(code(desk.signing('concession', ' '))).toBe('sign-needs-reason');
  });

  test('the entry says what the record says at this moment', () => {
    desk.finish();
    const draft = desk.signing('accept') as Extract<EventDraft, { type: 'disposition.signed' }>;
    const change = (data: object): EventDraft => ({ ...draft, data: { ...draft.data, ...data } });
    expect(code(change({ head: labelsHash }))).toBe('sign-head-moved');
    expect(code(change({ supersedes: 3 }))).toBe('sign-supersedes-wrong');
    expect(code(change({ outcome: { ...draft.data.outcome, outcome: 'not-met' } }))).toBe(
      'sign-outcome-moved',
    );
    expect(code(draft)).toBeUndefined();
  });

  test('after it nothing is judged, drawn, noted or chosen', () => {
    desk.record(desk.verdict(unit(), 'reject', defect('GHOST')));
    desk.finish();
    desk.sign('accept');
    const { seq } = desk.state!.verdicts.get(unit())!;
    const drafts: EventDraft[] = [
      desk.verdict(unit(), 'accept'),
      desk.cell(cell()),
      noted('n1', 'GHOST'),
      { type: 'verdict.undone', data: { unit: unit(), seq } },
      { type: 'intake.changed', data: { intake: desk.state!.intake } },
      desk.signing('accept'),
    ];
    expect(drafts.map((draft) => code(draft))).toEqual(drafts.map(() => 'audit-signed'));
    expect(code({ type: 'record.exported', data: { kind: 'html', path: 'x' } })).toBeUndefined();
  });

  test('a lot on hold has its open units looked at again, and is signed anew', () => {
    desk.record(desk.verdict(unit(), 'unsure'));
    desk.finish();
    const look = (verdict: 'unsure' | 'accept'): EventDraft => {
      const draft = desk.verdict(unit(), verdict) as Extract<EventDraft, { type: 'verdict.given' }>;
      return { ...draft, data: { ...draft.data, isSecondLook: true } };
    };
    desk.record(look('unsure'));
    desk.sign('hold');
    expect(code(desk.verdict(unit(1), 'reject', defect('GHOST')))).toBe('audit-signed');
    desk.record(look('accept'));
    expect(code(look('unsure'))).toBe('audit-signed');
    desk.sign('accept');
    expect(desk.state!.dispositions.map(({ supersedes }) => supersedes)).toEqual([
      null,
      desk.state!.dispositions[0]!.seq,
    ]);
  });
});

describe('rework and disputes', () => {
  const answered = (finding: string, answer: 'agree' | 'dispute' | 'fixed'): EventDraft => ({
    type: 'rework.answered',
    data: { source: 'answers.csv', answers: [{ finding, answer, remark: 'see picture' }] },
  });
  const ruled = (finding: string, isUpheld: boolean, reason = 'looked again'): EventDraft => ({
    type: 'dispute.ruled',
    data: { finding, isUpheld, reason },
  });

  beforeEach(() => {
    for (let at = 0; at < 6; at += 1) desk.record(desk.verdict(unit(at), 'reject', defect('GHOST')));
  });

  test('nothing is handed over before signing', () => {
    expect(code({ type: 'rework.issued', data: { findings: ['F0001'] } })).toBe('audit-not-signed');
    expect(code(answered('F0001', 'agree'))).toBe('audit-not-signed');
  });

  test('rulings are for disputed findings, with a reason, and not by the vendor of a client’s audit', () => {
    desk.sign('not-accept');
    expect(code({ type: 'rework.issued', data: { findings: ['F0001', 'F0077'] } })).toBe('finding-unknown');
    expect(code(ruled('F0001', true))).toBe('finding-not-disputed');
    desk.record(answered('F0001', 'dispute'));
    expect(code(ruled('F0001', true, ''))).toBe('reason-missing');
    expect(code(ruled('F0001', true), vendorQa)).toBe('ruling-by-vendor');
    expect(code(ruled('F0001', true), lead)).toBeUndefined();
  });

  test('an upheld dispute recomputes the outcome and asks for a new signed entry', () => {
    // Sixty-four labels at AQL 1.5: six rejected are more than the plan accepts, so it stopped early.
    desk.sign('not-accept');
    expect(code(desk.signing('accept', 'x'))).toBe('audit-signed');
    for (const id of ['F0001', 'F0002', 'F0003', 'F0004', 'F0005', 'F0006']) {
      desk.record(answered(id, 'dispute'));
      desk.record(ruled(id, true), lead);
    }
    expect(desk.state!.findings.map(({ status }) => status)).toEqual(Array(6).fill('overturned'));
    const next = desk.signing('hold', 'the rest of the sample was not judged') as Extract<
      EventDraft,
      { type: 'disposition.signed' }
    >;
    expect(next.data.outcome.outcome).toBe('undecidable');
    expect(code(next)).toBe('sign-unfinished');
    expect(code(desk.verdict(unit(), 'accept'))).toBe('audit-signed');
    desk.finish();
    desk.sign('accept');
    expect(desk.state!.dispositions.at(-1)).toMatchObject({ supersedes: desk.state!.dispositions[0]!.seq });
    expect(code(desk.verdict(unit(7), 'accept'))).toBe('audit-signed');
  });

  test('a settled finding takes no further answer', () => {
    desk.sign('not-accept');
    desk.record(answered('F0001', 'dispute'));
    desk.record(ruled('F0001', false), lead);
    expect(code(answered('F0001', 'dispute'))).toBe('finding-closed');
    desk.record(answered('F0001', 'fixed'));
    desk.record({ type: 'finding.verified', data: { finding: 'F0001', isFixed: true, note: '' } });
    expect(code(answered('F0001', 'agree'))).toBe('finding-closed');
    expect(desk.state!.findings[0]).toMatchObject({ status: 'verified' });
    expect(desk.state!.findings[0]!.remarks.map(({ text }) => text)).toEqual([
      'see picture',
      'looked again',
      'see picture',
    ]);
  });

  test('findings of the submission before are verified under its name', () => {
    const second = AuditDesk.ready(index, defaultSpec, { submission: 2, resubmits: 'audit-0' });
    const verified = (finding: string): EventDraft => ({
      type: 'finding.verified',
      data: { finding, isFixed: false, note: 'still there' },
    });
    expect(second.refuses(verified('audit-7/F0001'))?.code).toBe('finding-unknown');
    second.record(verified('audit-0/F0001'));
    expect(second.state!.oldFindings.get('audit-0/F0001')).toMatchObject({
      isFixed: false,
      note: 'still there',
    });
  });
});

/** The review desk on the real audit rules: what each key records, and where it leads. */
import { beforeEach, expect, test } from 'vitest';
import { type Desk, firstPosition } from '../../../renderer/screens/review/desk.ts';
import { createUnitLocator } from '../../../renderer/screens/review/locateUnit.ts';
import { specDefect } from '../../../shared/audit/specLookup.ts';
import { AuditDesk, defaultSpec } from '../audit/auditDesk.ts';
import { makeIndex } from '../audit/makeIndex.ts';
import { deskOf, evidenceInFront } from './testDesk.ts';

const index = makeIndex();
const code = (name: string) => specDefect(defaultSpec, name)!;
let audit: AuditDesk;
let desk: Desk;
let clock = 0;

beforeEach(() => {
  audit = AuditDesk.ready(index);
  const locator = createUnitLocator(index);
  clock = 1000;
  desk = deskOf(audit, index, {
    clock: () => clock,
    locator,
    measured: (name) =>
      name === 'DIM' ? { quantity: 'rear-gap', value: 0.62, limit: 0.3, unit: 'm' } : null,
    async evidence(_withPicture, draft) {
      const evidence = evidenceInFront(desk, { index, locator }, draft);
      // A picture takes its time; verdicts given meanwhile must not overtake.
      await new Promise((resolve) => setTimeout(resolve, 5));
      return evidence;
    },
  });
});

const verdictOf = (at: number) => audit.state!.verdicts.get(desk.units[at]!.id);
const position = (): number => desk.store.getState().at;

test('Enter accepts and goes on, with the time that was spent', async () => {
  clock += 3400;
  desk.confirm();
  await desk.settled();
  expect(verdictOf(0)).toMatchObject({ verdict: 'accept', defects: [], durationMs: 3400, evidence: null });
  expect(position()).toBe(1);
});

test('a digit rejects with its code, its severity, its measure and a snapshot, and goes on at once', async () => {
  const judged = desk.unit();
  desk.reject(code('DIM'));
  expect(position()).toBe(1);
  expect(desk.store.getState().given.has(judged.id)).toBe(true);
  // The next verdict comes while the first one's picture is still being made.
  desk.accept();
  await desk.settled();
  expect(desk.store.getState().given.size).toBe(0);
  const rejected = verdictOf(0)!;
  expect(rejected.defects).toEqual([
    {
      code: 'DIM',
      severity: 'major',
      note: '',
      measured: { quantity: 'rear-gap', value: 0.62, limit: 0.3, unit: 'm' },
    },
  ]);
  expect(rejected.evidence?.cuboid?.pointsInside).toBe(12);
  expect(rejected.seq).toBeLessThan(verdictOf(1)!.seq);
  const finding = audit.state!.findings.find(({ unit }) => unit === judged.id)!;
  expect(finding).toMatchObject({ id: 'F0001', source: 'sample', frame: judged.frame, label: judged.label });
});

test('a severity armed before the code holds for that code only', async () => {
  desk.setSeverity('critical');
  desk.reject(code('POS'));
  desk.reject(code('YAW'));
  await desk.settled();
  expect(verdictOf(0)!.defects[0]!.severity).toBe('critical');
  expect(verdictOf(1)!.defects[0]!.severity).toBe('major');
});

test('on a rejected unit a severity changes it and a code is added or taken away, without leaving', async () => {
  desk.reject(code('POS'));
  await desk.settled();
  desk.step(-1);
  desk.setSeverity('minor');
  await desk.settled();
  expect(verdictOf(0)!.defects).toMatchObject([{ code: 'POS', severity: 'minor' }]);
  desk.reject(code('CLS'));
  await desk.settled();
  expect(verdictOf(0)!.defects.map((entry) => entry.code)).toEqual(['POS', 'CLS']);
  desk.reject(code('POS'));
  await desk.settled();
  expect(verdictOf(0)!.defects.map((entry) => entry.code)).toEqual(['CLS']);
  expect(position()).toBe(0);
  // Enter leaves a judged unit as it is.
  desk.confirm();
  expect(position()).toBe(1);
  await desk.settled();
  expect(verdictOf(0)!.verdict).toBe('reject');
});

test('one slip has one code: what the rules refuse is not recorded and the unit comes back', async () => {
  desk.reject(code('POS'));
  await desk.settled();
  desk.step(-1);
  desk.reject(code('DIM'));
  await desk.settled();
  expect(verdictOf(0)!.defects.map((entry) => entry.code)).toEqual(['POS']);
  expect(position()).toBe(0);
});

test('undo takes the last verdict back, goes to its unit and keeps the comment', async () => {
  desk.setDraft({ comment: 'mirror is outside' });
  desk.reject(code('CLS'));
  desk.accept();
  await desk.settled();
  expect(verdictOf(0)!.comment).toBe('mirror is outside');
  desk.undo();
  desk.undo();
  await desk.settled();
  expect(audit.state!.verdicts.size).toBe(0);
  expect(position()).toBe(0);
  expect(desk.draft().comment).toBe('mirror is outside');
});

test('faults of the data put the unit on hold; unsure is unsure', async () => {
  desk.hold(code('CALIB'));
  desk.unsure();
  await desk.settled();
  expect(verdictOf(0)!).toMatchObject({ verdict: 'sensor-limited', defects: [{ code: 'CALIB' }] });
  expect(verdictOf(1)!).toMatchObject({ verdict: 'unsure', defects: [] });
  desk.step(-1);
  desk.accept();
  await desk.settled();
  expect(verdictOf(1)!).toMatchObject({ verdict: 'accept', isSecondLook: true });
});

test('a label beside the unit gets a finding that never counts, and Enter goes back without a verdict', async () => {
  const unit = desk.unit();
  const { frame } = createUnitLocator(index).locate(unit)!;
  const { cuboids } = index.labels;
  const other = Array.from({ length: 40 }, (_, at) => cuboids.frameStart[frame]! + at).find(
    (row) => index.labels.tracks[cuboids.track[row]!] !== unit.track,
  )!;
  desk.select(other);
  expect(desk.store.getState().besideRow).toBe(other);
  desk.confirm();
  expect(desk.store.getState().besideRow).toBeNull();
  desk.select(other);
  desk.noteBeside(code('DUP'));
  await desk.settled();
  expect(audit.state!.verdicts.size).toBe(0);
  expect(audit.state!.findings).toMatchObject([
    { source: 'beside', unit: null, label: cuboids.id.at(other), defect: { code: 'DUP' } },
  ]);
});

test('frames of the track are walked within the track, and home is the unit’s own frame', () => {
  const own = createUnitLocator(index).locate(desk.unit())!.frame;
  const frames = createUnitLocator(index)
    .rowsOfTrack(desk.unit().track!)
    .map((row) => index.labels.cuboids.frame[row]!);
  for (let step = 0; step < 10; step++) desk.stepFrame(1);
  expect(desk.store.getState().frame ?? own).toBe(frames.at(-1));
  for (let step = 0; step < 10; step++) desk.stepFrame(-1);
  expect(desk.store.getState().frame ?? own).toBe(frames[0]);
  desk.home();
  expect(desk.store.getState().frame).toBeNull();
});

test('the whole sample can be judged, and then nothing is open', async () => {
  for (let step = 0; step < desk.units.length; step++) desk.confirm();
  await desk.settled();
  expect(audit.state!.verdicts.size).toBe(desk.units.length);
  const at = position();
  desk.confirm();
  await desk.settled();
  expect(position()).toBe(at);
});

test('a desk opened again begins at the first open unit, or where it is asked to', async () => {
  desk.confirm();
  desk.confirm();
  await desk.settled();
  expect(firstPosition(desk.units, audit.state!, null)).toBe(2);
  expect(firstPosition(desk.units, audit.state!, desk.units[7]!.id)).toBe(7);
  expect(firstPosition(desk.units, audit.state!, 'no such unit')).toBe(2);
});

test('undoing a change of a standing reject brings back what stood before', async () => {
  clock += 4000;
  desk.reject(code('POS'));
  await desk.settled();
  desk.step(-1);
  clock += 2000;
  desk.setSeverity('critical');
  await desk.settled();
  // The time of both looks is the unit's.
  expect(verdictOf(0)).toMatchObject({ durationMs: 6000, defects: [{ code: 'POS', severity: 'critical' }] });
  desk.undo();
  await desk.settled();
  expect(verdictOf(0)).toMatchObject({
    verdict: 'reject',
    durationMs: 4000,
    defects: [{ code: 'POS', severity: 'major' }],
  });
  expect(verdictOf(0)!.evidence?.cuboid?.pointsInside).toBe(12);
  desk.undo();
  await desk.settled();
  expect(verdictOf(0)).toBeUndefined();
});

test('a finding beside the unit is taken back by undo', async () => {
  desk.noteBeside(code('DUP'));
  await desk.settled();
  expect(audit.state!.findings).toHaveLength(1);
  desk.undo();
  await desk.settled();
  expect(audit.state!.findings).toHaveLength(0);
  expect(audit.state!.verdicts.size).toBe(0);
});

test('time is kept for a unit that is left and looked at again, and over an undo', async () => {
  clock += 3000;
  desk.step(1);
  clock += 9000;
  desk.step(-1);
  clock += 500;
  desk.accept();
  await desk.settled();
  expect(verdictOf(0)!.durationMs).toBe(3500);
  desk.undo();
  await desk.settled();
  clock += 250;
  desk.accept();
  await desk.settled();
  expect(verdictOf(0)!.durationMs).toBe(3750);
  desk.accept();
  await desk.settled();
  expect(verdictOf(1)!.durationMs).toBe(9000);
});

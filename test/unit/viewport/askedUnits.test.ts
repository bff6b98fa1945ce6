/** The order of the desk under plans that may stop: what comes up, what is never passed over, what is not asked for. */
import { beforeEach, describe, expect, test } from 'vitest';
import { openInTurn } from '../../../renderer/screens/review/course/askedUnits.ts';
import { type Desk, firstPosition } from '../../../renderer/screens/review/desk.ts';
import { requestOf } from '../../../shared/audit/course.ts';
import { stillToJudge } from '../../../shared/audit/outcome.ts';
import { judgingOrder, presentationOrder } from '../../../shared/audit/presentation.ts';
import type { PlanRule } from '../../../shared/audit/qaSpec.ts';
import { canSign } from '../../../shared/audit/rulesOfSigning.ts';
import { specDefect } from '../../../shared/audit/specLookup.ts';
import { AuditDesk, defaultSpec } from '../audit/auditDesk.ts';
import { makeIndex } from '../audit/makeIndex.ts';
import { deskOf } from './testDesk.ts';

const index = makeIndex({ framesPerScene: 6, cuboidsPerFrame: 12 });
const sprt = (over: Partial<Extract<PlanRule, { scheme: 'sprt' }>> = {}): PlanRule => ({
  scheme: 'sprt',
  severity: 'major',
  p0: 0.02,
  p1: 0.3,
  alpha: 0.05,
  beta: 0.1,
  truncateAt: null,
  designEffect: 1,
  ...over,
});
const twice: PlanRule = {
  scheme: 'double',
  severity: 'major',
  aql: null,
  level: 'II',
  inspection: 'normal',
  stages: { n1: 4, ac1: 0, re1: 2, n2: 5, ac2: 1, re2: 2 },
};

let audit: AuditDesk;
let desk: Desk;

function begin(plans: PlanRule[]): void {
  audit = AuditDesk.ready(index, { ...defaultSpec, plans });
  const units = judgingOrder(audit.state!.sample!.labels, index.delivery);
  desk = deskOf(audit, index, { first: firstPosition(units, audit.state!, null) });
}

const drawn = () => audit.state!.sample!.labels.units;
const at = (): number => desk.store.getState().at;
const says = () => requestOf(audit.state!, 'labels');
const reject = (): void => desk.reject(specDefect(defaultSpec, 'POS')!);
async function accept(count: number): Promise<void> {
  for (let done = 0; done < count; done += 1) desk.accept();
  await desk.settled();
}

describe('a sequential plan', () => {
  beforeEach(() => begin([sprt()]));

  test('shows the units as they were drawn', () => {
    expect(desk.units).toEqual(drawn());
    expect(desk.units).not.toEqual(presentationOrder(drawn(), index.delivery));
    expect(says()).toBe('go-on');
  });

  test('comes back to a unit that was passed over before anything else', async () => {
    desk.step(1);
    expect(desk.upcoming(3)).toEqual([0, 2, 3]);
    await accept(1);
    expect(at()).toBe(0);
    await accept(1);
    expect(at()).toBe(2);
  });

  test('stops where its line is met; undo goes on again', async () => {
    while (says() === 'go-on') await accept(1);
    const judged = audit.state!.verdicts.size;
    expect(judged).toBeLessThan(drawn().length);
    expect(says()).toBe('stop');
    expect(desk.upcoming(3)).toEqual([]);
    desk.undo();
    await desk.settled();
    expect([says(), at()]).toEqual(['go-on', judged - 1]);
    await accept(1);
    expect(says()).toBe('stop');
    // Beyond the decision one may go on looking; it changes nothing.
    desk.goTo(judged);
    reject();
    await desk.settled();
    expect([says(), at(), audit.state!.verdicts.size]).toEqual(['stop', judged, judged + 1]);
  });

  test('an open unit that keeps it from deciding is to be looked at again', async () => {
    for (let open = 0; open < 2; open += 1) desk.unsure();
    await desk.settled();
    while (says() === 'go-on') await accept(1);
    expect(says()).toBe('look-again');
    // Only what the plan asks for waits for a second look; the rest of the draw does not.
    expect(stillToJudge(audit.state!).labels).toBe(0);
    expect(canSign(audit.state!)).toMatchObject({ code: 'sign-unfinished' });
    for (const cell of audit.cells) audit.record(audit.cell(cell.id, []));
    expect(canSign(audit.state!)).toMatchObject({ code: 'sign-needs-second-look', params: { waiting: 2 } });
    desk.goTo(0);
    desk.accept();
    desk.goTo(1);
    desk.accept();
    await desk.settled();
    expect(says()).toBe('stop');
  });

  test('stops as soon as one of the plans is not met, and no sooner than all are met', async () => {
    begin([sprt(), sprt({ severity: 'minor', p1: 0.1 })]);
    const lines = drawn().length;
    while (audit.state!.verdicts.size < 12) await accept(1);
    expect([says(), lines > 12]).toEqual(['go-on', true]);
    begin([sprt(), sprt({ severity: 'minor', p1: 0.1 })]);
    reject();
    reject();
    await desk.settled();
    expect([says(), audit.state!.verdicts.size]).toEqual(['stop', 2]);
  });
});

describe('a double plan', () => {
  beforeEach(() => begin([twice]));

  test('shows its first sample in the usual order, and then the second', () => {
    const ordered = (units: typeof desk.units) => presentationOrder(units, index.delivery);
    expect(desk.units).toEqual([...ordered(drawn().slice(0, 4)), ...ordered(drawn().slice(4))]);
  });

  test('says that the first sample is enough', async () => {
    await accept(4);
    expect([says(), desk.upcoming(5), at()]).toEqual(['first-enough', [], 3]);
  });

  test('asks for the second only once the first is judged', async () => {
    reject();
    await desk.settled();
    expect([says(), desk.upcoming(9)]).toEqual(['go-on', [2, 3]]);
    await accept(3);
    expect([says(), desk.upcoming(9)]).toEqual(['second-sample', [4, 5, 6, 7, 8]]);
    desk.confirm();
    expect(at()).toBe(4);
    await accept(5);
    expect(says()).toBe('stop');
  });
});

test('under single plans nothing is said, and units keep their order', () => {
  begin([{ scheme: 'c0', severity: 'critical', limitingRate: 0.2, confidence: 0.9 }]);
  expect(says()).toBeNull();
  expect(desk.units).toEqual(presentationOrder(drawn(), index.delivery));
  expect(desk.upcoming(3)).toEqual([1, 2, 3]);
});

test('units shown beside the sample are scattered among drawn ones and move none of them', () => {
  begin([sprt()]);
  const { labels } = audit.state!.sample!;
  const others = Array.from({ length: 9 }, (_, place) => ({ ...labels.units[0]!, id: `other ${place}` }));
  const order = judgingOrder(labels, index.delivery, others);
  const places = others.map(({ id }) => order.findIndex((unit) => unit.id === id));
  expect(order.filter(({ id }) => !id.startsWith('other'))).toEqual(drawn());
  expect(new Set(places).size).toBe(9);
  expect(Math.max(...places) - Math.min(...places)).toBeGreaterThan(drawn().length / 3);
  expect(judgingOrder(labels, index.delivery, others.toReversed())).toEqual(order);
});

test('open ones are looked for all the way round, within what is asked for', () => {
  const units = ['a', 'b', 'c', 'd'].map((id) => ({ id }));
  const sample = { drawn: units, asked: 3, isAsDrawn: false };
  const judged =
    (...ids: string[]) =>
    (id: string) =>
      ids.includes(id);
  expect(openInTurn(units, sample, judged('c'), 1)).toEqual([0, 1]);
  expect(openInTurn(units, sample, judged('a'), 0)).toEqual([1, 2]);
  expect(openInTurn(units, { ...sample, isAsDrawn: true }, judged('c'), 1)).toEqual([0, 1]);
  expect(openInTurn(units, { ...sample, asked: 4 }, judged('a', 'b', 'c'), 1)).toEqual([3]);
  expect(openInTurn(units, sample, judged('a', 'b', 'c'), 1)).toEqual([]);
});

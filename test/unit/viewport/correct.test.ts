/** Correcting on the real desk and rules: which code follows, what Enter and Undo do with it, what is recorded. */
import { beforeEach, describe, expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import {
  draftInFront,
  measuredInHand,
  suggestedCode,
  withCorrections,
} from '../../../renderer/screens/review/correct/correctingDesk.ts';
import { correctionOf, shapeOf } from '../../../renderer/screens/review/correct/correctionBox.ts';
import { type Corrector, createCorrector } from '../../../renderer/screens/review/correct/corrector.ts';
import { stepMeters } from '../../../renderer/screens/review/correct/stepSizes.ts';
import { createSteps } from '../../../renderer/screens/review/correct/steps.ts';
import { deviationsOf, suggestionFor } from '../../../renderer/screens/review/correct/suggestion.ts';
import type { Desk } from '../../../renderer/screens/review/deskContract.ts';
import { createUnitLocator } from '../../../renderer/screens/review/locateUnit.ts';
import { noFacts } from '../../../renderer/viewport/shown.ts';
import { specDefect } from '../../../shared/audit/specLookup.ts';
import { moved, turned, withFaceMoved } from '../../../shared/geometry/boxEdits.ts';
import { cuboidAt } from '../../../shared/model/labelRow.ts';
import { AuditDesk, defaultSpec } from '../audit/auditDesk.ts';
import { makeIndex } from '../audit/makeIndex.ts';
import { deskOf, evidenceInFront } from './testDesk.ts';

const index = makeIndex();
const limits = { centerMeters: 0.2, sizeMeters: [0.2, 0.18, 0.15], yawRadians: 0.09 } as const;
const label = {
  center: [12, 3, 0.8],
  size: [4.5, 1.8, 1.5],
  rotation: [0, 0, Math.sin(0.4), Math.cos(0.4)],
} as const;

describe('the code that follows', () => {
  test.each([
    ['a face moved', withFaceMoved(label, 0, -0.42), 'DIM', 'front-face', -0.42, 0.2],
    ['a lower face', withFaceMoved(label, 5, 0.3), 'DIM', 'bottom-face', 0.3, 0.15],
    ['both sides', withFaceMoved(withFaceMoved(label, 2, 0.2), 3, 0.15), 'DIM', 'width', 0.35, 0.18],
    ['the whole along', moved(label, [0.5, 0, 0]), 'POS', 'center-longitudinal', 0.5, 0.2],
    ['the whole aslant', moved(label, [0.3, -0.4, 0]), 'POS', 'center', 0.5, 0.2],
    ['a turn', turned(label, -0.2), 'YAW', 'yaw', -0.2, 0.09],
    ['a turn and a little shift', moved(turned(label, 0.3), [0.1, 0, 0]), 'YAW', 'yaw', 0.3, 0.09],
    ['turned round', moved(turned(label, 3.1), [0.5, 0, 0]), 'FLIP', 'yaw', 3.1, 0.09],
  ] as const)('%s', (_name, shape, code, quantity, value, limit) => {
    const suggestion = suggestionFor(label, shape, limits)!;
    expect(suggestion).toMatchObject({ code, isOver: true, measured: { quantity, limit } });
    expect(suggestion.measured.value).toBeCloseTo(value, 3);
  });

  test('within every limit no code follows, and where nothing moved there is nothing', () => {
    expect(suggestionFor(label, moved(label, [0.1, 0, 0]), limits)?.isOver).toBe(false);
    expect(suggestionFor(label, label, limits)).toBeNull();
  });

  test('what a moved face does to the centre is not told twice', () => {
    const { all } = deviationsOf(label, withFaceMoved(label, 0, -0.42), limits);
    expect(all.map(({ measured }) => measured.quantity)).toEqual(['front-face']);
  });

  test('without limits a code follows by the usual ones, and none is stated', () => {
    const suggestion = suggestionFor(label, moved(label, [0, 0.5, 0]), null)!;
    expect(suggestion).toMatchObject({ code: 'POS', isOver: true, measured: { limit: null } });
  });
});

test('a correction holds its difference, and a box that is the label is none', () => {
  const correction = correctionOf(label, withFaceMoved(label, 1, 0.3), 'drawn')!;
  expect(correction.delta).toEqual({
    ...{ along: -0.15, across: 0, up: 0, length: 0.3, width: 0, height: 0, yaw: 0 },
  });
  expect(shapeOf(correction).size[0]).toBeCloseTo(4.8, 9);
  expect(correctionOf(label, turned(turned(label, 0.5), -0.5), 'drawn')).toBeNull();
});

test('small objects take small steps', () => {
  expect([stepMeters([0.4, 0.4, 1], 'coarse'), stepMeters([4.6, 1.9, 1.7], 'coarse')]).toEqual([0.02, 0.05]);
  expect(stepMeters([12, 2.5, 3], 'coarse')).toBe(0.1);
});

test('presses of one moment are one step; a verdict closes them', () => {
  const steps = createSteps();
  const box = correctionOf(label, moved(label, [0.1, 0, 0]), 'drawn');
  steps.note('a', null, 'left', 0);
  steps.note('a', box, 'left', 300);
  steps.note('a', box, 'left', 800);
  expect(steps.back('a')).toBeNull();
  expect(steps.back('a')).toBeUndefined();
  steps.note('a', null, 'left', 5000);
  steps.note('a', box, 'left', 6000);
  expect([steps.back('b'), steps.back('a'), steps.has('a')]).toEqual([undefined, box, true]);
  steps.close();
  expect(steps.has('a')).toBe(false);
});

describe('at the desk', () => {
  let audit: AuditDesk;
  let plain: Desk;
  let desk: Desk;
  let corrector: Corrector;

  /** What correcting asks of the views: which way the one from above looks, and the points around. */
  const engine = {
    facts: createStore(() => noFacts),
    pointsNear: () => Promise.resolve(new Float32Array(30)),
  };

  beforeEach(() => {
    audit = AuditDesk.ready(index);
    const locator = createUnitLocator(index);
    plain = deskOf(audit, index, {
      locator,
      measured: (code, draft) => measuredInHand(code, draft, plain, corrector),
      evidence: async (_withPicture, draft) =>
        evidenceInFront(plain, { index, locator }, draftInFront(plain, draft)),
    });
    corrector = createCorrector(engine, plain);
    desk = withCorrections(plain, corrector);
    aim();
  });

  function aim(): void {
    const unit = desk.unit();
    const row = createUnitLocator(index).locate(unit)!.row!;
    const own = cuboidAt(index.labels, row);
    corrector.aim({ unit: unit.id, label: own, limits, typicalSize: null });
  }

  const verdictOf = (at: number) => audit.state!.verdicts.get(desk.units[at]!.id);

  test('Enter rejects with the code that follows; the box and its measure are the evidence', async () => {
    for (let press = 0; press < 6; press++) corrector.nudge(0, 1, 'coarse');
    expect(suggestedCode(desk, corrector)?.defect.code).toBe('POS');
    desk.confirm();
    await desk.settled();
    const verdict = verdictOf(0)!;
    expect(verdict.verdict).toBe('reject');
    expect(verdict.defects[0]).toMatchObject({
      code: 'POS',
      measured: { quantity: 'center-longitudinal', limit: 0.2 },
    });
    expect(verdict.evidence!.correction!.delta.along).toBeCloseTo(verdict.defects[0]!.measured!.value, 3);
    expect(desk.store.getState().at).toBe(1);
  });

  test('a box within its limits is no reason to reject', async () => {
    corrector.nudge(0, 1, 'fine');
    desk.confirm();
    await desk.settled();
    expect(verdictOf(0)!).toMatchObject({ verdict: 'accept', evidence: null });
  });

  test('another code gets no measure from the box, but the box stays in evidence', async () => {
    for (let press = 0; press < 6; press++) corrector.nudge(0, 1, 'coarse');
    desk.reject(specDefect(defaultSpec, 'CLS')!);
    await desk.settled();
    expect(verdictOf(0)!.defects[0]).toMatchObject({ code: 'CLS', measured: null });
    expect(verdictOf(0)!.evidence!.correction).toBeDefined();
  });

  test('Undo takes back the steps of the box first, then the verdict before it', async () => {
    desk.accept();
    await desk.settled();
    aim();
    corrector.turn(1, 'coarse');
    corrector.nudge(0, 1, 'coarse');
    desk.undo();
    expect(desk.draft().correction!.delta).toMatchObject({ along: 0 });
    desk.undo();
    expect(desk.draft().correction).toBeNull();
    expect(verdictOf(0)).toBeDefined();
    desk.undo();
    await desk.settled();
    expect(verdictOf(0)).toBeUndefined();
    expect(desk.store.getState().at).toBe(0);
  });

  test('a verdict given after the box closes its steps', async () => {
    corrector.turn(1, 'coarse');
    desk.unsure();
    await desk.settled();
    desk.step(-1);
    aim();
    expect(corrector.hasSteps()).toBe(false);
  });

  test('a standing reject shows its box again; a changed box changes what the verdict says', async () => {
    for (let press = 0; press < 6; press++) corrector.nudge(0, 1, 'coarse');
    desk.confirm();
    await desk.settled();
    desk.step(-1);
    aim();
    const before = desk.draft().correction!;
    expect(before.delta.along).toBeGreaterThan(0.2);
    expect(suggestedCode(desk, corrector)).toBeNull();
    for (let press = 0; press < 9; press++) corrector.turn(1, 'coarse');
    corrector.turn(1, 'coarse');
    expect(suggestedCode(desk, corrector)).toMatchObject({ isRestating: true });
    desk.confirm();
    await desk.settled();
    const verdict = verdictOf(0)!;
    expect(verdict.defects).toHaveLength(1);
    expect(verdict.evidence!.correction!.delta.yaw).toBeCloseTo(Math.PI / 18, 3);
  });

  test('beside the unit its box is neither measure nor evidence', () => {
    for (let press = 0; press < 6; press++) corrector.nudge(0, 1, 'coarse');
    const draft = desk.draft();
    desk.patch({ besideRow: 0 });
    expect(draftInFront(desk, draft).correction).toBeNull();
    expect(measuredInHand('POS', draft, desk, corrector)).toBeNull();
    expect(suggestedCode(desk, corrector)).toBeNull();
  });

  test('a face in hand goes outwards and inwards; the opposite stays', () => {
    corrector.nextFace();
    for (let press = 0; press < 3; press++) corrector.nudge(0, 1, 'coarse');
    const { delta } = desk.draft().correction!;
    expect(delta.length).toBeCloseTo(2 * delta.along, 3);
    expect(delta.length).toBeGreaterThan(0.05);
    corrector.remove();
    expect(desk.draft().correction).toBeNull();
  });

  test('too few points are said, and nothing is drawn', async () => {
    await corrector.fit();
    expect(corrector.store.getState().note).toMatchObject({ kind: 'too-few' });
    expect(desk.draft().correction).toBeNull();
  });
});

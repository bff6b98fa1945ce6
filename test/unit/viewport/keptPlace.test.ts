/** Where a desk comes back to after every process ended at once. */
import { expect, test } from 'vitest';
import { type KeptPlace, unitToReturnTo } from '../../../renderer/screens/review/keptPlace.ts';
import { presentationOrder } from '../../../shared/audit/presentation.ts';
import { AuditDesk } from '../audit/auditDesk.ts';
import { makeIndex } from '../audit/makeIndex.ts';

const index = makeIndex({ framesPerScene: 6, cuboidsPerFrame: 12 });

function begun() {
  const audit = AuditDesk.ready(index);
  const units = presentationOrder(audit.state!.sample!.labels.units, index.delivery);
  const judge = (at: number) => audit.record(audit.verdict(units[at]!.id, 'accept'));
  const place = (at: number, wasJudged: boolean): KeptPlace => ({
    asked: null,
    unit: units[at]!.id,
    wasJudged,
    frame: null,
    besideRow: null,
    camera: null,
    isWholePicture: false,
    stances: null,
  });
  const back = (kept: KeptPlace | null) => {
    const unit = unitToReturnTo(kept, units, audit.state!);
    return unit === null ? null : units.findIndex(({ id }) => id === unit);
  };
  return { units, judge, place, back };
}

test('a unit that was judged after she had come to it was left: what is open next comes up', () => {
  const { judge, place, back } = begun();
  for (const at of [0, 1, 2, 4]) judge(at);
  expect(back(place(2, false))).toBe(3);
  expect(back(place(3, false))).toBe(3);
  expect(back(place(4, false))).toBe(5);
  expect(back(null)).toBeNull();
});

test('one that she looked back at stays in front, and so does the last where nothing is open', () => {
  const { units, judge, place, back } = begun();
  judge(1);
  expect(back(place(1, true))).toBe(1);
  for (const at of units.keys()) if (at !== 1) judge(at);
  expect(back(place(units.length - 1, false))).toBe(units.length - 1);
});

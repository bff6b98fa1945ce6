/** The search desk on the real audit rules, and the labels and cameras of a cell. */
import { beforeEach, expect, test } from 'vitest';
import { createActiveTime } from '../../../renderer/screens/review/activeTime.ts';
import { parseCellDrafts } from '../../../renderer/screens/search/cellDraft.ts';
import { camerasOfCell, labelsInCell, shownCell } from '../../../renderer/screens/search/cellLabels.ts';
import { cellName } from '../../../renderer/screens/search/cellName.ts';
import { createSearchDesk, type SearchDesk } from '../../../renderer/screens/search/searchDesk.ts';
import { presentationOrderOfCells } from '../../../shared/audit/presentation.ts';
import { specClass, specDefect } from '../../../shared/audit/specLookup.ts';
import { translator } from '../../../shared/messages/translate.ts';
import { AuditDesk, auditor, defaultSpec } from '../audit/auditDesk.ts';
import { makeIndex } from '../audit/makeIndex.ts';

const index = makeIndex();
let audit: AuditDesk;
let desk: SearchDesk;
/** What lies on the shelf, by cell. */
let kept: Map<string, unknown>;

beforeEach(() => {
  audit = AuditDesk.ready(index);
  kept = new Map();
  desk = makeDesk();
});

function makeDesk(): SearchDesk {
  let ids = 0;
  return createSearchDesk(
    {
      cells: presentationOrderOfCells(audit.state!.sample!.cells.units, index.delivery),
      time: createActiveTime(0),
      now: () => 0,
      audit: () => audit.state!,
      record(draft) {
        const problem = audit.refuses(draft, auditor);
        if (!problem) audit.record(draft, auditor);
        return problem;
      },
      matched: () => Promise.resolve(4),
      newId: () => `missed-${++ids}`,
      missDefect: () => specDefect(defaultSpec, 'MISS'),
      keepDraft: (cell, draft) => void (draft === null ? kept.delete(cell) : kept.set(cell, draft)),
    },
    0,
    parseCellDrafts(kept),
  );
}

const car = specClass(defaultSpec, 'car')!;

test('a cell without misses is searched with its matched labels', async () => {
  const cell = desk.cell();
  desk.searched();
  await desk.settled();
  expect(audit.state!.cellVerdicts.get(cell.id)).toMatchObject({
    verdict: 'searched',
    matched: 4,
    missed: [],
  });
  expect(desk.store.getState().at).toBe(1);
});

test('what was found and said is there again after a crash, and off the shelf once it is given', async () => {
  const cell = desk.cell();
  desk.drop([12, 3, -1.7]);
  desk.name(car);
  desk.setComment('half a sen');
  kept.set('desk.review', { unit: 'of another desk' });
  desk = makeDesk();
  expect(desk.missed()).toMatchObject([{ id: 'missed-1', className: 'car' }]);
  expect(desk.store.getState().comments.get(cell.id)).toBe('half a sen');
  desk.searched();
  await desk.settled();
  expect(audit.state!.cellVerdicts.get(cell.id)).toMatchObject({
    comment: 'half a sen',
    missed: [{ id: 'missed-1' }],
  });
  expect([...kept.keys()]).toEqual(['desk.review']);
});

test('a missing object stands on the ground with the size of its class', async () => {
  const cell = desk.cell();
  desk.drop([12, 3, -1.7]);
  // A place that waits for its class is not lost to Enter.
  desk.searched();
  expect(desk.store.getState().at).toBe(0);
  desk.name(car);
  desk.turn(Math.PI / 12);
  desk.searched();
  await desk.settled();
  const [length, width, height] = car.typicalSize;
  expect(audit.state!.cellVerdicts.get(cell.id)!.missed).toMatchObject([
    {
      className: 'car',
      code: 'MISS',
      severity: 'major',
      center: [12, 3, -1.7 + height / 2],
      size: [length, width, height],
    },
  ]);
  expect(audit.state!.cellVerdicts.get(cell.id)!.missed[0]!.yaw).toBeCloseTo(Math.PI / 12, 5);
  expect(audit.state!.findings).toMatchObject([{ source: 'cell', unit: cell.id }]);
});

test('undo first gives up a place, then the verdict, whose misses stay on the desk', async () => {
  desk.drop([5, 5, 0]);
  desk.undo();
  expect(desk.store.getState().dropping).toBeNull();
  desk.drop([5, 5, 0]);
  desk.name(car);
  desk.searched();
  await desk.settled();
  desk.undo();
  await desk.settled();
  expect(audit.state!.cellVerdicts.size).toBe(0);
  expect(desk.store.getState().at).toBe(0);
  expect(desk.missed().length).toBe(1);
  desk.remove(desk.missed()[0]!.id);
  expect(desk.missed()).toEqual([]);
});

test('undo brings back an object that was removed, and takes a turn and a drop back, one after the other', () => {
  desk.drop([5, 5, 0]);
  desk.name(car);
  const { id } = desk.missed()[0]!;
  desk.turn(0.2);
  desk.turn(0.2);
  desk.remove(id);
  expect(desk.missed()).toEqual([]);
  desk.undo();
  expect(desk.missed()).toMatchObject([{ id, yaw: 0.4 }]);
  // Turning in a row is one change.
  desk.undo();
  expect(desk.missed()).toMatchObject([{ id, yaw: 0 }]);
  desk.undo();
  expect(desk.missed()).toEqual([]);
});

test('what was changed in another cell stays as it is', async () => {
  desk.drop([5, 5, 0]);
  desk.name(car);
  desk.step(1);
  desk.undo();
  await desk.settled();
  desk.step(-1);
  expect(desk.missed()).toHaveLength(1);
});

test('unsure with misses is refused by the rules and the cell comes back', async () => {
  desk.drop([5, 5, 0]);
  desk.name(car);
  desk.unsure();
  await desk.settled();
  expect(audit.state!.cellVerdicts.size).toBe(0);
  expect(desk.store.getState().at).toBe(0);
  expect(desk.missed().length).toBe(1);
});

test('labels of a cell are those of the scope within its sector and band', () => {
  const cell = {
    id: 'c',
    scene: 'scene0',
    frame: index.delivery.frames.at(0)!.id,
    sector: 0,
    rangeFromMeters: 0,
    rangeToMeters: 30,
    probability: 1,
    isInspectable: true,
  };
  const rows = labelsInCell(index, defaultSpec, cell, 0, new Map());
  const expected = Array.from({ length: 40 }, (_, number) => number).filter((number) => {
    const degrees = (360 * number) / 40;
    return 10 + number < 30 && (degrees < 45 || degrees >= 315);
  });
  expect(rows).toEqual(expected);
  const strict = { ...defaultSpec, scope: { ...defaultSpec.scope, minPoints: 5 } };
  expect(labelsInCell(index, strict, cell, 0, new Map([[expected[0]!, 5]]))).toEqual([expected[0]]);
  const t = translator('en');
  expect(cellName(cell, defaultSpec, t)).toBe('front, 0–30 m');
  expect(cellName({ ...cell, sector: -1 }, defaultSpec, t)).toBe('all around, 0–30 m');
});

test('only cameras that look into the cell stand beside it', () => {
  const frame = index.delivery.frames.at(0)!;
  const area = shownCell(
    { ...audit.state!.sample!.cells.units[0]!, sector: 0, rangeFromMeters: 0, rangeToMeters: 30 },
    defaultSpec,
  );
  const calibrations = [
    {
      camera: 0,
      model: { kind: 'pinhole', fx: 400, fy: 400, cx: 319.5, cy: 199.5, distortion: [] },
      cameraFromSpace: [0, -1, 0, 0, 0, 0, -1, 0, 1, 0, 0, 0, 0, 0, 0, 1],
      width: 640,
      height: 400,
    } as const,
  ];
  const seeing = { ...frame, images: [{ ...frame.images[0]!, calibration: 0 }] };
  const delivery = { ...index.delivery, calibrations };
  expect(camerasOfCell(delivery, seeing, area)).toEqual([{ image: 0, camera: 0 }]);
  expect(camerasOfCell(delivery, seeing, { ...area, sector: 2 })).toEqual([]);
  expect(camerasOfCell(delivery, frame, area)).toEqual([]);
});

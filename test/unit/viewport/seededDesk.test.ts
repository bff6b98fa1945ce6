/** Errors put in, at the desk: each lies in its own copy of the scene, and nothing it does to the desk differs from a unit. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Desk } from '../../../renderer/screens/review/desk.ts';
import { recordWithSeeds, unitsWithSeeds } from '../../../renderer/screens/review/seeds/deskSeeds.ts';
import { createSeedBook, type SeedBook } from '../../../renderer/screens/review/seeds/seedBook.ts';
import { seededOf, withSeeds } from '../../../renderer/screens/review/seeds/seededIndex.ts';
import { createSeededLocator } from '../../../renderer/screens/review/seeds/seededLocator.ts';
import { trackColumns } from '../../../renderer/screens/review/track/trackColumns.ts';
import type { EventDraft, Seed } from '../../../shared/audit/events.ts';
import { planOutcome } from '../../../shared/audit/outcome.ts';
import { specDefect } from '../../../shared/audit/specLookup.ts';
import { cuboidAt } from '../../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { trackSeries } from '../../../shared/scoring/trackSeries.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { AuditDesk, auditor, defaultSpec, lead } from '../audit/auditDesk.ts';
import { makeIndex } from '../audit/makeIndex.ts';
import { seedsFor } from '../audit/seedLab.ts';
import { deskOf, evidenceInFront, recordOf } from './testDesk.ts';

const base = makeIndex();
const code = (name: string) => specDefect(defaultSpec, name)!;

const shapeOf = ({ shown: { pointsInside: _points, ...shape } }: Seed) => shape;

let audit: AuditDesk;
let index: DeliveryIndex;
let seeds: readonly Seed[];
let book: SeedBook;
let desk: Desk;
let pictures: boolean[];

async function sitDown(): Promise<void> {
  index = withSeeds(base, audit.state!.seeds);
  const locator = createSeededLocator(index);
  const units = unitsWithSeeds(index, audit.state!, auditor.profile);
  const plain = recordOf(audit);
  pictures = [];
  book = createSeedBook({
    seeds: new Map(audit.state!.seeds.map((seed) => [seed.unit, seed])),
    actor: () => auditor,
    audit: () => audit.state!,
    record: plain.record,
    refuse: () => undefined,
    inFront: () => desk.unit().id,
    now: () => '2026-02-01T09:00:00.000Z',
  });
  desk = deskOf(audit, index, {
    ...recordWithSeeds(plain, book),
    units,
    locator,
    async evidence(withPicture, draft) {
      pictures.push(withPicture);
      return evidenceInFront(desk, { index, locator }, draft);
    },
  });
}

beforeEach(async () => {
  audit = AuditDesk.ready(base);
  const set = await seedsFor(audit, base);
  ({ seeds } = set);
  audit.record({ type: 'seeds.set', data: set }, lead);
  await sitDown();
});

/** Stands the desk at the first error, with a unit of the sample behind it, and answers where. */
function atFirstSeed(): number {
  const at = desk.units.findIndex(({ id }, place) => {
    const next = desk.units[place + 1];
    return book.holds(id) && next !== undefined && !book.holds(next.id);
  });
  desk.goTo(at);
  return at;
}

const standingOf = (at: number) => book.audit(audit.state!).verdicts.get(desk.units[at]!.id);

describe('the index with errors in it', () => {
  test('holds every frame and row of the vendor as it was, and the altered labels in copies of their scenes', () => {
    const { cuboids } = base.labels;
    const made = index.labels.cuboids;
    for (const column of ['frame', 'classIndex', 'track', 'center', 'size', 'rotation', 'flags'] as const) {
      expect(made[column].slice(0, cuboids[column].length)).toEqual(cuboids[column]);
    }
    expect([...index.delivery.frameIds].slice(0, base.delivery.frames.length)).toEqual([
      ...base.delivery.frameIds,
    ]);
    expect(index.delivery.frames.length).toBe(made.frameStart.length - 1);
    for (const seed of seeds) {
      const { frame, row } = seededOf(index).places.get(seed.unit)!;
      expect(index.delivery.frames.at(frame)!.id).toBe(seed.frame);
      expect(index.delivery.frameIds.at(frame)).toBe(seed.frame);
      expect(made.frame[row]).toBe(frame);
      expect(cuboidAt(index.labels, row)).toMatchObject({ id: seed.label, ...shapeOf(seed) });
      const { scene } = index.delivery.frames.at(frame)!;
      const { id, frameStart, frameCount } = index.delivery.scenes[scene]!;
      expect(id).toBe(seed.scene);
      expect(frame - frameStart).toBeGreaterThanOrEqual(0);
      expect(frame - frameStart).toBeLessThan(frameCount);
      // Its box in the picture goes along with it.
      const { boxes2d } = index.labels;
      const boxes = Array.from({ length: boxes2d.count }, (_, box) => box).filter(
        (box) => boxes2d.cuboid[box] === row,
      );
      expect(boxes).toHaveLength(1);
      expect(boxes2d.frame[boxes[0]!]).toBe(frame);
      expect(boxes2d.classIndex[boxes[0]!]).toBe(made.classIndex[row]);
    }
    const copies = made.count - cuboids.count;
    const altered = Array.from({ length: copies }, (_, at) => cuboids.count + at).filter((row) => {
      const { id, frame, ...shape } = cuboidAt(index.labels, row);
      const frameId = index.delivery.frameIds.at(frame)!;
      const from = [...base.delivery.frameIds].indexOf(frameId);
      const was = cuboidAt(base.labels, cuboids.frameStart[from]! + row - made.frameStart[frame]!);
      return JSON.stringify([shape.center, shape.size, shape.rotation, shape.className]) !==
        JSON.stringify([was.center, was.size, was.rotation, was.className])
        ? true
        : id !== was.id;
    });
    expect(altered).toHaveLength(seeds.length);
  });

  test('where the vendor states how many points a label holds, an error states its own number', () => {
    const stating = makeIndex({
      row: () => ({ statedPoints: 40, attributes: { num_lidar_pts: 40, num_radar_pts: 3, parked: true } }),
    });
    const made = withSeeds(stating, seeds);
    const { places } = seededOf(made);
    for (const { unit } of seeds) {
      const { row } = places.get(unit)!;
      expect(made.labels.cuboids.statedPoints[row]).toBe(31);
      expect(cuboidAt(made.labels, row).attributes).toEqual({
        num_lidar_pts: 31,
        num_radar_pts: 3,
        parked: true,
      });
    }
    const rows = new Set(seeds.map(({ unit }) => places.get(unit)!.row));
    const others = Array.from({ length: made.labels.cuboids.count }, (_, row) => row).filter(
      (row) => !rows.has(row),
    );
    expect(new Set(others.map((row) => made.labels.cuboids.statedPoints[row]))).toEqual(new Set([40]));
  });

  test('without errors it is the very same one', () => {
    expect(withSeeds(base, [])).toBe(base);
    expect(withSeeds(base, seeds)).toBe(withSeeds(base, seeds));
    expect(seededOf(base).base).toBe(base);
    expect(withSeeds(base, [{ ...seeds[0]!, frame: 'elsewhere' }])).toBe(base);
    const flat = { ...seeds[0]!.shown, size: [4, 0, 1] as [number, number, number] };
    expect(withSeeds(base, [{ ...seeds[0]!, shown: flat }])).toBe(base);
  });

  test('a track is walked in the copy for an error, and as the vendor has it for every other unit', () => {
    const locator = createSeededLocator(index);
    for (const unit of desk.units) {
      const located = locator.locate(unit)!;
      const rows = locator.rowsOfTrack(unit.track!, located.frame);
      expect(rows).toContain(located.row);
      const frames = locator.framesOf(unit);
      expect(frames).toEqual(rows.map((row) => index.labels.cuboids.frame[row]));
      expect(frames).toHaveLength(5);
      expect(book.holds(unit.id)).toBe(located.frame >= base.delivery.frames.length);
      // Nothing in the strip below says which it is: no gap, no frame that is there twice.
      const columns = trackColumns(
        index,
        located.frame,
        new Map(rows.map((row) => [index.labels.cuboids.frame[row]!, row])),
        new Set(frames),
      );
      expect(columns.map(({ state }) => state)).toEqual(Array(5).fill('present'));
      expect(trackSeries(index, rows).map(({ missedBefore }) => missedBefore)).toEqual(Array(5).fill(0));
    }
  });
});

describe('judging them', () => {
  test('what is said stands on the desk at once, and in the record when the next unit is judged', async () => {
    const at = atFirstSeed();
    const seed = seeds.find(({ unit }) => unit === desk.unit().id)!;
    desk.reject(code('POS'));
    await desk.settled();
    expect(desk.store.getState()).toMatchObject({ at: at + 1, last: { verdict: 'reject', codes: ['POS'] } });
    expect(standingOf(at)).toMatchObject({ verdict: 'reject', by: auditor, evidence: { frame: seed.frame } });
    expect(audit.state!.seedVerdicts).toEqual([]);
    desk.accept();
    await desk.settled();
    expect(audit.state!.seedVerdicts).toMatchObject([{ seed: seed.id, verdict: 'reject', by: auditor }]);
    expect([...audit.state!.verdicts.keys()]).toEqual([desk.units[at + 1]!.id]);
    expect(audit.state!.findings).toEqual([]);
    expect(book.audit(audit.state!).findings.map(({ unit }) => unit)).toEqual([seed.unit]);
    // Coming back it is as it was left.
    await sitDown();
    expect(standingOf(at)).toMatchObject({ verdict: 'reject' });
  });

  test('a slip is taken back before it is recorded; later it comes back to the eye, and the record keeps the first', async () => {
    const at = atFirstSeed();
    desk.accept();
    await desk.settled();
    desk.undo();
    await desk.settled();
    expect(desk.store.getState().at).toBe(at);
    expect(standingOf(at)).toBeUndefined();
    desk.reject(code('DIM'));
    desk.accept();
    await desk.settled();
    expect(audit.state!.seedVerdicts).toMatchObject([{ verdict: 'reject', defects: [{ code: 'DIM' }] }]);
    desk.undo();
    desk.undo();
    await desk.settled();
    expect(standingOf(at)).toBeUndefined();
    expect(audit.state!.verdicts.size).toBe(0);
    desk.accept();
    desk.accept();
    await desk.settled();
    expect(standingOf(at)).toMatchObject({ verdict: 'accept' });
    expect(audit.state!.seedVerdicts).toMatchObject([{ verdict: 'reject' }]);
  });

  test('who leaves the desk has said it; what the rules refuse of a unit they refuse here', async () => {
    const at = atFirstSeed();
    desk.reject(code('POS'));
    await desk.settled();
    desk.goTo(at);
    desk.amend([...standingOf(at)!.defects, { ...standingOf(at)!.defects[0]!, code: 'DIM' }]);
    await desk.settled();
    expect(standingOf(at)!.defects).toHaveLength(1);
    book.close();
    expect(audit.state!.seedVerdicts).toMatchObject([{ verdict: 'reject', defects: [{ code: 'POS' }] }]);
  });

  test('a group that holds one is judged together, and one step takes all of it back', async () => {
    const at = atFirstSeed();
    const group = [desk.units[at]!, desk.units[at + 1]!];
    desk.giveMany(group.map((unit) => ({ unit, verdict: 'accept', defects: [] })));
    await desk.settled();
    expect(group.map((_unit, place) => standingOf(at + place)?.bulk?.count)).toEqual([2, 2]);
    expect([...audit.state!.verdicts.keys()]).toEqual([group[1]!.id]);
    desk.undoGroup();
    await desk.settled();
    expect([standingOf(at), standingOf(at + 1)]).toEqual([undefined, undefined]);
  });

  test('beside an error only what is the vendor’s becomes a finding', async () => {
    atFirstSeed();
    const { frame } = seededOf(index).places.get(desk.unit().id)!;
    const own = seededOf(index).places.get(desk.unit().id)!.row;
    const { frameStart } = index.labels.cuboids;
    const other = Array.from({ length: 40 }, (_, at) => frameStart[frame]! + at).find(
      (row) => row !== own && !seeds.some(({ unit }) => seededOf(index).places.get(unit)?.row === row),
    )!;
    desk.select(other);
    desk.noteBeside(code('POS'));
    await desk.settled();
    expect(audit.state!.findings).toMatchObject([
      { source: 'beside', frame: desk.unit().frame, label: cuboidAt(index.labels, other).id },
    ]);
    const twin = seeds.find(
      ({ unit, frame: where }) => where === desk.unit().frame && unit !== desk.unit().id,
    );
    if (twin) desk.select(seededOf(index).places.get(twin.unit)!.row);
    desk.noteBeside(code('POS'));
    await desk.settled();
    expect(audit.state!.findings).toHaveLength(1);
  });

  test('whatever is done at the desk, nothing of an error counts: neither verdicts, nor findings, nor the outcome', async () => {
    const codes = ['POS', 'DIM', 'YAW', 'CLS', 'FLIP', 'ATTR'].map(code);
    for (const number of [1, 2, 3]) {
      audit = AuditDesk.ready(base);
      audit.record({ type: 'seeds.set', data: await seedsFor(audit, base) }, lead);
      await sitDown();
      const random = seededRandom(number);
      for (let step = 0; step < 160; step++) {
        const choice = random.next();
        if (choice < 0.5) desk.confirm();
        else if (choice < 0.65) desk.reject(codes[random.integer(0, codes.length - 1)]!);
        else if (choice < 0.7) desk.unsure();
        else if (choice < 0.8) desk.undo();
        else if (choice < 0.9) desk.goTo(random.integer(0, desk.units.length - 1));
        else desk.setSeverity('critical');
        if (random.next() < 0.2) await desk.settled();
      }
      await desk.settled();
      book.close();
      const drawn = new Set(audit.units.map(({ id }) => id));
      expect([...audit.state!.verdicts.keys()].filter((unit) => !drawn.has(unit))).toEqual([]);
      expect(audit.state!.findings.filter(({ unit }) => unit !== null && !drawn.has(unit))).toEqual([]);
      const seeded = audit.state!.seedVerdicts.map(({ seed }) => seed);
      expect(seeded.length).toBeGreaterThan(2);
      expect(new Set(seeded).size).toBe(seeded.length);
      // The same record without a word of errors decides the same.
      const plain = new AuditDesk();
      for (const { type, data, actor } of audit.events) {
        const draft = { type, data } as EventDraft;
        if (type === 'seeds.set' || type === 'seed.judged') continue;
        if (draft.type !== 'verdict.undone') plain.record(draft, actor);
        else {
          const { unit } = draft.data;
          const { seq } = plain.state!.opinions.get(unit)!.find(({ by }) => by.profile === actor.profile)!;
          plain.record({ type: 'verdict.undone', data: { unit, seq } }, actor);
        }
      }
      expect(planOutcome(plain.state!)).toEqual(planOutcome(audit.state!));
    }
  });
});

/** Faults of tracks: objects that change names, that end too soon, that stand still in the labels while they move. */
import { fromBoxAxes } from '../../geometry/boxAxes.ts';
import { NO_TRACK } from '../../model/labels.ts';
import { cos, sin } from '../portableMath.ts';
import type { Random } from '../random.ts';
import type { SpoilSize } from './kinds.ts';
import type { SpoilObject } from './objects.ts';
import { carried } from './presenceKinds.ts';
import { drawStretch, drawTimes } from './spans.ts';
import { type Order, rangeOf, type Workbench } from './workbench.ts';

/** Objects whose names are mistaken for each other come this near. */
const switchMeters = 30;
/** An object that follows another one's end farther off than it could have gone: metres, and metres a second. */
const mergeMeters = 5;
const mergeSpeed = 15;
/** A copied box stands still while its object goes at least so far. */
const frozenMeters = 1;

/** From a frame on, two objects of one class have each other's track. */
export function spoilSwitch(bench: Workbench, object: SpoilObject, order: Order): boolean {
  if (object.track === NO_TRACK) return false;
  const partner = partners(bench, object).find((other) => meetingFrame(bench, object, other) !== null);
  const from = partner && meetingFrame(bench, object, partner);
  if (!partner || from === null || from === undefined) return false;
  const mark = bench.startFault(order);
  for (const [own, other] of [
    [object, partner],
    [partner, object],
  ] as const) {
    for (const row of own.rows) {
      if (bench.frameOf(row) < from || bench.draft.removed[row] === 1) continue;
      bench.draft.setTrack(row, other.track);
      mark({ row }, null, { trueTrack: bench.draft.trackName(own.track) });
    }
  }
  partner.faults++;
  return true;
}

/** Other objects of the scene, of the same class, that may take part in a fault. */
function partners(bench: Workbench, object: SpoilObject): SpoilObject[] {
  const nameOf = ({ rows }: SpoilObject): string => bench.className(rows[0]!);
  const own = nameOf(object);
  return bench
    .objectsOf(object.scene)
    .filter(
      (other) => other !== object && other.track !== NO_TRACK && other.faults === 0 && nameOf(other) === own,
    );
}

/** The frame in which two objects are nearest to each other with frames of both before and after; null = never near. */
function meetingFrame(bench: Workbench, a: SpoilObject, b: SpoilObject): number | null {
  const rowIn = new Map(b.rows.slice(2, -2).map((row) => [bench.frameOf(row), row]));
  let nearest = switchMeters;
  let found: number | null = null;
  for (const row of a.rows.slice(2, -2)) {
    const other = rowIn.get(bench.frameOf(row));
    if (other === undefined || !bench.isVisible(row) || !bench.isVisible(other)) continue;
    const distance = metersBetween(bench, row, other);
    if (distance < nearest) [nearest, found] = [distance, bench.frameOf(row)];
  }
  return found;
}

function metersBetween(bench: Workbench, a: number, b: number): number {
  const [ax, ay] = bench.placeOf(a);
  const [bx, by] = bench.placeOf(b);
  return rangeOf([ax - bx, ay - by]);
}

/** The rest of a track under a new name. */
export function spoilFragment(bench: Workbench, object: SpoilObject, order: Order): boolean {
  const { rows } = object;
  if (object.track === NO_TRACK || rows.length < 6) return false;
  const cut = order.random.integer(2, rows.length - 3);
  if (![cut - 1, cut].every((at) => bench.isVisible(rows[at]!))) return false;
  const track = bench.draft.newTrack();
  const mark = bench.startFault(order);
  for (const row of rows.slice(cut)) {
    bench.draft.setTrack(row, track);
    mark({ row }, null, { trueTrack: bench.draft.trackName(object.track) });
  }
  return true;
}

/** An object that begins after this one has ended goes on under its name, though it is another. */
export function spoilMerge(bench: Workbench, object: SpoilObject, order: Order): boolean {
  if (object.track === NO_TRACK) return false;
  const last = object.rows.at(-1)!;
  const followers = partners(bench, object)
    .map((other) => ({ other, gap: bench.frameOf(other.rows[0]!) - bench.frameOf(last) }))
    .filter(({ other, gap }) => {
      const first = other.rows[0]!;
      const seconds = bench.seconds(bench.frameOf(last), bench.frameOf(first));
      return gap > 0 && metersBetween(bench, last, first) > mergeMeters + mergeSpeed * seconds;
    })
    .sort((a, b) => a.gap - b.gap);
  const chosen = followers[0]?.other;
  if (!chosen) return false;
  const mark = bench.startFault(order);
  for (const row of chosen.rows) {
    bench.draft.setTrack(row, object.track);
    mark({ row }, null, { trueTrack: bench.draft.trackName(chosen.track) });
  }
  chosen.faults++;
  return true;
}

const gapFrames: Readonly<Record<SpoilSize, readonly [number, number]>> = { mild: [1, 2], gross: [3, 6] };
const endFrames: Readonly<Record<SpoilSize, readonly [number, number]>> = { mild: [2, 3], gross: [4, 8] };

/** Frames within a track that nobody labelled though the object was there to see. */
export function spoilGap(bench: Workbench, object: SpoilObject, order: Order): boolean {
  const [least, most] = gapFrames[order.size];
  const inner = object.rows.slice(1, -1);
  if (object.track === NO_TRACK || inner.length < least) return false;
  const rows = drawStretch(inner, order.random, least, most);
  return takeOut(bench, order, rows);
}

export function spoilLateStart(bench: Workbench, object: SpoilObject, order: Order): boolean {
  const count = endCount(object, order.size, order.random);
  return count !== null && takeOut(bench, order, object.rows.slice(0, count));
}

export function spoilEarlyEnd(bench: Workbench, object: SpoilObject, order: Order): boolean {
  const count = endCount(object, order.size, order.random);
  return count !== null && takeOut(bench, order, object.rows.slice(-count));
}

/** Null where too little of the track would be left. */
function endCount({ rows, track }: SpoilObject, size: SpoilSize, random: Random): number | null {
  const [least, most] = endFrames[size];
  const count = Math.min(random.integer(least, most), rows.length - 3);
  return track === NO_TRACK || count < least ? null : count;
}

function takeOut(bench: Workbench, order: Order, rows: readonly number[]): boolean {
  if (!rows.every((row) => bench.isVisible(row))) return false;
  const mark = bench.startFault(order);
  for (const row of rows) {
    bench.draft.remove(row);
    mark({ row }, null, { frames: rows.length });
  }
  return true;
}

/** Every frame of a stretch is off another way. */
export function spoilJitter(bench: Workbench, object: SpoilObject, order: Order): boolean {
  const { random } = order;
  const rows = object.rows.filter((row) => bench.isVisible(row) && bench.tolerance(row) !== null);
  if (object.track === NO_TRACK || rows.length < 5) return false;
  const isWhole = random.chance(bench.plan.spans.whole);
  const span = isWhole ? rows : drawStretch(rows, random, 5, 12);
  const mark = bench.startFault(order);
  for (const row of span) {
    const times = drawTimes(order.size, random);
    const meters = times * bench.tolerance(row)!.centerMeters;
    const angle = random.between(-Math.PI, Math.PI);
    const shape = bench.draft.shape(row);
    const center = fromBoxAxes(shape, [meters * cos(angle), meters * sin(angle), 0]);
    bench.draft.setShape(row, { ...shape, center });
    mark({ row }, times, { meters });
  }
  return true;
}

/** The box of one frame copied into those that follow, though the object moves on. */
export function spoilFrozen(bench: Workbench, object: SpoilObject, order: Order): boolean {
  const rows = object.rows.filter((row) => bench.isVisible(row) && bench.tolerance(row) !== null);
  if (object.track === NO_TRACK || rows.length < 5) return false;
  const [first, ...span] = drawStretch(rows, order.random, 5, 10);
  if (metersBetween(bench, first!, span.at(-1)!) < frozenMeters) return false;
  const from = bench.worldFromSpace(bench.frameOf(first!));
  const copies = span.map((row) => {
    const to = bench.worldFromSpace(bench.frameOf(row));
    const shape = bench.draft.shape(first!);
    return { row, shape: from && to ? carried(shape, from, to) : shape };
  });
  if (copies.some(({ shape }) => shape === null)) return false;
  const mark = bench.startFault(order);
  for (const { row, shape } of copies) {
    bench.draft.setShape(row, shape!);
    const meters = metersBetween(bench, first!, row);
    mark({ row }, meters / bench.tolerance(row)!.centerMeters, { meters });
  }
  return true;
}

/**
 * What changed between two sets of labels of the same frames, label by label. Ids may all be new, so a label is found
 * again by where it stands, and only where nothing stands near by its id or its track.
 */
import { boxLength } from '../geometry/iou.ts';
import { wrapAngle } from '../geometry/rotation.ts';
import type { LabelTable } from '../model/labels.ts';
import { type Gate, type LabelPair, pairLabels } from './labelPairs.ts';
import { groundDistance, type LabelSet, type LabelSets } from './labelSets.ts';
import { trackPartners } from './trackPartners.ts';

export const changeKinds = [
  'added',
  'removed',
  'moved',
  'resized',
  'turned',
  'reclassified',
  'retracked',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

export interface LabelChange {
  readonly kind: ChangeKind;
  /** Positions in the two sets; -1 where the label is on one side only. */
  readonly old: number;
  readonly now: number;
  /**
   * Moved: metres between centres, or pixels. Resized: the largest change of an extent, the same. Turned: radians.
   * 1 for the others.
   */
  readonly amount: number;
  /** Class or track before and after, for what has a new one; null = none. */
  readonly from?: string | null;
  readonly to?: string | null;
}

export interface LabelChanges {
  readonly changes: readonly LabelChange[];
  /** Every label that was found again, changed or not. */
  readonly pairs: readonly LabelPair[];
}

/** Smaller changes are the rounding of another writer. */
export interface ChangeFloor {
  readonly meters: number;
  readonly radians: number;
  readonly pixels: number;
}

/** A label of the same id or track further away than this is another object, metres. */
const sameNameMeters = 5;

export function labelChanges(
  sets: LabelSets,
  tables: { readonly old: LabelTable; readonly now: LabelTable },
  gate: Gate,
  floor: ChangeFloor,
): LabelChanges {
  const near = pairLabels(sets, gate);
  const paired = [...near.matched, ...near.confused];
  const left = {
    old: without(
      near.missed,
      near.confused.map(({ reference }) => reference),
    ),
    now: without(
      near.extra,
      near.confused.map(({ candidate }) => candidate),
    ),
  };
  const named = sets.likeness === 'iou2d' ? [] : pairsByName(sets, tables, left);
  const pairs = [...paired, ...named].sort((a, b) => a.reference - b.reference);
  const gone = without(
    left.old,
    named.map(({ reference }) => reference),
  );
  const come = without(
    left.now,
    named.map(({ candidate }) => candidate),
  );
  const partners = trackPartners(sets, pairs);
  const changes = [
    ...come.map((now): LabelChange => ({ kind: 'added', old: -1, now, amount: 1 })),
    ...gone.map((old): LabelChange => ({ kind: 'removed', old, now: -1, amount: 1 })),
    ...pairs.flatMap((pair) => [
      ...shapeChanges(sets, pair, floor),
      ...classChange(sets, pair),
      ...trackChange(sets, tables, pair, partners),
    ]),
  ];
  return { changes, pairs };
}

function without(positions: readonly number[], taken: readonly number[]): number[] {
  const gone = new Set(taken);
  return positions.filter((at) => !gone.has(at));
}

/** What moved further than any gate, but kept its id or its track in the frame. */
function pairsByName(
  sets: LabelSets,
  tables: { readonly old: LabelTable; readonly now: LabelTable },
  left: { readonly old: readonly number[]; readonly now: readonly number[] },
): LabelPair[] {
  const free = new Set(left.now);
  const pairs: LabelPair[] = [];
  const names = (set: LabelSet, table: LabelTable, at: number): string[] => {
    const track = set.track[at]!;
    const id = `id ${table.cuboids.id.at(set.rows[at]!)}`;
    return track < 0 ? [id] : [`track ${table.tracks[track]}`, id];
  };
  const byName = new Map<string, number>();
  for (const at of left.now) {
    for (const name of names(sets.candidate, tables.now, at)) {
      byName.set(`${sets.candidate.place[at]} ${name}`, at);
    }
  }
  for (const at of left.old) {
    for (const name of names(sets.reference, tables.old, at)) {
      const found = byName.get(`${sets.reference.place[at]} ${name}`);
      if (found === undefined || !free.has(found) || groundDistance(sets, at, found) > sameNameMeters)
        continue;
      free.delete(found);
      pairs.push({ reference: at, candidate: found });
      break;
    }
  }
  return pairs;
}

function shapeChanges(sets: LabelSets, pair: LabelPair, floor: ChangeFloor): LabelChange[] {
  const isPlane = sets.likeness === 'iou2d';
  const found: LabelChange[] = [];
  const add = (kind: ChangeKind, amount: number, least: number): void => {
    if (amount > least) found.push({ kind, old: pair.reference, now: pair.candidate, amount });
  };
  const width = isPlane ? 4 : boxLength;
  const a = sets.reference.numbers.subarray(width * pair.reference, width * (pair.reference + 1));
  const b = sets.candidate.numbers.subarray(width * pair.candidate, width * (pair.candidate + 1));
  if (isPlane) {
    const shift = [0, 1].map((side) => (b[side]! + b[side + 2]! - a[side]! - a[side + 2]!) / 2);
    const grown = [0, 1].map((side) => Math.abs(b[side + 2]! - b[side]! - a[side + 2]! + a[side]!));
    add('moved', Math.hypot(...shift), floor.pixels);
    add('resized', Math.max(...grown), floor.pixels);
    return found;
  }
  add('moved', Math.hypot(b[0]! - a[0]!, b[1]! - a[1]!, b[2]! - a[2]!), floor.meters);
  add('resized', Math.max(...[3, 4, 5].map((axis) => Math.abs(b[axis]! - a[axis]!))), floor.meters);
  add('turned', Math.abs(wrapAngle(b[6]! - a[6]!)), floor.radians);
  return found;
}

function classChange({ classes, reference, candidate }: LabelSets, pair: LabelPair): LabelChange[] {
  const [from, to] = [reference.classIndex[pair.reference]!, candidate.classIndex[pair.candidate]!];
  if (from === to) return [];
  const named = { from: classes[from]!, to: classes[to]! };
  return [{ kind: 'reclassified', old: pair.reference, now: pair.candidate, amount: 1, ...named }];
}

/** Another track than the one that the old track has become. */
function trackChange(
  { reference, candidate }: LabelSets,
  tables: { readonly old: LabelTable; readonly now: LabelTable },
  pair: LabelPair,
  partners: ReadonlyMap<number, number>,
): LabelChange[] {
  const [old, now] = [reference.track[pair.reference]!, candidate.track[pair.candidate]!];
  const isSame = old < 0 ? now < 0 : partners.get(old) === now;
  if (isSame) return [];
  const name = (table: LabelTable, track: number): string | null => (track < 0 ? null : table.tracks[track]!);
  const named = { from: name(tables.old, old), to: name(tables.now, now) };
  return [{ kind: 'retracked', old: pair.reference, now: pair.candidate, amount: 1, ...named }];
}

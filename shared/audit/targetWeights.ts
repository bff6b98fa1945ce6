/** What makes a unit of the lot more likely to be drawn into the targeted queue. */
import type { Sha256Hex } from '../base/bytes.ts';
import { done, failed, type Result } from '../base/problem.ts';
import type { DeliveryIndex } from '../model/labels.ts';
import { NO_LINK } from '../model/labels.ts';
import type { Lot, LotUnit } from './lot.ts';
import { refusal } from './refusal.ts';

/** What the product can weigh by itself; everything else comes as a file. */
export const weightKinds = ['points', 'range', 'class'] as const;
export type WeightKind = (typeof weightKinds)[number];

/** Weights by unit id, and that of every unit without one. All above zero. */
export interface UnitWeights {
  readonly byUnit: ReadonlyMap<string, number>;
  readonly others: number;
}

/** Points at which a label is half as likely as one without any. */
const halfAtPoints = 10;
/** Nearer labels are as likely as one at this range, metres. */
const leastRangeMeters = 5;

/**
 * One weight for each unit of the lot, in its order. `points`: 10 / (10 + points inside), so that few points weigh
 * most. `range`: in proportion to the distance from the sensor, at least 5 m. `class`: as rare as the class is, so
 * that each class is drawn about as often. Problem `weights-not-for-unit` where the units are no labels.
 */
export function weighLot(
  lot: Lot,
  index: DeliveryIndex,
  kind: WeightKind,
  pointsInside: (row: number) => number,
): Result<number[]> {
  if (lot.unit === 'frame' || lot.unit === 'scene') return failed(refusal('weights-not-for-unit'));
  const rowOf = kind === 'class' ? () => null : cuboidRows(index);
  const weigh = (unit: LotUnit): number => {
    if (kind === 'class') return 1 / (lot.byClass[unit.className ?? ''] ?? 1);
    const row = rowOf(unit);
    // A 2D box without a cuboid has neither points nor a range: as likely as the likeliest near label.
    if (row === null) return kind === 'points' ? 1 : leastRangeMeters;
    if (kind === 'points') return halfAtPoints / (halfAtPoints + Math.max(0, pointsInside(row)));
    const [x, y] = [index.labels.cuboids.center[3 * row]!, index.labels.cuboids.center[3 * row + 1]!];
    const range = Math.hypot(x, y);
    return Number.isFinite(range) ? Math.max(leastRangeMeters, range) : leastRangeMeters;
  };
  return done(lot.ids.map((_, position) => weigh(lot.unitAt(position))));
}

/** The weights of a file for each unit of the lot. Problem `weights-match-none` where it names no unit of the lot. */
export function weightsOfFile(lot: Lot, { byUnit, others }: UnitWeights): Result<number[]> {
  if (!lot.ids.some((id) => byUnit.has(id))) return failed(refusal('weights-match-none'));
  return done(lot.ids.map((id) => byUnit.get(id) ?? others));
}

/** SHA-256 over the lines `<unit><tab><weight>`, sorted by unit: which weights were drawn with. */
export function hashWeights(ids: readonly string[], weights: readonly number[], sha256: Sha256Hex): string {
  const order = Array.from(ids.keys()).sort((a, b) => (ids[a]! < ids[b]! ? -1 : 1));
  const encoder = new TextEncoder();
  const block = 16_384;
  const parts: Uint8Array[] = [];
  for (let from = 0; from < order.length; from += block) {
    const lines = order.slice(from, from + block).map((at) => `${ids[at]!}\t${weights[at]!}\n`);
    parts.push(encoder.encode(lines.join('')));
  }
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return sha256(bytes);
}

/** The cuboid of a unit: its own, that of its 2D box, or of its track in the frame it is shown in. */
function cuboidRows({ delivery, labels }: DeliveryIndex): (unit: LotUnit) => number | null {
  const { cuboids, boxes2d, tracks } = labels;
  const frames = new Map<string, number>();
  for (let at = 0; at < delivery.frameIds.length; at++) frames.set(delivery.frameIds.at(at)!, at);
  return ({ kind, frame, label, track }) => {
    const at = frames.get(frame)!;
    if (kind === 'box2d') {
      for (let row = boxes2d.frameStart[at]!; row < boxes2d.frameStart[at + 1]!; row++) {
        if (boxes2d.id.at(row) === label)
          return boxes2d.cuboid[row] === NO_LINK ? null : boxes2d.cuboid[row]!;
      }
      return null;
    }
    for (let row = cuboids.frameStart[at]!; row < cuboids.frameStart[at + 1]!; row++) {
      const isIt = kind === 'track' ? tracks[cuboids.track[row]!] === track : cuboids.id.at(row) === label;
      if (isIt) return row;
    }
    return null;
  };
}

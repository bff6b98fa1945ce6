/** The plan as faults one by one: how many of each kind, how large, each with its own stream of chance. */
import { randomStream } from '../random.ts';
import { hasSizes, isDataKind, type SpoilKind, type SpoilSize, spoilKinds } from './kinds.ts';
import type { LeftReason, SpoilPlan } from './plan.ts';
import type { Order } from './workbench.ts';

export interface KindOrders {
  readonly kind: SpoilKind;
  /** Null = they can be made. */
  readonly why: LeftReason | null;
  readonly orders: readonly Order[];
}

/**
 * A share of the objects is dealt out evenly over the kinds that the delivery can have; faults of the data are made
 * once each, since one of them touches everything. `lackOf` says what the delivery has not for a kind.
 */
export function ordersOf(
  { amount, kinds, seed, sizes }: SpoilPlan,
  objects: number,
  lackOf: (kind: SpoilKind) => LeftReason | null,
): KindOrders[] {
  const asked = spoilKinds.filter((kind) =>
    typeof amount === 'number' ? kinds === 'all' || kinds.includes(kind) : (amount[kind] ?? 0) > 0,
  );
  const possible = asked.filter((kind) => lackOf(kind) === null && !isDataKind(kind));
  const total = typeof amount === 'number' && amount > 0 ? Math.max(1, Math.round(amount * objects)) : 0;
  const first = randomStream(seed, 'spoil', 'deal').integer(0, Math.max(0, possible.length - 1));
  return asked.map((kind, turn) => {
    const why = lackOf(kind);
    let count: number;
    if (typeof amount !== 'number') count = amount[kind]!;
    else if (isDataKind(kind) || why !== null) count = amount > 0 ? 1 : 0;
    else {
      const place = (possible.indexOf(kind) - first + possible.length) % possible.length;
      count = Math.floor(total / possible.length) + (place < total % possible.length ? 1 : 0);
    }
    const orders = Array.from({ length: count }, (_, number) => ({
      kind,
      size: sizeOf(kind, sizes, number + turn),
      random: randomStream(seed, 'spoil', kind, number),
    }));
    return { kind, why, orders };
  });
}

/** Both sizes by turns, so that there are as many of one as of the other over few faults of many kinds too. */
function sizeOf(kind: SpoilKind, sizes: SpoilPlan['sizes'], number: number): SpoilSize {
  if (!hasSizes(kind)) return 'gross';
  if (sizes !== 'both') return sizes;
  return number % 2 === 0 ? 'gross' : 'mild';
}

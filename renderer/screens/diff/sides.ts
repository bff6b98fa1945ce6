/** Which labels are the old ones and which the new, and the delivery as each side shows it. */
import type { DiffTables } from '../../../shared/audit/deliveryDiff.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';

export type Side = 'old' | 'now';

export interface Sides {
  readonly tables: DiffTables;
  readonly names: Readonly<Record<Side, string>>;
  /** The delivery with the side's labels judged and the other side's beside them. */
  readonly index: Readonly<Record<Side, DeliveryIndex>>;
}

/**
 * An earlier submission is the old side; predictions and other vendors are held against the judged labels. Null where
 * no source of that name is laid beside.
 */
export function sidesOf(index: DeliveryIndex, source: string): Sides | null {
  const other = index.others.find(({ name }) => name === source);
  if (!other) return null;
  const judged = { ...index.source, labels: index.labels };
  const [old, now] = other.kind === 'earlier' ? [other, judged] : [judged, other];
  const shown = (own: typeof old, beside: typeof old): DeliveryIndex => ({
    ...index,
    labels: own.labels,
    source: { name: own.name, kind: own.kind },
    others: [beside],
  });
  return {
    tables: { old: old.labels, now: now.labels },
    names: { old: old.name, now: now.name },
    index: { old: shown(old, now), now: shown(now, old) },
  };
}

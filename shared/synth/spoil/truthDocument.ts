/** `truth.json` beside a spoiled copy: what was asked, what was done to which label, and how the copy is opened. */
import type { SpoilLeft, SpoilPlan } from './plan.ts';
import type { WrittenRecord } from './writtenRecords.ts';

/** Bumped whenever the same seed and delivery would give other faults. */
const generator = 'assay-spoil/1';

/** A way to open the copy: what the commands take for `<path>`, `--sensors`, `--compare` and `--labels`. */
export interface OpenedWith {
  readonly path: 'copy' | 'delivery';
  readonly sensors?: 'delivery';
  readonly compare?: 'copy';
  readonly labels?: string;
}

export interface TruthInput {
  readonly plan: SpoilPlan;
  readonly open: readonly OpenedWith[];
  readonly left: readonly SpoilLeft[];
  readonly defects: readonly WrittenRecord[];
}

export function encodeSpoilTruth({ plan, open, left, defects }: TruthInput): string {
  const faults = new Map(defects.map(({ fault, kind, size }) => [fault, { kind, size }]));
  const byKind: Record<string, { mild: number; gross: number; labels: number }> = {};
  for (const { kind, size } of faults.values()) {
    byKind[kind] ??= { mild: 0, gross: 0, labels: 0 };
    byKind[kind][size]++;
  }
  for (const { kind } of defects) byKind[kind]!.labels++;
  const head = { schema: 'assay-truth/2', generator, plan, open, left, byKind };
  const records = defects.map((record) => JSON.stringify(record)).join(',\n');
  return `${JSON.stringify(head, null, 1).slice(0, -2)},\n "defects": [\n${records}\n ]\n}\n`;
}

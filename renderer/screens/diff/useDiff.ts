/** The changes between the two sides, worked out once for each pair; the window stays free before and after. */
import { useEffect, useMemo, useState } from 'react';
import {
  type ChangeRow,
  changeRow,
  type DiffPart,
  diffPart,
  findingsInDiff,
  usualFloor,
} from '../../../shared/audit/deliveryDiff.ts';
import type { QaSpec } from '../../../shared/audit/qaSpec.ts';
import type { ReworkOutcome } from '../../../shared/audit/reworkOutcome.ts';
import type { AuditState } from '../../../shared/audit/state.ts';
import type { LabelChange } from '../../../shared/scoring/labelChanges.ts';
import type { Sides } from './sides.ts';

export interface ListedChange extends ChangeRow {
  readonly key: string;
  /** Index into `Delivery.frames`. */
  readonly at: number;
  /** Rows of the label tables; -1 where the label is on one side only. */
  readonly oldRow: number;
  readonly nowRow: number;
  /** False where a finding of the audit before asked for it; null where there is no such audit. */
  readonly isUnasked: boolean | null;
}

export interface Diff {
  readonly changes: readonly ListedChange[];
  readonly unchanged: number;
  readonly rework: ReworkOutcome | null;
}

/** Null while it is being worked out. `before` is the audit of the old side, where it is known. */
export function useDiff(sides: Sides | null, spec: QaSpec, before: AuditState | null): Diff | null {
  const [parts, setParts] = useState<{ readonly of: Sides; readonly parts: readonly DiffPart[] } | null>(
    null,
  );
  useEffect(() => {
    if (!sides) return;
    // A frame is drawn first: the screen says that it is at work.
    const timer = setTimeout(() => {
      const part = (label: DiffPart['label']) => diffPart(sides.tables, label, spec, usualFloor);
      setParts({ of: sides, parts: [part('cuboid'), part('box2d')] });
    }, 30);
    return () => clearTimeout(timer);
  }, [sides, spec]);
  return useMemo(() => {
    if (!sides || parts?.of !== sides) return null;
    const [cuboids] = parts.parts;
    const rework = before && findingsInDiff(sides.index.old, sides.tables, cuboids!, before);
    const unasked = rework && new Set(rework.introduced);
    const changes = parts.parts.flatMap((part) =>
      part.changes.map((change, at) => listed(sides, part, change, at, unasked)),
    );
    return { changes, unchanged: parts.parts.reduce((sum, part) => sum + part.unchanged, 0), rework };
  }, [sides, parts, before]);
}

function listed(
  { index, tables }: Sides,
  part: DiffPart,
  change: LabelChange,
  at: number,
  unasked: ReadonlySet<LabelChange> | null,
): ListedChange {
  const { reference, candidate } = part.sets;
  const frame = change.old >= 0 ? reference.frame[change.old]! : candidate.frame[change.now]!;
  return {
    ...changeRow(index.old, tables, part, change),
    key: `${part.label} ${at}`,
    at: frame,
    oldRow: change.old >= 0 ? reference.rows[change.old]! : -1,
    nowRow: change.now >= 0 ? candidate.rows[change.now]! : -1,
    isUnasked: unasked && part.label === 'cuboid' ? unasked.has(change) : null,
  };
}

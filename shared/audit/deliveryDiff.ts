/** Two sets of labels of the same frames, label by label: what changed, and what became of findings made on the old one. */
import type { DeliveryIndex, LabelTable } from '../model/labels.ts';
import {
  type ChangeFloor,
  type ChangeKind,
  type LabelChange,
  type LabelChanges,
  labelChanges,
} from '../scoring/labelChanges.ts';
import { type LabelSets, labelSets } from '../scoring/labelSets.ts';
import type { QaSpec } from './qaSpec.ts';
import { type ReworkOutcome, reworkOutcome } from './reworkOutcome.ts';
import { isIgnoreRegion } from './specLookup.ts';
import type { AuditState } from './state.ts';
import { usualGate } from './usualGates.ts';

/** What another writer's rounding may do. */
export const usualFloor: ChangeFloor = { meters: 0.01, radians: 0.005, pixels: 0.5 };

export interface DiffTables {
  readonly old: LabelTable;
  readonly now: LabelTable;
}

/** Cuboids or 2D boxes of a delivery in both states. */
export interface DiffPart extends LabelChanges {
  readonly label: 'cuboid' | 'box2d';
  readonly sets: LabelSets;
  /** Labels found again just as they were. */
  readonly unchanged: number;
}

/** One change, told where it is. */
export interface ChangeRow {
  readonly label: 'cuboid' | 'box2d';
  readonly kind: ChangeKind;
  readonly scene: string;
  readonly frame: string;
  readonly camera: string | null;
  readonly object: string;
  readonly track: string | null;
  readonly class: string;
  readonly amount: number;
  readonly from?: string | null;
  readonly to?: string | null;
}

export function diffPart(
  tables: DiffTables,
  label: DiffPart['label'],
  spec: QaSpec,
  floor: ChangeFloor,
): DiffPart {
  const likeness = label === 'cuboid' ? 'center' : 'iou2d';
  const sets = labelSets(tables.old, tables.now, likeness, (name) => !isIgnoreRegion(name));
  const gates = sets.classes.map((name) => usualGate(spec, name, likeness));
  const { changes, pairs } = labelChanges(sets, tables, (classIndex) => gates[classIndex]!, floor);
  const changed = new Set(changes.filter((change) => change.old >= 0).map((change) => change.old));
  const unchanged = pairs.filter(({ reference }) => !changed.has(reference)).length;
  return { label, sets, changes, pairs, unchanged };
}

/** Of the old label, or of the new one where there was none. */
export function changeRow(
  { delivery }: Pick<DeliveryIndex, 'delivery'>,
  tables: DiffTables,
  { sets, label }: DiffPart,
  change: LabelChange,
): ChangeRow {
  const isNew = change.old < 0;
  const [set, labels, at] = isNew
    ? [sets.candidate, tables.now, change.now]
    : [sets.reference, tables.old, change.old];
  const columns = label === 'box2d' ? labels.boxes2d : labels.cuboids;
  const row = set.rows[at]!;
  const frame = delivery.frames.at(set.frame[at]!)!;
  const { old: _old, now: _now, ...rest } = change;
  return {
    label,
    scene: delivery.scenes[frame.scene]!.id,
    frame: frame.id,
    camera: label === 'box2d' ? delivery.cameras[labels.boxes2d.camera[row]!]!.name : null,
    object: columns.id.at(row)!,
    track: set.track[at]! < 0 ? null : labels.tracks[set.track[at]!]!,
    class: sets.classes[set.classIndex[at]!]!,
    ...rest,
  };
}

/** What became of the findings of an audit of the old labels that stood in the end. */
export function findingsInDiff(
  index: DeliveryIndex,
  tables: DiffTables,
  cuboids: DiffPart,
  audit: AuditState,
): ReworkOutcome {
  const standing = audit.findings.filter(({ status }) => status !== 'overturned');
  const old = { ...index, labels: tables.old };
  const redelivery = { index: old, now: tables.now, sets: cuboids.sets, diff: cuboids };
  return reworkOutcome(redelivery, standing, audit.spec?.spec ?? null);
}

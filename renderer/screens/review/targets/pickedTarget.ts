/** What becomes of an object that the auditor points at: a target, or the reason why it is none. */
import { drawnUnit } from '../../../../shared/audit/drawn.ts';
import type { Target } from '../../../../shared/audit/events.ts';
import type { AuditState } from '../../../../shared/audit/state.ts';
import { isInSample, queuedUnit } from '../../../../shared/audit/targets.ts';
import { cuboidAt } from '../../../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import { seededOf } from '../seeds/seededIndex.ts';

/** A target before it has its reason. */
export type PickedTarget = Omit<Target, 'reason'>;

export type Picked =
  | { readonly kind: 'target'; readonly target: PickedTarget }
  /** A unit of the sample, or part of one, or shown as one: it is judged there. */
  | { readonly kind: 'in-sample' }
  | { readonly kind: 'queued' };

/** A label as a target of the auditor's own, under the id it shall have. */
export function pickedTarget(state: AuditState, index: DeliveryIndex, row: number, id: string): Picked {
  const label = cuboidAt(index.labels, row);
  const { delivery } = index;
  const frame = delivery.frames.at(index.labels.cuboids.frame[row]!)!;
  const scene = delivery.scenes[frame.scene]!.id;
  const target: PickedTarget = {
    id,
    unit: `${frame.id}|${label.id}`,
    kind: 'cuboid',
    scene,
    frame: frame.id,
    label: label.id,
    track: label.track,
    className: label.className,
    isInspectable: label.isUsable,
    source: 'auditor',
    probability: null,
  };
  const wholes = [label.track, frame.id, scene].filter((whole) => whole !== null);
  const isPart = wholes.some((whole) => {
    const unit = drawnUnit(state, whole);
    return unit !== null && unit.kind !== 'cuboid' && unit.kind !== 'box2d';
  });
  const isShownAsUnit = seededOf(index).units.has(target.unit);
  if (isPart || isShownAsUnit || isInSample(state, target)) return { kind: 'in-sample' };
  return queuedUnit(state, target) ? { kind: 'queued' } : { kind: 'target', target };
}

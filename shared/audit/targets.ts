/**
 * The targeted queue: units that somebody or something wants looked at, beside the sample. The sample decides and
 * estimates; the queue finds what to fix, and nothing in it counts against a plan. A label has one verdict: what is
 * in the sample too is judged there, and two targets that name the same unit are judged as one.
 */
import { drawnUnit } from './drawn.ts';
import type { DrawnUnit, Target } from './events.ts';
import type { AuditState, QueuedTarget, TargetVerdict, UnitVerdict } from './state.ts';

/** True where the unit a target names was drawn into the sample too. */
export function isInSample(state: AuditState, { kind, unit }: Pick<Target, 'kind' | 'unit'>): boolean {
  return drawnUnit(state, unit)?.kind === kind;
}

/** What stands in line to be looked at: one unit, and every target that names it, oldest first. */
export interface TargetEntry {
  readonly key: string;
  readonly targets: readonly [QueuedTarget, ...QueuedTarget[]];
  /** The newest verdict on any of them; null = still to be judged. */
  readonly verdict: TargetVerdict | null;
}

const linesOf = new WeakMap<AuditState['targets'], ReadonlyMap<string, TargetEntry>>();

/** Of one unit, whoever named it. A frame and a track may have the same id. */
export function targetKey({ kind, unit }: Pick<Target, 'kind' | 'unit'>): string {
  return `${kind} ${unit}`;
}

/** Every queued unit by its key, in the order it was queued first, those of the sample among them. */
function entriesByUnit(state: AuditState): ReadonlyMap<string, TargetEntry> {
  const known = linesOf.get(state.targets);
  if (known) return known;
  const entries = new Map<string, TargetEntry>();
  for (const queued of state.targets.values()) {
    const key = targetKey(queued.target);
    const before = entries.get(key);
    const verdict = newer(before?.verdict ?? null, queued.verdict);
    entries.set(key, { key, targets: before ? [...before.targets, queued] : [queued], verdict });
  }
  linesOf.set(state.targets, entries);
  return entries;
}

function newer(one: TargetVerdict | null, other: TargetVerdict | null): TargetVerdict | null {
  return one !== null && (other === null || one.seq > other.seq) ? one : other;
}

interface Parted {
  readonly sample: AuditState['sample'];
  readonly queue: readonly TargetEntry[];
  readonly inSample: readonly TargetEntry[];
}

const partedOf = new WeakMap<AuditState['targets'], Parted>();

/** What is worked through here and what is judged in the sample, parted once for each state of the two. */
function parted(state: AuditState): Parted {
  const known = partedOf.get(state.targets);
  if (known?.sample === state.sample) return known;
  const queue: TargetEntry[] = [];
  const inSample: TargetEntry[] = [];
  for (const entry of entriesByUnit(state).values()) {
    (isInSample(state, entry.targets[0].target) ? inSample : queue).push(entry);
  }
  const made = { sample: state.sample, queue, inSample };
  partedOf.set(state.targets, made);
  return made;
}

/** The queue as it is worked through: without what is judged in the sample. */
export function targetQueue(state: AuditState): readonly TargetEntry[] {
  return parted(state).queue;
}

/** The entry of a unit, or null where nobody queued it. */
export function queuedUnit(state: AuditState, unit: Pick<Target, 'kind' | 'unit'>): TargetEntry | null {
  return entriesByUnit(state).get(targetKey(unit)) ?? null;
}

/** The id under which a desk shows the unit of a target: that of the first target that names it; null = it is not queued. */
export function deskUnitOfTarget(state: AuditState, target: string): string | null {
  const queued = state.targets.get(target);
  return queued ? queuedUnit(state, queued.target)!.targets[0].target.id : null;
}

/**
 * What is known of the unit a target names, wherever it was said: its verdict in the sample, where it was drawn
 * there, else the newest verdict on any target that names it. Null while nobody has judged it.
 */
export function targetVerdict(
  state: AuditState,
  { target }: Pick<QueuedTarget, 'target'>,
): TargetVerdict | UnitVerdict | null {
  const inSample = isInSample(state, target) ? state.verdicts.get(target.unit) : undefined;
  return inSample ?? queuedUnit(state, target)?.verdict ?? null;
}

export interface TargetProgress {
  /** Units in the queue, each once. */
  readonly queued: number;
  readonly judged: number;
  readonly left: number;
  /** Units found wrong. */
  readonly found: number;
  /** Queued units that are in the sample and judged there; none of the numbers above counts them. */
  readonly inSample: number;
  /** Of those: still without a verdict. */
  readonly waitingForSample: number;
}

export function targetProgress(state: AuditState): TargetProgress {
  const { queue, inSample } = parted(state);
  const judged = queue.filter(({ verdict }) => verdict !== null);
  return {
    queued: queue.length,
    judged: judged.length,
    left: queue.length - judged.length,
    found: judged.filter(({ verdict }) => verdict!.verdict === 'reject').length,
    inSample: inSample.length,
    waitingForSample: inSample.filter(({ targets }) => targetVerdict(state, targets[0]) === null).length,
  };
}

const unitsOf = new WeakMap<Target, DrawnUnit>();

/** A queued unit as the desk shows it, under the id of the first target that names it; the same object each time. */
export function unitOfTarget({ target }: Pick<QueuedTarget, 'target'>): DrawnUnit {
  const known = unitsOf.get(target);
  if (known) return known;
  const { id, kind, scene, frame, label, track, className, isInspectable, probability } = target;
  const unit: DrawnUnit = {
    ...{ id, kind, scene, frame, label, track, className, isInspectable },
    stratum: '',
    probability: probability ?? 1,
  };
  unitsOf.set(target, unit);
  return unit;
}

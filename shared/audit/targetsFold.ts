/** The fold of the targeted queue: what is queued, what people said of it, and what that leaves to be answered. */
import type { AuditEvent, EventType } from './events.ts';
import { draftsOfVerdict, replaceFindings, stampOf } from './findings.ts';
import { withEntry, withoutEntry } from './ownedMaps.ts';
import type { AuditState, Finding, QueuedTarget, TargetVerdict } from './state.ts';

type EventOf<Type extends EventType> = Extract<AuditEvent, { type: Type }>;
type Changes = Pick<AuditState, 'targets'> & Partial<AuditState>;

export function targetsQueued(
  state: AuditState,
  event: EventOf<'targets.queued'>,
  isOwned: boolean,
): Changes {
  const { targets: queued, draw } = event.data;
  const stamp = stampOf(event);
  const targets = isOwned ? (state.targets as Map<string, QueuedTarget>) : new Map(state.targets);
  for (const target of queued) targets.set(target.id, { target, ...stamp, verdict: null, opinions: [] });
  return {
    targets,
    targetDraws: draw ? [...state.targetDraws, { ...draw, ...stamp }] : state.targetDraws,
  };
}

/** One verdict a person; the newest is the target's own. */
export function targetJudged(state: AuditState, event: EventOf<'target.judged'>, isOwned: boolean): Changes {
  const { data } = event;
  const queued = state.targets.get(data.target);
  if (!queued) return { targets: state.targets };
  const others = queued.opinions.filter(({ by }) => by.profile !== event.actor.profile);
  return standing(state, queued, [...others, { ...data, ...stampOf(event) }], isOwned);
}

/** Takes one person's verdict back. Where it was the target's own, the newest of the others is so again. */
export function targetUndone(state: AuditState, event: EventOf<'target.undone'>, isOwned: boolean): Changes {
  const { target, seq } = event.data;
  const queued = state.targets.get(target);
  const opinions = queued?.opinions.filter((opinion) => opinion.seq !== seq);
  if (!queued || opinions?.length === queued.opinions.length) return { targets: state.targets };
  return standing(state, queued, opinions!, isOwned);
}

export function targetRemoved(
  state: AuditState,
  { data }: EventOf<'target.removed'>,
  isOwned: boolean,
): Changes {
  return { targets: withoutEntry(state.targets, data.target, isOwned) };
}

/** A target under its new opinions: what the newest found is for the vendor to answer, in place of what stood. */
function standing(
  state: AuditState,
  queued: QueuedTarget,
  opinions: readonly TargetVerdict[],
  isOwned: boolean,
): Changes {
  const { target } = queued;
  const verdict = opinions.at(-1) ?? null;
  const changed = { ...queued, opinions, verdict };
  const targets = withEntry(state.targets, target.id, changed, isOwned);
  if (verdict === queued.verdict) return { targets };
  const isOfTarget = ({ source, key }: Finding): boolean => source === 'targeted' && key === target.id;
  const found = verdict ? draftsOfVerdict(target, verdict) : [];
  const drafts = found.map((draft) => ({
    ...draft,
    source: 'targeted' as const,
    // Of no drawn unit: what is found here must not be taken for a finding of the sample.
    unit: null,
    key: target.id,
  }));
  return {
    targets,
    ...replaceFindings(state, isOfTarget, drafts, (old, draft) => old.defect.code === draft.defect.code),
  };
}

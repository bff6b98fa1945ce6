/** The fold of the automatic checks: how they are set, what ran last, and what people said of what was found. */
import type { AuditEvent, EventType } from './events.ts';
import { stampOf } from './findings.ts';
import { withEntry, withoutEntry } from './ownedMaps.ts';
import type { AuditState } from './state.ts';

type EventOf<Type extends EventType> = Extract<AuditEvent, { type: Type }>;
type Changes = Partial<AuditState>;

export function checksSet(state: AuditState, event: EventOf<'checks.set'>): Changes {
  const before = state.checksSet?.settings ?? null;
  return { checksSet: { ...event.data, ...stampOf(event), before } };
}

export function checksRan(_state: AuditState, event: EventOf<'checks.ran'>): Changes {
  return { checksRan: { ...event.data, ...stampOf(event) } };
}

export function findingTriaged(
  state: AuditState,
  event: EventOf<'finding.triaged'>,
  isOwned: boolean,
): Changes {
  const answer = { ...event.data, ...stampOf(event) };
  return { triage: withEntry(state.triage, event.data.finding.id, answer, isOwned) };
}

export function findingReopened(
  state: AuditState,
  { data }: EventOf<'finding.reopened'>,
  isOwned: boolean,
): Changes {
  return { triage: withoutEntry(state.triage, data.finding, isOwned) };
}

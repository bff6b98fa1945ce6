/**
 * Blind judging: what others found on a unit is kept from an auditor until her own verdict on it is saved. Every
 * auditor of a blind audit judges every drawn unit herself; search cells are judged once for all of them, so
 * nothing about cells is hidden.
 *
 * Screens on which people judge read `visibleState(state, profile)` in place of the state: its `verdicts` are her
 * own alone, so that marks, progress, "next open unit", second looks and undo speak of her work without knowing of
 * anybody else's. Where units are not judged blind it is the very same state. Outcomes, reports and rules always
 * read the state itself.
 */
import type { Actor, EventDraft } from './events.ts';
import { ownVerdict } from './opinions.ts';
import type { AuditState, Finding, QueuedTarget, UnitVerdict } from './state.ts';

/** True where a person is not to see yet what others said of a unit. `profile` null = nobody has signed in. */
export function isHiddenFrom(state: AuditState, profile: Actor['profile'] | null, unit: string): boolean {
  return state.isBlind && (profile === null || ownVerdict(state, profile, unit) === null);
}

/**
 * A verdict with the word whether it was given blind, which only the state it is given in can tell. Every verdict
 * recorded from now on has it; one without is taken for a record from before opinions were kept apart.
 */
export function statingBlindness(
  state: AuditState,
  profile: Actor['profile'],
  draft: EventDraft,
): EventDraft {
  if (draft.type !== 'verdict.given' || draft.data.isBlind !== undefined) return draft;
  const isBlind = isHiddenFrom(state, profile, draft.data.unit);
  return { ...draft, data: { ...draft.data, isBlind } };
}

const visible = new WeakMap<AuditState, { readonly profile: string | null; readonly state: AuditState }>();

/** The state as one person may see it while she judges. Asked again about the same state it is the same object. */
export function visibleState(state: AuditState, profile: Actor['profile'] | null): AuditState {
  if (!state.isBlind) return state;
  const known = visible.get(state);
  if (known?.profile === profile) return known.state;
  const shown = hideOthers(state, profile);
  visible.set(state, { profile, state: shown });
  return shown;
}

function hideOthers(state: AuditState, profile: Actor['profile'] | null): AuditState {
  const verdicts = new Map<string, UnitVerdict>();
  const opinions = new Map<string, readonly UnitVerdict[]>();
  for (const [unit, standing] of state.opinions) {
    const own = profile === null ? null : ownVerdict(state, profile, unit);
    if (own === null) continue;
    verdicts.set(unit, own);
    opinions.set(unit, standing);
  }
  const targets = new Map([...state.targets].map(([id, queued]) => [id, ownOf(queued, profile)]));
  const hiddenLabels = new Set(
    (state.sample?.labels.units ?? [])
      .filter(({ id }) => !verdicts.has(id))
      .map(({ frame, label }) => `${frame}|${label}`),
  );
  const isSeen = (finding: Finding): boolean => {
    if (finding.by.profile === profile || finding.source === 'cell') return true;
    if (finding.source === 'sample') return verdicts.has(finding.unit ?? '');
    const target = finding.source === 'targeted' ? targets.get(finding.key ?? '') : undefined;
    if (target) return target.verdict !== null;
    return !hiddenLabels.has(`${finding.frame}|${finding.label}`);
  };
  return {
    ...state,
    verdicts,
    opinions,
    targets,
    repeats: state.repeats.filter(({ by }) => by.profile === profile),
    findings: state.findings.filter(isSeen),
  };
}

/** A target with what this person said of it herself, and with the others' words once she has. */
function ownOf(queued: QueuedTarget, profile: string | null): QueuedTarget {
  const verdict = queued.opinions.findLast(({ by }) => by.profile === profile) ?? null;
  return { ...queued, verdict, opinions: verdict ? queued.opinions : [] };
}

/**
 * The targeted queue as a review desk works through it: the audit with the queue in the place of the sample, and the
 * way back, from what the desk records of a "unit" to what the record says of a target. What is shown of one queue is
 * made of that queue alone, so nothing of the sample can slip into its marks, its progress or its undo.
 */
import type { DrawnUnit, EventDraft } from './events.ts';
import type { AuditState, QueuedTarget, TargetVerdict, UnitVerdict } from './state.ts';
import { type TargetEntry, targetQueue, unitOfTarget } from './targets.ts';

const views = new WeakMap<AuditState, AuditState>();

/**
 * The audit with every queued unit as a drawn one, under the id of the first target that names it. Empty before the
 * sample is drawn. Only for a desk: its counts and its outcome would say nothing.
 */
export function auditOfTargets(state: AuditState): AuditState {
  const known = views.get(state);
  if (known) return known;
  const queue = targetQueue(state);
  const units: DrawnUnit[] = queue.map(({ targets }) => unitOfTarget(targets[0]));
  const opinions = new Map(
    queue.flatMap((entry, at) =>
      entry.verdict === null ? [] : [[units[at]!.id, opinionsOn(entry, units[at]!.id)] as const],
    ),
  );
  const verdicts = new Map([...opinions].map(([id, said]) => [id, said.at(-1)!]));
  const { sample } = state;
  const view: AuditState = {
    ...state,
    sample: sample && {
      ...sample,
      labels: { ...sample.labels, units, plans: [] },
      cells: { ...sample.cells, units: [], plans: [] },
    },
    verdicts,
    opinions,
    repeats: [],
    isStandingShown: false,
  };
  views.set(state, view);
  return view;
}

/** What each person said of a queued unit on whichever of its targets, the newest last. */
function opinionsOn({ targets }: TargetEntry, unit: string): UnitVerdict[] {
  const byPerson = new Map<string, TargetVerdict>();
  const all = targets.flatMap(({ opinions }) => opinions).sort((a, b) => a.seq - b.seq);
  for (const opinion of all) {
    byPerson.delete(opinion.by.profile);
    byPerson.set(opinion.by.profile, opinion);
  }
  return [...byPerson.values()].map(({ target: _target, ...said }) => ({
    ...said,
    unit,
    isSecondLook: false,
    isBlind: false,
  }));
}

/**
 * What the record is told where the desk of the queue records `draft`. A verdict goes to the target that the person
 * judged before, else to the first that names the unit. What is noted beside a target was found on the hunt too.
 */
export function draftOfTargets(state: AuditState, draft: EventDraft, profile: string | null): EventDraft {
  if (draft.type === 'verdict.given') {
    const { unit, verdict, defects, comment, evidence, durationMs, bulk } = draft.data;
    const mine = targetsOf(state, unit).find(({ opinions }) =>
      opinions.some(({ by }) => by.profile === profile),
    );
    const target = mine?.target.id ?? unit;
    const said = { target, verdict, defects, comment, evidence, durationMs };
    return { type: 'target.judged', data: bulk ? { ...said, bulk } : said };
  }
  if (draft.type === 'verdict.undone') {
    const { unit, seq } = draft.data;
    const judged = targetsOf(state, unit).find(({ opinions }) => opinions.some((said) => said.seq === seq));
    return { type: 'target.undone', data: { target: judged?.target.id ?? unit, seq } };
  }
  if (draft.type === 'finding.noted') return { ...draft, data: { ...draft.data, source: 'targeted' } };
  return draft;
}

/** Every target that names the unit which the desk calls by that id. */
export function targetsOf(state: AuditState, unit: string): readonly QueuedTarget[] {
  return targetQueue(state).find(({ targets }) => targets[0].target.id === unit)?.targets ?? [];
}

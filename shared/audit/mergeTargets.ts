/**
 * Merging the targeted queue: what was queued over there is queued here, what was taken from the queue there is taken
 * from it here, and what people said arrives person by person, as for units of the sample. A target that one side
 * judged and the other took away stays as it is here and is listed.
 */
import { canonicalJson } from './canonicalJson.ts';
import type { AuditEvent, EventData } from './events.ts';
import { type Fork, type MergedDraft, type Part, unstamped } from './mergeParts.ts';
import type { AuditState, TargetVerdict } from './state.ts';

/** `ours` are this side's events, `forked` those that only the other side has. */
export function mergeTargets(fork: Fork, ours: readonly AuditEvent[], forked: readonly AuditEvent[]): Part {
  const said = mergeSaid(fork);
  return { drafts: [...mergeQueue(fork, ours, forked), ...said.drafts], conflicts: said.conflicts };
}

function mergeQueue(
  { ours: here, theirs }: Fork,
  ours: readonly AuditEvent[],
  forked: readonly AuditEvent[],
): MergedDraft[] {
  // Not what stands in the queue: what was taken from it here after an earlier merge must not come back.
  const known = new Set(
    ours.flatMap((event) => (event.type === 'targets.queued' ? event.data.targets.map(({ id }) => id) : [])),
  );
  return forked.flatMap((event): MergedDraft[] => {
    const { seq, at, actor } = event;
    const about = `${event.type}@${seq}`;
    if (event.type === 'targets.queued') {
      const data = unqueued(event.data, known, theirs);
      return data ? [{ about, draft: { type: event.type, data }, actor, at, seq }] : [];
    }
    if (event.type === 'target.removed' && here.targets.has(event.data.target)) {
      return [{ about, draft: { type: event.type, data: event.data }, actor, at, seq }];
    }
    return [];
  });
}

/** Without what is known here and what was taken away again over there; null where nothing is left. */
function unqueued(
  data: EventData<'targets.queued'>,
  known: ReadonlySet<string>,
  theirs: AuditState,
): EventData<'targets.queued'> | null {
  const targets = data.targets.filter(({ id }) => !known.has(id) && theirs.targets.has(id));
  return targets.length === 0 ? null : { ...data, targets };
}

function mergeSaid({ base, ours, theirs }: Fork): Part {
  const drafts: MergedDraft[] = [];
  const undone: MergedDraft[] = [];
  const conflicts: string[] = [];
  for (const target of new Set([...base.targets.keys(), ...theirs.targets.keys()])) {
    const sides = [base, ours, theirs].map((side) => bySpeaker(side, target));
    const [before, hereAll, thereAll] = sides as [Spoken, Spoken, Spoken];
    for (const speaker of new Set([...before.keys(), ...thereAll.keys()])) {
      const [was, here, there] = [before.get(speaker), hereAll.get(speaker), thereAll.get(speaker)];
      if (was?.seq === there?.seq || isSame(here, there)) continue;
      if (was?.seq !== here?.seq) conflicts.push(target);
      else if (there) {
        const draft = { type: 'target.judged', data: unstamped(there) } as const;
        drafts.push({ about: target, draft, actor: there.by, at: there.at, seq: there.seq });
      } else if (here) {
        // Who took it back, and when, stands in their log; here it is under its author.
        const draft = { type: 'target.undone', data: { target, seq: here.seq } } as const;
        undone.push({ about: target, draft, actor: here.by, at: here.at, seq: null });
      }
    }
  }
  drafts.sort((a, b) => a.seq! - b.seq!);
  return { drafts: [...undone, ...drafts], conflicts: [...new Set(conflicts)] };
}

/** Verdicts on a target by who gave them. */
type Spoken = ReadonlyMap<string, TargetVerdict>;

function bySpeaker(state: AuditState, target: string): Spoken {
  const opinions = state.targets.get(target)?.opinions ?? [];
  return new Map(opinions.map((opinion) => [opinion.by.profile, opinion]));
}

/** Equal in what was judged; how long it took and when may differ. */
function isSame(one: TargetVerdict | undefined, other: TargetVerdict | undefined): boolean {
  if (!one || !other) return one === other;
  const said = ({ verdict, defects }: TargetVerdict): string => canonicalJson({ verdict, defects });
  return said(one) === said(other);
}

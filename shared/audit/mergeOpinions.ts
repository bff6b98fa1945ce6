/**
 * Merging what people said of units, person by person: a verdict only the other side has is taken, one that was
 * taken back there is taken back here, and what one person said differently on both sides is a conflict. Rulings
 * come after the verdicts they name, since entries are taken in the order they were made.
 */
import { canonicalJson } from './canonicalJson.ts';
import { type Fork, type MergedDraft, type Part, unstamped } from './mergeParts.ts';
import type { AuditState, UnitVerdict } from './state.ts';

/** `seqs`: where verdicts of their log stand in ours, for those that need not be taken. */
export function mergeOpinions({ base, ours, theirs }: Fork): Part & {
  readonly seqs: ReadonlyMap<number, number>;
} {
  const drafts: MergedDraft[] = [];
  const undone: MergedDraft[] = [];
  const conflicts: string[] = [];
  const seqs = new Map<number, number>();
  for (const unit of new Set([...base.opinions.keys(), ...theirs.opinions.keys()])) {
    const sides = [base, ours, theirs].map((side) => bySpeaker(side, unit));
    const [before, hereAll, thereAll] = sides as [Spoken, Spoken, Spoken];
    const hasUnseen = ({ by }: UnitVerdict): boolean =>
      [...hereAll].some(([speaker, here]) => {
        const there = thereAll.get(speaker);
        return here.by.profile !== by.profile && !(there && isSameVerdict(here, there));
      });
    for (const speaker of new Set([...before.keys(), ...thereAll.keys()])) {
      const [was, here, there] = [before.get(speaker), hereAll.get(speaker), thereAll.get(speaker)];
      if (there && here && isSameVerdict(here, there)) seqs.set(there.seq, here.seq);
      else if (was?.seq === there?.seq) continue;
      else if (was?.seq !== here?.seq) conflicts.push(unit);
      else if (there) drafts.push(taken(there, hasUnseen(there)));
      else if (here) undone.push(takenBack(unit, here));
    }
  }
  drafts.sort((a, b) => a.seq! - b.seq!);
  return { drafts: [...undone, ...drafts], conflicts: [...new Set(conflicts)], seqs };
}

/** Verdicts on a unit by who gave them, rulings by themselves. */
type Spoken = ReadonlyMap<string, UnitVerdict>;

function bySpeaker(state: AuditState, unit: string): Spoken {
  const speakerOf = ({ by, adjudicates }: UnitVerdict): string =>
    `${adjudicates ? 'ruling' : 'verdict'} ${by.profile}`;
  return new Map((state.opinions.get(unit) ?? []).map((opinion) => [speakerOf(opinion), opinion]));
}

/** Equal in what was judged; how long it took and when may differ. */
function isSameVerdict(one: UnitVerdict, other: UnitVerdict): boolean {
  if (one.seq === other.seq && one.at === other.at) return true;
  const said = ({ verdict, defects }: UnitVerdict): string => canonicalJson({ verdict, defects });
  return said(one) === said(other);
}

/**
 * A verdict as it is recorded here. It was given without sight of what only this side knows (`hasUnseen`), and says
 * so. One from before opinions were kept apart would replace what stands here; as a merged entry it must not.
 */
function taken(there: UnitVerdict, hasUnseen: boolean): MergedDraft {
  const data = { ...unstamped(there), isBlind: hasUnseen || (there.isBlind ?? false) };
  const { unit, by: actor, at, seq } = there;
  return { about: unit, draft: { type: 'verdict.given', data }, actor, at, seq };
}

/** Who took it back, and when, stands in their log; here it is under its author. */
function takenBack(unit: string, here: UnitVerdict): MergedDraft {
  const draft = { type: 'verdict.undone', data: { unit, seq: here.seq } } as const;
  return { about: unit, draft, actor: here.by, at: here.at, seq: null };
}

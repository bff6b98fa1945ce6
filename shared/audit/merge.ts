/**
 * Merging a fork: two copies of one audit that went on apart. What was judged on the other side is recorded again
 * on top of this side's log, each entry under its own author and time. Units are merged person by person
 * (`mergeOpinions.ts`): two people's verdicts on one unit both arrive. What one person judged differently on both
 * sides, and what both sides found in one search cell, is listed and stays as it is here. Only judging is merged:
 * plans, specs and signatures have one author.
 */
import { done, failed, type Result } from '../base/problem.ts';
import { canonicalJson } from './canonicalJson.ts';
import type { AuditEvent, EventDraft } from './events.ts';
import { foldAll, foldingOn } from './fold.ts';
import { mergeChecks } from './mergeChecks.ts';
import { mergeOpinions } from './mergeOpinions.ts';
import { type Fork, type MergedDraft, type Part, unstamped } from './mergeParts.ts';
import { mergeTargets } from './mergeTargets.ts';
import { refusal } from './refusal.ts';
import { mayRecord } from './rules.ts';
import type { AuditState, CellVerdict, SeedVerdict } from './state.ts';

export interface Merge {
  /**
   * - `nothing`: this side holds all of it already.
   * - `fast-forward`: the other log continues this one; append `events` as they are.
   * - `merged`: append an `audit.merged` event, then `drafts`, each checked by the rules and sealed anew.
   */
  readonly kind: 'nothing' | 'fast-forward' | 'merged';
  readonly events: readonly AuditEvent[];
  readonly drafts: readonly MergedDraft[];
  /** Units, cells and events (`type@seq` of the other log) that were not merged. */
  readonly conflicts: readonly string[];
  /** Hash of the other log's last event. */
  readonly head: string;
}

/** Events that only ever add to what people judged; the net effect of these is what is merged. */
const mergedTypes = new Set<AuditEvent['type']>([
  'verdict.given',
  'verdict.undone',
  'cell.judged',
  'cell.undone',
  'finding.noted',
  'repeat.judged',
  'targets.queued',
  'target.judged',
  'target.undone',
  'target.removed',
  'seed.judged',
  'checks.set',
  'finding.triaged',
  'finding.reopened',
]);
/** Facts about one copy and its machine: nothing is lost when they stay where they are. */
const localTypes = new Set<AuditEvent['type']>([
  'sensors.hashed',
  'record.exported',
  'standing.shown',
  // How one copy goes on judging; every verdict says for itself whether it was given blind.
  'blind.set',
  'delivery.attached',
  // What ran on one machine runs on the other, too.
  'checks.ran',
  'audit.merged',
]);

/**
 * Plans the merge of `theirs` into `ours`, both verified. Problem `merge-of-another-audit` where they do not begin
 * with the same event.
 */
export function mergeFork(ours: readonly AuditEvent[], theirs: readonly AuditEvent[]): Result<Merge> {
  const common = commonLength(ours, theirs);
  if (common === 0) return failed(refusal('merge-of-another-audit'));
  const head = theirs.at(-1)!.hash;
  const nothing: Merge = { kind: 'nothing', events: [], drafts: [], conflicts: [], head };
  if (common === theirs.length) return done(nothing);
  if (common === ours.length) return done({ ...nothing, kind: 'fast-forward', events: theirs.slice(common) });
  const forked = theirs.slice(common);
  const left = forked.filter(({ type }) => !mergedTypes.has(type) && !localTypes.has(type));
  const states = {
    base: foldAll(ours.slice(0, common))!,
    ours: foldAll(ours)!,
    theirs: foldAll(theirs)!,
  };
  // Drawn again over there: what stands under that draw says nothing about this one.
  const isSameDraw = states.theirs.sample?.seq === states.base.sample?.seq;
  const opinions = mergeOpinions(states);
  const judged = isSameDraw ? [opinions, mergeCells(states)] : [];
  const targets = mergeTargets(states, ours, forked);
  const noted = mergeNoted(states, forked);
  // Answers to findings of checks name targets, which must stand before them.
  const parts = [...judged, noted, mergeRepeats(states), mergeSeeds(states), targets, mergeChecks(states)];
  const { drafts, refused } = acceptable(
    states.ours,
    parts.flatMap((part) => part.drafts),
    opinions.seqs,
  );
  const conflicts = [
    ...parts.flatMap((part) => part.conflicts),
    ...refused.map(({ about }) => about),
    ...left.map(({ type, seq }) => `${type}@${seq}`),
  ];
  const kind = drafts.length + conflicts.length === 0 ? 'nothing' : 'merged';
  return done({ ...nothing, kind, drafts, conflicts });
}

/** The event that opens a merge in the log. */
export function mergedEvent(from: string, merge: Merge): EventDraft {
  const { head, drafts, conflicts } = merge;
  return { type: 'audit.merged', data: { from, head, events: drafts.length, conflicts: [...conflicts] } };
}

/**
 * Plays the drafts on top of this side. The plan may have been drawn anew or the lot signed here meanwhile: the
 * rules say what can still be recorded. `seqs` says where entries of their log stand in ours; what a ruling names
 * is renumbered by it and by the entries taken on the way.
 */
function acceptable(
  ours: AuditState,
  proposed: readonly MergedDraft[],
  seqs: ReadonlyMap<number, number>,
): { readonly drafts: MergedDraft[]; readonly refused: MergedDraft[] } {
  const drafts: MergedDraft[] = [];
  const refused: MergedDraft[] = [];
  const placed = new Map(seqs);
  const foldOn = foldingOn(ours);
  let tip = ours;
  for (const entry of proposed) {
    const merged = { ...entry, draft: renumbered(entry.draft, placed) };
    if (mayRecord(tip, merged.draft, merged.actor) !== null) {
      refused.push(entry);
      continue;
    }
    drafts.push(merged);
    // The entry that opens the merge stands before the first of them.
    const seq = ours.seq + 1 + drafts.length;
    if (entry.seq !== null) placed.set(entry.seq, seq);
    tip = foldOn({ ...merged.draft, seq, at: merged.at, actor: merged.actor, prev: '', hash: '' });
  }
  return { drafts, refused };
}

/** What a ruling names, as it is numbered here; 0, which no entry has, where it is not here. */
function renumbered(draft: EventDraft, placed: ReadonlyMap<number, number>): EventDraft {
  if (draft.type !== 'verdict.given' || draft.data.adjudicates === undefined) return draft;
  const adjudicates = draft.data.adjudicates.map((seq) => placed.get(seq) ?? 0);
  return { ...draft, data: { ...draft.data, adjudicates } };
}

function commonLength(ours: readonly AuditEvent[], theirs: readonly AuditEvent[]): number {
  let length = 0;
  while (length < ours.length && length < theirs.length && ours[length]!.hash === theirs[length]!.hash)
    length += 1;
  return length;
}

/** Three-way merge of standing verdicts on cells: one only they touched is taken, one both touched must agree. */
function mergeCells({ base, ours, theirs }: Fork): Part {
  const drafts: MergedDraft[] = [];
  const conflicts: string[] = [];
  for (const cell of new Set([...base.cellVerdicts.keys(), ...theirs.cellVerdicts.keys()])) {
    const [was, here, there] = [base, ours, theirs].map((side) => side.cellVerdicts.get(cell));
    if (was?.seq === there?.seq || isSameSearch(here, there)) continue;
    if (was?.seq !== here?.seq) conflicts.push(cell);
    else if (there) {
      const draft = { type: 'cell.judged', data: unstamped(there) } as const;
      drafts.push({ about: cell, draft, actor: there.by, at: there.at, seq: there.seq });
    } else if (here) {
      // Taken back over there. Who took it back, and when, stands in their log; here it is under its author.
      const draft = { type: 'cell.undone', data: { cell, seq: here.seq } } as const;
      drafts.push({ about: cell, draft, actor: here.by, at: here.at, seq: null });
    }
  }
  return { drafts, conflicts };
}

/** Equal in what was found; how long it took and who did it may differ. */
function isSameSearch(one: CellVerdict | undefined, other: CellVerdict | undefined): boolean {
  if (!one || !other) return one === other;
  const found = ({ verdict, missed }: CellVerdict): string =>
    canonicalJson({ verdict, missed: missed.map(({ id: _id, ...object }) => object) });
  return found(one) === found(other);
}

/** Repeats only ever add up. One that is here already has its author, unit and time. */
function mergeRepeats({ ours, theirs }: Fork): Part {
  const key = (repeat: AuditState['repeats'][number]): string =>
    `${repeat.by.profile} ${repeat.unit} ${repeat.at}`;
  const known = new Set(ours.repeats.map(key));
  const drafts = theirs.repeats
    .filter((repeat) => !known.has(key(repeat)))
    .map((repeat): MergedDraft => {
      const { repeated: _repeated, ...data } = unstamped(repeat);
      const { by: actor, at, seq } = repeat;
      return { about: `repeat.judged@${seq}`, draft: { type: 'repeat.judged', data }, actor, at, seq };
    });
  return { drafts, conflicts: [] };
}

/** What people said of errors put in only ever adds up, too; each said it of each error once. */
function mergeSeeds({ ours, theirs }: Fork): Part {
  const key = ({ by, seed }: SeedVerdict): string => `${by.profile} ${seed}`;
  const known = new Set(ours.seedVerdicts.map(key));
  const drafts = theirs.seedVerdicts
    .filter((verdict) => !known.has(key(verdict)))
    .map((verdict): MergedDraft => {
      const { shown: _shown, ...data } = unstamped(verdict);
      const { by: actor, at, seq } = verdict;
      return { about: `seed.judged@${seq}`, draft: { type: 'seed.judged', data }, actor, at, seq };
    });
  return { drafts, conflicts: [] };
}

function mergeNoted({ ours }: Fork, forked: readonly AuditEvent[]): Part {
  const known = new Set(ours.findings.map(({ key }) => key));
  const drafts = forked.flatMap((event): MergedDraft[] => {
    if (event.type !== 'finding.noted' || known.has(event.data.id)) return [];
    const { type, data, actor, at, seq } = event;
    return [{ about: `${type}@${seq}`, draft: { type, data }, actor, at, seq }];
  });
  return { drafts, conflicts: [] };
}

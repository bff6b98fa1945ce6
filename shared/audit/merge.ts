/**
 * Merging a fork: two copies of one audit that went on apart. What the other side judged and this side did not is
 * recorded again on top of this side's log, each entry under its own author and time; what both judged differently
 * is listed and stays as it is here. Only judging is merged: plans, specs and signatures have one author.
 */
import { done, failed, type Result } from '../base/problem.ts';
import { canonicalJson } from './canonicalJson.ts';
import type { Actor, AuditEvent, EventDraft } from './events.ts';
import { foldAll } from './fold.ts';
import { refusal } from './refusal.ts';
import { mayRecord } from './rules.ts';
import type { AuditState, CellVerdict, UnitVerdict } from './state.ts';

/** A draft with the author and time it was first recorded with. */
export interface MergedDraft {
  /** What a list of conflicts calls it: the unit or cell, or `type@seq` of the other log. */
  readonly about: string;
  readonly draft: EventDraft;
  readonly actor: Actor;
  readonly at: string;
}

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
]);
/** Facts about one copy and its machine: nothing is lost when they stay where they are. */
const localTypes = new Set<AuditEvent['type']>([
  'sensors.hashed',
  'record.exported',
  'standing.shown',
  'delivery.attached',
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
  const judged = isSameDraw ? [mergeVerdicts(states), mergeCells(states)] : [];
  const parts = [...judged, mergeNoted(states, forked)];
  const proposed = parts.flatMap((part) => part.drafts);
  // The plan may have been drawn anew or the lot signed here meanwhile: the rules say what can still be recorded.
  const refused = proposed.filter(({ draft, actor }) => mayRecord(states.ours, draft, actor) !== null);
  const drafts = proposed.filter((entry) => !refused.includes(entry));
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

interface Fork {
  readonly base: AuditState;
  readonly ours: AuditState;
  readonly theirs: AuditState;
}

interface Part {
  readonly drafts: readonly MergedDraft[];
  readonly conflicts: readonly string[];
}

function commonLength(ours: readonly AuditEvent[], theirs: readonly AuditEvent[]): number {
  let length = 0;
  while (length < ours.length && length < theirs.length && ours[length]!.hash === theirs[length]!.hash)
    length += 1;
  return length;
}

function mergeVerdicts({ base, ours, theirs }: Fork): Part {
  return mergeMaps(base.verdicts, ours.verdicts, theirs.verdicts, {
    dataOf: (verdict) => unstamped(verdict),
    given: (data) => ({ type: 'verdict.given', data }),
    undone: (unit, seq) => ({ type: 'verdict.undone', data: { unit, seq } }),
  });
}

function mergeCells({ base, ours, theirs }: Fork): Part {
  return mergeMaps(base.cellVerdicts, ours.cellVerdicts, theirs.cellVerdicts, {
    dataOf: (verdict) => unstamped(verdict),
    given: (data) => ({ type: 'cell.judged', data }),
    undone: (cell, seq) => ({ type: 'cell.undone', data: { cell, seq } }),
  });
}

interface Judging<Verdict, Data> {
  readonly dataOf: (verdict: Verdict) => Data;
  readonly given: (data: Data) => EventDraft;
  readonly undone: (id: string, seq: number) => EventDraft;
}

/** Three-way merge of standing verdicts: a unit only they touched is taken, one both touched must agree. */
function mergeMaps<Verdict extends UnitVerdict | CellVerdict, Data>(
  base: ReadonlyMap<string, Verdict>,
  ours: ReadonlyMap<string, Verdict>,
  theirs: ReadonlyMap<string, Verdict>,
  judging: Judging<Verdict, Data>,
): Part {
  const drafts: MergedDraft[] = [];
  const conflicts: string[] = [];
  for (const id of new Set([...base.keys(), ...theirs.keys()])) {
    const [was, here, there] = [base.get(id), ours.get(id), theirs.get(id)];
    if (was?.seq === there?.seq || isSameJudgement(here, there)) continue;
    const isTouchedHere = was?.seq !== here?.seq;
    if (isTouchedHere) conflicts.push(id);
    else if (there) {
      drafts.push({ about: id, draft: judging.given(judging.dataOf(there)), actor: there.by, at: there.at });
    } else if (here) {
      // Taken back over there. Who took it back, and when, stands in their log; here it is under its author.
      drafts.push({ about: id, draft: judging.undone(id, here.seq), actor: here.by, at: here.at });
    }
  }
  return { drafts, conflicts };
}

/** Equal in what was judged; how long it took and who did it may differ. */
function isSameJudgement(
  a: UnitVerdict | CellVerdict | undefined,
  b: UnitVerdict | CellVerdict | undefined,
): boolean {
  if (!a || !b) return a === b;
  return canonicalJson(judgementOf(a)) === canonicalJson(judgementOf(b));
}

function judgementOf(verdict: UnitVerdict | CellVerdict): unknown {
  const found =
    'missed' in verdict ? verdict.missed.map(({ id: _id, ...missed }) => missed) : verdict.defects;
  return { verdict: verdict.verdict, found };
}

function mergeNoted({ ours }: Fork, forked: readonly AuditEvent[]): Part {
  const known = new Set(ours.findings.map(({ key }) => key));
  const drafts = forked.flatMap((event): MergedDraft[] => {
    if (event.type !== 'finding.noted' || known.has(event.data.id)) return [];
    const { type, data, actor, at, seq } = event;
    return [{ about: `${type}@${seq}`, draft: { type, data }, actor, at }];
  });
  return { drafts, conflicts: [] };
}

type Stamped = { readonly seq: number; readonly at: string; readonly by: Actor };

/** A standing verdict without what the fold added to its event's data. */
function unstamped<Verdict extends Stamped>(verdict: Verdict): Omit<Verdict, keyof Stamped> {
  const { seq: _seq, at: _at, by: _by, ...data } = verdict;
  return data;
}

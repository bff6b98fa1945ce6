/** The mapping while it is written: each change can be taken back; letters typed into one field in one go are one change. */
import type { Mapping } from '../../../shared/readers/mapped/mappingDocument.ts';

export interface MappingDraft {
  readonly now: Mapping;
  readonly past: readonly Mapping[];
  readonly future: readonly Mapping[];
  /** What the last change was about. */
  readonly changed: string;
  /** When it was made, milliseconds. */
  readonly changedAt: number;
}

/** Changes of one field closer together than this are one. */
const ONE_GO_MS = 700;
const MOST_STEPS = 200;

export function startDraft(mapping: Mapping): MappingDraft {
  return { now: mapping, past: [], future: [], changed: '', changedAt: 0 };
}

/** The way to the first value in which two documents differ. */
function firstDifference(a: unknown, b: unknown): string {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return '';
  const [one, other] = [new Map(Object.entries(a)), new Map(Object.entries(b))];
  for (const key of new Set([...one.keys(), ...other.keys()])) {
    if (JSON.stringify(one.get(key)) === JSON.stringify(other.get(key))) continue;
    return `/${key}${firstDifference(one.get(key), other.get(key))}`;
  }
  return '';
}

/** `at`: milliseconds; pauses separate changes. */
export function changeDraft(draft: MappingDraft, next: Mapping, at: number): MappingDraft {
  const changed = firstDifference(draft.now, next);
  const isSameGo = changed === draft.changed && at - draft.changedAt < ONE_GO_MS && draft.past.length > 0;
  const past = isSameGo ? draft.past : [...draft.past, draft.now].slice(-MOST_STEPS);
  return { now: next, past, future: [], changed, changedAt: at };
}

export function undoDraft(draft: MappingDraft): MappingDraft {
  const { now, past, future } = draft;
  if (past.length === 0) return draft;
  return { now: past.at(-1)!, past: past.slice(0, -1), future: [now, ...future], changed: '', changedAt: 0 };
}

export function redoDraft(draft: MappingDraft): MappingDraft {
  const { now, past, future } = draft;
  if (future.length === 0) return draft;
  return { now: future[0]!, past: [...past, now], future: future.slice(1), changed: '', changedAt: 0 };
}

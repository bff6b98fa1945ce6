/** The mapping while it is written: each change can be taken back; letters typed in one go are one change. */
import type { Mapping } from '../../../shared/readers/mapped/mappingDocument.ts';

export interface MappingDraft {
  readonly now: Mapping;
  readonly past: readonly Mapping[];
  readonly future: readonly Mapping[];
  /** When the last change was made, milliseconds. */
  readonly changedAt: number;
}

/** Changes closer together than this are one. */
const ONE_GO_MS = 700;
const MOST_STEPS = 200;

export function startDraft(mapping: Mapping): MappingDraft {
  return { now: mapping, past: [], future: [], changedAt: 0 };
}

/** `at`: milliseconds; pauses separate changes. */
export function changeDraft(draft: MappingDraft, next: Mapping, at: number): MappingDraft {
  const isSameGo = at - draft.changedAt < ONE_GO_MS && draft.past.length > 0;
  const past = isSameGo ? draft.past : [...draft.past, draft.now].slice(-MOST_STEPS);
  return { now: next, past, future: [], changedAt: at };
}

export function undoDraft(draft: MappingDraft): MappingDraft {
  const { now, past, future } = draft;
  if (past.length === 0) return draft;
  return { now: past.at(-1)!, past: past.slice(0, -1), future: [now, ...future], changedAt: 0 };
}

export function redoDraft(draft: MappingDraft): MappingDraft {
  const { now, past, future } = draft;
  if (future.length === 0) return draft;
  return { now: future[0]!, past: [...past, now], future: future.slice(1), changedAt: 0 };
}

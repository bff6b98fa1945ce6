/**
 * What this window keeps for itself: a projection of each audit's events, entries recorded but not yet on disk, and
 * how the screens were left. None of it is the record; all of it can be lost without losing a verdict.
 */
import type { Actor, AuditEvent, EventDraft } from '../../shared/audit/events.ts';

/** An entry the person made that the host has not yet acknowledged. */
export interface QueuedDraft {
  readonly id: string;
  readonly audit: string;
  readonly draft: EventDraft;
  readonly actor: Actor;
  /** Seq of the journal's last event when this was recorded: what came before cannot be this entry. */
  readonly basedOn: number;
  /** Seq it is shown under until the journal gives it its own. */
  readonly seq: number;
  readonly recordedAt: string;
}

export interface ProjectedHead {
  readonly seq: number;
  readonly hash: string;
}

/** An evidence picture that may not have reached the audit's folder yet. */
export interface KeptPicture {
  readonly audit: string;
  /** SHA-256 of the blob, lower-case hex. */
  readonly hash: string;
  readonly blob: Blob;
}

export interface Shelf {
  /** Last projected event of the audit, or null. */
  head(audit: string): Promise<ProjectedHead | null>;
  /** Throws away what was projected and keeps these instead. */
  replaceEvents(audit: string, events: readonly AuditEvent[]): Promise<void>;
  appendEvents(audit: string, events: readonly AuditEvent[]): Promise<void>;
  /** Unacknowledged entries of the audit, oldest first. */
  queued(audit: string): Promise<readonly QueuedDraft[]>;
  enqueue(entry: QueuedDraft): Promise<void>;
  dequeue(ids: readonly string[]): Promise<void>;
  keepPicture(picture: KeptPicture): Promise<void>;
  /** Pictures of the audit that were kept and not dropped. */
  pictures(audit: string): Promise<readonly KeptPicture[]>;
  dropPicture(audit: string, hash: string): Promise<void>;
  /**
   * What a person has prepared and not yet given, by the name of a unit or cell, or how she left a desk, by the desk's
   * name; null = nothing any more.
   */
  keepDraft(audit: string, profile: string, name: string, draft: unknown): Promise<void>;
  /** By name: what this person prepared in this audit, and nobody else. */
  drafts(audit: string, profile: string): Promise<ReadonlyMap<string, unknown>>;
}

/** A shelf in memory: for a browser whose storage is full, forbidden or broken, and for tests. */
export function createMemoryShelf(): Shelf {
  const events = new Map<string, readonly AuditEvent[]>();
  const entries = new Map<string, QueuedDraft>();
  const pictures = new Map<string, KeptPicture>();
  const drafts = new Map<string, ReadonlyMap<string, unknown>>();
  return {
    async head(audit) {
      const last = events.get(audit)?.at(-1);
      return last ? { seq: last.seq, hash: last.hash } : null;
    },
    async replaceEvents(audit, replacement) {
      events.set(audit, [...replacement]);
    },
    async appendEvents(audit, more) {
      events.set(audit, [...(events.get(audit) ?? []), ...more]);
    },
    async queued(audit) {
      return [...entries.values()].filter((entry) => entry.audit === audit);
    },
    async enqueue(entry) {
      entries.set(entry.id, entry);
    },
    async dequeue(ids) {
      for (const id of ids) entries.delete(id);
    },
    async keepPicture(picture) {
      pictures.set(`${picture.audit} ${picture.hash}`, picture);
    },
    async pictures(audit) {
      return [...pictures.values()].filter((picture) => picture.audit === audit);
    },
    async dropPicture(audit, hash) {
      pictures.delete(`${audit} ${hash}`);
    },
    async keepDraft(audit, profile, name, draft) {
      const owner = JSON.stringify([audit, profile]);
      const kept = new Map(drafts.get(owner));
      if (draft === null) kept.delete(name);
      else kept.set(name, draft);
      drafts.set(owner, kept);
    },
    async drafts(audit, profile) {
      return drafts.get(JSON.stringify([audit, profile])) ?? new Map();
    },
  };
}

/**
 * The hash chain of a journal: sealing a draft into an event, and finding how far a journal holds. The journal of an
 * audit and the ledger of a vendor are chained alike. Every line is the canonical JSON of one event; `hash` is SHA-256 over the same without `hash`, `prev` the hash of the line before.
 */
import type { Sha256Hex } from '../base/bytes.ts';
import type { Problem, Result } from '../base/problem.ts';
import { canonicalBytes, canonicalJson } from './canonicalJson.ts';
import type { Actor, AuditEvent, EventDraft, EventEnvelope } from './events.ts';
import { parseEvent } from './parseEvent.ts';

/** `prev` of the first event, whose seq is 1. */
export const zeroHash = '0'.repeat(64);

/** What the journal adds to a draft. `at` is UTC, `2026-01-31T08:00:00.000Z`. */
export interface Sealing {
  readonly seq: number;
  readonly at: string;
  readonly actor: Actor;
  readonly prev: string;
}

/** Makes a draft an event. The draft must have come through `parseDraft`, so that it is what a reader will see. */
export function sealEvent<Draft extends ChainedDraft = EventDraft>(
  draft: Draft,
  sealing: Sealing,
  sha256: Sha256Hex,
): Draft & EventEnvelope {
  const { seq, at, actor, prev } = sealing;
  const body = { seq, at, actor, prev, type: draft.type, data: draft.data };
  return { ...body, hash: sha256(canonicalBytes(body)) } as unknown as Draft & EventEnvelope;
}

/** What any journal may chain. */
export interface ChainedDraft {
  readonly type: string;
  readonly data: unknown;
}

/** Seals drafts one after another on top of `last` (null = an empty journal). */
export function sealEvents<Draft extends ChainedDraft = EventDraft>(
  drafts: readonly Draft[],
  last: { readonly seq: number; readonly hash: string } | null,
  stamp: { readonly at: string; readonly actor: Actor },
  sha256: Sha256Hex,
): (Draft & EventEnvelope)[] {
  let tip: { readonly seq: number; readonly hash: string } = last ?? { seq: 0, hash: zeroHash };
  return drafts.map((draft) => {
    const event = sealEvent(draft, { ...stamp, seq: tip.seq + 1, prev: tip.hash }, sha256);
    tip = event;
    return event;
  });
}

/** The line of an event, without its line feed. */
export function eventLine(event: object): string {
  return canonicalJson(event);
}

export interface ChainReport<Event extends EventEnvelope = AuditEvent> {
  /** The longest verified prefix. */
  readonly events: readonly Event[];
  /** Hash of its last event; zeros when there is none. */
  readonly head: string;
  /** Seq of the first line that does not hold; null when every whole line holds. */
  readonly brokenAt: number | null;
  /** The write of this seq never ended (no line feed after it): it was never acknowledged and is dropped. */
  readonly tornAt: number | null;
  /**
   * The chain holds, but this version cannot read an event in it (`event-newer-than-app`, `event-unreadable`).
   * `events` ends before it; nothing may be appended and nothing cut off.
   */
  readonly problem: Problem | null;
}

/** What a kind of journal holds: how one event is read, and the type that stands first and only there. */
export interface ChainDoor<Event extends EventEnvelope & ChainedDraft> {
  readonly parse: (json: unknown) => Result<Event>;
  readonly opening: string;
}

const auditDoor: ChainDoor<AuditEvent> = { parse: parseEvent, opening: 'audit.opened' };

/** Checks the journal of an audit: see `verifyChainOf`. */
export function verifyChain(lines: readonly string[], sha256: Sha256Hex): ChainReport {
  return verifyChainOf(lines, auditDoor, sha256);
}

/**
 * Checks a journal split at its line feeds. A whole journal ends with a line feed, so its last piece is empty;
 * a last piece that is not, and does not verify, is a torn write. `sha256` is passed in.
 */
export function verifyChainOf<Event extends EventEnvelope & ChainedDraft>(
  lines: readonly string[],
  { parse, opening }: ChainDoor<Event>,
  sha256: Sha256Hex,
): ChainReport<Event> {
  const events: Event[] = [];
  let head = zeroHash;
  const ended = (rest: Partial<ChainReport<Event>>): ChainReport<Event> => ({
    events,
    head,
    brokenAt: null,
    tornAt: null,
    problem: null,
    ...rest,
  });
  const count = lines.at(-1) === '' ? lines.length - 1 : lines.length;
  for (let at = 0; at < count; at += 1) {
    const seq = at + 1;
    const json = verifiedLine(lines[at]!, seq, head, sha256);
    if (json === null) return ended(seq === lines.length ? { tornAt: seq } : { brokenAt: seq });
    const event = parse(json);
    if (!event.ok) return ended({ problem: event.problem });
    if ((event.value.type === opening) !== (seq === 1)) return ended({ brokenAt: seq });
    events.push(event.value);
    head = event.value.hash;
  }
  return ended({});
}

/** The line's value, or null where its form, its seq, its link or its hash is not what it must be. */
function verifiedLine(line: string, seq: number, prev: string, sha256: Sha256Hex): object | null {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || !('hash' in value) || !('prev' in value)) return null;
    const { hash, ...body } = value;
    if (!('seq' in body) || body.seq !== seq || value.prev !== prev) return null;
    if (canonicalJson(value) !== line || sha256(canonicalBytes(body)) !== hash) return null;
    return value;
  } catch {
    // Not JSON, or JSON that has no canonical form: in both cases not a line this journal wrote.
    return null;
  }
}

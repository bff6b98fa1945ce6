/**
 * Checking a record that comes from elsewhere, without trusting it: the chain, the signatures, the pictures it
 * names, and whether every event was one that the rules would have let through.
 */
import type { Sha256Hex } from '../base/bytes.ts';
import { verifyChain } from './chain.ts';
import type { AuditEvent } from './events.ts';
import { fold, foldAll } from './fold.ts';
import { mayRecord } from './rules.ts';
import { judgeSignature, type SignatureVerdict, type VerifyEd25519 } from './signing.ts';
import type { AuditState } from './state.ts';

export interface RecordToVerify {
  /** The journal, split at its line feeds. */
  readonly lines: readonly string[];
  /** Public key the reader trusts, or null. */
  readonly pinnedKey: string | null;
  /** SHA-256 of the stored picture of that name, or null where it is absent (bundles may leave pictures out). */
  readonly pictureHash: (named: string) => string | null;
}

export interface RecordReport {
  /** How many events hold. */
  readonly events: number;
  /** `ok`, or `broken at k`: the first seq that does not hold or cannot be read. */
  readonly chain: string;
  readonly signatures: readonly {
    readonly seq: number;
    readonly publicKey: string;
    readonly verdict: SignatureVerdict;
  }[];
  /** Of the last signed entry; null where none is signed. */
  readonly disposition: string | null;
  readonly pictures: { readonly named: number; readonly present: number; readonly mismatched: number };
  /** Events that hold in the chain although the rules would have refused them. */
  readonly breaches: readonly { readonly seq: number; readonly code: string }[];
  readonly state: AuditState | null;
  /** True when nothing above speaks against the record. */
  readonly isIntact: boolean;
}

export function verifyRecord(
  record: RecordToVerify,
  sha256: Sha256Hex,
  verifyEd25519: VerifyEd25519,
): RecordReport {
  const report = verifyChain(record.lines, sha256);
  // A record is handed over whole: a line without its end is a break in it, not a write that was interrupted.
  const brokenAt = report.brokenAt ?? report.tornAt ?? (report.problem ? report.events.length + 1 : null);
  const { events } = report;
  const signatures = events.flatMap((event) =>
    event.type === 'disposition.signed'
      ? [
          {
            seq: event.seq,
            publicKey: event.data.publicKey,
            verdict: judgeSignature(event, record.pinnedKey, verifyEd25519),
          },
        ]
      : [],
  );
  const pictures = checkPictures(events, record.pictureHash);
  const breaches = replay(events);
  const state = foldAll(events);
  return {
    events: events.length,
    chain: brokenAt === null ? 'ok' : `broken at ${brokenAt}`,
    signatures,
    disposition: state?.dispositions.at(-1)?.disposition ?? null,
    pictures,
    breaches,
    state,
    isIntact:
      brokenAt === null &&
      events.length > 0 &&
      breaches.length === 0 &&
      pictures.mismatched === 0 &&
      signatures.every(({ verdict }) => verdict !== 'broken'),
  };
}

/** SHA-256 of every picture the events name, once each. */
export function picturesNamed(events: readonly AuditEvent[]): string[] {
  const named = events.flatMap((event) => {
    const isEvidence =
      event.type === 'verdict.given' || event.type === 'finding.noted' || event.type === 'target.judged';
    const picture = isEvidence ? event.data.evidence?.picture : null;
    return picture ? [picture] : [];
  });
  return [...new Set(named)];
}

function checkPictures(
  events: readonly AuditEvent[],
  pictureHash: (named: string) => string | null,
): RecordReport['pictures'] {
  const named = picturesNamed(events);
  const found = named
    .map((name) => [name, pictureHash(name)] as const)
    .filter(([, actual]) => actual !== null);
  return {
    named: named.length,
    present: found.length,
    mismatched: found.filter(([name, actual]) => name !== actual).length,
  };
}

/** Asks the rules about every event as if it were about to be recorded. */
function replay(events: readonly AuditEvent[]): RecordReport['breaches'] {
  const breaches: { seq: number; code: string }[] = [];
  let state: AuditState | null = null;
  for (const event of events) {
    const refusal = mayRecord(state, event, event.actor);
    if (refusal) breaches.push({ seq: event.seq, code: refusal.code });
    state = fold(state, event);
  }
  return breaches;
}

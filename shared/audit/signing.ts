/**
 * What a signature covers, and what a signature proves. The device signs with its own key under the name of the
 * profile: a good signature says that this device made this statement, and no more than that.
 */
import { canonicalBytes } from './canonicalJson.ts';
import type { Actor, AuditEvent, EventData } from './events.ts';

export type SignedData = EventData<'disposition.signed'>;

/** Ed25519: whether `signature` (base64) over `message` was made by the key `publicKey`. Passed in, like hashing. */
export type VerifyEd25519 = (publicKey: string, message: Uint8Array, signature: string) => boolean;

/**
 * - `pinned`: intact, and made by the key the reader named.
 * - `unidentified`: intact, but nobody vouches for the key.
 * - `broken`: the statement was changed, or belongs elsewhere in the log.
 */
export type SignatureVerdict = 'pinned' | 'unidentified' | 'broken';

/** The bytes to sign: canonical JSON of the entry without its signature, with the person it is signed for. */
export function statementBytes(data: Omit<SignedData, 'signature'>, signedBy: Actor): Uint8Array {
  const { outcome, disposition, reason, supersedes, head, publicKey } = data;
  return canonicalBytes({ outcome, disposition, reason, supersedes, head, publicKey, signedBy });
}

/** Judges the signature of one signed entry. `pinnedKey` is the key the reader trusts, or null. */
export function judgeSignature(
  event: Extract<AuditEvent, { type: 'disposition.signed' }>,
  pinnedKey: string | null,
  verify: VerifyEd25519,
): SignatureVerdict {
  const { data, actor, prev } = event;
  const isIntact = data.head === prev && verify(data.publicKey, statementBytes(data, actor), data.signature);
  if (!isIntact) return 'broken';
  return data.publicKey === pinnedKey ? 'pinned' : 'unidentified';
}

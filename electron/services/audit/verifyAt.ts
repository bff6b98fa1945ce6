/** Checks a record that lies somewhere: an audit's folder or a bundle, ours or anyone's. */
import type { Result } from '../../../shared/base/problem.ts';
import { done } from '../../../shared/base/problem.ts';
import type { Verification } from '../../../shared/host/contract.ts';
import type { Places } from '../places.ts';
import { checkRecord, openRecord } from './recordSource.ts';

/** @param key the public key the reader trusts, base64; null = none */
export async function verifyAt(
  { path: named, key }: { readonly path: string; readonly key: string | null },
  places: Pick<Places, 'existing'>,
): Promise<Result<Verification>> {
  const real = await places.existing(named);
  if (!real.ok) return real;
  const source = await openRecord(real.value);
  if (!source.ok) return source;
  const { signatures, breaches, ...report } = await checkRecord(source.value, key);
  return done({ ...report, signatures: [...signatures], breaches: [...breaches] });
}

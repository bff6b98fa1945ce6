/**
 * The portable form of an audit: a zip of its journal, its spec, its pictures and the public key it was signed with.
 * Written as a stream, one file at a time; the same record gives the same bytes.
 */
import { readFile } from 'node:fs/promises';
import { strToU8, Zip, ZipDeflate, ZipPassThrough } from 'fflate';
import { picturesNamed } from '../../../shared/audit/verifyRecord.ts';
import { journalName, journalText } from './journalFile.ts';
import type { AuditView } from './openAudits.ts';
import { listPictures, pictureFile } from './pictures.ts';

export const specName = 'spec.json';
export const publicKeyName = 'public-key.txt';

/** Zip knows no time zone and begins in 1980; a fixed moment keeps the bytes the same. */
const fixedTime = new Date(1980, 0, 1);

/** @param deviceKey stands in for the signer's key as long as nothing is signed */
export async function* bundleBytes(
  { events, state, folder }: AuditView,
  { deviceKey, withPictures }: { readonly deviceKey: string; readonly withPictures: boolean },
): AsyncGenerator<Uint8Array> {
  const publicKey = state.dispositions.at(-1)?.publicKey ?? deviceKey;
  let ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    ready.push(chunk);
  });
  const add = (name: string, bytes: Uint8Array, isPacked: boolean): Uint8Array[] => {
    const file = isPacked ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 });
    file.mtime = fixedTime;
    zip.add(file);
    file.push(bytes, true);
    const chunks = ready;
    ready = [];
    return chunks;
  };

  yield* add(journalName, strToU8(journalText(events)), false);
  yield* add(publicKeyName, strToU8(`${publicKey}\n`), false);
  if (state.spec !== null)
    yield* add(specName, strToU8(`${JSON.stringify(state.spec.spec, null, 2)}\n`), false);
  if (withPictures) {
    const present = new Set(await listPictures(folder));
    for (const hash of picturesNamed(events).sort()) {
      if (present.has(hash))
        yield* add(`pictures/${hash}.png`, await readFile(pictureFile(folder, hash)), true);
    }
  }
  zip.end();
  yield* ready;
}

/** Wires the product together: which host, which stores, which shelf. */
import { pictureAddress } from '../../shared/host/addresses.ts';
import { claimClientId } from '../host/clientId.ts';
import { createHttpHost } from '../host/httpHost.ts';
import { onPush } from '../host/pushBridge.ts';
import type { Services } from '../state/context.tsx';
import { createIndexLoader } from '../state/indexLoader.ts';
import type { PutPicture } from '../state/pictureSender.ts';
import { createSession } from '../state/session.ts';
import { chosenProfile, loadSettings } from '../state/settings.ts';
import { openDexieShelf } from '../storage/dexieShelf.ts';
import { createMemoryShelf, type KeptPicture, type Shelf } from '../storage/shelf.ts';

export async function startServices(): Promise<Services> {
  const client = await claimClientId();
  const host = createHttpHost({ client, fetch: (...request) => fetch(...request), onPush });
  const [settings, { shelf, isKept }] = await Promise.all([
    loadSettings(host, new BroadcastChannel('assay.settings')),
    openShelf(),
  ]);
  const session = createSession({
    host,
    database: shelf,
    clock: { now: () => new Date() },
    fetchIndex: createIndexLoader(),
    putPicture,
  });
  session.getState().setActor(chosenProfile(settings.getState().settings));
  settings.subscribe((state) => session.getState().setActor(chosenProfile(state.settings)));
  if (!isKept) session.getState().notify('saving.noShelf');
  addEventListener('pagehide', () => session.getState().leave());
  return { host, session, settings };
}

/** Without IndexedDB the window forgets its copies when it closes; the record on disk does not need them. */
async function openShelf(): Promise<{ shelf: Shelf; isKept: boolean }> {
  try {
    return { shelf: await openDexieShelf(), isKept: true };
  } catch {
    return { shelf: createMemoryShelf(), isKept: false };
  }
}

/** A picture of the wrong kind or size is refused for good; everything else may pass. */
const refusedForGood = new Set([400, 413, 415, 422]);

async function putPicture({ audit, hash, blob }: KeptPicture): ReturnType<PutPicture> {
  try {
    const { ok, status } = await fetch(pictureAddress(audit, hash), { method: 'PUT', body: blob });
    if (ok) return 'stored';
    return refusedForGood.has(status) ? 'refused' : 'unreachable';
  } catch {
    return 'unreachable';
  }
}

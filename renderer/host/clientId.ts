/**
 * Names this tab to the host, so that an audit's lock belongs to one tab and survives its reload. A duplicated tab
 * copies the session storage; the browser's lock on the name shows it, and the copy takes a new one.
 */
const storageKey = 'assay-client';

export async function claimClientId(): Promise<string> {
  const kept = sessionStorage.getItem(storageKey);
  if (kept !== null && (await holdName(kept))) return kept;
  const fresh = crypto.randomUUID();
  await holdName(fresh);
  sessionStorage.setItem(storageKey, fresh);
  return fresh;
}

/** Holds the name until the tab ends. False where another tab holds it. */
function holdName(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    void navigator.locks.request(`${storageKey}-${name}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock === null ? undefined : new Promise<never>(() => {});
    });
  });
}

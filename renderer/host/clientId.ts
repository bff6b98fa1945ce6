/**
 * Names this tab to the host, so that an audit's lock belongs to one tab and survives its reload. A duplicated tab
 * copies the session storage; the browser's lock on the name shows it, and the copy takes a new one. A tab that
 * crashed leaves its name behind: the next one takes it over, and finds the audit open instead of locked.
 */
const storageKey = 'assay-client';
/** Names of the tabs opened last, newest first, for all tabs of this browser. */
const namesKey = 'assay-clients';
const mostNames = 8;

export async function claimClientId(): Promise<string> {
  const kept = sessionStorage.getItem(storageKey);
  for (const name of [...(kept === null ? [] : [kept]), ...lastNames()]) {
    if (await holdName(name)) return remembered(name);
  }
  const fresh = crypto.randomUUID();
  await holdName(fresh);
  return remembered(fresh);
}

function remembered(name: string): string {
  sessionStorage.setItem(storageKey, name);
  const others = lastNames().filter((other) => other !== name);
  localStorage.setItem(namesKey, JSON.stringify([name, ...others].slice(0, mostNames)));
  return name;
}

/** What stands there may be anything. */
function lastNames(): string[] {
  try {
    const names: unknown = JSON.parse(localStorage.getItem(namesKey) ?? '[]');
    return Array.isArray(names) ? names.filter((name) => typeof name === 'string').slice(0, mostNames) : [];
  } catch {
    return [];
  }
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

/**
 * A bounded set of open files. A delivery may hold a million files and a reader may ask for all of them;
 * the operating system allows a thousand or so. Handles are kept for the next read and closed oldest first.
 */

/** A file's handle, or whatever else holds one. */
export interface Closable {
  close(): Promise<void>;
}

interface Entry<Handle> {
  readonly handle: Promise<Handle>;
  users: number;
}

export interface HandlePool<Handle> {
  /** Runs `use` with the handle of `key`, opening it where needed; waits while `limit` handles are in use. */
  withHandle<Value>(
    key: string,
    open: () => Promise<Handle>,
    use: (handle: Handle) => Promise<Value>,
  ): Promise<Value>;
  /** Closes what is idle. Reads under way finish first. */
  close(): Promise<void>;
}

export function createHandlePool<Handle extends Closable>(limit = 64): HandlePool<Handle> {
  /** In order of last use, oldest first. */
  const entries = new Map<string, Entry<Handle>>();
  const waiting: (() => void)[] = [];
  let active = 0;

  async function enter(): Promise<void> {
    if (active >= limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else active++;
  }

  /** Hands the place to the next in line, or frees it. */
  function leave(): void {
    const next = waiting.shift();
    if (next) next();
    else active--;
  }

  async function trim(kept: number): Promise<void> {
    for (const [key, entry] of entries) {
      if (entries.size <= kept) return;
      if (entry.users > 0) continue;
      entries.delete(key);
      await closeHandle(entry);
    }
  }

  return {
    async withHandle(key, open, use) {
      await enter();
      const entry = entries.get(key) ?? { handle: open(), users: 0 };
      entries.delete(key);
      entries.set(key, entry);
      entry.users++;
      try {
        return await use(await entry.handle);
      } catch (error) {
        // A handle that failed once (stick pulled, share gone) is not asked again.
        if (entries.get(key) === entry) entries.delete(key);
        throw error;
      } finally {
        entry.users--;
        if (entry.users === 0 && entries.get(key) !== entry) {
          await closeHandle(entry);
        }
        await trim(limit);
        leave();
      }
    },
    close: () => trim(0),
  };
}

/** Nothing was written through it, so a close that fails loses nothing. */
async function closeHandle(entry: Entry<Closable>): Promise<void> {
  await entry.handle.then((handle) => handle.close()).catch(() => undefined);
}

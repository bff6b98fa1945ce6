/**
 * Writes the latest of many values under each name: the first at once, those that follow within a pause together.
 * One write of a name at a time, so that an older value never lands behind a newer one.
 */
export interface LastWins<Value> {
  put(name: string, value: Value): void;
  /** Writes what waits for its pause now; for a page that goes away. */
  flush(): void;
}

/** `write` reports its own failures and never rejects. */
export function createLastWins<Value>(
  write: (name: string, value: Value) => Promise<void>,
  pauseMs: number,
): LastWins<Value> {
  const waiting = new Map<string, Value>();
  const busy = new Set<string>();
  const pausing = new Map<string, ReturnType<typeof setTimeout>>();

  function next(name: string): void {
    if (busy.has(name) || pausing.has(name) || !waiting.has(name)) return;
    const value = waiting.get(name)!;
    waiting.delete(name);
    busy.add(name);
    pausing.set(name, setTimeout(rested, pauseMs, name));
    void write(name, value).finally(() => {
      busy.delete(name);
      next(name);
    });
  }

  function rested(name: string): void {
    pausing.delete(name);
    next(name);
  }

  return {
    put(name, value) {
      waiting.set(name, value);
      next(name);
    },
    flush() {
      for (const [name, timer] of pausing) {
        clearTimeout(timer);
        rested(name);
      }
    },
  };
}

/** Things kept by name while they fit into a budget of bytes; the one not asked for longest goes first. */
export interface ByteCache<Value> {
  get(key: string): Value | undefined;
  /** True where it is held; asking so does not make it newer. */
  has(key: string): boolean;
  set(key: string, value: Value): void;
  clear(): void;
  readonly bytes: number;
}

/**
 * `sizeOf` says what a value weighs, `drop` frees it. `isHeld` protects what must stay whatever the budget says. A
 * value that alone is over the budget is kept until the next one comes.
 */
export function createByteCache<Value>(
  budgetBytes: number,
  sizeOf: (value: Value) => number,
  drop: (value: Value) => void = () => undefined,
  isHeld: (key: string) => boolean = () => false,
): ByteCache<Value> {
  // A Map keeps the order of insertion: what is used again is put in again.
  const entries = new Map<string, Value>();
  let bytes = 0;

  function remove(key: string): void {
    const value = entries.get(key);
    if (value === undefined) return;
    entries.delete(key);
    bytes -= sizeOf(value);
    drop(value);
  }

  return {
    get(key) {
      const value = entries.get(key);
      if (value !== undefined) {
        entries.delete(key);
        entries.set(key, value);
      }
      return value;
    },
    has: (key) => entries.has(key),
    set(key, value) {
      remove(key);
      for (const other of [...entries.keys()]) {
        if (bytes + sizeOf(value) <= budgetBytes) break;
        if (!isHeld(other)) remove(other);
      }
      entries.set(key, value);
      bytes += sizeOf(value);
    },
    clear() {
      for (const key of [...entries.keys()]) remove(key);
    },
    get bytes() {
      return bytes;
    },
  };
}

/**
 * WebAssembly as shared code uses it. Node and the browser have the same one, but no library that `shared` loads
 * declares it, so it is taken from the global scope under a type of our own.
 */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  /** Adds pages of 64 KiB. Throws RangeError where the machine has no more. */
  grow(pages: number): number;
}

export interface WasmTable {
  get(index: number): unknown;
}

export interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}

type WasmImports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface WasmScope {
  readonly WebAssembly: {
    readonly Module: new (bytes: Uint8Array) => object;
    readonly Instance: new (module: object, imports: WasmImports) => WasmInstance;
    readonly RuntimeError: new (message?: string) => Error;
    compile(bytes: Uint8Array): Promise<object>;
  };
}

const { WebAssembly } = globalThis as unknown as WasmScope;

/** Compiles without blocking: for modules of more than a few kilobytes. */
export function compileWasm(bytes: Uint8Array): Promise<object> {
  return WebAssembly.compile(bytes);
}

/** Compiles at once. Browsers allow it on the main thread for small modules only. */
export function compileSmallWasm(bytes: Uint8Array): object {
  return new WebAssembly.Module(bytes);
}

export function instantiateWasm(module: object, imports: WasmImports): WasmInstance {
  return new WebAssembly.Instance(module, imports);
}

/** Did a module stop itself: out of its memory's bounds, out of stack, at an `unreachable`? */
export function isWasmTrap(error: unknown): boolean {
  // Bytes that make a module call itself without end use up the engine's own stack, which is told in its own words.
  const isOutOfStack = error instanceof RangeError && /call stack/i.test(error.message);
  return isOutOfStack || error instanceof WebAssembly.RuntimeError;
}

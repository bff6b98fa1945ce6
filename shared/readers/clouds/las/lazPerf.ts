/**
 * laz-perf, the WebAssembly decompressor of LAZ points, without the JavaScript its package wraps it in: that one fetches
 * for itself and differs between Node and browsers. Its C++ classes announce themselves through Emscripten's binding
 * calls when the module starts; what is needed of them is three calls of `ChunkDecoder`.
 */
import type { WasmInstance, WasmMemory, WasmTable } from '../../../base/webAssembly.ts';
import { compileWasm, instantiateWasm, isWasmTrap } from '../../../base/webAssembly.ts';

/** Points that are decompressed before they are handed on: their bytes stay in the processor's cache. */
const BLOCK_POINTS = 2048;
/** Zeros behind a chunk, so that a decoder that looks ahead finds nothing. */
const PADDING = 64;
const PAGE_BYTES = 65_536;

type NumberFunction = (...values: number[]) => number;

/** A C++ exception: the compressed bytes made no sense. */
class CodecException extends Error {}

interface Methods {
  construct: () => number;
  destroy: (decoder: number) => void;
  open: (decoder: number, format: number, rowBytes: number, input: number) => void;
  /** Address of the function behind `getPoint`, called as `invoke(member, decoder, target)`. */
  getPoint: NumberFunction;
  getPointMember: number;
}

export class LazPerf {
  readonly #memory: WasmMemory;
  readonly #allocate: NumberFunction;
  readonly #free: NumberFunction;
  readonly #methods: Methods;
  /** A trap or exception leaves the module's own stack in the middle of things: it must not be used again. */
  isBroken = false;

  constructor(module: object) {
    const binding = new Binding();
    const instance = instantiateWasm(module, binding.imports);
    binding.start(instance);
    this.#memory = binding.memory;
    this.#allocate = instance.exports.malloc as NumberFunction;
    this.#free = instance.exports.free as NumberFunction;
    this.#methods = binding.methods();
  }

  /**
   * Decompresses one chunk and hands its points on in blocks that are overwritten afterwards. Answers how many there
   * were: fewer than `points` where the codec gave up. Garbage that decodes to garbage is not noticed.
   */
  decodeChunk(
    chunk: Uint8Array,
    format: number,
    rowBytes: number,
    points: number,
    take: (bytes: Uint8Array, count: number) => void,
  ): number {
    const input = this.#room(chunk.length + PADDING);
    const rows = this.#room(BLOCK_POINTS * rowBytes);
    const heap = new Uint8Array(this.#memory.buffer);
    heap.set(chunk, input);
    heap.fill(0, input + chunk.length, input + chunk.length + PADDING);
    let taken = 0;
    try {
      const { construct, destroy, open, getPoint, getPointMember } = this.#methods;
      const decoder = construct();
      open(decoder, format, rowBytes, input);
      while (taken < points) {
        const count = Math.min(BLOCK_POINTS, points - taken);
        for (let i = 0, to = rows; i < count; i++, to += rowBytes) getPoint(getPointMember, decoder, to);
        take(new Uint8Array(this.#memory.buffer, rows, count * rowBytes), count);
        taken += count;
      }
      destroy(decoder);
      this.#free(input);
      this.#free(rows);
    } catch (error) {
      this.isBroken = true;
      if (!(error instanceof CodecException) && !isWasmTrap(error)) throw error;
    }
    return taken;
  }

  #room(bytes: number): number {
    const address = this.#allocate(bytes);
    if (address === 0) throw new RangeError('the codec has no memory left');
    return address;
  }
}

/** Compiled once, and started once for as long as nothing breaks: a start costs more than many a cloud. */
const modules = new WeakMap<Uint8Array, Promise<object>>();
const started = new WeakMap<object, LazPerf>();

export async function createLazPerf(bytes: Uint8Array): Promise<LazPerf> {
  let compiling = modules.get(bytes);
  if (!compiling) {
    compiling = compileWasm(bytes);
    modules.set(bytes, compiling);
  }
  const module = await compiling;
  const known = started.get(module);
  if (known && !known.isBroken) return known;
  const codec = new LazPerf(module);
  started.set(module, codec);
  return codec;
}

/** The module's side of Emscripten's bindings: remembers the functions of one class and answers nothing else. */
class Binding {
  memory!: WasmMemory;
  #table!: WasmTable;
  #construct: { invoker: number; target: number } | null = null;
  #destroy = 0;
  #decoderType = 0;
  readonly #members = new Map<string, { invoker: number; member: number }>();

  readonly imports = {
    env: {
      _embind_register_class: (...values: number[]) => this.#registerClass(values),
      _embind_register_class_constructor: (
        type: number,
        _count: number,
        _types: number,
        _signature: number,
        invoker: number,
        target: number,
      ) => {
        if (type === this.#decoderType) this.#construct = { invoker, target };
      },
      _embind_register_class_function: (
        type: number,
        name: number,
        _count: number,
        _types: number,
        _signature: number,
        invoker: number,
        member: number,
      ) => {
        if (type === this.#decoderType) this.#members.set(this.#text(name), { invoker, member });
      },
      _embind_register_void: ignore,
      _embind_register_bool: ignore,
      _embind_register_integer: ignore,
      _embind_register_bigint: ignore,
      _embind_register_float: ignore,
      _embind_register_std_string: ignore,
      _embind_register_std_wstring: ignore,
      _embind_register_emval: ignore,
      _embind_register_memory_view: ignore,
      __cxa_allocate_exception: () => raise(),
      __cxa_throw: () => raise(),
      abort: () => raise(),
      emscripten_memcpy_big: (to: number, from: number, count: number) => {
        new Uint8Array(this.memory.buffer).copyWithin(to, from, from + count);
      },
      emscripten_resize_heap: (bytes: number) => this.#grow(bytes >>> 0),
      strftime_l: () => 0,
    },
    wasi_snapshot_preview1: {
      fd_write: () => 0,
      fd_close: () => 0,
      fd_seek: () => 0,
      environ_sizes_get: () => 0,
      environ_get: () => 0,
    },
  };

  start({ exports }: WasmInstance): void {
    this.memory = exports.memory as WasmMemory;
    this.#table = exports.__indirect_function_table as WasmTable;
    (exports.emscripten_stack_init as () => void)();
    (exports.__wasm_call_ctors as () => void)();
    (exports._embind_initialize_bindings as () => void)();
  }

  methods(): Methods {
    const call = (address: number) => this.#table.get(address) as NumberFunction;
    const construct = this.#construct!;
    const open = this.#members.get('open')!;
    const getPoint = this.#members.get('getPoint')!;
    const callOpen = call(open.invoker);
    return {
      construct: () => call(construct.invoker)(construct.target),
      destroy: call(this.#destroy),
      open: (decoder, format, rowBytes, input) => callOpen(open.member, decoder, format, rowBytes, input),
      getPoint: call(getPoint.invoker),
      getPointMember: getPoint.member,
    };
  }

  /** Arguments by position: 0 the type, 10 the address of its name, 12 its destructor. */
  #registerClass(values: readonly number[]): void {
    if (this.#text(values[10]!) !== 'ChunkDecoder') return;
    this.#decoderType = values[0]!;
    this.#destroy = values[12]!;
  }

  #text(address: number): string {
    const heap = new Uint8Array(this.memory.buffer);
    let text = '';
    for (let at = address; heap[at] !== 0; at++) text += String.fromCharCode(heap[at]!);
    return text;
  }

  #grow(bytes: number): number {
    try {
      this.memory.grow(Math.ceil((bytes - this.memory.buffer.byteLength) / PAGE_BYTES));
      return 1;
    } catch {
      return 0;
    }
  }
}

function ignore(): void {}

function raise(): never {
  throw new CodecException('the codec raised an exception');
}

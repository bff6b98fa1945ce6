/**
 * Draco's WebAssembly decoder without the JavaScript its package wraps it in: that one loads files for itself and
 * differs between Node and browsers. Exports carry the short names that draco3d 1.5.9 was built with.
 */
import type { WasmMemory } from '../../base/webAssembly.ts';
import { compileWasm, instantiateWasm, isWasmTrap } from '../../base/webAssembly.ts';

type NumberFunction = (...values: number[]) => number;

/** What of the decoder is called, by the names of its build. */
const NAMES = {
  start: 'g',
  free: 'i',
  allocate: 'k',
  newCloud: 'P',
  pointsOf: 'R',
  destroyCloud: 'S',
  isOk: '$',
  destroyStatus: 'ba',
  newDecoder: 'Na',
  decode: 'Oa',
  attributeOfType: 'Qa',
  attributeOfName: 'Sa',
  attribute: 'Ta',
  components: 'z',
  values: 'ib',
  destroyDecoder: 'nb',
} as const;

const DataType = { int8: 1, uint8: 2, int16: 3, uint16: 4, int32: 5, uint32: 6, float32: 9 } as const;
const POSITION = 0;
const PAGE = 65_536;
/** A cloud of ten million points with all its attributes is well below this. */
const MOST_MEMORY = 448 << 20;
/**
 * Decoding takes about a hundred bytes a point, and no encoder puts a point into less than a fifth of a byte: a small
 * file that asks for more claims points it does not have.
 */
const MEMORY_PER_BYTE = 512;
const LEAST_MEMORY = 32 << 20;
/** A module never gives memory back: one that grew beyond this is not used again. */
const KEPT_MEMORY = 64 << 20;
const NO_SUCH_FILE = 52;

/** Thrown out of the module where its C++ throws or gives up: the bytes made no sense, or asked for too much. */
class CodecException extends Error {}

export interface DracoCloud {
  readonly count: number;
  /** x, y, z of every point. */
  readonly positions: Float32Array<ArrayBuffer>;
  /** One value a point; null where the cloud has no attribute of that name, or one of several components. */
  attribute(name: string, type: 'uint8' | 'int32'): Uint8Array | Int32Array | null;
}

export class DracoDecoder {
  readonly #memory: WasmMemory;
  readonly #calls: Record<keyof typeof NAMES, NumberFunction>;
  /** A trap or exception leaves the module's own stack in the middle of things: it must not be used again. So does memory it grew. */
  isBroken = false;
  /** What the bytes at hand may take. */
  #mostMemory = MOST_MEMORY;

  constructor(module: object) {
    const instance = instantiateWasm(module, {
      a: {
        a: giveUp,
        b: () => NO_SUCH_FILE,
        c: (bytes: number) => this.#grow(bytes >>> 0),
        d: () => NO_SUCH_FILE,
        e: giveUp,
      },
    });
    this.#memory = instance.exports.f as WasmMemory;
    const calls: Partial<Record<keyof typeof NAMES, NumberFunction>> = {};
    for (const key of Object.keys(NAMES) as (keyof typeof NAMES)[]) {
      calls[key] = instance.exports[NAMES[key]] as NumberFunction;
    }
    this.#calls = calls as Record<keyof typeof NAMES, NumberFunction>;
    this.#calls.start();
  }

  #grow(bytes: number): number {
    if (bytes > this.#mostMemory) return 0;
    const pages = Math.ceil((bytes - this.#memory.buffer.byteLength) / PAGE);
    try {
      if (pages > 0) this.#memory.grow(pages);
      return 1;
    } catch (error) {
      if (error instanceof RangeError) return 0;
      throw error;
    }
  }

  /** Hands the decoded cloud to `use`, whose answer it gives; null where the bytes are no Draco point cloud. */
  withCloud<Value>(bytes: Uint8Array, use: (cloud: DracoCloud) => Value): Value | null {
    const calls = this.#calls;
    this.#mostMemory = Math.min(MOST_MEMORY, LEAST_MEMORY + MEMORY_PER_BYTE * bytes.length);
    try {
      const input = this.#put(bytes);
      const decoder = calls.newDecoder();
      const cloud = calls.newCloud();
      const status = calls.decode(decoder, input, bytes.length, cloud);
      const isOk = calls.isOk(status) !== 0;
      calls.destroyStatus(status);
      calls.free(input);
      const value = isOk ? this.#readCloud(decoder, cloud, use) : null;
      calls.destroyCloud(cloud);
      calls.destroyDecoder(decoder);
      if (this.#memory.buffer.byteLength > KEPT_MEMORY) this.isBroken = true;
      return value;
    } catch (error) {
      this.isBroken = true;
      if (!(error instanceof CodecException) && !isWasmTrap(error)) throw error;
      return null;
    }
  }

  #readCloud<Value>(decoder: number, cloud: number, use: (cloud: DracoCloud) => Value): Value | null {
    const calls = this.#calls;
    const count = calls.pointsOf(cloud) >>> 0;
    const position = calls.attributeOfType(decoder, cloud, POSITION);
    if (position < 0 && count > 0) return null;
    const place = count > 0 ? this.#values(decoder, cloud, position, 3, DataType.float32, 4, count) : null;
    if (count > 0 && !place) return null;
    return use({
      count,
      positions: place ? new Float32Array(place) : new Float32Array(0),
      attribute: (name, type) => {
        const id = this.#attributeId(decoder, cloud, name);
        if (id < 0) return null;
        const bytes = type === 'uint8' ? 1 : 4;
        const values = this.#values(decoder, cloud, id, 1, DataType[type], bytes, count);
        if (!values) return null;
        return type === 'uint8' ? new Uint8Array(values) : new Int32Array(values);
      },
    });
  }

  /** Names stand in the attribute's metadata, under `name`. */
  #attributeId(decoder: number, cloud: number, name: string): number {
    const key = this.#put(new TextEncoder().encode('name\0'));
    const value = this.#put(new TextEncoder().encode(`${name}\0`));
    const id = this.#calls.attributeOfName(decoder, cloud, key, value);
    this.#calls.free(key);
    this.#calls.free(value);
    return id;
  }

  #values(
    decoder: number,
    cloud: number,
    id: number,
    components: number,
    type: number,
    valueBytes: number,
    count: number,
  ): ArrayBuffer | null {
    const calls = this.#calls;
    const attribute = calls.attribute(decoder, cloud, id);
    if (attribute === 0 || calls.components(attribute) !== components) return null;
    const size = count * components * valueBytes;
    const output = this.#room(size);
    const isDone = calls.values(decoder, cloud, attribute, type, size, output) !== 0;
    const copy = isDone ? this.#memory.buffer.slice(output, output + size) : null;
    calls.free(output);
    return copy;
  }

  #room(bytes: number): number {
    const address = bytes > this.#mostMemory ? 0 : this.#calls.allocate(Math.max(1, bytes)) >>> 0;
    if (address === 0) throw new CodecException('out of memory');
    return address;
  }

  #put(bytes: Uint8Array): number {
    const address = this.#room(bytes.length);
    new Uint8Array(this.#memory.buffer).set(bytes, address);
    return address;
  }
}

function giveUp(): never {
  throw new CodecException('the decoder gave up');
}

/** Compiled once; an instance is used again until it breaks. */
const modules = new WeakMap<Uint8Array, { module: Promise<object>; decoder: DracoDecoder | null }>();

export async function dracoDecoder(bytes: Uint8Array): Promise<DracoDecoder> {
  let known = modules.get(bytes);
  if (!known) {
    known = { module: compileWasm(bytes), decoder: null };
    modules.set(bytes, known);
  }
  const module = await known.module;
  if (!known.decoder || known.decoder.isBroken) known.decoder = new DracoDecoder(module);
  return known.decoder;
}

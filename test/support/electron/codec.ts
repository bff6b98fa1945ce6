/**
 * Values as text, with what the structured clone algorithm keeps: both ends of an IPC message travel through the
 * debugging protocol, which carries JSON only. Runs in Node and in the page.
 *
 * Kept: primitives, Date, RegExp, Map, Set, Error, ArrayBuffer, its views (each with the bytes it shows), arrays,
 * plain objects, shared and cyclic references. Refused with Electron's own words: functions, symbols, and objects of the platform.
 */

/** A value is written in place, or as a reference `{ r }` into the heap of objects. */
type Slot =
  | { v: null | boolean | string | number }
  | { u: 1 }
  | { n: 'NaN' | 'Infinity' | '-Infinity' | '-0' }
  | { g: string }
  | { r: number };

type HeapObject =
  | { t: 'Date'; time: number | null }
  | { t: 'RegExp'; source: string; flags: string }
  | { t: 'Buffer'; bytes: string }
  | { t: 'View'; view: string; bytes: string }
  | { t: 'Map'; entries: [Slot, Slot][] }
  | { t: 'Set'; items: Slot[] }
  | { t: 'Error'; name: string; message: string; stack?: string }
  | { t: 'Array'; items: Slot[] }
  | { t: 'Object'; entries: [string, Slot][] };

interface Encoded {
  root: Slot;
  heap: HeapObject[];
}

const views: Record<string, new (buffer: ArrayBuffer) => ArrayBufferView> = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
};

/** Text for `value`. Throws `An object could not be cloned.` for what IPC cannot carry. */
export function encode(value: unknown): string {
  const heap: HeapObject[] = [];
  const seen = new Map<object, number>();

  function slotOf(item: unknown): Slot {
    switch (typeof item) {
      case 'undefined':
        return { u: 1 };
      case 'boolean':
      case 'string':
        return { v: item };
      case 'number':
        if (Object.is(item, -0)) return { n: '-0' };
        return Number.isFinite(item) ? { v: item } : { n: String(item) as 'NaN' };
      case 'bigint':
        return { g: String(item) };
      case 'object':
        return item === null ? { v: null } : referenceTo(item);
      default:
        throw new Error('An object could not be cloned.');
    }
  }

  function referenceTo(item: object): Slot {
    const known = seen.get(item);
    if (known !== undefined) return { r: known };
    const index = heap.length;
    seen.set(item, index);
    // Keeps the place while the members, which may point back here, are written.
    heap.push({ t: 'Array', items: [] });
    heap[index] = heapObject(item, slotOf);
    return { r: index };
  }

  const root = slotOf(value);
  return JSON.stringify({ root, heap } satisfies Encoded);
}

function heapObject(item: object, slotOf: (member: unknown) => Slot): HeapObject {
  const tag = Object.prototype.toString.call(item).slice(8, -1);
  if (ArrayBuffer.isView(item)) {
    const bytes = new Uint8Array(item.buffer, item.byteOffset, item.byteLength);
    return { t: 'View', view: tag, bytes: toBase64(bytes) };
  }
  if (Array.isArray(item)) return { t: 'Array', items: Array.from(item, slotOf) };
  switch (tag) {
    case 'Date': {
      const time = (item as Date).getTime();
      return { t: 'Date', time: Number.isNaN(time) ? null : time };
    }
    case 'RegExp':
      return { t: 'RegExp', source: (item as RegExp).source, flags: (item as RegExp).flags };
    case 'ArrayBuffer':
      return { t: 'Buffer', bytes: toBase64(new Uint8Array(item as ArrayBuffer)) };
    case 'Map':
      return {
        t: 'Map',
        entries: [...(item as Map<unknown, unknown>)].map(([k, v]) => [slotOf(k), slotOf(v)]),
      };
    case 'Set':
      return { t: 'Set', items: [...(item as Set<unknown>)].map(slotOf) };
    case 'Error': {
      const { name, message, stack } = item as Error;
      return { t: 'Error', name, message, ...(stack === undefined ? {} : { stack }) };
    }
    case 'Object':
      return { t: 'Object', entries: Object.entries(item).map(([key, member]) => [key, slotOf(member)]) };
    default:
      throw new Error('An object could not be cloned.');
  }
}

/** The value written by `encode`. */
export function decode(text: string): unknown {
  const { root, heap } = JSON.parse(text) as Encoded;
  const made = new Map<number, object>();

  function valueIn(slot: Slot): unknown {
    if ('v' in slot) return slot.v;
    if ('u' in slot) return undefined;
    if ('n' in slot) return Number(slot.n);
    if ('g' in slot) return BigInt(slot.g);
    return made.get(slot.r) ?? build(slot.r);
  }

  function build(index: number): object {
    const source = heap[index]!;
    // Containers are registered before they are filled, so that a cycle finds them.
    const keep = <T extends object>(object: T): T => {
      made.set(index, object);
      return object;
    };
    switch (source.t) {
      case 'Date':
        return keep(new Date(source.time ?? Number.NaN));
      case 'RegExp':
        return keep(new RegExp(source.source, source.flags));
      case 'Buffer':
        return keep(fromBase64(source.bytes).buffer);
      case 'View':
        return keep(new views[source.view]!(fromBase64(source.bytes).buffer));
      case 'Map': {
        const map = keep(new Map<unknown, unknown>());
        for (const [key, value] of source.entries) map.set(valueIn(key), valueIn(value));
        return map;
      }
      case 'Set': {
        const set = keep(new Set<unknown>());
        for (const item of source.items) set.add(valueIn(item));
        return set;
      }
      case 'Error': {
        const error = keep(new Error(source.message));
        error.name = source.name;
        if (source.stack !== undefined) error.stack = source.stack;
        return error;
      }
      case 'Array': {
        const array = keep([] as unknown[]);
        for (const item of source.items) array.push(valueIn(item));
        return array;
      }
      case 'Object': {
        const object = keep({} as Record<string, unknown>);
        for (const [key, value] of source.entries) {
          Object.defineProperty(object, key, {
            value: valueIn(value),
            enumerable: true,
            writable: true,
            configurable: true,
          });
        }
        return object;
      }
    }
  }

  return valueIn(root);
}

function toBase64(bytes: Uint8Array): string {
  if (typeof Buffer !== 'undefined') {
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  }
  let binary = '';
  // Arguments are passed on the stack, which has room for some ten thousands.
  for (let at = 0; at < bytes.length; at += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(binary);
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  if (typeof Buffer !== 'undefined') return new Uint8Array(Buffer.from(text, 'base64'));
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < bytes.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

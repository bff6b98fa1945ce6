/**
 * A pickle's stack machine, protocols 0 to 5, with its hands tied: calls and object states are written down as inert
 * values, and only for globals on the list. Work and memory are bounded by the length of the bytes.
 */
import { allowedGlobal } from './allowedGlobals.ts';
import { ByteReader } from './byteReader.ts';
import {
  escapedText,
  floatOfText,
  integerOf,
  integerOfText,
  LONGEST_INTEGER,
  quotedText,
} from './numberTexts.ts';
import type { PickleValue } from './pickleValues.ts';
import { PickleDict, PickleError, PickleGlobal, PickleObject, PickleSequence } from './pickleValues.ts';

/** Operations of one pickle. A frame of cuboids takes some ten thousand. */
const MOST_OPERATIONS = 20_000_000;

const code = (character: string) => character.charCodeAt(0);

class Machine {
  readonly #reader: ByteReader;
  #stack: PickleValue[] = [];
  /** Stacks below each mark that is open. */
  readonly #below: PickleValue[][] = [];
  readonly #memo = new Map<number, PickleValue>();
  #result: PickleValue | undefined = undefined;

  constructor(bytes: Uint8Array) {
    this.#reader = new ByteReader(bytes);
  }

  run(): PickleValue {
    for (let operations = 0; this.#result === undefined; operations++) {
      if (operations > MOST_OPERATIONS) {
        throw new PickleError({ code: 'pickle-too-large', byte: this.#reader.at });
      }
      const operation = this.#reader.uint8();
      if (!this.#constant(operation) && !this.#container(operation) && !this.#control(operation)) {
        this.#reader.at--;
        throw this.#reader.broken();
      }
    }
    return this.#result;
  }

  #push(value: PickleValue): true {
    this.#stack.push(value);
    return true;
  }

  #pop(): PickleValue {
    const value = this.#stack.pop();
    if (value === undefined) throw this.#reader.broken();
    return value;
  }

  #top(): PickleValue {
    const value = this.#stack.at(-1);
    if (value === undefined) throw this.#reader.broken();
    return value;
  }

  /** What was pushed since the last mark. */
  #popMark(): PickleValue[] {
    const items = this.#stack;
    const below = this.#below.pop();
    if (!below) throw this.#reader.broken();
    this.#stack = below;
    return items;
  }

  #popSequence(kind: PickleSequence['kind']): PickleSequence {
    const value = this.#pop();
    if (value instanceof PickleSequence && value.kind === kind) return value;
    throw this.#reader.broken();
  }

  #orBroken<Value>(value: Value | null): Value {
    if (value === null) throw this.#reader.broken();
    return value;
  }

  /** Operations that push a value of their own. */
  #constant(operation: number): boolean {
    const reader = this.#reader;
    switch (operation) {
      case code('N'):
        return this.#push(null);
      case 0x88:
        return this.#push(true);
      case 0x89:
        return this.#push(false);
      case code('I'): {
        const text = reader.line();
        if (text === '01' || text === '00') return this.#push(text === '01');
        return this.#push(this.#orBroken(integerOfText(text)));
      }
      case code('L'):
        return this.#push(this.#orBroken(integerOfText(reader.line())));
      case code('F'):
        return this.#push(this.#orBroken(floatOfText(reader.line())));
      case code('J'):
        return this.#push(reader.int32());
      case code('K'):
        return this.#push(reader.uint8());
      case code('M'):
        return this.#push(reader.uint16());
      case 0x8a:
        return this.#push(this.#integer(reader.uint8()));
      case 0x8b:
        return this.#push(this.#integer(reader.uint32()));
      case code('G'):
        return this.#push(reader.float64());
      case code('S'):
        return this.#push(this.#orBroken(quotedText(reader.line())));
      case code('V'):
        return this.#push(escapedText(reader.line()));
      case code('T'):
        return this.#push(reader.text(reader.uint32()));
      case code('U'):
        return this.#push(reader.text(reader.uint8()));
      case code('X'):
        return this.#push(reader.text(reader.uint32()));
      case 0x8c:
        return this.#push(reader.text(reader.uint8()));
      case 0x8d:
        return this.#push(reader.text(reader.length64()));
      case code('B'):
        return this.#push(reader.take(reader.uint32()));
      case code('C'):
        return this.#push(reader.take(reader.uint8()));
      case 0x8e:
      case 0x96:
        return this.#push(reader.take(reader.length64()));
      default:
        return false;
    }
  }

  #integer(length: number): number | bigint {
    if (length > LONGEST_INTEGER) throw this.#reader.broken();
    return integerOf(this.#reader.take(length));
  }

  /** Operations that make or fill lists, tuples, sets and dictionaries. */
  #container(operation: number): boolean {
    switch (operation) {
      case code('('):
        this.#below.push(this.#stack);
        this.#stack = [];
        return true;
      case code(')'):
        return this.#push(new PickleSequence('tuple', []));
      case code('t'):
        return this.#push(new PickleSequence('tuple', this.#popMark()));
      case 0x85:
      case 0x86:
      case 0x87: {
        const items = [];
        for (let left = operation - 0x84; left > 0; left--) items.unshift(this.#pop());
        return this.#push(new PickleSequence('tuple', items));
      }
      case code(']'):
        return this.#push(new PickleSequence('list', []));
      case code('l'):
        return this.#push(new PickleSequence('list', this.#popMark()));
      case code('a'):
        return this.#append([this.#pop()], 'list');
      case code('e'):
        return this.#append(this.#popMark(), 'list');
      case code('}'):
        return this.#push(new PickleDict());
      case code('d'): {
        const items = this.#popMark();
        return this.#push(new PickleDict()) && this.#setItems(items);
      }
      case code('s'): {
        const value = this.#pop();
        return this.#setItems([this.#pop(), value]);
      }
      case code('u'):
        return this.#setItems(this.#popMark());
      case 0x8f:
        return this.#push(new PickleSequence('set', []));
      case 0x90:
        return this.#append(this.#popMark(), 'set');
      case 0x91:
        return this.#push(new PickleSequence('set', this.#popMark()));
      default:
        return false;
    }
  }

  #append(items: readonly PickleValue[], kind: 'list' | 'set'): true {
    const target = this.#top();
    if (!(target instanceof PickleSequence) || target.kind !== kind) throw this.#reader.broken();
    for (const item of items) target.items.push(item);
    return true;
  }

  /** Keys and values by turns. */
  #setItems(items: readonly PickleValue[]): true {
    const target = this.#top();
    if (!(target instanceof PickleDict) || items.length % 2 !== 0) throw this.#reader.broken();
    for (let i = 0; i < items.length; i += 2) target.entries.set(items[i]!, items[i + 1]!);
    return true;
  }

  /** Stack, memo, globals, calls and the end. */
  #control(operation: number): boolean {
    const reader = this.#reader;
    switch (operation) {
      case 0x80:
        if (reader.uint8() > 5) throw reader.broken();
        return true;
      case 0x95:
        // A frame only says how far to read ahead; all is here already.
        reader.length64();
        return true;
      case code('0'):
        if (this.#stack.length > 0) this.#stack.pop();
        else this.#popMark();
        return true;
      case code('1'):
        this.#popMark();
        return true;
      case code('2'):
        return this.#push(this.#top());
      case code('p'):
        return this.#put(this.#memoKey(reader.line()));
      case code('q'):
        return this.#put(reader.uint8());
      case code('r'):
        return this.#put(reader.uint32());
      case 0x94:
        return this.#put(this.#memo.size);
      case code('g'):
        return this.#get(this.#memoKey(reader.line()));
      case code('h'):
        return this.#get(reader.uint8());
      case code('j'):
        return this.#get(reader.uint32());
      case code('c'):
        return this.#global(reader.line(), reader.line());
      case 0x93: {
        const name = this.#pop();
        return this.#global(this.#pop(), name);
      }
      case code('R'):
      case 0x81: {
        const args = this.#popSequence('tuple');
        return this.#call(this.#pop(), args.items);
      }
      case code('b'):
        return this.#build(this.#pop());
      case code('.'):
        this.#result = this.#pop();
        return true;
      default:
        return false;
    }
  }

  #memoKey(text: string): number {
    if (!/^\d{1,10}$/.test(text)) throw this.#reader.broken();
    return Number(text);
  }

  #put(key: number): true {
    this.#memo.set(key, this.#top());
    return true;
  }

  #get(key: number): true {
    const value = this.#memo.get(key);
    if (value === undefined) throw this.#reader.broken();
    return this.#push(value);
  }

  #global(module: PickleValue, name: PickleValue): true {
    if (typeof module !== 'string' || typeof name !== 'string') throw this.#reader.broken();
    const allowed = allowedGlobal(module, name);
    if (allowed !== null) return this.#push(new PickleGlobal(allowed));
    const said = `${module}.${name}`.slice(0, 200);
    throw new PickleError({ code: 'pickle-global-refused', byte: this.#reader.at, name: said });
  }

  #call(callee: PickleValue, args: readonly PickleValue[]): true {
    if (!(callee instanceof PickleGlobal)) throw this.#reader.broken();
    return this.#push(this.#described(callee.name, args));
  }

  /** The few calls that only wrap plain data become that data; all others stay descriptions. */
  #described(name: string, args: readonly PickleValue[]): PickleValue {
    const [first, second] = args;
    switch (name) {
      case 'copyreg._reconstructor':
        if (first instanceof PickleGlobal) return new PickleObject(first.name, []);
        break;
      case '_codecs.encode':
        if (typeof first === 'string' && second === 'latin1') return Uint8Array.from(first, code);
        break;
      case 'builtins.bytearray':
        if (args.length === 0) return new Uint8Array(0);
        if (first instanceof Uint8Array) return first;
        if (typeof first === 'string' && second === 'latin-1') return Uint8Array.from(first, code);
        break;
      case 'collections.OrderedDict':
        if (args.length === 0) return new PickleDict();
        break;
      default:
        return new PickleObject(name, args);
    }
    throw this.#reader.broken();
  }

  #build(state: PickleValue): true {
    const target = this.#top();
    if (target instanceof PickleObject) target.state = state;
    else throw this.#reader.broken();
    return true;
  }
}

/** The value that a pickle ends with. Throws PickleError. */
export function unpickle(bytes: Uint8Array): PickleValue {
  return new Machine(bytes).run();
}

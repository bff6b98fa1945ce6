/**
 * One end of the bridge between the page's world and the preload's isolated world. Both ends are alike: each may
 * hand over functions, which become proxies on the other side. DOM events carry the messages, because they are
 * delivered synchronously and the browser clones their `detail` from world to world.
 */

/** A value as it crosses: functions as numbers, plain objects and arrays member by member, the rest cloned. */
type Described =
  | { kind: 'value'; value: unknown }
  | { kind: 'function'; id: number }
  | { kind: 'array'; items: Described[] }
  | { kind: 'object'; entries: [string, Described][] };

type Outcome = { value: Described } | { error: string };

type Message =
  | { kind: 'expose'; name: string; api: Described }
  | { kind: 'call'; call: number; target: number; args: Described[] }
  | { kind: 'return'; call: number; outcome: Outcome | 'promise' }
  | { kind: 'settle'; call: number; outcome: Outcome };

interface Settlement {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

type AnyFunction = (...args: unknown[]) => unknown;

export class BridgeEnd {
  private readonly outgoing: string;
  private readonly functions = new Map<number, AnyFunction>();
  private readonly returned = new Map<number, Outcome | 'promise'>();
  private readonly promised = new Map<number, Settlement>();
  private lastId = 0;

  /** `bridge` names the pair; the two ends swap what they call outgoing and incoming. */
  constructor(bridge: string, side: 'page' | 'preload', onExpose?: (name: string, api: unknown) => void) {
    this.outgoing = `${bridge}:from-${side}`;
    const incoming = `${bridge}:from-${side === 'page' ? 'preload' : 'page'}`;
    document.addEventListener(incoming, (event) => {
      const message = (event as CustomEvent<Message>).detail;
      if (message.kind === 'expose') onExpose?.(message.name, this.revive(message.api));
      else if (message.kind === 'call') this.answer(message.call, message.target, message.args);
      else if (message.kind === 'return') this.returned.set(message.call, message.outcome);
      else this.settle(message.call, message.outcome);
    });
  }

  /** Gives the other side `api` under `name`. Throws where a member cannot cross. */
  expose(name: string, api: unknown): void {
    this.send({ kind: 'expose', name, api: this.describe(api) });
  }

  private send(message: Message): void {
    document.dispatchEvent(new CustomEvent(this.outgoing, { detail: message }));
  }

  private describe(value: unknown): Described {
    if (typeof value === 'function') {
      const id = ++this.lastId;
      this.functions.set(id, value as AnyFunction);
      return { kind: 'function', id };
    }
    if (Array.isArray(value)) return { kind: 'array', items: value.map((item) => this.describe(item)) };
    if (Object.prototype.toString.call(value) === '[object Object]') {
      const entries = Object.entries(value as object);
      return { kind: 'object', entries: entries.map(([key, member]) => [key, this.describe(member)]) };
    }
    try {
      return { kind: 'value', value: structuredClone(value) };
    } catch {
      throw new Error('An object could not be cloned.');
    }
  }

  private revive(described: Described): unknown {
    switch (described.kind) {
      case 'value':
        return described.value;
      case 'function':
        return (...args: unknown[]) => this.call(described.id, args);
      case 'array':
        return described.items.map((item) => this.revive(item));
      case 'object':
        return Object.freeze(
          Object.fromEntries(described.entries.map(([key, member]) => [key, this.revive(member)])),
        );
    }
  }

  /** Runs a function of the other side. The answer is there when `send` returns, unless it is a promise. */
  private call(target: number, args: unknown[]): unknown {
    const call = ++this.lastId;
    this.send({ kind: 'call', call, target, args: args.map((arg) => this.describe(arg)) });
    const outcome = this.returned.get(call);
    this.returned.delete(call);
    if (outcome === undefined) throw new Error('the other side of the bridge has gone');
    if (outcome === 'promise') {
      return new Promise((resolve, reject) => this.promised.set(call, { resolve, reject }));
    }
    if ('error' in outcome) throw new Error(outcome.error);
    return this.revive(outcome.value);
  }

  private answer(call: number, target: number, args: Described[]): void {
    const outcome = this.run(target, args);
    if (!(outcome instanceof Promise)) {
      this.send({ kind: 'return', call, outcome });
      return;
    }
    this.send({ kind: 'return', call, outcome: 'promise' });
    void outcome.then((settled) => this.send({ kind: 'settle', call, outcome: settled }));
  }

  private run(target: number, args: Described[]): Outcome | Promise<Outcome> {
    try {
      const result = this.functions.get(target)!(...args.map((arg) => this.revive(arg)));
      if (!(result instanceof Promise)) return { value: this.describe(result) };
      return result.then((value) => ({ value: this.describe(value) })).catch(failure);
    } catch (error) {
      return failure(error);
    }
  }

  private settle(call: number, outcome: Outcome): void {
    const settlement = this.promised.get(call);
    this.promised.delete(call);
    if ('error' in outcome) settlement?.reject(new Error(outcome.error));
    else settlement?.resolve(this.revive(outcome.value));
  }
}

function failure(error: unknown): Outcome {
  return { error: error instanceof Error ? error.message : String(error) };
}

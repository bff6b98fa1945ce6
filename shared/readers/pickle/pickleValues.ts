/** What a pickle describes, as inert values: nothing of it is ever called, an object is only named and its parts listed. */

export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleSequence
  | PickleDict
  | PickleGlobal
  | PickleObject;

export class PickleSequence {
  readonly kind: 'list' | 'tuple' | 'set';
  readonly items: PickleValue[];

  constructor(kind: PickleSequence['kind'], items: PickleValue[]) {
    this.kind = kind;
    this.items = items;
  }
}

export class PickleDict {
  readonly entries = new Map<PickleValue, PickleValue>();
}

/** A class or function by its name. */
export class PickleGlobal {
  /** `module.name`. */
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }
}

/** What a call would have made: the callee, its arguments, and the state set on it afterwards. */
export class PickleObject {
  readonly callee: string;
  readonly args: readonly PickleValue[];
  state: PickleValue | undefined = undefined;

  constructor(callee: string, args: readonly PickleValue[]) {
    this.callee = callee;
    this.args = args;
  }
}

export type PickleFault =
  | { readonly code: 'pickle-broken'; readonly byte: number }
  | { readonly code: 'pickle-too-large'; readonly byte: number }
  | { readonly code: 'pickle-global-refused'; readonly byte: number; readonly name: string }
  | { readonly code: 'pickle-layout-unknown'; readonly part: string };

/** Trouble on its way to the door, where it becomes a problem. */
export class PickleError extends Error {
  readonly fault: PickleFault;

  constructor(fault: PickleFault) {
    super(fault.code);
    this.fault = fault;
  }
}

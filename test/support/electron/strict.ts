/**
 * What makes the stand-in honest: whatever it does not have throws. A double that answers "fine" by default would
 * let a test pass on something nobody ever ran. Runs in Node and in the page.
 */

/** Ends the call with the one sentence by which a gap in the stand-in is recognised. */
export function notImplemented(what: string): never {
  throw new Error(`not implemented by the stand-in: ${what}`);
}

/** Names that the language itself asks an object for, present or not. */
const askedByTheLanguage = new Set(['then', 'toJSON']);

/** `target`, but reading or writing a member that it does not have throws, naming `name.member`. */
export function strictly<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, key, receiver) {
      if (typeof key === 'string' && !(key in object) && !askedByTheLanguage.has(key)) {
        notImplemented(`${name}.${key}`);
      }
      return Reflect.get(object, key, receiver);
    },
    set(object, key, value, receiver) {
      if (typeof key === 'string' && !(key in object)) notImplemented(`${name}.${key} = …`);
      return Reflect.set(object, key, value, receiver);
    },
  });
}

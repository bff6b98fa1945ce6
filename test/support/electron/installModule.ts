/** Makes `electron` resolve to the doubles, for `require` and for `import`. */
import { Module, register } from 'node:module';

const names = ['electron', 'electron/main'];
const globalName = '__electronStandIn';

/** What Node does for every `require`; it has no public hook for this that every supported version knows. */
interface Loader {
  _load(request: string, ...rest: unknown[]): unknown;
}

/** From here on the app, Playwright's loader and its inspector session all get `electron`. */
export function installModule(electron: object): void {
  const loader = Module as unknown as Loader;
  const load = loader._load;
  loader._load = function (request, ...rest) {
    return names.includes(request) ? electron : load.call(this, request, ...rest);
  };
  Object.defineProperty(globalThis, globalName, { value: electron });
  register(script(resolveHook(script(facade(Object.keys(electron))))));
}

const script = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;

/** A module with the doubles as its named exports; importing any other name fails when the app is linked. */
function facade(exported: readonly string[]): string {
  return `const electron = globalThis.${globalName};
    export default electron;
    export const { ${exported.join(', ')} } = electron;`;
}

/** Runs in Node's loader thread, so it travels as text. */
function resolveHook(target: string): string {
  return `const names = ${JSON.stringify(names)};
    export async function resolve(name, context, next) {
      return names.includes(name) ? { url: ${JSON.stringify(target)}, shortCircuit: true } : next(name, context);
    }`;
}

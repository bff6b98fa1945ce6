/**
 * The only door for script addresses: same-origin URLs pass, everything else is refused. Must be the first import
 * of the entry, since imports run before the entry's own body and a worker may be made while they do.
 */
interface TrustedTypePolicyFactory {
  createPolicy(name: string, rules: { createScriptURL: (address: string) => string }): unknown;
}

declare global {
  interface Window {
    readonly trustedTypes?: TrustedTypePolicyFactory;
  }
}

function sameOriginScript(address: string): string {
  const resolved = new URL(address, document.baseURI);
  // A blob's origin is ours too, but its content may be anyone's.
  if (resolved.origin === location.origin && resolved.protocol !== 'blob:') return resolved.href;
  throw new TypeError(`script address outside this origin: ${resolved.href}`);
}

window.trustedTypes?.createPolicy('default', { createScriptURL: sameOriginScript });

export {};

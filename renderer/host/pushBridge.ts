/** What the desktop's preload may send unasked: menu commands, and folders dropped on or opened from the system. */
import type { HostPush } from '../../shared/host/contract.ts';

declare global {
  interface Window {
    /** Put there by the preload script; a browser has none. */
    readonly assayPush?: { subscribe(listener: (push: HostPush) => void): () => void };
  }
}

/** Listens to the desktop. The answer stops listening; in a browser it never calls back. */
export function onPush(listener: (push: HostPush) => void): () => void {
  return window.assayPush?.subscribe(listener) ?? (() => {});
}

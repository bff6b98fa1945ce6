/**
 * The preload bridge: only what the system pushes without being asked. Everything else goes through requests to
 * the one origin, in this host as in the other. Built to a single CommonJS file, since a sandboxed preload may
 * load nothing.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { HostPush } from '../shared/host/contract.ts';

/** The little of the page's world that is needed here; this side is compiled without the DOM. */
interface DropEvent {
  readonly dataTransfer: { readonly files: ArrayLike<File> } | null;
  preventDefault(): void;
}
declare const window: { addEventListener(type: string, listener: (event: DropEvent) => void): void };

const listeners = new Set<(push: HostPush) => void>();
/** Pushes that came before the page listened, such as the folder the app was started with. */
let waiting: HostPush[] = [];

function deliver(push: HostPush): void {
  if (listeners.size === 0) waiting.push(push);
  for (const listener of listeners) listener(push);
}

ipcRenderer.on('assay:push', (_event, push: HostPush) => deliver(push));

window.addEventListener('dragover', (event) => event.preventDefault());
window.addEventListener('drop', (event) => {
  event.preventDefault();
  const file = event.dataTransfer?.files[0];
  const path = file ? webUtils.getPathForFile(file) : '';
  if (path !== '') deliver({ kind: 'open', path });
});

contextBridge.exposeInMainWorld('assayPush', {
  subscribe(listener: (push: HostPush) => void): () => void {
    listeners.add(listener);
    for (const push of waiting) listener(push);
    waiting = [];
    return () => listeners.delete(listener);
  },
});

/** Runs in the page's own world before any script of the page: receives what the preload exposes. */
import { BridgeEnd } from './bridgeEnd.ts';
import { windowOpenEvent } from './wire.ts';

export function start(bridge: string): void {
  new BridgeEnd(bridge, 'page', (name, api) => {
    if (name in window) {
      throw new Error('Cannot bind an API on top of an existing property on the window object');
    }
    Object.defineProperty(window, name, {
      value: api,
      enumerable: true,
      writable: false,
      configurable: false,
    });
  });
  // Denied is all that a window may be here, and a denied `window.open` gives null. The main process is asked by
  // way of the isolated world and ends the run if its answer is anything else.
  window.open = (url = 'about:blank', frameName = '', features = '') => {
    const detail = { url: new URL(url, document.baseURI).href, frameName, features };
    document.dispatchEvent(new CustomEvent(windowOpenEvent(bridge), { detail }));
    return null;
  };
}

/** Runs in the isolated world: the doubles a sandboxed preload may ask for, then the real preload. */
import { decode, encode } from '../codec.ts';
import { strictly } from '../strict.ts';
import { BridgeEnd } from './bridgeEnd.ts';
import { rendererIpc } from './rendererIpc.ts';
import { watchTitle } from './titleWatch.ts';
import {
  type FromRenderer,
  type PreloadFacts,
  pathQuestionFunction,
  postBinding,
  receiveFunction,
  type ToRenderer,
  windowOpenEvent,
} from './wire.ts';

type Require = (name: string) => unknown;
export type Preload = (require: Require, module: object, exports: object, process: object) => void;

export function start(facts: PreloadFacts, preload: Preload): void {
  const world = globalThis as unknown as Record<string, (text: string) => void>;
  const post = (message: FromRenderer) => world[postBinding]!(encode(message));
  const ipc = rendererIpc(post);
  world[receiveFunction] = (text) => ipc.receive(decode(text) as ToRenderer);
  const bridge = new BridgeEnd(facts.bridge, 'preload');
  document.addEventListener(windowOpenEvent(facts.bridge), (event) => {
    const { url, frameName, features } = (event as CustomEvent).detail;
    post({ kind: 'windowOpen', url, frameName, features });
  });

  watchTitle((title) => post({ kind: 'title', title }));

  const electron = strictly('electron (in the preload)', {
    ipcRenderer: ipc.ipcRenderer,
    contextBridge: strictly('contextBridge', {
      exposeInMainWorld: (name: string, api: unknown) => bridge.expose(name, api),
    }),
    webUtils: strictly('webUtils', { getPathForFile }),
  });
  const require: Require = (name) => {
    if (name === 'electron') return electron;
    throw new Error(`module not found: ${name}`);
  };
  const process = Object.freeze({
    versions: Object.freeze(facts.versions),
    platform: facts.platform,
    arch: facts.arch,
    type: 'renderer',
    contextIsolated: true,
    sandboxed: true,
  });
  const module = { exports: {} };
  try {
    preload(require, module, module.exports, strictly('process', process));
  } catch (error) {
    post({ kind: 'preloadError', error: error instanceof Error ? error : new Error(String(error)) });
    throw error;
  }
}

/**
 * The path behind a dropped or chosen file, '' for one made by a script. Only the debugging protocol knows it, and
 * the answer is due at once: the script halts, the main process looks the file up, writes the path into the
 * question and lets the script go on.
 */
function getPathForFile(file: unknown): string {
  if (!(file instanceof File)) throw new TypeError('getPathForFile needs a File');
  const question = { file, path: '' };
  const ask = {
    [pathQuestionFunction]() {
      // biome-ignore lint/suspicious/noDebugger: the halt is the question, see above
      debugger;
      return question.path;
    },
  };
  return ask[pathQuestionFunction]!();
}

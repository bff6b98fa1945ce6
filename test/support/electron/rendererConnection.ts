/** Puts the preload into every document of a page, in a world of its own, and carries its messages. */
import { randomUUID } from 'node:crypto';
import type { CdpSession } from './cdpPipe.ts';
import { decode, encode } from './codec.ts';
import {
  type FromRenderer,
  type PreloadFacts,
  postBinding,
  receiveFunction,
  type ToRenderer,
  worldName,
} from './page/wire.ts';

/** The compiled scripts of `page/`, put in by boot.mjs. */
declare const MAIN_WORLD_SCRIPT: string;
declare const PRELOAD_WORLD_SCRIPT: string;

export interface IpcMessage {
  readonly message: Extract<FromRenderer, { kind: 'invoke' | 'send' }>;
  /** Answers into the document that sent the message, and nowhere else. */
  reply(answer: ToRenderer): void;
}

export interface RendererHooks {
  ipc(message: IpcMessage): void;
  windowOpen(request: { url: string; frameName: string; features: string }): void;
  titleChanged(title: string): void;
  preloadError(error: Error): void;
}

export interface RendererConnection {
  /** To every document of the page that has a preload. */
  send(message: ToRenderer): void;
}

export async function connectRenderer(
  session: CdpSession,
  preload: string,
  hooks: RendererHooks,
): Promise<RendererConnection> {
  /** Isolated worlds alive at the moment, by their number in the browser. */
  const worlds = new Set<number>();
  session.on('Runtime.executionContextCreated', ({ context }) => {
    if (context.name === worldName) worlds.add(context.id);
  });
  session.on('Runtime.executionContextDestroyed', ({ executionContextId }) =>
    worlds.delete(executionContextId),
  );
  session.on('Runtime.executionContextsCleared', () => worlds.clear());

  function send(world: number, message: ToRenderer): void {
    const text = encode(message);
    session
      .send('Runtime.callFunctionOn', {
        executionContextId: world,
        functionDeclaration: `function (text) { ${receiveFunction}(text); }`,
        arguments: [{ value: text }],
      })
      // A document that left while the message was on its way misses it, as it would in Electron.
      .catch(() => undefined);
  }

  session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    if (name !== postBinding) return;
    const message = decode(payload) as FromRenderer;
    if (message.kind === 'windowOpen') hooks.windowOpen(message);
    else if (message.kind === 'title') hooks.titleChanged(message.title);
    else if (message.kind === 'preloadError') hooks.preloadError(message.error);
    else hooks.ipc({ message, reply: (answer) => send(executionContextId, answer) });
  });

  await session.send('Runtime.enable');
  await session.send('Runtime.addBinding', { name: postBinding, executionContextName: worldName });
  const bridge = `stand-in-${randomUUID()}`;
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldSource(bridge) });
  const source = preloadWorldSource(bridge, preload);
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName });

  return {
    send(message) {
      for (const world of worlds) send(world, message);
    },
  };
}

/** Preloads belong to the top frame only, as with Electron's `nodeIntegrationInSubFrames: false`. */
const inTopFrame = (code: string) => `if (window === window.top) { ${code}\n}`;

function mainWorldSource(bridge: string): string {
  return inTopFrame(`(() => { ${MAIN_WORLD_SCRIPT}
    standInMainWorld.start(${JSON.stringify(bridge)}); })();`);
}

function preloadWorldSource(bridge: string, preload: string): string {
  const { node, v8, chrome, electron } = process.versions;
  const facts: PreloadFacts = {
    bridge,
    versions: { node, v8, chrome, electron },
    platform: process.platform,
    arch: process.arch,
  };
  return inTopFrame(`(() => { ${PRELOAD_WORLD_SCRIPT}
    standInPreloadWorld.start(${JSON.stringify(facts)}, function (require, module, exports, process) {
${preload}
}); })();`);
}

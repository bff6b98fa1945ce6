/** The double of `ipcRenderer`: messages leave through a function and come back through `receive`. */
import { encode } from '../codec.ts';
import { strictly } from '../strict.ts';
import type { FromRenderer, ToRenderer } from './wire.ts';

type Listener = (event: object, ...args: unknown[]) => void;

interface Settlement {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

export function rendererIpc(post: (message: FromRenderer) => void) {
  const listeners = new Map<string, { listener: Listener; once: boolean }[]>();
  const invoked = new Map<number, Settlement>();
  let lastId = 0;

  function add(channel: string, listener: Listener, once: boolean) {
    listeners.set(channel, [...(listeners.get(channel) ?? []), { listener, once }]);
    return ipcRenderer;
  }
  function remove(channel: string, listener: Listener) {
    const left = (listeners.get(channel) ?? []).filter((entry) => entry.listener !== listener);
    listeners.set(channel, left);
    return ipcRenderer;
  }

  const ipcRenderer: object = strictly('ipcRenderer', {
    on: (channel: string, listener: Listener) => add(channel, listener, false),
    addListener: (channel: string, listener: Listener) => add(channel, listener, false),
    once: (channel: string, listener: Listener) => add(channel, listener, true),
    off: remove,
    removeListener: remove,
    removeAllListeners(channel: string) {
      listeners.delete(channel);
      return ipcRenderer;
    },
    send: (channel: string, ...args: unknown[]) => post({ kind: 'send', channel, args }),
    invoke(channel: string, ...args: unknown[]): Promise<unknown> {
      return new Promise((resolve, reject) => {
        const id = ++lastId;
        // Throws, and so rejects, before anything is kept where the arguments cannot be cloned.
        encode(args);
        invoked.set(id, { resolve, reject });
        post({ kind: 'invoke', id, channel, args });
      });
    },
  });

  function deliver(channel: string, args: unknown[]): void {
    for (const { listener, once } of listeners.get(channel) ?? []) {
      if (once) remove(channel, listener);
      listener({ sender: ipcRenderer, ports: [] }, ...args);
    }
  }

  function receive(message: ToRenderer): void {
    if (message.kind === 'message') {
      deliver(message.channel, message.args);
      return;
    }
    const settlement = invoked.get(message.id);
    invoked.delete(message.id);
    if (message.kind === 'reply') settlement?.resolve(message.value);
    else settlement?.reject(new Error(message.message));
  }

  return { ipcRenderer, receive };
}

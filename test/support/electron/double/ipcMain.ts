/** The double of `ipcMain`, and the delivery of what a renderer sends. */

import { EventEmitter } from 'node:events';
import { encode } from '../codec.ts';
import type { IpcMessage } from '../rendererConnection.ts';
import { strictly } from '../strict.ts';
import type { WebContentsDouble } from './webContents.ts';

interface IpcEvent {
  readonly sender: WebContentsDouble;
  readonly senderFrame: WebContentsDouble['mainFrame'];
  readonly processId: number;
  readonly frameId: number;
}

type Handler = (event: IpcEvent, ...args: unknown[]) => unknown;

/** Channels have free names, so this one emitter checks its members only. */
class IpcMainDouble extends EventEmitter {
  readonly handlers = new Map<string, Handler>();

  handle(channel: string, handler: Handler): void {
    if (this.handlers.has(channel))
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    this.handlers.set(channel, handler);
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...args) => {
      this.removeHandler(channel);
      return handler(event, ...args);
    });
  }

  removeHandler(channel: string): void {
    this.handlers.delete(channel);
  }
}

export const ipcMain = strictly('ipcMain', new IpcMainDouble());

/** Hands a message to its listeners or its handler; the handler's answer or error goes back to the sender. */
export async function dispatchIpc(sender: WebContentsDouble, { message, reply }: IpcMessage): Promise<void> {
  const event: IpcEvent = { sender, senderFrame: sender.mainFrame, processId: 1, frameId: 1 };
  const { channel, args } = message;
  if (message.kind === 'send') {
    const answer = (name: string, ...values: unknown[]) =>
      reply({ kind: 'message', channel: name, args: values });
    ipcMain.emit(channel, { ...event, reply: answer }, ...args);
    return;
  }
  const { id } = message;
  try {
    const handler = ipcMain.handlers.get(channel);
    if (!handler) throw new Error(`No handler registered for '${channel}'`);
    const value = await handler(event, ...args);
    // Refuses here what cannot travel, so that the error reaches the caller.
    encode(value);
    reply({ kind: 'reply', id, value });
  } catch (error) {
    console.error(`Error occurred in handler for '${channel}':`, error);
    reply({ kind: 'failure', id, message: `Error invoking remote method '${channel}': ${error}` });
  }
}

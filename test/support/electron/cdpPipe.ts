/**
 * A client of the browser's debugging protocol over two pipes: JSON messages ended by a zero byte. The pipe also
 * ties the two lives together, for the browser leaves when its end closes, however this process ended.
 */
import type { Readable, Writable } from 'node:stream';
import type { CDPSession } from '@playwright/test';

/** One attached target, typed by the protocol's own declarations. */
export type CdpSession = Pick<CDPSession, 'send' | 'on'>;

interface Message {
  id?: number;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { message: string };
  sessionId?: string;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

export class CdpPipe {
  private readonly commands: Writable;
  private readonly waiting = new Map<number, Waiting>();
  private readonly listeners = new Map<string, ((params: unknown) => void)[]>();
  private lastId = 0;

  constructor(commands: Writable, answers: Readable) {
    this.commands = commands;
    let rest: string[] = [];
    answers.setEncoding('utf8');
    answers.on('data', (chunk: string) => {
      const parts = chunk.split('\0');
      for (const part of parts.slice(0, -1)) {
        const text = rest.join('') + part;
        rest = [];
        this.receive(JSON.parse(text) as Message);
      }
      rest.push(parts.at(-1)!);
    });
    // A command to a browser that is leaving stays unanswered: this process ends with its browser.
    commands.on('error', () => undefined);
    answers.on('error', () => undefined);
  }

  /** The view of one attached target, or of the browser itself. */
  session(sessionId?: string): CdpSession {
    const session = {
      send: (method: string, params?: object) => this.send(method, params, sessionId),
      on: (event: string, listener: (params: unknown) => void) => {
        const key = `${sessionId ?? ''} ${event}`;
        this.listeners.set(key, [...(this.listeners.get(key) ?? []), listener]);
        return session;
      },
    };
    // The protocol's names and shapes are Playwright's declarations; what travels is checked by the browser.
    return session as unknown as CdpSession;
  }

  private send(method: string, params: object | undefined, sessionId: string | undefined): Promise<unknown> {
    const id = ++this.lastId;
    this.commands.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, {
        resolve,
        reject: (error) => reject(new Error(`${method}: ${error.message}`)),
      });
    });
  }

  private receive(message: Message): void {
    if (message.id === undefined) {
      const key = `${message.sessionId ?? ''} ${message.method}`;
      for (const listener of this.listeners.get(key) ?? []) listener(message.params);
      return;
    }
    const waiting = this.waiting.get(message.id);
    this.waiting.delete(message.id);
    if (message.error) waiting?.reject(new Error(message.error.message));
    else waiting?.resolve(message.result);
  }
}

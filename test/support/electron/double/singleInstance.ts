/**
 * The single-instance lock: a socket in Linux's abstract namespace, named after the user data folder. The kernel
 * frees it with the process, so a killed app leaves no stale lock.
 */
import { createHash } from 'node:crypto';
import { connect, createServer, type Server } from 'node:net';
import { text } from 'node:stream/consumers';

export interface SecondInstance {
  readonly argv: string[];
  readonly workingDirectory: string;
  readonly additionalData: unknown;
}

export class SingleInstance {
  private server: Server | undefined;
  /** Settles when the first instance has been told about this one. */
  told: Promise<void> = Promise.resolve();

  /** True for the first process with this `userData`; otherwise tells that one about `self`. */
  request(userData: string, self: SecondInstance, onSecond: (second: SecondInstance) => void): boolean {
    if (this.server) return true;
    const address = `\0assay-stand-in-${createHash('sha256').update(userData).digest('hex')}`;
    const server = createServer((socket) => {
      void text(socket).then((message) => onSecond(JSON.parse(message) as SecondInstance));
    });
    // The name being taken is also reported as an event, later than the answer is needed.
    server.on('error', () => undefined);
    server.listen(address);
    if (server.listening) {
      server.unref();
      this.server = server;
      return true;
    }
    this.told = new Promise((resolve) => {
      const socket = connect(address, () => socket.end(JSON.stringify(self)));
      socket.on('close', () => resolve()).on('error', () => resolve());
    });
    return false;
  }

  release(): void {
    this.server?.close();
    this.server = undefined;
  }

  get isHeld(): boolean {
    return this.server !== undefined;
  }
}

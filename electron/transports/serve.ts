/** `assay serve`: the fetch handler behind a loopback address, for a browser on this machine and nobody else. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Result } from '../../shared/base/problem.ts';
import { done, failed } from '../../shared/base/problem.ts';
import { systemCode } from '../services/faults.ts';
import type { FetchHandler } from './fetchHandler.ts';
import { createLoopbackGuard, type LoopbackGuard } from './loopbackGuard.ts';
import { toRequest, writeResponse } from './nodeHttp.ts';
import { refusalPage } from './refusalPage.ts';
import { securityHeaders } from './securityHeaders.ts';

/** Fixed, since the browser's storage belongs to the address. */
export const defaultPort = 7345;

export interface ServeOptions {
  readonly handler: FetchHandler;
  /** 0 takes any free port, for tests. */
  readonly port?: number;
  /** Told each new one-time address: one at the start, another whenever a used one was tried again. */
  readonly onEntrance: (url: string) => void;
  readonly log: (line: string) => void;
}

export interface RunningServer {
  readonly port: number;
  /** `http://127.0.0.1:<port>` */
  readonly origin: string;
  /** A fresh one-time address to open. */
  entrance(): string;
  /** Ends open connections and gives the port back. */
  close(): Promise<void>;
}

/** Listens on 127.0.0.1. Problem `port-in-use` (never another port instead). */
export async function startServe(options: ServeOptions): Promise<Result<RunningServer>> {
  const { handler, port = defaultPort, onEntrance, log } = options;
  const server = createServer();
  try {
    await listen(server, port);
  } catch (error) {
    const reason = systemCode(error);
    if (reason === null) throw error;
    const code = reason === 'EADDRINUSE' ? 'port-in-use' : 'port-not-possible';
    return failed({ code, severity: 'error', path: '', params: { port, reason } });
  }
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  const origin = `http://127.0.0.1:${address.port}`;
  const guard = createLoopbackGuard(address.port);
  const entrance = (): string => origin + guard.newEntrance();

  server.on('request', (request, response) => {
    answer(request, response, { guard, handler, renew: () => onEntrance(entrance()) }).catch(
      (error: unknown) => {
        // The connection went away while it was answered; anything else is a bug worth its stack.
        if (!response.destroyed) log(error instanceof Error ? (error.stack ?? error.message) : String(error));
        response.destroy();
      },
    );
  });
  onEntrance(entrance());
  return done({ port: address.port, origin, entrance, close: () => closeServer(server) });
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  {
    guard,
    handler,
    renew,
  }: {
    readonly guard: LoopbackGuard;
    readonly handler: FetchHandler;
    readonly renew: () => void;
  },
): Promise<void> {
  const { headers } = request;
  const admission = guard.admit({
    method: request.method ?? '',
    target: request.url ?? '',
    host: headers.host,
    origin: headers.origin,
    fetchSite: headers['sec-fetch-site'] as string | undefined,
    cookie: headers.cookie,
  });
  if (admission.kind === 'pass') {
    const { asRequest, done: ended } = toRequest(request, response);
    await writeResponse(response, await handler(asRequest), request.method === 'HEAD');
    ended();
    return;
  }
  if (admission.kind === 'welcome') {
    const welcome = {
      ...securityHeaders,
      'set-cookie': admission.cookie,
      location: '/',
      'cache-control': 'no-store',
    };
    response.writeHead(303, welcome).end();
    return;
  }
  if (admission.reason === 'token-used') renew();
  const page = refusalPage(admission.reason, headers['accept-language']);
  const pageHeaders = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
  response.writeHead(403, { ...securityHeaders, ...pageHeaders, connection: 'close' }).end(page);
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

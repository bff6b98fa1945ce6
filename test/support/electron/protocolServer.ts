/** The loopback server behind the custom schemes: calls the handler given to `protocol.handle`. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { toApp } from './schemes.ts';

export type ProtocolHandler = (request: Request) => Response | Promise<Response>;

/** Handler of each scheme. */
export const protocolHandlers = new Map<string, ProtocolHandler>();

/** Headers that belong to the loopback connection, not to the request as the app would see it. */
const ofTheConnection = new Set(['host', 'connection']);
/** Headers that hold an address of the app. */
const withAddress = new Set(['origin', 'referer']);

/** Listens on a free loopback port and returns it. */
export async function startProtocolServer(): Promise<number> {
  const server: Server = createServer((incoming, outgoing) => void answer(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  server.unref();
  return (server.address() as AddressInfo).port;
}

async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const url = toApp(`http://${(incoming.headers.host ?? '').replace(/:\d+$/, '')}${incoming.url}`);
  const handler = protocolHandlers.get(url.slice(0, url.indexOf(':')));
  // Chromium asks every http site for this by itself; Electron asks a custom scheme for nothing unbidden.
  if (incoming.url === '/favicon.ico') return void outgoing.writeHead(204).end();
  // A scheme without a handler, like a handler that throws, is a network error in Electron, not a status.
  if (!handler) return void outgoing.destroy();
  const abort = new AbortController();
  outgoing.on('close', () => abort.abort());
  try {
    await write(await handler(requestOf(incoming, url, abort.signal)), incoming, outgoing);
  } catch (error) {
    if (!abort.signal.aborted) console.error(`protocol handler failed for ${url}:`, error);
    outgoing.destroy();
  }
}

function requestOf(incoming: IncomingMessage, url: string, signal: AbortSignal): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value === undefined || ofTheConnection.has(name)) continue;
    headers.set(name, withAddress.has(name) ? toApp(String(value)) : String(value));
  }
  const method = incoming.method ?? 'GET';
  if (method === 'GET' || method === 'HEAD') return new Request(url, { method, headers, signal });
  // `duplex` is required by fetch for a body that is still arriving; Node's types do not know it everywhere.
  const init = { method, headers, signal, body: Readable.toWeb(incoming), duplex: 'half' };
  return new Request(url, init as unknown as RequestInit);
}

async function write(response: Response, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  if (response.type === 'error') return void outgoing.destroy();
  outgoing.writeHead(response.status, [...response.headers].flat());
  if (!response.body || incoming.method === 'HEAD') return void outgoing.end();
  const body = response.body as unknown as Parameters<typeof Readable.fromWeb>[0];
  await pipeline(Readable.fromWeb(body), outgoing);
}

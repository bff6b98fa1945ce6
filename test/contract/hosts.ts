/** Every way to reach the one host: called directly, request to response in this process, and over loopback HTTP. */
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createDispatch } from '../../electron/services/dispatch.ts';
import { createServices, type Services } from '../../electron/services/services.ts';
import { createDirectHost } from '../../electron/transports/directHost.ts';
import { createFetchHandler, type FetchHandler } from '../../electron/transports/fetchHandler.ts';
import { startServe } from '../../electron/transports/serve.ts';
import { createHttpHost } from '../../renderer/host/httpHost.ts';
import type { Host } from '../../shared/host/contract.ts';
import { builtWorker } from '../support/builtWorker.ts';
import { makeSmallDelivery } from '../support/smallDelivery.ts';

export interface Reach {
  readonly services: Services;
  /** Folder all of the test lies in. */
  readonly folder: string;
  /** A delivery with 30 cuboids. */
  readonly delivery: string;
  /** A host of its own client. */
  host(client?: string): Host;
  /** Bytes at a relative address, where the host is reached by requests. */
  fetch(address: string, init?: RequestInit): Promise<Response>;
  /** `http://127.0.0.1:<port>` and the session's cookie, over HTTP only. */
  readonly http: { readonly origin: string; readonly cookie: string } | null;
  close(): Promise<void>;
}

export type ReachKind = 'direct' | 'in process' | 'over HTTP';
export const reachKinds: readonly ReachKind[] = ['direct', 'in process', 'over HTTP'];
/** Those whose bytes travel by requests. */
export const requestKinds: readonly ReachKind[] = ['in process', 'over HTTP'];

export async function reachHost(kind: ReachKind): Promise<Reach> {
  const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'assay-host-')));
  const rendererFolder = path.join(folder, 'renderer');
  await mkdir(path.join(rendererFolder, 'assets'), { recursive: true });
  writeFileSync(path.join(rendererFolder, 'index.html'), '<!doctype html><title>Assay</title>');
  writeFileSync(path.join(rendererFolder, 'assets/main-BcDeFgHi.js'), 'export {};');
  const services = await createServices({
    home: path.join(folder, 'home'),
    workerFile: await builtWorker(),
    roots: [folder],
    log: () => undefined,
  });
  const dispatch = createDispatch(services);
  const handler = createFetchHandler({ dispatch, services, rendererFolder });
  const transport = await transportOf(kind, handler);
  let clients = 0;
  return {
    services,
    folder,
    delivery: makeSmallDelivery(path.join(folder, 'batch 7 交付 #1')),
    http: transport.http,
    fetch: transport.fetch,
    host(client = `client-${++clients}`) {
      if (kind === 'direct') return createDirectHost(dispatch, client);
      const fetchHere = ((address: string, init?: RequestInit) =>
        transport.fetch(address, init)) as typeof fetch;
      return createHttpHost({ client, fetch: fetchHere, onPush: () => () => undefined });
    },
    async close() {
      await transport.close();
      await services.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Transport = Pick<Reach, 'fetch' | 'http' | 'close'>;

async function transportOf(kind: ReachKind, handler: FetchHandler): Promise<Transport> {
  if (kind !== 'over HTTP') {
    return {
      http: null,
      fetch: (address, init) => handler(new Request(new URL(address, 'http://assay.test/'), init)),
      close: async () => undefined,
    };
  }
  const entrances: string[] = [];
  const server = await startServe({
    handler,
    port: 0,
    onEntrance: (url) => entrances.push(url),
    log: () => undefined,
  });
  if (!server.ok) throw new Error(server.problem.code);
  const welcome = await fetch(entrances[0]!, { redirect: 'manual' });
  const cookie = welcome.headers.get('set-cookie')!.split(';')[0]!;
  const { origin } = server.value;
  return {
    http: { origin, cookie },
    fetch: (address, init = {}) => {
      const headers = new Headers(init.headers);
      headers.set('cookie', cookie);
      return fetch(new URL(address, `${origin}/`), { ...init, headers });
    },
    close: () => server.value.close(),
  };
}

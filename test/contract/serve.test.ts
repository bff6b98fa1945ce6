/** The loopback server's own guard: who may speak to it, and what happens when one side goes away. */
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FetchHandler } from '../../electron/transports/fetchHandler.ts';
import { type RunningServer, startServe } from '../../electron/transports/serve.ts';

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let server: RunningServer;
let entrances: string[];
let handler: FetchHandler;

beforeEach(async () => {
  entrances = [];
  handler = async () => new Response('inside');
  const started = await startServe({
    handler: (request) => handler(request),
    port: 0,
    onEntrance: (url) => entrances.push(url),
    log: () => undefined,
  });
  if (!started.ok) throw new Error(started.problem.code);
  server = started.value;
});
afterEach(() => server.close());

/** A request as it is written, without anything a client library would add or tidy. */
function ask(target: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { port } = server;
    const request = httpRequest({ host: '127.0.0.1', port, path: target, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode!, headers: response.headers, body }));
    });
    request.on('error', reject);
    request.end();
  });
}

async function signIn(): Promise<string> {
  const welcome = await ask(entrances.at(-1)!.slice(server.origin.length));
  return welcome.headers['set-cookie']![0]!.split(';')[0]!;
}

describe('the loopback server', () => {
  test('exchanges its token once for a cookie that scripts and other sites never see', async () => {
    const target = entrances[0]!.slice(server.origin.length);
    const welcome = await ask(target);
    expect(welcome.status).toBe(303);
    expect(welcome.headers.location).toBe('/');
    expect(welcome.headers['set-cookie']![0]).toMatch(/; HttpOnly; SameSite=Strict$/);
    const cookie = welcome.headers['set-cookie']![0]!.split(';')[0]!;
    expect((await ask('/', { cookie })).body).toBe('inside');

    const again = await ask(target, { 'accept-language': 'zh-CN' });
    expect(again.status).toBe(403);
    expect(again.body).toContain('已经用过');
    expect(entrances).toHaveLength(2);
    expect((await ask(entrances[1]!.slice(server.origin.length))).status).toBe(303);
  });

  test('lets nobody in without it', async () => {
    const cookie = await signIn();
    for (const wrong of ['', `${cookie}x`, cookie.replace(/=.*/, '=')]) {
      expect((await ask('/', wrong === '' ? {} : { cookie: wrong })).status).toBe(403);
    }
    const guess = await ask('/?token=guess');
    expect([guess.status, guess.headers['set-cookie']]).toEqual([403, undefined]);
    expect(guess.body).toContain('not valid');
    expect(entrances).toHaveLength(1);
  });

  test('answers only its own name: no DNS name bound to this machine', async () => {
    const cookie = await signIn();
    const { port } = server;
    expect((await ask('/', { cookie, host: `localhost:${port}` })).status).toBe(200);
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1:${port + 1}`]) {
      expect([host, (await ask('/', { cookie, host })).status]).toEqual([host, 403]);
    }
  });

  test('answers only its own pages', async () => {
    const cookie = await signIn();
    const own = { cookie, origin: server.origin, 'sec-fetch-site': 'same-origin' };
    expect((await ask('/', own, 'POST')).status).toBe(200);
    const foreigners: Record<string, string>[] = [
      { origin: 'http://evil.example' },
      { origin: 'null' },
      { origin: `http://localhost:${server.port}` },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const foreign of foreigners) {
      expect([foreign, (await ask('/', { cookie, ...foreign }, 'POST')).status]).toEqual([foreign, 403]);
    }
  });

  test('refuses a port that is taken, and takes no other', async () => {
    const second = await startServe({
      handler,
      port: server.port,
      onEntrance: () => undefined,
      log: () => undefined,
    });
    expect(second).toMatchObject({
      ok: false,
      problem: { code: 'port-in-use', params: { port: server.port } },
    });
  });

  test('tells the work when the browser goes away', async () => {
    const cookie = await signIn();
    const aborted = new Promise<void>((resolve) => {
      handler = async (request) => {
        request.signal.addEventListener('abort', () => resolve());
        return new Response(
          new ReadableStream({ start: (lines) => lines.enqueue(new TextEncoder().encode('{}\n')) }),
        );
      };
    });
    const socket = connect(server.port, '127.0.0.1');
    socket.write(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nCookie: ${cookie}\r\n\r\n`);
    await new Promise((resolve) => socket.once('data', resolve));
    socket.destroy();
    await aborted;
  });

  test('does not take an end for an abort', async () => {
    const cookie = await signIn();
    let signal: AbortSignal | null = null;
    handler = async (request) => {
      signal = request.signal;
      return new Response('whole');
    };
    expect((await ask('/', { cookie, connection: 'close' })).body).toBe('whole');
    expect(signal!.aborted).toBe(false);
  });

  test('sends large bodies as fast as they are read, and no faster', async () => {
    const cookie = await signIn();
    const chunk = new Uint8Array(1 << 20).fill(7);
    let pulled = 0;
    handler = async () =>
      new Response(
        new ReadableStream<Uint8Array>(
          {
            pull(controller) {
              pulled++;
              controller.enqueue(chunk);
              if (pulled === 200) controller.close();
            },
          },
          { highWaterMark: 0 },
        ),
      );
    const received = await new Promise<number>((resolve, reject) => {
      const { port } = server;
      const request = httpRequest({ host: '127.0.0.1', port, headers: { cookie } }, (response) => {
        // The first bytes are here, and nobody reads on: the server must not have produced them all.
        setTimeout(() => {
          expect(pulled).toBeLessThan(100);
          let length = 0;
          response.on('data', (bytes: Buffer) => {
            length += bytes.length;
          });
          response.on('end', () => resolve(length));
        }, 300);
      });
      request.on('error', reject);
      request.end();
    });
    expect(received).toBe(200 * chunk.length);
  });
});

/** The host over fetch: lines however the bytes are cut, and every kind of wrong answer as a problem. */
import { describe, expect, test } from 'vitest';
import { createHttpHost } from '../../../renderer/host/httpHost.ts';
import { linesOf } from '../../../renderer/host/lines.ts';
import { ProblemError } from '../../../shared/base/problem.ts';
import { seededRandom } from '../../support/seededRandom.ts';

function streamOf(
  bytes: Uint8Array<ArrayBuffer>,
  cuts: readonly number[],
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const edges = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
  return new ReadableStream({
    start(controller) {
      for (let at = 1; at < edges.length; at += 1) controller.enqueue(bytes.slice(edges[at - 1], edges[at]));
      controller.close();
    },
  });
}

test('lines come whole, wherever the bytes are cut', async () => {
  const { next: random } = seededRandom(7);
  const lines = ['{"progress":{"step":"列表"}}', '{"a":"ü😀"}', '{}', '{"result":{"name":"批 #7"}}'];
  const bytes = new TextEncoder().encode(`${lines.join('\n')}\n`);
  for (let round = 0; round < 200; round += 1) {
    const cuts = Array.from({ length: Math.floor(random() * 12) }, () => Math.floor(random() * bytes.length));
    const read: string[] = [];
    for await (const line of linesOf(streamOf(bytes, cuts))) read.push(line);
    expect(read).toEqual(lines);
  }
});

function hostAnswering(body: string | null, status = 200) {
  const calls: Request[] = [];
  const host = createHttpHost({
    client: 'tab-1',
    fetch: async (address, init) => {
      calls.push(new Request(new URL(String(address), 'http://assay.test/'), init));
      return new Response(body, { status });
    },
    onPush: () => () => undefined,
  });
  return { host, calls };
}

async function problemOfCall(body: string | null, status = 200): Promise<string> {
  try {
    await hostAnswering(body, status).host.call('deliveries.sample', {});
    return 'none';
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.code;
    throw error;
  }
}

describe('a call', () => {
  test('names the tab, tells progress, and answers the result', async () => {
    const { host, calls } = hostAnswering(
      '{"progress":{"step":"synthesising","done":1,"total":4}}\n{"result":{"path":"/tmp/s"}}\n',
    );
    const steps: string[] = [];
    const answer = await host.call('deliveries.sample', {}, { onProgress: ({ step }) => steps.push(step) });
    expect(answer).toEqual({ path: '/tmp/s' });
    expect(steps).toEqual(['synthesising']);
    expect(calls[0]!.headers.get('x-assay-client')).toBe('tab-1');
    expect(new URL(calls[0]!.url).pathname).toBe('/call/deliveries.sample');
  });

  test.each([
    [
      'a problem of the host',
      '{"problem":{"code":"path-not-listed","severity":"error","path":"/etc"}}\n',
      403,
      'path-not-listed',
    ],
    ['a result that does not fit', '{"result":{"path":7}}\n', 200, 'host-answer-broken'],
    ['something that is no JSON', '<html>', 200, 'host-answer-broken'],
    ['an error page', '<html>', 502, 'host-refused'],
    [
      'an answer that breaks off',
      '{"progress":{"step":"x","done":0,"total":0}}\n',
      200,
      'host-answer-broken',
    ],
    ['nothing at all', '', 403, 'host-refused'],
    ['no body', null, 200, 'host-answer-broken'],
  ])('%s is a problem', async (_what, body, status, code) => {
    expect(await problemOfCall(body, status)).toBe(code);
  });

  test('a host that is gone is a problem; a cancelled call stays cancelled', async () => {
    const gone = createHttpHost({
      client: 'tab-1',
      fetch: async () => Promise.reject(new TypeError('Failed to fetch')),
      onPush: () => () => undefined,
    });
    await expect(gone.call('deliveries.sample', {})).rejects.toMatchObject({
      problem: { code: 'host-unreachable' },
    });
    const abort = new DOMException('cancelled', 'AbortError');
    const cancelled = createHttpHost({
      client: 'tab-1',
      fetch: async () => Promise.reject(abort),
      onPush: () => () => undefined,
    });
    await expect(cancelled.call('deliveries.sample', {})).rejects.toBe(abort);
  });
});

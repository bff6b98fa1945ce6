/** Files of a delivery over HTTP: whole in pooled buffers, in ranges, and what a server can answer instead. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addressOf, rangedFile, wholeFiles } from '../../../renderer/workers/remoteFiles.ts';
import type { FileRef } from '../../../shared/model/delivery.ts';
import { type BufferPool, freshBuffers } from '../../../shared/readers/clouds/bufferPool.ts';

const bytes = Uint8Array.from({ length: 5000 }, (_, at) => (at * 31 + (at >> 8)) & 255);
const named = '批次 #7/100% a?.bin';
const file = (path: string): FileRef => ({ root: 'sensors', path });
const signal = new AbortController().signal;

/** Every request, in order. */
let asked: { path: string; range: string | undefined }[] = [];
let server: Server;
let address = { base: '', delivery: 'd 1' };

beforeAll(async () => {
  server = createServer(({ url, headers }, response) => {
    const path = decodeURIComponent(url!.replace('/data/d%201/sensors/', ''));
    asked.push({ path, range: headers.range });
    const content = path === named ? bytes : path === 'empty.bin' ? new Uint8Array() : null;
    if (content === null) response.writeHead(path === 'refused.bin' ? 403 : 404).end();
    else if (headers.range === undefined)
      response.writeHead(200, { 'content-length': content.length }).end(content);
    else {
      const [start = 0, last = 0] = headers.range.replace('bytes=', '').split('-').map(Number);
      if (start >= content.length)
        response.writeHead(416, { 'content-range': `bytes */${content.length}` }).end();
      else {
        const part = content.subarray(start, last + 1);
        const range = `bytes ${start}-${start + part.length - 1}/${content.length}`;
        response.writeHead(206, { 'content-range': range, 'content-length': part.length }).end(part);
      }
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, delivery: 'd 1' };
});
afterAll(() => server.close());
beforeEach(() => {
  asked = [];
});

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { problem: { code: string; path: string } }) => `${error.problem.code} ${error.problem.path}`,
  );

test('an address keeps every letter of a name', () => {
  const url = new URL(addressOf(address, file(named)));
  expect([url.search, url.hash]).toEqual(['', '']);
  expect(decodeURIComponent(url.pathname)).toBe(`/data/d 1/sensors/${named}`);
});

describe('in ranges', () => {
  test('only what is asked for travels', async () => {
    const source = await rangedFile(address, file(named), signal);
    expect(source.length).toBe(bytes.length);
    expect(await source.slice(100, 300)).toEqual(bytes.subarray(100, 300));
    expect(asked).toEqual([
      { path: named, range: 'bytes=0-0' },
      { path: named, range: 'bytes=100-299' },
    ]);
  });

  test('beyond either end there is nothing, and nothing is asked for it', async () => {
    const source = await rangedFile(address, file(named), signal);
    expect(await source.slice(4990, 9999)).toEqual(bytes.subarray(4990));
    expect(await source.slice(-20, 3)).toEqual(bytes.subarray(0, 3));
    const requests = asked.length;
    for (const [start, end] of [
      [5000, 6000],
      [7, 7],
      [9, 3],
      [-9, 0],
    ] as const)
      expect(await source.slice(start, end)).toHaveLength(0);
    expect(asked).toHaveLength(requests);
  });

  test('an empty file has no first byte to answer, and is empty', async () => {
    const source = await rangedFile(address, file('empty.bin'), signal);
    expect(source.length).toBe(0);
    expect(await source.slice(0, 10)).toHaveLength(0);
  });

  test('a file that is missing or refused is told by name', async () => {
    expect(await codeOf(rangedFile(address, file('gone.bin'), signal))).toBe('sensor-file-missing gone.bin');
    expect(await codeOf(rangedFile(address, file('refused.bin'), signal))).toBe(
      'sensor-file-unreachable refused.bin',
    );
    const nobody = { ...address, base: 'http://127.0.0.1:9/' };
    expect(await codeOf(rangedFile(nobody, file('a'), signal))).toBe('sensor-file-unreachable a');
  });

  test('an abort is an abort, not a missing file', async () => {
    const stop = new AbortController();
    const source = await rangedFile(address, file(named), stop.signal);
    stop.abort();
    await expect(source.slice(0, 5)).rejects.toMatchObject({ name: 'AbortError' });
  });
});

describe('whole', () => {
  test('one request a file; slices are views of one buffer', async () => {
    const files = wholeFiles(address, freshBuffers, signal);
    const source = await files.open(file(named));
    const [first, second] = [await source.slice(0, 10), await source.slice(10, 5000)];
    expect(source.length).toBe(5000);
    expect(first).toEqual(bytes.subarray(0, 10));
    expect(second).toEqual(bytes.subarray(10));
    expect(first.buffer).toBe(second.buffer);
    expect(asked).toEqual([{ path: named, range: undefined }]);
    expect((await files.open(file('empty.bin'))).length).toBe(0);
    expect(await codeOf(files.open(file('gone.bin')))).toBe('sensor-file-missing gone.bin');
    expect(await codeOf(files.open(file('refused.bin')))).toBe('sensor-file-unreachable refused.bin');
  });

  test('every buffer goes back to the pool but the one that is still used', async () => {
    const lent: ArrayBuffer[] = [];
    const back: ArrayBuffer[] = [];
    const pool: BufferPool = {
      acquire(length) {
        const buffer = new ArrayBuffer(length);
        lent.push(buffer);
        return buffer;
      },
      release: (buffer) => void back.push(buffer),
    };
    const files = wholeFiles(address, pool, signal);
    const used = await (await files.open(file(named))).slice(0, 1);
    await files.open(file(named));
    await files.open(file('empty.bin'));
    files.releaseExcept(used.buffer as ArrayBuffer);
    expect(back).toHaveLength(2);
    expect(new Set([...back, used.buffer])).toEqual(new Set(lent));
  });
});

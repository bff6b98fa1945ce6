/** One server opens hostile deliveries one after another over HTTP, gives out only its own bytes, and lives on. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileAddress, indexAddress } from '../../shared/host/addresses.ts';
import type { Host } from '../../shared/host/contract.ts';
import type { RootName } from '../../shared/model/delivery.ts';
import { readIndexFile } from '../../shared/readers/indexFile.ts';
import { type Reach, reachHost } from '../contract/hosts.ts';
import { waysOut } from './corpus/hostileCase.ts';
import { hostileCases } from './corpus/index.ts';
import { layOut, SECRET } from './openCase.ts';

/** Of each delivery: enough to see what its tables made of their names. */
const MOST_FILES = 12;
/** All of them where `ASSAY_HOSTILE` is `all`, which takes a minute or more; else the worst and every fourth. */
const isAll = process.env.ASSAY_HOSTILE === 'all';
const cases = (await hostileCases()).filter(({ isWorst }, at) => isAll || isWorst || at % 4 === 0);

let reach: Reach;
let host: Host;
beforeAll(async () => {
  reach = await reachHost('over HTTP');
  host = reach.host();
});
afterAll(() => reach.close());

/** What a request brought: nothing of the file beside the delivery, nothing of the system. */
async function expectOwnBytes(address: string): Promise<number> {
  const response = await reach.fetch(address);
  const text = new TextDecoder('latin1').decode(await response.arrayBuffer());
  expect(text, address).not.toContain(SECRET);
  expect(text, address).not.toContain('root:x:0:0');
  expect(response.status, address).toBeLessThan(500);
  return response.status;
}

describe('a server that is given hostile deliveries', () => {
  test.each(cases.map((each, at) => [each.name, each, at] as const))('%s', async (_, hostile, at) => {
    const laid = layOut(path.join(reach.folder, `case-${at}`), hostile);
    const opening = host.call('deliveries.open', { path: laid.delivery, sensorsPath: null });
    const opened = await opening.catch((error: { problem?: { code: string } }) => error.problem?.code);
    if (hostile.loads === null) {
      expect(hostile.expected.some((line) => line.startsWith(`${opened} `))).toBe(true);
      return;
    }
    if (typeof opened !== 'object') throw new Error(`refused: ${opened}`);
    expect(opened.counts).toMatchObject({ frames: hostile.loads.frames, cuboids: hostile.loads.cuboids });
    const fetched = await reach.fetch(indexAddress(opened.delivery));
    const index = readIndexFile(new Uint8Array(await fetched.arrayBuffer()));
    if (!index.ok) throw new Error(index.problem.code);
    const files = index.value.delivery.frames.flatMap(({ sweeps, images }) => [...sweeps, ...images]);
    for (const file of files.slice(0, MOST_FILES)) await expectOwnBytes(fileAddress(opened.delivery, file));
    expect(laid.isCanaryUntouched()).toBe(true);
  });

  test('and is asked for files outside of one', async () => {
    const { delivery } = await host.call('deliveries.open', { path: reach.delivery, sensorsPath: null });
    for (const way of Object.values(waysOut)) {
      for (const root of ['delivery', 'sensors'] as RootName[]) {
        expect(await expectOwnBytes(fileAddress(delivery, { root, path: way })), way).toBeGreaterThan(399);
      }
      await expectOwnBytes(`./data/${delivery}/delivery/${way}`);
    }
  });

  test('still answers', async () => {
    const opened = await host.call('deliveries.open', { path: reach.delivery, sensorsPath: null });
    expect(opened.counts.cuboids).toBe(30);
  });
});

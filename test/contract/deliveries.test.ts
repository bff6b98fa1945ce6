/** Opening deliveries and reading their bytes, the same through every host. */
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileAddress, indexAddress } from '../../shared/host/addresses.ts';
import type { Progress } from '../../shared/host/contract.ts';
import { readIndexFile } from '../../shared/readers/indexFile.ts';
import { tarEnd, tarEntry } from '../support/archiveFixture.ts';
import { carsPerFrame, makeSmallDelivery, smallFrames } from '../support/smallDelivery.ts';
import { type Reach, reachHost, reachKinds, requestKinds } from './hosts.ts';

/** Path and content of every file of a delivery. */
function deliveryFiles(folder: string): [name: string, bytes: Uint8Array][] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.includes('.'),
  );
  return names.map((name) => [name, readFileSync(path.join(folder, name))]);
}

/** The code a call is refused with. */
async function refusal(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  return (error as { problem?: { code: string } } | null)?.problem?.code ?? `no problem: ${String(error)}`;
}

describe.each(reachKinds)('deliveries, %s', (kind) => {
  let reach: Reach;
  beforeAll(async () => {
    reach = await reachHost(kind);
  });
  afterAll(() => reach.close());

  test('opens, counts, and opens again from the cache', async () => {
    const host = reach.host();
    const first = await host.call('deliveries.open', { path: reach.delivery, sensorsPath: null });
    expect(first).toMatchObject({
      format: 'sustech-points',
      name: 'batch 7 交付 #1',
      counts: { frames: smallFrames, cuboids: smallFrames * carsPerFrame },
      labelsHash: null,
    });
    const indexFile = path.join(reach.services.deliveries.ofPath(reach.delivery)!.cache.index);
    const writtenAt = statSync(indexFile).mtimeMs;
    const second = await host.call('deliveries.open', { path: reach.delivery, sensorsPath: null });
    expect(second.delivery).not.toBe(first.delivery);
    expect(statSync(indexFile).mtimeMs).toBe(writtenAt);
    const { deliveries } = await host.call('deliveries.recent', {});
    expect(deliveries.map((entry) => [entry.path, entry.exists])).toEqual([[reach.delivery, true]]);
  });

  test('hashes the labels: sorted `<sha256> <path>` lines', async () => {
    const host = reach.host();
    const { delivery } = await host.call('deliveries.open', { path: reach.delivery, sensorsPath: null });
    const lines = Array.from({ length: smallFrames }, (_, frame) => {
      const name = `label/${String(frame).padStart(6, '0')}.json`;
      const digest = createHash('sha256')
        .update(readFileSync(path.join(reach.delivery, name)))
        .digest('hex');
      return `${digest} ${name}\n`;
    });
    const expected = createHash('sha256').update(lines.join('')).digest('hex');
    const hashed = await host.call('deliveries.hash', { delivery });
    expect(hashed.labelsHash).toBe(expected);
    expect(hashed.files).toBe(smallFrames);
    const again = await host.call('deliveries.open', { path: reach.delivery, sensorsPath: null });
    expect(again.labelsHash).toBe(expected);
  });

  test('reports progress and can be cancelled', async () => {
    const host = reach.host();
    const folder = path.join(reach.folder, `many-${kind.replace(' ', '-')}`);
    makeSmallDelivery(folder);
    const steps: Progress[] = [];
    await host.call(
      'deliveries.open',
      { path: folder, sensorsPath: null },
      { onProgress: (step) => steps.push(step) },
    );
    expect(steps.length).toBeGreaterThan(0);
    const controller = new AbortController();
    writeFileSync(path.join(folder, 'label/000000.json'), '[]');
    const opening = host.call(
      'deliveries.open',
      { path: folder, sensorsPath: null },
      { signal: controller.signal },
    );
    controller.abort();
    await expect(opening).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('sees a changed label file as another index', async () => {
    const host = reach.host();
    const folder = path.join(reach.folder, 'changing');
    makeSmallDelivery(folder);
    const before = await host.call('deliveries.open', { path: folder, sensorsPath: null });
    writeFileSync(path.join(folder, 'label/000000.json'), '[]');
    const after = await host.call('deliveries.open', { path: folder, sensorsPath: null });
    expect(before.counts.cuboids - after.counts.cuboids).toBe(carsPerFrame);
  });

  test('takes sensor data from a second root, and remembers the pair', async () => {
    const host = reach.host();
    const labels = makeSmallDelivery(path.join(reach.folder, 'labels alone'));
    const sensorsPath = path.join(reach.folder, 'sensor root');
    mkdirSync(sensorsPath);
    renameSync(path.join(labels, 'lidar'), path.join(sensorsPath, 'lidar'));
    const paired = await host.call('deliveries.open', { path: labels, sensorsPath });
    expect(paired.counts).toMatchObject({ frames: smallFrames, cuboids: smallFrames * carsPerFrame });
    const again = await host.call('deliveries.open', { path: labels, sensorsPath: null });
    expect(again.sensorsPath).toBe(sensorsPath);
    const opened = await reach.services.deliveries.openFile(again.delivery, 'sensors', 'lidar/000000.pcd');
    expect(opened.ok).toBe(true);
    if (opened.ok) await opened.value.close();
    await host.call('deliveries.forget', { path: labels });
    const alone = await host.call('deliveries.open', { path: labels, sensorsPath: null });
    expect(alone.sensorsPath).toBeNull();
    const wrong = host.call('deliveries.open', {
      path: labels,
      sensorsPath: path.join(sensorsPath, 'lidar/000000.pcd'),
    });
    expect(await refusal(wrong)).toBe('sensors-not-a-folder');
  });

  test('opens an archive of a delivery as the delivery', async () => {
    const host = reach.host();
    const names = readdirSync(reach.delivery, { recursive: true })
      .map(String)
      .filter((name) => name.includes('.'));
    const files = names.map((name) => [`batch/${name}`, readFileSync(path.join(reach.delivery, name))]);
    const archive = path.join(reach.folder, 'batch.zip');
    writeFileSync(archive, zipSync(Object.fromEntries(files)));
    const opened = await host.call('deliveries.open', { path: archive, sensorsPath: null });
    expect(opened).toMatchObject({
      name: 'batch.zip',
      counts: { cuboids: smallFrames * carsPerFrame },
      problems: [],
    });
    const cloud = await reach.services.deliveries.openFile(opened.delivery, 'delivery', 'lidar/000000.pcd');
    expect(cloud.ok && cloud.value.length).toBe(statSync(path.join(reach.delivery, 'lidar/000000.pcd')).size);
    if (cloud.ok) await cloud.value.close();
  });

  test('opens a folder, an archive that is read in place and an unpacked one to the same labels', async () => {
    const host = reach.host();
    const files = deliveryFiles(reach.delivery);
    const place = path.join(reach.folder, 'archives');
    mkdirSync(place, { recursive: true });
    const tar = Buffer.concat([...files.map(([name, bytes]) => tarEntry(`batch/${name}`, bytes)), tarEnd]);
    const named = Object.fromEntries(files.map(([name, bytes]) => [`batch/${name}`, bytes]));
    writeFileSync(path.join(place, 'deflated.zip'), zipSync(named, { level: 6 }));
    writeFileSync(path.join(place, 'stored.zip'), zipSync(named, { level: 0 }));
    writeFileSync(path.join(place, 'plain.tar'), tar);
    writeFileSync(path.join(place, 'packed.tar.gz'), gzipSync(tar));
    const hashes = new Set<string>();
    for (const name of ['', 'deflated.zip', 'stored.zip', 'plain.tar', 'packed.tar.gz']) {
      const opened = await host.call('deliveries.open', {
        path: name === '' ? reach.delivery : path.join(place, name),
        sensorsPath: null,
      });
      expect([name, opened.counts.cuboids, opened.problems]).toEqual([name, smallFrames * carsPerFrame, []]);
      hashes.add((await host.call('deliveries.hash', { delivery: opened.delivery })).labelsHash);
    }
    expect(hashes.size).toBe(1);
    const sensors = path.join(place, 'sensors.zip');
    const clouds = files.filter(([name]) => name.startsWith('lidar/'));
    writeFileSync(sensors, zipSync(Object.fromEntries(clouds)));
    const labels = makeSmallDelivery(path.join(reach.folder, 'labels for an archive'));
    renameSync(path.join(labels, 'lidar'), path.join(reach.folder, 'lidar elsewhere'));
    const paired = await host.call('deliveries.open', { path: labels, sensorsPath: sensors });
    expect(paired.counts.frames).toBe(smallFrames);
  });

  test('refuses what is not listed, not there, or not open, each by its name', async () => {
    const host = reach.host();
    const open = (named: string) => host.call('deliveries.open', { path: named, sensorsPath: null });
    expect(await refusal(open('/etc'))).toBe('path-not-listed');
    expect(await refusal(open('/no/such/place'))).toBe('path-not-listed');
    expect(await refusal(open(path.join(reach.folder, 'absent')))).toBe('folder-missing');
    expect(await refusal(open('relative/path'))).toBe('path-not-absolute');
    expect(await refusal(open(`${reach.folder}/../../etc`))).toBe('path-not-listed');
    expect(await refusal(open(`${reach.folder}\0/x`))).toBe('path-not-absolute');
    const way = path.join(reach.folder, `way-out-${kind.replace(' ', '-')}`);
    symlinkSync('/etc', way);
    expect(await refusal(open(way))).toBe('path-not-listed');
    expect(await refusal(host.call('deliveries.hash', { delivery: 'nobody' }))).toBe('delivery-not-open');
    expect(await refusal(open(path.join(reach.folder, 'renderer')))).toBe('format-unknown');
  });

  test('lists folders inside the roots and no further', async () => {
    const host = reach.host();
    const listed = await host.call('folders.list', { path: reach.folder });
    expect(listed.parent).toBeNull();
    expect(listed.folders).toContain('batch 7 交付 #1');
    const inside = await host.call('folders.list', { path: path.join(reach.delivery, 'label') });
    expect(inside.parent).toBe(reach.delivery);
    expect(inside.files.map(({ name }) => name)).toContain('000000.json');
    expect(await refusal(host.call('folders.list', { path: '/' }))).toBe('path-not-listed');
  });

  test('settings are kept; a damaged file is set aside', async () => {
    const host = reach.host();
    const settings = await host.call('settings.read', {});
    await host.call('settings.write', { ...settings, theme: 'dark', views: { review: { split: 30 } } });
    expect(await host.call('settings.read', {})).toMatchObject({
      theme: 'dark',
      views: { review: { split: 30 } },
    });
    writeFileSync(reach.services.data.settings, '{"theme": ');
    expect((await host.call('settings.read', {})).theme).toBe('system');
  });

  test('says what it can do', async () => {
    const described = await reach.host().call('host.describe', {});
    expect(described.capabilities).toEqual({
      pickFolder: false,
      push: false,
      reveal: false,
      printPdf: false,
    });
    expect(Buffer.from(described.publicKey, 'base64')).toHaveLength(32);
    expect(await refusal(reach.host().call('host.pickFolder', { purpose: 'delivery' }))).toBe(
      'pick-not-possible',
    );
  });

  test('refuses methods and inputs that the contract does not have', async () => {
    const host = reach.host();
    const call = host.call as unknown as (method: string, input: unknown) => Promise<unknown>;
    expect(await refusal(call('constructor', {}))).toBe('method-unknown');
    expect(await refusal(call('deliveries.open', { path: 7 }))).toBe('call-input-invalid');
  });
});

describe.each(requestKinds)('bytes, %s', (kind) => {
  let reach: Reach;
  let delivery: string;
  beforeAll(async () => {
    reach = await reachHost(kind);
    ({ delivery } = await reach.host().call('deliveries.open', { path: reach.delivery, sensorsPath: null }));
  });
  afterAll(() => reach.close());

  const cloud = { root: 'delivery', path: 'lidar/000003.pcd' } as const;
  const onDisk = (): Buffer => readFileSync(path.join(reach.delivery, cloud.path));

  test('a file comes whole, with its length', async () => {
    const response = await reach.fetch(fileAddress(delivery, cloud));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('application/octet-stream');
    expect(Number(response.headers.get('content-length'))).toBe(onDisk().length);
    expect(Buffer.from(await response.arrayBuffer()).equals(onDisk())).toBe(true);
  });

  test.each([
    ['bytes=0-9', 0, 10],
    ['bytes=100-', 100, undefined],
    ['bytes=-25', -25, undefined],
    ['bytes=500-999999999', 500, undefined],
  ])('%s is answered with just that', async (range, from, to) => {
    const response = await reach.fetch(fileAddress(delivery, cloud), { headers: { range } });
    const expected = onDisk().subarray(from, to);
    expect(response.status).toBe(206);
    expect(Number(response.headers.get('content-length'))).toBe(expected.length);
    expect(response.headers.get('content-range')).toMatch(new RegExp(`/${onDisk().length}$`));
    expect(Buffer.from(await response.arrayBuffer()).equals(expected)).toBe(true);
  });

  test('a range past the end is refused, several ranges and nonsense are answered whole', async () => {
    const ask = (range: string) => reach.fetch(fileAddress(delivery, cloud), { headers: { range } });
    const past = await ask('bytes=99999999-');
    expect([past.status, past.headers.get('content-range')]).toEqual([416, `bytes */${onDisk().length}`]);
    for (const range of ['bytes=0-1,4-5', 'lines=1-2', 'bytes=9-1']) {
      const whole = await ask(range);
      expect([range, whole.status]).toEqual([range, 200]);
      await whole.body?.cancel();
    }
  });

  test('HEAD has the same headers and no body; an unchanged file is not sent again', async () => {
    const head = await reach.fetch(fileAddress(delivery, cloud), { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(Number(head.headers.get('content-length'))).toBe(onDisk().length);
    expect((await head.arrayBuffer()).byteLength).toBe(0);
    const etag = head.headers.get('etag')!;
    const same = await reach.fetch(fileAddress(delivery, cloud), { headers: { 'if-none-match': etag } });
    expect(same.status).toBe(304);
    const stale = await reach.fetch(fileAddress(delivery, cloud), {
      headers: { range: 'bytes=0-9', 'if-range': '"another"' },
    });
    expect(stale.status).toBe(200);
    await stale.body?.cancel();
  });

  test('the index can be read whole and in part', async () => {
    const whole = new Uint8Array(await (await reach.fetch(indexAddress(delivery))).arrayBuffer());
    const index = readIndexFile(whole);
    expect(index.ok && index.value.labels.cuboids.count).toBe(smallFrames * carsPerFrame);
    const part = await reach.fetch(indexAddress(delivery), { headers: { range: 'bytes=4-19' } });
    expect(new Uint8Array(await part.arrayBuffer())).toEqual(whole.slice(4, 20));
    expect((await reach.fetch(indexAddress('nobody'))).status).toBe(404);
  });

  test.each([
    ['an encoded slash', 'lidar%2f000003.pcd'],
    ['an encoded way up', '..%2f..%2fetc%2fpasswd'],
    ['a doubly encoded way up', '%252e%252e%252f%252e%252e%252fetc%252fpasswd'],
    ['a backslash', '..%5c..%5cetc%5cpasswd'],
    ['an absolute path', '%2fetc%2fpasswd'],
    ['an empty part', 'lidar//000003.pcd'],
    ['a NUL', 'lidar/000003.pcd%00.png'],
    ['a broken escape', 'lidar/%zz'],
    ['a folder', 'lidar'],
    ['nothing', ''],
    ['a name that is too long', 'x'.repeat(5000)],
  ])('%s leads nowhere', async (_title, suffix) => {
    const response = await reach.fetch(`./data/${delivery}/delivery/${suffix}`);
    expect([400, 403, 404, 500]).toContain(response.status);
    expect(await response.text()).toMatch(/"problem"/);
  });

  test.each([0, 6] as const)('files of a zip, level %i, come whole and by ranges', async (level) => {
    const archive = path.join(reach.folder, `served-${level}.zip`);
    const large = Buffer.alloc(5_000_000, 'a cloud that packs well ');
    const files = Object.fromEntries(deliveryFiles(reach.delivery));
    writeFileSync(archive, zipSync({ ...files, 'lidar/large.bin': large }, { level }));
    const opened = await reach.host().call('deliveries.open', { path: archive, sensorsPath: null });
    for (const [name, expected] of [
      [cloud.path, onDisk()],
      ['lidar/large.bin', large],
    ] as const) {
      const address = fileAddress(opened.delivery, { root: 'delivery', path: name });
      const whole = await reach.fetch(address);
      expect([whole.status, Number(whole.headers.get('content-length'))]).toEqual([200, expected.length]);
      expect(Buffer.from(await whole.arrayBuffer()).equals(expected)).toBe(true);
      const part = await reach.fetch(address, { headers: { range: 'bytes=900-1899' } });
      expect(part.status).toBe(206);
      expect(Buffer.from(await part.arrayBuffer()).equals(expected.subarray(900, 1900))).toBe(true);
      const etag = whole.headers.get('etag')!;
      expect((await reach.fetch(address, { headers: { 'if-none-match': etag } })).status).toBe(304);
    }
    const other = await reach.fetch(fileAddress(opened.delivery, { root: 'delivery', path: '../x' }));
    expect([403, 404]).toContain(other.status);
  });

  test('files of an archive that lies in a delivery come under its path', async () => {
    const folder = makeSmallDelivery(path.join(reach.folder, 'with parts'));
    writeFileSync(path.join(folder, 'part 1.zip'), zipSync({ 'clip/a.bin': onDisk() }));
    const opened = await reach.host().call('deliveries.open', { path: folder, sensorsPath: null });
    const file = { root: 'delivery', path: 'part 1.zip!/clip/a.bin' } as const;
    const response = await reach.fetch(fileAddress(opened.delivery, file), {
      headers: { range: 'bytes=0-99' },
    });
    expect(Buffer.from(await response.arrayBuffer()).equals(onDisk().subarray(0, 100))).toBe(true);
    const absent = { ...file, path: 'part 1.zip!/clip/b.bin' };
    expect((await reach.fetch(fileAddress(opened.delivery, absent))).status).toBe(404);
  });

  test('a file that changed or vanished since it was indexed is said to, and served again once it is opened anew', async () => {
    const folder = makeSmallDelivery(path.join(reach.folder, 'unquiet'));
    const opened = await reach.host().call('deliveries.open', { path: folder, sensorsPath: null });
    const address = fileAddress(opened.delivery, cloud);
    expect((await reach.fetch(address)).status).toBe(200);
    appendFileSync(path.join(folder, cloud.path), '1 2 3 4\n');
    const changed = await reach.fetch(address);
    expect([changed.status, await changed.json()]).toMatchObject([
      409,
      { problem: { code: 'file-changed' } },
    ]);
    rmSync(path.join(folder, 'lidar/000000.pcd'));
    const gone = await reach.fetch(fileAddress(opened.delivery, { ...cloud, path: 'lidar/000000.pcd' }));
    expect([gone.status, await gone.json()]).toMatchObject([404, { problem: { code: 'file-missing' } }]);
    const again = await reach.host().call('deliveries.open', { path: folder, sensorsPath: null });
    expect((await reach.fetch(fileAddress(again.delivery, cloud))).status).toBe(200);
    renameSync(folder, `${folder} moved`);
    const away = await reach.fetch(fileAddress(again.delivery, cloud));
    expect([away.status, await away.json()]).toMatchObject([404, { problem: { code: 'file-missing' } }]);
  });

  test('a link out of the delivery is refused, also when it was put there after opening', async () => {
    writeFileSync(path.join(reach.folder, 'secret.txt'), 'secret');
    symlinkSync(path.join(reach.folder, 'secret.txt'), path.join(reach.delivery, 'leak.pcd'));
    symlinkSync(reach.folder, path.join(reach.delivery, 'up'));
    for (const leak of ['leak.pcd', 'up/secret.txt']) {
      const response = await reach.fetch(`./data/${delivery}/delivery/${leak}`);
      expect([leak, response.status]).toEqual([leak, 403]);
      expect(await response.text()).not.toContain('secret\n');
    }
    const named = await reach.host().call('deliveries.open', { path: reach.delivery, sensorsPath: null });
    expect(named.problems.map(({ code, path: file }) => [code, file])).toEqual(
      expect.arrayContaining([['link-leaves-root', 'leak.pcd']]),
    );
  });

  test('a single file as a delivery opens nothing beside it', async () => {
    const single = await reach.host().call('deliveries.open', {
      path: path.join(reach.delivery, 'lidar/000000.pcd'),
      sensorsPath: null,
    });
    expect(single.counts.frames).toBe(1);
    const address = (name: string) => `./data/${single.delivery}/delivery/${name}`;
    const own = await reach.fetch(address('000000.pcd'));
    expect(own.status).toBe(200);
    await own.body?.cancel();
    expect((await reach.fetch(address('000001.pcd'))).status).toBe(404);
  });

  test('the sensor root is a root of its own', async () => {
    expect((await reach.fetch(`./data/${delivery}/sensors/lidar/000000.pcd`)).status).toBe(404);
    expect((await reach.fetch(`./data/${delivery}/elsewhere/lidar/000000.pcd`)).status).toBe(404);
  });

  test('every answer carries the policy; pages and hashed files are kept as they may be', async () => {
    const page = await reach.fetch('./');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    await page.text();
    const script = await reach.fetch('./assets/main-BcDeFgHi.js');
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect(script.headers.get('content-type')).toContain('text/javascript');
    await script.text();
    const missing = await reach.fetch('./no-such-file');
    expect(missing.status).toBe(404);
    for (const response of [page, script, missing]) {
      expect(response.headers.get('content-security-policy')).toBe(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' blob: data:; " +
          "font-src 'self'; connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; " +
          "frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default",
      );
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(response.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
    }
  });

  test('calls must be posted as JSON, of a size', async () => {
    expect((await reach.fetch('./call/host.describe')).status).toBe(405);
    const form = await reach.fetch('./call/host.describe', { method: 'POST', body: '{}' });
    expect(form.status).toBe(415);
    const headers = { 'content-type': 'application/json' };
    const large = await reach.fetch('./call/host.describe', {
      method: 'POST',
      headers,
      body: JSON.stringify({ filler: 'x'.repeat(17 * 1024 * 1024) }),
    });
    expect(large.status).toBe(413);
    const broken = await reach.fetch('./call/host.describe', { method: 'POST', headers, body: '{"a":' });
    expect(await broken.json()).toMatchObject({ problem: { code: 'call-input-invalid' } });
  });
});

/** Paths that stay inside, folders that are walked, handles that are bounded, documents that are replaced whole. */
import { createPublicKey, verify } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createArchiveShelf } from '../../../electron/services/archives/archiveShelf.ts';
import { compareOrder, parseOrder } from '../../../electron/services/audit/orderFile.ts';
import { isInside, resolveInside, safeSegments } from '../../../electron/services/confine.ts';
import { defaultHome } from '../../../electron/services/dataFolder.ts';
import { openDeviceKey, verifyEd25519 } from '../../../electron/services/deviceKey.ts';
import { openDiskFolder } from '../../../electron/services/diskFolder.ts';
import { createHandlePool } from '../../../electron/services/handlePool.ts';
import { jsonFile } from '../../../electron/services/jsonFile.ts';
import { createPlaces } from '../../../electron/services/places.ts';
import { sharedTurns } from '../../../electron/services/turns.ts';
import { walkFolder } from '../../../electron/services/walkFolder.ts';
import { parseByteRange } from '../../../electron/transports/byteRange.ts';
import { z } from '../../../shared/base/door.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { temporaryFolders } from './temporary.ts';

const freshFolder = temporaryFolders('files');

/** How many this process holds; always 0 on systems that do not say. */
function openHandles(): number {
  return existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0;
}

describe('paths', () => {
  test('segments are what they seem, or nothing', () => {
    expect(safeSegments('a/b c/%20#.pcd')).toEqual(['a', 'b c', '%20#.pcd']);
    for (const path of ['', '/', '/a', 'a/', 'a//b', '.', '..', 'a/../b', 'a/./b', 'a\\b', 'a\0', '..\\x']) {
      expect([path, safeSegments(path)]).toEqual([path, null]);
    }
  });

  test('inside means inside, not beginning alike', () => {
    expect(isInside('/data/batch', '/data/batch')).toBe(true);
    expect(isInside('/data/batch', '/data/batch/x')).toBe(true);
    expect(isInside('/data/batch', '/data/batch-2')).toBe(false);
    expect(isInside('/data/batch', '/data')).toBe(false);
    expect(isInside('/data/batch', '/data/batch/..x')).toBe(true);
    expect(isInside('/', '/etc')).toBe(true);
  });

  test('links are followed before they are judged', async () => {
    const root = freshFolder();
    const outside = freshFolder();
    writeFileSync(path.join(outside, 'x'), 'x');
    writeFileSync(path.join(root, 'own'), 'x');
    symlinkSync(path.join(outside, 'x'), path.join(root, 'out'));
    symlinkSync(path.join(root, 'own'), path.join(root, 'in'));
    expect(await resolveInside(root, 'in')).toEqual({ ok: true, value: path.join(root, 'own') });
    expect(await resolveInside(root, 'out')).toMatchObject({ problem: { code: 'path-outside-root' } });
    expect(await resolveInside(root, 'none')).toMatchObject({ problem: { code: 'file-missing' } });
  });

  test('places without roots are anywhere; a target may have to be made', async () => {
    const root = freshFolder();
    const anywhere = await createPlaces(null, '/');
    expect(await anywhere.existing('/etc')).toEqual({ ok: true, value: '/etc' });
    const listed = await createPlaces([root], '/');
    expect(await listed.target(path.join(root, 'new/deeper'))).toEqual({
      ok: true,
      value: path.join(root, 'new/deeper'),
    });
    symlinkSync('/var', path.join(root, 'away'));
    expect(await listed.target(path.join(root, 'away/new'))).toMatchObject({
      problem: { code: 'path-not-listed' },
    });
    expect(await listed.target(`${root}/../elsewhere`)).toMatchObject({
      problem: { code: 'path-not-listed' },
    });
  });

  test('the data folder is where each system keeps such things', () => {
    expect(defaultHome({ ASSAY_HOME: '/x' }, 'linux', '/home/lin')).toBe('/x');
    expect(defaultHome({}, 'linux', '/home/lin')).toBe('/home/lin/.local/share/assay');
    expect(defaultHome({ XDG_DATA_HOME: '/d' }, 'linux', '/home/lin')).toBe('/d/assay');
    expect(defaultHome({}, 'darwin', '/Users/lin')).toBe('/Users/lin/Library/Application Support/Assay');
  });
});

describe('folders', () => {
  test('are listed in code-unit order, rings of links and ways out included in what is said', async () => {
    const root = freshFolder();
    const outside = freshFolder();
    for (const name of ['b.txt', 'a/ü.txt', 'a/Z.txt', 'a b/#1 %20.txt', '帧/0.pcd']) {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
      writeFileSync(path.join(root, name), name);
    }
    symlinkSync(root, path.join(root, 'a/ring'));
    symlinkSync(outside, path.join(root, 'out'));
    symlinkSync(path.join(root, 'gone'), path.join(root, 'dangling'));
    symlinkSync(path.join(root, 'b.txt'), path.join(root, 'same.txt'));
    const { entries, problems } = await walkFolder(root);
    expect(entries.map(({ path: name }) => name)).toEqual(
      ['b.txt', 'a/ü.txt', 'a/Z.txt', 'a b/#1 %20.txt', '帧/0.pcd', 'same.txt'].sort(),
    );
    expect(problems.map(({ code, path: name }) => [name, code])).toEqual([
      ['a/ring', 'folder-link-skipped'],
      ['dangling', 'file-missing'],
      ['out', 'link-leaves-root'],
    ]);
  });

  test('give bytes by slice, as many files at once as anyone asks for', async () => {
    const root = freshFolder();
    const random = seededRandom(5);
    const files = Array.from({ length: 300 }, (_, at) => {
      const bytes = Buffer.from(Array.from({ length: 200 }, () => random.integer(0, 255)));
      writeFileSync(path.join(root, `${at}.bin`), bytes);
      return bytes;
    });
    const opened = await openDiskFolder(root, createArchiveShelf(path.join(root, 'cache')));
    if (!opened.ok) throw new Error(opened.problem.code);
    const folder = opened.value;
    const before = openHandles();
    await Promise.all(
      files.map(async (bytes, at) => {
        const source = await folder.open(`${at}.bin`);
        expect(source.length).toBe(200);
        const start = random.integer(0, 200);
        const end = random.integer(start, 260);
        expect(Buffer.from(await source.slice(start, end)).equals(bytes.subarray(start, end))).toBe(true);
      }),
    );
    expect(openHandles() - before).toBeLessThanOrEqual(64);
    await expect(folder.open('none.bin')).rejects.toMatchObject({ problem: { code: 'file-missing' } });
    await folder.close();
    expect(openHandles()).toBeLessThanOrEqual(before);
  });

  test('never open more than allowed, and forget a handle that failed', async () => {
    const file = path.join(freshFolder(), 'x');
    writeFileSync(file, 'x');
    const pool = createHandlePool(3);
    let inUse = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 40 }, (_, key) =>
        pool.withHandle(
          String(key),
          () => open(file),
          async () => {
            most = Math.max(most, ++inUse);
            await new Promise((resolve) => setImmediate(resolve));
            inUse--;
          },
        ),
      ),
    );
    expect(most).toBeGreaterThan(0);
    expect(most).toBeLessThanOrEqual(3);
    let opens = 0;
    const use = (fails: boolean) =>
      pool.withHandle(
        'same',
        () => {
          opens++;
          return open(file);
        },
        async () => {
          if (fails) throw new Error('gone');
        },
      );
    await use(false);
    await use(false);
    expect(opens).toBe(1);
    await expect(use(true)).rejects.toThrow('gone');
    await use(false);
    expect(opens).toBe(2);
    await pool.close();
  });
});

describe('documents', () => {
  test('are replaced whole, one write after the other', async () => {
    const file = path.join(freshFolder(), 'deep/settings.json');
    const document = jsonFile(
      file,
      z.object({ n: z.number() }),
      () => ({ n: 0 }),
      () => undefined,
    );
    expect(await document.read()).toEqual({ n: 0 });
    await Promise.all(Array.from({ length: 20 }, (_, n) => document.write({ n })));
    expect(await document.read()).toEqual({ n: 19 });
    expect(readdirSync(path.dirname(file))).toEqual(['settings.json']);
  });

  test('are set aside when damaged, and said to be', async () => {
    const folder = freshFolder();
    const file = path.join(folder, 'settings.json');
    writeFileSync(file, '{"n": "seven"}');
    const said: string[] = [];
    const document = jsonFile(
      file,
      z.object({ n: z.number() }),
      () => ({ n: 0 }),
      (line) => said.push(line),
    );
    expect(await document.read()).toEqual({ n: 0 });
    expect(said).toHaveLength(1);
    const [aside] = readdirSync(folder);
    expect(readFileSync(path.join(folder, aside!), 'utf8')).toBe('{"n": "seven"}');
  });

  test('turns are taken in order, also after one that failed', async () => {
    const turns = sharedTurns();
    const order: number[] = [];
    const work = (n: number) => async () => {
      await new Promise((resolve) => setImmediate(resolve));
      order.push(n);
      if (n === 1) throw new Error('one');
    };
    const all = [0, 1, 2].map((n) => turns.take('same', work(n)));
    await expect(all[1]).rejects.toThrow('one');
    await all[2];
    expect(order).toEqual([0, 1, 2]);
  });
});

describe('the device key', () => {
  test('is made once, for its owner only, also by two at once', async () => {
    const file = path.join(freshFolder(), 'home/device-key.pem');
    const [first, second] = await Promise.all([openDeviceKey(file), openDeviceKey(file)]);
    expect(first.publicKey).toBe(second.publicKey);
    expect((await openDeviceKey(file)).publicKey).toBe(first.publicKey);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(path.dirname(file))).toEqual(['device-key.pem']);
  });

  test('signs what Node itself verifies, and nothing else verifies', async () => {
    const key = await openDeviceKey(path.join(freshFolder(), 'key.pem'));
    const message = Buffer.from('the lot is accepted');
    const signature = key.sign(message);
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key.publicKey, 'base64').toString('base64url') };
    const nodeKey = createPublicKey({ key: jwk, format: 'jwk' });
    expect(verify(null, message, nodeKey, Buffer.from(signature, 'base64'))).toBe(true);
    expect(verifyEd25519(key.publicKey, message, signature)).toBe(true);
    expect(verifyEd25519(key.publicKey, Buffer.from('the lot is refused'), signature)).toBe(false);
    for (const broken of ['', 'AAAA', key.publicKey.slice(4)]) {
      expect(verifyEd25519(broken, message, signature)).toBe(false);
      expect(verifyEd25519(key.publicKey, message, broken)).toBe(false);
    }
  });
});

describe('ranges', () => {
  test('agree with taking the bytes by hand', () => {
    const random = seededRandom(9);
    for (let round = 0; round < 2000; round++) {
      const size = random.integer(0, 30);
      const first = random.integer(0, 35);
      const last = random.integer(0, 35);
      const all = Array.from({ length: size }, (_, at) => at);
      const cases: [string, number[]][] = [
        [`bytes=${first}-`, all.slice(first)],
        [`bytes=-${last}`, last === 0 ? [] : all.slice(-last)],
        ...(last >= first
          ? [[`bytes=${first}-${last}`, all.slice(first, last + 1)] as [string, number[]]]
          : []),
      ];
      for (const [header, expected] of cases) {
        const range = parseByteRange(header, size);
        const taken = range.kind === 'part' ? all.slice(range.start, range.end) : [];
        expect([header, size, taken]).toEqual([header, size, expected]);
        expect(range.kind).toBe(expected.length > 0 ? 'part' : 'unsatisfiable');
      }
    }
    for (const header of [
      null,
      '',
      'bytes=',
      'bytes=-',
      'bytes=a-b',
      'bytes=1-2,3-4',
      'bytes=5-2',
      'items=0-1',
    ]) {
      expect(parseByteRange(header, 10)).toEqual({ kind: 'whole' });
    }
  });
});

describe('order files', () => {
  const delivery = {
    scenes: [
      { id: 's1', frameStart: 0, frameCount: 2 },
      { id: 's2', frameStart: 2, frameCount: 1 },
    ],
    frames: ['s1/0', 's1/1', 's2/0'].map((id, at) => ({
      id,
      scene: at < 2 ? 0 : 1,
      index: at % 2,
      timestampNanos: null,
      space: 'lidar',
      sweeps: [],
      images: [],
    })),
    frameIds: ['s1/0', 's1/1', 's2/0'],
  };

  test.each([
    ['text', '# asked for\ns1\r\ns3\n\n', ['s3'], ['s2/0']],
    ['CSV', '"s1","two frames"\n"s2",x\n', [], []],
    ['an array', '["s1/0", "s2"]', [], ['s1/1']],
    ['an object', '{"scenes":[{"id":"s1","frames":3},{"id":"s2","frames":1}]}', ['s1 (2 of 3)'], []],
  ])('as %s say what is missing and what nobody ordered', (_kind, text, missing, unexpected) => {
    const order = parseOrder(text, 'order');
    if (!order.ok) throw new Error(order.problem.code);
    expect(compareOrder('order', order.value, delivery).data).toEqual({
      order: 'order',
      missing,
      unexpected,
    });
  });

  test('are refused when they list nothing', () => {
    for (const text of ['', '#\n', '[1,2]', '{"scenes":7}', '[]']) {
      expect(parseOrder(text, 'order')).toMatchObject({ ok: false, problem: { code: 'order-unreadable' } });
    }
  });
});

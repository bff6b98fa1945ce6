/** Deliveries that come as archives: unpacked as other programs packed them, and never out of their place. */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { unpacked } from '../../../electron/workers/archives/unpackArchive.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { makeSmallDelivery } from '../../support/smallDelivery.ts';
import { temporaryFolders } from './temporary.ts';

const freshFolder = temporaryFolders('archives');
const context = { signal: new AbortController().signal, onProgress: () => undefined, codeHash: 'test' };

/** Path and content of every file below a folder. */
function filesOf(folder: string): Record<string, string> {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  const named = found.map(({ parentPath, name }) => path.join(parentPath, name));
  return Object.fromEntries(
    named.sort().map((file) => [path.relative(folder, file), readFileSync(file).toString('base64')]),
  );
}

async function unpackBytes(name: string, bytes: Uint8Array) {
  const folder = freshFolder();
  const archive = path.join(folder, name);
  writeFileSync(archive, bytes);
  return { cache: path.join(folder, 'cache'), ...(await run(archive, path.join(folder, 'cache'))) };
}

async function run(archive: string, cache: string) {
  const answer = await unpacked(archive, cache, context);
  return {
    code: answer.ok ? null : answer.problem.code,
    folder: answer.ok ? answer.value.folder : '',
    problems: answer.ok ? answer.value.problems.map(({ code, path: file }) => `${code} ${file}`) : [],
  };
}

/** One ustar entry. */
function tarEntry(name: string, content: Uint8Array, type = '0', stated = content.length): Uint8Array {
  const header = Buffer.alloc(512);
  header.write(name, 0, 100, 'utf8');
  header.write('0000644\0', 100);
  header.write(`${stated.toString(8).padStart(11, '0')}\0`, 124);
  header.write('        ', 148);
  header.write(type, 156);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return Buffer.concat([header, content, Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

const tarEnd = Buffer.alloc(1024);

describe('archives', () => {
  test.each([
    ['tar', ['-cf', 'batch.tar']],
    ['tar.gz', ['-czf', 'batch.tar.gz']],
    ['tar of GNU', ['--format=gnu', '-cf', 'batch.tar']],
    ['tar of POSIX', ['--format=posix', '-cf', 'batch.tar']],
  ])('%s as the system packs it', async (_kind, args) => {
    const folder = freshFolder();
    const deep = `批次/${'very-long-folder-name/'.repeat(8)}`;
    const delivery = makeSmallDelivery(path.join(folder, 'batch', deep));
    const packed = spawnSync('tar', [...args, 'batch'], { cwd: folder });
    expect(packed.status).toBe(0);
    const answer = await run(path.join(folder, args.at(-1)!), path.join(folder, 'cache'));
    expect(answer.problems).toEqual([]);
    expect(filesOf(answer.folder)).toEqual(filesOf(delivery));
    // The second time it is there.
    expect(await run(path.join(folder, args.at(-1)!), path.join(folder, 'cache'))).toEqual(answer);
  });

  test.each([0, 6] as const)('zip, level %i, with names in Chinese and of one folder', async (level) => {
    const files = {
      'delivery/label/000000.json': strToU8('[]'),
      'delivery/帧/点云 #1.pcd': new Uint8Array(3_000_000).map((_, at) => (at * 7) % 251),
      '__MACOSX/delivery/x': strToU8('noise'),
    };
    const answer = await unpackBytes('batch.zip', zipSync(files, { level }));
    expect(answer.problems).toEqual([]);
    expect(Object.keys(filesOf(answer.folder))).toEqual(['label/000000.json', '帧/点云 #1.pcd']);
    expect(
      readFileSync(path.join(answer.folder, '帧/点云 #1.pcd')).equals(files['delivery/帧/点云 #1.pcd']),
    ).toBe(true);
  });

  test('a folder and a file of another kind are left as they are', async () => {
    const folder = freshFolder();
    expect((await run(folder, path.join(folder, 'cache'))).folder).toBe(folder);
    writeFileSync(path.join(folder, 'a.pcd'), '# .PCD v0.7');
    expect((await run(path.join(folder, 'a.pcd'), folder)).folder).toBe(path.join(folder, 'a.pcd'));
  });

  test.each([
    ['../../evil', 'zip'],
    ['/etc/evil', 'zip'],
    ['a\\..\\..\\evil', 'zip'],
    ['../evil', 'tar'],
    ['/etc/evil', 'tar'],
  ])('with %s in a %s are refused whole', async (name, kind) => {
    const bytes =
      kind === 'zip'
        ? zipSync({ 'good.txt': strToU8('x'), [name]: strToU8('x') })
        : Buffer.concat([tarEntry('good.txt', strToU8('x')), tarEntry(name, strToU8('x')), tarEnd]);
    const answer = await unpackBytes(`bad.${kind}`, bytes);
    expect(answer.code).toBe('archive-path-unsafe');
    expect(readdirSync(path.join(answer.cache, 'archives'))).toEqual([]);
  });

  test('links and devices in a tar are left out', async () => {
    const link = Buffer.from(tarEntry('link', new Uint8Array(0), '2'));
    const device = tarEntry('device', new Uint8Array(0), '3');
    const answer = await unpackBytes(
      'links.tar',
      Buffer.concat([tarEntry('a/b.txt', strToU8('x')), link, device, tarEnd]),
    );
    expect(Object.keys(filesOf(answer.folder))).toEqual(['b.txt']);
  });

  test('that grow a thousandfold are refused', async () => {
    const zeros = new Uint8Array(80 * 1024 * 1024);
    expect((await unpackBytes('bomb.zip', zipSync({ 'zeros.bin': zeros }))).code).toBe('archive-too-large');
    const tar = gzipSync(Buffer.concat([tarEntry('zeros.bin', zeros), tarEnd]));
    expect((await unpackBytes('bomb.tar.gz', tar)).code).toBe('archive-too-large');
  });

  test('a zip whose entry lies about its size or content loses that entry only', async () => {
    const content = Buffer.from('the first label file, long enough to be packed, packed, packed, packed');
    const bytes = Buffer.from(zipSync({ 'a.json': content, 'b.json': strToU8('[]') }, { level: 0 }));
    bytes[bytes.indexOf('first')]! ^= 1;
    const answer = await unpackBytes('changed.zip', bytes);
    expect(answer.problems).toEqual(['archive-file-damaged a.json']);
    expect(Object.keys(filesOf(answer.folder))).toEqual(['b.json']);
    const small = Buffer.from(zipSync({ 'a.json': Buffer.alloc(50_000, 65), 'b.json': strToU8('[]') }));
    const central = small.indexOf(Buffer.from('PK\x01\x02', 'latin1'));
    small.writeUInt32LE(10, central + 24);
    expect((await unpackBytes('grows.zip', small)).problems).toEqual(['archive-file-damaged a.json']);
  });

  test('cut off or changed anywhere never throw and never leave their place', async () => {
    const random = seededRandom(17);
    const zip = zipSync({ 'label/a.json': Buffer.alloc(900, 66), 'b.json': strToU8('[1, 2, 3]') });
    const tar = Buffer.concat([
      tarEntry('label/a.json', Buffer.alloc(900, 66)),
      tarEntry('b.json', strToU8('[1]')),
      tarEnd,
    ]);
    for (const [name, whole] of [
      ['a.zip', zip],
      ['a.tar', tar],
      ['a.tar.gz', gzipSync(tar)],
    ] as const) {
      for (let round = 0; round < 60; round++) {
        const bytes = Buffer.from(
          round % 2 === 0 ? whole.subarray(0, random.integer(600, whole.length - 1)) : whole,
        );
        if (round % 2 === 1) bytes[random.integer(0, bytes.length - 1)]! ^= 1 << random.integer(0, 7);
        const answer = await unpackBytes(name, bytes);
        expect(['archive-damaged', 'archive-too-large', 'archive-path-unsafe', null]).toContain(answer.code);
      }
    }
  });
});

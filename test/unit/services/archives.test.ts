/** Archives read in place: as other programs packed them, by ranges, and never out of their place. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { createArchiveShelf } from '../../../electron/services/archives/archiveShelf.ts';
import { type DiskFolder, openDiskFolder } from '../../../electron/services/diskFolder.ts';
import { ProblemError } from '../../../shared/base/problem.ts';
import { patchedZip, storedZip, tarEnd, tarEntry, zip64Of } from '../../support/archiveFixture.ts';
import { seededRandom } from '../../support/seededRandom.ts';
import { makeSmallDelivery } from '../../support/smallDelivery.ts';
import { temporaryFolders } from './temporary.ts';

const freshFolder = temporaryFolders('archives');

async function openNamed(named: string, cache: string) {
  const opened = await openDiskFolder(named, createArchiveShelf(cache));
  if (!opened.ok) return { code: opened.problem.code, folder: null, problems: [] };
  const problems = opened.value.problems.map(({ code, path: file }) => `${code} ${file}`);
  return { code: null, folder: opened.value, problems };
}

async function openBytes(name: string, bytes: Uint8Array) {
  const place = freshFolder();
  writeFileSync(path.join(place, name), bytes);
  const cache = path.join(place, 'cache');
  return { cache, file: path.join(place, name), ...(await openNamed(path.join(place, name), cache)) };
}

/** Path and content of everything a folder lists, or the code of the problem in the place of content. */
async function contentsOf(folder: DiskFolder): Promise<Record<string, string>> {
  const contents: Record<string, string> = {};
  for (const { path: name, size } of folder.entries) {
    try {
      const source = await folder.open(name);
      expect(source.length).toBe(size);
      contents[name] = digest(await source.slice(0, size));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      contents[name] = error.problem.code;
    }
  }
  await folder.close();
  return contents;
}

/** The same of a folder of the disk, read without our code. */
function filesOf(root: string): Record<string, string> {
  const names = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(path.join(root, name)).isFile(),
  );
  return Object.fromEntries(names.sort().map((name) => [name, digest(readFileSync(path.join(root, name)))]));
}

function digest(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 12);
}

const noise = (bytes: number, seed = 3): Uint8Array => {
  const random = seededRandom(seed);
  return Uint8Array.from({ length: bytes }, () => random.integer(0, 255));
};

describe('an archive in the place of a folder', () => {
  const kinds: [string, string, string[]][] = [
    ['tar', 'tar', ['-cf', 'batch.tar', 'batch']],
    ['tar.gz', 'tar', ['-czf', 'batch.tgz', 'batch']],
    ['tar of GNU', 'tar', ['--format=gnu', '-cf', 'batch.tar', 'batch']],
    ['tar of POSIX', 'tar', ['--format=posix', '-cf', 'batch.tar', 'batch']],
    ['zip of Python', 'python3', ['-m', 'zipfile', '-c', 'batch.zip', 'batch']],
  ];

  test.each(kinds)('%s as the system packs it', async (_kind, program, args) => {
    const place = freshFolder();
    const deep = `批次/${'very-long-folder-name/'.repeat(8)}`;
    const delivery = makeSmallDelivery(path.join(place, 'batch', deep));
    expect(spawnSync(program, args, { cwd: place }).status).toBe(0);
    const archive = path.join(place, args.find((word) => word.startsWith('batch.'))!);
    const answer = await openNamed(archive, path.join(place, 'cache'));
    expect(answer.problems).toEqual([]);
    expect(await contentsOf(answer.folder!)).toEqual(filesOf(delivery));
    // Only what cannot be read by ranges was written anywhere.
    const isUnpacked = args.includes('-czf');
    expect(readdirSync(place).includes('cache')).toBe(isUnpacked);
  });

  test.each([0, 6] as const)('zip, level %i: names in Chinese, ranges, the only folder', async (level) => {
    const cloud = noise(900_000);
    const files = {
      'delivery/label/000000.json': strToU8('[]'),
      'delivery/帧/点云 #1.pcd': cloud,
      'delivery/帧/空.pcd': new Uint8Array(0),
      '__MACOSX/delivery/x': strToU8('noise'),
    };
    const { folder, problems } = await openBytes('batch.zip', zipSync(files, { level }));
    expect(problems).toEqual([]);
    expect(folder!.entries.map((entry) => [entry.path, entry.size])).toEqual([
      ['label/000000.json', 2],
      ['帧/点云 #1.pcd', cloud.length],
      ['帧/空.pcd', 0],
    ]);
    const source = await folder!.open('帧/点云 #1.pcd');
    const random = seededRandom(level);
    for (let round = 0; round < 50; round++) {
      const start = random.integer(0, cloud.length);
      const end = start + random.integer(0, 5000);
      expect(digest(await source.slice(start, end))).toBe(digest(cloud.subarray(start, end)));
    }
    await expect(folder!.open('__MACOSX/delivery/x')).rejects.toMatchObject({
      problem: { code: 'file-missing' },
    });
    await folder!.close();
  });

  test('a large deflated file is inflated once, into the cache, and read by ranges there', async () => {
    const large = Buffer.concat([noise(2_500_000), Buffer.alloc(2_500_000, 7), noise(100, 9)]);
    const { folder, cache, file } = await openBytes(
      'large.zip',
      zipSync({ 'a/large.bin': large, 'a/b': noise(9) }),
    );
    const source = await folder!.open('large.bin');
    expect(digest(await source.slice(4_999_990, 5_000_050))).toBe(
      digest(large.subarray(4_999_990, 5_000_050)),
    );
    const [name] = readdirSync(path.join(cache, 'inflated'));
    expect(readFileSync(path.join(cache, 'inflated', name!)).equals(large)).toBe(true);
    const before = statSync(path.join(cache, 'inflated', name!)).ino;
    const again = await openNamed(file, cache);
    await (await again.folder!.open('large.bin')).slice(0, 10);
    expect(statSync(path.join(cache, 'inflated', name!)).ino).toBe(before);
    await folder!.close();
    await again.folder!.close();
  });

  test('zip64, data descriptors, and an archive behind a program are read', async () => {
    const content = noise(3000);
    const wide = await openBytes('wide.zip', zip64Of('a/cloud.bin', content));
    expect(wide.folder!.entries.map((entry) => entry.path)).toEqual(['cloud.bin']);
    expect(await contentsOf(wide.folder!)).toEqual({ 'cloud.bin': digest(content) });
    const place = freshFolder();
    const script =
      "import sys,zipfile\nclass S:\n  def __init__(s): s.f=open('streamed.zip','wb')\n  def write(s,b): return s.f.write(b)\n  def flush(s): s.f.flush()\nwith zipfile.ZipFile(S(),'w',zipfile.ZIP_DEFLATED) as z:\n  z.writestr('d/a.json','[1,2,3]'*99)\n  z.writestr('d/b.json','[]')\n";
    expect(spawnSync('python3', ['-c', script], { cwd: place }).status).toBe(0);
    const streamed = await openNamed(path.join(place, 'streamed.zip'), path.join(place, 'cache'));
    expect(await contentsOf(streamed.folder!)).toEqual({
      'a.json': digest(strToU8('[1,2,3]'.repeat(99))),
      'b.json': digest(strToU8('[]')),
    });
    const shifted = await openBytes(
      'program.zip',
      Buffer.concat([
        Buffer.from('PK\x03\x04 not one of its files'),
        storedZip([{ name: 'a/x.bin', content }]),
      ]),
    );
    expect(await contentsOf(shifted.folder!)).toEqual({ 'x.bin': digest(content) });
  });

  test('a folder, a file of another kind and a gzip of no tar are left as they are', async () => {
    const place = freshFolder();
    const cache = path.join(place, '.cache');
    writeFileSync(path.join(place, 'a.pcd'), '# .PCD v0.7');
    writeFileSync(path.join(place, 'b.pkl.gz'), gzipSync(noise(2000)));
    expect((await openNamed(place, cache)).folder!.entries.map((entry) => entry.path)).toEqual([
      'a.pcd',
      'b.pkl.gz',
    ]);
    for (const name of ['a.pcd', 'b.pkl.gz']) {
      expect((await openNamed(path.join(place, name), cache)).folder).toMatchObject({
        root: place,
        onlyFile: name,
      });
    }
  });

  test('an archive that changes while it is open says so', async () => {
    const { folder, file } = await openBytes('a.zip', storedZip([{ name: 'a/x.bin', content: noise(50) }]));
    utimesSync(file, new Date(), new Date(0));
    await expect(folder!.open('x.bin')).rejects.toMatchObject({
      problem: { code: 'file-changed', path: 'x.bin' },
    });
    await folder!.close();
  });
});

describe('hostile archives', () => {
  const unsafe = ['../../evil', '/etc/evil', 'C:/evil', 'a\\..\\..\\evil', 'a/./b', 'a//b', 'x\0.bin'];

  test.each(['zip', 'tar', 'tar.gz'])('%s: names that lead out are refused one by one', async (kind) => {
    const names = kind === 'zip' ? unsafe : unsafe.filter((name) => !name.includes('\0'));
    const files = [...names, 'good/x.json'].map((name) => ({ name, content: strToU8('x') }));
    const tar = Buffer.concat([...files.map(({ name, content }) => tarEntry(name, content)), tarEnd]);
    const bytes = kind === 'zip' ? storedZip(files) : kind === 'tar' ? tar : gzipSync(tar);
    const { folder, problems, file } = await openBytes(`bad.${kind}`, bytes);
    expect(folder!.entries.map((entry) => entry.path)).toEqual(['x.json']);
    expect(problems).toHaveLength(names.length);
    for (const problem of problems) expect(problem).toMatch(/^archive-path-unsafe /);
    const around = readdirSync(path.dirname(path.dirname(file)), { recursive: true, encoding: 'utf8' });
    expect(around.filter((name) => name.endsWith('evil'))).toEqual([]);
    await folder!.close();
  });

  test('links, devices, holes, encrypted files and foreign packing are named and left out', async () => {
    const tar = Buffer.concat([
      tarEntry('a/b.txt', strToU8('x')),
      ...['1', '2', '3', '4', '6', 'S'].map((type) => tarEntry(`a/type-${type}`, new Uint8Array(0), type)),
      tarEnd,
    ]);
    const inTar = await openBytes('links.tar', tar);
    expect(inTar.folder!.entries.map((entry) => entry.path)).toEqual(['b.txt']);
    expect(inTar.problems).toEqual([
      ...['1', '2', '3', '4', '6'].map((type) => `archive-not-a-file a/type-${type}`),
      'archive-file-not-readable a/type-S',
    ]);
    const content = strToU8('secret');
    const inZip = await openBytes(
      'mixed.zip',
      storedZip([
        { name: 'a/link', content, mode: 0o120777 },
        { name: 'a/encrypted', content, flags: 1 },
        { name: 'a/strongly', content, flags: 0x41 },
        { name: 'a/lzma', content, method: 14 },
        { name: 'a/good', content },
      ]),
    );
    expect(inZip.folder!.entries.map((entry) => entry.path)).toEqual(['good']);
    expect(inZip.problems).toEqual([
      'archive-not-a-file a/link',
      'archive-file-not-readable a/encrypted',
      'archive-file-not-readable a/strongly',
      'archive-file-not-readable a/lzma',
    ]);
    await inTar.folder!.close();
    await inZip.folder!.close();
  });

  test.each(['zip', 'tar', 'tar.gz'])('%s: a name twice, and names that differ in case', async (kind) => {
    const files = ['d/a.json', 'd/A.json', 'd/b.json', 'd/b.json'].map((name, at) => ({
      name,
      content: strToU8(`${at}`),
    }));
    const tar = Buffer.concat([...files.map(({ name, content }) => tarEntry(name, content)), tarEnd]);
    const bytes = kind === 'zip' ? storedZip(files) : kind === 'tar' ? tar : gzipSync(tar);
    const { folder, problems } = await openBytes(`twice.${kind}`, bytes);
    expect(problems).toContain('archive-name-twice d/b.json');
    expect(problems).toContain('names-differ-in-case d/a.json');
    expect(await contentsOf(folder!)).toEqual({
      'A.json': digest(strToU8('1')),
      'a.json': digest(strToU8('0')),
      'b.json': digest(strToU8('3')),
    });
  });

  test('what grows a thousandfold is left out of a zip and refuses a tar.gz', async () => {
    const zeros = new Uint8Array(80 * 1024 * 1024);
    const zip = await openBytes('bomb.zip', zipSync({ 'd/zeros.bin': zeros, 'd/good.json': strToU8('[]') }));
    expect(zip.problems).toEqual(['archive-file-too-large d/zeros.bin']);
    expect(zip.folder!.entries.map((entry) => entry.path)).toEqual(['good.json']);
    const tar = gzipSync(Buffer.concat([tarEntry('zeros.bin', zeros), tarEnd]));
    const packed = await openBytes('bomb.tar.gz', tar);
    expect(packed.code).toBe('archive-too-large');
    expect(readdirSync(path.join(packed.cache, 'archives'))).toEqual([]);
    await zip.folder!.close();
  });

  test('files that share their bytes, or reach into the directory, cannot be read', async () => {
    const content = noise(500);
    const shared = storedZip([
      { name: 'a', content },
      { name: 'b', content, at: 0 },
      { name: 'c', content, statedBytes: 5_000_000 },
    ]);
    const { folder, problems } = await openBytes('shared.zip', shared);
    expect(folder!.entries.map((entry) => entry.path)).toEqual(['a']);
    expect(problems).toEqual(['archive-file-not-readable b', 'archive-file-not-readable c']);
    await folder!.close();
  });

  test('a zip whose entry lies about its size or content loses that entry only', async () => {
    const content = Buffer.from('the first label file, long enough to be packed, packed, packed, packed');
    const files = { 'a.json': content, 'b.json': strToU8('[]') };
    const bytes = Buffer.from(zipSync(files, { level: 6 }));
    bytes[bytes.indexOf('a.json') + 10]! ^= 1;
    const changed = await contentsOf((await openBytes('changed.zip', bytes)).folder!);
    expect(changed).toEqual({ 'a.json': 'archive-file-damaged', 'b.json': digest(files['b.json']) });
    const small = patchedZip(
      zipSync({ 'a.json': Buffer.alloc(50_000, 65), 'b.json': strToU8('[]') }),
      24,
      10,
    );
    expect(await contentsOf((await openBytes('grows.zip', small)).folder!)).toMatchObject({
      'a.json': 'archive-file-damaged',
    });
  });

  test('a stored file whose bytes are not what the archive states is found out by who reads it whole', async () => {
    const bytes = Buffer.from(storedZip([{ name: 'd/a.json', content: strToU8('[1, 2, 3]') }]));
    bytes[bytes.indexOf('[1, 2')]! ^= 1;
    const { folder } = await openBytes('stored.zip', bytes);
    const opened = await folder!.openOnce('a.json');
    const drain = async (): Promise<void> => {
      for await (const _ of opened.stream());
    };
    await expect(drain()).rejects.toMatchObject({
      problem: { code: 'archive-file-damaged', path: 'a.json' },
    });
    await opened.close();
    await folder!.close();
  });

  test('cut off or changed anywhere never throw and never leave their place', async () => {
    const random = seededRandom(17);
    const zip = zipSync({ 'label/a.json': Buffer.alloc(900, 66), 'b.json': strToU8('[1, 2, 3]') });
    const tar = Buffer.concat([
      tarEntry('label/a.json', Buffer.alloc(900, 66)),
      tarEntry('b.json', strToU8('[1]')),
      tarEnd,
    ]);
    const wholes = {
      'a.zip': zip,
      'a.tar': tar,
      'a.tar.gz': gzipSync(tar),
      'b.zip': zip64Of('a', noise(99)),
    };
    const seen = new Set<string | null>();
    for (const [name, whole] of Object.entries(wholes)) {
      for (let round = 0; round < 80; round++) {
        const isCut = round % 2 === 0;
        const bytes = Buffer.from(isCut ? whole.subarray(0, random.integer(4, whole.length - 1)) : whole);
        if (!isCut) bytes[random.integer(0, bytes.length - 1)]! ^= 1 << random.integer(0, 7);
        const { code, folder } = await openBytes(name, bytes);
        seen.add(code);
        if (folder !== null) await contentsOf(folder);
      }
    }
    // Null: some of it could still be read, or what is left is no archive any more.
    const expected = ['archive-damaged', 'archive-in-parts', 'archive-too-large', null];
    expect([...seen].filter((code) => !expected.includes(code))).toEqual([]);
    expect(seen.size).toBeGreaterThan(1);
  });
});

describe('archives inside a folder', () => {
  test('are listed and read under their own path, in one another too', async () => {
    const place = freshFolder();
    mkdirSync(path.join(place, 'lidar'));
    mkdirSync(path.join(place, 'odd.zip!'));
    writeFileSync(path.join(place, 'odd.zip!/plain.txt'), 'a folder of that name');
    const sweep = noise(4000);
    const inner = storedZip([{ name: 'clip/sweep.bin', content: sweep }]);
    const zip = zipSync({ 'clip-0001.parquet': sweep, 'inner.zip': [inner, { level: 0 }] }, { level: 6 });
    writeFileSync(path.join(place, 'lidar/chunk_0000.zip'), zip);
    writeFileSync(
      path.join(place, 'lidar/part.tgz'),
      gzipSync(Buffer.concat([tarEntry('s/x.bin', sweep), tarEnd])),
    );
    writeFileSync(path.join(place, 'lidar/none.zip'), 'nothing of the kind');
    const { folder } = await openNamed(place, path.join(place, '.cache'));
    const chunk = await folder!.openArchive!('lidar/chunk_0000.zip');
    expect(chunk.entries.map((entry) => entry.path)).toEqual([
      'lidar/chunk_0000.zip!/clip-0001.parquet',
      'lidar/chunk_0000.zip!/inner.zip',
    ]);
    const nested = await folder!.openArchive!('lidar/chunk_0000.zip!/inner.zip');
    const part = await folder!.openArchive!('lidar/part.tgz');
    for (const { path: name } of [chunk.entries[0]!, ...nested.entries, ...part.entries]) {
      const source = await folder!.open(name);
      expect([name, digest(await source.slice(0, source.length))]).toEqual([name, digest(sweep)]);
    }
    expect((await folder!.open('odd.zip!/plain.txt')).length).toBe(21);
    const refused = async (work: Promise<unknown>) =>
      ((await work.catch((error: unknown) => error)) as ProblemError).problem.code;
    expect(await refused(folder!.openArchive!('lidar/none.zip'))).toBe('archive-not-known');
    expect(await refused(folder!.openArchive!('lidar/absent.zip'))).toBe('file-missing');
    expect(await refused(folder!.open('lidar/chunk_0000.zip!/../../x'))).toBe('path-outside-root');
    expect(await refused(folder!.open('lidar/chunk_0000.zip!/absent'))).toBe('file-missing');
    await folder!.close();
  });
});

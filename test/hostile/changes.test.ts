/** Files that vanish, shrink, grow or become links between the list and the reading. */
import { appendFileSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createArchiveShelf } from '../../electron/services/archives/archiveShelf.ts';
import { type DiskFolder, openDiskFolder } from '../../electron/services/diskFolder.ts';
import { freshBuffers } from '../../shared/readers/clouds/bufferPool.ts';
import { readPoints } from '../../shared/readers/clouds/readPoints.ts';
import { openDelivery } from '../../shared/readers/openDelivery.ts';
import { packagedCodecs, sustech } from './healthy.ts';
import { layOut, SECRET } from './openCase.ts';

let room: string;
let root: string;
let folder: DiskFolder;

beforeEach(async () => {
  room = mkdtempSync(path.join(os.tmpdir(), 'assay-changes-'));
  root = layOut(room, { name: 'sound', files: sustech(), expected: [], loads: null }).delivery;
  const opened = await openDiskFolder(root, createArchiveShelf(path.join(room, 'cache')));
  if (!opened.ok) throw new Error(opened.problem.code);
  folder = opened.value;
});
afterEach(async () => {
  await folder.close();
  rmSync(room, { recursive: true, force: true });
});

const changes: Readonly<Record<string, [(file: string) => void, string]>> = {
  vanishes: [(file) => rmSync(file), 'file-missing'],
  shrinks: [(file) => truncateSync(file, 10), 'file-changed'],
  grows: [(file) => appendFileSync(file, 'more'), 'file-changed'],
  'is written anew': [(file) => writeFileSync(file, 'x'), 'file-changed'],
  'becomes a link out': [
    (file) => {
      rmSync(file);
      symlinkSync('../../canary/secret.bin', file);
    },
    'path-outside-root',
  ],
};

describe.each(Object.entries(changes))('a file that %s', (_, [change, code]) => {
  test('as labels: one problem, the other frame loads', async () => {
    change(path.join(root, 'label/000001.json'));
    const opened = await openDelivery(folder);
    if (!opened.ok) throw new Error(opened.problem.code);
    const { delivery, labels, problems } = opened.value;
    expect(problems.map((problem) => [problem.code, problem.path])).toContainEqual([
      code,
      'label/000001.json',
    ]);
    expect([delivery.frames.length, labels.cuboids.count]).toEqual([2, 2]);
  });

  test('as a cloud: one problem, and never the bytes of elsewhere', async () => {
    const opened = await openDelivery(folder);
    if (!opened.ok) throw new Error(opened.problem.code);
    change(path.join(root, 'lidar/000001.pcd'));
    const tools = {
      open: ({ path: name }: { path: string }) => folder.open(name),
      pool: freshBuffers,
      codecs: packagedCodecs(),
    };
    const [sound, changed] = opened.value.delivery.frames.flatMap(({ sweeps }) => sweeps);
    expect(await readPoints(sound!, tools)).toMatchObject({ ok: true, value: { sweep: { count: 20 } } });
    const reading = await readPoints(changed!, tools);
    expect(reading).toMatchObject({ ok: false, problem: { code, path: 'lidar/000001.pcd' } });
    expect(JSON.stringify(reading)).not.toContain(SECRET);
  });
});

test('a file that shrinks while it is open is told, not read as zeros', async () => {
  const source = await folder.open('lidar/000001.pcd');
  truncateSync(path.join(root, 'lidar/000001.pcd'), 10);
  await expect(source.slice(0, source.length)).rejects.toMatchObject({ problem: { code: 'file-changed' } });
});

/** Real deliveries packed as people pack them open to the same index as the folder they were packed from. */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createArchiveShelf } from '../../../electron/services/archives/archiveShelf.ts';
import { openDiskFolder } from '../../../electron/services/diskFolder.ts';
import { writeIndexFile } from '../../../shared/readers/indexFile.ts';
import { openDelivery } from '../../../shared/readers/openDelivery.ts';
import { describeWithSharedData, sharedData } from '../../support/sharedData.ts';
import { temporaryFolders } from './temporary.ts';

const freshFolder = temporaryFolders('real-archives');

/** The whole index as bytes, with every problem in it. */
async function indexOf(named: string, cache: string): Promise<Uint8Array> {
  const folder = await openDiskFolder(named, createArchiveShelf(cache));
  if (!folder.ok) throw new Error(folder.problem.code);
  const index = await openDelivery(folder.value);
  await folder.value.close();
  if (!index.ok) throw new Error(index.problem.code);
  return new Uint8Array(writeIndexFile(index.value));
}

const packers: readonly (readonly [string, string, readonly string[]])[] = [
  ['batch.tar', 'tar', ['-cf']],
  ['batch.tar.gz', 'tar', ['-czf']],
  ['batch.zip', 'python3', ['-m', 'zipfile', '-c']],
];

for (const name of ['kitti-object', 'argoverse2', 'pandaset-002', 'nuscenes-sample', 'sustech-points']) {
  describeWithSharedData(`${name} in an archive`, `data/${name}`, () => {
    test.each(packers)('%s', async (archive, program, args) => {
      const place = freshFolder();
      const cwd = sharedData('data');
      const packed = spawnSync(program, [...args, path.join(place, archive), name], { cwd });
      expect(packed.status).toBe(0);
      const cache = path.join(place, 'cache');
      const inArchive = await indexOf(path.join(place, archive), cache);
      const inFolder = await indexOf(sharedData(`data/${name}`), cache);
      expect(Buffer.from(inArchive).equals(inFolder)).toBe(true);
    });
  });
}

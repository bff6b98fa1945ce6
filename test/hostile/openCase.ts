/** Lays a hostile delivery out on the disk, opens it as the product does, and reads every cloud and picture it names. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createArchiveShelf } from '../../electron/services/archives/archiveShelf.ts';
import { type DiskFolder, openDiskFolder } from '../../electron/services/diskFolder.ts';
import type { Folder } from '../../shared/base/bytes.ts';
import { type Problem, ProblemError } from '../../shared/base/problem.ts';
import type { FileRef } from '../../shared/model/delivery.ts';
import { freshBuffers } from '../../shared/readers/clouds/bufferPool.ts';
import { readPointClasses } from '../../shared/readers/clouds/pointClasses.ts';
import { readPoints } from '../../shared/readers/clouds/readPoints.ts';
import { readImageSize, tooManyPixels } from '../../shared/readers/images/imageSize.ts';
import { readImage } from '../../shared/readers/images/readImage.ts';
import { readIndexFile, writeIndexFile } from '../../shared/readers/indexFile.ts';
import { openDelivery } from '../../shared/readers/openDelivery.ts';
import { readFilmIndex } from '../../shared/readers/video/mp4Index.ts';
import type { HostileCase, Loads } from './corpus/hostileCase.ts';
import { packagedCodecs } from './healthy.ts';

/** What a canary says: bytes that no answer may ever hold. */
export const SECRET = 'this lies outside of the delivery';

export interface LaidOut {
  /** Folder of the delivery, or the one file that is it. */
  readonly delivery: string;
  /** True while nobody has written to the file beside the delivery. */
  isCanaryUntouched(): boolean;
}

/** Writes the case below `room`: the delivery in one folder, a file that nobody may read in another beside it. */
export function layOut(room: string, { files, opens }: HostileCase): LaidOut {
  const root = path.join(room, 'delivery');
  const canary = path.join(room, 'canary/secret.bin');
  mkdirSync(path.dirname(canary), { recursive: true });
  mkdirSync(root, { recursive: true });
  writeFileSync(canary, SECRET);
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    if (typeof content === 'string' || content instanceof Uint8Array) writeFileSync(file, content);
    else if ('link' in content) symlinkSync(content.link, file);
    else mkdirSync(file, { recursive: true });
  }
  return {
    delivery: opens === undefined ? root : path.join(root, opens),
    isCanaryUntouched: () => readFileSync(canary, 'utf8') === SECRET,
  };
}

export interface Opened {
  readonly loads: Loads | null;
  readonly problems: readonly Problem[];
  /** Paths that readers asked the folder for. */
  readonly asked: ReadonlySet<string>;
}

/** The folder, remembering what it was asked for. */
function watched(folder: DiskFolder, asked: Set<string>): Folder {
  return {
    entries: folder.entries,
    open(name) {
      asked.add(name);
      return folder.open(name);
    },
    openArchive: (name) => folder.openArchive!(name),
  };
}

const codecs = packagedCodecs();

export async function openCase(delivery: string, cacheFolder: string): Promise<Opened> {
  const asked = new Set<string>();
  const found = await openDiskFolder(delivery, createArchiveShelf(cacheFolder));
  if (!found.ok) return { loads: null, problems: [found.problem], asked };
  const folder = watched(found.value, asked);
  try {
    const opened = await openDelivery(folder);
    if (!opened.ok) return { loads: null, problems: [...found.value.problems, opened.problem], asked };
    const index = readIndexFile(writeIndexFile(opened.value));
    if (!index.ok) throw new Error(`the index is not sound: ${JSON.stringify(index.problem)}`);
    const problems: Problem[] = [...found.value.problems, ...index.value.problems];
    const { delivery: read, labels } = index.value;
    const open = ({ path: name }: FileRef) => folder.open(name);
    let points = 0;
    for (const { sweeps, images } of read.frames) {
      for (const sweep of sweeps) {
        const reading = await readPoints(sweep, { open, pool: freshBuffers, codecs });
        if (!reading.ok) {
          problems.push(reading.problem);
          continue;
        }
        points += reading.value.sweep.count;
        problems.push(...reading.value.problems);
        if (!sweep.classes) continue;
        const classes = await readPointClasses(sweep.classes, reading.value.sweep.count, { open });
        if (!classes.ok) problems.push(classes.problem);
      }
      for (const image of images) {
        if (image.encoding === 'mp4') {
          const film = await filmOf(open, image);
          if (film) problems.push(film);
          continue;
        }
        const bytes = await readImage(image, open);
        if (!bytes.ok) problems.push(bytes.problem);
        const size = bytes.ok ? readImageSize(bytes.value) : null;
        const refused = size && tooManyPixels(size, image.path);
        if (refused) problems.push(refused);
      }
    }
    const loads = {
      frames: read.frames.length,
      cuboids: labels.cuboids.count,
      points,
      boxes: labels.boxes2d.count,
    };
    return { loads, problems, asked };
  } finally {
    await found.value.close();
  }
}

async function filmOf(
  open: (file: FileRef) => ReturnType<Folder['open']>,
  image: FileRef,
): Promise<Problem | null> {
  try {
    const film = await readFilmIndex(await open(image), image.path);
    return film.ok ? null : film.problem;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
}

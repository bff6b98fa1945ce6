/** The files of one PandaSet sequence: clouds, tables and the JSON beside them, in the delivery or the sensor root. */
import type { FileEntry, Folder } from '../../base/bytes.ts';
import type { FileRef } from '../../model/delivery.ts';
import type { FrameKey } from '../frameFiles.ts';
import { folderOf as directoryOf, extensionOf, filesIn, foldersWithFiles, naturalOrder } from '../paths.ts';
import type { ProblemList } from '../problemList.ts';
import type { PairedRole, RoleRoots } from '../roleFiles.ts';
import { pairRole, roleFiles } from '../roleFiles.ts';
import { readJson } from '../textFile.ts';
import { tableStem } from './pandasetTables.ts';

export const CUBOIDS = 'annotations/cuboids';

export const isPickle = (path: string) => /(^|\/)\d+\.pkl(\.gz)?$/.test(path);
const isSweep = (path: string) => isPickle(path) || extensionOf(path) === 'pcd';

/** Names of the folders directly below `folder`. */
function subfolders(entries: readonly FileEntry[], folder: string): string[] {
  const below = foldersWithFiles(entries).filter((path) => path.startsWith(folder) && path !== folder);
  return [...new Set(below.map((path) => path.slice(folder.length).split('/')[0]!))].sort(naturalOrder);
}

export class SequenceFiles {
  readonly roots: RoleRoots;
  readonly #problems: ProblemList;

  constructor(roots: RoleRoots, problems: ProblemList) {
    this.roots = roots;
    this.#problems = problems;
  }

  folderOf({ root }: FileRef): Folder {
    return root === 'delivery' ? this.roots.delivery : this.roots.sensors!;
  }

  /** A side file by its place in the sequence: the delivery's own, else the sensor root's. */
  sideFile(relative: string): FileRef | null {
    const { delivery, prefix, sensors, sensorsPrefix } = this.roots;
    const has = (folder: Folder | null, path: string) =>
      folder !== null && filesIn(folder.entries, directoryOf(path), (name) => name === path).length > 0;
    if (has(delivery, prefix + relative)) return { root: 'delivery', path: prefix + relative };
    if (sensorsPrefix === null || !has(sensors, sensorsPrefix + relative)) return null;
    return { root: 'sensors', path: sensorsPrefix + relative };
  }

  /** Content of the first of these files that is there and is JSON; undefined where none is. */
  async firstJson(relatives: readonly string[]): Promise<unknown> {
    for (const relative of relatives) {
      const file = this.sideFile(relative);
      if (!file) continue;
      const json = await readJson(this.folderOf(file), file.path);
      if (json.ok) return json.value;
      this.#problems.add(json.problem);
    }
    return undefined;
  }

  /** Frames are numbered; their files carry the number with zeros in front. */
  frameKeys(times: readonly (string | null)[]): FrameKey[] {
    const { delivery, prefix } = this.roots;
    const numbers = new Map<number, string>();
    const folders = [CUBOIDS, ...this.#lidarFolders()].map((role) => `${prefix}${role}/`);
    for (const path of folders.flatMap((folder) => filesIn(delivery.entries, folder, () => true))) {
      const stem = tableStem(path) ?? /(?:^|\/)(\d{1,9})\.pcd$/.exec(path)?.[1];
      if (stem !== undefined && !numbers.has(Number(stem))) numbers.set(Number(stem), stem);
    }
    return [...numbers]
      .sort(([a], [b]) => a - b)
      .map(([number, stem]) => ({ stem, timestampNanos: times[number] ?? null }));
  }

  /** `lidar`, or what a re-encoded delivery calls it (`lidar_full`): whole clouds before thinned ones. */
  #lidarFolders(): string[] {
    const { delivery, prefix, sensors, sensorsPrefix } = this.roots;
    const names = new Set(['lidar', 'lidar_full']);
    const add = (entries: readonly FileEntry[] | undefined, below: string | null) => {
      if (!entries || below === null) return;
      for (const name of subfolders(entries, below)) if (name.startsWith('lidar')) names.add(name);
    };
    add(delivery.entries, prefix);
    add(sensors?.entries, sensorsPrefix);
    return [...names];
  }

  /** Each frame's cloud from the first folder that has one. */
  clouds(keys: readonly FrameKey[]): PairedRole {
    const paired = this.#lidarFolders().map((role) =>
      pairRole(keys, roleFiles(this.roots, role, isSweep), this.roots.contents),
    );
    return {
      files: keys.map(
        (_, i) => paired.map(({ files }) => files[i] ?? null).find((file) => file !== null) ?? null,
      ),
      unmatched: paired.flatMap(({ unmatched }) => unmatched),
    };
  }

  /** Names of the cameras that have a folder in either root. */
  cameraNames(): string[] {
    const { delivery, prefix, sensors, sensorsPrefix } = this.roots;
    const names = new Set(subfolders(delivery.entries, `${prefix}camera/`));
    if (sensors && sensorsPrefix !== null) {
      for (const name of subfolders(sensors.entries, `${sensorsPrefix}camera/`)) names.add(name);
    }
    return [...names];
  }
}

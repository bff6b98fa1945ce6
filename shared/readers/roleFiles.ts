/**
 * Files by the role their folder gives them (`velodyne`, `camera/front`), looked up in the delivery first and in the
 * client's sensor folder second, and paired with frames.
 */
import type { FileEntry, Folder } from '../base/bytes.ts';
import type { FileRef } from '../model/delivery.ts';
import type { ContentClaims, KeepPath } from './contents/contentClaims.ts';
import type { StatedContent } from './contents/statedContents.ts';
import type { ReadContext } from './contract.ts';
import type { FrameKey } from './frameFiles.ts';
import { pairFrames } from './frameFiles.ts';
import { baseName, filesIn, filesOfOnlyFolder, foldersHolding, isCloudPath } from './paths.ts';

/** A delivery's part of the layout and the sensor root's part that belongs to it. */
export interface RoleRoots {
  readonly delivery: Folder;
  /** Folder within the delivery that holds the role folders, with its trailing `/`, or ''. */
  readonly prefix: string;
  readonly sensors: Folder | null;
  /** The same within the sensor root; null = it has no such layout. */
  readonly sensorsPrefix: string | null;
  /** What the delivery states about the content of sensor files; null = content is not asked. */
  readonly contents: ContentClaims | null;
  /** The same within the files that the delivery's checksum lists name. */
  readonly listedPrefix: string | null;
  /** The delivery has no other part: all the sensor root holds is meant for this one. */
  readonly isOnly: boolean;
}

/** The part of a delivery below `prefix`, with all that belongs to it. `roles`: folders that hold sensor data. */
export function roleRoots(
  delivery: Folder,
  prefix: string,
  isOnly: boolean,
  roles: readonly string[],
  context: ReadContext,
): RoleRoots {
  const sensors = context.sensors ?? null;
  const contents = context.contents ?? null;
  const sensorsPrefix = sensors && counterpart(sensors.entries, roles, prefix);
  const listedPrefix = contents && counterpart(contents.listed.entries, roles, prefix);
  return { delivery, prefix, sensors, sensorsPrefix, contents, listedPrefix, isOnly };
}

/** The sensor root's counterpart of `prefix`: the same place, else the same name, else the only one there is. */
export function counterpart(
  entries: readonly FileEntry[],
  roles: readonly string[],
  prefix: string,
): string | null {
  const folders = foldersHolding(entries, roles);
  const name = (folder: string) => baseName(folder.slice(0, -1));
  const sameName = folders.filter((folder) => name(folder) === name(prefix));
  if (folders.includes(prefix)) return prefix;
  if (sameName.length === 1) return sameName[0]!;
  return folders.length === 1 ? folders[0]! : null;
}

export interface RoleFiles {
  readonly keep: KeepPath;
  readonly delivery: readonly string[];
  readonly sensors: readonly string[];
  /** Files of this role that the delivery's checksum lists name. */
  readonly listed: readonly string[];
}

export function roleFiles(roots: RoleRoots, role: string, keep: KeepPath): RoleFiles {
  const { delivery, prefix, sensors, sensorsPrefix, contents, listedPrefix } = roots;
  const below = (entries: readonly FileEntry[] | undefined, folder: string | null) =>
    entries && folder !== null ? filesIn(entries, `${folder}${role}/`, keep) : [];
  return {
    keep,
    delivery: below(delivery.entries, prefix),
    sensors: below(sensors?.entries, sensorsPrefix),
    listed: below(contents?.listed.entries, listedPrefix),
  };
}

/** Clouds by their role; a sensor root or list without that folder lends those of the one folder that has any. */
export function cloudFiles(roots: RoleRoots, role: string): RoleFiles {
  const files = roleFiles(roots, role, isCloudPath);
  const { sensors, contents, isOnly } = roots;
  if (!isOnly) return files;
  const orBare = (paths: readonly string[], entries: readonly FileEntry[] | undefined) =>
    paths.length > 0 || !entries ? paths : filesOfOnlyFolder(entries, isCloudPath);
  return {
    ...files,
    sensors: orBare(files.sensors, sensors?.entries),
    listed: orBare(files.listed, contents?.listed.entries),
  };
}

export interface PairedRole {
  /** File of each frame, or null. */
  readonly files: readonly (FileRef | null)[];
  /** Files that no frame asked for. */
  readonly unmatched: readonly FileRef[];
}

/**
 * The delivery's own file wins; what it lacks is taken from the sensor root, by name and time and then by the content
 * that is stated for the frame. `stated` has one entry per frame; without it the checksum lists are asked.
 */
export function pairRole(
  frames: readonly FrameKey[],
  files: RoleFiles,
  contents: ContentClaims | null,
  stated: readonly (StatedContent | null)[] = [],
): PairedRole {
  const own = pairFrames(frames, files.delivery);
  const missing = frames.filter((_, i) => own.files[i] === null);
  const lent = pairFrames(missing, files.sensors);
  const lentFiles = lent.files.values();
  const named = own.files.map((path): FileRef | null => {
    if (path !== null) return { root: 'delivery', path };
    const lentPath = lentFiles.next().value ?? null;
    return lentPath === null ? null : { root: 'sensors', path: lentPath };
  });
  const listed = contents ? pairFrames(frames, files.listed).files : [];
  const paired = named.map((file, i) => {
    const content = stated[i] ?? contents?.listed.of(listed[i]) ?? null;
    return contents ? contents.resolve(frames[i]!.stem, file, content, files.keep) : file;
  });
  // A sensor file that repeats one of the delivery's own is not left over.
  const covered = new Set(pairFrames(frames, lent.unmatched).files);
  const unmatched: FileRef[] = [
    ...own.unmatched.map((path) => ({ root: 'delivery' as const, path })),
    ...lent.unmatched
      .filter((path) => !covered.has(path))
      .map((path) => ({ root: 'sensors' as const, path })),
  ];
  return { files: paired, unmatched: unmatched.filter((file) => !contents?.isFound(file)) };
}

/**
 * Files by the role their folder gives them (`velodyne`, `camera/front`), looked up in the delivery first and in the
 * client's sensor folder second, and paired with frames.
 */
import type { FileEntry, Folder } from '../base/bytes.ts';
import type { FileRef } from '../model/delivery.ts';
import type { FrameKey } from './frameFiles.ts';
import { pairFrames } from './frameFiles.ts';
import { baseName, filesIn, foldersHolding } from './paths.ts';

/** A delivery's part of the layout and the sensor root's part that belongs to it. */
export interface RoleRoots {
  readonly delivery: Folder;
  /** Folder within the delivery that holds the role folders, with its trailing `/`, or ''. */
  readonly prefix: string;
  readonly sensors: Folder | null;
  /** The same within the sensor root; null = it has no such layout. */
  readonly sensorsPrefix: string | null;
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
  readonly delivery: readonly string[];
  readonly sensors: readonly string[];
}

export function roleFiles(roots: RoleRoots, role: string, keep: (path: string) => boolean): RoleFiles {
  const { delivery, prefix, sensors, sensorsPrefix } = roots;
  return {
    delivery: filesIn(delivery.entries, `${prefix}${role}/`, keep),
    sensors:
      sensors && sensorsPrefix !== null ? filesIn(sensors.entries, `${sensorsPrefix}${role}/`, keep) : [],
  };
}

export interface PairedRole {
  /** File of each frame, or null. */
  readonly files: readonly (FileRef | null)[];
  /** Files that no frame asked for. */
  readonly unmatched: readonly FileRef[];
}

/** The delivery's own file wins; what it lacks is taken from the sensor root. */
export function pairRole(frames: readonly FrameKey[], files: RoleFiles): PairedRole {
  const own = pairFrames(frames, files.delivery);
  const missing = frames.filter((_, i) => own.files[i] === null);
  const lent = pairFrames(missing, files.sensors);
  const lentFiles = lent.files.values();
  const paired = own.files.map((path): FileRef | null => {
    if (path !== null) return { root: 'delivery', path };
    const lentPath = lentFiles.next().value ?? null;
    return lentPath === null ? null : { root: 'sensors', path: lentPath };
  });
  // A sensor file that repeats one of the delivery's own is not left over.
  const covered = new Set(pairFrames(frames, lent.unmatched).files);
  const unmatched: FileRef[] = [
    ...own.unmatched.map((path) => ({ root: 'delivery' as const, path })),
    ...lent.unmatched
      .filter((path) => !covered.has(path))
      .map((path) => ({ root: 'sensors' as const, path })),
  ];
  return { files: paired, unmatched };
}

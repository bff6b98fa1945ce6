/**
 * The files of PhysicalAI-AV clips, in both forms: a folder a clip, as the downloader writes it, and chunks, where zip
 * archives hold the files of a hundred clips and calibration tables their rows. Names tell all: `<clip>.<feature>` in
 * folders and archives alike, `<feature>.chunk_<number>` for chunks.
 */
import type { FileEntry, Folder } from '../../base/bytes.ts';
import type { Problem } from '../../base/problem.ts';
import { ProblemError } from '../../base/problem.ts';
import type { FileRef, RootName } from '../../model/delivery.ts';
import type { ReadContext } from '../contract.ts';
import { inBatches } from '../inBatches.ts';
import { baseName, naturalOrder } from '../paths.ts';

/** Tables of the rig rather than of a recording: in a chunk, one for all of its clips. */
const CALIBRATIONS = 'camera_intrinsics|sensor_extrinsics|lidar_intrinsics|vehicle_dimensions';
const SENSOR = '(?:camera|lidar|radar)_[a-z0-9_]+';
const OF_CLIP = new RegExp(
  `^([^./]+)\\.(egomotion|obstacle|${SENSOR}|${SENSOR}\\.(?:timestamps|blurred_boxes))(\\.offline)?\\.(parquet|mp4)$`,
);
const OF_RIG = new RegExp(`(?:^|/)([^/]+)/calibration/(${CALIBRATIONS})(\\.offline)?\\.parquet$`);
const IS_CALIBRATION = new RegExp(`^(?:${CALIBRATIONS})`);
/** A chunk's archive that was unpacked leaves a folder of its name. */
const UNPACKED = /(?:^|\/)[a-z0-9_.]*chunk_(\d{1,8})\//;
const CHUNK = /^([a-z0-9_]+(?:\.offline)?)\.chunk_(\d{1,8})\.(zip|parquet)$/;

/** A clip and where its features lie. A feature that was computed again afterwards (`.offline`) has a name of its own. */
export interface ClipFiles {
  readonly id: string;
  /** By feature: `egomotion`, `egomotion.offline`, `camera_x.mp4`, `camera_x.timestamps`, `lidar_x`, ... */
  readonly files: ReadonlyMap<string, FileRef>;
}

class Clips {
  readonly #clips = new Map<string, Map<string, FileRef>>();
  /** Chunk of a clip, and calibration tables of a chunk. */
  readonly #chunkOf = new Map<string, string>();
  readonly #tables = new Map<string, Map<string, FileRef>>();

  /** The first file of a name holds: the delivery's own before the sensor folder's. */
  #add(groups: Map<string, Map<string, FileRef>>, group: string, feature: string, file: FileRef): void {
    const files = groups.get(group);
    if (!files) groups.set(group, new Map([[feature, file]]));
    else if (!files.has(feature)) files.set(feature, file);
  }

  add(root: RootName, path: string, chunk: string | null): void {
    const file: FileRef = { root, path };
    const clip = OF_CLIP.exec(baseName(path));
    const rig = OF_RIG.exec(path);
    const table = CHUNK.exec(baseName(path));
    if (clip) {
      const [, id = '', feature = '', offline = '', extension] = clip;
      this.#add(this.#clips, id, `${feature}${offline}${extension === 'mp4' ? '.mp4' : ''}`, file);
      if (chunk !== null) this.#chunkOf.set(id, chunk);
    } else if (rig) this.#add(this.#clips, rig[1]!, rig[2]! + (rig[3] ?? ''), file);
    else if (table?.[3] === 'parquet') this.#add(this.#tables, Number(table[2]).toString(), table[1]!, file);
  }

  /** Clips with a recording; a table of calibrations alone is none. */
  toArray(): ClipFiles[] {
    return [...this.#clips]
      .filter(([, files]) => [...files.keys()].some((feature) => !IS_CALIBRATION.test(feature)))
      .map(([id, files]) => {
        const tables = this.#tables.get(this.#chunkOf.get(id) ?? '') ?? [];
        return { id, files: new Map([...tables, ...files]) };
      })
      .sort((a, b) => naturalOrder(a.id, b.id));
  }
}

/** Looks into the chunk archives by their lists; nothing is unpacked. */
export async function findClips(
  delivery: Folder,
  context: ReadContext,
  report: (problem: Problem) => void,
): Promise<ClipFiles[]> {
  const clips = new Clips();
  const roots: [RootName, Folder][] = [['delivery', delivery]];
  if (context.sensors) roots.push(['sensors', context.sensors]);
  for (const [root, folder] of roots) {
    const archives: { path: string; chunk: string }[] = [];
    for (const { path } of folder.entries) {
      const chunk = CHUNK.exec(baseName(path));
      if (chunk?.[3] === 'zip') archives.push({ path, chunk: Number(chunk[2]).toString() });
      else clips.add(root, path, chunkOfFolder(path));
    }
    const lists = await inBatches(archives, context, ({ path }) => listArchive(folder, path));
    for (const [i, list] of lists.entries()) {
      for (const problem of list.problems) report(problem);
      for (const path of list.paths) clips.add(root, path, archives[i]!.chunk);
    }
  }
  return clips.toArray();
}

function chunkOfFolder(path: string): string | null {
  const number = UNPACKED.exec(path)?.[1];
  return number === undefined ? null : Number(number).toString();
}

async function listArchive(
  folder: Folder,
  path: string,
): Promise<{ paths: readonly string[]; problems: readonly Problem[] }> {
  if (!folder.openArchive) {
    return { paths: [], problems: [{ code: 'physical-ai-chunk-closed', severity: 'error', path }] };
  }
  try {
    const { entries, problems } = await folder.openArchive(path);
    return { paths: entries.map((entry) => entry.path), problems };
  } catch (error) {
    if (error instanceof ProblemError) return { paths: [], problems: [error.problem] };
    throw error;
  }
}

const RECORDED = /^(?:egomotion|obstacle|camera_.+|lidar_.+)$/;
const IN_CHUNKS = new RegExp(`^(?:egomotion|obstacle|${SENSOR}|${CALIBRATIONS})`);

/** Are these clips? Told by names that only this format has. */
export function looksLikeClips(entries: readonly FileEntry[]): boolean {
  return entries.some(({ path }) => {
    const name = baseName(path);
    const feature = OF_CLIP.exec(name)?.[2];
    if (feature !== undefined) return RECORDED.test(feature) && isInOwnFolder(path, feature);
    const chunk = CHUNK.exec(name);
    return chunk !== null && IN_CHUNKS.test(chunk[1]!);
  });
}

/** `labels`, `camera`, `lidar`: where the downloader puts a feature, and chunks do above folders of their own. */
function isInOwnFolder(path: string, feature: string): boolean {
  const folder = /^(?:camera|lidar)/.exec(feature)?.[0] ?? 'labels';
  return path.split('/').slice(0, -1).includes(folder);
}

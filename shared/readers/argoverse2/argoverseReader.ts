/**
 * Argoverse 2 sensor data: log folders with `annotations.feather` (absent in the test split), `calibration`, poses and
 * `sensors`, one log or many below their splits. Every log is a scene.
 * Layout: https://argoverse.github.io/user-guide/datasets/sensor.html
 */
import type { FileEntry, Folder } from '../../base/bytes.ts';
import type { DeliveryIndex } from '../../model/labels.ts';
import type { ReadContext, Reader } from '../contract.ts';
import { DeliveryBuilder } from '../deliveryBuilder.ts';
import { baseName, filesIn, folderOf, foldersWithFiles, naturalOrder } from '../paths.ts';
import { roleRoots } from '../roleFiles.ts';
import { readBytes } from '../textFile.ts';
import { LabelGatherer } from './labelGatherer.ts';
import { isFeather, LogReader } from './logReader.ts';

const TABLES = ['annotations.feather', 'city_SE3_egovehicle.feather'];
const EXTRINSICS = 'calibration/egovehicle_SE3_sensor.feather';

/** The folders of logs, each with its trailing `/`: those with a table of the format's own name, or with lidar sweeps. */
function findLogs(entries: readonly FileEntry[]): string[] {
  const logs = new Set<string>();
  for (const folder of foldersWithFiles(entries)) {
    const here = filesIn(entries, folder, isFeather);
    if (here.some((path) => TABLES.includes(baseName(path)))) logs.add(folder);
    if (
      here.includes(`${folder}egovehicle_SE3_sensor.feather`) &&
      baseName(folder.slice(0, -1)) === 'calibration'
    ) {
      logs.add(folderOf(folder.slice(0, -1)));
    }
    if (here.length > 0 && /(^|\/)sensors\/lidar\/$/.test(folder))
      logs.add(folder.slice(0, -'sensors/lidar/'.length));
  }
  return [...logs].sort(naturalOrder);
}

/** The format's own names, and Arrow's first word in one of the files. */
async function detect(folder: Folder): Promise<number> {
  const [log] = findLogs(folder.entries);
  if (log === undefined) return 0;
  const named = [...TABLES, EXTRINSICS].map((name) => log + name);
  const table = folder.entries.find(({ path }) => named.includes(path));
  const path = table?.path ?? filesIn(folder.entries, `${log}sensors/lidar/`, isFeather)[0];
  const head = path === undefined ? null : await readBytes(folder, path, 6);
  if (!head?.ok || new TextDecoder().decode(head.value) !== 'ARROW1') return 0;
  return table ? 0.95 : 0.8;
}

/** A log's own name, with its split before it where two splits hold a log of that name. */
function sceneNames(logs: readonly string[]): string[] {
  const names = logs.map((log) => baseName(log.slice(0, -1)) || 'log');
  return names.map((name, i) =>
    names.filter((other) => other === name).length > 1 ? logs[i]!.slice(0, -1) || name : name,
  );
}

async function index(folder: Folder, context: ReadContext): Promise<DeliveryIndex> {
  const builder = new DeliveryBuilder();
  const labels = new LabelGatherer(builder.problems);
  const logs = findLogs(folder.entries);
  const scenes = sceneNames(logs);
  for (const [i, log] of logs.entries()) {
    const roots = roleRoots(folder, log, logs.length === 1, ['sensors'], context);
    await new LogReader(roots, scenes[i]!, builder, labels).read(context);
    context.progress?.(i + 1, logs.length);
  }
  return builder.build('argoverse2', (frameCount) => labels.table(frameCount));
}

export const argoverseReader: Reader = {
  id: 'argoverse2',
  lookedFor: 'readers.lookedFor.argoverse2',
  detect,
  index,
};

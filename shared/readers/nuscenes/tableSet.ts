/** One set of tables read whole: its labels in the global frame, and what its scenes' frames are made from. */
import type { Folder } from '../../base/bytes.ts';
import type { SweepEncoding } from '../../model/delivery.ts';
import { encodingByName, sniffCloud } from '../cloudEncoding.ts';
import type { ReadContext } from '../contract.ts';
import type { DeliveryBuilder } from '../deliveryBuilder.ts';
import type { AnnotationNames } from './annotationColumns.ts';
import type { Annotations } from './annotations.ts';
import { readAnnotations } from './annotations.ts';
import { pointClassesOf, readPointClassFiles } from './pointClassFiles.ts';
import { Poses } from './poses.ts';
import type { Readings } from './readings.ts';
import { readReadings } from './readings.ts';
import type { Samples } from './samples.ts';
import { readSamples } from './samples.ts';
import { SceneFrames } from './sceneFrames.ts';
import { isInside, SensorFiles } from './sensorFiles.ts';
import { readRig } from './sensorRig.ts';
import type { Mounting } from './smallTables.ts';
import { readSmallTables } from './smallTables.ts';
import type { TableFolder } from './tableFolders.ts';
import { TableReader, TroubleCounts } from './tableReader.ts';

/** What labels are made of: the tables whose bytes an auditor wants unchanged. */
const LABEL_TABLES = [
  'attribute',
  'calibrated_sensor',
  'category',
  'ego_pose',
  'instance',
  'lidarseg',
  'panoptic',
  'sample',
  'sample_annotation',
  'sample_data',
  'scene',
  'sensor',
  'visibility',
] as const;

/** Missing files of one sensor are listed one by one up to this many. */
const LISTED_MISSING = 20;

export interface TableSet {
  readonly folder: TableFolder;
  readonly sceneNames: readonly string[];
  readonly sceneDescriptions: readonly string[];
  readonly samples: Samples;
  readonly readings: Readings;
  readonly poses: Poses;
  readonly frames: SceneFrames;
  /** Reads the annotations once it is known which frame each sample is. */
  readAnnotations(frameOfSample: Int32Array, names: AnnotationNames): Promise<Annotations>;
  /** Tells what was wrong with references, once everything is read. */
  tell(): void;
}

export async function readTableSet(
  folder: Folder,
  found: TableFolder,
  builder: DeliveryBuilder,
  context: ReadContext,
  step: () => void,
): Promise<TableSet> {
  const { problems } = builder;
  const reader = new TableReader(folder, found.prefix, problems, context);
  const troubles = new TroubleCounts();
  for (const table of LABEL_TABLES) if (reader.has(table)) builder.labelFile(reader.pathOf(table));
  const small = await readSmallTables(reader, troubles);
  const samples = await readSamples(reader, troubles, small.scenes.tokens);
  step();
  const readings = await readReadings(reader, troubles, samples, small, context.between === true);
  step();
  const poses = await Poses.read(reader, troubles, readings, small.mountings);
  step();
  const rig = readRig(builder, readings, samples, poses, small.mountings, troubles);
  const classes = await readPointClassFiles(reader, troubles, readings);
  if (classes) builder.pointClasses(pointClassesOf(small.categories));
  const files = new SensorFiles(folder, found.prefix, context.sensors);
  tellReadings(reader, readings, small.mountings, poses, files);
  const encodings = await lidarEncodings(folder, context, readings, small.mountings, files);
  const frames = new SceneFrames({ samples, readings, poses, rig, files, classes, encodings });
  return {
    folder: found,
    sceneNames: small.scenes.names,
    sceneDescriptions: small.scenes.descriptions,
    samples,
    readings,
    poses,
    frames,
    readAnnotations: (frameOfSample, names) =>
      readAnnotations(reader, troubles, small, samples, frameOfSample, names),
    tell: () => troubles.tellTo(reader),
  };
}

/** Files that are not there, paths that lead out of the folder and poses that are missing, by sensor. */
interface ChannelState {
  total: number;
  missing: number;
  unplaced: number;
  /** The first files that are not there. */
  readonly listed: string[];
}

function tellReadings(
  reader: TableReader,
  readings: Readings,
  mountings: readonly Mounting[],
  poses: Poses,
  files: SensorFiles,
): void {
  const { problems } = reader;
  const tablePath = reader.pathOf('sample_data');
  const channels = new Map<string, ChannelState>();
  const stateOfMounting = mountings.map(({ channel }): ChannelState => {
    const state = channels.get(channel) ?? { total: 0, missing: 0, unplaced: 0, listed: [] };
    channels.set(channel, state);
    return state;
  });
  for (let row = 0; row < readings.count; row++) {
    const state = stateOfMounting[readings.mounting[row]!]!;
    state.total++;
    if (!poses.isPlaced(row)) state.unplaced++;
    if (files.isBare) continue;
    const path = readings.path.pathAt(row);
    if (!isInside(path)) {
      problems.add({ code: 'address-outside', severity: 'error', path: tablePath, params: { uri: path } });
    } else if (files.find(path) === null && state.missing++ < LISTED_MISSING) state.listed.push(path);
  }
  if (files.isBare) {
    const params = { frames: readings.start.length - 1 };
    problems.add({ code: 'sensor-data-absent', severity: 'warning', path: '', params });
  }
  for (const [channel, { total, missing, unplaced, listed }] of channels) {
    if (unplaced > 0) {
      const params = { channel, count: unplaced, total };
      problems.add({
        code: 'nuscenes-poses-missing',
        severity: 'error',
        path: reader.pathOf('ego_pose'),
        params,
      });
    }
    if (missing === 0) continue;
    if (missing <= LISTED_MISSING) {
      for (const path of listed) {
        problems.add({ code: 'nuscenes-file-missing', severity: 'warning', path, params: { channel } });
      }
    } else {
      const params = { channel, count: missing, total, first: listed[0]! };
      problems.add({ code: 'nuscenes-files-missing', severity: 'warning', path: tablePath, params });
    }
  }
}

/** One look at the first bare cloud of each lidar settles all of its clouds. */
async function lidarEncodings(
  delivery: Folder,
  { sensors }: ReadContext,
  readings: Readings,
  mountings: readonly Mounting[],
  files: SensorFiles,
): Promise<Map<string, SweepEncoding>> {
  const encodings = new Map<string, SweepEncoding>();
  if (files.isBare) return encodings;
  for (let row = 0; row < readings.count; row++) {
    const { channel, modality } = mountings[readings.mounting[row]!]!;
    if (modality !== 'lidar' || encodings.has(channel)) continue;
    const file = files.find(readings.path.pathAt(row));
    if (!file) continue;
    const root = file.root === 'delivery' ? delivery : sensors!;
    encodings.set(channel, (await sniffCloud(root, file.path)) ?? encodingByName(file.path));
  }
  return encodings;
}

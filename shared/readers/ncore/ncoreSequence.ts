/** What the stores of one sequence hold, by component: poses, lenses, sensors with the times of their frames, labels. */
import type { Problem, Result } from '../../base/problem.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asList, asNumbers, asRecord, asText } from '../jsonValues.ts';
import { readAttributes, readZarrArray } from '../zarr/zarrArray.ts';
import type { NvidiaCamera } from './cameraModels.ts';
import { nvidiaCamera } from './cameraModels.ts';
import type { NcoreSequence, NcoreStore } from './ncoreStores.ts';
import { addPoses, PoseGraph } from './poseGraph.ts';

/** Start and end of a sensor's frame, microseconds. The end is its name. */
export interface SensorFrame {
  readonly start: number;
  readonly end: number;
}

export interface NcoreSensor {
  readonly name: string;
  readonly store: NcoreStore;
  /** In order of time. */
  readonly frames: readonly SensorFrame[];
}

/** A source of point clouds that are no sensor's sweeps. */
export interface NcoreClouds {
  readonly name: string;
  readonly store: NcoreStore;
  /** Index in the component, time and frame of reference of each cloud. */
  readonly clouds: readonly { readonly index: number; readonly time: number; readonly frame: string }[];
}

export interface NcoreCuboids {
  readonly name: string;
  readonly store: NcoreStore;
  readonly observations: readonly unknown[];
}

export interface NcoreComponents {
  readonly poses: PoseGraph;
  /** The store that the poses came from; null = there are none. */
  readonly posesStore: NcoreStore | null;
  readonly lenses: ReadonlyMap<string, NvidiaCamera>;
  readonly cameras: readonly NcoreSensor[];
  readonly lidars: readonly NcoreSensor[];
  readonly radars: readonly NcoreSensor[];
  readonly clouds: readonly NcoreClouds[];
  readonly cuboids: readonly NcoreCuboids[];
}

type Report = (problem: Problem) => void;

async function attributesOf(store: NcoreStore, key: string, report: Report): Promise<JsonRecord> {
  const attributes: Result<JsonRecord> = await readAttributes(store.store, key);
  if (attributes.ok) return attributes.value;
  report(attributes.problem);
  return {};
}

/** Instances of a component over all stores; a name that comes twice counts once, in the first store. */
function instancesOf(sequence: NcoreSequence, component: string, report: Report) {
  const instances = new Map<string, NcoreStore>();
  for (const store of sequence.stores) {
    for (const name of store.store.children(component)) {
      if (!instances.has(name)) instances.set(name, store);
      else {
        const params = { component: `${component}/${name}` };
        report({ code: 'ncore-component-twice', severity: 'warning', path: store.store.path, params });
      }
    }
  }
  return [...instances].map(([name, store]) => ({ name, store }));
}

async function readPoses(sequence: NcoreSequence, report: Report) {
  const poses = new PoseGraph();
  let posesStore: NcoreStore | null = null;
  for (const { name, store } of instancesOf(sequence, 'poses', report)) {
    const statics = await attributesOf(store, `poses/${name}/static_poses`, report);
    const dynamics = await attributesOf(store, `poses/${name}/dynamic_poses`, report);
    addPoses(poses, statics, dynamics, store.store.path, report);
    posesStore ??= store;
  }
  return { poses, posesStore };
}

async function readLenses(sequence: NcoreSequence, report: Report): Promise<Map<string, NvidiaCamera>> {
  const lenses = new Map<string, NvidiaCamera>();
  for (const { name, store } of instancesOf(sequence, 'intrinsics', report)) {
    const group = `intrinsics/${name}/cameras`;
    for (const camera of store.store.children(group)) {
      if (lenses.has(camera)) continue;
      const attributes = await attributesOf(store, `${group}/${camera}`, report);
      const parameters = asRecord(attributes.camera_model_parameters) ?? {};
      const type = asText(attributes.camera_model_type) ?? '';
      const lens = nvidiaCamera(type, parameters, attributes.external_distortion_parameters);
      if (lens.model.kind === 'unknown') {
        const params = { camera, model: type.slice(0, 100) };
        report({ code: 'ncore-lens-unknown', severity: 'warning', path: store.store.path, params });
      }
      lenses.set(camera, lens);
    }
  }
  return lenses;
}

async function readSensors(sequence: NcoreSequence, component: string, report: Report) {
  const sensors: NcoreSensor[] = [];
  for (const { name, store } of instancesOf(sequence, component, report)) {
    const attributes = await attributesOf(store, `${component}/${name}/frames`, report);
    const frames: SensorFrame[] = [];
    let bad = 0;
    for (const item of asList(attributes.frames_timestamps_us)) {
      const times = asNumbers(item, 2);
      const isSound = times?.every((time) => Number.isSafeInteger(time) && time >= 0);
      if (isSound && times![1]! >= times![0]!) frames.push({ start: times![0]!, end: times![1]! });
      else bad++;
    }
    if (bad > 0) {
      const params = { sensor: name, count: bad };
      report({ code: 'ncore-frame-times-bad', severity: 'error', path: store.store.path, params });
    }
    frames.sort((a, b) => a.end - b.end);
    sensors.push({ name, store, frames: frames.filter(({ end }, i) => frames[i - 1]?.end !== end) });
  }
  return sensors;
}

async function readClouds(sequence: NcoreSequence, report: Report): Promise<NcoreClouds[]> {
  const sources: NcoreClouds[] = [];
  for (const { name, store } of instancesOf(sequence, 'point_clouds', report)) {
    const times = await readZarrArray(store.store, `point_clouds/${name}/pc_timestamps_us`);
    if (!times.ok) report(times.problem);
    const stated = times.ok && times.value ? times.value.values : [];
    const clouds: { index: number; time: number; frame: string }[] = [];
    for (const child of store.store.children(`point_clouds/${name}/pcs`)) {
      const index = Number(child);
      const time = stated[index];
      if (time === undefined) continue;
      const attributes = await attributesOf(store, `point_clouds/${name}/pcs/${index}`, report);
      const frame = asText(attributes.reference_frame_id);
      if (frame !== null) clouds.push({ index, time: Number(time), frame });
    }
    sources.push({ name, store, clouds: clouds.sort((a, b) => a.time - b.time) });
  }
  return sources;
}

async function readCuboids(sequence: NcoreSequence, report: Report): Promise<NcoreCuboids[]> {
  const sources: NcoreCuboids[] = [];
  for (const { name, store } of instancesOf(sequence, 'cuboids', report)) {
    const attributes = await attributesOf(store, `cuboids/${name}/cuboids`, report);
    sources.push({ name, store, observations: asList(attributes.cuboid_track_observations) });
  }
  return sources;
}

/** Reads all metadata of a sequence; points and pictures stay where they are. */
export async function readComponents(sequence: NcoreSequence, report: Report): Promise<NcoreComponents> {
  return {
    ...(await readPoses(sequence, report)),
    lenses: await readLenses(sequence, report),
    cameras: await readSensors(sequence, 'cameras', report),
    lidars: await readSensors(sequence, 'lidars', report),
    radars: await readSensors(sequence, 'radars', report),
    clouds: await readClouds(sequence, report),
    cuboids: await readCuboids(sequence, report),
  };
}

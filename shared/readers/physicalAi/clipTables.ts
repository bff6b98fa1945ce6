/** All that is known of one clip before any cloud or picture is read: its motion, rig, sensors' times and labels. */
import type { Folder } from '../../base/bytes.ts';
import type { Problem, Result } from '../../base/problem.ts';
import { failed, ProblemError } from '../../base/problem.ts';
import type { FileRef } from '../../model/delivery.ts';
import { asNumber, asRecord } from '../jsonValues.ts';
import type { NvidiaCamera } from '../ncore/cameraModels.ts';
import { nvidiaCamera } from '../ncore/cameraModels.ts';
import type { ExposureTimes } from '../ncore/exposures.ts';
import type { CuboidSource } from '../ncore/labelSources.ts';
import { PoseGraph, RIG, WORLD } from '../ncore/poseGraph.ts';
import { parseJson } from '../textFile.ts';
import type { ClipFiles } from './clipFiles.ts';
import { LENS_COLUMNS, lensOfColumns } from './lensColumns.ts';
import { obstacleSources } from './obstacles.ts';
import { SCAN_COLUMN, SCAN_TIME_COLUMN } from './radarTable.ts';
import type { ClipTable, TableWish } from './tables.ts';
import { readEgomotion, readExtrinsics, readTable } from './tables.ts';

/** A reading of a sensor: its row (scan, film frame), and when it began and ended, microseconds. */
export interface Reading extends ExposureTimes {
  readonly row: number;
}

export interface ClipSensor {
  readonly name: string;
  readonly file: FileRef;
  /** In order of time, none before the clip's start. */
  readonly readings: readonly Reading[];
}

export interface ClipCamera extends ClipSensor {
  readonly lens: NvidiaCamera | undefined;
  /** Left, top, right, bottom of what was blurred, by film frame. */
  readonly blurred: ReadonlyMap<number, readonly (readonly number[])[]>;
}

export interface ClipTables {
  readonly poses: PoseGraph;
  /** Egomotion and extrinsics: what points are placed with; empty where either is missing. */
  readonly companions: readonly FileRef[];
  readonly lidars: readonly ClipSensor[];
  readonly radars: readonly ClipSensor[];
  readonly cameras: readonly ClipCamera[];
  readonly sources: readonly CuboidSource[];
  readonly labelFiles: readonly string[];
}

const MODEL_COLUMNS = ['model_type', 'model_parameters'];
const SPIN_COLUMNS = ['spin_start_timestamp', 'spin_end_timestamp'];
/** What earlier releases of the data set have instead: when the spin began. */
const SPIN_START_ONLY = 'reference_timestamp';
/** One turn of a 10 Hz lidar, microseconds. */
const USUAL_SPIN = 100_000;

/** Where only starts are stated, a spin ends as the next one begins. Null where the table has neither. */
function spinsOf(table: ClipTable): Reading[] | null {
  if (table.has(...SPIN_COLUMNS)) {
    return table.rows.map((row) => ({
      row,
      start: table.number(SPIN_COLUMNS[0]!, row),
      end: table.number(SPIN_COLUMNS[1]!, row),
    }));
  }
  if (!table.has(SPIN_START_ONLY)) return null;
  const starts = table.rows.map((row) => ({ row, start: table.number(SPIN_START_ONLY, row) }));
  starts.sort((a, b) => a.start - b.start);
  return starts.map(({ row, start }, i) => {
    const next = starts[i + 1]?.start ?? Number.POSITIVE_INFINITY;
    // A spin that is missing does not make the one before it longer.
    return { row, start, end: Math.min(next, start + USUAL_SPIN) };
  });
}

const byTime = (a: Reading, b: Reading) => a.end - b.end;

export class ClipTableReader {
  readonly #clip: ClipFiles;
  readonly #folders: { readonly delivery: Folder; readonly sensors: Folder | undefined };
  readonly #report: (problem: Problem) => void;

  constructor(
    clip: ClipFiles,
    folders: { readonly delivery: Folder; readonly sensors: Folder | undefined },
    report: (problem: Problem) => void,
  ) {
    this.#clip = clip;
    this.#folders = folders;
    this.#report = report;
  }

  /** The later, better variant of a feature where there is one. */
  #file(feature: string): FileRef | undefined {
    return this.#clip.files.get(`${feature}.offline`) ?? this.#clip.files.get(feature);
  }

  async #with<Value>(
    file: FileRef,
    read: (source: Awaited<ReturnType<Folder['open']>>) => Promise<Result<Value>>,
  ): Promise<Value | null> {
    const folder = file.root === 'delivery' ? this.#folders.delivery : this.#folders.sensors!;
    const result = await folder.open(file.path).then(read, (error: unknown) => {
      if (error instanceof ProblemError) return failed<Value>(error.problem);
      throw error;
    });
    if (result.ok) return result.value;
    this.#report(result.problem);
    return null;
  }

  /** The table, or null (told) where it cannot be read or lacks a column. */
  async #table(file: FileRef, needed: readonly string[], wish: TableWish = {}): Promise<ClipTable | null> {
    const table = await this.#with(file, (source) => readTable(source, file.path, wish));
    if (!table || table.has(...needed)) return table;
    const params = { columns: needed.filter((column) => !table.has(column)).join(', ') };
    this.#report({ code: 'physical-ai-columns-missing', severity: 'error', path: file.path, params });
    return null;
  }

  async read(): Promise<ClipTables> {
    const poses = new PoseGraph();
    const motion = await this.#readMotion(poses);
    const mounting = await this.#readMounting(poses);
    const companions = motion && mounting ? [motion, mounting] : [];
    const lenses = await this.#readLenses();
    const obstacles = this.#file('obstacle');
    const table = obstacles ? await this.#table(obstacles, ['timestamp_us', 'center_x', 'size_x']) : null;
    return {
      poses,
      companions,
      lidars: await this.#readSpins(),
      radars: await this.#readScans(),
      cameras: await this.#readCameras(lenses),
      sources: table && obstacles ? obstacleSources(table, obstacles.path) : [],
      labelFiles: obstacles?.root === 'delivery' ? [obstacles.path] : [],
    };
  }

  async #readMotion(poses: PoseGraph): Promise<FileRef | null> {
    const file = this.#file('egomotion');
    if (!file) {
      const params = { clip: this.#clip.id };
      this.#report({ code: 'physical-ai-egomotion-missing', severity: 'warning', path: '', params });
      return null;
    }
    const motion = await this.#with(file, (source) => readEgomotion(source, file.path));
    if (!motion) return null;
    if (motion.bad > 0) {
      const params = { count: motion.bad };
      this.#report({ code: 'physical-ai-poses-bad', severity: 'warning', path: file.path, params });
    }
    poses.addDynamic(RIG, WORLD, motion.trajectory);
    return file;
  }

  /** Offline calibration may lack radars; those are taken from the online one. */
  async #readMounting(poses: PoseGraph): Promise<FileRef | null> {
    const files = ['sensor_extrinsics.offline', 'sensor_extrinsics'].flatMap(
      (feature) => this.#clip.files.get(feature) ?? [],
    );
    let first: FileRef | null = null;
    for (const file of files) {
      const mounted = await this.#with(file, (source) => readExtrinsics(source, file.path, this.#clip.id));
      if (!mounted) continue;
      for (const [sensor, rigFromSensor] of mounted) poses.addStatic(sensor, RIG, rigFromSensor);
      first ??= file;
    }
    if (!first) {
      const params = { clip: this.#clip.id };
      this.#report({ code: 'physical-ai-extrinsics-missing', severity: 'warning', path: '', params });
    }
    return first;
  }

  async #readLenses(): Promise<Map<string, { lens: NvidiaCamera; delay: number }>> {
    const lenses = new Map<string, { lens: NvidiaCamera; delay: number }>();
    const file = this.#file('camera_intrinsics');
    const columns = ['camera_name', ...MODEL_COLUMNS, ...LENS_COLUMNS];
    const table = file && (await this.#table(file, ['camera_name'], { columns, clip: this.#clip.id }));
    if (!file || !table) return lenses;
    const isStated = table.has(...MODEL_COLUMNS);
    if (!isStated && !table.has(...LENS_COLUMNS)) {
      const params = { columns: MODEL_COLUMNS.join(', ') };
      this.#report({ code: 'physical-ai-columns-missing', severity: 'error', path: file.path, params });
      return lenses;
    }
    for (const row of table.rows) {
      const camera = table.text('camera_name', row);
      const known = isStated
        ? this.#statedLens(table, row, file)
        : { lens: lensOfColumns(table, row), delay: 0 };
      if (known.lens.model.kind === 'unknown') {
        const params = { camera, model: known.lens.model.name.slice(0, 100) };
        this.#report({ code: 'ncore-lens-unknown', severity: 'warning', path: file.path, params });
      }
      lenses.set(camera, known);
    }
    return lenses;
  }

  #statedLens(table: ClipTable, row: number, { path }: FileRef): { lens: NvidiaCamera; delay: number } {
    const json = parseJson(table.text('model_parameters', row), path);
    if (!json.ok) this.#report({ ...json.problem, place: `row ${row}` });
    const parameters = asRecord(json.ok ? json.value : null) ?? {};
    const lens = nvidiaCamera(table.text('model_type', row), parameters);
    return { lens, delay: Math.max(0, asNumber(parameters.shutter_delay_us) ?? 0) };
  }

  #sensorFiles(pattern: RegExp): [name: string, file: FileRef][] {
    return [...this.#clip.files]
      .filter(([feature]) => pattern.test(feature))
      .sort(([a], [b]) => (a < b ? -1 : 1));
  }

  async #readSpins(): Promise<ClipSensor[]> {
    const sensors: ClipSensor[] = [];
    const columns = [...SPIN_COLUMNS, SPIN_START_ONLY];
    for (const [name, file] of this.#sensorFiles(/^lidar_(?!intrinsics)[a-z0-9_]+$/)) {
      const table = await this.#table(file, [], { columns });
      const readings = table && spinsOf(table);
      if (table && !readings) {
        const params = { columns: SPIN_COLUMNS.join(', ') };
        this.#report({ code: 'physical-ai-columns-missing', severity: 'error', path: file.path, params });
      }
      sensors.push({ name, file, readings: this.#sound(readings ?? [], file) });
    }
    return sensors;
  }

  async #readScans(): Promise<ClipSensor[]> {
    const sensors: ClipSensor[] = [];
    const columns = [SCAN_COLUMN, SCAN_TIME_COLUMN];
    for (const [name, file] of this.#sensorFiles(/^radar_[a-z0-9_]+$/)) {
      const table = await this.#table(file, columns, { columns });
      const scans = new Map<number, Reading>();
      for (const row of table?.rows ?? []) {
        const scan = table!.number(SCAN_COLUMN, row);
        const time = table!.number(SCAN_TIME_COLUMN, row);
        if (time < 0) continue;
        const known = scans.get(scan) ?? { row: scan, start: time, end: time };
        scans.set(scan, { row: scan, start: Math.min(known.start, time), end: Math.max(known.end, time) });
      }
      sensors.push({ name, file, readings: this.#sound([...scans.values()], file) });
    }
    return sensors;
  }

  async #readCameras(
    lenses: ReadonlyMap<string, { lens: NvidiaCamera; delay: number }>,
  ): Promise<ClipCamera[]> {
    const cameras: ClipCamera[] = [];
    for (const [feature, file] of this.#sensorFiles(/^camera_[a-z0-9_]+\.mp4$/)) {
      const name = feature.slice(0, -'.mp4'.length);
      const { lens, delay = 0 } = lenses.get(name) ?? {};
      const times = this.#file(`${name}.timestamps`);
      const table = times && (await this.#table(times, ['timestamp'], { columns: ['timestamp'] }));
      if (!times) {
        const params = { camera: name };
        this.#report({ code: 'physical-ai-times-missing', severity: 'error', path: file.path, params });
      }
      // The stated time is the end of the picture.
      const readings = (table?.rows ?? []).map((row) => {
        const end = table!.number('timestamp', row);
        return { row, start: end - delay, end };
      });
      const blurred = await this.#readBlurred(name);
      cameras.push({ name, file, lens, blurred, readings: this.#sound(readings, times ?? file) });
    }
    return cameras;
  }

  async #readBlurred(camera: string): Promise<Map<number, number[][]>> {
    const boxes = new Map<number, number[][]>();
    const file = this.#file(`${camera}.blurred_boxes`);
    const columns = ['frame_index', 'x1', 'y1', 'x2', 'y2'];
    const table = file && (await this.#table(file, columns, { columns }));
    for (const row of table?.rows ?? []) {
      const frame = table!.number('frame_index', row);
      const box = columns.slice(1).map((column) => table!.number(column, row));
      if (!box.every(Number.isFinite)) continue;
      const known = boxes.get(frame);
      if (known) known.push(box);
      else boxes.set(frame, [box]);
    }
    return boxes;
  }

  /** Readings before the clip's start have negative times and are left out in silence, as the owner does; others told. */
  #sound(readings: readonly Reading[], file: FileRef): Reading[] {
    const sound = readings.filter(
      ({ start, end }) => Number.isFinite(start) && Number.isFinite(end) && end >= start,
    );
    if (sound.length < readings.length) {
      const params = { count: readings.length - sound.length };
      this.#report({ code: 'physical-ai-times-bad', severity: 'warning', path: file.path, params });
    }
    return sound.filter(({ start }) => start >= 0).sort(byTime);
  }
}

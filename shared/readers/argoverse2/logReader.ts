/** Reads one Argoverse 2 log into the delivery: a frame per sweep that was labelled or is there, in order of time. */
import type { Folder } from '../../base/bytes.ts';
import type { FileRef, ImageRef, SweepRef } from '../../model/delivery.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { ReadContext } from '../contract.ts';
import type { DeliveryBuilder } from '../deliveryBuilder.ts';
import { reportSweeps } from '../pairingProblems.ts';
import { extensionOf, filesIn, folderOf, foldersWithFiles, isImagePath, stemOf } from '../paths.ts';
import type { RoleRoots } from '../roleFiles.ts';
import { pairRole, roleFiles } from '../roleFiles.ts';
import { EgoPoses } from './egoPoses.ts';
import type { LabelGatherer } from './labelGatherer.ts';
import { LABEL_COLUMNS } from './labelGatherer.ts';
import type { LogTable } from './logTable.ts';
import { POSE_COLUMNS, readLogTable } from './logTable.ts';
import type { Rig, TimedFile } from './rig.ts';
import { cameraFromSweep, LENS_COLUMNS, nearestFile, rigOf } from './rig.ts';

/** What the format calls the vehicle's frame; sweeps and cuboids are both given in it, at the time of the sweep. */
export const SPACE = 'egovehicle';
/** Both lidars, above one another, share each sweep: beams 0 to 31 are the upper one's, 32 to 63 the lower one's. */
const LIDAR = 'lidar';

export const isFeather = (path: string) => extensionOf(path) === 'feather';

const LABELS = 'annotations.feather';

/** File names are whole nanoseconds; anything else belongs to no time. */
function nanosOfPath(path: string): bigint | null {
  const stem = stemOf(path);
  return /^-?\d{1,19}$/.test(stem) ? BigInt(stem) : null;
}

export class LogReader {
  readonly #roots: RoleRoots;
  readonly #scene: string;
  readonly #builder: DeliveryBuilder;
  readonly #labels: LabelGatherer;

  constructor(roots: RoleRoots, scene: string, builder: DeliveryBuilder, labels: LabelGatherer) {
    this.#roots = roots;
    this.#scene = scene;
    this.#builder = builder;
    this.#labels = labels;
  }

  async read(context: ReadContext): Promise<void> {
    context.signal?.throwIfAborted();
    const labels = await this.#table(LABELS, LABEL_COLUMNS);
    const poses = await this.#poses();
    const rig = await this.#rig(context.lensDistortion === true);
    this.#reportAbsentLabels(labels);
    this.#builder.startScene(this.#scene);
    const lidarFiles = roleFiles(this.#roots, 'sensors/lidar', isFeather);
    const times = sweepTimes(labels, [...lidarFiles.delivery, ...lidarFiles.sensors]);
    // Without a time a file is paired by its name alone: its neighbours' sweeps are not this one's.
    const keys = times.map((nanos) => ({ stem: nanos.toString(), timestampNanos: null }));
    const clouds = pairRole(keys, lidarFiles, this.#roots.contents);
    reportSweeps(this.#builder.problems, keys, clouds);
    const cameras = this.#cameras(rig);
    const frameOf = new Map<bigint, number>();
    let placeless = 0;
    for (const [i, nanos] of times.entries()) {
      const worldFromSpace = poses?.at(nanos) ?? null;
      if (!worldFromSpace) placeless++;
      const cloud = clouds.files[i];
      const sweeps: SweepRef[] = cloud ? [{ ...cloud, lidar: LIDAR, encoding: 'feather' }] : [];
      const frame = this.#builder.addFrame({
        key: nanos.toString(),
        timestampNanos: nanos.toString(),
        space: SPACE,
        sweeps,
        images: cameras.flatMap((camera) => imageOf(camera, poses, nanos)),
        ...(worldFromSpace ? { worldFromSpace } : {}),
      });
      frameOf.set(nanos, frame);
    }
    if (poses && placeless > 0) {
      const params = { frames: placeless, scene: this.#scene };
      this.#builder.problems.add({ code: 'argoverse-pose-missing', severity: 'warning', path: '', params });
    }
    if (labels) this.#labels.add(labels, frameOf);
  }

  /** A file of the log: the delivery's own, else the sensor root's. */
  #find(name: string): FileRef | null {
    const { delivery, prefix, sensors, sensorsPrefix } = this.#roots;
    const has = ({ entries }: Folder, path: string) =>
      filesIn(entries, folderOf(path), (other) => other === path).length > 0;
    if (has(delivery, prefix + name)) return { root: 'delivery', path: prefix + name };
    if (!sensors || sensorsPrefix === null || !has(sensors, sensorsPrefix + name)) return null;
    return { root: 'sensors', path: sensorsPrefix + name };
  }

  /** Null where there is no such table or it cannot be read, which is told. Labels are the delivery's own only. */
  async #table(name: string, columns: readonly string[]): Promise<LogTable | null> {
    const file = this.#find(name);
    if (file === null || (name === LABELS && file.root === 'sensors')) return null;
    if (name === LABELS) this.#builder.labelFile(file.path);
    const folder = file.root === 'delivery' ? this.#roots.delivery : this.#roots.sensors!;
    const table = await readLogTable(folder, file, columns);
    if (table.ok) return table.value;
    this.#builder.problems.add(table.problem);
    return null;
  }

  #reportAbsentLabels(labels: LogTable | null): void {
    if (labels || this.#find(LABELS)?.root === 'delivery') return;
    const params = { scene: this.#scene };
    this.#builder.problems.add({ code: 'argoverse-labels-absent', severity: 'info', path: '', params });
  }

  async #poses(): Promise<EgoPoses | null> {
    const name = 'city_SE3_egovehicle.feather';
    const table = await this.#table(name, ['timestamp_ns', ...POSE_COLUMNS]);
    const { problems } = this.#builder;
    if (!table) {
      const params = { scene: this.#scene, name };
      problems.add({ code: 'argoverse-poses-absent', severity: 'warning', path: '', params });
      return null;
    }
    const poses = new EgoPoses(table);
    if (poses.badRows > 0) {
      const params = { rows: poses.badRows };
      problems.add({ code: 'argoverse-pose-bad', severity: 'warning', path: table.path, params });
    }
    return poses;
  }

  async #rig(isDistorted: boolean): Promise<Rig | null> {
    const intrinsics = await this.#table('calibration/intrinsics.feather', LENS_COLUMNS);
    const columns = ['sensor_name', ...POSE_COLUMNS];
    const extrinsics = await this.#table('calibration/egovehicle_SE3_sensor.feather', columns);
    return intrinsics && extrinsics && rigOf(intrinsics, extrinsics, isDistorted);
  }

  /** Cameras with a calibration or with images, each with its images in order of time. */
  #cameras(rig: Rig | null): CameraFiles[] {
    const files = new Map<string, TimedFile[]>();
    for (const name of [...(rig?.cameras.keys() ?? []), ...(rig?.unusable ?? [])]) files.set(name, []);
    const { delivery, prefix, sensors, sensorsPrefix } = this.#roots;
    this.#addImages(files, delivery, 'delivery', `${prefix}sensors/cameras/`);
    if (sensors && sensorsPrefix !== null) {
      this.#addImages(files, sensors, 'sensors', `${sensorsPrefix}sensors/cameras/`);
    }
    return [...files]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, images]) => {
        const camera = this.#builder.camera(name);
        const known = rig?.cameras.get(name);
        if (!known) {
          const params = { camera: name };
          this.#builder.problems.add({ code: 'camera-uncalibrated', severity: 'warning', path: '', params });
          return { camera, images, calibration: -1, cameraFromEgo: null };
        }
        const { model, cameraFromEgo, width, height } = known;
        const size = width && height ? { width, height } : {};
        const calibration = this.#builder.calibration({
          camera,
          model,
          cameraFromSpace: cameraFromEgo,
          ...size,
        });
        return { camera, images, calibration, cameraFromEgo };
      });
  }

  /** The sensor root's images count only for cameras of which the delivery has none. */
  #addImages(files: Map<string, TimedFile[]>, folder: Folder, root: FileRef['root'], above: string): void {
    for (const path of foldersWithFiles(folder.entries)) {
      const [name, rest] = path.startsWith(above) ? path.slice(above.length).split('/') : [];
      if (!name || rest !== '' || (files.get(name)?.length ?? 0) > 0) continue;
      const timed = filesIn(folder.entries, path, isImagePath).flatMap((image): TimedFile[] => {
        const nanos = nanosOfPath(image);
        return nanos === null ? [] : [{ nanos, file: { root, path: image } }];
      });
      files.set(
        name,
        timed.sort((a, b) => (a.nanos < b.nanos ? -1 : 1)),
      );
    }
  }
}

/** Every time that has labels or a cloud, in order. */
function sweepTimes(labels: LogTable | null, paths: readonly string[]): bigint[] {
  const times = new Set<bigint>();
  for (let row = 0; row < (labels?.rows ?? 0); row++) {
    const nanos = labels!.nanos('timestamp_ns', row);
    if (nanos !== null) times.add(nanos);
  }
  for (const path of paths) {
    const nanos = nanosOfPath(path);
    if (nanos !== null) times.add(nanos);
  }
  return [...times].sort((a, b) => (a < b ? -1 : 1));
}

interface CameraFiles {
  readonly camera: number;
  readonly calibration: number;
  readonly cameraFromEgo: Mat4 | null;
  readonly images: readonly TimedFile[];
}

function imageOf(
  { camera, calibration, cameraFromEgo, images }: CameraFiles,
  poses: EgoPoses | null,
  sweepNanos: bigint,
): ImageRef[] {
  const nearest = nearestFile(images, sweepNanos);
  if (!nearest) return [];
  const { nanos, file } = nearest;
  const moved = cameraFromEgo && cameraFromSweep(cameraFromEgo, poses, sweepNanos, nanos);
  return [
    {
      ...file,
      camera,
      calibration,
      timestampNanos: nanos.toString(),
      ...(moved ? { cameraFromSpace: moved } : {}),
    },
  ];
}

/**
 * SemanticKITTI: `sequences/NN` with `velodyne`, `labels` (a class and an instance for every point), `poses.txt`,
 * `calib.txt` and `times.txt`, and the odometry benchmark's `image_2` and `image_3` where they were laid beside them.
 */
import type { Folder } from '../../base/bytes.ts';
import { invert } from '../../geometry/matrix.ts';
import type { FileRef, ImageRef, SweepRef } from '../../model/delivery.ts';
import type { DeliveryIndex } from '../../model/labels.ts';
import { encodingByName } from '../cloudEncoding.ts';
import type { ReadContext, Reader } from '../contract.ts';
import { DeliveryBuilder } from '../deliveryBuilder.ts';
import type { KittiCalibration } from '../kitti/kittiCalibration.ts';
import { parseOdometryCalibration } from '../kitti/kittiCalibration.ts';
import { fallingTimes, frameKey, frameNumbers, numberOfPath } from '../kitti/numberedFrames.ts';
import { reportImages, reportSweeps } from '../pairingProblems.ts';
import { baseName, extensionOf, filesIn, foldersHolding, isCloudPath, isImagePath } from '../paths.ts';
import type { RoleRoots } from '../roleFiles.ts';
import { pairRole, roleFiles, roleRoots } from '../roleFiles.ts';
import { readText } from '../textFile.ts';
import { parsePoses, parseTimes } from './scanTables.ts';
import { semanticClasses } from './semanticClasses.ts';

const SPACE = 'lidar';
const LIDAR = 'velodyne';
const CAMERAS = ['image_2', 'image_3'] as const;
const SENSOR_ROLES = ['velodyne', ...CAMERAS] as const;
const DIGITS = 6;

const isLabel = (path: string) => extensionOf(path) === 'label';

/** Folders that hold `labels` with `.label` files, each with its trailing `/`. */
function findSequences(folder: Folder): string[] {
  return foldersHolding(folder.entries, ['labels']).filter(
    (prefix) => filesIn(folder.entries, `${prefix}labels/`, isLabel).length > 0,
  );
}

/** A label file has four bytes for every sixteen of its scan; without the scan, whole words named by a number do. */
async function detect(folder: Folder): Promise<number> {
  const sizes = new Map(folder.entries.map(({ path, size }) => [path, size]));
  let best = 0;
  for (const prefix of findSequences(folder).slice(0, 3)) {
    for (const path of filesIn(folder.entries, `${prefix}labels/`, isLabel).slice(0, 3)) {
      if (numberOfPath(path) === null || sizes.get(path)! % 4 !== 0) continue;
      const scan = sizes.get(`${prefix}velodyne/${baseName(path).replace(/label$/i, 'bin')}`);
      if (scan !== undefined && scan === 4 * sizes.get(path)!) return 0.95;
      best = Math.max(best, 0.8);
    }
  }
  return best;
}

class ScanReader {
  readonly #roots: RoleRoots;
  readonly #builder: DeliveryBuilder;

  constructor(roots: RoleRoots, builder: DeliveryBuilder) {
    this.#roots = roots;
    this.#builder = builder;
  }

  async read(scene: string, context: ReadContext): Promise<void> {
    context.signal?.throwIfAborted();
    const { problems } = this.#builder;
    const calibration = await this.#calibration();
    const worldFromSpace = await this.#poses(calibration);
    const timesFile = await this.#text('times.txt');
    const times = timesFile ? parseTimes(timesFile.text) : [];
    const clouds = roleFiles(this.#roots, 'velodyne', isCloudPath);
    const labels = { ...roleFiles(this.#roots, 'labels', isLabel), sensors: [] };
    const numbers = frameNumbers([...clouds.delivery, ...clouds.sensors, ...labels.delivery], []);
    const keys = numbers.map((number) => frameKey(number, DIGITS));
    const pairedClouds = pairRole(keys, clouds, this.#roots.contents);
    const pairedLabels = pairRole(keys, labels, null);
    const images = CAMERAS.map((camera) => {
      const paired = pairRole(keys, roleFiles(this.#roots, camera, isImagePath), this.#roots.contents);
      return { camera, paired };
    });
    reportSweeps(problems, keys, pairedClouds);
    for (const { camera, paired } of images) reportImages(problems, keys, paired, camera);
    for (const { path } of pairedLabels.unmatched) {
      problems.add({ code: 'semantic-label-unmatched', severity: 'warning', path });
    }

    const frameTimes = numbers.map((number) => times[number] ?? null);
    const falling = fallingTimes(keys, frameTimes, timesFile?.path ?? '');
    if (falling) problems.add(falling);

    this.#builder.startScene(scene);
    for (const [i, number] of numbers.entries()) {
      const [cloud, classes] = [pairedClouds.files[i], pairedLabels.files[i]];
      if (classes) this.#builder.labelFile(classes.path);
      else
        problems.add({
          code: 'labels-missing',
          severity: 'warning',
          path: '',
          params: { frame: keys[i]!.stem },
        });
      const pose = worldFromSpace[number];
      this.#builder.addFrame({
        key: keys[i]!.stem,
        timestampNanos: frameTimes[i]!,
        space: SPACE,
        sweeps: cloud ? [sweepOf(cloud, classes ?? null)] : [],
        images: images.flatMap(({ camera, paired }) => this.#image(camera, paired.files[i], calibration)),
        ...(pose ? { worldFromSpace: pose } : {}),
      });
    }
  }

  /** A file of the sequence: the delivery's own, else the sensor root's; null where there is none, or it is told. */
  async #text(name: string): Promise<{ text: string; path: string } | null> {
    const { delivery, prefix, sensors, sensorsPrefix } = this.#roots;
    const places: [Folder | null, string | null][] = [
      [delivery, prefix],
      [sensors, sensorsPrefix],
    ];
    for (const [folder, above] of places) {
      if (!folder || above === null) continue;
      const path = above + name;
      if (filesIn(folder.entries, above, (other) => other === path).length === 0) continue;
      const text = await readText(folder, path);
      if (text.ok) return { text: text.value, path };
      this.#builder.problems.add(text.problem);
      return null;
    }
    return null;
  }

  async #calibration(): Promise<KittiCalibration | null> {
    const file = await this.#text('calib.txt');
    if (file === null) return null;
    const parsed = parseOdometryCalibration(file.text, file.path);
    if (parsed.ok) return parsed.value;
    this.#builder.problems.add(parsed.problem);
    return null;
  }

  async #poses(calibration: KittiCalibration | null) {
    const file = await this.#text('poses.txt');
    const cameraFromVelodyne = calibration && invert(calibration.velodyneFromRectified);
    if (file === null || !cameraFromVelodyne) return [];
    const poses = parsePoses(file.text, cameraFromVelodyne);
    const bad = poses.filter((pose) => pose === null).length;
    if (bad > 0) {
      const params = { rows: bad };
      this.#builder.problems.add({
        code: 'semantic-poses-bad',
        severity: 'warning',
        path: file.path,
        params,
      });
    }
    return poses;
  }

  #image(name: string, file: FileRef | null | undefined, calibration: KittiCalibration | null): ImageRef[] {
    if (!file) return [];
    const camera = this.#builder.camera(name);
    const known = calibration?.cameras.get(name);
    const index = known
      ? this.#builder.calibration({ camera, model: known.model, cameraFromSpace: known.cameraFromVelodyne })
      : -1;
    return [{ ...file, camera, calibration: index, timestampNanos: null }];
  }
}

function sweepOf(cloud: FileRef, classes: FileRef | null): SweepRef {
  const sweep = { ...cloud, lidar: LIDAR, encoding: encodingByName(cloud.path) };
  return classes ? { ...sweep, classes: { ...classes, encoding: 'uint32' } } : sweep;
}

async function index(folder: Folder, context: ReadContext): Promise<DeliveryIndex> {
  const builder = new DeliveryBuilder();
  builder.pointClasses(semanticClasses);
  const sequences = findSequences(folder);
  for (const [i, prefix] of sequences.entries()) {
    const roots = roleRoots(folder, prefix, sequences.length === 1, SENSOR_ROLES, context);
    await new ScanReader(roots, builder).read(baseName(prefix.slice(0, -1)) || 'sequence', context);
    context.progress?.(i + 1, sequences.length);
  }
  return builder.build('semantic-kitti');
}

export const semanticKittiReader: Reader = {
  id: 'semantic-kitti',
  lookedFor: 'readers.lookedFor.semantic-kitti',
  detect,
  index,
};

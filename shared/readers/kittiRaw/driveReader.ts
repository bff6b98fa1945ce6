/** Reads one drive of KITTI raw recordings into the delivery: clouds, four cameras, poses and tracklets, by frame number. */
import type { Folder } from '../../base/bytes.ts';
import { invertRigid } from '../../geometry/matrix.ts';
import type { FileRef, ImageRef } from '../../model/delivery.ts';
import type { Mat4 } from '../../model/pose.ts';
import { encodingByName } from '../cloudEncoding.ts';
import type { ReadContext } from '../contract.ts';
import type { DeliveryBuilder } from '../deliveryBuilder.ts';
import { inBatches } from '../inBatches.ts';
import { fallingTimes, frameKey, frameNumbers } from '../kitti/numberedFrames.ts';
import type { OxtsRow } from '../kitti/oxts.ts';
import { oxtsPoses, parseOxtsRow } from '../kitti/oxts.ts';
import { reportImages, reportSweeps } from '../pairingProblems.ts';
import { extensionOf, filesIn, folderOf, isCloudPath, isImagePath } from '../paths.ts';
import type { PairedRole, RoleFiles, RoleRoots } from '../roleFiles.ts';
import { pairRole, roleFiles } from '../roleFiles.ts';
import { readText } from '../textFile.ts';
import type { RawCamera } from './rawCalibration.ts';
import { parseCameraFile, parseRigidFile } from './rawCalibration.ts';
import { parseTimestamps } from './timestamps.ts';
import type { Tracklet } from './tracklets.ts';
import { parseTracklets } from './tracklets.ts';

const SPACE = 'lidar';
const LIDAR = 'velodyne';
const DIGITS = 10;
export const TRACKLETS = 'tracklet_labels.xml';
/** Grey left and right, colour left and right. Some tools write the names in capitals. */
const CAMERAS = [0, 1, 2, 3].map((number) => ({
  number,
  name: `image_0${number}`,
  roles: [`image_0${number}`, `IMAGE_0${number}`],
}));

const isText = (path: string) => extensionOf(path) === 'txt';

/** Files of a role, under whichever of its names there are any. */
function filesOfRole(roots: RoleRoots, roles: readonly string[], keep: (path: string) => boolean): RoleFiles {
  const all = roles.map((role) => roleFiles(roots, `${role}/data`, keep));
  return all.find(({ delivery, sensors }) => delivery.length + sensors.length > 0) ?? all[0]!;
}

const pathsOf = ({ delivery, sensors }: RoleFiles) => [...delivery, ...sensors];

interface CameraImages {
  readonly number: number;
  readonly name: string;
  readonly paired: PairedRole;
  readonly times: ReadonlyMap<number, string>;
}

export class DriveReader {
  readonly #roots: RoleRoots;
  readonly #scene: string;
  readonly #isOnly: boolean;
  readonly #builder: DeliveryBuilder;

  /** `isOnly`: tracklet numbers, which start again in every drive, need no drive before them. */
  constructor(roots: RoleRoots, scene: string, isOnly: boolean, builder: DeliveryBuilder) {
    this.#roots = roots;
    this.#scene = scene;
    this.#isOnly = isOnly;
    this.#builder = builder;
  }

  async read(context: ReadContext): Promise<void> {
    context.signal?.throwIfAborted();
    const { problems } = this.#builder;
    const tracklets = await this.#tracklets();
    const clouds = filesOfRole(this.#roots, ['velodyne_points'], isCloudPath);
    const images = CAMERAS.map((camera) => ({
      ...camera,
      files: filesOfRole(this.#roots, camera.roles, isImagePath),
    }));
    const oxts = filesOfRole(this.#roots, ['oxts'], isText);
    const labelled = tracklets.flatMap(({ poses }) => poses.map(({ frame }) => frame));
    const sensorPaths = [clouds, ...images.map(({ files }) => files)].flatMap(pathsOf);
    const numbers = frameNumbers(sensorPaths, labelled);
    const keys = numbers.map((number) => frameKey(number, DIGITS));
    const pair = (files: RoleFiles) => pairRole(keys, files, this.#roots.contents);
    const pairedClouds = pair(clouds);
    const cameras: CameraImages[] = [];
    for (const { number, name, roles, files } of images) {
      const paired = pair(files);
      cameras.push({ number, name, paired, times: await this.#times(roles, files) });
      reportImages(problems, keys, paired, name);
    }
    reportSweeps(problems, keys, pairedClouds);
    const calibration = await this.#calibration(cameras);
    const velodyneTimes = await this.#times(['velodyne_points'], clouds);
    const oxtsTimes = await this.#times(['oxts'], oxts);
    const poses = await this.#poses(numbers, pair(oxts), context);
    const times = numbers.map((number) => velodyneTimes.get(number) ?? oxtsTimes.get(number) ?? null);
    const falling = fallingTimes(keys, times, this.#roots.prefix);
    if (falling) problems.add(falling);

    this.#builder.startScene(this.#scene);
    const frameOf = new Map<number, number>();
    for (const [i, number] of numbers.entries()) {
      const cloud = pairedClouds.files[i];
      const worldFromSpace = poses[i];
      const frame = this.#builder.addFrame({
        key: keys[i]!.stem,
        timestampNanos: times[i]!,
        space: SPACE,
        sweeps: cloud ? [{ ...cloud, lidar: LIDAR, encoding: encodingByName(cloud.path) }] : [],
        images: cameras.flatMap((camera) => this.#image(camera, camera.paired.files[i], number, calibration)),
        ...(worldFromSpace ? { worldFromSpace } : {}),
      });
      frameOf.set(number, frame);
    }
    this.#addTracklets(tracklets, frameOf);
  }

  /** Labels are the vendor's own work: none are taken from elsewhere. */
  async #tracklets(): Promise<readonly Tracklet[]> {
    const { delivery, prefix } = this.#roots;
    const path = prefix + TRACKLETS;
    if (filesIn(delivery.entries, prefix, (other) => other === path).length === 0) return [];
    this.#builder.labelFile(path);
    const text = await readText(delivery, path);
    const parsed = text.ok ? parseTracklets(text.value, path) : text;
    if (!parsed.ok) {
      this.#builder.problems.add(parsed.problem);
      return [];
    }
    this.#builder.problems.addAll(parsed.value.problems);
    return parsed.value.tracklets;
  }

  /** Text of the first of `paths` that the delivery or, relative to its own drive, the sensor root has. */
  async #text(names: readonly string[]): Promise<{ text: string; path: string } | null> {
    const { delivery, prefix, sensors, sensorsPrefix } = this.#roots;
    const places: [Folder, string][] = [[delivery, prefix]];
    if (sensors && sensorsPrefix !== null) places.push([sensors, sensorsPrefix]);
    for (const [folder, drive] of places) {
      // Calibration lies beside the drives of its day, or in a drive that was handed over alone.
      const above = folderOf(drive.slice(0, -1));
      for (const path of names.flatMap((name) => [drive + name, above + name])) {
        if (filesIn(folder.entries, folderOf(path), (other) => other === path).length === 0) continue;
        const text = await readText(folder, path);
        if (text.ok) return { text: text.value, path };
        this.#builder.problems.add(text.problem);
        return null;
      }
    }
    return null;
  }

  async #times(roles: readonly string[], files: RoleFiles): Promise<ReadonlyMap<number, string>> {
    const file = await this.#text(roles.map((role) => `${role}/timestamps.txt`));
    if (file === null) return new Map();
    return parseTimestamps(
      file.text,
      frameNumbers(files.delivery.length > 0 ? files.delivery : files.sensors, []),
    );
  }

  async #calibration(cameras: readonly CameraImages[]): Promise<ReadonlyMap<number, RawCamera>> {
    const { problems } = this.#builder;
    const [lenses, extrinsics] = [
      await this.#text(['calib_cam_to_cam.txt']),
      await this.#text(['calib_velo_to_cam.txt']),
    ];
    const placed = extrinsics && parseRigidFile(extrinsics.text, extrinsics.path);
    if (placed && !placed.ok) problems.add(placed.problem);
    const parsed = lenses && placed?.ok ? parseCameraFile(lenses.text, lenses.path, placed.value) : null;
    if (parsed && !parsed.ok) problems.add(parsed.problem);
    const known: ReadonlyMap<number, RawCamera> = parsed?.ok ? parsed.value : new Map();
    for (const { number, name, paired } of cameras) {
      if (known.has(number) || paired.files.every((file) => file === null)) continue;
      problems.add({ code: 'camera-uncalibrated', severity: 'warning', path: '', params: { camera: name } });
    }
    return known;
  }

  /** World from Velodyne by frame; a file a frame, of one row. */
  async #poses(
    numbers: readonly number[],
    oxts: PairedRole,
    context: ReadContext,
  ): Promise<readonly (Mat4 | null)[]> {
    if (oxts.files.every((file) => file === null)) return [];
    const { problems } = this.#builder;
    const file = await this.#text(['calib_imu_to_velo.txt']);
    const velodyneFromImu = file && parseRigidFile(file.text, file.path);
    if (!velodyneFromImu?.ok) {
      const params = { scene: this.#scene };
      problems.add(
        velodyneFromImu?.problem ?? { code: 'kitti-imu-unplaced', severity: 'warning', path: '', params },
      );
      return [];
    }
    const rows = await inBatches([...numbers.keys()], context, async (i): Promise<OxtsRow | null> => {
      const ref = oxts.files[i];
      if (!ref) return null;
      const folder = ref.root === 'delivery' ? this.#roots.delivery : this.#roots.sensors!;
      const text = await readText(folder, ref.path);
      const row = text.ok ? parseOxtsRow(text.value) : null;
      const problem = text.ok
        ? ({ code: 'kitti-oxts-bad', severity: 'warning', path: ref.path, params: { rows: 1 } } as const)
        : text.problem;
      if (!row) problems.add(problem);
      return row;
    });
    return oxtsPoses(rows, invertRigid(velodyneFromImu.value));
  }

  #image(
    { number, name, times }: CameraImages,
    file: FileRef | null | undefined,
    frame: number,
    calibration: ReadonlyMap<number, RawCamera>,
  ): ImageRef[] {
    if (!file) return [];
    const camera = this.#builder.camera(name);
    const known = calibration.get(number);
    const size = known?.width && known.height ? { width: known.width, height: known.height } : {};
    const index = known
      ? this.#builder.calibration({
          camera,
          model: known.model,
          cameraFromSpace: known.cameraFromVelodyne,
          ...size,
        })
      : -1;
    return [{ ...file, camera, calibration: index, timestampNanos: times.get(frame) ?? null }];
  }

  #addTracklets(tracklets: readonly Tracklet[], frameOf: ReadonlyMap<number, number>): void {
    const path = this.#roots.prefix + TRACKLETS;
    for (const tracklet of tracklets) {
      const id = String(tracklet.index);
      for (const [k, pose] of tracklet.poses.entries()) {
        this.#builder.labels.addCuboid({
          frame: frameOf.get(pose.frame)!,
          id,
          className: tracklet.type,
          track: this.#isOnly ? id : `${this.#scene}/${id}`,
          center: pose.center,
          size: tracklet.size,
          rotation: pose.rotation,
          isDerived: pose.isInterpolated,
          attributes: { ...tracklet.attributes, ...pose.attributes },
          path,
          place: `tracklets/item ${tracklet.index}/poses/item ${k}`,
        });
      }
    }
  }
}

/**
 * SUSTechPOINTS folders: `lidar`, `camera/<name>`, `calib/camera/<name>.json` and `label`, one set per scene. Labels
 * alone take clouds, images and calibration from the sensor root.
 */
import type { FileEntry, Folder } from '../../base/bytes.ts';
import type { FileRef, ImageRef, SweepEncoding, SweepRef } from '../../model/delivery.ts';
import type { DeliveryIndex } from '../../model/labels.ts';
import { folderEncoding } from '../cloudEncoding.ts';
import type { ReadContext, Reader } from '../contract.ts';
import { DeliveryBuilder } from '../deliveryBuilder.ts';
import type { FrameKey } from '../frameFiles.ts';
import { inBatches } from '../inBatches.ts';
import { reportImages, reportSweeps } from '../pairingProblems.ts';
import {
  extensionOf,
  filesIn,
  foldersHolding,
  foldersWithFiles,
  isCloudPath,
  isImagePath,
  naturalOrder,
  stemOf,
} from '../paths.ts';
import type { PairedRole, RoleRoots } from '../roleFiles.ts';
import { cloudFiles, pairRole, roleFiles, roleRoots } from '../roleFiles.ts';
import { parseJson, readBytes, readJson, readText } from '../textFile.ts';
import { nanosOfStem } from '../timestamps.ts';
import { duplicateKeyProblems } from '../toolExports/duplicateKeys.ts';
import type { SustechCalibration } from './sustechCalibration.ts';
import { parseSustechCalibration } from './sustechCalibration.ts';
import type { SustechLabel } from './sustechLabels.ts';
import { parseSustechLabels } from './sustechLabels.ts';

const SPACE = 'lidar';
const LIDAR = 'lidar';
const ROLES = ['lidar', 'camera', 'calib'] as const;

const isJson = (path: string) => extensionOf(path) === 'json';

/** `[]` and blanks: a frame without objects. */
const EMPTY_LABEL_BYTES = 8;

async function detect(folder: Folder): Promise<number> {
  const { entries } = folder;
  const empty = new Set(entries.filter(({ size }) => size <= EMPTY_LABEL_BYTES).map(({ path }) => path));
  let hasEmptyLabels = false;
  for (const prefix of foldersHolding(entries, ['label'])) {
    const paths = filesIn(entries, `${prefix}label/`, isJson);
    for (const path of paths.filter((name) => !empty.has(name)).slice(0, 5)) {
      const head = await readBytes(folder, path, 4000);
      if (head.ok && new TextDecoder().decode(head.value).includes('"psr"')) return 0.95;
    }
    hasEmptyLabels ||= paths.some((path) => empty.has(path));
  }
  const hasClouds = entries.some(({ path }) => isCloudPath(path) && /(^|\/)lidar\//.test(path));
  const hasCalibration = entries.some(({ path }) => /(^|\/)calib\/camera\/.+\.json$/.test(path));
  return hasClouds && (hasCalibration || hasEmptyLabels) ? 0.7 : 0;
}

/** Names of the subfolders of `folder` that hold files. */
function subfolders(entries: readonly FileEntry[], folder: string): string[] {
  const below = foldersWithFiles(entries).filter((path) => path.startsWith(folder) && path !== folder);
  return [...new Set(below.map((path) => path.slice(folder.length).split('/')[0]!))].sort(naturalOrder);
}

interface Camera {
  readonly name: string;
  readonly images: PairedRole;
  /** Calibration file of the rig, where there is one for all frames. */
  readonly rig: FileRef | null;
  /** Calibration files per frame, which newer versions of the tool write. */
  readonly perFrame: PairedRole;
}

class SceneReader {
  readonly #roots: RoleRoots;
  readonly #builder: DeliveryBuilder;
  /** Object ids restart in every scene, so with several of them tracks carry the scene's name. */
  readonly #trackPrefix: string;

  constructor(roots: RoleRoots, builder: DeliveryBuilder, hasSeveralScenes: boolean) {
    this.#roots = roots;
    this.#builder = builder;
    this.#trackPrefix = hasSeveralScenes ? `${this.sceneId}/` : '';
  }

  get sceneId(): string {
    return this.#roots.prefix.slice(0, -1) || 'scene';
  }

  async read(context: ReadContext): Promise<void> {
    const { problems } = this.#builder;
    this.#builder.startScene(this.sceneId);
    const keys = this.#frameKeys();
    const clouds = pairRole(keys, cloudFiles(this.#roots, 'lidar'), this.#roots.contents);
    const labels = pairRole(keys, { ...roleFiles(this.#roots, 'label', isJson), sensors: [] }, null);
    const cameras = this.#cameras(keys);
    reportSweeps(problems, keys, clouds);
    for (const { name, images } of cameras) reportImages(problems, keys, images, name);
    const encoding = await this.#encoding(clouds);
    const calibrations = await this.#calibrations(cameras, context);

    const contents = await inBatches(labels.files, context, (file) => this.#readLabels(file));
    const expectsLabels = labels.files.some((file) => file !== null);
    for (const [i, key] of keys.entries()) {
      const file = labels.files[i] ?? null;
      if (file === null && expectsLabels) {
        problems.add({ code: 'labels-missing', severity: 'warning', path: '', params: { frame: key.stem } });
      }
      const images = cameras.flatMap((camera) => this.#image(camera, i, calibrations, key));
      const frame = this.#addFrame(key, clouds.files[i] ?? null, encoding, images);
      for (const label of contents[i]!) this.#addLabel(frame, label, file!.path);
    }
  }

  #frameKeys(): FrameKey[] {
    const { delivery, prefix } = this.#roots;
    const stems = new Set<string>();
    for (const path of filesIn(delivery.entries, `${prefix}label/`, isJson)) stems.add(stemOf(path));
    for (const path of filesIn(delivery.entries, `${prefix}lidar/`, isCloudPath)) stems.add(stemOf(path));
    return [...stems].sort(naturalOrder).map((stem) => ({ stem, timestampNanos: nanosOfStem(stem) }));
  }

  #cameras(keys: readonly FrameKey[]): Camera[] {
    const { delivery, prefix, sensors, sensorsPrefix, contents, listedPrefix } = this.#roots;
    const names = new Set(subfolders(delivery.entries, `${prefix}camera/`));
    const addNames = (entries: readonly FileEntry[] | undefined, below: string | null) => {
      if (!entries || below === null) return;
      for (const name of subfolders(entries, `${below}camera/`)) names.add(name);
    };
    addNames(sensors?.entries, sensorsPrefix);
    addNames(contents?.listed.entries, listedPrefix);
    return [...names].map((name) => ({
      name,
      images: pairRole(keys, roleFiles(this.#roots, `camera/${name}`, isImagePath), contents),
      rig: this.#rigFile(name),
      perFrame: pairRole(keys, roleFiles(this.#roots, `calib/camera/${name}`, isJson), contents),
    }));
  }

  /** A rig's calibration is named after its camera, letter by letter, as other files are after their frame. */
  #rigFile(camera: string): FileRef | null {
    const isNamed = (path: string) => isJson(path) && stemOf(path) === camera;
    const files = { ...roleFiles(this.#roots, 'calib/camera', isNamed), keep: isJson };
    return pairRole([{ stem: camera, timestampNanos: null }], files, this.#roots.contents).files[0]!;
  }

  #folderOf(file: FileRef): Folder {
    return file.root === 'delivery' ? this.#roots.delivery : this.#roots.sensors!;
  }

  async #encoding(clouds: PairedRole): Promise<SweepEncoding> {
    const files = clouds.files.filter((file) => file !== null);
    const first = files[0];
    if (!first) return 'pcd';
    return folderEncoding(
      this.#folderOf(first),
      files.filter(({ root }) => root === first.root).map(({ path }) => path),
    );
  }

  /** Every calibration file that an image needs, by `root:path`. */
  async #calibrations(
    cameras: readonly Camera[],
    context: ReadContext,
  ): Promise<Map<string, SustechCalibration>> {
    const files = new Map<string, FileRef>();
    for (const { rig, perFrame, images, name } of cameras) {
      for (const file of [rig, ...perFrame.files]) if (file) files.set(`${file.root}:${file.path}`, file);
      if (rig === null && images.files.some((file, i) => file && !perFrame.files[i])) {
        const params = { frame: '', camera: name };
        this.#builder.problems.add({ code: 'camera-uncalibrated', severity: 'warning', path: '', params });
      }
    }
    const read = await inBatches([...files], { ...context, progress: undefined }, async ([key, file]) => {
      const json = await readJson(this.#folderOf(file), file.path);
      return [key, json.ok ? parseSustechCalibration(json.value, file.path) : json] as const;
    });
    const calibrations = new Map<string, SustechCalibration>();
    for (const [key, result] of read) {
      if (result.ok) calibrations.set(key, result.value);
      else this.#builder.problems.add(result.problem);
    }
    return calibrations;
  }

  async #readLabels(file: FileRef | null): Promise<readonly SustechLabel[]> {
    if (file === null) return [];
    this.#builder.labelFile(file.path);
    const text = await readText(this.#roots.delivery, file.path);
    const json = text.ok ? parseJson(text.value, file.path) : text;
    if (!text.ok || !json.ok) {
      if (!json.ok) this.#builder.problems.add(json.problem);
      return [];
    }
    this.#builder.problems.addAll(duplicateKeyProblems(text.value, file.path));
    const parsed = parseSustechLabels(json.value, file.path);
    this.#builder.problems.addAll(parsed.problems);
    return parsed.labels;
  }

  #image(
    { name, images, perFrame, rig }: Camera,
    frame: number,
    calibrations: ReadonlyMap<string, SustechCalibration>,
    { timestampNanos }: FrameKey,
  ): ImageRef[] {
    const camera = this.#builder.camera(name);
    const file = images.files[frame];
    if (!file) return [];
    const source = perFrame.files[frame] ?? rig;
    const known = source ? calibrations.get(`${source.root}:${source.path}`) : undefined;
    const calibration = known
      ? this.#builder.calibration({ camera, model: known.model, cameraFromSpace: known.cameraFromLidar })
      : -1;
    return [{ ...file, camera, calibration, timestampNanos }];
  }

  #addFrame(
    key: FrameKey,
    cloud: FileRef | null,
    encoding: SweepEncoding,
    images: readonly ImageRef[],
  ): number {
    const isPcd = cloud !== null && extensionOf(cloud.path) === 'pcd';
    const sweeps: SweepRef[] = cloud ? [{ ...cloud, lidar: LIDAR, encoding: isPcd ? 'pcd' : encoding }] : [];
    const { stem, timestampNanos } = key;
    return this.#builder.addFrame({ key: stem, timestampNanos, space: SPACE, sweeps, images });
  }

  #addLabel(frame: number, label: SustechLabel, path: string): void {
    const { position, type, track, center, size, rotation, attributes, isDerived } = label;
    this.#builder.labels.addCuboid({
      frame,
      id: track ?? `row-${position}`,
      className: type,
      track: track === null ? null : `${this.#trackPrefix}${track}`,
      attributes,
      path,
      place: `/${position}`,
      center,
      size,
      rotation,
      isDerived,
    });
  }
}

async function index(folder: Folder, context: ReadContext): Promise<DeliveryIndex> {
  const builder = new DeliveryBuilder();
  const prefixes = foldersHolding(folder.entries, ['label', 'lidar']);
  for (const prefix of prefixes) {
    const roots = roleRoots(folder, prefix, prefixes.length === 1, ROLES, context);
    await new SceneReader(roots, builder, prefixes.length > 1).read(context);
  }
  return builder.build('sustech-points');
}

export const sustechReader: Reader = {
  id: 'sustech-points',
  lookedFor: 'readers.lookedFor.sustech-points',
  detect,
  index,
};

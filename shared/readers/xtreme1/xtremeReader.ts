/**
 * Xtreme1: folders `lidar_point_cloud_0`, `camera_image_0` ..., `camera_config` and `result`, one set per scene, files
 * joined by their name. Results of a model stand beside those of people as a second label source.
 */
import type { Folder } from '../../base/bytes.ts';
import type { FileRef, ImageRef } from '../../model/delivery.ts';
import type { DeliveryIndex } from '../../model/labels.ts';
import { folderEncoding } from '../cloudEncoding.ts';
import type { ReadContext, Reader } from '../contract.ts';
import { DeliveryBuilder } from '../deliveryBuilder.ts';
import type { FrameKey } from '../frameFiles.ts';
import { inBatches } from '../inBatches.ts';
import { reportImages, reportSweeps } from '../pairingProblems.ts';
import {
  baseName,
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
import { readJson } from '../textFile.ts';
import { nanosOfStem } from '../timestamps.ts';
import { readLabelJson, someSniffed } from '../toolExports/jsonDocuments.ts';
import { cameraConfig, configsOf } from './cameraConfig.ts';
import { addXtremeObject, sourcesOf } from './xtremeLabels.ts';

const LIDAR = 'lidar';
const CLOUD_ROLES = ['lidar_point_cloud_0', 'lidar_point_cloud', 'point_cloud'];
const RESULT_ROLES = ['result', 'results'];
const CONFIG_ROLE = 'camera_config';
const CAMERA_ROLE = /^(?:camera_image_|image_?)(\d+)$/;

const isJson = (path: string) => extensionOf(path) === 'json';

/** Last folder of a path that ends with `/`. */
const lastFolder = (folder: string) => baseName(folder.slice(0, -1));

async function detect(folder: Folder): Promise<number> {
  const { entries } = folder;
  const results = foldersHolding(entries, RESULT_ROLES).flatMap((prefix) =>
    RESULT_ROLES.flatMap((role) => filesIn(entries, `${prefix}${role}/`, isJson)),
  );
  const isResult = (text: string) =>
    /"contour"\s*:\s*\{/.test(text) && /"(center3D|className|trackId|classId)"/.test(text);
  if (await someSniffed(folder, results, isResult)) return 0.95;
  const configs = foldersHolding(entries, [CONFIG_ROLE]).flatMap((prefix) =>
    filesIn(entries, `${prefix}${CONFIG_ROLE}/`, isJson),
  );
  return (await someSniffed(folder, configs, (text) => /"camera_?(I|i)nternal"/.test(text))) ? 0.93 : 0;
}

interface Camera {
  readonly name: string;
  readonly number: number;
  readonly images: PairedRole;
}

class SceneReader {
  readonly #roots: RoleRoots;
  readonly #builder: DeliveryBuilder;
  readonly #trackPrefix: string;
  readonly #told = new Set<string>();

  constructor(roots: RoleRoots, builder: DeliveryBuilder, hasSeveralScenes: boolean) {
    this.#roots = roots;
    this.#builder = builder;
    this.#trackPrefix = hasSeveralScenes ? `${this.sceneId}/` : '';
  }

  get sceneId(): string {
    return this.#roots.prefix.slice(0, -1) || 'scene';
  }

  async read(context: ReadContext): Promise<void> {
    this.#builder.startScene(this.sceneId);
    const ownClouds = this.#cloudStems();
    const results = this.#results(ownClouds);
    const keys = [...new Set([...results.keys(), ...ownClouds])]
      .sort(naturalOrder)
      .map((stem) => ({ stem, timestampNanos: nanosOfStem(stem) }));
    const clouds = pairRole(keys, this.#cloudFiles(), this.#roots.contents);
    const cameras = this.#cameras(keys);
    const configs = this.#configs(keys);
    reportSweeps(this.#builder.problems, keys, clouds);
    for (const { name, images } of cameras) reportImages(this.#builder.problems, keys, images, name);
    const first = clouds.files.find((file) => file !== null);
    const bare = clouds.files.flatMap((file) => (file && file.root === first?.root ? file.path : []));
    const encoding = first ? await folderEncoding(this.#folderOf(first), bare) : 'pcd';
    const read = await inBatches(keys, context, async ({ stem }) => {
      const path = results.get(stem);
      return path === undefined ? null : readLabelJson(this.#roots.delivery, path, this.#builder);
    });
    const calibrated = await inBatches(configs, { ...context, progress: undefined }, (file) =>
      this.#readConfig(file),
    );
    for (const [i, key] of keys.entries()) {
      const cloud = clouds.files[i] ?? null;
      const isPcd = cloud !== null && extensionOf(cloud.path) === 'pcd';
      const frame = this.#builder.addFrame({
        key: key.stem,
        timestampNanos: key.timestampNanos,
        space: LIDAR,
        sweeps: cloud ? [{ ...cloud, lidar: LIDAR, encoding: isPcd ? 'pcd' : encoding }] : [],
        images: cameras.flatMap((camera) => this.#image(camera, i, calibrated[i]!, configs[i] ?? null, key)),
      });
      const path = results.get(key.stem);
      if (path !== undefined) this.#addResult(read[i], path, frame, cameras);
    }
  }

  /** Clouds of the delivery, by name. */
  #cloudStems(): Set<string> {
    const { delivery, prefix } = this.#roots;
    const paths = CLOUD_ROLES.flatMap((role) => filesIn(delivery.entries, `${prefix}${role}/`, isCloudPath));
    return new Set(paths.map(stemOf));
  }

  /** Results by the name of their item; an export may put the item's number behind it (`name-123.json`). */
  #results(clouds: ReadonlySet<string>): Map<string, string> {
    const { delivery, prefix } = this.#roots;
    const paths = RESULT_ROLES.flatMap((role) => filesIn(delivery.entries, `${prefix}${role}/`, isJson));
    const itemOf = (stem: string) => {
      const plain = stem.replace(/-\d+$/, '');
      return !clouds.has(stem) && clouds.has(plain) ? plain : stem;
    };
    const results = new Map<string, string>();
    for (const path of paths) {
      const item = itemOf(stemOf(path));
      results.set(results.has(item) ? stemOf(path) : item, path);
    }
    return results;
  }

  #cloudFiles() {
    const found = CLOUD_ROLES.map((role) => cloudFiles(this.#roots, role));
    const filled = found.find(({ delivery, sensors }) => delivery.length + sensors.length > 0);
    return filled ?? found[0]!;
  }

  /** By the number in the folder's name, in either root. */
  #cameras(keys: readonly FrameKey[]): Camera[] {
    const { delivery, prefix, sensors, sensorsPrefix, contents } = this.#roots;
    const names = new Map<string, number>();
    const addNames = (folder: Folder | null, below: string | null) => {
      for (const path of folder && below !== null ? foldersWithFiles(folder.entries) : []) {
        const number = CAMERA_ROLE.exec(lastFolder(path))?.[1];
        if (number === undefined || path.slice(0, -lastFolder(path).length - 1) !== below) continue;
        names.set(lastFolder(path), Number(number));
      }
    };
    addNames(delivery, prefix);
    addNames(sensors, sensorsPrefix);
    return [...names]
      .sort(([, a], [, b]) => a - b)
      .map(([name, number]) => ({
        name,
        number,
        images: pairRole(keys, roleFiles(this.#roots, name, isImagePath), contents),
      }));
  }

  /** Configuration file of each frame; a folder with fewer files than frames holds one per rig or camera. */
  #configs(keys: readonly FrameKey[]): readonly (FileRef | null)[] {
    const files = roleFiles(this.#roots, CONFIG_ROLE, isJson);
    const paired = pairRole(keys, files, this.#roots.contents).files;
    const only = [...files.delivery, ...files.sensors];
    if (only.length !== 1) return paired;
    const root = files.delivery.length === 1 ? ('delivery' as const) : ('sensors' as const);
    return keys.map(() => ({ root, path: only[0]! }));
  }

  #folderOf(file: FileRef): Folder {
    return file.root === 'delivery' ? this.#roots.delivery : this.#roots.sensors!;
  }

  async #readConfig(file: FileRef | null): Promise<readonly unknown[]> {
    if (file === null) return [];
    const json = await readJson(this.#folderOf(file), file.path);
    if (json.ok) return configsOf(json.value);
    this.#builder.problems.add(json.problem);
    return [];
  }

  #image(
    { name, number, images }: Camera,
    frame: number,
    configs: readonly unknown[],
    source: FileRef | null,
    { timestampNanos }: FrameKey,
  ): ImageRef[] {
    const camera = this.#builder.camera(name);
    const file = images.files[frame];
    if (!file) return [];
    const config = cameraConfig(configs[number]);
    if (typeof config !== 'string') {
      const { cameraFromLidar, ...rest } = config;
      const calibration = this.#builder.calibration({ camera, cameraFromSpace: cameraFromLidar, ...rest });
      return [{ ...file, camera, calibration, timestampNanos }];
    }
    this.#tellConfig(name, configs[number] === undefined ? CONFIG_ROLE : config, source);
    return [{ ...file, camera, calibration: -1, timestampNanos }];
  }

  /** Once per camera: a rig's configuration is repeated in every frame. */
  #tellConfig(camera: string, key: string, source: FileRef | null): void {
    if (this.#told.has(camera)) return;
    this.#told.add(camera);
    const params = { camera, key };
    this.#builder.problems.add({
      code: 'calibration-bad',
      severity: 'warning',
      path: source?.path ?? '',
      params,
    });
  }

  #addResult(json: unknown, path: string, frame: number, cameras: readonly Camera[]): void {
    if (json === null) return;
    const sources = sourcesOf(json);
    const bad = (key: string, place: string) =>
      this.#builder.problems.add({ code: 'entry-bad', severity: 'error', path, place, params: { key } });
    if (sources === null) bad('objects', '/');
    const isOnlyModel = sources?.every(({ isModel }) => isModel) ?? false;
    const nameOfView = (view: number) => cameras.find(({ number }) => number === view)?.name;
    const cameraOf = (view: number) => this.#builder.camera(nameOfView(view) ?? `camera_image_${view}`);
    for (const [s, { name, isModel, objects }] of (sources ?? []).entries()) {
      // A model's run beside people's work is an opinion; alone it is what was delivered.
      const isOther = isModel && !isOnlyModel;
      const labels = isOther ? this.#builder.otherLabels(name || 'model', 'model') : this.#builder.labels;
      for (const [position, object] of objects.entries()) {
        const place = `/${s}/objects/${position}`;
        const where = { labels, frame, cameraOf, trackPrefix: this.#trackPrefix, path, place };
        if (!addXtremeObject(object, position, where)) bad('contour', place);
      }
    }
  }
}

async function index(folder: Folder, context: ReadContext): Promise<DeliveryIndex> {
  const builder = new DeliveryBuilder();
  const prefixes = foldersHolding(folder.entries, [...RESULT_ROLES, ...CLOUD_ROLES]);
  const roles = [...CLOUD_ROLES, CONFIG_ROLE, 'camera_image_0', 'image0'];
  for (const prefix of prefixes) {
    const roots = roleRoots(folder, prefix, prefixes.length === 1, roles, context);
    await new SceneReader(roots, builder, prefixes.length > 1).read(context);
  }
  return builder.build('xtreme1');
}

export const xtremeReader: Reader = {
  id: 'xtreme1',
  lookedFor: 'readers.lookedFor.xtreme1',
  detect,
  index,
};

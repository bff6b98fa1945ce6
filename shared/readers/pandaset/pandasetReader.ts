/**
 * PandaSet sequences: `lidar`, `camera/<name>`, `annotations/cuboids` and `annotations/semseg`, everything in the
 * world's axes with a pose per frame and sensor. Points and cuboids are brought into the lidar's place: x forward, y
 * left, z up, while the sensor's own axes are x right, y forward (its pose turns +y into the way the car goes).
 */
import type { FileEntry, Folder } from '../../base/bytes.ts';
import { ProblemError } from '../../base/problem.ts';
import { invertRigid, multiply, transformPoint } from '../../geometry/matrix.ts';
import { multiplyQuaternions, quaternionFromRotation } from '../../geometry/rotation.ts';
import type { PinholeModel } from '../../model/camera.ts';
import type { FileRef, ImageRef, SweepRef } from '../../model/delivery.ts';
import type { DeliveryIndex } from '../../model/labels.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { ReadContext, Reader } from '../contract.ts';
import { DeliveryBuilder } from '../deliveryBuilder.ts';
import type { FrameKey } from '../frameFiles.ts';
import { inBatches } from '../inBatches.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asText, entriesOf } from '../jsonValues.ts';
import { reportImages, reportSweeps } from '../pairingProblems.ts';
import {
  extensionOf,
  filesIn,
  foldersHolding,
  foldersWithFiles,
  isImagePath,
  naturalOrder,
} from '../paths.ts';
import type { PairedRole, RoleRoots } from '../roleFiles.ts';
import { pairRole, roleFiles, roleRoots } from '../roleFiles.ts';
import { readBytes, readJson } from '../textFile.ts';
import { pandasetCuboid } from './pandasetLabels.ts';
import { parseIntrinsics, parsePoses, parseTimestamps } from './pandasetPoses.ts';
import { readTable, tableStem } from './pandasetTables.ts';
import { pcdHeaderOf, splittingField } from './pcdPart.ts';

const ROLES = ['annotations', 'lidar', 'camera'];
const SENSOR_ROLES = ['lidar', 'camera'];
const CUBOIDS = 'annotations/cuboids';
const SEMSEG = 'annotations/semseg';

/** Told apart by a column of a cloud they share: the turning lidar on the roof and the forward one. */
const LIDARS = [
  { name: 'pandar64', equals: 0 },
  { name: 'pandargt', equals: 1 },
];
/** That column, in the vendor's pickles and in clouds that were re-encoded. */
const PICKLE_FIELD = 'd';
const PCD_FIELD = 'sensor_id';
/** Where nothing tells the points of the two apart. */
const BOTH_LIDARS = 'lidar';

const LIDAR_SPACE = 'lidar';
const WORLD_SPACE = 'world';
/** The sensor's axes (x right, y forward) from x forward, y left. */
const sensorFromSpace: Mat4 = [0, -1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

const isPickle = (path: string) => /\/?\d+\.pkl(\.gz)?$/.test(path);
const isSweep = (path: string) => isPickle(path) || extensionOf(path) === 'pcd';
const isTable = (path: string) => tableStem(path) !== null;

async function detect(folder: Folder): Promise<number> {
  const tables = folder.entries.filter(
    ({ path }) => isTable(path) && /(^|\/)annotations\/cuboids\/[^/]+$/.test(path),
  );
  for (const { path } of tables.slice(0, 3)) {
    const head = await readBytes(folder, path, 4000);
    if (!head.ok) continue;
    const [first, second] = head.value;
    const isPickled = (first === 0x1f && second === 0x8b) || first === 0x80;
    if (isPickled || new TextDecoder().decode(head.value).includes('"dimensions.x"')) return 0.95;
  }
  const hasClouds = folder.entries.some(({ path }) => /(^|\/)lidar\/\d+\.pkl(\.gz)?$/.test(path));
  const hasPoses = folder.entries.some(({ path }) => /(^|\/)lidar\/poses\.json$/.test(path));
  return hasClouds ? (hasPoses ? 0.92 : 0.8) : 0;
}

/** Names of the folders directly below `folder`. */
function subfolders(entries: readonly FileEntry[], folder: string): string[] {
  const below = foldersWithFiles(entries).filter((path) => path.startsWith(folder) && path !== folder);
  return [...new Set(below.map((path) => path.slice(folder.length).split('/')[0]!))].sort(naturalOrder);
}

interface Camera {
  readonly name: string;
  readonly images: PairedRole;
  readonly model: PinholeModel | null;
  readonly worldFromCamera: readonly (Mat4 | null)[];
  readonly timestamps: readonly (string | null)[];
}

/** Where a frame's points and cuboids are brought. */
interface FramePlace {
  readonly space: string;
  readonly worldFromSpace: Mat4 | null;
}

class SequenceReader {
  readonly #roots: RoleRoots;
  readonly #builder: DeliveryBuilder;
  #arePcdsSplit = false;

  constructor(roots: RoleRoots, builder: DeliveryBuilder) {
    this.#roots = roots;
    this.#builder = builder;
  }

  async read(context: ReadContext): Promise<void> {
    const { problems } = this.#builder;
    this.#builder.startScene(this.#roots.prefix.slice(0, -1) || 'scene');
    const times = parseTimestamps(await this.#firstJson(['lidar/timestamps.json', 'meta/timestamps.json']));
    const poses = parsePoses(await this.#firstJson(['lidar/poses.json']));
    const keys = this.#frameKeys(times);
    const clouds = this.#clouds(keys);
    this.#arePcdsSplit = await this.#canSplitPcds(clouds);
    reportSweeps(problems, keys, clouds);
    const tables = pairRole(keys, { ...roleFiles(this.#roots, CUBOIDS, isTable), sensors: [] }, null);
    const semseg = pairRole(keys, roleFiles(this.#roots, SEMSEG, isTable), null);
    await this.#readClasses(semseg);
    const cameras = await this.#cameras(keys);
    const rows = await inBatches(tables.files, context, (file) => this.#readRows(file));
    const expectsLabels = tables.files.some((file) => file !== null);
    for (const [i, key] of keys.entries()) {
      if (expectsLabels && tables.files[i] === null) {
        problems.add({ code: 'labels-missing', severity: 'warning', path: '', params: { frame: key.stem } });
      }
      const place = this.#place(key, poses);
      const sweeps = this.#sweeps(clouds.files[i] ?? null, semseg.files[i] ?? null, place);
      const images = cameras.flatMap((camera) => this.#image(camera, i, Number(key.stem), place));
      const frame = this.#builder.addFrame({
        key: key.stem,
        timestampNanos: key.timestampNanos,
        space: place.space,
        sweeps,
        images,
        ...(place.worldFromSpace ? { worldFromSpace: place.worldFromSpace } : {}),
      });
      for (const [at, row] of rows[i]!.entries())
        this.#addCuboid(frame, row, at, place, tables.files[i]!.path);
    }
  }

  #folderOf({ root }: FileRef): Folder {
    return root === 'delivery' ? this.#roots.delivery : this.#roots.sensors!;
  }

  /** A side file by its place in the sequence: the delivery's own, else the sensor root's. */
  #sideFile(relative: string): FileRef | null {
    const { delivery, prefix, sensors, sensorsPrefix } = this.#roots;
    const has = (folder: Folder | null, path: string) => folder?.entries.some((entry) => entry.path === path);
    if (has(delivery, prefix + relative)) return { root: 'delivery', path: prefix + relative };
    if (sensorsPrefix === null || !has(sensors, sensorsPrefix + relative)) return null;
    return { root: 'sensors', path: sensorsPrefix + relative };
  }

  /** Content of the first of these files that is there and is JSON; undefined where none is. */
  async #firstJson(relatives: readonly string[]): Promise<unknown> {
    for (const relative of relatives) {
      const file = this.#sideFile(relative);
      if (!file) continue;
      const json = await readJson(this.#folderOf(file), file.path);
      if (json.ok) return json.value;
      this.#builder.problems.add(json.problem);
    }
    return undefined;
  }

  /** Frames are numbered; their files carry the number with zeros in front. */
  #frameKeys(times: readonly (string | null)[]): FrameKey[] {
    const { delivery, prefix } = this.#roots;
    const numbers = new Map<number, string>();
    const folders = [CUBOIDS, ...this.#lidarFolders()].map((role) => `${prefix}${role}/`);
    for (const path of folders.flatMap((folder) => filesIn(delivery.entries, folder, () => true))) {
      const stem = tableStem(path) ?? /(?:^|\/)(\d{1,9})\.pcd$/.exec(path)?.[1];
      if (stem !== undefined && !numbers.has(Number(stem))) numbers.set(Number(stem), stem);
    }
    return [...numbers]
      .sort(([a], [b]) => a - b)
      .map(([number, stem]) => ({ stem, timestampNanos: times[number] ?? null }));
  }

  /** `lidar`, or what a re-encoded delivery calls it (`lidar_full`): whole clouds before thinned ones. */
  #lidarFolders(): string[] {
    const { delivery, prefix, sensors, sensorsPrefix } = this.#roots;
    const names = new Set(['lidar', 'lidar_full']);
    const add = (entries: readonly FileEntry[] | undefined, below: string | null) => {
      if (!entries || below === null) return;
      for (const name of subfolders(entries, below)) if (name.startsWith('lidar')) names.add(name);
    };
    add(delivery.entries, prefix);
    add(sensors?.entries, sensorsPrefix);
    return [...names];
  }

  /** Each frame's cloud from the first folder that has one. */
  #clouds(keys: readonly FrameKey[]): PairedRole {
    const paired = this.#lidarFolders().map((role) =>
      pairRole(keys, roleFiles(this.#roots, role, isSweep), this.#roots.contents),
    );
    return {
      files: keys.map(
        (_, i) => paired.map(({ files }) => files[i] ?? null).find((file) => file !== null) ?? null,
      ),
      unmatched: paired.flatMap(({ unmatched }) => unmatched),
    };
  }

  /** A sequence was re-encoded in one go: its first cloud speaks for all. */
  async #canSplitPcds({ files }: PairedRole): Promise<boolean> {
    const file = files.find((candidate) => candidate !== null && extensionOf(candidate.path) === 'pcd');
    if (!file) return false;
    try {
      const header = await pcdHeaderOf(await this.#folderOf(file).open(file.path), file.path);
      return header.ok && splittingField(header.value, PCD_FIELD) !== null;
    } catch (error) {
      // A cloud that cannot be opened is told when it is looked at.
      if (error instanceof ProblemError) return false;
      throw error;
    }
  }

  /** Names of the values in point-wise class files, and the files among what is hashed. */
  async #readClasses(semseg: PairedRole): Promise<void> {
    if (semseg.files.every((file) => file === null)) return;
    for (const file of semseg.files) if (file?.root === 'delivery') this.#builder.labelFile(file.path);
    const named = entriesOf(await this.#firstJson([`${SEMSEG}/classes.json`]));
    const classes = named.flatMap(([value, name]) =>
      /^\d{1,5}$/.test(value) ? [{ value: Number(value), name: asText(name) ?? value }] : [],
    );
    this.#builder.pointClasses(classes);
  }

  async #cameras(keys: readonly FrameKey[]): Promise<Camera[]> {
    const { delivery, prefix, sensors, sensorsPrefix, contents } = this.#roots;
    const names = new Set(subfolders(delivery.entries, `${prefix}camera/`));
    if (sensors && sensorsPrefix !== null) {
      for (const name of subfolders(sensors.entries, `${sensorsPrefix}camera/`)) names.add(name);
    }
    const cameras: Camera[] = [];
    for (const name of names) {
      const images = pairRole(keys, roleFiles(this.#roots, `camera/${name}`, isImagePath), contents);
      reportImages(this.#builder.problems, keys, images, name);
      const [worldFromCamera, timestamps] = [
        parsePoses(await this.#firstJson([`camera/${name}/poses.json`])),
        parseTimestamps(await this.#firstJson([`camera/${name}/timestamps.json`])),
      ];
      cameras.push({ name, images, model: await this.#lens(name, images), worldFromCamera, timestamps });
    }
    return cameras;
  }

  async #lens(camera: string, images: PairedRole): Promise<PinholeModel | null> {
    const { problems } = this.#builder;
    const relative = `camera/${camera}/intrinsics.json`;
    const file = this.#sideFile(relative);
    const json = await this.#firstJson([relative]);
    const lens = file && json !== undefined ? parseIntrinsics(json, file.path) : null;
    if (lens?.ok) return lens.value;
    if (lens) problems.add(lens.problem);
    else if (images.files.some((image) => image !== null)) {
      const params = { frame: '', camera };
      problems.add({ code: 'camera-uncalibrated', severity: 'warning', path: '', params });
    }
    return null;
  }

  /** A frame without a pose stays in the world, points and cuboids alike. */
  #place({ stem }: FrameKey, poses: readonly (Mat4 | null)[]): FramePlace {
    const worldFromLidar = poses[Number(stem)];
    if (worldFromLidar) {
      return { space: LIDAR_SPACE, worldFromSpace: multiply(worldFromLidar, sensorFromSpace) };
    }
    const params = { frame: stem };
    this.#builder.problems.add({ code: 'pandaset-pose-missing', severity: 'warning', path: '', params });
    return { space: WORLD_SPACE, worldFromSpace: null };
  }

  #sweeps(file: FileRef | null, classes: FileRef | null, { worldFromSpace }: FramePlace): SweepRef[] {
    if (!file) return [];
    const common = {
      ...file,
      ...(worldFromSpace ? { spaceFromPoints: invertRigid(worldFromSpace) } : {}),
      ...(classes ? { classes: { ...classes, encoding: 'pandas' as const } } : {}),
    };
    const encoding = isPickle(file.path) ? 'pandas' : 'pcd';
    if (encoding === 'pcd' && !this.#arePcdsSplit) return [{ ...common, lidar: BOTH_LIDARS, encoding }];
    const field = encoding === 'pandas' ? PICKLE_FIELD : PCD_FIELD;
    return LIDARS.map(({ name, equals }) => ({
      ...common,
      lidar: name,
      encoding,
      part: { only: { field, equals } },
    }));
  }

  #image(
    { name, images, model, worldFromCamera, timestamps }: Camera,
    at: number,
    number: number,
    { worldFromSpace }: FramePlace,
  ): ImageRef[] {
    const camera = this.#builder.camera(name);
    const file = images.files[at];
    if (!file) return [];
    const pose = worldFromCamera[number];
    const timestampNanos = timestamps[number] ?? null;
    if (!model || !pose) return [{ ...file, camera, calibration: -1, timestampNanos }];
    const cameraFromWorld = invertRigid(pose);
    const cameraFromSpace = worldFromSpace ? multiply(cameraFromWorld, worldFromSpace) : cameraFromWorld;
    const calibration = this.#builder.calibration({
      camera,
      model,
      cameraFromSpace: this.#mount(name, cameraFromSpace),
    });
    return [{ ...file, camera, calibration, timestampNanos, cameraFromSpace }];
  }

  readonly #mounts = new Map<string, Mat4>();

  /** Where a camera sits, as its first frame says; each image states its own place, for the car moves in between. */
  #mount(camera: string, cameraFromSpace: Mat4): Mat4 {
    const known = this.#mounts.get(camera);
    if (known) return known;
    this.#mounts.set(camera, cameraFromSpace);
    return cameraFromSpace;
  }

  async #readRows(file: FileRef | null): Promise<readonly (JsonRecord | null)[]> {
    if (file === null) return [];
    this.#builder.labelFile(file.path);
    const rows = await readTable(() => this.#folderOf(file).open(file.path), file.path);
    if (rows.ok) return rows.value;
    this.#builder.problems.add(rows.problem);
    return [];
  }

  #addCuboid(frame: number, row: JsonRecord | null, at: number, place: FramePlace, path: string): void {
    if (!row) {
      this.#builder.problems.add({ code: 'pandaset-row-bad', severity: 'error', path, place: `row ${at}` });
      return;
    }
    const cuboid = pandasetCuboid(row);
    const spaceFromWorld = place.worldFromSpace && invertRigid(place.worldFromSpace);
    this.#builder.labels.addCuboid({
      frame,
      id: cuboid.uuid ?? `row-${at}`,
      className: cuboid.label,
      track: cuboid.uuid,
      attributes: cuboid.attributes,
      path,
      place: `row ${at}`,
      center: spaceFromWorld ? transformPoint(spaceFromWorld, cuboid.center) : cuboid.center,
      size: cuboid.size,
      rotation: spaceFromWorld
        ? multiplyQuaternions(quaternionFromRotation(spaceFromWorld, 4), cuboid.rotation)
        : cuboid.rotation,
    });
  }
}

async function index(folder: Folder, context: ReadContext): Promise<DeliveryIndex> {
  const builder = new DeliveryBuilder();
  const prefixes = foldersHolding(folder.entries, ROLES);
  for (const prefix of prefixes) {
    context.signal?.throwIfAborted();
    const roots = roleRoots(folder, prefix, prefixes.length === 1, SENSOR_ROLES, context);
    await new SequenceReader(roots, builder).read(context);
  }
  return builder.build('pandaset');
}

export const pandasetReader: Reader = {
  id: 'pandaset',
  lookedFor: 'readers.lookedFor.pandaset',
  detect,
  index,
};

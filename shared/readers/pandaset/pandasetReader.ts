/**
 * PandaSet sequences: `lidar`, `camera/<name>`, `annotations/cuboids` and `annotations/semseg`, everything in the
 * world's axes with a pose per frame and sensor. Points and cuboids are brought into the lidar's place: x forward, y
 * left, z up, while the sensor's own axes are x right, y forward (its pose turns +y into the way the car goes).
 */
import type { Folder } from '../../base/bytes.ts';
import { ProblemError } from '../../base/problem.ts';
import { invertRigid, multiply, transformPoint } from '../../geometry/matrix.ts';
import { multiplyQuaternions, quaternionFromRotation } from '../../geometry/rotation.ts';
import type { FileRef, SweepRef } from '../../model/delivery.ts';
import type { DeliveryIndex } from '../../model/labels.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { ReadContext, Reader } from '../contract.ts';
import { DeliveryBuilder } from '../deliveryBuilder.ts';
import type { FrameKey } from '../frameFiles.ts';
import { inBatches } from '../inBatches.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asText, entriesOf } from '../jsonValues.ts';
import { reportSweeps } from '../pairingProblems.ts';
import { extensionOf, foldersHolding } from '../paths.ts';
import type { PairedRole } from '../roleFiles.ts';
import { pairRole, roleFiles, roleRoots } from '../roleFiles.ts';
import { readBytes } from '../textFile.ts';
import { SequenceCameras } from './pandasetCameras.ts';
import { CUBOIDS, isPickle, SequenceFiles } from './pandasetFiles.ts';
import { pandasetCuboid } from './pandasetLabels.ts';
import { parsePoses, parseTimestamps } from './pandasetPoses.ts';
import { readTable, tableStem } from './pandasetTables.ts';
import { pcdHeaderOf, splittingField } from './pcdPart.ts';

const ROLES = ['annotations', 'lidar', 'camera'];
const SENSOR_ROLES = ['lidar', 'camera'];
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

/** Where a frame's points and cuboids are brought. */
interface FramePlace {
  readonly space: string;
  readonly worldFromSpace: Mat4 | null;
}

class SequenceReader {
  readonly #files: SequenceFiles;
  readonly #builder: DeliveryBuilder;
  #arePcdsSplit = false;

  constructor(files: SequenceFiles, builder: DeliveryBuilder) {
    this.#files = files;
    this.#builder = builder;
  }

  async read(context: ReadContext): Promise<void> {
    const { problems } = this.#builder;
    const { roots } = this.#files;
    this.#builder.startScene(roots.prefix.slice(0, -1) || 'scene');
    const times = parseTimestamps(
      await this.#files.firstJson(['lidar/timestamps.json', 'meta/timestamps.json']),
    );
    const poses = parsePoses(await this.#files.firstJson(['lidar/poses.json']));
    const keys = this.#files.frameKeys(times);
    const clouds = this.#files.clouds(keys);
    this.#arePcdsSplit = await this.#canSplitPcds(clouds);
    reportSweeps(problems, keys, clouds);
    const tables = pairRole(keys, { ...roleFiles(roots, CUBOIDS, isTable), sensors: [] }, null);
    const semseg = pairRole(keys, roleFiles(roots, SEMSEG, isTable), null);
    await this.#readClasses(semseg);
    const cameras = new SequenceCameras(this.#files, this.#builder);
    await cameras.read(keys);
    const rows = await inBatches(tables.files, context, (file) => this.#readRows(file));
    const expectsLabels = tables.files.some((file) => file !== null);
    for (const [i, key] of keys.entries()) {
      if (expectsLabels && tables.files[i] === null) {
        problems.add({ code: 'labels-missing', severity: 'warning', path: '', params: { frame: key.stem } });
      }
      const place = this.#place(key, poses);
      const sweeps = this.#sweeps(clouds.files[i] ?? null, semseg.files[i] ?? null, place);
      const images = cameras.images(i, Number(key.stem), place.worldFromSpace);
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

  /** A sequence was re-encoded in one go: its first cloud speaks for all. */
  async #canSplitPcds({ files }: PairedRole): Promise<boolean> {
    const file = files.find((candidate) => candidate !== null && extensionOf(candidate.path) === 'pcd');
    if (!file) return false;
    try {
      const header = await pcdHeaderOf(await this.#files.folderOf(file).open(file.path), file.path);
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
    const named = entriesOf(await this.#files.firstJson([`${SEMSEG}/classes.json`]));
    const classes = named.flatMap(([value, name]) =>
      /^\d{1,5}$/.test(value) ? [{ value: Number(value), name: asText(name) ?? value }] : [],
    );
    this.#builder.pointClasses(classes);
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

  async #readRows(file: FileRef | null): Promise<readonly (JsonRecord | null)[]> {
    if (file === null) return [];
    this.#builder.labelFile(file.path);
    const rows = await readTable(() => this.#files.folderOf(file).open(file.path), file.path);
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
    const files = new SequenceFiles(roots, builder.problems);
    await new SequenceReader(files, builder).read(context);
  }
  return builder.build('pandaset');
}

export const pandasetReader: Reader = {
  id: 'pandaset',
  lookedFor: 'readers.lookedFor.pandaset',
  detect,
  index,
};

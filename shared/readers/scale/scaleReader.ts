/**
 * Scale-style lidar tasks: one JSON file a frame (points, device pose, images with their poses) and the answer, a list
 * of cuboids a frame. All of it is in world coordinates; here a frame is given in its device's own axes.
 */
import type { Folder } from '../../base/bytes.ts';
import { identityMatrix, invertRigid } from '../../geometry/matrix.ts';
import type { ImageRef } from '../../model/delivery.ts';
import type { DeliveryIndex } from '../../model/labels.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { ReadContext, Reader } from '../contract.ts';
import { DeliveryBuilder } from '../deliveryBuilder.ts';
import { inBatches } from '../inBatches.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asRecord, asText } from '../jsonValues.ts';
import { baseName, folderOf, naturalOrder, stemOf } from '../paths.ts';
import { nanosOf } from '../timestamps.ts';
import { recordsOf } from '../toolExports/fields.ts';
import { pathsByDepth, readLabelJson, sniffText, someSniffed } from '../toolExports/jsonDocuments.ts';
import { poseOf } from '../toolExports/poses.ts';
import { SensorFiles } from '../toolExports/sensorFiles.ts';
import { readFrameRecord } from './frameFile.ts';
import { cameraNames, scaleCamera } from './scaleCamera.ts';
import { addScaleCuboid, framesOfCuboids } from './scaleLabels.ts';

const LIDAR = 'lidar';
/** The device's own axes: where it stands, looking where its heading says. */
const DEVICE_SPACE = 'device';
const WORLD_SPACE = 'world';

function isFrame(text: string): boolean {
  return /"device_position"\s*:/.test(text) && /"(points|images|device_heading)"\s*:/.test(text);
}

function isAnswer(text: string): boolean {
  return /"cuboids"\s*:\s*\[/.test(text) && /"(dimensions|yaw|uuid)"\s*:/.test(text);
}

async function detect(folder: Folder): Promise<number> {
  const paths = pathsByDepth(folder, 'json');
  if (await someSniffed(folder, paths, isFrame, true)) return 0.95;
  return (await someSniffed(folder, paths, isAnswer)) ? 0.91 : 0;
}

interface FrameFile {
  readonly path: string;
  readonly root: 'delivery' | 'sensors';
  readonly record: JsonRecord;
}

/** Where labels of a frame go, by the scene's folder and the frame's place in it. */
interface AddedFrame {
  readonly index: number;
  readonly stem: string;
  readonly spaceFromWorld: Mat4;
}

class TaskReader {
  readonly #builder: DeliveryBuilder;
  readonly #files: SensorFiles;
  readonly #told = new Set<string>();

  constructor(builder: DeliveryBuilder, files: SensorFiles) {
    this.#builder = builder;
    this.#files = files;
  }

  addFrame({ path, root, record }: FrameFile): AddedFrame {
    const world = record.device_position === undefined ? null : this.#devicePose(record, path);
    const spaceFromWorld = world ? invertRigid(world) : identityMatrix;
    const hasPoints = record.points !== undefined;
    const sweep = { root, path, lidar: LIDAR, encoding: 'json-points' as const };
    const index = this.#builder.addFrame({
      key: stemOf(path),
      timestampNanos: nanosOf(record.timestamp),
      space: world ? DEVICE_SPACE : WORLD_SPACE,
      sweeps: hasPoints ? [world ? { ...sweep, spaceFromPoints: spaceFromWorld } : sweep] : [],
      images: this.#images(record, path, world ?? identityMatrix),
      ...(world ? { worldFromSpace: world } : {}),
    });
    const added = { index, stem: stemOf(path), spaceFromWorld };
    this.addCuboids(recordsOf(record.cuboids), added, path, '/cuboids');
    return added;
  }

  /** A frame that only an answer knows of: its cuboids stay in the world. */
  addBareFrame(key: string): AddedFrame {
    const frame = { key, timestampNanos: null, space: WORLD_SPACE, sweeps: [], images: [] };
    return { index: this.#builder.addFrame(frame), stem: key, spaceFromWorld: identityMatrix };
  }

  addCuboids(cuboids: readonly JsonRecord[], frame: AddedFrame, path: string, within: string): void {
    const { labels } = this.#builder;
    const { index, spaceFromWorld } = frame;
    for (const [i, cuboid] of cuboids.entries()) {
      addScaleCuboid(cuboid, i, { labels, frame: index, spaceFromWorld, path, place: `${within}/${i}` });
    }
  }

  #devicePose(record: JsonRecord, path: string): Mat4 | null {
    const heading = record.device_heading ?? { x: 0, y: 0, z: 0, w: 1 };
    const pose = poseOf(record.device_position, heading);
    if (!pose) {
      const params = { key: 'device_heading' };
      this.#builder.problems.add({
        code: 'entry-bad',
        severity: 'error',
        path,
        place: '/device_heading',
        params,
      });
    }
    return pose;
  }

  #images(record: JsonRecord, path: string, worldFromSpace: Mat4): ImageRef[] {
    const images = recordsOf(record.images);
    const names = cameraNames(images);
    return images.flatMap((image, i) => {
      const name = names[i]!;
      const camera = this.#builder.camera(name);
      const known = scaleCamera(image, worldFromSpace);
      const file = this.#files.find(asText(image.image_url) ?? '', path);
      const calibration =
        typeof known === 'string'
          ? this.#tellCamera(name, known, path)
          : this.#builder.calibration({ camera, ...known });
      return file ? [{ ...file, camera, calibration, timestampNanos: nanosOf(image.timestamp) }] : [];
    });
  }

  #tellCamera(camera: string, key: string, path: string): -1 {
    if (this.#told.has(camera)) return -1;
    this.#told.add(camera);
    this.#builder.problems.add({
      code: 'calibration-bad',
      severity: 'warning',
      path,
      params: { camera, key },
    });
    return -1;
  }
}

/** Frame files of one root, each without its points. */
async function frameFiles(
  folder: Folder,
  root: FrameFile['root'],
  builder: DeliveryBuilder,
  context: ReadContext,
): Promise<{ frames: FrameFile[]; others: string[] }> {
  const others: string[] = [];
  const read = await inBatches(pathsByDepth(folder, 'json').sort(naturalOrder), context, async (path) => {
    const text = await sniffText(folder, path, true);
    if (!isFrame(text)) {
      if (root === 'delivery' && isAnswer(text)) others.push(path);
      return null;
    }
    const json = await readFrameRecord(folder, path);
    const record = json.ok ? asRecord(json.value) : null;
    if (!json.ok) builder.problems.add(json.problem);
    return record ? { path, root, record } : null;
  });
  return { frames: read.filter((frame) => frame !== null), others: others.sort(naturalOrder) };
}

async function index(folder: Folder, context: ReadContext): Promise<DeliveryIndex> {
  const builder = new DeliveryBuilder();
  const files = new SensorFiles(folder, context.sensors, builder.problems);
  const own = await frameFiles(folder, 'delivery', builder, context);
  const lent =
    own.frames.length === 0 && context.sensors
      ? (await frameFiles(context.sensors, 'sensors', builder, context)).frames
      : [];
  const frames = [...own.frames, ...lent];
  const task = new TaskReader(builder, files);
  const scenes = new Map<string, AddedFrame[]>();
  for (const frame of frames) {
    const name = folderOf(frame.path);
    if (!scenes.has(name)) builder.startScene(baseName(name.slice(0, -1)) || 'scene');
    const scene = scenes.get(name) ?? [];
    scenes.set(name, scene);
    scene.push(task.addFrame(frame));
    if (frame.root === 'delivery' && frame.record.cuboids !== undefined) builder.labelFile(frame.path);
  }
  for (const path of own.others) await addAnswer(folder, path, scenes, task, builder, frames.length > 0);
  files.report();
  return builder.build('scale');
}

/** The scene an answer is about: that of its folder or of one below it, else the only one there is. */
function sceneOf(path: string, scenes: ReadonlyMap<string, AddedFrame[]>): AddedFrame[] | null {
  const folder = folderOf(path);
  const near =
    scenes.get(folder) ?? [...scenes].find(([name]) => name.startsWith(folder) && folder !== '')?.[1];
  return near ?? (scenes.size === 1 ? [...scenes.values()][0]! : null);
}

/** Frames that only answers know of: files of one frame each share their folder's scene. */
function bareScene(
  path: string,
  count: number,
  scenes: Map<string, AddedFrame[]>,
  task: TaskReader,
  builder: DeliveryBuilder,
): AddedFrame[] {
  const name = count === 1 ? folderOf(path) : path;
  if (!scenes.has(name)) builder.startScene(baseName(name.replace(/\/$|\.json$/i, '')) || 'scene');
  const scene = scenes.get(name) ?? [];
  scenes.set(name, scene);
  for (let i = 0; i < count; i++) scene.push(task.addBareFrame(count === 1 ? stemOf(path) : String(i)));
  return scene;
}

async function addAnswer(
  folder: Folder,
  path: string,
  scenes: Map<string, AddedFrame[]>,
  task: TaskReader,
  builder: DeliveryBuilder,
  hasFrames: boolean,
): Promise<void> {
  const answers = framesOfCuboids(await readLabelJson(folder, path, builder));
  if (answers === null) {
    builder.problems.add({
      code: 'entry-bad',
      severity: 'error',
      path,
      place: '/',
      params: { key: 'cuboids' },
    });
    return;
  }
  const scene = hasFrames ? sceneOf(path, scenes) : bareScene(path, answers.length, scenes, task, builder);
  // A file of one frame's cuboids carries the frame's name; a list follows the order of the frames.
  const named = answers.length === 1 ? scene?.find(({ stem }) => stem === stemOf(path)) : undefined;
  for (const [i, cuboids] of answers.entries()) {
    const frame = named ?? scene?.[i];
    if (frame) {
      task.addCuboids(cuboids, frame, path, `/${i}/cuboids`);
    } else {
      const params = { reference: `frame ${i}` };
      builder.problems.add({ code: 'reference-missing', severity: 'error', path, place: `/${i}`, params });
    }
  }
}

export const scaleReader: Reader = { id: 'scale', lookedFor: 'readers.lookedFor.scale', detect, index };

/**
 * Scalabel and BDD100K: JSON lists of frames (pictures, or clouds) with boxes, cuboids and polygons. Every entry of
 * `frames` is a frame; those of one group show each other's pictures. Files of predictions are a second label source.
 */
import type { Folder } from '../../base/bytes.ts';
import { invert } from '../../geometry/matrix.ts';
import type { FileRef, ImageRef, SceneFacts } from '../../model/delivery.ts';
import type { DeliveryIndex } from '../../model/labels.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { ReadContext, Reader } from '../contract.ts';
import { DeliveryBuilder } from '../deliveryBuilder.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asNumber, asRecord, asText } from '../jsonValues.ts';
import { baseName, folderOf, stemOf } from '../paths.ts';
import { nanosOf } from '../timestamps.ts';
import { cameraFromLevel, LEVEL_SPACE, levelFromCamera } from '../toolExports/cameraAxes.ts';
import { isCloudName, sweepOfFile } from '../toolExports/clouds.ts';
import { nameOf } from '../toolExports/fields.ts';
import { pathsByDepth, readLabelJson, sniffText, someSniffed } from '../toolExports/jsonDocuments.ts';
import { SensorFiles } from '../toolExports/sensorFiles.ts';
import type { ScalabelDocument, ScalabelFrame, ScalabelGroup } from './scalabelDocument.ts';
import { cameraFromCloud, lensOfFrame, scalabelDocument, scalabelSensors } from './scalabelDocument.ts';
import { addScalabelLabel, isScored } from './scalabelLabels.ts';

const LIDAR = 'lidar';
/** Camera of pictures that name neither a sensor nor a folder. */
const ONLY_CAMERA = 'camera';

function isScalabel(text: string): boolean {
  if (!/^\s*(\[|\{)/.test(text) || !/"labels"\s*:/.test(text)) return false;
  return /"(box2d|box3d|poly2d)"\s*:\s*(null|[[{])/.test(text) && /"(name|videoName)"\s*:/.test(text);
}

/** A file beside the frames that lists their sensors. */
function isSensors(text: string): boolean {
  return /"type"\s*:\s*"(image|pointcloud)/.test(text) && /"(extrinsics|intrinsics)"\s*:/.test(text);
}

async function detect(folder: Folder): Promise<number> {
  return (await someSniffed(folder, pathsByDepth(folder, 'json'), isScalabel)) ? 0.95 : 0;
}

interface OwnDocument extends ScalabelDocument {
  readonly path: string;
  /** Labels of a program about frames that another file has too. */
  readonly isPrediction: boolean;
}

/** By its name, or because every label carries a score. */
function isPrediction(path: string, { frames }: ScalabelDocument): boolean {
  if (/predict|_pred\b|result/i.test(baseName(path))) return true;
  const labels = frames.flatMap((frame) => frame.labels);
  return labels.length > 0 && labels.every(isScored);
}

const isCloud = ({ uri }: ScalabelFrame) => isCloudName(uri);

/** The key that predictions and ground truth of one picture share. */
const frameKey = ({ video, name }: ScalabelFrame) => JSON.stringify([video, name]);

/** What every frame of a scene says of it: its weather, and the kind of scene and time of day as tags. */
function factsOf(frames: readonly ScalabelFrame[]): SceneFacts {
  const common = (name: string): string | null => {
    const values = new Set(frames.map(({ raw }) => asText(asRecord(raw.attributes)?.[name])));
    return values.size === 1 ? [...values][0] || null : null;
  };
  const weather = common('weather');
  const tags = ['scene', 'timeofday'].flatMap((name) => common(name) ?? []);
  return { ...(weather === null ? {} : { weather }), ...(tags.length === 0 ? {} : { tags }) };
}

class DocumentReader {
  readonly #builder: DeliveryBuilder;
  readonly #files: SensorFiles;
  readonly #document: OwnDocument;
  readonly #groups: ReadonlyMap<string, ScalabelGroup>;
  readonly #byName: ReadonlyMap<string, ScalabelFrame>;
  readonly #hasSeveralScenes: boolean;
  readonly #sensors: ReadonlyMap<string, JsonRecord>;

  constructor(
    builder: DeliveryBuilder,
    files: SensorFiles,
    document: OwnDocument,
    hasSeveralScenes: boolean,
    sensors: ReadonlyMap<string, JsonRecord>,
  ) {
    this.#builder = builder;
    this.#files = files;
    this.#document = document;
    this.#hasSeveralScenes = hasSeveralScenes;
    this.#sensors = sensors;
    this.#groups = new Map(document.groups.flatMap((group) => group.frames.map((name) => [name, group])));
    this.#byName = new Map(document.frames.map((frame) => [frame.name, frame]));
  }

  /** Index in the delivery of every frame, by its key. */
  read(): Map<string, number> {
    const scenes = new Map<string, ScalabelFrame[]>();
    for (const frame of this.#document.frames) {
      const id = frame.video ?? stemOf(this.#document.path);
      const scene = scenes.get(id);
      if (scene) scene.push(frame);
      else scenes.set(id, [frame]);
    }
    const indices = new Map<string, number>();
    for (const [id, frames] of scenes) {
      this.#builder.startScene(id, factsOf(frames));
      for (const frame of inOrder(frames)) indices.set(frameKey(frame), this.#addFrame(frame, id));
    }
    return indices;
  }

  #addFrame(frame: ScalabelFrame, sceneId: string): number {
    const file = this.#files.find(frame.uri, this.#document.path);
    const group = this.#groups.get(frame.name);
    const isOwnCloud = isCloud(frame);
    const placed = group && !isOwnCloud ? cameraFromCloud(group, frame) : null;
    const cloud = isOwnCloud
      ? file
      : placed && group
        ? this.#files.find(group.cloud, this.#document.path)
        : null;
    const camera = isOwnCloud ? 0 : this.#camera(frame);
    const cameraFromSpace = placed ?? cameraFromLevel;
    const images = isOwnCloud || !file ? [] : [this.#image(frame, file, camera, cameraFromSpace)];
    const index = this.#builder.addFrame({
      key: frame.name.replace(/\.[a-z]{3,4}$/i, ''),
      timestampNanos: nanosOf(frame.raw.timestamp),
      space: isOwnCloud || placed ? LIDAR : LEVEL_SPACE,
      sweeps: cloud ? [sweepOfFile(cloud, LIDAR)] : [],
      images: [...images, ...this.#siblings(frame, group)],
    });
    const spaceFromCamera = isOwnCloud ? null : placed ? invert(placed) : levelFromCamera;
    const trackPrefix = frame.video === null ? null : this.#hasSeveralScenes ? `${sceneId}/` : '';
    for (const [position, label] of frame.labels.entries()) {
      const { labels } = this.#builder;
      const { path } = this.#document;
      addScalabelLabel(label, position, { labels, frame: index, camera, spaceFromCamera, trackPrefix, path });
    }
    return index;
  }

  #camera(frame: ScalabelFrame): number {
    const folder = baseName(folderOf(frame.name).slice(0, -1)) || baseName(folderOf(frame.uri).slice(0, -1));
    const isRig = this.#groups.size > 0 || this.#document.groups.length > 0;
    const sensor = this.#sensors.get(nameOf(frame.raw.sensor) ?? '');
    const name = nameOf(sensor?.name) ?? nameOf(frame.raw.sensor);
    return this.#builder.camera(name ?? ((isRig && folder) || ONLY_CAMERA));
  }

  /** What a file of sensors says of the frame's: by its id, else by the folder's name (`image_2` is `image2`). */
  #sensorOf(frame: ScalabelFrame): JsonRecord {
    const plain = (text: string) => text.replace(/[^a-z0-9]/gi, '').toLowerCase();
    const folder = plain(folderOf(frame.name));
    const byName = [...this.#sensors.values()].filter(({ name }) => plain(nameOf(name) ?? '') === folder);
    const only = folder !== '' && byName.length === 1 ? byName[0] : undefined;
    return this.#sensors.get(nameOf(frame.raw.sensor) ?? '') ?? only ?? {};
  }

  #image(frame: ScalabelFrame, file: FileRef, camera: number, cameraFromSpace: Mat4): ImageRef {
    const model = lensOfFrame(frame.raw) ?? lensOfFrame(this.#sensorOf(frame));
    const size = frame.raw.size as { width?: unknown; height?: unknown } | null | undefined;
    const [width, height] = [asNumber(size?.width), asNumber(size?.height)];
    const known = width && height ? { width, height } : {};
    const calibration = model ? this.#builder.calibration({ camera, model, cameraFromSpace, ...known }) : -1;
    return { ...file, camera, calibration, timestampNanos: nanosOf(frame.raw.timestamp) };
  }

  /** The other pictures of the same instant: shown, but how they stand to this frame's labels is not said. */
  #siblings(frame: ScalabelFrame, group: ScalabelGroup | undefined): ImageRef[] {
    return (group?.frames ?? []).flatMap((name) => {
      const sibling = this.#byName.get(name);
      if (!sibling || sibling === frame || isCloud(sibling)) return [];
      const file = this.#files.find(sibling.uri, this.#document.path);
      const timestampNanos = nanosOf(sibling.raw.timestamp);
      return file ? [{ ...file, camera: this.#camera(sibling), calibration: -1, timestampNanos }] : [];
    });
  }
}

/** By number where all have one, else as the file lists them. */
function inOrder(frames: readonly ScalabelFrame[]): readonly ScalabelFrame[] {
  if (frames.some(({ number }) => number === null)) return frames;
  return frames.toSorted((a, b) => a.number! - b.number!);
}

/** Predictions as labels of the frames they are about; those about no frame are told. */
function addPredictions(
  builder: DeliveryBuilder,
  document: OwnDocument,
  indices: ReadonlyMap<string, number>,
  hasSeveralScenes: boolean,
): void {
  const labels = builder.otherLabels(stemOf(document.path), 'model');
  const camera = builder.camera(ONLY_CAMERA);
  let unmatched = 0;
  for (const frame of document.frames) {
    const index = indices.get(frameKey(frame));
    if (index === undefined) {
      unmatched++;
      continue;
    }
    const trackPrefix = frame.video === null ? null : hasSeveralScenes ? `${frame.video}/` : '';
    const place = {
      labels,
      frame: index,
      camera,
      spaceFromCamera: levelFromCamera,
      trackPrefix,
      path: document.path,
    };
    for (const [position, label] of frame.labels.entries()) addScalabelLabel(label, position, place);
  }
  if (unmatched === 0) return;
  const params = { frames: unmatched };
  builder.problems.add({
    code: 'predictions-without-frame',
    severity: 'warning',
    path: document.path,
    params,
  });
}

async function index(folder: Folder, context: ReadContext): Promise<DeliveryIndex> {
  const builder = new DeliveryBuilder();
  const files = new SensorFiles(folder, context.sensors, builder.problems);
  const documents: OwnDocument[] = [];
  const sensors = new Map<string, JsonRecord>();
  for (const path of pathsByDepth(folder, 'json')) {
    context.signal?.throwIfAborted();
    const text = await sniffText(folder, path);
    if (!isScalabel(text) && !isSensors(text)) continue;
    const json = await readLabelJson(folder, path, builder);
    const listed = scalabelSensors(json);
    const document = listed ? null : scalabelDocument(json);
    for (const [id, sensor] of listed ?? []) sensors.set(id, sensor);
    if (document) documents.push({ ...document, path, isPrediction: isPrediction(path, document) });
    else if (!listed && json !== null) {
      const params = { key: 'frames' };
      builder.problems.add({ code: 'entry-bad', severity: 'error', path, place: '/', params });
    }
  }
  // Predictions that came alone are what there is to look at.
  const areAlone = documents.every((document) => document.isPrediction);
  const truths = areAlone ? documents : documents.filter((document) => !document.isPrediction);
  const scenes = new Set(truths.flatMap(({ frames, path }) => frames.map(({ video }) => video ?? path)));
  const indices = new Map<string, number>();
  for (const document of truths) {
    const reader = new DocumentReader(builder, files, document, scenes.size > 1, sensors);
    for (const [key, at] of reader.read()) indices.set(key, at);
  }
  if (areAlone && documents.length > 0) builder.nameSource(stemOf(documents[0]!.path), 'model');
  for (const document of documents) {
    if (!truths.includes(document)) addPredictions(builder, document, indices, scenes.size > 1);
  }
  files.report();
  return builder.build('scalabel');
}

export const scalabelReader: Reader = {
  id: 'scalabel',
  lookedFor: 'readers.lookedFor.scalabel',
  detect,
  index,
};

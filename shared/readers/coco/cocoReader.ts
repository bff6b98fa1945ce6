/**
 * COCO: JSON files with `images`, `annotations` and `categories`. Files about the same pictures (instances, key
 * points, captions ... of one split) make one scene; what one of them repeats of another is one label. Lists of
 * detections with scores are a second label source.
 */
import type { Folder } from '../../base/bytes.ts';
import type { ImageRef } from '../../model/delivery.ts';
import type { DeliveryIndex } from '../../model/labels.ts';
import type { ReadContext, Reader } from '../contract.ts';
import { DeliveryBuilder } from '../deliveryBuilder.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asNumber, asRecord, asText } from '../jsonValues.ts';
import { stemOf } from '../paths.ts';
import { nanosOf } from '../timestamps.ts';
import { cameraFromLevel, LEVEL_SPACE } from '../toolExports/cameraAxes.ts';
import { intrinsicsOf, nameOf, recordsOf } from '../toolExports/fields.ts';
import { pathsByDepth, readLabelJson, sniffText, someSniffed } from '../toolExports/jsonDocuments.ts';
import { SensorFiles } from '../toolExports/sensorFiles.ts';
import type { CocoDocument } from './cocoDocument.ts';
import { cocoDocument } from './cocoDocument.ts';
import { addAnnotation } from './cocoLabels.ts';

const CAMERA = 'camera';

/** The tasks that COCO publishes in files of their own; the rest of such a name is the split. */
const TASK = /^(instances|person_keypoints|keypoints|captions|image_info|labels|panoptic|stuff)_(.+)$/;

/** Large files list all images, or all annotations, before anything else: both ends are looked at. */
function isCoco(text: string): boolean {
  const hasImages = /"images"\s*:\s*\[/.test(text) || /"file_name"\s*:/.test(text);
  const hasLabels = /"annotations"\s*:\s*\[/.test(text) || /"image_id"\s*:/.test(text);
  return /^\s*\{/.test(text) && hasImages && hasLabels && /"(categories|file_name)"\s*:/.test(text);
}

function isDetections(text: string): boolean {
  return /^\s*\[\s*\{/.test(text) && /"image_id"\s*:/.test(text) && /"score"\s*:/.test(text);
}

async function detect(folder: Folder): Promise<number> {
  return (await someSniffed(folder, pathsByDepth(folder, 'json'), isCoco, true)) ? 0.93 : 0;
}

function splitOf({ path }: CocoDocument): string {
  return TASK.exec(stemOf(path))?.[2] ?? stemOf(path);
}

/** Files of the same pictures often repeat an annotation: its numbers, name and box then agree. */
function annotationKey(annotation: JsonRecord, imageId: string): string | null {
  const id = nameOf(annotation.id);
  return id === null
    ? null
    : JSON.stringify([imageId, id, nameOf(annotation.category_id), annotation.bbox ?? null]);
}

/** Fields of all copies of one annotation together; the first file's word wins where they differ. */
function mergedAnnotations(documents: readonly CocoDocument[]) {
  const merged = new Map<string, { annotation: JsonRecord; document: CocoDocument; position: number }>();
  for (const document of documents) {
    for (const [position, annotation] of document.annotations.entries()) {
      const imageId = nameOf(annotation.image_id) ?? '';
      const key = annotationKey(annotation, imageId) ?? JSON.stringify([document.path, position]);
      const known = merged.get(key);
      if (known) known.annotation = { ...annotation, ...known.annotation };
      else merged.set(key, { annotation, document, position });
    }
  }
  return withoutBoxless([...merged.values()]);
}

/** A tag (an annotation without a geometry) says nothing where another file has the same one with its box. */
function withoutBoxless<Item extends { readonly annotation: JsonRecord }>(items: readonly Item[]): Item[] {
  const key = ({ annotation }: Item) =>
    JSON.stringify([nameOf(annotation.image_id), nameOf(annotation.id), nameOf(annotation.category_id)]);
  const withBox = new Set(items.filter(({ annotation }) => annotation.bbox !== undefined).map(key));
  const isTag = ({ annotation }: Item) =>
    Object.keys(annotation).every((name) => ['id', 'image_id', 'category_id'].includes(name));
  return items.filter((item) => !(isTag(item) && withBox.has(key(item))));
}

class SplitReader {
  readonly #builder: DeliveryBuilder;
  readonly #files: SensorFiles;
  /** Image id -> frame. */
  readonly frames = new Map<string, number>();

  constructor(builder: DeliveryBuilder, files: SensorFiles) {
    this.#builder = builder;
    this.#files = files;
  }

  read(split: string, documents: readonly CocoDocument[]): void {
    this.#builder.startScene(split);
    for (const document of documents) {
      for (const [id, image] of document.images) {
        if (!this.frames.has(id)) this.frames.set(id, this.#addFrame(id, image, document.path));
      }
    }
    const camera = this.#builder.camera(CAMERA);
    for (const { annotation, document, position } of mergedAnnotations(documents)) {
      const frame = this.frames.get(nameOf(annotation.image_id) ?? '');
      if (frame === undefined) {
        const params = { reference: `image ${nameOf(annotation.image_id) ?? ''}` };
        const place = `/annotations/${position}`;
        const { path } = document;
        this.#builder.problems.add({ code: 'reference-missing', severity: 'error', path, place, params });
        continue;
      }
      addAnnotation(annotation, { labels: this.#builder.labels, frame, camera, document, position });
    }
  }

  #addFrame(id: string, image: JsonRecord, path: string): number {
    const uri = asText(image.file_name) || asText(image.coco_url) || '';
    const file = this.#files.find(uri, path);
    const timestampNanos = nanosOf(image.timestamp);
    const camera = this.#builder.camera(CAMERA);
    const calibration = this.#calibration(image, camera);
    const images: ImageRef[] = file ? [{ ...file, camera, calibration, timestampNanos }] : [];
    const key = uri === '' ? id : stemOf(uri);
    return this.#builder.addFrame({ key, timestampNanos, space: LEVEL_SPACE, sweeps: [], images });
  }

  #calibration(image: JsonRecord, camera: number): number {
    const intrinsics = intrinsicsOf(image.cam_intrinsic);
    if (!intrinsics) return -1;
    const [width, height] = [asNumber(image.width), asNumber(image.height)];
    const size = width && height ? { width, height } : {};
    const model = { kind: 'pinhole' as const, ...intrinsics, distortion: [] };
    return this.#builder.calibration({ camera, model, cameraFromSpace: cameraFromLevel, ...size });
  }
}

/** A list of detections: labels of a program on the pictures of the ground truth. */
function addDetections(
  builder: DeliveryBuilder,
  path: string,
  json: unknown,
  truths: readonly CocoDocument[],
  frames: ReadonlyMap<string, number>,
): void {
  const labels = builder.otherLabels(stemOf(path), 'model');
  const categories = new Map(truths.flatMap((document) => [...document.categories]));
  const document = { path, images: new Map<string, JsonRecord>(), categories, annotations: recordsOf(json) };
  const camera = builder.camera(CAMERA);
  const unmatched = new Set<string>();
  for (const [position, annotation] of document.annotations.entries()) {
    const imageId = nameOf(annotation.image_id) ?? '';
    const frame = frames.get(imageId);
    if (frame === undefined) unmatched.add(imageId);
    else addAnnotation(annotation, { labels, frame, camera, document, position });
  }
  if (unmatched.size === 0) return;
  const params = { frames: unmatched.size };
  builder.problems.add({ code: 'predictions-without-frame', severity: 'warning', path, params });
}

async function index(folder: Folder, context: ReadContext): Promise<DeliveryIndex> {
  const builder = new DeliveryBuilder();
  const files = new SensorFiles(folder, context.sensors, builder.problems);
  const documents: CocoDocument[] = [];
  const detections: { path: string; json: unknown }[] = [];
  for (const path of pathsByDepth(folder, 'json')) {
    context.signal?.throwIfAborted();
    const text = await sniffText(folder, path, true);
    if (!isCoco(text) && !isDetections(text)) continue;
    const json = await readLabelJson(folder, path, builder);
    const document = cocoDocument(json, path);
    if (document) documents.push(document);
    else if (Array.isArray(json)) detections.push({ path, json });
    else if (asRecord(json)) {
      const params = { key: 'images' };
      builder.problems.add({ code: 'entry-bad', severity: 'error', path, place: '/', params });
    }
  }
  const frames = new Map<string, number>();
  for (const split of new Set(documents.map(splitOf))) {
    const parts = documents.filter((document) => splitOf(document) === split);
    const reader = new SplitReader(builder, files);
    reader.read(split, parts);
    for (const [id, frame] of reader.frames) frames.set(id, frame);
  }
  for (const { path, json } of detections) addDetections(builder, path, json, documents, frames);
  files.report();
  return builder.build('coco');
}

export const cocoReader: Reader = { id: 'coco', lookedFor: 'readers.lookedFor.coco', detect, index };

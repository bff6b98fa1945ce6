/**
 * Segments.ai releases: one JSON file with `dataset` and `samples`. Clouds and images are web addresses, found by
 * their file names in the delivery or the sensor folder. Cuboids are in world coordinates, points in the lidar's: the
 * frame's space is the lidar's, and cuboids are moved there by the ego pose.
 */
import type { Folder } from '../../base/bytes.ts';
import { identityMatrix, invertRigid } from '../../geometry/matrix.ts';
import type { ImageRef, SweepEncoding, SweepRef } from '../../model/delivery.ts';
import type { DeliveryIndex } from '../../model/labels.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { ReadContext, Reader } from '../contract.ts';
import { DeliveryBuilder } from '../deliveryBuilder.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asNumber, asRecord, asText } from '../jsonValues.ts';
import type { LabelTableBuilder } from '../labelTableBuilder.ts';
import { stemOf } from '../paths.ts';
import { nanosOf } from '../timestamps.ts';
import { LEVEL_SPACE } from '../toolExports/cameraAxes.ts';
import { sweepOfFile } from '../toolExports/clouds.ts';
import { nameOf, recordsOf } from '../toolExports/fields.ts';
import { pathsByDepth, readLabelJson, sniffText, someSniffed } from '../toolExports/jsonDocuments.ts';
import { poseOf } from '../toolExports/poses.ts';
import { SensorFiles } from '../toolExports/sensorFiles.ts';
import { segmentsCamera } from './segmentsCamera.ts';
import { addAnnotation } from './segmentsLabels.ts';
import type { Sample, SampleFrame, SensorFrame } from './segmentsSample.ts';
import { sampleFrom } from './segmentsSample.ts';

const LIDAR = 'lidar';
const CAMERA = 'camera';
/** The label set that people draw; every other one is a model's or a trial. */
const GROUND_TRUTH = 'ground-truth';

/** `pcd.type`: how the points are written, whatever the file is called. */
const ENCODINGS: Readonly<Record<string, SweepEncoding>> = {
  pcd: 'pcd',
  kitti: 'bin4',
  'binary-xyzi': 'bin4',
  nuscenes: 'bin5',
  'binary-xyzir': 'bin5',
  ply: 'ply',
};

function isRelease(text: string): boolean {
  if (!/^\s*\{/.test(text) || !/"task_type"\s*:/.test(text)) return false;
  return /"dataset"\s*:\s*\{/.test(text) && /"(samples|task_attributes|labelsets)"\s*:/.test(text);
}

async function detect(folder: Folder): Promise<number> {
  return (await someSniffed(folder, pathsByDepth(folder, 'json'), isRelease, true)) ? 0.95 : 0;
}

class ReleaseReader {
  readonly #builder: DeliveryBuilder;
  readonly #files: SensorFiles;
  readonly #path: string;
  readonly #categories: ReadonlyMap<string, string>;
  readonly #main: string;
  readonly #told = new Set<string>();
  #pointLabels = 0;

  constructor(builder: DeliveryBuilder, files: SensorFiles, path: string, root: JsonRecord, main: string) {
    this.#builder = builder;
    this.#files = files;
    this.#path = path;
    this.#main = main;
    const attributes = asRecord(asRecord(root.dataset)?.task_attributes);
    this.#categories = new Map(
      recordsOf(attributes?.categories).flatMap((category) => {
        const id = nameOf(category.id);
        return id === null ? [] : [[id, asText(category.name) ?? id] as const];
      }),
    );
  }

  read(samples: readonly Sample[], datasetName: string): void {
    const sequences = samples.filter(({ isSequence }) => isSequence);
    const singles = samples.filter(({ isSequence }) => !isSequence);
    if (singles.length > 0) {
      this.#builder.startScene(datasetName);
      for (const sample of singles) for (const frame of sample.frames) this.#addFrame(frame, '');
    }
    const hasSeveral = sequences.length + Math.min(1, singles.length) > 1;
    for (const { name, frames } of sequences) {
      this.#builder.startScene(name);
      for (const frame of frames) this.#addFrame(frame, hasSeveral ? `${name}/` : '');
    }
    if (this.#pointLabels === 0) return;
    const params = { count: this.#pointLabels, kind: 'point_annotations' };
    this.#builder.problems.add({ code: 'entries-aside', severity: 'info', path: this.#path, params });
  }

  #addFrame({ key, parts }: SampleFrame, trackPrefix: string): void {
    const cloud = parts.find(({ attributes }) => asRecord(attributes.pcd))?.attributes ?? null;
    const ego = asRecord(cloud?.ego_pose);
    const worldFromSpace = ego ? poseOf(ego.position, ego.heading) : null;
    if (ego && !worldFromSpace) this.#bad('ego_pose', key);
    const images = parts.flatMap((part) => this.#images(part));
    const timestamp = parts
      .map(({ attributes }) => nanosOf(attributes.timestamp))
      .find((time) => time !== null);
    const frame = this.#builder.addFrame({
      key,
      timestampNanos: timestamp ?? null,
      space: cloud ? LIDAR : LEVEL_SPACE,
      sweeps: cloud ? this.#sweeps(cloud) : [],
      images,
      ...(worldFromSpace ? { worldFromSpace } : {}),
    });
    const spaceFromWorld = worldFromSpace ? invertRigid(worldFromSpace) : identityMatrix;
    for (const part of parts) this.#addLabels(part, frame, key, spaceFromWorld, trackPrefix);
  }

  #sweeps(cloud: JsonRecord): SweepRef[] {
    const pcd = asRecord(cloud.pcd);
    const file = this.#files.find(asText(pcd?.url) ?? '', this.#path);
    if (!file) return [];
    const encoding = ENCODINGS[asText(pcd?.type) ?? ''];
    return [{ ...sweepOfFile(file, LIDAR), ...(encoding ? { encoding } : {}) }];
  }

  #cameraOf({ sensor, attributes }: SensorFrame): number | null {
    return asRecord(attributes.image) ? this.#builder.camera(sensor || CAMERA) : null;
  }

  /** Pictures beside a cloud, and the picture that is annotated itself. */
  #images(part: SensorFrame): ImageRef[] {
    const { attributes } = part;
    const own = asRecord(attributes.image);
    const timestampNanos = nanosOf(attributes.timestamp);
    if (own) {
      const file = this.#files.find(asText(own.url) ?? '', this.#path);
      return file ? [{ ...file, camera: this.#cameraOf(part)!, calibration: -1, timestampNanos }] : [];
    }
    return recordsOf(attributes.images).flatMap((image, i) => {
      const place = [asNumber(image.row), asNumber(image.col)].filter((value) => value !== null);
      const name = asText(image.name) || `${CAMERA}-${place.length === 2 ? place.join('-') : i}`;
      const camera = this.#builder.camera(name);
      const calibration = this.#calibration(image, name, camera);
      const file = this.#files.find(asText(image.url) ?? '', this.#path);
      return file ? [{ ...file, camera, calibration, timestampNanos }] : [];
    });
  }

  #calibration(image: JsonRecord, name: string, camera: number): number {
    const known = segmentsCamera(image);
    if (known !== null && typeof known !== 'string') {
      const { model, cameraFromLidar } = known;
      return this.#builder.calibration({ camera, model, cameraFromSpace: cameraFromLidar });
    }
    if (known !== null && !this.#told.has(name)) {
      this.#told.add(name);
      const params = { camera: name, key: known };
      this.#builder.problems.add({ code: 'calibration-bad', severity: 'warning', path: this.#path, params });
    }
    return -1;
  }

  #labelsOf(set: string): LabelTableBuilder {
    return set === this.#main ? this.#builder.labels : this.#builder.otherLabels(set, 'model');
  }

  #addLabels(part: SensorFrame, frame: number, key: string, spaceFromWorld: Mat4, trackPrefix: string): void {
    const camera = this.#cameraOf(part);
    for (const [set, label] of part.labels) {
      const labels = this.#labelsOf(set);
      const annotations = recordsOf(label.annotations);
      if (label.point_annotations !== undefined || label.segmentation_bitmap !== undefined) {
        this.#pointLabels += annotations.length;
        continue;
      }
      for (const [position, annotation] of annotations.entries()) {
        const place = [key, part.sensor, set, position].filter((name) => name !== '').join('/');
        const where = { labels, frame, camera, spaceFromWorld, trackPrefix, path: this.#path, place };
        const isRead = addAnnotation(annotation, position, { ...where, categories: this.#categories });
        if (!isRead) this.#bad('points', place);
      }
    }
  }

  #bad(key: string, place: string): void {
    this.#builder.problems.add({
      code: 'entry-bad',
      severity: 'error',
      path: this.#path,
      place,
      params: { key },
    });
  }
}

/** The set that is judged: people's own, else the first there is. */
function mainSet(samples: readonly Sample[]): string {
  const sets = new Set(
    samples.flatMap(({ frames }) =>
      frames.flatMap(({ parts }) => parts.flatMap(({ labels }) => [...labels.keys()])),
    ),
  );
  return sets.has(GROUND_TRUTH) ? GROUND_TRUTH : ([...sets][0] ?? GROUND_TRUTH);
}

async function index(folder: Folder, context: ReadContext): Promise<DeliveryIndex> {
  const builder = new DeliveryBuilder();
  const files = new SensorFiles(folder, context.sensors, builder.problems);
  for (const path of pathsByDepth(folder, 'json')) {
    context.signal?.throwIfAborted();
    if (!isRelease(await sniffText(folder, path, true))) continue;
    const root = asRecord(await readLabelJson(folder, path, builder));
    if (!root) continue;
    const samples = recordsOf(root.samples ?? asRecord(root.dataset)?.samples).map(sampleFrom);
    const main = mainSet(samples);
    builder.nameSource(main, main === GROUND_TRUTH ? 'vendor' : 'model');
    const datasetName = asText(asRecord(root.dataset)?.name) || stemOf(path);
    new ReleaseReader(builder, files, path, root, main).read(samples, datasetName);
  }
  files.report();
  return builder.build('segments');
}

export const segmentsReader: Reader = {
  id: 'segments',
  lookedFor: 'readers.lookedFor.segments',
  detect,
  index,
};

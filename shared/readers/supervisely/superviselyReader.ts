/**
 * Supervisely point cloud projects and episodes: `meta.json`, and for each dataset `pointcloud`, `related_images` and
 * either `ann/<cloud>.json` (one file a cloud) or one `annotation.json` with `frame_pointcloud_map.json` (an episode).
 */
import type { Folder } from '../../base/bytes.ts';
import type { ImageRef } from '../../model/delivery.ts';
import type { DeliveryIndex } from '../../model/labels.ts';
import type { ReadContext, Reader } from '../contract.ts';
import { DeliveryBuilder } from '../deliveryBuilder.ts';
import { inBatches } from '../inBatches.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asNumber, asRecord, asText, entriesOf } from '../jsonValues.ts';
import { baseName, filesIn, folderOf, foldersHolding, naturalOrder, stemOf } from '../paths.ts';
import { counterpart } from '../roleFiles.ts';
import { readJson } from '../textFile.ts';
import { nanosOf, nanosOfStem } from '../timestamps.ts';
import { isCloudName, sweepOfFile } from '../toolExports/clouds.ts';
import { recordsOf } from '../toolExports/fields.ts';
import { readLabelJson, someSniffed } from '../toolExports/jsonDocuments.ts';
import { SensorFiles } from '../toolExports/sensorFiles.ts';
import type { DatasetRoot, RelatedImage } from './relatedImages.ts';
import { relatedImages } from './relatedImages.ts';
import type { FigureObject } from './superviselyFigures.ts';
import { addFigure, figureObjects } from './superviselyFigures.ts';

const LIDAR = 'lidar';
/** Folders of a dataset that hold sensor data. */
const SENSOR_ROLES = ['pointcloud', 'related_images'];
const EPISODE_FILE = 'annotation.json';

const isJson = (path: string) => path.toLowerCase().endsWith('.json');

async function detect(folder: Folder): Promise<number> {
  const { entries } = folder;
  const metas = entries.map(({ path }) => path).filter((path) => baseName(path) === 'meta.json');
  const isProject = (text: string) => /"projectType"\s*:\s*"point_cloud/.test(text);
  if (await someSniffed(folder, metas, isProject)) return 0.96;
  const annotations = foldersHolding(entries, ['ann']).flatMap((prefix) =>
    filesIn(entries, `${prefix}ann/`, isJson),
  );
  const hasFigures = (text: string) => /"figures"\s*:/.test(text) && /"objectKey"|"classTitle"/.test(text);
  return (await someSniffed(folder, annotations, hasFigures)) ? 0.92 : 0;
}

/** One cloud with what was drawn in it. */
interface Item {
  readonly cloud: string;
  readonly path: string;
  readonly place: string;
  readonly number: number | null;
  readonly figures: readonly JsonRecord[];
  readonly objects: ReadonlyMap<string, FigureObject>;
}

class DatasetReader {
  readonly #builder: DeliveryBuilder;
  readonly #files: SensorFiles;
  readonly #folder: Folder;
  /** The dataset's counterpart in the sensor folder. */
  readonly #lent: DatasetRoot | null;
  readonly #lentClouds: ReadonlySet<string>;
  readonly #prefix: string;
  readonly #told = new Set<string>();

  constructor(
    builder: DeliveryBuilder,
    files: SensorFiles,
    folder: Folder,
    prefix: string,
    context: ReadContext,
  ) {
    this.#builder = builder;
    this.#files = files;
    this.#folder = folder;
    this.#prefix = prefix;
    const { sensors } = context;
    const lent = sensors ? counterpart(sensors.entries, SENSOR_ROLES, prefix) : null;
    this.#lent = sensors && lent !== null ? { root: 'sensors', folder: sensors, prefix: lent } : null;
    const hasOwn = filesIn(folder.entries, `${prefix}pointcloud/`, isCloudName).length > 0;
    const isLent = sensors && lent !== null && !hasOwn;
    this.#lentClouds = new Set(isLent ? filesIn(sensors.entries, `${lent}pointcloud/`, isCloudName) : []);
  }

  async read(context: ReadContext): Promise<void> {
    const { entries } = this.#folder;
    this.#builder.startScene(this.#prefix.slice(0, -1) || 'scene');
    const isEpisode = entries.some(({ path }) => path === `${this.#prefix}${EPISODE_FILE}`);
    const items = isEpisode ? await this.#episode() : await this.#clouds(context);
    const roots: DatasetRoot[] = [{ root: 'delivery', folder: this.#folder, prefix: this.#prefix }];
    if (this.#lent) roots.push(this.#lent);
    const images = await inBatches(items, { ...context, progress: undefined }, ({ cloud }) =>
      relatedImages(roots, cloud),
    );
    for (const [i, item] of items.entries()) await this.#addItem(item, images[i]!);
  }

  /** Every cloud by its label file, and those of the folder that have none. */
  async #clouds(context: ReadContext): Promise<Item[]> {
    const { entries } = this.#folder;
    const labels = new Map(
      filesIn(entries, `${this.#prefix}ann/`, isJson).map((path) => [baseName(path).slice(0, -5), path]),
    );
    const clouds = filesIn(entries, `${this.#prefix}pointcloud/`, isCloudName).map(baseName);
    const names = [...new Set([...labels.keys(), ...clouds])].sort(naturalOrder);
    return inBatches(names, context, async (cloud): Promise<Item> => {
      const path = labels.get(cloud);
      const json = path === undefined ? null : await readLabelJson(this.#folder, path, this.#builder);
      const record = asRecord(json);
      const objects = figureObjects(record?.objects);
      const figures = recordsOf(record?.figures);
      return { cloud, path: path ?? '', place: '/figures', number: null, figures, objects };
    });
  }

  async #episode(): Promise<Item[]> {
    const path = `${this.#prefix}${EPISODE_FILE}`;
    const record = asRecord(await readLabelJson(this.#folder, path, this.#builder));
    const objects = figureObjects(record?.objects);
    const byNumber = new Map(
      recordsOf(record?.frames).map((frame) => [asNumber(frame.index), recordsOf(frame.figures)] as const),
    );
    const mapPath = `${this.#prefix}frame_pointcloud_map.json`;
    const map = await readJson(this.#folder, mapPath);
    const named = entriesOf(map.ok ? map.value : null).flatMap(([key, name]) => {
      const [number, cloud] = [asNumber(key), asText(name)];
      return number === null || cloud === null ? [] : [[number, cloud] as const];
    });
    if (named.length === 0) {
      const params = { key: 'frame_pointcloud_map' };
      this.#builder.problems.add({ code: 'entry-bad', severity: 'error', path: mapPath, place: '/', params });
    }
    const clouds = new Map(named);
    for (const number of byNumber.keys()) {
      if (number !== null && !clouds.has(number)) clouds.set(number, `${number}.pcd`);
    }
    return [...clouds]
      .sort(([a], [b]) => a - b)
      .map(([number, cloud]) => {
        const place = `/frames/${number}/figures`;
        return { cloud, path, place, number, figures: byNumber.get(number) ?? [], objects };
      });
  }

  async #addItem(item: Item, images: readonly RelatedImage[]): Promise<void> {
    const { cloud, path } = item;
    const lent = `${this.#lent?.prefix ?? ''}pointcloud/${cloud}`;
    const own = `${this.#prefix}pointcloud/${cloud}`;
    const file = this.#files.find(this.#lentClouds.has(lent) ? lent : own, path);
    const refs = images.map((image) => this.#image(image));
    const frame = this.#builder.addFrame({
      key: stemOf(cloud),
      timestampNanos: nanosOfStem(stemOf(cloud)),
      space: LIDAR,
      sweeps: file ? [sweepOfFile(file, LIDAR)] : [],
      images: refs,
    });
    this.#addFigures(item, item.figures, frame, null, item.path, item.place);
    for (const [i, { figures }] of images.entries()) {
      if (figures === null) continue;
      const drawn = recordsOf(await readLabelJson(this.#folder, figures, this.#builder));
      this.#addFigures(item, drawn, frame, refs[i]!.camera, figures, '');
    }
  }

  #addFigures(
    { objects, number }: Item,
    figures: readonly JsonRecord[],
    frame: number,
    camera: number | null,
    path: string,
    within: string,
  ): void {
    const { labels, problems } = this.#builder;
    for (const [i, figure] of figures.entries()) {
      const place = `${within}/${i}`;
      const trouble = addFigure(figure, { labels, frame, camera, objects, number, path, place });
      if (trouble === 'geometry') {
        problems.add({ code: 'entry-bad', severity: 'error', path, place, params: { key: trouble } });
      } else if (trouble === 'objectKey') {
        const reference = `object ${asText(figure.objectKey) ?? ''}`;
        problems.add({ code: 'reference-missing', severity: 'error', path, place, params: { reference } });
      }
    }
  }

  #image({ file, camera: name, meta, calibration }: RelatedImage): ImageRef {
    const camera = this.#builder.camera(name);
    const timestampNanos = nanosOf(meta?.timestamp);
    if (typeof calibration !== 'string') {
      const { model, cameraFromLidar } = calibration;
      const index = this.#builder.calibration({ camera, model, cameraFromSpace: cameraFromLidar });
      return { ...file, camera, calibration: index, timestampNanos };
    }
    if (!this.#told.has(name)) {
      this.#told.add(name);
      const params = { camera: name, key: calibration };
      this.#builder.problems.add({
        code: 'calibration-bad',
        severity: 'warning',
        path: `${file.path}.json`,
        params,
      });
    }
    return { ...file, camera, calibration: -1, timestampNanos };
  }
}

async function index(folder: Folder, context: ReadContext): Promise<DeliveryIndex> {
  const builder = new DeliveryBuilder();
  const files = new SensorFiles(folder, context.sensors, builder.problems);
  const { entries } = folder;
  const episodes = entries
    .filter(({ path }) => baseName(path) === EPISODE_FILE)
    .map(({ path }) => folderOf(path));
  const prefixes = new Set([...foldersHolding(entries, ['ann', 'pointcloud']), ...episodes]);
  for (const prefix of [...prefixes].sort(naturalOrder)) {
    await new DatasetReader(builder, files, folder, prefix, context).read(context);
  }
  files.report();
  return builder.build('supervisely');
}

export const superviselyReader: Reader = {
  id: 'supervisely',
  lookedFor: 'readers.lookedFor.supervisely',
  detect,
  index,
};

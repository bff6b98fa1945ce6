/**
 * CVAT XML 1.1, for images (`<image>` elements with their shapes) and for video (`<track>` elements whose shapes name
 * a frame). In a track CVAT writes a shape for every frame; those it interpolated carry `keyframe` = false.
 */
import type { Folder } from '../../base/bytes.ts';
import type { FileRef, RootName } from '../../model/delivery.ts';
import type { DeliveryIndex } from '../../model/labels.ts';
import type { ReadContext, Reader } from '../contract.ts';
import { DeliveryBuilder } from '../deliveryBuilder.ts';
import { numberOfStem } from '../frameFiles.ts';
import type { JsonRecord } from '../jsonValues.ts';
import { asNumber, asRecord, asText } from '../jsonValues.ts';
import { folderOf, isFilmPath, isImagePath, stemOf } from '../paths.ts';
import { LEVEL_SPACE } from '../toolExports/cameraAxes.ts';
import { pathsByDepth, sniffText, someSniffed } from '../toolExports/jsonDocuments.ts';
import { SensorFiles } from '../toolExports/sensorFiles.ts';
import { addCvatShape, shapeNames } from './cvatShapes.ts';
import { attributesOfElement, children, readXml, textOf } from './xmlDocument.ts';

const CAMERA = 'camera';

/** A task that claims more frames than this is not listed frame by frame; those with shapes are. */
const MOST_FRAMES = 1_000_000;

function isCvat(text: string): boolean {
  if (!/<annotations[\s>]/.test(text)) return false;
  const ownWords =
    /<(image|track)\s[^>]*\b(id|label)="/.test(text) || /<meta>\s*<(task|project|job)>/.test(text);
  return (
    ownWords && (/<version>/.test(text) || /<(box|polygon|polyline|points)\s[^>]*(xtl|points)="/.test(text))
  );
}

async function detect(folder: Folder): Promise<number> {
  return (await someSniffed(folder, pathsByDepth(folder, 'xml'), isCvat)) ? 0.95 : 0;
}

/** `start_frame`, `stop_frame` and `step` of a task: the frames it was made of. */
function framesOfTask(root: JsonRecord): number[] {
  const meta = children(root, 'meta')[0];
  const task = children(meta, 'task')[0] ?? children(meta, 'job')[0];
  const number = (name: string) => asNumber(textOf(children(task, name)[0]));
  const step = Number(/step\s*=\s*(\d+)/.exec(textOf(children(task, 'frame_filter')[0]))?.[1] ?? 1) || 1;
  const [start, stop] = [number('start_frame') ?? 0, number('stop_frame')];
  const size = number('size') ?? 0;
  const last = stop ?? start + (size - 1) * step;
  const count = Math.floor((last - start) / step) + 1;
  return count > 0 && count <= MOST_FRAMES ? Array.from({ length: count }, (_, i) => start + i * step) : [];
}

class TaskReader {
  readonly #builder: DeliveryBuilder;
  readonly #files: SensorFiles;
  readonly #folders: readonly (readonly [RootName, Folder])[];
  readonly #path: string;
  readonly #trackPrefix: string;
  readonly #camera: number;
  #outside = 0;

  constructor(
    builder: DeliveryBuilder,
    files: SensorFiles,
    folders: readonly (readonly [RootName, Folder])[],
    path: string,
    isOnly: boolean,
  ) {
    this.#builder = builder;
    this.#files = files;
    this.#folders = folders;
    this.#path = path;
    this.#trackPrefix = isOnly ? '' : `${stemOf(path)}/`;
    this.#camera = builder.camera(CAMERA);
  }

  read(root: JsonRecord): void {
    this.#builder.startScene(stemOf(this.#path));
    const images = children(root, 'image');
    const tracks = children(root, 'track');
    for (const [i, image] of images.entries()) this.#addImage(image, i);
    if (tracks.length > 0 || images.length === 0) this.#addVideo(root, tracks);
    if (this.#outside > 0) this.#aside(this.#outside, 'outside="1"');
  }

  /** `row`: of a film, counted from 0. */
  #addFrame(key: string, file: FileRef | null, row: number | null = null): number {
    const film = row === null ? {} : ({ encoding: 'mp4', part: { row } } as const);
    const image = { camera: this.#camera, calibration: -1, timestampNanos: null, ...film };
    const images = file ? [{ ...file, ...image }] : [];
    return this.#builder.addFrame({ key, timestampNanos: null, space: LEVEL_SPACE, sweeps: [], images });
  }

  #addImage(image: JsonRecord, position: number): void {
    const { name, id } = attributesOfElement(image);
    const uri = asText(name) ?? '';
    const frame = this.#addFrame(
      uri === '' ? String(position) : stemOf(uri),
      this.#files.find(uri, this.#path),
    );
    for (const kind of shapeNames) {
      for (const [i, shape] of children(image, kind).entries()) {
        const className = asText(attributesOfElement(shape).label) ?? '';
        const place = `image ${asText(id) ?? position}, ${kind} ${i}`;
        this.#addShape(kind, shape, { frame, className, track: null, id: `${kind}-${i}`, place });
      }
    }
  }

  #addVideo(root: JsonRecord, tracks: readonly JsonRecord[]): void {
    const numbers = new Set(framesOfTask(root));
    for (const track of tracks) {
      for (const kind of shapeNames) {
        for (const shape of children(track, kind)) {
          const number = asNumber(attributesOfElement(shape).frame);
          if (number !== null) numbers.add(number);
        }
      }
    }
    const pictures = this.#pictures();
    const film = pictures.size === 0 ? this.#film(root) : null;
    const frames = new Map<number, number>();
    for (const number of [...numbers].sort((a, b) => a - b)) {
      const file = pictures.get(String(number)) ?? null;
      if (file === null && pictures.size > 0) {
        const params = { frame: String(number), camera: CAMERA };
        this.#builder.problems.add({ code: 'image-missing', severity: 'warning', path: this.#path, params });
      }
      const row = film && number >= 0 && Number.isInteger(number) ? number : null;
      frames.set(number, this.#addFrame(String(number), row === null ? file : film, row));
    }
    for (const [i, track] of tracks.entries()) this.#addTrack(track, i, frames);
  }

  /** The film a task was made from, where it was delivered: its frames carry the numbers of the shapes. */
  #film(root: JsonRecord): FileRef | null {
    const source = textOf(children(children(root, 'meta')[0], 'source')[0]);
    return isFilmPath(source) ? this.#files.find(source, this.#path) : null;
  }

  /** Pictures by the number in their names: those beside the file and below, else all of a folder that has some. */
  #pictures(): Map<string, FileRef> {
    for (const [root, { entries }] of this.#folders) {
      const all = entries.map(({ path }) => path).filter(isImagePath);
      const beside = root === 'delivery' ? all.filter((path) => path.startsWith(folderOf(this.#path))) : [];
      const numbered = (beside.length > 0 ? beside : all).flatMap((path) => {
        const number = numberOfStem(stemOf(path));
        return number === null ? [] : [[number, { root, path }] as const];
      });
      if (numbered.length > 0) return new Map(numbered);
    }
    return new Map();
  }

  #addTrack(track: JsonRecord, position: number, frames: ReadonlyMap<number, number>): void {
    const { id, label } = attributesOfElement(track);
    const written = asRecord(track['@'])?.source;
    const source = written === undefined ? {} : { source: written };
    const trackId = asText(id) || `row-${position}`;
    const className = asText(label) ?? '';
    for (const kind of shapeNames) {
      for (const [i, shape] of children(track, kind).entries()) {
        const fields = attributesOfElement(shape);
        const frame = frames.get(asNumber(fields.frame) ?? Number.NaN);
        const place = `track ${trackId}, ${kind} ${i}`;
        if (fields.outside === '1') this.#outside++;
        else if (frame === undefined) this.#bad('frame', place);
        else {
          const element = { ...shape, '@': { ...source, ...asRecord(shape['@']) } };
          const row = { frame, className, track: `${this.#trackPrefix}${trackId}`, id: trackId, place };
          this.#addShape(kind, element, row);
        }
      }
    }
  }

  #addShape(
    kind: (typeof shapeNames)[number],
    element: JsonRecord,
    row: { frame: number; className: string; track: string | null; id: string; place: string },
  ): void {
    const { labels } = this.#builder;
    const isRead = addCvatShape(kind, element, { ...row, labels, camera: this.#camera, path: this.#path });
    if (!isRead) this.#bad(kind === 'box' ? 'xtl' : 'points', row.place);
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

  #aside(count: number, kind: string): void {
    const params = { count, kind };
    this.#builder.problems.add({ code: 'entries-aside', severity: 'info', path: this.#path, params });
  }
}

async function index(folder: Folder, context: ReadContext): Promise<DeliveryIndex> {
  const builder = new DeliveryBuilder();
  const files = new SensorFiles(folder, context.sensors, builder.problems);
  const paths: string[] = [];
  for (const path of pathsByDepth(folder, 'xml')) if (isCvat(await sniffText(folder, path))) paths.push(path);
  const folders = [['delivery', folder] as const];
  const all = context.sensors ? [...folders, ['sensors', context.sensors] as const] : folders;
  for (const [i, path] of paths.entries()) {
    context.signal?.throwIfAborted();
    builder.labelFile(path);
    const root = await readXml(folder, path, 'annotations');
    context.progress?.(i + 1, paths.length);
    if (root.ok) new TaskReader(builder, files, all, path, paths.length === 1).read(root.value);
    else builder.problems.add(root.problem);
  }
  files.report();
  return builder.build('cvat');
}

export const cvatReader: Reader = { id: 'cvat', lookedFor: 'readers.lookedFor.cvat', detect, index };

/** One OpenLABEL document made into one scene of a delivery. */
import type { Folder } from '../../base/bytes.ts';
import type { Problem, Severity } from '../../base/problem.ts';
import { multiply } from '../../geometry/matrix.ts';
import type { FileRef, ImageRef, SweepRef } from '../../model/delivery.ts';
import type { Mat4 } from '../../model/pose.ts';
import { encodingByName } from '../cloudEncoding.ts';
import type { DeliveryBuilder } from '../deliveryBuilder.ts';
import { extensionOf } from '../paths.ts';
import { cuboidFromValue, ltrbFromValue, placeCuboid } from './cuboids.ts';
import type { DocumentFrame, ObjectDeclaration, OpenlabelDocument } from './document.ts';
import type { FileAddresses } from './fileAddresses.ts';
import type { StreamFrame } from './frameStreams.ts';
import { frameStreamProperties, frameTimestamp, streamFrames } from './frameStreams.ts';
import { lensFrom, Spelling } from './lenses.ts';
import type { GeometryItem } from './objectData.ts';
import { mergeObjectData, parseObjectData } from './objectData.ts';
import type { ScenePlan } from './scenePlan.ts';
import { planScene } from './scenePlan.ts';
import type { Spaces } from './spaces.ts';
import { frameTransforms } from './spaces.ts';

export interface SceneInput {
  readonly document: OpenlabelDocument;
  readonly path: string;
  readonly sceneId: string;
  readonly delivery: Folder;
  readonly sensors: Folder | null;
  readonly addresses: FileAddresses;
  readonly builder: DeliveryBuilder;
  /** Numeric object ids restart in every document: with several, tracks carry the scene's name. */
  readonly hasSeveralScenes: boolean;
}

/** Static objects are written out into every frame; a file that multiplies into more than this is hostile. */
const MOST_STATIC_LABELS = 5_000_000;
const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const DERIVED_NAME = /^(is_?)?interpolated$/i;
/** Objects that stand for regions nobody labelled; KITTI's conversions give them placeholder cuboids. */
const IGNORED_CLASS = 'DontCare';
/** Camera that boxes without a coordinate system are drawn in, when the document has no camera. */
const ONLY_IMAGE = 'image';

export class SceneReader {
  readonly #input: SceneInput;
  readonly #plan: ScenePlan;
  readonly #spelling = new Spelling();
  /** Told once per document, whatever the number of frames. */
  readonly #told = new Set<string>();
  readonly #perFrame: ReturnType<typeof frameTransforms>[];
  #staticLabels = 0;
  #placeholders = 0;

  constructor(input: SceneInput) {
    this.#input = input;
    this.#perFrame = input.document.frames.map(frameTransforms);
    this.#plan = planScene(input.document, this.#perFrame);
  }

  /** Adds the scene and answers the sensor files it uses. */
  read(): FileRef[] {
    const { document, sceneId, builder, path } = this.#input;
    builder.problems.addAll(document.problems);
    builder.startScene(sceneId);
    const search = { ...this.#input, documentPath: path };
    const lidars = this.#plan.lidars.length > 0 ? this.#plan.lidars : [this.#plan.space];
    const clouds = lidars.map((name) => ({ name, frames: streamFrames(search, name, 'lidar') }));
    const images = this.#plan.cameras.map((name) => ({ name, frames: streamFrames(search, name, 'camera') }));
    for (const name of this.#plan.cameras) builder.camera(name);
    this.#reportMissing(clouds, 'sweep');
    this.#reportMissing(images, 'image');
    const fixed = new Map([...document.objects].map(([uid, { data }]) => [uid, parseObjectData(data)]));
    for (const [i, frame] of document.frames.entries()) {
      const spaces = this.#plan.tree.withFrame(this.#perFrame[i]!);
      this.#checkTransforms(frame, i);
      const index = builder.addFrame({
        key: frame.key,
        timestampNanos: frameTimestamp(frame),
        space: this.#plan.space,
        sweeps: clouds.flatMap(({ name, frames }) => this.#sweep(name, frames[i]!, spaces)),
        images: images.flatMap(({ name, frames }) => this.#image(name, frames[i]!, frame, spaces)),
        ...this.#world(spaces),
      });
      this.#addLabels(frame, index, spaces, fixed);
    }
    this.#reportSummary();
    return [...clouds, ...images].flatMap(({ frames }) => frames.flatMap(({ file }) => file ?? []));
  }

  #report(code: string, severity: Severity, params: Problem['params'], place?: string): void {
    const { builder, path } = this.#input;
    builder.problems.add({
      code,
      severity,
      path,
      ...(place ? { place } : {}),
      ...(params ? { params } : {}),
    });
  }

  #reportOnce(code: string, severity: Severity, params: Record<string, string | number>): void {
    const key = JSON.stringify([code, params]);
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.#report(code, severity, params);
  }

  #checkTransforms(frame: DocumentFrame, i: number): void {
    for (const { source, target, targetFromSource } of this.#perFrame[i]!) {
      if (targetFromSource !== 'bad') continue;
      const place = `/openlabel/frames/${frame.key}/frame_properties/transforms`;
      this.#report('openlabel-transform-bad', 'error', { from: source, to: target }, place);
    }
  }

  /** Nothing at all of a kind is one matter of the delivery; a gap in what is there is a matter of its frame. */
  #reportMissing(
    streams: readonly { name: string; frames: readonly StreamFrame[] }[],
    kind: 'sweep' | 'image',
  ): void {
    const { frames } = this.#input.document;
    for (const { name, frames: found } of streams) {
      const isEmpty = found.every(({ file }) => file === null);
      if (isEmpty && kind === 'sweep') this.#reportNoClouds(name);
      if (isEmpty) continue;
      for (const [i, { file, uri }] of found.entries()) {
        if (file !== null) continue;
        const code = kind === 'sweep' ? 'frame-without-sweep' : 'image-missing';
        const params = {
          frame: frames[i]!.key,
          ...(kind === 'sweep' ? {} : { camera: name }),
          ...(uri ? { uri } : {}),
        };
        this.#report(code, 'warning', params, `/openlabel/frames/${frames[i]!.key}`);
      }
    }
  }

  #reportNoClouds(stream: string): void {
    const isPicturesOnly = this.#plan.lidars.length === 0 && this.#plan.cameras.length > 0;
    const count = this.#input.document.frames.length;
    if (count > 0 && !isPicturesOnly)
      this.#report('sensor-data-absent', 'warning', { frames: count, lidar: stream });
  }

  /** `toFromFrom`, with a word about every pose that the file leaves open. */
  #connect(spaces: Spaces, to: string, from: string): Mat4 | null {
    const connection = spaces.connect(to, from);
    if (connection === null) {
      this.#reportOnce('openlabel-space-unrelated', 'error', { from, to });
      return null;
    }
    if (connection.isAssumed) this.#reportOnce('openlabel-pose-missing', 'warning', { from, to });
    return connection.matrix;
  }

  #sweep(lidar: string, { file }: StreamFrame, spaces: Spaces): SweepRef[] {
    if (file === null) return [];
    const sweep = { ...file, lidar, encoding: encodingByName(file.path) };
    const isInSpace = lidar === this.#plan.space || !this.#input.document.coordinateSystems.has(lidar);
    if (isInSpace) return [sweep];
    const spaceFromPoints = this.#connect(spaces, this.#plan.space, lidar);
    return spaceFromPoints ? [{ ...sweep, spaceFromPoints }] : [];
  }

  #image(
    name: string,
    { file, timestampNanos }: StreamFrame,
    frame: DocumentFrame,
    spaces: Spaces,
  ): ImageRef[] {
    if (file === null) return [];
    const camera = this.#input.builder.camera(name);
    const calibration = this.#calibration(name, camera, frame, spaces);
    return [{ ...file, camera, calibration, timestampNanos: timestampNanos ?? frameTimestamp(frame) }];
  }

  /** -1 where the lens or the place of the camera is not known. */
  #calibration(name: string, camera: number, frame: DocumentFrame, spaces: Spaces): number {
    const { document, builder } = this.#input;
    const own = frameStreamProperties(frame, name);
    const lens = (own && lensFrom(own, this.#spelling)) ?? this.#streamLens(name);
    if (lens === 'bad') this.#reportOnce('openlabel-lens-bad', 'error', { camera: name });
    if (lens === null || lens === 'bad' || !document.coordinateSystems.has(name)) {
      this.#reportOnce('camera-uncalibrated', 'warning', { camera: name });
      return -1;
    }
    if (lens.model.kind === 'unknown') {
      this.#reportOnce('camera-model-unknown', 'warning', { camera: name, model: lens.model.name });
    }
    const streamFromSpace = this.#connect(spaces, name, this.#plan.space);
    if (streamFromSpace === null) return -1;
    const { model, lensFromStream, width, height } = lens;
    const size = width !== undefined && height !== undefined ? { width, height } : {};
    const cameraFromSpace = multiply(lensFromStream, streamFromSpace);
    return builder.calibration({ camera, model, cameraFromSpace, ...size });
  }

  #streamLens(name: string) {
    return lensFrom(this.#input.document.streams.get(name)?.properties ?? {}, this.#spelling);
  }

  /** A pose is only a pose where every step to the world is given, and by this frame where any frame gives it. */
  #world(spaces: Spaces): { worldFromSpace?: Mat4 } {
    const { world, space, movingPairs } = this.#plan;
    const connection = world === null ? null : spaces.connect(world, space);
    if (connection === null || connection.isAssumed) return {};
    const isStale = connection.pairs.some((pair) => movingPairs.has(pair) && !spaces.ownPairs.has(pair));
    return isStale ? {} : { worldFromSpace: connection.matrix };
  }

  #addLabels(
    frame: DocumentFrame,
    index: number,
    spaces: Spaces,
    fixed: ReadonlyMap<string, ReturnType<typeof parseObjectData>>,
  ): void {
    const { objects } = this.#input.document;
    for (const [uid, object] of objects) {
      const statics = fixed.get(uid)!;
      const inFrame = frame.objects.get(uid);
      const isPresent = inFrame !== undefined || isWithin(object, frame.number);
      if (!isPresent || (statics.items.length === 0 && inFrame === undefined)) continue;
      this.#staticLabels += statics.items.length;
      if (this.#staticLabels > MOST_STATIC_LABELS) {
        this.#reportOnce('openlabel-static-too-many', 'error', { limit: MOST_STATIC_LABELS });
        return;
      }
      const items = mergeObjectData(statics, parseObjectData(inFrame ?? null));
      this.#addObject(uid, object, items, frame, index, spaces);
    }
    for (const [uid, data] of frame.objects) {
      if (objects.has(uid)) continue;
      this.#reportOnce('openlabel-object-undeclared', 'error', { object: uid });
      const items = mergeObjectData(parseObjectData(null), parseObjectData(data));
      this.#addObject(uid, UNDECLARED, items, frame, index, spaces);
    }
  }

  #addObject(
    uid: string,
    object: ObjectDeclaration,
    items: readonly GeometryItem[],
    frame: DocumentFrame,
    index: number,
    spaces: Spaces,
  ): void {
    const { hasSeveralScenes, sceneId, path, builder } = this.#input;
    const track = hasSeveralScenes && !UUID.test(uid) ? `${sceneId}/${uid}` : uid;
    const place = `/openlabel/frames/${frame.key}/objects/${uid}`;
    const common = { frame: index, className: object.type, track, path, place };
    const handles: number[] = [];
    for (const item of items.filter(({ kind }) => kind === 'cuboid')) {
      const cuboid = this.#cuboid(item, object, spaces, place);
      if (cuboid === null) continue;
      const isDerived = Object.entries(item.attributes).some(
        ([name, value]) => DERIVED_NAME.test(name) && value === true,
      );
      const id = handles.length === 0 ? uid : `${uid}/${item.name}`;
      handles.push(
        builder.labels.addCuboid({ ...common, ...cuboid, id, attributes: item.attributes, isDerived }),
      );
    }
    // Which of several cuboids a box belongs to is not said, so only a single one is linked.
    const link = handles.length === 1 ? { cuboid: handles[0]! } : {};
    for (const item of items.filter(({ kind }) => kind !== 'cuboid')) {
      const ltrb = ltrbFromValue(item.value);
      if (ltrb === null) {
        this.#report(
          'openlabel-value-bad',
          'error',
          { object: uid, kind: item.kind, name: item.name },
          place,
        );
        continue;
      }
      const camera = builder.camera(this.#cameraOf(item, object));
      const id = [uid, item.coordinateSystem, item.name].filter(Boolean).join('/');
      builder.labels.addBox2d({ ...common, id, attributes: item.attributes, camera, ltrb, ...link });
    }
  }

  #cameraOf(item: GeometryItem, object: ObjectDeclaration): string {
    const named = item.coordinateSystem ?? object.coordinateSystem;
    return named ?? this.#plan.cameras[0] ?? ONLY_IMAGE;
  }

  /** Null = not a cuboid after all. One that cannot be placed stays, with a centre that is not a number. */
  #cuboid(item: GeometryItem, object: ObjectDeclaration, spaces: Spaces, place: string) {
    if (item.value === null || item.value === undefined) {
      this.#report('openlabel-cuboid-empty', 'info', { name: item.name, class: object.type }, place);
      return null;
    }
    const cuboid = cuboidFromValue(item.value);
    if (cuboid === null) {
      this.#report(
        'openlabel-value-bad',
        'error',
        { object: object.type, kind: item.kind, name: item.name },
        place,
      );
      return null;
    }
    if (object.type === IGNORED_CLASS) {
      this.#placeholders++;
      return null;
    }
    const { space } = this.#plan;
    const system = item.coordinateSystem ?? object.coordinateSystem ?? space;
    if (system === space) return cuboid;
    const spaceFromSystem = this.#connect(spaces, space, system);
    if (spaceFromSystem) return placeCuboid(cuboid, spaceFromSystem);
    return { ...cuboid, center: [Number.NaN, Number.NaN, Number.NaN] as const };
  }

  #reportSummary(): void {
    const { document } = this.#input;
    if (this.#placeholders > 0) {
      this.#report('openlabel-placeholders', 'info', { cuboids: this.#placeholders, class: IGNORED_CLASS });
    }
    for (const name of this.#plan.cameras) this.#streamLens(name);
    if (this.#spelling.old.size > 0) {
      this.#report('openlabel-old-spelling', 'warning', { keys: [...this.#spelling.old].sort().join(', ') });
    }
    for (const [name, { kind, uri }] of document.streams) {
      const isVideo =
        kind === 'camera' && ['mp4', 'avi', 'mkv', 'mov', 'h264', 'hevc'].includes(extensionOf(uri));
      if (isVideo) this.#report('openlabel-video', 'info', { camera: name, uri });
    }
  }
}

const UNDECLARED: ObjectDeclaration = { type: '', coordinateSystem: null, intervals: [], data: null };

function isWithin({ intervals }: ObjectDeclaration, frame: number): boolean {
  return intervals.length === 0 || intervals.some(([start, end]) => frame >= start && frame <= end);
}

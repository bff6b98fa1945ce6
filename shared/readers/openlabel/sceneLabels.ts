/** Cuboids, image boxes and other shapes of a scene's objects, frame by frame. */
import { transformPoint } from '../../geometry/matrix.ts';
import type { AttributeSet } from '../../model/labels.ts';
import { asAttribute } from '../jsonValues.ts';
import type { CuboidRow } from '../labelTableBuilder.ts';
import type { PlacedCuboid } from './cuboids.ts';
import { cuboidFromValue, ltrbFromValue, placeCuboid } from './cuboids.ts';
import type { DocumentFrame, ObjectDeclaration } from './document.ts';
import type { GeometryItem, ParsedData } from './objectData.ts';
import { mergeObjectData, parseObjectData, sharedAttributes } from './objectData.ts';
import type { SceneInput, SceneNotes } from './sceneInput.ts';
import { someOf } from './sceneInput.ts';
import type { ScenePlan } from './scenePlan.ts';
import type { ShapeValue } from './shapes.ts';
import { shapeFromItem } from './shapes.ts';
import type { Spaces } from './spaces.ts';

/** Static objects are written out into every frame; a file that multiplies into more than this is hostile. */
const MOST_STATIC_LABELS = 5_000_000;
const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const DERIVED_NAME = /^(is_?)?interpolated$/i;
/** Objects that stand for regions nobody labelled; KITTI's conversions give them placeholder cuboids. */
const IGNORED_CLASS = 'DontCare';
/** Camera of boxes without a coordinate system in a document that has no camera. */
const ONLY_IMAGE = 'image';
const UNDECLARED: ObjectDeclaration = { type: '', coordinateSystem: null, intervals: [], data: null };

/** One object in one frame. */
interface Occurrence {
  readonly uid: string;
  readonly object: ObjectDeclaration;
  readonly items: readonly GeometryItem[];
  /** What is said of the object as a whole. */
  readonly attributes: AttributeSet;
  /** Index of the frame in the delivery. */
  readonly frame: number;
  readonly spaces: Spaces;
  readonly place: string;
}

function isWithin({ intervals }: ObjectDeclaration, frame: number): boolean {
  return intervals.length === 0 || intervals.some(([start, end]) => frame >= start && frame <= end);
}

export class SceneLabels {
  readonly #input: SceneInput;
  readonly #plan: ScenePlan;
  readonly #notes: SceneNotes;
  readonly #fixed: ReadonlyMap<string, ParsedData>;
  /** Objects with a geometry or an attribute in some frame. */
  readonly #described = new Set<string>();
  #staticLabels = 0;
  #placeholders = 0;

  constructor(input: SceneInput, plan: ScenePlan, notes: SceneNotes) {
    this.#input = input;
    this.#plan = plan;
    this.#notes = notes;
    this.#fixed = new Map([...input.document.objects].map(([uid, { data }]) => [uid, parseObjectData(data)]));
  }

  /** `index` is the frame's place in the delivery. */
  addFrame(frame: DocumentFrame, index: number, spaces: Spaces): void {
    const { objects } = this.#input.document;
    for (const [uid, object] of objects) {
      const fixed = this.#fixed.get(uid)!;
      const inFrame = frame.objects.get(uid);
      const hasFixed = fixed.items.length + fixed.shared.length > 0;
      const isPresent = inFrame !== undefined || (hasFixed && isWithin(object, frame.number));
      if (!isPresent) continue;
      this.#staticLabels += fixed.items.length;
      if (this.#staticLabels > MOST_STATIC_LABELS) {
        this.#notes.addOnce('openlabel-static-too-many', 'error', { limit: MOST_STATIC_LABELS });
        return;
      }
      const perFrame = parseObjectData(inFrame ?? null);
      const where = { frame: index, spaces, place: placeOf(frame, uid) };
      this.#addObject({ uid, object, ...merged(fixed, perFrame), ...where });
    }
    for (const [uid, data] of frame.objects) {
      if (objects.has(uid)) continue;
      this.#notes.addOnce('openlabel-object-undeclared', 'error', { object: uid });
      const perFrame = parseObjectData(data);
      const where = { frame: index, spaces, place: placeOf(frame, uid) };
      this.#addObject({ uid, object: UNDECLARED, ...merged(parseObjectData(null), perFrame), ...where });
    }
  }

  #addObject(occurrence: Occurrence): void {
    const { uid, object, items, frame, place } = occurrence;
    const { hasSeveralScenes, sceneId, path, builder } = this.#input;
    const track = hasSeveralScenes && !UUID.test(uid) ? `${sceneId}/${uid}` : uid;
    const common = { frame, className: object.type, track, path, place };
    const handles: number[] = [];
    if (items.length > 0) this.#described.add(uid);
    for (const item of items) {
      const cuboid = item.kind === 'cuboid' ? this.#cuboid(item, occurrence) : null;
      if (cuboid === null) continue;
      const id = handles.length === 0 ? uid : `${uid}/${item.name}`;
      handles.push(builder.labels.addCuboid({ ...common, ...cuboid, id }));
    }
    // Which of several cuboids a box belongs to is not said, so only a single one is linked.
    const link = handles.length === 1 ? { cuboid: handles[0]! } : {};
    if (items.length === 0) this.#addWithoutGeometry(occurrence, track);
    for (const item of items) {
      if (item.kind === 'cuboid') continue;
      if (item.kind !== 'bbox' && item.kind !== 'rbbox') {
        this.#addShape(item, occurrence, track);
        continue;
      }
      const ltrb = ltrbFromValue(item.value);
      if (ltrb === null) {
        this.#reportValue(item, occurrence);
        continue;
      }
      const camera = builder.camera(this.#cameraOf(item, object));
      // The model's boxes stand upright: the written values of a turned one stay with it.
      const turned: AttributeSet = item.kind === 'rbbox' ? { rbbox: asAttribute(item.value) } : {};
      const attributes = { ...item.attributes, ...turned };
      builder.labels.addBox2d({ ...common, id: itemId(uid, item), attributes, camera, ltrb, ...link });
    }
  }

  #addShape(item: GeometryItem, occurrence: Occurrence, track: string): void {
    const { uid, object, frame } = occurrence;
    const shape = shapeFromItem(item);
    if (shape === null) {
      this.#reportValue(item, occurrence);
      return;
    }
    const { builder } = this.#input;
    const camera = shape.dimensions === 2 ? builder.camera(this.#cameraOf(item, object)) : null;
    const coordinates =
      shape.dimensions === 3 ? this.#placedPoints(shape, item, occurrence) : shape.coordinates;
    const attributes = { ...item.attributes, ...shape.facts };
    const common = { frame, className: object.type, track, id: itemId(uid, item) };
    builder.labels.addShape({ ...common, kind: shape.kind, camera, coordinates, attributes });
  }

  /** In the frame's space; empty where nothing connects the two. */
  #placedPoints(shape: ShapeValue, item: GeometryItem, { object, spaces }: Occurrence): readonly number[] {
    const { space } = this.#plan;
    const system = item.coordinateSystem ?? object.coordinateSystem ?? space;
    if (system === space) return shape.coordinates;
    const spaceFromSystem = this.#notes.connect(spaces, space, system);
    if (spaceFromSystem === null) return [];
    const placed: number[] = [];
    for (let i = 0; i < shape.coordinates.length; i += 3) {
      const [x, y, z] = shape.coordinates.slice(i, i + 3) as [number, number, number];
      placed.push(...transformPoint(spaceFromSystem, [x, y, z]));
    }
    return placed;
  }

  /** An object that is only spoken of is kept as a shape without points; one that is merely named is counted. */
  #addWithoutGeometry({ uid, object, attributes, frame }: Occurrence, track: string): void {
    if (Object.keys(attributes).length === 0) return;
    this.#described.add(uid);
    const { labels } = this.#input.builder;
    const common = { frame, className: object.type, track, id: uid, attributes };
    labels.addShape({ ...common, kind: 'other', camera: null, coordinates: [] });
  }

  #cameraOf(item: GeometryItem, object: ObjectDeclaration): string {
    const named = item.coordinateSystem ?? object.coordinateSystem;
    return named ?? this.#plan.cameras[0] ?? ONLY_IMAGE;
  }

  #reportValue(item: GeometryItem, { uid, place }: Occurrence): void {
    const params = { object: uid, kind: item.kind, name: item.name };
    this.#notes.add('openlabel-value-bad', 'error', params, place);
  }

  /** Null = there is no cuboid in this item. */
  #cuboid(
    item: GeometryItem,
    occurrence: Occurrence,
  ): Pick<CuboidRow, 'center' | 'size' | 'rotation' | 'attributes' | 'isDerived'> | null {
    const { object, place } = occurrence;
    if (item.value === null || item.value === undefined) {
      this.#notes.add('openlabel-cuboid-empty', 'info', { name: item.name, class: object.type }, place);
      return null;
    }
    const cuboid = cuboidFromValue(item.value);
    if (cuboid === null) {
      this.#reportValue(item, occurrence);
      return null;
    }
    if (object.type === IGNORED_CLASS) {
      this.#placeholders++;
      return null;
    }
    const { attributes } = item;
    const isDerived = Object.entries(attributes).some(
      ([name, value]) => DERIVED_NAME.test(name) && value === true,
    );
    return { ...this.#placed(cuboid, item, occurrence), attributes, isDerived };
  }

  /** A cuboid that cannot be placed stays in the lot, with a centre that is not a number. */
  #placed(cuboid: PlacedCuboid, item: GeometryItem, { object, spaces }: Occurrence): PlacedCuboid {
    const { space } = this.#plan;
    const system = item.coordinateSystem ?? object.coordinateSystem ?? space;
    if (system === space) return cuboid;
    const spaceFromSystem = this.#notes.connect(spaces, space, system);
    if (spaceFromSystem) return placeCuboid(cuboid, spaceFromSystem);
    return { ...cuboid, center: [Number.NaN, Number.NaN, Number.NaN] };
  }

  /** To be called once all frames are read. */
  report(): void {
    const declared = [...this.#input.document.objects];
    const bare = declared.filter(([uid]) => !this.#described.has(uid)).map(([, { type }]) => type);
    if (bare.length > 0) {
      const params = { objects: bare.length, classes: someOf(bare) };
      this.#notes.add('openlabel-objects-bare', 'info', params);
    }
    if (this.#placeholders === 0) return;
    const params = { cuboids: this.#placeholders, class: IGNORED_CLASS };
    this.#notes.add('openlabel-placeholders', 'info', params);
  }
}

function merged(fixed: ParsedData, perFrame: ParsedData): Pick<Occurrence, 'items' | 'attributes'> {
  return { items: mergeObjectData(fixed, perFrame), attributes: sharedAttributes(fixed, perFrame) };
}

function itemId(uid: string, { coordinateSystem, name }: GeometryItem): string {
  return [uid, coordinateSystem, name].filter(Boolean).join('/');
}

function placeOf(frame: DocumentFrame, uid: string): string {
  return `/openlabel/frames/${frame.key}/objects/${uid}`;
}

/** ASAM OpenLABEL 1.0.0, one document a scene: cuboids as quaternions, boxes by their centre, streams and poses. */
import { invert } from '../geometry/matrix.ts';
import type { Calibration, Frame, ImageRef } from '../model/delivery.ts';
import type { Box2d, Cuboid } from '../model/labelRow.ts';
import type { AttributeSet, AttributeValue, ShapeLabel } from '../model/labels.ts';
import type { Mat4 } from '../model/pose.ts';
import type { WriteInput, WriteLabels } from './contract.ts';
import type { Losses } from './losses.ts';
import { boxesOf, fileName, noteCommonLosses, shapesByFrame, writableCuboids } from './rows.ts';

type Json = Readonly<Record<string, unknown>>;

export const writeOpenlabel: WriteLabels = function* (input) {
  const { index, losses } = input;
  noteCommonLosses(index, losses);
  const taken = new Set<string>();
  for (const scene of index.delivery.scenes.keys()) {
    const { id } = index.delivery.scenes[scene]!;
    yield { path: `${fileName(id, taken)}.json`, parts: sceneParts(input, scene) };
  }
};

/** What the schema takes as an object's id besides whole numbers. */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Object ids of a scene: a number for each track, and one for each label without one. A track that is named by a UUID
 * keeps it: the vendor's attributes may name it too (PandaSet's siblings), and no number is ever taken for one.
 */
class Objects {
  readonly declared = new Map<string, { readonly name: string; readonly type: string }>();
  readonly #byTrack = new Map<string, string>();

  idOf(track: string | null, name: string, type: string): string {
    const known = track === null ? undefined : this.#byTrack.get(track);
    if (known !== undefined) return known;
    const id = track !== null && uuid.test(track) ? track : String(this.declared.size + 1);
    this.declared.set(id, { name: track ?? name, type });
    if (track !== null) this.#byTrack.set(track, id);
    return id;
  }
}

/** Frames go first: which objects there are is known when the last one is written. */
function* sceneParts({ index, losses }: WriteInput, scene: number): Generator<string> {
  const { frames, scenes } = index.delivery;
  const { frameStart, frameCount } = scenes[scene]!;
  const objects = new Objects();
  const streams = new Streams(index.delivery);
  const shapes = shapesByFrame(index.labels);
  yield '{"openlabel":{"metadata":{"schema_version":"1.0.0"},"frames":{';
  for (let at = 0; at < frameCount; at++) {
    const frame = frames.at(frameStart + at)!;
    if (frame.id !== String(at)) losses.add('frame-names');
    const inFrame = new FrameObjects(objects, losses);
    for (const cuboid of writableCuboids(index.labels, frameStart + at, losses)) {
      inFrame.addCuboid(cuboid, frame.space);
    }
    for (const box of boxesOf(index.labels, frameStart + at)) {
      inFrame.addBox(box, index.delivery.cameras[box.camera]!.name);
    }
    for (const shape of shapes.get(frameStart + at) ?? []) {
      inFrame.addShape(
        shape,
        shape.camera === null ? frame.space : index.delivery.cameras[shape.camera]!.name,
      );
    }
    yield `${at === 0 ? '' : ','}"${at}":${JSON.stringify({
      frame_properties: streams.propertiesOf(frame, losses),
      objects: inFrame.objects,
    })}`;
  }
  const spaces = new Set(Array.from({ length: frameCount }, (_, at) => frames.at(frameStart + at)!.space));
  yield `},"objects":${JSON.stringify(Object.fromEntries(objects.declared))}`;
  yield `,"streams":${JSON.stringify(streams.declared)}`;
  yield `,"coordinate_systems":${JSON.stringify(streams.coordinateSystems(spaces))}`;
  yield `,"frame_intervals":${JSON.stringify([{ frame_start: 0, frame_end: frameCount - 1 }])}}}\n`;
}

const world = 'world';

class Streams {
  readonly declared: Record<string, Json> = {};
  readonly #delivery: WriteInput['index']['delivery'];
  readonly #spaceFromCamera = new Map<string, Mat4>();
  readonly #placed = new Set<string>();

  constructor(delivery: WriteInput['index']['delivery']) {
    this.#delivery = delivery;
  }

  propertiesOf(frame: Frame, losses: Losses): Json {
    const streams: Record<string, Json> = {};
    const transforms: Record<string, Json> = {};
    const add = (name: string, src: string, dst: string, matrix: Mat4): void => {
      transforms[name] = { src, dst, transform_src_to_dst: { matrix4x4: [...matrix] } };
    };
    for (const { lidar, path, timestampNanos = null } of frame.sweeps) {
      this.declared[lidar] ??= { type: 'lidar' };
      streams[lidar] = { uri: path, ...synced(timestampNanos) };
    }
    for (const image of frame.images) {
      const { name } = this.#delivery.cameras[image.camera]!;
      const calibration = this.#delivery.calibrations[image.calibration];
      this.declared[name] ??= cameraStream(calibration, losses);
      streams[name] = { uri: image.path, ...synced(image.timestampNanos) };
      if (calibration) this.#placeCamera(name, image, calibration, frame, add);
    }
    if (frame.worldFromSpace) {
      this.#placed.add(frame.space);
      add(`${frame.space}_to_${world}`, frame.space, world, frame.worldFromSpace);
    }
    return {
      ...(frame.timestampNanos === null ? {} : { timestamp: secondsText(frame.timestampNanos) }),
      ...(Object.keys(streams).length > 0 ? { streams } : {}),
      ...(Object.keys(transforms).length > 0 ? { transforms } : {}),
    };
  }

  /** A camera's first pose stands in the tree; where another frame has another one, that frame says so. */
  #placeCamera(
    name: string,
    image: ImageRef,
    calibration: Calibration,
    frame: Frame,
    add: (name: string, src: string, dst: string, matrix: Mat4) => void,
  ): void {
    const pose = invert(image.cameraFromSpace ?? calibration.cameraFromSpace);
    if (pose === null) return;
    const first = this.#spaceFromCamera.get(name);
    if (first === undefined) this.#spaceFromCamera.set(name, pose);
    else if (pose.some((value, at) => value !== first[at])) {
      add(`${name}_to_${frame.space}`, name, frame.space, pose);
    }
  }

  coordinateSystems(spaces: ReadonlySet<string>): Json {
    const systems: Record<string, Json> = {};
    const base = [...spaces][0] ?? world;
    for (const space of spaces) {
      const isPlaced = this.#placed.has(space);
      systems[space] = {
        type: 'sensor_cs',
        parent: isPlaced ? world : '',
        children: [...this.#spaceFromCamera.keys()],
        ...(isPlaced ? { pose_wrt_parent: { matrix4x4: identity } } : {}),
      };
    }
    if (this.#placed.size > 0) systems[world] = { type: 'scene_cs', parent: '', children: [...this.#placed] };
    for (const [name, pose] of this.#spaceFromCamera) {
      systems[name] = {
        type: 'sensor_cs',
        parent: base,
        children: [],
        pose_wrt_parent: { matrix4x4: [...pose] },
      };
    }
    return systems;
  }
}

const identity = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

function cameraStream(calibration: Calibration | undefined, losses: Losses): Json {
  const model = calibration?.model;
  const size = { width_px: calibration?.width ?? 0, height_px: calibration?.height ?? 0 };
  if (model?.kind === 'pinhole') {
    const { fx, fy, cx, cy, skew = 0, distortion } = model;
    const matrix = [fx, skew, cx, 0, 0, fy, cy, 0, 0, 0, 1, 0];
    const coefficients = distortion.length === 0 ? {} : { distortion_coeffs: [...distortion] };
    const intrinsics = { ...size, camera_matrix: matrix, ...coefficients };
    return { type: 'camera', stream_properties: { intrinsics_pinhole: intrinsics } };
  }
  if (model?.kind === 'fisheye') {
    const { fx, fy, cx, cy, distortion } = model;
    const intrinsics = {
      ...size,
      center_x_px: cx,
      center_y_px: cy,
      focal_length_x: fx,
      focal_length_y: fy,
      lens_coeffs: [...distortion],
    };
    return { type: 'camera', stream_properties: { intrinsics_fisheye: intrinsics } };
  }
  if (model) losses.add('lenses');
  return { type: 'camera' };
}

/** Objects of one frame and their data. */
class FrameObjects {
  readonly objects: Record<string, { object_data: Record<string, Json[]> }> = {};
  readonly #all: Objects;
  readonly #losses: Losses;

  constructor(all: Objects, losses: Losses) {
    this.#all = all;
    this.#losses = losses;
  }

  addCuboid(cuboid: Cuboid, space: string): void {
    const { center, rotation, size, className, isDerived } = cuboid;
    const id = this.#all.idOf(cuboid.track, cuboid.id, className);
    if (cuboid.id !== id) this.#losses.add('ids');
    const attributes = isDerived ? { ...cuboid.attributes, interpolated: true } : cuboid.attributes;
    this.#add(id, 'cuboid', 'cuboid', [...center, ...rotation, ...size], space, attributes);
  }

  addBox(box: Box2d, camera: string): void {
    const [left, top, right, bottom] = box.ltrb;
    const id = this.#all.idOf(box.track, box.id, box.className);
    const value = [(left + right) / 2, (top + bottom) / 2, right - left, bottom - top];
    if (box.cuboid >= 0 && box.track === null) this.#losses.add('links');
    this.#add(id, 'bbox', camera, value, camera, box.attributes);
  }

  addShape(shape: ShapeLabel, space: string): void {
    const { kind, camera, coordinates } = shape;
    const dimensions = camera === null ? 3 : 2;
    const isPath = kind === 'polyline' || kind === 'polygon';
    const isPoint = kind === 'points' && coordinates.length === dimensions;
    if (!isPath && !isPoint) {
      this.#losses.add('shapes');
      return;
    }
    const id = this.#all.idOf(shape.track, shape.id, shape.className);
    const type = `${isPath ? 'poly' : 'point'}${dimensions}d`;
    const path = isPath ? { mode: 'MODE_POLY2D_ABSOLUTE', closed: kind === 'polygon' } : {};
    const extra = isPath && dimensions === 3 ? { closed: kind === 'polygon' } : path;
    this.#add(id, type, shape.id, coordinates, space, shape.attributes, extra);
  }

  #add(
    id: string,
    type: string,
    name: string,
    val: readonly number[],
    space: string,
    attributes: AttributeSet,
    extra: Json = {},
  ): void {
    this.objects[id] ??= { object_data: {} };
    const data = this.objects[id].object_data;
    const items = data[type] ?? [];
    data[type] = items;
    // Two items of one kind are told apart by their names.
    const isTaken = items.some((item) => item.name === name && item.coordinate_system === space);
    const unique = isTaken ? `${name} ${items.length + 1}` : name;
    const written = writtenAttributes(attributes, this.#losses);
    items.push({ name: unique, val: [...val], coordinate_system: space, ...extra, ...written });
  }
}

/** Attributes by their kind; what is none of the four kinds is written as its JSON text and counted. */
function writtenAttributes(attributes: AttributeSet, losses: Losses): Json {
  const kinds: Record<'boolean' | 'num' | 'text' | 'vec', { name: string; val: unknown }[]> = {
    boolean: [],
    num: [],
    text: [],
    vec: [],
  };
  for (const [name, val] of Object.entries(attributes)) {
    if (typeof val === 'boolean') kinds.boolean.push({ name, val });
    else if (typeof val === 'number') kinds.num.push({ name, val });
    else if (typeof val === 'string') kinds.text.push({ name, val });
    else if (isVector(val)) kinds.vec.push({ name, val });
    else {
      losses.add('attribute-kinds');
      kinds.text.push({ name, val: JSON.stringify(val) });
    }
  }
  const used = Object.entries(kinds).filter(([, list]) => list.length > 0);
  return used.length === 0 ? {} : { attributes: Object.fromEntries(used) };
}

function isVector(value: AttributeValue): value is readonly (string | number)[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'number' || typeof item === 'string');
}

/** A stream's own time in a frame. */
function synced(nanos: string | null): Json {
  return nanos === null ? {} : { stream_properties: { sync: { timestamp: secondsText(nanos) } } };
}

/** Seconds with all nine decimals, as text: a double has no room for them. */
function secondsText(nanos: string): string {
  const isNegative = nanos.startsWith('-');
  const digits = nanos.slice(isNegative ? 1 : 0).padStart(10, '0');
  return `${isNegative ? '-' : ''}${digits.slice(0, -9)}.${digits.slice(-9)}`;
}

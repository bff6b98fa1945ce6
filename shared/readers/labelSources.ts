/** Several opinions about the same frames: which one is judged, and labels of another delivery laid beside them. */
import type { Problem } from '../base/problem.ts';
import type { Delivery, StringColumn } from '../model/delivery.ts';
import { positionsOf } from '../model/frames.ts';
import type { DeliveryIndex, LabelSource, LabelTable } from '../model/labels.ts';
import { NO_LINK } from '../model/labels.ts';

/** Makes the named source the judged one; the former one becomes another. Null where there is none of that name. */
export function judgeSource(index: DeliveryIndex, name: string): DeliveryIndex | null {
  if (index.source.name === name) return index;
  const chosen = index.others.find((other) => other.name === name);
  if (!chosen) return null;
  const { labels, ...source } = chosen;
  const rest = index.others.filter((other) => other !== chosen);
  return { ...index, labels, source, others: [{ ...index.source, labels: index.labels }, ...rest] };
}

/**
 * Lays the judged labels of `other`, a second delivery of the same recording, beside those of `index`. Frames are the
 * same where their ids are, else where their times are and only one has it; where neither says anything about a scene,
 * frames of scenes with the same name and length go together in playing order, and a problem says so. Both must give
 * their labels in a space of the same name. Frames that are not found in `index` are left out and counted in a problem.
 */
export function withLabelsOf(index: DeliveryIndex, other: DeliveryIndex, named: LabelSource): DeliveryIndex {
  const { frameOf, byPlace } = matchFrames(other.delivery, index.delivery);
  const cameraOf = other.delivery.cameras.map(({ name }) =>
    index.delivery.cameras.findIndex((camera) => camera.name === name),
  );
  const labels = movedLabels(other.labels, frameOf, cameraOf, index.delivery.frames.length);
  const lost = frameOf.filter((frame) => frame < 0).length;
  const said = (code: string, frames: number): Problem[] => {
    const params = { name: named.name, frames, total: frameOf.length };
    return frames === 0 ? [] : [{ code, severity: 'warning', path: '', params }];
  };
  const problems = [
    ...said('label-source-frames-unmatched', lost),
    ...said('label-source-frames-by-place', byPlace),
  ];
  const taken = new Set([index.source, ...index.others].map(({ name }) => name));
  let { name } = named;
  for (let copy = 2; taken.has(name); copy++) name = `${named.name} ${copy}`;
  return {
    ...index,
    others: [...index.others, { ...named, name, labels }],
    problems: [...index.problems, ...problems],
  };
}

/** By frame of `from`: the same frame of `to`, or -1; and how many were found by nothing but their place. */
function matchFrames(from: Delivery, to: Delivery): { frameOf: Int32Array; byPlace: number } {
  const byId = positionsOf(to.frameIds);
  const byTime = new Map<string, number>();
  const spaces: string[] = [];
  for (const [at, { timestampNanos, space }] of to.frames.entries()) {
    spaces.push(space);
    // A time that several frames have says nothing.
    if (timestampNanos !== null) byTime.set(timestampNanos, byTime.has(timestampNanos) ? -1 : at);
  }
  const matched = new Int32Array(from.frames.length);
  for (const [at, { id, timestampNanos }] of from.frames.entries()) {
    matched[at] = byId.get(id) ?? byTime.get(timestampNanos ?? '') ?? -1;
  }
  const byPlace = matchByPlace(from, to, matched);
  for (const [at, { space }] of from.frames.entries()) {
    if (matched[at]! >= 0 && spaces[matched[at]!] !== space) matched[at] = -1;
  }
  return { frameOf: matched, byPlace };
}

/** Copies in other formats number their frames anew; a scene as long as its namesake is taken for it. Answers how many frames. */
function matchByPlace(from: Delivery, to: Delivery, matched: Int32Array): number {
  let found = 0;
  for (const { id, frameStart, frameCount } of from.scenes) {
    const namesake = to.scenes.find((scene) => scene.id === id);
    const isUnmatched = matched.subarray(frameStart, frameStart + frameCount).every((frame) => frame < 0);
    if (namesake?.frameCount !== frameCount || !isUnmatched) continue;
    for (let at = 0; at < frameCount; at++) matched[frameStart + at] = namesake.frameStart + at;
    found += frameCount;
  }
  return found;
}

/** Rows in the order of their new frames; those without one are left out. */
function orderOf(frame: Uint32Array, keep: (row: number) => boolean, frameOf: Int32Array): Uint32Array {
  const rows: number[] = [];
  for (let row = 0; row < frame.length; row++) if (frameOf[frame[row]!]! >= 0 && keep(row)) rows.push(row);
  rows.sort((a, b) => frameOf[frame[a]!]! - frameOf[frame[b]!]! || a - b);
  return Uint32Array.from(rows);
}

type Numbers = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

function gathered<Column extends Numbers>(column: Column, rows: Uint32Array, width = 1): Column {
  const Type = column.constructor as new (length: number) => Column;
  const out = new Type(rows.length * width);
  for (const [to, row] of rows.entries()) {
    for (let part = 0; part < width; part++) out[to * width + part] = column[row * width + part]!;
  }
  return out;
}

function common(
  columns: LabelTable['cuboids'] | LabelTable['boxes2d'],
  rows: Uint32Array,
  frameOf: Int32Array,
  frameCount: number,
) {
  const frame = Uint32Array.from(rows, (row) => frameOf[columns.frame[row]!]!);
  const frameStart = new Uint32Array(frameCount + 1);
  for (const at of frame) frameStart[at + 1]!++;
  for (let at = 0; at < frameCount; at++) frameStart[at + 1]! += frameStart[at]!;
  return {
    count: rows.length,
    frame,
    frameStart,
    classIndex: gathered(columns.classIndex, rows),
    track: gathered(columns.track, rows),
    attributes: gathered(columns.attributes, rows),
    id: idsOf(columns.id, rows),
  };
}

const idsOf = (ids: StringColumn, rows: Uint32Array): string[] => Array.from(rows, (row) => ids.at(row)!);

function movedLabels(
  labels: LabelTable,
  frameOf: Int32Array,
  cameraOf: readonly number[],
  frameCount: number,
): LabelTable {
  const { cuboids, boxes2d } = labels;
  const cuboidRows = orderOf(cuboids.frame, () => true, frameOf);
  const boxRows = orderOf(boxes2d.frame, (row) => cameraOf[boxes2d.camera[row]!]! >= 0, frameOf);
  const rowNow = new Int32Array(cuboids.count).fill(NO_LINK);
  for (const [to, row] of cuboidRows.entries()) rowNow[row] = to;
  return {
    classes: labels.classes,
    tracks: labels.tracks,
    attributeSets: labels.attributeSets,
    cuboids: {
      ...common(cuboids, cuboidRows, frameOf, frameCount),
      center: gathered(cuboids.center, cuboidRows, 3),
      size: gathered(cuboids.size, cuboidRows, 3),
      rotation: gathered(cuboids.rotation, cuboidRows, 4),
      flags: gathered(cuboids.flags, cuboidRows),
      statedPoints: gathered(cuboids.statedPoints, cuboidRows),
    },
    boxes2d: {
      ...common(boxes2d, boxRows, frameOf, frameCount),
      camera: Uint16Array.from(boxRows, (row) => cameraOf[boxes2d.camera[row]!]!),
      ltrb: gathered(boxes2d.ltrb, boxRows, 4),
      cuboid: Int32Array.from(boxRows, (row) => {
        const linked = boxes2d.cuboid[row]!;
        return linked === NO_LINK ? NO_LINK : rowNow[linked]!;
      }),
    },
    shapes: labels.shapes
      .flatMap((shape) => {
        const frame = frameOf[shape.frame]!;
        const camera = shape.camera === null ? null : cameraOf[shape.camera]!;
        return frame < 0 || (camera ?? 0) < 0 ? [] : [{ ...shape, frame, camera }];
      })
      .sort((a, b) => a.frame - b.frame),
  };
}

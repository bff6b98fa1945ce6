/**
 * Cuboids that a reader holds as columns already: sorted by frame, checked and made the columns of a `LabelTable`,
 * a million of them without an object each. `LabelTableBuilder` does the same for rows one by one.
 */
import type { AttributeSet, CuboidColumns, LabelTable } from '../model/labels.ts';
import { CuboidFlag } from '../model/labels.ts';
import { ByteStrings } from './byteStrings.ts';
import type { ProblemList } from './problemList.ts';

/** Rows in any order. The large columns are emptied as soon as they are sorted, so that they never stand twice. */
export interface CuboidRows {
  readonly count: number;
  /** Index into Delivery.frames; a row of a negative one is left out. */
  readonly frame: Int32Array;
  readonly classIndex: Uint16Array;
  readonly track: Uint32Array;
  readonly attributes: Uint32Array;
  readonly flags: Uint8Array;
  /** Counts as written; negative = not stated. */
  readonly statedPoints: Int32Array;
  /** Three values a row, four for the rotation, in the file's own order. */
  readonly center: { values: Float64Array };
  readonly size: { values: Float64Array };
  readonly rotation: { values: Float64Array };
  /** Where length, width and height, and quaternion x, y, z and w stand in a row of `size` and `rotation`. */
  readonly sizeOrder: readonly number[];
  readonly rotationOrder: readonly number[];
  /** UTF-8 length of a row's id, unique within its frame, and its bytes. */
  readonly idLength: (row: number) => number;
  readonly writeId: (row: number, out: Uint8Array, at: number) => void;
  /** File a row stands in and where, for problems. */
  readonly path: string;
  readonly place: (row: number) => string;
}

export interface LabelNames {
  readonly classes: readonly string[];
  readonly tracks: readonly string[];
  readonly attributeSets: readonly AttributeSet[];
}

/** Where rows of several parts go, sorted by frame with their order kept. */
interface FrameOrder {
  readonly count: number;
  readonly frameStart: Uint32Array;
  /** Final row by part and row; -1 = left out. */
  readonly rowOf: readonly Int32Array[];
}

function orderByFrame(parts: readonly CuboidRows[], frameCount: number): FrameOrder {
  const frameStart = new Uint32Array(frameCount + 1);
  for (const { count, frame } of parts) {
    for (let row = 0; row < count; row++) if (frame[row]! >= 0) frameStart[frame[row]! + 1]!++;
  }
  for (let frame = 0; frame < frameCount; frame++) frameStart[frame + 1]! += frameStart[frame]!;
  const next = frameStart.slice();
  const rowOf = parts.map(({ count, frame }) => {
    const rows = new Int32Array(count);
    for (let row = 0; row < count; row++) rows[row] = frame[row]! < 0 ? -1 : next[frame[row]!]!++;
    return rows;
  });
  return { count: frameStart[frameCount]!, frameStart, rowOf };
}

/** Sorts cuboids by frame and makes the table. Cuboids whose numbers are unusable are flagged and told. */
export function cuboidTable(
  parts: readonly CuboidRows[],
  frameCount: number,
  names: LabelNames,
  problems: ProblemList,
): LabelTable {
  const order = orderByFrame(parts, frameCount);
  const { count, frameStart } = order;
  // The largest first: what they came from is given back before the others are made.
  const vectors = {
    center: spreadVectors(
      parts,
      order,
      3,
      ({ center }) => center,
      () => [0, 1, 2],
    ),
    size: spreadVectors(
      parts,
      order,
      3,
      ({ size }) => size,
      ({ sizeOrder }) => sizeOrder,
    ),
    rotation: spreadVectors(
      parts,
      order,
      4,
      ({ rotation }) => rotation,
      ({ rotationOrder }) => rotationOrder,
    ),
  };
  const cuboids: CuboidColumns = {
    count,
    frameStart,
    ...vectors,
    frame: new Uint32Array(spreadWords(parts, order, ({ frame }) => frame)),
    classIndex: spreadSmall(new Uint16Array(count), parts, order, ({ classIndex }) => classIndex),
    track: new Uint32Array(spreadWords(parts, order, ({ track }) => track)),
    attributes: new Uint32Array(spreadWords(parts, order, ({ attributes }) => attributes)),
    flags: spreadSmall(new Uint8Array(count), parts, order, ({ flags }) => flags),
    statedPoints: new Int32Array(spreadWords(parts, order, ({ statedPoints }) => statedPoints)),
    id: spreadIds(parts, order),
  };
  flagUnusable(parts, order, cuboids, names.classes, problems);
  const { classes, tracks, attributeSets } = names;
  return { classes, tracks, attributeSets, cuboids, boxes2d: noBoxes(frameCount), shapes: [] };
}

/** A column of 32-bit values, signed or not: the loop sees one kind of array whichever it is. */
function spreadWords(
  parts: readonly CuboidRows[],
  { count, rowOf }: FrameOrder,
  column: (part: CuboidRows) => Int32Array | Uint32Array,
): ArrayBuffer {
  const out = new Int32Array(count);
  for (const [i, part] of parts.entries()) {
    const { buffer, byteOffset } = column(part);
    const from = new Int32Array(buffer, byteOffset, part.count);
    const rows = rowOf[i]!;
    for (let row = 0; row < part.count; row++) if (rows[row]! >= 0) out[rows[row]!] = from[row]!;
  }
  return out.buffer;
}

function spreadSmall<Values extends Uint8Array | Uint16Array>(
  out: Values,
  parts: readonly CuboidRows[],
  { rowOf }: FrameOrder,
  column: (part: CuboidRows) => Values,
): Values {
  for (const [i, part] of parts.entries()) {
    const from = column(part);
    const rows = rowOf[i]!;
    for (let row = 0; row < part.count; row++) if (rows[row]! >= 0) out[rows[row]!] = from[row]!;
  }
  return out;
}

function spreadVectors(
  parts: readonly CuboidRows[],
  { count, rowOf }: FrameOrder,
  width: number,
  holder: (part: CuboidRows) => { values: Float64Array },
  places: (part: CuboidRows) => readonly number[],
): Float64Array {
  const out = new Float64Array(width * count);
  for (const [i, part] of parts.entries()) {
    const rows = rowOf[i]!;
    const from = holder(part);
    const { values } = from;
    const [first = 0, second = 0, third = 0, fourth = 0] = places(part);
    for (let row = 0; row < part.count; row++) {
      if (rows[row]! < 0) continue;
      const to = width * rows[row]!;
      const at = width * row;
      out[to] = values[at + first]!;
      out[to + 1] = values[at + second]!;
      out[to + 2] = values[at + third]!;
      if (width === 4) out[to + 3] = values[at + fourth]!;
    }
    from.values = new Float64Array(0);
  }
  return out;
}

function spreadIds(parts: readonly CuboidRows[], { count, rowOf }: FrameOrder): ByteStrings {
  const ends = new Uint32Array(count);
  for (const [i, { idLength }] of parts.entries()) {
    const rows = rowOf[i]!;
    for (let row = 0; row < rows.length; row++) if (rows[row]! >= 0) ends[rows[row]!] = idLength(row);
  }
  for (let row = 1; row < count; row++) ends[row]! += ends[row - 1]!;
  const text = new Uint8Array(ends[count - 1] ?? 0);
  for (const [i, { writeId }] of parts.entries()) {
    const rows = rowOf[i]!;
    for (let row = 0; row < rows.length; row++) {
      const to = rows[row]!;
      if (to >= 0) writeId(row, text, to === 0 ? 0 : ends[to - 1]!);
    }
  }
  return new ByteStrings(text, ends);
}

/** Rotations become unit quaternions; what is none, or has no place or no extent, is flagged and told. */
function flagUnusable(
  parts: readonly CuboidRows[],
  { rowOf, count }: FrameOrder,
  { center, size, rotation, flags, id, classIndex }: CuboidColumns,
  classes: readonly string[],
  problems: ProblemList,
): void {
  const unusable: number[] = [];
  for (let row = 0; row < count; row++) {
    const isTurned = normalizeRow(rotation, 4 * row);
    const at = 3 * row;
    const isPlaced = Number.isFinite(center[at]! + center[at + 1]! + center[at + 2]!);
    const isSized = size[at]! > 0 && size[at + 1]! > 0 && size[at + 2]! > 0;
    if (isTurned && isPlaced && isSized && size[at]! + size[at + 1]! + size[at + 2]! < Infinity) continue;
    flags[row]! |= CuboidFlag.unusable;
    unusable.push(row);
  }
  if (unusable.length === 0) return;
  const places = new Map(unusable.map((row) => [row, { path: '', place: '' }]));
  for (const [i, { path, place }] of parts.entries()) {
    for (const [added, row] of rowOf[i]!.entries())
      if (places.has(row)) places.set(row, { path, place: place(added) });
  }
  for (const [row, { path, place }] of places) {
    const params = {
      id: id.at(row)!,
      class: classes[classIndex[row]!]!,
      size: Array.from(size.subarray(3 * row, 3 * row + 3)).join(' x '),
    };
    problems.add({ code: 'cuboid-unusable', severity: 'warning', path, place, params });
  }
}

/** False where the four numbers are no rotation; they become the identity. */
function normalizeRow(rotation: Float64Array, at: number): boolean {
  const x = rotation[at]!;
  const y = rotation[at + 1]!;
  const z = rotation[at + 2]!;
  const w = rotation[at + 3]!;
  const norm = Math.sqrt(x * x + y * y + z * z + w * w);
  const isRotation = norm > 0 && Number.isFinite(norm);
  rotation[at] = isRotation ? x / norm : 0;
  rotation[at + 1] = isRotation ? y / norm : 0;
  rotation[at + 2] = isRotation ? z / norm : 0;
  rotation[at + 3] = isRotation ? w / norm : 1;
  return isRotation;
}

function noBoxes(frameCount: number): LabelTable['boxes2d'] {
  return {
    count: 0,
    frame: new Uint32Array(0),
    frameStart: new Uint32Array(frameCount + 1),
    camera: new Uint16Array(0),
    classIndex: new Uint16Array(0),
    track: new Uint32Array(0),
    ltrb: new Float64Array(0),
    cuboid: new Int32Array(0),
    attributes: new Uint32Array(0),
    id: [],
  };
}

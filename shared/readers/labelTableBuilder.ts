/**
 * Gathers labels in any order and makes the columns of `LabelTable`: names interned, rows sorted by frame, ids made
 * unique within their frame, unusable cuboids flagged. Readers add rows; they never touch the columns.
 */
import type { Problem } from '../base/problem.ts';
import { normalizeQuaternion } from '../geometry/rotation.ts';
import type { AttributeSet, Box2dColumns, CuboidColumns, LabelTable, ShapeLabel } from '../model/labels.ts';
import { CuboidFlag, NO_LINK, NO_TRACK, NOT_STATED } from '../model/labels.ts';
import type { Quaternion, Vec3 } from '../model/pose.ts';
import { Interner } from './interner.ts';
import type { ProblemList } from './problemList.ts';

interface LabelRow {
  /** Index into Delivery.frames. */
  readonly frame: number;
  /** Wanted id; a repeated one within the frame gets `#2`, `#3`, ... and a problem. */
  readonly id: string;
  readonly className: string;
  readonly track: string | null;
  readonly attributes: AttributeSet;
  /** File the label stands in, for problems. */
  readonly path: string;
  readonly place?: string;
}

export interface CuboidRow extends LabelRow {
  readonly center: Vec3;
  readonly size: Vec3;
  readonly rotation: Quaternion;
  readonly isDerived?: boolean;
  /** Made by the reader for a frame that nobody labelled. */
  readonly isInterpolated?: boolean;
  /** Lidar points inside, where the vendor's file states them. */
  readonly statedPoints?: number;
}

export interface Box2dRow extends LabelRow {
  readonly camera: number;
  readonly ltrb: readonly [number, number, number, number];
  /** What `addCuboid` answered for the same object in this frame. */
  readonly cuboid?: number;
}

/** Class indices are 16 bits wide; a delivery with more classes than this is not a delivery. */
const MOST_CLASSES = 0xffff;

/** A sort by frame that keeps the order within each: where every added row goes, and where every frame starts. */
interface FrameOrder {
  readonly frameStart: Uint32Array;
  /** Added row -> final row. */
  readonly rowOf: Uint32Array;
}

function orderByFrame(rows: readonly LabelRow[], frameCount: number): FrameOrder {
  const frameStart = new Uint32Array(frameCount + 1);
  for (const { frame } of rows) frameStart[frame + 1]!++;
  for (let frame = 0; frame < frameCount; frame++) frameStart[frame + 1]! += frameStart[frame]!;
  const next = frameStart.slice();
  const rowOf = new Uint32Array(rows.length);
  for (const [added, { frame }] of rows.entries()) rowOf[added] = next[frame]!++;
  return { frameStart, rowOf };
}

export class LabelTableBuilder {
  readonly #problems: ProblemList;
  readonly #cuboids: CuboidRow[] = [];
  readonly #boxes: Box2dRow[] = [];
  readonly #shapes: ShapeLabel[] = [];
  readonly #classes = new Interner();
  readonly #tracks = new Interner();
  readonly #attributeKeys = new Interner();
  readonly #attributeSets: AttributeSet[] = [];

  constructor(problems: ProblemList) {
    this.#problems = problems;
    this.#attributeIndex({});
  }

  /** Answers a handle for `Box2dRow.cuboid`. */
  addCuboid(row: CuboidRow): number {
    return this.#cuboids.push(row) - 1;
  }

  addBox2d(row: Box2dRow): void {
    this.#boxes.push(row);
  }

  /** Shapes keep the ids they have: nothing refers to them. */
  addShape(shape: ShapeLabel): void {
    this.#shapes.push(shape);
  }

  /** Every row's frame must be below `frameCount`. */
  build(frameCount: number): LabelTable {
    const cuboidOrder = orderByFrame(this.#cuboids, frameCount);
    const cuboids = this.#buildCuboids(cuboidOrder);
    const boxes2d = this.#buildBoxes(orderByFrame(this.#boxes, frameCount), cuboidOrder);
    return {
      classes: this.#classes.names,
      tracks: this.#tracks.names,
      attributeSets: this.#attributeSets,
      cuboids,
      boxes2d,
      shapes: this.#shapes.toSorted((a, b) => a.frame - b.frame),
    };
  }

  #buildCuboids({ frameStart, rowOf }: FrameOrder): CuboidColumns {
    const count = this.#cuboids.length;
    const columns = {
      ...this.#commonColumns(this.#cuboids, rowOf),
      center: new Float64Array(3 * count),
      size: new Float64Array(3 * count),
      rotation: new Float64Array(4 * count),
      flags: new Uint8Array(count),
      statedPoints: new Int32Array(count).fill(NOT_STATED),
    };
    for (const [added, cuboid] of this.#cuboids.entries()) {
      const row = rowOf[added]!;
      const rotation = normalizeQuaternion(cuboid.rotation);
      const isUsable =
        rotation !== null &&
        cuboid.center.every(Number.isFinite) &&
        cuboid.size.every((extent) => Number.isFinite(extent) && extent > 0);
      columns.center.set(cuboid.center, 3 * row);
      columns.size.set(cuboid.size, 3 * row);
      columns.rotation.set(rotation ?? [0, 0, 0, 1], 4 * row);
      columns.flags[row] =
        (cuboid.isDerived ? CuboidFlag.derived : 0) |
        (isUsable ? 0 : CuboidFlag.unusable) |
        (cuboid.isInterpolated ? CuboidFlag.interpolated : 0);
      columns.statedPoints[row] = statedCount(cuboid.statedPoints);
      if (!isUsable) this.#report('cuboid-unusable', cuboid, { size: cuboid.size.join(' x ') });
    }
    const id = this.#uniqueIds(this.#cuboids, { frameStart, rowOf });
    return { count, frameStart, ...columns, id };
  }

  #buildBoxes({ frameStart, rowOf }: FrameOrder, cuboidOrder: FrameOrder): Box2dColumns {
    const count = this.#boxes.length;
    const columns = {
      ...this.#commonColumns(this.#boxes, rowOf),
      camera: new Uint16Array(count),
      ltrb: new Float64Array(4 * count),
      cuboid: new Int32Array(count).fill(NO_LINK),
    };
    for (const [added, box] of this.#boxes.entries()) {
      const row = rowOf[added]!;
      const [left, top, right, bottom] = box.ltrb;
      columns.camera[row] = box.camera;
      columns.ltrb.set(box.ltrb, 4 * row);
      if (box.cuboid !== undefined) columns.cuboid[row] = cuboidOrder.rowOf[box.cuboid] ?? NO_LINK;
      if (!(right > left && bottom > top)) this.#report('box2d-unusable', box, { ltrb: box.ltrb.join(' ') });
    }
    const id = this.#uniqueIds(this.#boxes, { frameStart, rowOf });
    return { count, frameStart, ...columns, id };
  }

  #commonColumns(rows: readonly LabelRow[], rowOf: Uint32Array) {
    const columns = {
      frame: new Uint32Array(rows.length),
      classIndex: new Uint16Array(rows.length),
      track: new Uint32Array(rows.length),
      attributes: new Uint32Array(rows.length),
    };
    for (const [added, label] of rows.entries()) {
      const row = rowOf[added]!;
      columns.frame[row] = label.frame;
      columns.classIndex[row] = this.#classIndex(label);
      columns.track[row] = label.track === null ? NO_TRACK : this.#tracks.indexOf(label.track);
      columns.attributes[row] = this.#attributeIndex(label.attributes);
    }
    return columns;
  }

  #classIndex(label: LabelRow): number {
    if (this.#classes.size < MOST_CLASSES || this.#classes.has(label.className)) {
      return this.#classes.indexOf(label.className);
    }
    this.#report('classes-too-many', label, { limit: MOST_CLASSES });
    return MOST_CLASSES - 1;
  }

  /** Sets that say the same in another order are one set. */
  #attributeIndex(attributes: AttributeSet): number {
    const pairs = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
    const index = this.#attributeKeys.indexOf(JSON.stringify(pairs));
    if (index === this.#attributeSets.length) this.#attributeSets.push(Object.fromEntries(pairs));
    return index;
  }

  #uniqueIds(rows: readonly LabelRow[], { frameStart, rowOf }: FrameOrder): string[] {
    const byRow: LabelRow[] = new Array(rows.length);
    for (const [added, label] of rows.entries()) byRow[rowOf[added]!] = label;
    const ids: string[] = new Array(rows.length);
    for (let frame = 0; frame + 1 < frameStart.length; frame++) {
      const taken = new Set<string>();
      const copies = new Map<string, number>();
      for (let row = frameStart[frame]!; row < frameStart[frame + 1]!; row++) {
        const label = byRow[row]!;
        let id = label.id;
        // Counted on per name: a frame of nothing but copies must not cost the square of its rows.
        for (let copy = copies.get(label.id) ?? 2; taken.has(id); copy++) {
          id = `${label.id}#${copy}`;
          copies.set(label.id, copy + 1);
        }
        taken.add(id);
        ids[row] = id;
        if (id !== label.id) this.#report('label-id-duplicate', label, { given: id });
      }
    }
    return ids;
  }

  #report(code: string, label: LabelRow, params: Problem['params']): void {
    this.#problems.add({
      code,
      severity: 'warning',
      path: label.path,
      ...(label.place ? { place: label.place } : {}),
      params: { id: label.id, class: label.className, ...params },
    });
  }
}

/** A count that is none (negative, fractional, beyond 31 bits) is as good as not stated. */
function statedCount(count: number | undefined): number {
  return Number.isInteger(count) && count! >= 0 && count! <= 0x7fff_ffff ? count! : NOT_STATED;
}

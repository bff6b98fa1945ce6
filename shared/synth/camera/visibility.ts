/**
 * What each of four samples per pixel sees: a depth test over all triangles that leaves the nearest one's number.
 * Colours come later and only once per pixel and triangle, so detail costs nothing where it is hidden. The same
 * buffer counts, for each labelled object, the samples it would cover alone and the samples it keeps.
 */
import { cos, sin, square } from '../portableMath.ts';
import { Material } from '../shapes/material.ts';
import type { Instance } from '../world/scenery.ts';
import { makeSpans, scanPolygon } from './scan.ts';
import type { View } from './view.ts';

/** Samples per pixel along each axis. */
export const GRID = 2;
const NEAR_METERS = 0.25;
const RECORD = 9;

export interface ObjectCoverage {
  /** Samples the object would cover with nothing in front. */
  whole: number;
  /** Samples it does cover. */
  seen: number;
}

export class VisibilityBuffer {
  readonly width: number;
  readonly height: number;
  readonly columns: number;
  readonly rows: number;
  /** Number of the triangle per sample, -1 where there is none. */
  readonly owner: Int32Array;
  readonly #inverseDepth: Float32Array;
  readonly #stamp: Int32Array;
  readonly #spans: ReturnType<typeof makeSpans>;
  #stampNumber = 0;
  /** Per triangle: for each corner, its barycentric weight over depth as a plane a u + b v + c in pixels. */
  planes = new Float64Array(RECORD * 4096);
  instanceOf = new Int32Array(4096);
  triangleOf = new Int32Array(4096);
  count = 0;
  readonly coverage = new Map<number, ObjectCoverage>();

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.columns = GRID * width;
    this.rows = GRID * height;
    const samples = this.columns * this.rows;
    this.owner = new Int32Array(samples);
    this.#inverseDepth = new Float32Array(samples);
    this.#stamp = new Int32Array(samples);
    this.#spans = makeSpans(this.rows);
  }

  /** Renders all instances afresh. */
  render(instances: readonly Instance[], view: View): void {
    this.owner.fill(-1);
    this.#inverseDepth.fill(0);
    this.count = 0;
    this.coverage.clear();
    instances.forEach((instance, index) => {
      if (isOutOfView(instance, view)) return;
      this.#addInstance(instance, index, view);
    });
    this.#countSeen(instances);
  }

  #addInstance(instance: Instance, index: number, view: View): void {
    const { mesh, object } = instance;
    const m = cameraFromLocal(view, instance);
    this.#stampNumber++;
    let whole = 0;
    for (let t = 0; t < mesh.triangles; t++) {
      const p = mesh.positions;
      const at = 9 * t;
      const x0 = m[0]! * p[at]! + m[1]! * p[at + 1]! + m[2]! * p[at + 2]! + m[3]!;
      const y0 = m[4]! * p[at]! + m[5]! * p[at + 1]! + m[6]! * p[at + 2]! + m[7]!;
      const z0 = m[8]! * p[at]! + m[9]! * p[at + 1]! + m[10]! * p[at + 2]! + m[11]!;
      const x1 = m[0]! * p[at + 3]! + m[1]! * p[at + 4]! + m[2]! * p[at + 5]! + m[3]!;
      const y1 = m[4]! * p[at + 3]! + m[5]! * p[at + 4]! + m[6]! * p[at + 5]! + m[7]!;
      const z1 = m[8]! * p[at + 3]! + m[9]! * p[at + 4]! + m[10]! * p[at + 5]! + m[11]!;
      const x2 = m[0]! * p[at + 6]! + m[1]! * p[at + 7]! + m[2]! * p[at + 8]! + m[3]!;
      const y2 = m[4]! * p[at + 6]! + m[5]! * p[at + 7]! + m[6]! * p[at + 8]! + m[7]!;
      const z2 = m[8]! * p[at + 6]! + m[9]! * p[at + 7]! + m[10]! * p[at + 8]! + m[11]!;
      if (z0 < NEAR_METERS && z1 < NEAR_METERS && z2 < NEAR_METERS) continue;
      // Corner weights over depth are linear on the picture plane (Olano and Greer, 1997).
      const ax = y1 * z2 - z1 * y2;
      const ay = z1 * x2 - x1 * z2;
      const az = x1 * y2 - y1 * x2;
      const determinant = x0 * ax + y0 * ay + z0 * az;
      if (determinant > -1e-12) {
        if (mesh.materials[t] !== Material.foliage || determinant < 1e-12) continue;
      }
      const corners = project(view, x0, y0, z0, x1, y1, z1, x2, y2, z2);
      if (corners < 3) continue;
      scanPolygon(this.#spans, polygon, corners, this.rows);
      if (this.#spans.top >= this.#spans.bottom) continue;
      const number = this.#record(index, t);
      const planes = this.planes;
      const base = RECORD * number;
      const scale = 1 / determinant;
      writePlane(planes, base, ax * scale, ay * scale, az * scale, view);
      writePlane(
        planes,
        base + 3,
        (y2 * z0 - z2 * y0) * scale,
        (z2 * x0 - x2 * z0) * scale,
        (x2 * y0 - y2 * x0) * scale,
        view,
      );
      writePlane(
        planes,
        base + 6,
        (y0 * z1 - z0 * y1) * scale,
        (z0 * x1 - x0 * z1) * scale,
        (x0 * y1 - y0 * x1) * scale,
        view,
      );
      whole += this.#fill(number, object > 0);
    }
    if (object > 0 && whole > 0) this.coverage.set(object, { whole, seen: 0 });
  }

  #record(instance: number, triangle: number): number {
    const number = this.count++;
    if (number >= this.instanceOf.length) {
      this.planes = grown(this.planes, new Float64Array(2 * this.planes.length));
      this.instanceOf = grown(this.instanceOf, new Int32Array(2 * this.instanceOf.length));
      this.triangleOf = grown(this.triangleOf, new Int32Array(2 * this.triangleOf.length));
    }
    this.instanceOf[number] = instance;
    this.triangleOf[number] = triangle;
    return number;
  }

  /** Depth test over the spans; gives how many samples the object had not covered yet (0 for scenery). */
  #fill(number: number, isObject: boolean): number {
    const { top, bottom, left, right } = this.#spans;
    const depths = this.#inverseDepth;
    const { owner, columns, planes } = this;
    const stamp = this.#stamp;
    const stampNumber = this.#stampNumber;
    const base = RECORD * number;
    const du = planes[base]! + planes[base + 3]! + planes[base + 6]!;
    const dv = planes[base + 1]! + planes[base + 4]! + planes[base + 7]!;
    const constant = planes[base + 2]! + planes[base + 5]! + planes[base + 8]!;
    const stepX = du / GRID;
    let covered = 0;
    for (let row = top; row < bottom; row++) {
      const from = Math.max(0, Math.ceil(left[row]!));
      const to = Math.min(columns, Math.ceil(right[row]!));
      if (from >= to) continue;
      const v = (row + 0.5) / GRID - 0.5;
      let depth = du * ((from + 0.5) / GRID - 0.5) + dv * v + constant;
      const end = row * columns + to;
      for (let at = row * columns + from; at < end; at++) {
        if (isObject && stamp[at] !== stampNumber) {
          stamp[at] = stampNumber;
          covered++;
        }
        if (depth > depths[at]!) {
          depths[at] = depth;
          owner[at] = number;
        }
        depth += stepX;
      }
    }
    return covered;
  }

  #countSeen(instances: readonly Instance[]): void {
    const objectOf = new Int32Array(this.count);
    for (let i = 0; i < this.count; i++) objectOf[i] = instances[this.instanceOf[i]!]!.object;
    let highest = 0;
    for (const object of this.coverage.keys()) highest = Math.max(highest, object);
    const seen = new Int32Array(highest + 1);
    const { owner } = this;
    for (let at = 0; at < owner.length; at++) {
      const number = owner[at]!;
      if (number < 0) continue;
      const object = objectOf[number]!;
      seen[object] = seen[object]! + 1;
    }
    for (const [object, coverage] of this.coverage) coverage.seen = seen[object]!;
  }
}

const polygon = new Float64Array(2 * 4);

/** Clips to the near plane and writes the corners in sample units; gives their number. */
function project(
  view: View,
  x0: number,
  y0: number,
  z0: number,
  x1: number,
  y1: number,
  z1: number,
  x2: number,
  y2: number,
  z2: number,
): number {
  let count = 0;
  const put = (x: number, y: number, z: number) => {
    polygon[2 * count] = ((view.fx * x) / z + view.cx + 0.5) * GRID - 0.5;
    polygon[2 * count + 1] = ((view.fy * y) / z + view.cy + 0.5) * GRID - 0.5;
    count++;
  };
  if (z0 >= NEAR_METERS && z1 >= NEAR_METERS && z2 >= NEAR_METERS) {
    put(x0, y0, z0);
    put(x1, y1, z1);
    put(x2, y2, z2);
    return count;
  }
  const edge = (ax: number, ay: number, az: number, bx: number, by: number, bz: number) => {
    if (az >= NEAR_METERS) put(ax, ay, az);
    if (az >= NEAR_METERS === bz >= NEAR_METERS) return;
    const t = (NEAR_METERS - az) / (bz - az);
    put(ax + t * (bx - ax), ay + t * (by - ay), NEAR_METERS);
  };
  edge(x0, y0, z0, x1, y1, z1);
  edge(x1, y1, z1, x2, y2, z2);
  edge(x2, y2, z2, x0, y0, z0);
  return count;
}

function writePlane(planes: Float64Array, at: number, x: number, y: number, z: number, view: View): void {
  const a = x / view.fx;
  const b = y / view.fy;
  planes[at] = a;
  planes[at + 1] = b;
  planes[at + 2] = z - a * view.cx - b * view.cy;
}

function grown<Numbers extends Float64Array | Int32Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}

/** Rows of camera-from-local, 3x4. */
export function cameraFromLocal(view: View, instance: Instance): Float64Array {
  const { x, y, z, yaw } = instance.place;
  const c = cos(yaw);
  const s = sin(yaw);
  const w = view.cameraFromWorld;
  const m = new Float64Array(12);
  for (let row = 0; row < 3; row++) {
    const r = 4 * row;
    m[r] = w[r]! * c + w[r + 1]! * s;
    m[r + 1] = -w[r]! * s + w[r + 1]! * c;
    m[r + 2] = w[r + 2]!;
    m[r + 3] = w[r]! * x + w[r + 1]! * y + w[r + 2]! * z + w[r + 3]!;
  }
  return m;
}

/** By the ball around the middle of the mesh's bounds. */
function isOutOfView(instance: Instance, view: View): boolean {
  const m = cameraFromLocal(view, instance);
  const [minX, minY, minZ, maxX, maxY, maxZ] = instance.mesh.bounds;
  const [px, py, pz] = [(minX + maxX) / 2, (minY + maxY) / 2, (minZ + maxZ) / 2];
  const radius = Math.sqrt(square(maxX - minX) + square(maxY - minY) + square(maxZ - minZ)) / 2;
  const x = m[0]! * px + m[1]! * py + m[2]! * pz + m[3]!;
  const y = m[4]! * px + m[5]! * py + m[6]! * pz + m[7]!;
  const z = m[8]! * px + m[9]! * py + m[10]! * pz + m[11]!;
  if (z < -radius) return true;
  const beyond = (p: number, focal: number, low: number, high: number) => {
    const reach = (edge: number) => radius * Math.sqrt(1 + square(edge / focal));
    return p < (z * low) / focal - reach(low) || p > (z * high) / focal + reach(high);
  };
  if (beyond(x, view.fx, -view.cx - 1, view.width - view.cx + 1)) return true;
  return beyond(y, view.fy, -view.cy - 1, view.height - view.cy + 1);
}

/**
 * Triangle meshes and the builder that makes them: boxes, tubes, prisms and free quads, with normals smoothed where
 * faces meet gently. One mesh serves the camera and the lidar, and its bounds are the exact extent of the thing.
 */
import { cos, sin, square } from '../portableMath.ts';
import type { MaterialId } from './material.ts';

export interface Mesh {
  readonly triangles: number;
  /** 9 per triangle, metres, in the mesh's own axes (x front, y left, z up). */
  readonly positions: Float64Array;
  /** 9 per triangle, unit length. */
  readonly normals: Float64Array;
  /** 6 per triangle; what they mean is the material's affair, mostly metres along the surface. */
  readonly uvs: Float64Array;
  readonly materials: Uint8Array;
  /** Index into the palette of the instance. */
  readonly colors: Uint8Array;
  /** [minX, minY, minZ, maxX, maxY, maxZ] */
  readonly bounds: Bounds;
  /** Radius about the mesh's origin that holds every vertex. */
  readonly radius: number;
}

export type Bounds = readonly [number, number, number, number, number, number];
export type Point = readonly [number, number, number];
export type Uv = readonly [number, number];

const ZERO_UV: Uv = [0, 0];

export class MeshBuilder {
  readonly #positions: number[] = [];
  readonly #uvs: number[] = [];
  readonly #materials: number[] = [];
  readonly #colors: number[] = [];
  /** Faces of one group are smoothed with each other; 0 stays flat. */
  readonly #groups: number[] = [];
  #group = 0;
  #nextGroup = 1;

  /** Shapes added inside `add` share smooth normals. */
  smooth(add: () => void): void {
    this.#group = this.#nextGroup++;
    add();
    this.#group = 0;
  }

  triangle(
    a: Point,
    b: Point,
    c: Point,
    material: MaterialId,
    color = 0,
    uvA: Uv = ZERO_UV,
    uvB: Uv = ZERO_UV,
    uvC: Uv = ZERO_UV,
  ): void {
    this.#positions.push(...a, ...b, ...c);
    this.#uvs.push(...uvA, ...uvB, ...uvC);
    this.#materials.push(material);
    this.#colors.push(color);
    this.#groups.push(this.#group);
  }

  /** Corners counter-clockwise seen from outside; a repeated corner gives a single triangle. */
  quad(
    corners: readonly [Point, Point, Point, Point],
    material: MaterialId,
    color = 0,
    uvs: readonly [Uv, Uv, Uv, Uv] = [ZERO_UV, ZERO_UV, ZERO_UV, ZERO_UV],
  ): void {
    const [a, b, c, d] = corners;
    if (!coincide(a, b) && !coincide(b, c)) this.triangle(a, b, c, material, color, uvs[0], uvs[1], uvs[2]);
    if (!coincide(c, d) && !coincide(d, a)) this.triangle(a, c, d, material, color, uvs[0], uvs[2], uvs[3]);
  }

  /** Box between two corners; every face carries metres as uv, v upward. The underside is left out on request. */
  box(low: Point, high: Point, material: MaterialId, color = 0, hasUnderside = true): void {
    const [x0, y0, z0] = low;
    const [x1, y1, z1] = high;
    const length = x1 - x0;
    const width = y1 - y0;
    const height = z1 - z0;
    const side = (l: number): [Uv, Uv, Uv, Uv] => [
      [0, 0],
      [l, 0],
      [l, height],
      [0, height],
    ];
    this.quad(
      [
        [x1, y0, z0],
        [x1, y1, z0],
        [x1, y1, z1],
        [x1, y0, z1],
      ],
      material,
      color,
      side(width),
    );
    this.quad(
      [
        [x0, y1, z0],
        [x0, y0, z0],
        [x0, y0, z1],
        [x0, y1, z1],
      ],
      material,
      color,
      side(width),
    );
    this.quad(
      [
        [x1, y1, z0],
        [x0, y1, z0],
        [x0, y1, z1],
        [x1, y1, z1],
      ],
      material,
      color,
      side(length),
    );
    this.quad(
      [
        [x0, y0, z0],
        [x1, y0, z0],
        [x1, y0, z1],
        [x0, y0, z1],
      ],
      material,
      color,
      side(length),
    );
    const flat: [Uv, Uv, Uv, Uv] = [
      [0, 0],
      [length, 0],
      [length, width],
      [0, width],
    ];
    this.quad(
      [
        [x0, y0, z1],
        [x1, y0, z1],
        [x1, y1, z1],
        [x0, y1, z1],
      ],
      material,
      color,
      flat,
    );
    if (hasUnderside)
      this.quad(
        [
          [x0, y1, z0],
          [x1, y1, z0],
          [x1, y0, z0],
          [x0, y0, z0],
        ],
        material,
        color,
        flat,
      );
  }

  /** Round bar between two points, `sides` faces, optionally closed; u runs around, v along (metres). */
  tube(
    from: Point,
    to: Point,
    radiusFrom: number,
    radiusTo: number,
    sides: number,
    material: MaterialId,
    color = 0,
    isClosed = true,
  ): void {
    const axis = unit([to[0] - from[0], to[1] - from[1], to[2] - from[2]]);
    const helper: Point = Math.abs(axis[2]) < 0.9 ? [0, 0, 1] : [1, 0, 0];
    const across = unit(cross(helper, axis));
    const up = cross(axis, across);
    const ring = (center: Point, radius: number): Point[] =>
      Array.from({ length: sides }, (_, i) => {
        const angle = (2 * Math.PI * i) / sides;
        const c = cos(angle) * radius;
        const s = sin(angle) * radius;
        return [
          center[0] + across[0] * c + up[0] * s,
          center[1] + across[1] * c + up[1] * s,
          center[2] + across[2] * c + up[2] * s,
        ];
      });
    const lower = ring(from, radiusFrom);
    const upper = ring(to, radiusTo);
    const length = distance(from, to);
    this.smooth(() => {
      for (let i = 0; i < sides; i++) {
        const j = (i + 1) % sides;
        const u0 = (2 * Math.PI * radiusFrom * i) / sides;
        const u1 = (2 * Math.PI * radiusFrom * (i + 1)) / sides;
        const uvs: [Uv, Uv, Uv, Uv] = [
          [u0, 0],
          [u1, 0],
          [u1, length],
          [u0, length],
        ];
        this.quad([lower[i]!, lower[j]!, upper[j]!, upper[i]!], material, color, uvs);
      }
    });
    if (!isClosed) return;
    for (let i = 0; i < sides; i++) {
      const j = (i + 1) % sides;
      this.triangle(to, upper[i]!, upper[j]!, material, color, [0, 0], [1, 0], [1, 0]);
      this.triangle(from, lower[j]!, lower[i]!, material, color, [0, 0], [1, 0], [1, 0]);
    }
  }

  /** Ball, or an ellipsoid with the given half axes. */
  ellipsoid(center: Point, half: Point, sides: number, material: MaterialId, color = 0): void {
    const rows = Math.max(3, Math.floor(sides / 2));
    const at = (row: number, column: number): Point => {
      const polar = (Math.PI * row) / rows;
      const around = (2 * Math.PI * column) / sides;
      return [
        center[0] + half[0] * sin(polar) * cos(around),
        center[1] + half[1] * sin(polar) * sin(around),
        center[2] - half[2] * cos(polar),
      ];
    };
    this.smooth(() => {
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < sides; column++) {
          const a = row === 0 ? at(0, 0) : at(row, column);
          const b = row === 0 ? at(0, 0) : at(row, column + 1);
          const c = row + 1 === rows ? at(rows, 0) : at(row + 1, column + 1);
          const d = row + 1 === rows ? at(rows, 0) : at(row + 1, column);
          this.quad([a, b, c, d], material, color);
        }
    });
  }

  build(): Mesh {
    const positions = Float64Array.from(this.#positions);
    const bounds = boundsOf(positions);
    let squared = 0;
    for (let i = 0; i < positions.length; i += 3)
      squared = Math.max(
        squared,
        square(positions[i]!) + square(positions[i + 1]!) + square(positions[i + 2]!),
      );
    return {
      triangles: this.#materials.length,
      positions,
      normals: smoothNormals(positions, this.#groups),
      uvs: Float64Array.from(this.#uvs),
      materials: Uint8Array.from(this.#materials),
      colors: Uint8Array.from(this.#colors),
      bounds,
      radius: Math.sqrt(squared),
    };
  }
}

function boundsOf(positions: Float64Array): Bounds {
  const low = [Infinity, Infinity, Infinity];
  const high = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < positions.length; i++) {
    const axis = i % 3;
    low[axis] = Math.min(low[axis]!, positions[i]!);
    high[axis] = Math.max(high[axis]!, positions[i]!);
  }
  return [low[0]!, low[1]!, low[2]!, high[0]!, high[1]!, high[2]!];
}

/** Cosine of the angle beyond which an edge stays sharp: about 50 degrees. */
const CREASE_COSINE = 0.64;

/** Averages the area-weighted normals of faces of one group that share a corner and turn by less than the crease. */
function smoothNormals(positions: Float64Array, groups: readonly number[]): Float64Array {
  const corners = 3 * groups.length;
  const areas = faceAreas(positions);
  const units = areas.slice();
  for (let face = 0; face < groups.length; face++) normalize(units, 3 * face);
  const next = chainEqualCorners(positions, groups);
  const normals = new Float64Array(3 * corners);
  for (let corner = 0; corner < corners; corner++) {
    const own = 3 * Math.floor(corner / 3);
    const at = 3 * corner;
    if (next[corner] === corner) {
      for (let axis = 0; axis < 3; axis++) normals[at + axis] = units[own + axis]!;
      continue;
    }
    let other = corner;
    do {
      const face = 3 * Math.floor(other / 3);
      const turn =
        units[face]! * units[own]! + units[face + 1]! * units[own + 1]! + units[face + 2]! * units[own + 2]!;
      if (turn > CREASE_COSINE)
        for (let axis = 0; axis < 3; axis++) normals[at + axis] = normals[at + axis]! + areas[face + axis]!;
      other = next[other]!;
    } while (other !== corner);
    normalize(normals, at);
  }
  return normals;
}

/** Per triangle the cross product of two edges: direction of the face, length of twice its area. */
function faceAreas(p: Float64Array): Float64Array {
  const areas = new Float64Array(p.length / 3);
  for (let face = 0; face < areas.length / 3; face++) {
    const i = 9 * face;
    const ax = p[i + 3]! - p[i]!;
    const ay = p[i + 4]! - p[i + 1]!;
    const az = p[i + 5]! - p[i + 2]!;
    const bx = p[i + 6]! - p[i]!;
    const by = p[i + 7]! - p[i + 1]!;
    const bz = p[i + 8]! - p[i + 2]!;
    areas[3 * face] = ay * bz - az * by;
    areas[3 * face + 1] = az * bx - ax * bz;
    areas[3 * face + 2] = ax * by - ay * bx;
  }
  return areas;
}

/** Links the corners of one group that lie within a tenth of a millimetre into rings; a lone corner names itself. */
function chainEqualCorners(positions: Float64Array, groups: readonly number[]): Int32Array {
  const corners = 3 * groups.length;
  const cells = Int32Array.from(positions, (value) => Math.round(value * 1e4));
  let size = 16;
  while (size < 2 * corners) size *= 2;
  const table = new Int32Array(size).fill(-1);
  const next = Int32Array.from({ length: corners }, (_, corner) => corner);
  for (let corner = 0; corner < corners; corner++) {
    const group = groups[Math.floor(corner / 3)]!;
    if (group === 0) continue;
    const at = 3 * corner;
    const hash =
      Math.imul(cells[at]!, 73856093) ^
      Math.imul(cells[at + 1]!, 19349663) ^
      Math.imul(cells[at + 2]!, 83492791);
    for (let slot = (hash ^ Math.imul(group, 2654435)) & (size - 1); ; slot = (slot + 1) & (size - 1)) {
      const first = table[slot]!;
      if (first < 0) {
        table[slot] = corner;
        break;
      }
      const there = 3 * first;
      const isSame =
        groups[Math.floor(first / 3)] === group &&
        cells[there] === cells[at] &&
        cells[there + 1] === cells[at + 1] &&
        cells[there + 2] === cells[at + 2];
      if (!isSame) continue;
      next[corner] = next[first]!;
      next[first] = corner;
      break;
    }
  }
  return next;
}

/** Scales three numbers to length 1; a null vector becomes straight up. */
function normalize(values: Float64Array, at: number): void {
  const length = Math.sqrt(square(values[at]!) + square(values[at + 1]!) + square(values[at + 2]!));
  if (length < 1e-15) {
    values[at] = 0;
    values[at + 1] = 0;
    values[at + 2] = 1;
    return;
  }
  for (let axis = 0; axis < 3; axis++) values[at + axis] = values[at + axis]! / length;
}

export function cross(a: Point, b: Point): Point {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function dot(a: Point, b: Point): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** The vector at length 1; a null vector points up, so that degenerate faces stay harmless. */
export function unit(a: Point): Point {
  const length = Math.sqrt(dot(a, a));
  return length > 1e-12 ? [a[0] / length, a[1] / length, a[2] / length] : [0, 0, 1];
}

function distance(a: Point, b: Point): number {
  return Math.sqrt(square(a[0] - b[0]) + square(a[1] - b[1]) + square(a[2] - b[2]));
}

function coincide(a: Point, b: Point): boolean {
  return a[0] === b[0] && a[1] === b[1] && a[2] === b[2];
}

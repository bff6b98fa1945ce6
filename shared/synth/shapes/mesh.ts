/**
 * Triangle meshes and the builder that makes them: boxes, tubes, prisms and free quads, with normals smoothed where
 * faces meet gently. One mesh serves the camera and the lidar, and its bounds are the exact extent of the thing.
 */
import { cos, sin, square } from '../portableMath.ts';
import type { MaterialId } from './material.ts';
import { smoothNormals } from './normals.ts';
import { coincide, cross, distance, type Point, type Uv, unit } from './vector.ts';

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

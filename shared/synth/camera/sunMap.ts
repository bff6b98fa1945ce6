/**
 * Which places the sun reaches: a map, seen from the sun, of how high the first surface lies. Scenery is drawn once
 * per frame, what moves is drawn on a copy for every exposure, so that a shadow stays under its car.
 */
import { cos, sin } from '../portableMath.ts';
import { cross, type Point, unit } from '../shapes/vector.ts';
import type { Instance } from '../world/scenery.ts';
import { makeSpans, scanPolygon } from './scan.ts';

const SIZE = 2048;
const TEXEL_METERS = 0.1;
const FAR_BELOW = -1e9;
/** A surface shades what lies this much below it, towards the sun; keeps surfaces from shading themselves. */
const BIAS_METERS = 0.12;

export class SunMap {
  readonly #heights = new Float32Array(SIZE * SIZE);
  readonly #scenery = new Float32Array(SIZE * SIZE);
  readonly #spans = makeSpans(SIZE);
  readonly #corners = new Float64Array(6);
  readonly #right: Point;
  readonly #up: Point;
  readonly #sun: Point;
  #originA = 0;
  #originB = 0;

  constructor(sun: Point) {
    this.#sun = sun;
    this.#right = unit(cross([0, 0, 1], sun));
    this.#up = cross(sun, this.#right);
  }

  /** Draws the scenery around a place. */
  center(x: number, y: number, scenery: readonly Instance[]): void {
    const snap = (value: number) => Math.floor(value / TEXEL_METERS) * TEXEL_METERS;
    this.#originA = snap(this.#along(this.#right, x, y, 0)) - (SIZE / 2) * TEXEL_METERS;
    this.#originB = snap(this.#along(this.#up, x, y, 0)) - (SIZE / 2) * TEXEL_METERS;
    this.#scenery.fill(FAR_BELOW);
    for (const instance of scenery) this.#draw(this.#scenery, instance);
  }

  /** Adds what moves, on top of the scenery. */
  expose(movers: readonly Instance[]): void {
    this.#heights.set(this.#scenery);
    for (const instance of movers) this.#draw(this.#heights, instance);
  }

  /** 0 in shade .. 1 in the sun, softened over about three texels; 1 beyond the map. */
  lightAt(x: number, y: number, z: number): number {
    const a = (this.#along(this.#right, x, y, z) - this.#originA) / TEXEL_METERS - 0.5;
    const b = (this.#along(this.#up, x, y, z) - this.#originB) / TEXEL_METERS - 0.5;
    const column = Math.floor(a);
    const row = Math.floor(b);
    if (column < 1 || row < 1 || column > SIZE - 3 || row > SIZE - 3) return 1;
    const height = this.#along(this.#sun, x, y, z) + BIAS_METERS;
    const heights = this.#heights;
    const first = row * SIZE + column;
    // Most places lie wholly in sun or in shade: six texels of the sixteen tell.
    const lit =
      (heights[first]! < height ? 1 : 0) +
      (heights[first + SIZE + 1]! < height ? 1 : 0) +
      (heights[first - SIZE - 1]! < height ? 1 : 0) +
      (heights[first - SIZE + 2]! < height ? 1 : 0) +
      (heights[first + 2 * SIZE - 1]! < height ? 1 : 0) +
      (heights[first + 2 * SIZE + 2]! < height ? 1 : 0);
    if (lit === 0 || lit === 6) return lit / 6;
    const fa = a - column;
    const fb = b - row;
    let light = 0;
    for (let j = -1; j <= 2; j++) {
      const wb = j === -1 ? 1 - fb : j === 2 ? fb : 1;
      const at = (row + j) * SIZE + column;
      let sum = 0;
      if (heights[at - 1]! < height) sum += 1 - fa;
      if (heights[at]! < height) sum += 1;
      if (heights[at + 1]! < height) sum += 1;
      if (heights[at + 2]! < height) sum += fa;
      light += wb * sum;
    }
    return light / 9;
  }

  #along(axis: Point, x: number, y: number, z: number): number {
    return axis[0] * x + axis[1] * y + axis[2] * z;
  }

  #draw(heights: Float32Array, instance: Instance): void {
    const { mesh, place } = instance;
    const c = cos(place.yaw);
    const s = sin(place.yaw);
    const turned = (axis: Point): readonly [number, number, number, number] => [
      axis[0] * c + axis[1] * s,
      -axis[0] * s + axis[1] * c,
      axis[2],
      this.#along(axis, place.x, place.y, place.z),
    ];
    const right = turned(this.#right);
    const up = turned(this.#up);
    const sun = turned(this.#sun);
    const { positions, triangles, radius } = mesh;
    const middle = (origin: number, at: number) => (at - origin) / TEXEL_METERS;
    const margin = radius / TEXEL_METERS;
    const a0 = middle(this.#originA, right[3]);
    const b0 = middle(this.#originB, up[3]);
    if (a0 < -margin || b0 < -margin || a0 > SIZE + margin || b0 > SIZE + margin) return;
    const corners = this.#corners;
    const h = [0, 0, 0];
    for (let t = 0; t < triangles; t++) {
      for (let k = 0; k < 3; k++) {
        const x = positions[9 * t + 3 * k]!;
        const y = positions[9 * t + 3 * k + 1]!;
        const z = positions[9 * t + 3 * k + 2]!;
        const a = right[0] * x + right[1] * y + right[2] * z + right[3];
        const b = up[0] * x + up[1] * y + up[2] * z + up[3];
        corners[2 * k] = (a - this.#originA) / TEXEL_METERS - 0.5;
        corners[2 * k + 1] = (b - this.#originB) / TEXEL_METERS - 0.5;
        h[k] = sun[0] * x + sun[1] * y + sun[2] * z + sun[3];
      }
      const e1a = corners[2]! - corners[0]!;
      const e1b = corners[3]! - corners[1]!;
      const e2a = corners[4]! - corners[0]!;
      const e2b = corners[5]! - corners[1]!;
      const area = e1a * e2b - e1b * e2a;
      if (area < 1e-9 && area > -1e-9) continue;
      scanPolygon(this.#spans, corners, 3, SIZE);
      const slopeA = ((h[1]! - h[0]!) * e2b - (h[2]! - h[0]!) * e1b) / area;
      const slopeB = ((h[2]! - h[0]!) * e1a - (h[1]! - h[0]!) * e2a) / area;
      this.#fill(heights, h[0]! - slopeA * corners[0]! - slopeB * corners[1]!, slopeA, slopeB);
    }
  }

  #fill(heights: Float32Array, constant: number, slopeA: number, slopeB: number): void {
    const { top, bottom, left, right } = this.#spans;
    for (let row = top; row < bottom; row++) {
      const from = Math.max(0, Math.ceil(left[row]!));
      const to = Math.min(SIZE, Math.ceil(right[row]!));
      let height = constant + slopeB * row + slopeA * from;
      for (let at = row * SIZE + from; at < row * SIZE + to; at++) {
        if (height > heights[at]!) heights[at] = height;
        height += slopeA;
      }
    }
  }
}

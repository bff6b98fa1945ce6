/**
 * What every beam of a revolution hits first. Instead of following each beam through the scene, each triangle is
 * asked for the few beams that can meet it and keeps those where it is nearest: the same answer, and the cost is that
 * of the surfaces in view. From the sensor's origin a beam d meets the triangle a b c exactly where d.(b x c),
 * d.(c x a) and d.(a x b) have one sign, so neighbours leave no gap between them.
 */
import { cos, sin, square } from '../portableMath.ts';
import { Material } from '../shapes/material.ts';
import type { Placement } from '../world/motion.ts';
import type { Instance } from '../world/scenery.ts';
import { type Beams, columnToward } from './beams.ts';

/** Nearer echoes belong to the vehicle's own roof. */
const BLIND_METERS = 1.2;

export interface BeamCoverage {
  /** Beams that would meet the object with nothing in front. */
  whole: number;
  /** Beams that do. */
  seen: number;
}

/** First hits of one revolution, by beam = column * rings + ring. */
export class Caster {
  readonly beams: Beams;
  /** Metres along the beam; Infinity where nothing is met. */
  readonly range: Float64Array;
  readonly instanceOf: Int32Array;
  readonly triangleOf: Int32Array;
  readonly coverage = new Map<number, BeamCoverage>();
  readonly #stamp: Int32Array;
  #stampNumber = 0;
  #cornersIn = new Float64Array(9);

  constructor(beams: Beams) {
    this.beams = beams;
    const count = beams.rings * beams.columns;
    this.range = new Float64Array(count);
    this.instanceOf = new Int32Array(count);
    this.triangleOf = new Int32Array(count);
    this.#stamp = new Int32Array(count);
  }

  /** `lidar` is the sensor's place and heading in the world; its axes are upright. */
  cast(instances: readonly Instance[], lidar: Placement): void {
    this.range.fill(Infinity);
    this.instanceOf.fill(-1);
    this.coverage.clear();
    instances.forEach((instance, index) => {
      if (!isWithinReach(instance, lidar, this.beams.rangeMeters)) return;
      this.#addInstance(instance, index, lidar);
    });
    for (let beam = 0; beam < this.range.length; beam++) {
      const index = this.instanceOf[beam]!;
      const object = index < 0 ? 0 : instances[index]!.object;
      if (object > 0) this.coverage.get(object)!.seen++;
    }
  }

  #addInstance(instance: Instance, index: number, lidar: Placement): void {
    const { mesh, place, object } = instance;
    const turn = place.yaw - lidar.yaw;
    const c = cos(turn);
    const s = sin(turn);
    const cl = cos(lidar.yaw);
    const sl = sin(lidar.yaw);
    const tx = cl * (place.x - lidar.x) + sl * (place.y - lidar.y);
    const ty = -sl * (place.x - lidar.x) + cl * (place.y - lidar.y);
    const tz = place.z - lidar.z;
    const p = this.#cornersIn;
    this.#stampNumber++;
    let whole = 0;
    for (let t = 0; t < mesh.triangles; t++) {
      for (let k = 0; k < 9; k += 3) {
        const x = mesh.positions[9 * t + k]!;
        const y = mesh.positions[9 * t + k + 1]!;
        p[k] = c * x - s * y + tx;
        p[k + 1] = s * x + c * y + ty;
        p[k + 2] = mesh.positions[9 * t + k + 2]! + tz;
      }
      whole += this.#addTriangle(index, t, mesh.materials[t] === Material.foliage, object > 0);
    }
    if (object > 0 && whole > 0) this.coverage.set(object, { whole, seen: 0 });
  }

  #addTriangle(index: number, triangle: number, isTwoSided: boolean, isObject: boolean): number {
    const p = this.#cornersIn;
    const [ax, ay, az, bx, by, bz, cx, cy, cz] = p as unknown as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    // Normals of the three planes through the sensor and an edge.
    const bcX = by * cz - bz * cy;
    const bcY = bz * cx - bx * cz;
    const bcZ = bx * cy - by * cx;
    const volume = ax * bcX + ay * bcY + az * bcZ;
    if (volume === 0 || (volume > 0 && !isTwoSided)) return 0;
    const sign = volume < 0 ? -1 : 1;
    const caX = cy * az - cz * ay;
    const caY = cz * ax - cx * az;
    const caZ = cx * ay - cy * ax;
    const abX = ay * bz - az * by;
    const abY = az * bx - ax * bz;
    const abZ = ax * by - ay * bx;
    const { beams } = this;
    const near = nearestOnGround(ax, ay, bx, by, cx, cy);
    if (near > beams.rangeMeters) return 0;
    const far = Math.sqrt(Math.max(ax * ax + ay * ay, bx * bx + by * by, cx * cx + cy * cy));
    const [ringFrom, ringTo] = ringWindow(beams, Math.min(az, bz, cz), Math.max(az, bz, cz), near, far);
    if (ringFrom >= ringTo) return 0;
    const isAround = near < 1e-6;
    const [columnFrom, columnTo] = isAround
      ? [0, beams.columns]
      : columnWindow(beams, ax, ay, bx, by, cx, cy);
    const { rings, columns, ringCosine, ringSine, columnCosine, columnSine } = beams;
    const limit = beams.rangeMeters;
    let covered = 0;
    for (let step = columnFrom; step < columnTo; step++) {
      const column = step >= columns ? step - columns : step;
      const cosine = columnCosine[column]!;
      const sine = columnSine[column]!;
      const flatA = sign * (bcX * cosine + bcY * sine);
      const flatB = sign * (caX * cosine + caY * sine);
      const flatC = sign * (abX * cosine + abY * sine);
      for (let ring = ringFrom; ring < ringTo; ring++) {
        const level = ringCosine[ring]!;
        const rise = sign * ringSine[ring]!;
        const weightA = flatA * level + bcZ * rise;
        if (weightA < 0) continue;
        const weightB = flatB * level + caZ * rise;
        if (weightB < 0) continue;
        const weightC = flatC * level + abZ * rise;
        if (weightC < 0) continue;
        const range = (sign * volume) / (weightA + weightB + weightC);
        if (!(range > BLIND_METERS && range < limit)) continue;
        const beam = column * rings + ring;
        if (isObject && this.#stamp[beam] !== this.#stampNumber) {
          this.#stamp[beam] = this.#stampNumber;
          covered++;
        }
        if (range >= this.range[beam]!) continue;
        this.range[beam] = range;
        this.instanceOf[beam] = index;
        this.triangleOf[beam] = triangle;
      }
    }
    return covered;
  }
}

function isWithinReach({ mesh, place }: Instance, lidar: Placement, reach: number): boolean {
  const [minX, minY, , maxX, maxY] = mesh.bounds;
  const c = cos(place.yaw);
  const s = sin(place.yaw);
  const mx = (minX + maxX) / 2;
  const my = (minY + maxY) / 2;
  const radius = Math.sqrt(square(maxX - minX) + square(maxY - minY)) / 2;
  const dx = place.x + c * mx - s * my - lidar.x;
  const dy = place.y + s * mx + c * my - lidar.y;
  return dx * dx + dy * dy < square(reach + radius);
}

/** Ground distance from the sensor to the triangle's footprint; 0 where it lies above or below the sensor. */
function nearestOnGround(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number {
  const ab = ax * by - ay * bx;
  const bc = bx * cy - by * cx;
  const ca = cx * ay - cy * ax;
  if ((ab >= 0 && bc >= 0 && ca >= 0) || (ab <= 0 && bc <= 0 && ca <= 0)) return 0;
  return Math.sqrt(
    Math.min(squaredToEdge(ax, ay, bx, by), squaredToEdge(bx, by, cx, cy), squaredToEdge(cx, cy, ax, ay)),
  );
}

function squaredToEdge(ax: number, ay: number, bx: number, by: number): number {
  const dx = bx - ax;
  const dy = by - ay;
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, -(ax * dx + ay * dy) / length));
  const x = ax + t * dx;
  const y = ay + t * dy;
  return x * x + y * y;
}

/** Rings that can look between two heights at distances [near, far]: first and one past the last. */
function ringWindow(beams: Beams, low: number, high: number, near: number, far: number): [number, number] {
  const close = Math.max(near, 1e-6);
  const lowest = low < 0 ? low / close : low / far;
  const highest = high < 0 ? high / far : high / close;
  const { ringTangent, rings } = beams;
  let from = 0;
  while (from < rings && ringTangent[from]! < lowest) from++;
  let to = rings;
  while (to > from && ringTangent[to - 1]! > highest) to--;
  return [from, to];
}

/** Columns between the corners, possibly running past the last one (then they go on at 0). */
function columnWindow(
  beams: Beams,
  ax: number,
  ay: number,
  bx: number,
  by: number,
  cx: number,
  cy: number,
): [number, number] {
  const { columns } = beams;
  const a = columnToward(beams, ax, ay);
  const b = columnToward(beams, bx, by);
  const c = columnToward(beams, cx, cy);
  let low = Math.min(a, b, c);
  let high = Math.max(a, b, c);
  if (high - low > columns / 2) {
    // Across the seam behind the vehicle: lift the small ones by a turn.
    const lift = (value: number) => (value < columns / 2 ? value + columns : value);
    low = Math.min(lift(a), lift(b), lift(c));
    high = Math.max(lift(a), lift(b), lift(c));
  }
  const from = Math.max(0, Math.ceil(low - 1e-9));
  return [from, Math.max(from, Math.min(from + columns, Math.floor(high + 1e-9) + 1))];
}

/** Turns what the visibility buffer saw into a picture: surface, sunlight and shade, sky light, reflections, haze. */

import { invertRigid } from '../../geometry/matrix.ts';
import type { Mat4 } from '../../model/pose.ts';
import { cos, sin } from '../portableMath.ts';
import { Material } from '../shapes/material.ts';
import type { Road } from '../world/road.ts';
import type { Instance } from '../world/scenery.ts';
import type { Daylight } from '../world/world.ts';
import type { ContactMap } from './contactMap.ts';
import { hazeInto, type Ink, reflectionInto, skyInto } from './sky.ts';
import type { SunMap } from './sunMap.ts';
import { type Hit, type Surface, surfaceInto } from './surfaces.ts';
import { toneByte } from './tone.ts';
import type { View } from './view.ts';
import { GRID, type VisibilityBuffer } from './visibility.ts';

/** RGB bytes, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly rgb: Uint8Array<ArrayBuffer>;
}

export interface Light {
  readonly daylight: Daylight;
  readonly sunMap: SunMap;
  readonly contactMap: ContactMap;
}

export function makeView(
  frame: { width: number; height: number; fx: number; fy: number; cx: number; cy: number },
  worldFromCamera: Mat4,
): View {
  const { width, height, fx, fy, cx, cy } = frame;
  return { width, height, fx, fy, cx, cy, worldFromCamera, cameraFromWorld: invertRigid(worldFromCamera) };
}

/** Shades every pixel of `buffer` into `picture`, which has the buffer's size in pixels. */
export function shade(
  picture: Picture,
  buffer: VisibilityBuffer,
  instances: readonly Instance[],
  view: View,
  road: Road,
  light: Light,
): void {
  const shader = new Shader(buffer, instances, view, road, light);
  const { owner, columns } = buffer;
  const { rgb, width, height } = picture;
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const first = GRID * row * columns + GRID * column;
      const a = owner[first]!;
      const b = owner[first + 1]!;
      const c = owner[first + columns]!;
      const d = owner[first + columns + 1]!;
      let red: number;
      let green: number;
      let blue: number;
      if (a === b && b === c && c === d) {
        shader.at(a, column, row);
        red = toneByte(shader.ink.r);
        green = toneByte(shader.ink.g);
        blue = toneByte(shader.ink.b);
      } else {
        // Each triangle is shaded once, where one of its own samples lies, and weighs as many samples as it has.
        red = 0;
        green = 0;
        blue = 0;
        for (let k = 0; k < 4; k++) {
          const number = k === 0 ? a : k === 1 ? b : k === 2 ? c : d;
          if ((k > 0 && number === a) || (k > 1 && number === b) || (k > 2 && number === c)) continue;
          const weight =
            (number === a ? 1 : 0) + (number === b ? 1 : 0) + (number === c ? 1 : 0) + (number === d ? 1 : 0);
          shader.at(number, column + (k % 2) / 2 - 0.25, row + (k > 1 ? 0.25 : -0.25));
          red += weight * toneByte(shader.ink.r);
          green += weight * toneByte(shader.ink.g);
          blue += weight * toneByte(shader.ink.b);
        }
        red = (red + 2) >> 2;
        green = (green + 2) >> 2;
        blue = (blue + 2) >> 2;
      }
      const at = 3 * (row * width + column);
      rgb[at] = red;
      rgb[at + 1] = green;
      rgb[at + 2] = blue;
    }
}

class Shader {
  readonly ink: Ink = { r: 0, g: 0, b: 0 };
  readonly #mirror: Ink = { r: 0, g: 0, b: 0 };
  readonly #surface: Surface = { r: 0, g: 0, b: 0, mirror: 0, shine: 0, glow: 0 };
  readonly #hit: Hit = {
    u: 0,
    v: 0,
    du: 0,
    dv: 0,
    x: 0,
    y: 0,
    z: 0,
    height: 0,
    color: [0.5, 0.5, 0.5],
    palette: [],
    facade: undefined,
    salt: 0,
  };
  readonly #buffer: VisibilityBuffer;
  readonly #instances: readonly Instance[];
  readonly #view: View;
  readonly #road: Road;
  readonly #light: Light;
  readonly #turns: Float64Array;

  constructor(
    buffer: VisibilityBuffer,
    instances: readonly Instance[],
    view: View,
    road: Road,
    light: Light,
  ) {
    this.#buffer = buffer;
    this.#instances = instances;
    this.#view = view;
    this.#road = road;
    this.#light = light;
    this.#turns = Float64Array.from(instances.flatMap(({ place }) => [cos(place.yaw), sin(place.yaw)]));
  }

  /** Light that reaches pixel (u, v) from the numbered triangle, or from the sky for -1. */
  at(number: number, u: number, v: number): void {
    const view = this.#view;
    const m = view.worldFromCamera;
    const xn = (u - view.cx) / view.fx;
    const yn = (v - view.cy) / view.fy;
    const rx = m[0]! * xn + m[1]! * yn + m[2]!;
    const ry = m[4]! * xn + m[5]! * yn + m[6]!;
    const rz = m[8]! * xn + m[9]! * yn + m[10]!;
    const length = Math.sqrt(rx * rx + ry * ry + rz * rz);
    const dx = rx / length;
    const dy = ry / length;
    const dz = rz / length;
    if (number < 0) {
      skyInto(this.ink, dx, dy, dz, this.#light.daylight);
      return;
    }
    const buffer = this.#buffer;
    const planes = buffer.planes;
    const base = 9 * number;
    let w0 = planes[base]! * u + planes[base + 1]! * v + planes[base + 2]!;
    let w1 = planes[base + 3]! * u + planes[base + 4]! * v + planes[base + 5]!;
    let w2 = planes[base + 6]! * u + planes[base + 7]! * v + planes[base + 8]!;
    const depth = 1 / (w0 + w1 + w2);
    w0 *= depth;
    w1 *= depth;
    w2 *= depth;
    const index = buffer.instanceOf[number]!;
    const triangle = buffer.triangleOf[number]!;
    const instance = this.#instances[index]!;
    const { mesh, palette, place } = instance;
    const n = mesh.normals;
    const na = 9 * triangle;
    const lx = n[na]! * w0 + n[na + 3]! * w1 + n[na + 6]! * w2;
    const ly = n[na + 1]! * w0 + n[na + 4]! * w1 + n[na + 7]! * w2;
    const lz = n[na + 2]! * w0 + n[na + 5]! * w1 + n[na + 8]! * w2;
    const c = this.#turns[2 * index]!;
    const s = this.#turns[2 * index + 1]!;
    const scale = 1 / Math.max(1e-9, Math.sqrt(lx * lx + ly * ly + lz * lz));
    let nx = (c * lx - s * ly) * scale;
    let ny = (s * lx + c * ly) * scale;
    let nz = lz * scale;
    const material = mesh.materials[triangle]!;
    if (material === Material.foliage && nx * dx + ny * dy + nz * dz > 0) {
      nx = -nx;
      ny = -ny;
      nz = -nz;
    }
    const hit = this.#hit;
    const uvs = mesh.uvs;
    const ua = 6 * triangle;
    const [u0, v0, u1, v1, u2, v2] = [
      uvs[ua]!,
      uvs[ua + 1]!,
      uvs[ua + 2]!,
      uvs[ua + 3]!,
      uvs[ua + 4]!,
      uvs[ua + 5]!,
    ];
    hit.u = u0 * w0 + u1 * w1 + u2 * w2;
    hit.v = v0 * w0 + v1 * w1 + v2 * w2;
    hit.du = extent(planes, base, depth, hit.u, u0, u1, u2);
    hit.dv = extent(planes, base, depth, hit.v, v0, v1, v2);
    hit.x = m[3]! + rx * depth;
    hit.y = m[7]! + ry * depth;
    hit.z = m[11]! + rz * depth;
    hit.height = hit.z - place.z;
    hit.color = palette[mesh.colors[triangle]!] ?? FALLBACK;
    hit.palette = palette;
    hit.facade = instance.facade;
    hit.salt = index;
    surfaceInto(this.#surface, material, hit, this.#road);
    this.#illuminate(material, nx, ny, nz, dx, dy, dz);
    hazeInto(this.ink, depth * length);
  }

  #illuminate(
    material: number,
    nx: number,
    ny: number,
    nz: number,
    dx: number,
    dy: number,
    dz: number,
  ): void {
    const { daylight, sunMap, contactMap } = this.#light;
    const { x, y, z, height } = this.#hit;
    const surface = this.#surface;
    const [sx, sy, sz] = daylight.sun;
    let facing = nx * sx + ny * sy + nz * sz;
    // Leaves let light through and have no one face; soften their shading.
    if (material === Material.foliage) facing = 0.32 + 0.5 * Math.max(-0.4, facing);
    let sunlit = 0;
    if (facing > 0) {
      const lift = 0.04;
      sunlit = facing * sunMap.lightAt(x + nx * lift, y + ny * lift, z + nz * lift);
    }
    let open = 0.5 + 0.5 * nz;
    const isGround = material <= Material.plot;
    if (isGround) open *= contactMap.openAt(x, y);
    else if (nz < 0.5 && height < 1) open *= 0.62 + 0.38 * Math.max(0, height);
    const bounce = (1 - open) * 0.16 + 0.035;
    const [lr, lg, lb] = daylight.sunLight;
    const [kr, kg, kb] = daylight.skyLight;
    const ink = this.ink;
    ink.r = surface.r * (lr * sunlit + kr * open + bounce * 1.06 + surface.glow);
    ink.g = surface.g * (lg * sunlit + kg * open + bounce + surface.glow);
    ink.b = surface.b * (lb * sunlit + kb * open + bounce * 0.92 + surface.glow);
    if (surface.mirror === 0) return;
    const toward = -(nx * dx + ny * dy + nz * dz);
    const grazing = 1 - Math.max(0, Math.min(1, toward));
    const fresnel =
      surface.mirror + (1 - surface.mirror) * grazing ** 5 * 0.7 * Math.min(1, surface.mirror * 14);
    const mirrorX = dx + 2 * toward * nx;
    const mirrorY = dy + 2 * toward * ny;
    const mirrorZ = dz + 2 * toward * nz;
    reflectionInto(this.#mirror, mirrorZ);
    const dim = 0.45 + 0.55 * open;
    ink.r += (this.#mirror.r * dim - ink.r * 0.5) * fresnel;
    ink.g += (this.#mirror.g * dim - ink.g * 0.5) * fresnel;
    ink.b += (this.#mirror.b * dim - ink.b * 0.5) * fresnel;
    if (surface.shine === 0 || sunlit <= 0) return;
    const aligned = Math.max(0, mirrorX * sx + mirrorY * sy + mirrorZ * sz);
    const spot = aligned ** 90 * 2.2 + aligned ** 12 * 0.05;
    ink.r += spot * lr * 0.4;
    ink.g += spot * lg * 0.4;
    ink.b += spot * lb * 0.4;
  }
}

const FALLBACK = [0.4, 0.4, 0.4] as const;

/** How far an attribute moves from this pixel to the next one right and down, together. */
function extent(
  planes: Float64Array,
  base: number,
  depth: number,
  value: number,
  a0: number,
  a1: number,
  a2: number,
): number {
  const p0 = planes[base]!;
  const p1 = planes[base + 3]!;
  const p2 = planes[base + 6]!;
  const q0 = planes[base + 1]!;
  const q1 = planes[base + 4]!;
  const q2 = planes[base + 7]!;
  const right = p0 * a0 + p1 * a1 + p2 * a2 - value * (p0 + p1 + p2);
  const down = q0 * a0 + q1 * a1 + q2 * a2 - value * (q0 + q1 + q2);
  return Math.max(1e-5, (Math.abs(right) + Math.abs(down)) * depth);
}

/**
 * The light that leaves one place towards the eye: where on the triangle it is, what the surface is like there, sun
 * and shade, sky, reflections, haze. Neighbouring pixels mostly share a triangle, so what belongs to it is set up once.
 */
import { cos, raise, sin } from '../portableMath.ts';
import { Material, type Rgb } from '../shapes/material.ts';
import type { Road } from '../world/road.ts';
import type { Instance } from '../world/scenery.ts';
import type { Daylight } from '../world/world.ts';
import type { ContactMap } from './contactMap.ts';
import { hazeInto, type Ink, reflectionInto, skyInto } from './sky.ts';
import type { SunMap } from './sunMap.ts';
import type { Hit, Surface } from './surface.ts';
import { surfaceInto } from './surfaces.ts';
import type { View } from './view.ts';
import type { VisibilityBuffer } from './visibility.ts';

export interface Light {
  readonly daylight: Daylight;
  readonly sunMap: SunMap;
  readonly contactMap: ContactMap;
}

const NONE = -2;
const NO_COLOR: Rgb = [0.4, 0.4, 0.4];

export class Shader {
  /** Where `at` leaves its answer, linear. */
  readonly ink: Ink = { r: 0, g: 0, b: 0 };
  readonly #mirror: Ink = { r: 0, g: 0, b: 0 };
  readonly #surface: Surface = { r: 0, g: 0, b: 0, mirror: 0, shine: 0, glow: 0, tilt: 0 };
  readonly #hit: Hit = {
    u: 0.5,
    v: 0.5,
    du: 0.5,
    dv: 0.5,
    x: 0.5,
    y: 0.5,
    z: 0.5,
    height: 0.5,
    color: NO_COLOR,
    palette: [],
    facade: undefined,
    salt: 0,
  };
  readonly #buffer: VisibilityBuffer;
  readonly #instances: readonly Instance[];
  readonly #view: View;
  readonly #road: Road;
  readonly #light: Light;
  readonly #worldFromCamera: Float64Array;
  /** Of the triangle at hand: 9 weight planes, 9 normals in the world, 6 uv. */
  readonly #corners = new Float64Array(24);
  #number = NONE;
  #material = 0;
  #isFlat = true;
  #foot = 0.5;

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
    this.#worldFromCamera = Float64Array.from(view.worldFromCamera);
  }

  /** Light that reaches pixel (u, v) from the numbered triangle, or from the sky for -1. */
  at(number: number, u: number, v: number): void {
    const view = this.#view;
    const m = this.#worldFromCamera;
    const xn = (u - view.cx) / view.fx;
    const yn = (v - view.cy) / view.fy;
    const rx = m[0]! * xn + m[1]! * yn + m[2]!;
    const ry = m[4]! * xn + m[5]! * yn + m[6]!;
    const rz = m[8]! * xn + m[9]! * yn + m[10]!;
    const length = Math.sqrt(xn * xn + yn * yn + 1);
    const dx = rx / length;
    const dy = ry / length;
    const dz = rz / length;
    if (number < 0) {
      skyInto(this.ink, dx, dy, dz, this.#light.daylight);
      return;
    }
    if (number !== this.#number) this.#enter(number);
    const k = this.#corners;
    let w0 = k[0]! * u + k[1]! * v + k[2]!;
    let w1 = k[3]! * u + k[4]! * v + k[5]!;
    let w2 = k[6]! * u + k[7]! * v + k[8]!;
    const depth = 1 / (w0 + w1 + w2);
    w0 *= depth;
    w1 *= depth;
    w2 *= depth;
    let nx = k[9]!;
    let ny = k[10]!;
    let nz = k[11]!;
    if (!this.#isFlat) {
      nx = nx * w0 + k[12]! * w1 + k[15]! * w2;
      ny = ny * w0 + k[13]! * w1 + k[16]! * w2;
      nz = nz * w0 + k[14]! * w1 + k[17]! * w2;
      const scale = 1 / Math.max(1e-9, Math.sqrt(nx * nx + ny * ny + nz * nz));
      nx *= scale;
      ny *= scale;
      nz *= scale;
    }
    const material = this.#material;
    if (material === Material.foliage && nx * dx + ny * dy + nz * dz > 0) {
      nx = -nx;
      ny = -ny;
      nz = -nz;
    }
    const hit = this.#hit;
    hit.u = k[18]! * w0 + k[20]! * w1 + k[22]! * w2;
    hit.v = k[19]! * w0 + k[21]! * w1 + k[23]! * w2;
    hit.du = extent(k, 18, depth, hit.u);
    hit.dv = extent(k, 19, depth, hit.v);
    hit.x = m[3]! + rx * depth;
    hit.y = m[7]! + ry * depth;
    hit.z = m[11]! + rz * depth;
    hit.height = hit.z - this.#foot;
    surfaceInto(this.#surface, material, hit, this.#road);
    this.#illuminate(material, nx, ny, nz, dx, dy, dz);
    hazeInto(this.ink, depth * length);
    saturate(this.ink);
  }

  /** Sets up what all pixels of a triangle share. */
  #enter(number: number): void {
    this.#number = number;
    const buffer = this.#buffer;
    const index = buffer.instanceOf[number]!;
    const triangle = buffer.triangleOf[number]!;
    const instance = this.#instances[index]!;
    const { mesh, palette, place } = instance;
    const k = this.#corners;
    for (let i = 0; i < 9; i++) k[i] = buffer.planes[9 * number + i]!;
    const c = cos(place.yaw);
    const s = sin(place.yaw);
    const n = mesh.normals;
    this.#isFlat = true;
    for (let i = 0; i < 9; i += 3) {
      const from = 9 * triangle + i;
      k[9 + i] = c * n[from]! - s * n[from + 1]!;
      k[10 + i] = s * n[from]! + c * n[from + 1]!;
      k[11 + i] = n[from + 2]!;
      if (k[9 + i] !== k[9] || k[10 + i] !== k[10] || k[11 + i] !== k[11]) this.#isFlat = false;
    }
    for (let i = 0; i < 6; i++) k[18 + i] = mesh.uvs[6 * triangle + i]!;
    this.#material = mesh.materials[triangle]!;
    this.#foot = place.z;
    const hit = this.#hit;
    hit.color = palette[mesh.colors[triangle]!] ?? NO_COLOR;
    hit.palette = palette;
    hit.facade = instance.facade;
    hit.salt = index;
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
    const sun = daylight.sun;
    const sx = sun[0];
    const sy = sun[1];
    const sz = sun[2];
    let facing = nx * sx + ny * sy + nz * sz;
    // Leaves let light through and have no one face; soften their shading.
    if (material === Material.foliage) facing = 0.32 + 0.5 * Math.max(-0.4, facing);
    let sunlit = 0;
    if (facing > 0) {
      // Away from the surface, farther where the sun only grazes it, so that it does not shade itself.
      const lift = 0.05 + 0.16 * (1 - facing);
      sunlit = facing * sunMap.lightAt(x + nx * lift, y + ny * lift, z + nz * lift);
    }
    let open = 0.5 + 0.5 * nz;
    const isGround = material <= Material.plot;
    if (isGround) open *= contactMap.openAt(x, y);
    else if (nz < 0.5 && height < 1) open *= 0.62 + 0.38 * Math.max(0, height);
    const bounce = (1 - open) * 0.16 + 0.035;
    const lr = daylight.sunLight[0];
    const lg = daylight.sunLight[1];
    const lb = daylight.sunLight[2];
    const sky = daylight.skyLight;
    const ink = this.ink;
    ink.r = surface.r * (lr * sunlit + sky[0] * open + bounce * 1.06 + surface.glow);
    ink.g = surface.g * (lg * sunlit + sky[1] * open + bounce + surface.glow);
    ink.b = surface.b * (lb * sunlit + sky[2] * open + bounce * 0.92 + surface.glow);
    if (surface.mirror === 0) return;
    const toward = -(nx * dx + ny * dy + nz * dz);
    const grazing = 1 - Math.max(0, Math.min(1, toward));
    const fresnel =
      surface.mirror + (1 - surface.mirror) * raise(grazing, 5) * 0.7 * Math.min(1, surface.mirror * 14);
    const mirrorX = dx + 2 * toward * nx;
    const mirrorY = dy + 2 * toward * ny;
    const mirrorZ = dz + 2 * toward * nz;
    reflectionInto(this.#mirror, mirrorZ + surface.tilt);
    const dim = 0.45 + 0.55 * open;
    ink.r += (this.#mirror.r * dim - ink.r * 0.5) * fresnel;
    ink.g += (this.#mirror.g * dim - ink.g * 0.5) * fresnel;
    ink.b += (this.#mirror.b * dim - ink.b * 0.5) * fresnel;
    if (surface.shine === 0 || sunlit <= 0) return;
    const aligned = Math.max(0, mirrorX * sx + mirrorY * sy + mirrorZ * sz);
    const spot = raise(aligned, 96) * 2.2 + raise(aligned, 12) * 0.05;
    ink.r += spot * lr * 0.4;
    ink.g += spot * lg * 0.4;
    ink.b += spot * lb * 0.4;
  }
}

/** Draws colours a little apart from their grey, as cameras do. */
function saturate(ink: Ink): void {
  const gray = 0.3 * ink.r + 0.59 * ink.g + 0.11 * ink.b;
  ink.r += (ink.r - gray) * 0.16;
  ink.g += (ink.g - gray) * 0.16;
  ink.b += (ink.b - gray) * 0.16;
}

/** How far uv number `at` moves from this pixel to the next one right and down, together. */
function extent(k: Float64Array, at: number, depth: number, value: number): number {
  const a0 = k[at]! - value;
  const a1 = k[at + 2]! - value;
  const a2 = k[at + 4]! - value;
  const right = k[0]! * a0 + k[3]! * a1 + k[6]! * a2;
  const down = k[1]! * a0 + k[4]! * a1 + k[7]! * a2;
  return Math.max(1e-5, (Math.abs(right) + Math.abs(down)) * depth);
}

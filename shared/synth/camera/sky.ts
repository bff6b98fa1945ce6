/** The sky and what lies below the horizon, as seen along a direction: background, reflections, ambient light. */
import { raise } from '../portableMath.ts';
import { smoothNoise } from '../random.ts';
import type { Daylight } from '../world/world.ts';

/** A colour that shading writes into; reused, so that no pixel allocates. */
export interface Ink {
  r: number;
  g: number;
  b: number;
}

const HORIZON: Readonly<Ink> = { r: 0.74, g: 0.82, b: 0.9 };
const ZENITH: Readonly<Ink> = { r: 0.14, g: 0.32, b: 0.68 };
const GROUND: Readonly<Ink> = { r: 0.16, g: 0.16, b: 0.15 };
const CLOUD: Readonly<Ink> = { r: 1.02, g: 1.0, b: 0.98 };

/** Clear gradient with the sun's glow, clouds drawn on a plane high above. */
export function skyInto(ink: Ink, x: number, y: number, z: number, daylight: Daylight): void {
  if (z <= 0) {
    farGroundInto(ink, x, y, z);
    return;
  }
  gradientInto(ink, z);
  const [sx, sy, sz] = daylight.sun;
  const facing = Math.max(0, x * sx + y * sy + z * sz);
  const glow = raise(facing, 8) * 0.16 + raise(facing, 64) * 0.4;
  ink.r += glow;
  ink.g += glow * 0.9;
  ink.b += glow * 0.72;
  const plane = 1 / (z + 0.12);
  const u = x * plane * 1.15 + 40;
  const v = y * plane * 1.15 + 40;
  const salt = daylight.salt;
  const billow =
    0.52 * smoothNoise(u, v, salt) +
    0.26 * smoothNoise(2.1 * u, 2.1 * v, salt + 1) +
    0.14 * smoothNoise(4.3 * u, 4.3 * v, salt + 2) +
    0.08 * smoothNoise(8.9 * u, 8.9 * v, salt + 3);
  const edge = 0.66 - 0.34 * daylight.cloudCover;
  const cover = Math.max(0, Math.min(1, (billow - edge) / 0.2)) * Math.min(1, z * 7);
  const shade = 1 - 0.2 * Math.max(0, billow - edge - 0.1);
  ink.r += (CLOUD.r * shade - ink.r) * cover * 0.85;
  ink.g += (CLOUD.g * shade - ink.g) * cover * 0.85;
  ink.b += (CLOUD.b * shade - ink.b) * cover * 0.85;
}

/** What a shiny surface shows: the same without clouds, over a dark band of houses at the horizon. */
export function reflectionInto(ink: Ink, z: number): void {
  if (z < -0.02) {
    const depth = Math.min(1, -z * 3);
    ink.r = 0.2 - 0.08 * depth;
    ink.g = 0.2 - 0.08 * depth;
    ink.b = 0.21 - 0.085 * depth;
    return;
  }
  gradientInto(ink, Math.max(0, z));
  const houses = Math.max(0, Math.min(1, (0.34 - z) / 0.14)) * 0.72;
  ink.r += (0.27 - ink.r) * houses;
  ink.g += (0.25 - ink.g) * houses;
  ink.b += (0.235 - ink.b) * houses;
}

function gradientInto(ink: Ink, z: number): void {
  const low = 1 - z;
  const t = low * low * low;
  ink.r = ZENITH.r + (HORIZON.r - ZENITH.r) * t;
  ink.g = ZENITH.g + (HORIZON.g - ZENITH.g) * t;
  ink.b = ZENITH.b + (HORIZON.b - ZENITH.b) * t;
}

function farGroundInto(ink: Ink, x: number, y: number, z: number): void {
  const away = Math.min(1, 0.02 / Math.max(0.001, -z));
  const patch = 0.9 + 0.2 * smoothNoise((3 * x) / (0.03 - z), (3 * y) / (0.03 - z), 5);
  ink.r = GROUND.r * patch + (HORIZON.r * 0.8 - GROUND.r) * away;
  ink.g = GROUND.g * patch + (HORIZON.g * 0.8 - GROUND.g) * away;
  ink.b = GROUND.b * patch + (HORIZON.b * 0.8 - GROUND.b) * away;
}

/** Air between eye and surface: turns towards the horizon's colour with distance, half-way at about 600 m. */
export function hazeInto(ink: Ink, distance: number): void {
  const t = distance / (distance + 620);
  ink.r += (HORIZON.r * 0.92 - ink.r) * t;
  ink.g += (HORIZON.g * 0.92 - ink.g) * t;
  ink.b += (HORIZON.b * 0.92 - ink.b) * t;
}

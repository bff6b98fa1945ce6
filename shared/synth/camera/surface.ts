/** What shading asks of a surface, and the small operations its colours are mixed with. */
import { square } from '../portableMath.ts';
import { smoothNoise } from '../random.ts';
import type { FacadeStyle } from '../shapes/building.ts';
import type { Rgb } from '../shapes/material.ts';

/** Where a ray met a surface. Reused from pixel to pixel. */
export interface Hit {
  u: number;
  v: number;
  /** Extent of the pixel in u and v. */
  du: number;
  dv: number;
  x: number;
  y: number;
  z: number;
  /** Metres above the instance's foot. */
  height: number;
  color: Rgb;
  palette: readonly Rgb[];
  facade: FacadeStyle | undefined;
  /** Different for every instance, for variation that stays put. */
  salt: number;
}

/** What light does there: albedo, mirror share at right angles, tightness of the sun's highlight, own light. */
export interface Surface {
  r: number;
  g: number;
  b: number;
  mirror: number;
  shine: number;
  glow: number;
  /** Leans the mirror up or down, so that no two panes show the same. */
  tilt: number;
}

export const WHITE_PAINT: Rgb = [0.62, 0.62, 0.6];

export function set(surface: Surface, color: Rgb, factor: number): void {
  surface.r = color[0] * factor;
  surface.g = color[1] * factor;
  surface.b = color[2] * factor;
}

export function gray(surface: Surface, value: number): void {
  surface.r = value;
  surface.g = value;
  surface.b = value;
}

export function blend(surface: Surface, color: Rgb, share: number): void {
  surface.r += (color[0] - surface.r) * share;
  surface.g += (color[1] - surface.g) * share;
  surface.b += (color[2] - surface.b) * share;
}

/** Noise that fades to its mean where a pixel covers more than a wave. */
export function grain(x: number, y: number, scale: number, extent: number, salt: number): number {
  const fade = 1 / (1 + square(extent * scale) * 1.5);
  if (fade < 0.05) return 0;
  return (smoothNoise(x * scale, y * scale, salt) - 0.5) * fade;
}

export function scale(surface: Surface, factor: number): void {
  surface.r *= factor;
  surface.g *= factor;
  surface.b *= factor;
}

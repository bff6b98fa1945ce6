/**
 * The colour of every material at a place: road, paving, walls with their windows, paint, cloth. Drawn by formula,
 * averaged over what the pixel covers so that far detail fades evenly.
 */
import { square } from '../portableMath.ts';
import { latticeUnit, smoothNoise } from '../random.ts';
import type { FacadeStyle } from '../shapes/building.ts';
import { type Opening, openingAt } from '../shapes/facade.ts';
import { Material, type Rgb } from '../shapes/material.ts';
import { band, cycleTint, roadPaint, sideRoadPaint, stripes } from '../world/markings.ts';
import type { Road } from '../world/road.ts';

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

const WHITE: Rgb = [0.62, 0.62, 0.6];
const GRAY: Rgb = [0.2, 0.2, 0.2];
const opening: Opening = { column: 0, floor: 0, rise: 0, low: 0, wide: 0, sill: 0, tall: 0 };

export function surfaceInto(surface: Surface, material: number, hit: Hit, road: Road): void {
  surface.mirror = 0;
  surface.shine = 0;
  surface.glow = 0;
  surface.tilt = 0;
  switch (material) {
    case Material.road:
      roadInto(surface, hit, road);
      return;
    case Material.sideRoad:
      sideRoadInto(surface, hit, road);
      return;
    case Material.pavement:
      pavingInto(surface, hit);
      return;
    case Material.kerb:
      gray(surface, 0.33 - 0.1 * stripes(hit.u, 1, 0, 0.03, hit.du));
      return;
    case Material.plot:
      plotInto(surface, hit);
      return;
    case Material.facade:
      facadeInto(surface, hit);
      return;
    case Material.roof:
      roofInto(surface, hit);
      return;
    case Material.paint:
      set(surface, hit.color, 1);
      surface.mirror = 0.055;
      surface.shine = 1;
      return;
    case Material.glass:
      gray(surface, 0.018);
      surface.mirror = 0.13;
      surface.shine = 1;
      return;
    case Material.rim:
      rimInto(surface, hit);
      return;
    case Material.rubber:
      gray(surface, 0.022);
      return;
    case Material.headlight:
      gray(surface, 0.55);
      surface.mirror = 0.12;
      surface.shine = 1;
      return;
    case Material.taillight:
      set(surface, [0.42, 0.02, 0.02], 1);
      surface.mirror = 0.06;
      surface.glow = 0.12;
      return;
    case Material.foliage:
      foliageInto(surface, hit);
      return;
    case Material.bark: {
      const grain = 0.75 + 0.5 * smoothNoise(hit.u * 9, hit.v * 2.5, 3);
      set(surface, [0.13, 0.095, 0.068], grain);
      return;
    }
    case Material.metal:
      set(surface, hit.palette.length > 0 ? hit.color : GRAY, 1);
      surface.mirror = 0.03;
      return;
    case Material.sign:
      signInto(surface, hit);
      return;
    case Material.cone: {
      const white = band(hit.v, 0.24, 0.38, hit.dv) + band(hit.v, 0.5, 0.6, hit.dv);
      set(surface, hit.color, 1);
      blend(surface, WHITE, white);
      return;
    }
    case Material.stripes: {
      const white = stripes(hit.u + hit.v, 0.5, 0, 0.25, hit.du + hit.dv);
      set(surface, hit.color, 1);
      blend(surface, WHITE, white);
      return;
    }
    case Material.cloth:
      set(surface, hit.color, 0.94 + 0.12 * smoothNoise(hit.x * 30, hit.height * 30, 9));
      return;
    case Material.plate:
      gray(surface, 0.6);
      return;
    case Material.trafficLight:
      trafficLightInto(surface, hit);
      return;
    case Material.panel:
      set(surface, hit.color, 1 - 0.12 * stripes(hit.u, 1.2, 0, 0.02, hit.du));
      surface.mirror = 0.02;
      return;
    default:
      set(surface, hit.color, 1);
  }
}

function set(surface: Surface, color: Rgb, factor: number): void {
  surface.r = color[0] * factor;
  surface.g = color[1] * factor;
  surface.b = color[2] * factor;
}

function gray(surface: Surface, value: number): void {
  surface.r = value;
  surface.g = value;
  surface.b = value;
}

function blend(surface: Surface, color: Rgb, share: number): void {
  surface.r += (color[0] - surface.r) * share;
  surface.g += (color[1] - surface.g) * share;
  surface.b += (color[2] - surface.b) * share;
}

/** Noise that fades to its mean where a pixel covers more than a wave. */
function grain(x: number, y: number, scale: number, extent: number, salt: number): number {
  const fade = 1 / (1 + square(extent * scale) * 1.5);
  if (fade < 0.05) return 0;
  return (smoothNoise(x * scale, y * scale, salt) - 0.5) * fade;
}

function asphaltInto(surface: Surface, hit: Hit): number {
  const extent = Math.max(hit.du, hit.dv);
  const value =
    0.118 +
    0.022 * grain(hit.u, hit.v, 0.35, extent, 11) +
    0.014 * grain(hit.u * 0.2, hit.v, 0.9, extent, 12) +
    0.034 * grain(hit.u, hit.v, 14, extent, 13) +
    0.045 * grain(hit.u, hit.v, 43, extent, 14);
  surface.r = value * 1.01;
  surface.g = value;
  surface.b = value * 0.985;
  return extent;
}

function roadInto(surface: Surface, hit: Hit, road: Road): void {
  const extent = asphaltInto(surface, hit);
  const { laneWidth, lanesPerDirection } = road.style;
  const across = Math.abs(hit.v);
  if (across < laneWidth * lanesPerDirection) {
    // Wheels polish two bands per lane; oil darkens the middle between them.
    const place = (across % laneWidth) / laneWidth - 0.5;
    const track = Math.abs(Math.abs(place) - 0.24);
    scale(surface, 1 + 0.07 * Math.max(0, 1 - track / 0.1) - 0.06 * Math.max(0, 1 - Math.abs(place) / 0.14));
  }
  patchesInto(surface, hit, extent);
  blend(surface, [0.21, 0.088, 0.07], 0.62 * cycleTint(road, hit.v, hit.dv));
  const wear = 0.86 + 0.5 * grain(hit.u, hit.v, 6, extent, 21);
  blend(surface, WHITE, Math.max(0, Math.min(1, roadPaint(road, hit.u, hit.v, hit.du, hit.dv) * wear)));
}

/** Repairs: darker rectangles with a sealed rim, one in a few cells of 14 by 3 metres; and manhole covers. */
function patchesInto(surface: Surface, hit: Hit, extent: number): void {
  const column = Math.floor(hit.u / 14);
  const row = Math.floor(hit.v / 3.2);
  const chance = latticeUnit(column, row, 31);
  if (chance > 0.24) return;
  const u = hit.u - column * 14;
  const v = hit.v - row * 3.2;
  if (chance > 0.13) {
    const length = 1.5 + 7 * latticeUnit(column, row, 32);
    const inside = band(u, 2, 2 + length, extent) * band(v, 0.6, 2.5, extent);
    const core = band(u, 2.06, 1.94 + length, extent) * band(v, 0.66, 2.44, extent);
    scale(surface, 1 - 0.2 * inside - 0.3 * (inside - core));
    return;
  }
  const distance = Math.sqrt(square(u - 6) + square(v - 1.6));
  const lid = Math.max(0, Math.min(1, (0.34 - distance) / extent + 0.5));
  const rim = Math.max(0, Math.min(1, (0.4 - distance) / extent + 0.5)) - lid;
  scale(surface, 1 - 0.42 * lid - 0.25 * rim);
}

function scale(surface: Surface, factor: number): void {
  surface.r *= factor;
  surface.g *= factor;
  surface.b *= factor;
}

function sideRoadInto(surface: Surface, hit: Hit, road: Road): void {
  const extent = asphaltInto(surface, hit);
  const wear = 0.84 + 0.5 * grain(hit.u, hit.v, 6, extent, 22);
  blend(surface, WHITE, Math.max(0, Math.min(1, sideRoadPaint(road, hit.u, hit.v, hit.du, hit.dv) * wear)));
}

function pavingInto(surface: Surface, hit: Hit): void {
  const slab = 0.55;
  const row = Math.floor(hit.v / slab);
  const u = hit.u + (row % 2 === 0 ? 0 : slab / 2);
  const joint = Math.max(stripes(u, slab, 0, 0.018, hit.du), stripes(hit.v, slab, 0, 0.018, hit.dv));
  const extent = Math.max(hit.du, hit.dv);
  const fade = 1 / (1 + square(extent / slab) * 2);
  const tone =
    0.3 +
    0.07 * (latticeUnit(Math.floor(u / slab), row, 41) - 0.5) * fade +
    0.04 * grain(hit.u, hit.v, 0.6, extent, 42);
  const value = (tone + 0.04 * grain(hit.u, hit.v, 22, extent, 43)) * (1 - 0.4 * joint);
  surface.r = value * 1.03;
  surface.g = value * 0.995;
  surface.b = value * 0.94;
}

function plotInto(surface: Surface, hit: Hit): void {
  const extent = Math.max(hit.du, hit.dv);
  const shade = 1 + 0.5 * grain(hit.u, hit.v, 1.3, extent, 51) + 0.6 * grain(hit.u, hit.v, 9, extent, 52);
  set(surface, [0.1, 0.15, 0.05], shade);
}

function foliageInto(surface: Surface, hit: Hit): void {
  const tuft = hit.u - Math.floor(hit.u);
  set(
    surface,
    hit.color,
    0.58 + 0.5 * tuft + 0.3 * grain(hit.x + hit.height, hit.y - hit.height, 6, hit.du, 53),
  );
}

function rimInto(surface: Surface, hit: Hit): void {
  const radius = Math.sqrt(hit.u * hit.u + hit.v * hit.v);
  if (radius > 0.7) {
    gray(surface, 0.025);
    return;
  }
  // Five spokes: the fivefold angle's sine without an angle.
  const s = hit.v / Math.max(radius, 1e-6);
  const fivefold = s * (5 + s * s * (16 * s * s - 20));
  const spoke = radius < 0.2 || fivefold > -0.15 || radius > 0.6;
  gray(surface, spoke ? 0.36 : 0.04);
  surface.mirror = spoke ? 0.12 : 0;
}

function signInto(surface: Surface, hit: Hit): void {
  const radius = Math.sqrt(hit.u * hit.u + hit.v * hit.v);
  set(surface, hit.color, 1);
  const isInner = hit.palette[1]![0] > 0.3 ? radius < 0.74 : Math.abs(hit.u) < 0.3 && Math.abs(hit.v) < 0.42;
  if (isInner) set(surface, hit.palette[2] ?? WHITE, 0.85);
}

function trafficLightInto(surface: Surface, hit: Hit): void {
  gray(surface, 0.025);
  for (let lamp = 0; lamp < 3; lamp++) {
    const distance = Math.sqrt(square((hit.u - 0.5) * 0.3) + square((hit.v - (lamp + 0.5) / 3) * 0.9));
    if (distance > 0.105) continue;
    if (lamp === 0) {
      set(surface, [0.05, 0.7, 0.4], 1);
      surface.glow = 0.8;
    } else set(surface, lamp === 1 ? [0.2, 0.12, 0.02] : [0.2, 0.03, 0.03], 0.6);
  }
}

function roofInto(surface: Surface, hit: Hit): void {
  const course = stripes(hit.v, 0.32, 0, 0.06, hit.dv);
  const tile = stripes(hit.u, 0.28, 0, 0.04, hit.du);
  const extent = Math.max(hit.du, hit.dv);
  set(
    surface,
    hit.color,
    (1 + 0.3 * grain(hit.u, hit.v, 1.7, extent, 61)) * (1 - 0.3 * course - 0.16 * tile),
  );
}

/** Windows in frames with a shaded reveal, shop fronts at street level, brick or plaster between. */
function facadeInto(surface: Surface, hit: Hit): void {
  const style = hit.facade;
  set(surface, hit.color, 1);
  if (!style) return;
  wallInto(surface, hit, style);
  const { column, floor, rise, low, wide, sill, tall } = openingAt(opening, style, hit.u, hit.v);
  const isGround = floor === 0;
  const across = (from: number, to: number) => stripes(hit.u, style.bay, from, to, hit.du);
  const up = (from: number, to: number) => band(rise, from, to, hit.dv);
  const frame = across(low - 0.09, low + wide + 0.09) * up(sill - 0.12, sill + tall + 0.09);
  if (frame <= 0) return;
  blend(surface, hit.palette[1] ?? WHITE, frame * 0.9);
  const pane = across(low, low + wide) * up(sill, sill + tall);
  if (pane <= 0) return;
  // The frame's shadow on the glass: darker under the lintel.
  const reveal = across(low + 0.05, low + wide) * up(sill, sill + tall - 0.14);
  const chance = latticeUnit(column, floor, style.salt);
  const isCurtained = !isGround && chance < 0.4;
  const lit =
    isGround && style.hasShop
      ? 0.09 + 0.1 * chance
      : isCurtained
        ? 0.16 + 0.24 * chance
        : 0.02 + 0.03 * chance;
  const inner = lit * (0.45 + 0.55 * reveal);
  blend(surface, [inner * 1.04, inner, inner * 0.92], pane);
  const bar = style.isOffice
    ? 0
    : across(style.bay / 2 - 0.03, style.bay / 2 + 0.03) + up(sill + tall * 0.62, sill + tall * 0.62 + 0.05);
  blend(surface, hit.palette[1] ?? WHITE, Math.min(1, bar) * pane * 0.8);
  surface.tilt = (latticeUnit(floor, column, style.salt) - 0.42) * 0.5;
  surface.mirror = pane * reveal * (isCurtained ? 0.07 : 0.2) * (1 - Math.min(1, bar));
}

function wallInto(surface: Surface, hit: Hit, style: FacadeStyle): void {
  const extent = Math.max(hit.du, hit.dv);
  scale(
    surface,
    1 +
      0.16 * grain(hit.u, hit.v, 0.4, extent, style.salt) +
      0.1 * grain(hit.u, hit.v, 5, extent, style.salt + 1),
  );
  if (style.isBrick) {
    const course = 0.075;
    const row = Math.floor(hit.v / course);
    const u = hit.u + (row % 2 === 0 ? 0 : 0.12);
    const mortar = Math.max(stripes(hit.v, course, 0, 0.012, hit.dv), stripes(u, 0.24, 0, 0.012, hit.du));
    const fade = 1 / (1 + square(extent / course));
    scale(surface, 1 + 0.3 * (latticeUnit(Math.floor(u / 0.24), row, 71) - 0.5) * fade);
    blend(surface, [0.36, 0.33, 0.29], mortar * 0.7);
  }
  // Plinth, splashed dark by the street.
  if (hit.v < 0.55) blend(surface, [0.13, 0.125, 0.12], 0.7);
  else if (hit.v < 2.5) scale(surface, 0.88 + 0.12 * (hit.v / 2.5));
}

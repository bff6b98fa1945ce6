/** The colours of the ground: worn asphalt with its paint and repairs, paving slabs, grass. */
import { square } from '../portableMath.ts';
import { latticeUnit } from '../random.ts';
import { band, cycleTint, roadPaint, sideRoadPaint, stripes } from '../world/markings.ts';
import type { Road } from '../world/road.ts';
import { blend, grain, type Hit, type Surface, scale, set, WHITE_PAINT } from './surface.ts';

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

export function roadInto(surface: Surface, hit: Hit, road: Road): void {
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
  blend(surface, WHITE_PAINT, Math.max(0, Math.min(1, roadPaint(road, hit.u, hit.v, hit.du, hit.dv) * wear)));
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

export function sideRoadInto(surface: Surface, hit: Hit, road: Road): void {
  const extent = asphaltInto(surface, hit);
  const wear = 0.84 + 0.5 * grain(hit.u, hit.v, 6, extent, 22);
  blend(
    surface,
    WHITE_PAINT,
    Math.max(0, Math.min(1, sideRoadPaint(road, hit.u, hit.v, hit.du, hit.dv) * wear)),
  );
}

export function pavingInto(surface: Surface, hit: Hit): void {
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

export function plotInto(surface: Surface, hit: Hit): void {
  const extent = Math.max(hit.du, hit.dv);
  const shade = 1 + 0.5 * grain(hit.u, hit.v, 1.3, extent, 51) + 0.6 * grain(hit.u, hit.v, 9, extent, 52);
  set(surface, [0.1, 0.15, 0.05], shade);
}

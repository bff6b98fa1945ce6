/** The colours of a house: brick or plaster, windows in frames, shop fronts, roof tiles. */
import { square } from '../portableMath.ts';
import { latticeUnit } from '../random.ts';
import type { FacadeStyle } from '../shapes/building.ts';
import { type Opening, openingAt } from '../shapes/facade.ts';
import { band, stripes } from '../world/markings.ts';
import { blend, grain, type Hit, type Surface, scale, set, WHITE_PAINT } from './surface.ts';

const opening: Opening = { column: 0, floor: 0, rise: 0, low: 0, wide: 0, sill: 0, tall: 0 };

export function roofInto(surface: Surface, hit: Hit): void {
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
export function facadeInto(surface: Surface, hit: Hit): void {
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
  blend(surface, hit.palette[1] ?? WHITE_PAINT, frame * 0.9);
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
  blend(surface, hit.palette[1] ?? WHITE_PAINT, Math.min(1, bar) * pane * 0.8);
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

/** Where the windows of a facade are: one answer for the picture and for the lidar. */
import type { FacadeStyle } from './building.ts';

/** The window bay that a place belongs to, metres. */
export interface Opening {
  /** Bay along the wall and storey above the street; the street's own is 0. */
  column: number;
  floor: number;
  /** Height above that storey's floor. */
  rise: number;
  /** Left and right edge within the bay, lower edge and height within the storey. */
  low: number;
  wide: number;
  sill: number;
  tall: number;
}

/** `u` metres along the wall, `v` metres above its foot. Written into `opening`. */
export function openingAt(opening: Opening, style: FacadeStyle, u: number, v: number): Opening {
  const isGround = v < style.groundHeight;
  const isShop = isGround && style.hasShop;
  opening.column = Math.floor(u / style.bay);
  opening.floor = isGround ? 0 : Math.floor((v - style.groundHeight) / style.floorHeight) + 1;
  opening.rise = v - (isGround ? 0 : style.groundHeight + (opening.floor - 1) * style.floorHeight);
  opening.wide = isShop ? style.bay * 0.86 : style.windowWidth;
  opening.low = (style.bay - opening.wide) / 2;
  opening.sill = isShop ? 0.45 : isGround ? 1 : style.sill;
  opening.tall = isShop ? 2.35 : isGround ? 1.75 : style.windowHeight;
  return opening;
}

const scratch: Opening = { column: 0, floor: 0, rise: 0, low: 0, wide: 0, sill: 0, tall: 0 };

/** Whether a place on the wall is glass. */
export function isPane(style: FacadeStyle, u: number, v: number): boolean {
  const { column, rise, low, wide, sill, tall } = openingAt(scratch, style, u, v);
  const across = u - column * style.bay;
  return across > low && across < low + wide && rise > sill && rise < sill + tall;
}

/**
 * What a surface is made of: one table that the picture and the lidar both read, so that a wet-black tyre is dark in
 * both. Colours are linear light, 0..1.
 */
import { square } from '../portableMath.ts';
export type Rgb = readonly [red: number, green: number, blue: number];

export const Material = {
  road: 0,
  sideRoad: 1,
  pavement: 2,
  kerb: 3,
  plot: 4,
  facade: 5,
  roof: 6,
  paint: 7,
  glass: 8,
  plain: 9,
  rubber: 10,
  rim: 11,
  headlight: 12,
  taillight: 13,
  foliage: 14,
  bark: 15,
  metal: 16,
  sign: 17,
  cone: 18,
  stripes: 19,
  cloth: 20,
  skin: 21,
  plate: 22,
  trafficLight: 23,
  panel: 24,
} as const;

export type MaterialId = (typeof Material)[keyof typeof Material];

/** How a 905 nm pulse comes back. */
export interface LidarResponse {
  /** Share of the pulse a surface returns at right angles; above 1 for retroreflectors. */
  readonly reflectivity: number;
  /** Share of pulses lost whatever the range (glass lets most through, foliage has holes). */
  readonly lost: number;
}

const MATTE: LidarResponse = { reflectivity: 0.3, lost: 0.01 };

/** Painted surfaces and cloth follow their colour instead, see `lidar/returns.ts`. */
export const lidarResponses: Readonly<Record<MaterialId, LidarResponse>> = {
  [Material.road]: { reflectivity: 0.11, lost: 0.01 },
  [Material.sideRoad]: { reflectivity: 0.11, lost: 0.01 },
  [Material.pavement]: { reflectivity: 0.24, lost: 0.01 },
  [Material.kerb]: { reflectivity: 0.32, lost: 0.01 },
  [Material.plot]: { reflectivity: 0.36, lost: 0.03 },
  [Material.facade]: { reflectivity: 0.34, lost: 0.01 },
  [Material.roof]: { reflectivity: 0.2, lost: 0.02 },
  [Material.paint]: { reflectivity: 0.4, lost: 0.03 },
  [Material.glass]: { reflectivity: 0.07, lost: 0.72 },
  [Material.plain]: MATTE,
  [Material.rubber]: { reflectivity: 0.05, lost: 0.06 },
  [Material.rim]: { reflectivity: 0.45, lost: 0.05 },
  [Material.headlight]: { reflectivity: 0.7, lost: 0.25 },
  [Material.taillight]: { reflectivity: 1.6, lost: 0.02 },
  [Material.foliage]: { reflectivity: 0.42, lost: 0.12 },
  [Material.bark]: { reflectivity: 0.28, lost: 0.02 },
  [Material.metal]: { reflectivity: 0.38, lost: 0.03 },
  [Material.sign]: { reflectivity: 2.2, lost: 0 },
  [Material.cone]: { reflectivity: 0.7, lost: 0.01 },
  [Material.stripes]: { reflectivity: 0.9, lost: 0.01 },
  [Material.cloth]: { reflectivity: 0.35, lost: 0.02 },
  [Material.skin]: { reflectivity: 0.45, lost: 0.02 },
  [Material.plate]: { reflectivity: 2.4, lost: 0 },
  [Material.trafficLight]: { reflectivity: 0.15, lost: 0.02 },
  [Material.panel]: { reflectivity: 0.45, lost: 0.01 },
};

/** sRGB bytes to linear light by the square, close enough for choosing colours and free of transcendental functions. */
export function rgb(red: number, green: number, blue: number): Rgb {
  return [square(red / 255), square(green / 255), square(blue / 255)];
}

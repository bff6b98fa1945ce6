/** Everything that is labelled: its class, its exact box, its shape and place at any time. */
import { cos, sin } from '../portableMath.ts';
import type { Rgb } from '../shapes/material.ts';
import type { Bounds, Mesh } from '../shapes/mesh.ts';
import type { Placement } from './motion.ts';

export const CLASS_NAMES = [
  'car',
  'van',
  'truck',
  'bus',
  'pedestrian',
  'cyclist',
  'traffic_cone',
  'barrier',
] as const;

export type ClassName = (typeof CLASS_NAMES)[number];

export type Activity = 'moving' | 'stopped' | 'parked';

export interface Actor {
  /** 1 upward, unique in the scene: the object's id in the label file. */
  readonly id: number;
  readonly className: ClassName;
  /** Extent in the actor's own axes over every pose it takes: the label's size and centre follow from it. */
  readonly box: Bounds;
  readonly palette: readonly Rgb[];
  /** True where it stays put by nature or stands without a driver. */
  readonly isStatic: boolean;
  meshAt(time: number): Mesh;
  placeAt(time: number): Placement;
  speedAt(time: number): number;
}

/** Upright box in some right-handed frame: centre, [length, width, height], turn about z. */
export interface UprightBox {
  readonly center: readonly [number, number, number];
  readonly size: readonly [number, number, number];
  readonly yaw: number;
}

/** The tight box around the actor at a time, in the world. */
export function worldBox(actor: Actor, time: number): UprightBox {
  const { x, y, z, yaw } = actor.placeAt(time);
  const [minX, minY, minZ, maxX, maxY, maxZ] = actor.box;
  const c = cos(yaw);
  const s = sin(yaw);
  const mx = (minX + maxX) / 2;
  const my = (minY + maxY) / 2;
  return {
    center: [x + c * mx - s * my, y + s * mx + c * my, z + (minZ + maxZ) / 2],
    size: [maxX - minX, maxY - minY, maxZ - minZ],
    yaw,
  };
}

/** `moving` above walking-in-place speed; things without a driver are parked, the rest has stopped. */
export function activityAt(actor: Actor, time: number): Activity {
  if (actor.speedAt(time) > 0.2) return 'moving';
  return actor.isStatic ? 'parked' : 'stopped';
}

/** The box around all the given meshes. */
export function jointBounds(meshes: readonly Mesh[]): Bounds {
  const low = [0, 1, 2].map((axis) => Math.min(...meshes.map((mesh) => mesh.bounds[axis]!)));
  const high = [3, 4, 5].map((axis) => Math.max(...meshes.map((mesh) => mesh.bounds[axis]!)));
  return [low[0]!, low[1]!, low[2]!, high[0]!, high[1]!, high[2]!];
}

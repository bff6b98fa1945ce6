/** Points and the few vector operations that shapes are made with. */
import { square } from '../portableMath.ts';

export type Point = readonly [number, number, number];
export type Uv = readonly [number, number];

export function cross(a: Point, b: Point): Point {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

export function dot(a: Point, b: Point): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

/** The vector at length 1; a null vector points up, so that degenerate faces stay harmless. */
export function unit(a: Point): Point {
  const length = Math.sqrt(dot(a, a));
  return length > 1e-12 ? [a[0] / length, a[1] / length, a[2] / length] : [0, 0, 1];
}

export function distance(a: Point, b: Point): number {
  return Math.sqrt(square(a[0] - b[0]) + square(a[1] - b[1]) + square(a[2] - b[2]));
}

export function coincide(a: Point, b: Point): boolean {
  return a[0] === b[0] && a[1] === b[1] && a[2] === b[2];
}

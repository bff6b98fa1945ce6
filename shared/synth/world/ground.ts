/** The ground as a mesh: carriageway, kerbs, pavements, plots, side roads with rounded corners. */
import { cos, sin } from '../portableMath.ts';
import { Material, type MaterialId } from '../shapes/material.ts';
import { type Mesh, MeshBuilder } from '../shapes/mesh.ts';
import type { Point, Uv } from '../shapes/vector.ts';
import { junctionReach, KERB_METERS, type Road } from './road.ts';

const STEP = 2.5;
/** How far plots and side roads reach from the kerb. */
const DEPTH = 55;

/**
 * One mesh per stretch of about 20 m, in world coordinates, so that far stretches can be left out.
 * uv of road: (s, d); of a side road: (distance from the main kerb, offset from its middle);
 * of pavement, kerb and plot: metres along and across.
 */
export function groundMeshes(road: Road): Mesh[] {
  const edges = stepEdges(road);
  const meshes: Mesh[] = [];
  let builder = new MeshBuilder();
  let start = edges[0]!;
  for (let i = 0; i + 1 < edges.length; i++) {
    addSlice(builder, road, edges[i]!, edges[i + 1]!);
    if (edges[i + 1]! - start > 20 || i + 2 === edges.length) {
      meshes.push(builder.build());
      builder = new MeshBuilder();
      start = edges[i + 1]!;
    }
  }
  for (const junction of road.junctions)
    for (const side of [1, -1] as const) {
      if (!(side > 0 ? junction.left : junction.right)) continue;
      const part = new MeshBuilder();
      addSideRoad(part, road, junction.s, side);
      meshes.push(part.build());
    }
  return meshes;
}

/** Even steps, with the mouths of side roads as extra edges. */
function stepEdges(road: Road): number[] {
  const reach = junctionReach(road.style);
  const edges: number[] = [];
  for (let s = road.from; s < road.to; s += STEP) edges.push(s);
  edges.push(road.to);
  for (const { s } of road.junctions) edges.push(s - reach, s + reach);
  const sorted = edges.filter((s) => s >= road.from && s <= road.to).sort((a, b) => a - b);
  return sorted.filter((s, i) => i === 0 || s - sorted[i - 1]! > 1e-6);
}

function isMouth(road: Road, s: number, side: 1 | -1): boolean {
  const reach = junctionReach(road.style);
  return road.junctions.some((j) => (side > 0 ? j.left : j.right) && Math.abs(s - j.s) < reach);
}

function addSlice(builder: MeshBuilder, road: Road, s0: number, s1: number): void {
  const { half, pavement } = road.style;
  const flat = (d0: number, d1: number, z: number, material: MaterialId) =>
    patch(builder, (a, b) => place(road, a, b, z), s0, s1, d0, d1, material);
  for (let strip = -2; strip < 2; strip++)
    flat((strip * half) / 2, ((strip + 1) * half) / 2, 0, Material.road);
  for (const side of [1, -1] as const) {
    if (isMouth(road, (s0 + s1) / 2, side)) continue;
    const outer = half + pavement;
    const [low, high] = side > 0 ? [half, outer] : [-outer, -half];
    flat(low, high, KERB_METERS, Material.pavement);
    const far = outer + DEPTH;
    if (side > 0) flat(outer, far, KERB_METERS, Material.plot);
    else flat(-far, -outer, KERB_METERS, Material.plot);
    kerb(builder, place(road, s0, side * half, 0), place(road, s1, side * half, 0), side < 0, s0, s1);
  }
}

function place(road: Road, s: number, d: number, z: number): Point {
  const [x, y] = road.point(s, d);
  return [x, y, z];
}

/** A flat piece between two a and two b values; `at` maps (a, b) to the world and turns a to b counter-clockwise. */
function patch(
  builder: MeshBuilder,
  at: (a: number, b: number) => Point,
  a0: number,
  a1: number,
  b0: number,
  b1: number,
  material: MaterialId,
): void {
  const uvs: [Uv, Uv, Uv, Uv] = [
    [a0, b0],
    [a1, b0],
    [a1, b1],
    [a0, b1],
  ];
  builder.quad([at(a0, b0), at(a1, b0), at(a1, b1), at(a0, b1)], material, 0, uvs);
}

/** Upright face of a kerb, seen from the road. */
function kerb(
  builder: MeshBuilder,
  from: Point,
  to: Point,
  isReversed: boolean,
  u0: number,
  u1: number,
): void {
  const [a, b] = isReversed ? [to, from] : [from, to];
  const [ua, ub] = isReversed ? [u1, u0] : [u0, u1];
  const up = (p: Point): Point => [p[0], p[1], p[2] + KERB_METERS];
  builder.quad([up(b), up(a), a, b], Material.kerb, 0, [
    [ub, KERB_METERS],
    [ua, KERB_METERS],
    [ua, 0],
    [ub, 0],
  ]);
}

function addSideRoad(builder: MeshBuilder, road: Road, s: number, side: 1 | -1): void {
  const { half, pavement, sideHalf } = road.style;
  const reach = sideHalf + pavement;
  // Local axes: a along the main road, b away from its kerb. Kept counter-clockwise by flipping a on the right.
  const at = (z: number) => (b: number, a: number) => place(road, s - side * a, side * (half + b), z);
  const steps = [0, pavement, 12, 20, 28, 36, 44, pavement + DEPTH];
  for (let i = 0; i + 1 < steps.length; i++) {
    const [b0, b1] = [steps[i]!, steps[i + 1]!];
    patch(builder, at(0), b0, b1, -sideHalf, sideHalf, Material.sideRoad);
    for (const hand of [1, -1] as const) {
      const [low, high] = hand > 0 ? [sideHalf, reach] : [-reach, -sideHalf];
      if (i === 0) {
        patch(builder, at(0), b0, b1, low, high, Material.sideRoad);
        continue;
      }
      patch(builder, at(KERB_METERS), b0, b1, low, high, Material.pavement);
      kerb(builder, at(0)(b0, hand * sideHalf), at(0)(b1, hand * sideHalf), hand < 0, b0, b1);
    }
  }
  for (const hand of [1, -1] as const) addCorner(builder, at, pavement, hand * reach, hand);
}

/** Quarter disc of pavement whose rounded kerb joins the kerbs of both roads. */
function addCorner(
  builder: MeshBuilder,
  at: (z: number) => (b: number, a: number) => Point,
  radius: number,
  corner: number,
  hand: 1 | -1,
): void {
  const steps = 7;
  const arc = (i: number): Uv => {
    const angle = (Math.PI / 2) * (i / steps);
    return [radius - radius * cos(angle), corner - hand * radius * sin(angle)];
  };
  const top = at(KERB_METERS);
  const bottom = at(0);
  for (let i = 0; i < steps; i++) {
    const [p, q] = [arc(i), arc(i + 1)];
    const [first, second] = hand > 0 ? [p, q] : [q, p];
    builder.triangle(
      top(radius, corner),
      top(...first),
      top(...second),
      Material.pavement,
      0,
      [radius, corner],
      first,
      second,
    );
    const uLength = (radius * Math.PI) / 2 / steps;
    kerb(builder, bottom(...first), bottom(...second), false, i * uLength, (i + 1) * uLength);
  }
}

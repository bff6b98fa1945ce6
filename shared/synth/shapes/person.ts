/** People on foot and on a bicycle, posed by the phase of their step or pedal stroke. */
import { cos, sin } from '../portableMath.ts';
import { Material } from './material.ts';
import { type Mesh, MeshBuilder } from './mesh.ts';
import type { Point } from './vector.ts';

/** Palette of a person: 0 skin, 1 hair or helmet, 2 top, 3 trousers, 4 shoes and bag, 5 bicycle frame. */
const SKIN = 0;
const HAIR = 1;
const TOP = 2;
const LEGS = 3;
const SHOES = 4;
const FRAME = 5;

export interface PersonLook {
  readonly height: number;
  /** 1 is an average build. */
  readonly girth: number;
  readonly hasBackpack: boolean;
}

/** Steps per metre walked, so that feet do not slide: one full phase is two steps of 0.72 m. */
export const STRIDE_METERS = 1.44;

/** `phase` in turns; `swing` 0 stands still, 1 walks. Stands on z = 0, front along x. */
export function pedestrianMesh(look: PersonLook, phase: number, swing: number): Mesh {
  const builder = new MeshBuilder();
  const h = look.height;
  const g = look.girth;
  const angle = 2 * Math.PI * phase;
  const hipZ = 0.5 * h;
  for (const side of [1, -1]) {
    const stride = side * sin(angle) * swing;
    const lift = Math.max(0, side * cos(angle)) * swing;
    const hip: Point = [0, side * 0.09 * g, hipZ];
    const foot: Point = [stride * 0.2 * h, side * 0.09 * g, 0.07 + lift * 0.06];
    const knee: Point = [
      (hip[0] + foot[0]) / 2 + 0.03 + lift * 0.09,
      side * 0.09 * g,
      0.27 * h + lift * 0.03,
    ];
    builder.tube(hip, knee, 0.088 * g, 0.066 * g, 7, Material.cloth, LEGS);
    builder.tube(knee, foot, 0.064 * g, 0.046 * g, 7, Material.cloth, LEGS);
    builder.box(
      [foot[0] - 0.08, foot[1] - 0.045, foot[2] - 0.07],
      [foot[0] + 0.17, foot[1] + 0.045, foot[2] + 0.02],
      Material.plain,
      SHOES,
    );
    const shoulder: Point = [0.01, side * 0.2 * g, 0.8 * h];
    const elbow: Point = [-stride * 0.1 * h - 0.03, side * 0.235 * g, 0.63 * h];
    const hand: Point = [-stride * 0.17 * h + 0.05, side * 0.215 * g, 0.49 * h];
    builder.tube(shoulder, elbow, 0.054 * g, 0.045 * g, 6, Material.cloth, TOP);
    builder.tube(elbow, hand, 0.044 * g, 0.034 * g, 6, Material.cloth, TOP);
    builder.ellipsoid(hand, [0.04, 0.035, 0.05], 6, Material.skin, SKIN);
  }
  trunk(builder, g, hipZ - 0.03, 0.835 * h);
  headAt(builder, [0.02, 0, 0.928 * h], h, HAIR);
  if (look.hasBackpack)
    builder.ellipsoid([-0.19 * g, 0, 0.7 * h], [0.11, 0.15, 0.2], 9, Material.cloth, SHOES);
  return builder.build();
}

/** Hips, waist, chest and shoulders as rings of an ellipse. */
function trunk(builder: MeshBuilder, g: number, low: number, high: number): void {
  const sides = 10;
  const rise = high - low;
  const rings: [share: number, deep: number, wide: number][] = [
    [0, 0.11, 0.165],
    [0.3, 0.1, 0.145],
    [0.65, 0.12, 0.185],
    [0.88, 0.105, 0.205],
    [1, 0.05, 0.08],
  ];
  const at = ([share, deep, wide]: [number, number, number], i: number): Point => {
    const angle = (2 * Math.PI * i) / sides;
    return [deep * g * cos(angle), wide * g * sin(angle), low + rise * share];
  };
  builder.smooth(() => {
    for (let r = 0; r + 1 < rings.length; r++)
      for (let i = 0; i < sides; i++)
        builder.quad(
          [at(rings[r]!, i), at(rings[r]!, i + 1), at(rings[r + 1]!, i + 1), at(rings[r + 1]!, i)],
          Material.cloth,
          TOP,
        );
  });
  builder.tube([0, 0, high - 0.03], [0.015, 0, high + 0.07], 0.055, 0.05, 7, Material.skin, SKIN);
}

function headAt(builder: MeshBuilder, center: Point, height: number, hairColor: number): void {
  const r = 0.062 * height;
  builder.ellipsoid(center, [r * 0.92, r * 0.78, r * 1.16], 10, Material.skin, SKIN);
  builder.ellipsoid(
    [center[0] - 0.022, center[1], center[2] + 0.026],
    [r * 0.93, r * 0.86, r * 0.98],
    10,
    Material.cloth,
    hairColor,
  );
}

const CYCLE_WHEEL = 0.34;
const AXLE_SPAN = 1.04;

/** Rider and cycle as one, as the label spec has them. Stands on z = 0, centred on the wheelbase. */
export function cyclistMesh(look: PersonLook, phase: number): Mesh {
  const builder = new MeshBuilder();
  const rear: Point = [-AXLE_SPAN / 2, 0, CYCLE_WHEEL];
  const front: Point = [AXLE_SPAN / 2, 0, CYCLE_WHEEL];
  const crank: Point = [-0.08, 0, 0.29];
  const seat: Point = [-0.2, 0, 0.88];
  const head: Point = [0.36, 0, 0.86];
  const grip: Point = [0.38, 0, 1.03];
  for (const hub of [rear, front]) cycleWheel(builder, hub);
  const bars: [Point, Point][] = [
    [rear, crank],
    [crank, seat],
    [rear, [seat[0], 0, 0.74]],
    [[seat[0], 0, 0.76], head],
    [crank, head],
    [head, front],
    [head, grip],
  ];
  for (const [a, b] of bars) builder.tube(a, b, 0.02, 0.02, 6, Material.metal, FRAME);
  builder.tube([0.36, -0.28, 1.04], [0.36, 0.28, 1.04], 0.017, 0.017, 6, Material.metal, SHOES);
  builder.box([seat[0] - 0.14, -0.08, 0.88], [seat[0] + 0.12, 0.08, 0.94], Material.plain, SHOES);
  const g = look.girth;
  const hip: Point = [-0.2, 0, 0.98];
  const shoulderZ = 0.98 + 0.3 * look.height;
  const neck: Point = [0.14, 0, shoulderZ];
  builder.tube(
    [hip[0], 0, hip[2] - 0.06],
    [-0.02, 0, (hip[2] + neck[2]) / 2 + 0.02],
    0.15 * g,
    0.15 * g,
    9,
    Material.cloth,
    TOP,
  );
  builder.tube([-0.02, 0, (hip[2] + neck[2]) / 2 + 0.02], neck, 0.15 * g, 0.15 * g, 9, Material.cloth, TOP);
  headAt(builder, [0.22, 0, shoulderZ + 0.19], look.height, HAIR);
  builder.tube(neck, [0.2, 0, shoulderZ + 0.12], 0.055, 0.05, 6, Material.skin, SKIN);
  const angle = 2 * Math.PI * phase;
  for (const side of [1, -1]) {
    const pedal: Point = [
      crank[0] + side * 0.17 * cos(angle),
      side * 0.12,
      crank[2] + side * 0.17 * sin(angle),
    ];
    const thigh: Point = [hip[0], side * 0.09, hip[2] - 0.02];
    const knee: Point = [(thigh[0] + pedal[0]) / 2 + 0.26, side * 0.12, (thigh[2] + pedal[2]) / 2 + 0.1];
    builder.tube(thigh, knee, 0.085 * g, 0.062 * g, 7, Material.cloth, LEGS);
    builder.tube(knee, [pedal[0], pedal[1], pedal[2] + 0.08], 0.06 * g, 0.042 * g, 7, Material.cloth, LEGS);
    builder.box(
      [pedal[0] - 0.08, pedal[1] - 0.045, pedal[2] - 0.01],
      [pedal[0] + 0.16, pedal[1] + 0.045, pedal[2] + 0.07],
      Material.plain,
      SHOES,
    );
    const shoulder: Point = [0.11, side * 0.19 * g, shoulderZ - 0.03];
    const elbow: Point = [0.25, side * 0.26, (shoulderZ + grip[2]) / 2 - 0.05];
    builder.tube(shoulder, elbow, 0.052 * g, 0.042 * g, 6, Material.cloth, TOP);
    builder.tube(elbow, [0.38, side * 0.24, 1.06], 0.042 * g, 0.034 * g, 6, Material.skin, SKIN);
  }
  return builder.build();
}

function cycleWheel(builder: MeshBuilder, hub: Point): void {
  const sides = 16;
  const at = (i: number, r: number, y: number): Point => {
    const angle = (2 * Math.PI * i) / sides;
    return [hub[0] + r * cos(angle), y, hub[2] + r * sin(angle)];
  };
  const outer = CYCLE_WHEEL;
  const inner = CYCLE_WHEEL - 0.045;
  const wide = 0.02;
  for (let i = 0; i < sides; i++) {
    const j = i + 1;
    const quad = (...corners: [Point, Point, Point, Point]) => builder.quad(corners, Material.rubber);
    quad(at(i, outer, -wide), at(i, outer, wide), at(j, outer, wide), at(j, outer, -wide));
    quad(at(i, inner, wide), at(i, inner, -wide), at(j, inner, -wide), at(j, inner, wide));
    quad(at(j, inner, wide), at(j, outer, wide), at(i, outer, wide), at(i, inner, wide));
    quad(at(i, inner, -wide), at(i, outer, -wide), at(j, outer, -wide), at(j, inner, -wide));
  }
  for (let i = 0; i < 4; i++)
    builder.tube(at(4 * i, inner, 0), at(4 * i + 8, inner, 0), 0.006, 0.006, 3, Material.metal, SHOES, false);
}

/** Things that stand along a street: cones, barriers, lamps, signs, traffic lights, trees, hedges, bins, benches. */
import { cos, sin } from '../portableMath.ts';
import type { Random } from '../random.ts';
import { Material } from './material.ts';
import { type Mesh, MeshBuilder } from './mesh.ts';
import { type Point, unit } from './vector.ts';

/** Traffic cone, 0.75 m; v of the shell is the height, which places the white bands. */
export function coneMesh(height: number): Mesh {
  const builder = new MeshBuilder();
  const base = 0.19;
  builder.box([-base, -base, 0], [base, base, 0.04], Material.rubber);
  builder.tube([0, 0, 0.04], [0, 0, height], 0.145, 0.03, 12, Material.cone);
  return builder.build();
}

/** Temporary barrier, thin along x (its front), wide along y, on two feet. */
export function barrierMesh(width: number, height: number): Mesh {
  const builder = new MeshBuilder();
  const half = width / 2;
  builder.box([-0.05, -half, height - 0.28], [0.05, half, height], Material.stripes, 0);
  builder.box([-0.05, -half, 0.38], [0.05, half, 0.62], Material.stripes, 0);
  for (const side of [-1, 1]) {
    const y = side * (half - 0.22);
    builder.box([-0.035, y - 0.035, 0.05], [0.035, y + 0.035, height - 0.02], Material.plain, 0);
    builder.box([-0.24, y - 0.12, 0], [0.24, y + 0.12, 0.09], Material.rubber);
  }
  return builder.build();
}

/** Street lamp; its arm reaches along x. */
export function lampMesh(height: number): Mesh {
  const builder = new MeshBuilder();
  builder.tube([0, 0, 0], [0, 0, 1.1], 0.1, 0.09, 8, Material.metal);
  builder.tube([0, 0, 1.1], [0, 0, height], 0.07, 0.05, 8, Material.metal);
  builder.tube([0, 0, height - 0.05], [1.7, 0, height + 0.3], 0.045, 0.04, 6, Material.metal);
  builder.box([1.4, -0.14, height + 0.24], [2.15, 0.14, height + 0.36], Material.metal);
  return builder.build();
}

/** Round or square sign on a pole, facing -x (towards traffic that drives along +x). Palette: 0 pole, 1 face, 2 rim. */
export function signMesh(isRound: boolean): Mesh {
  const builder = new MeshBuilder();
  builder.tube([0.04, 0, 0], [0.04, 0, 2.75], 0.035, 0.035, 7, Material.metal);
  const sides = isRound ? 20 : 4;
  const radius = isRound ? 0.32 : 0.42;
  const at = (i: number, x: number): Point => {
    const angle = (2 * Math.PI * (i + 0.5)) / sides;
    return [x, radius * cos(angle), 2.45 + radius * sin(angle)];
  };
  for (let i = 0; i < sides; i++) {
    const angle = (k: number) => (2 * Math.PI * (k + 0.5)) / sides;
    const uv = (k: number): [number, number] => [cos(angle(k)), sin(angle(k))];
    builder.triangle(
      [-0.02, 0, 2.45],
      at(i + 1, -0.02),
      at(i, -0.02),
      Material.sign,
      1,
      [0, 0],
      uv(i + 1),
      uv(i),
    );
    builder.triangle([0, 0, 2.45], at(i, 0), at(i + 1, 0), Material.metal, 0);
  }
  return builder.build();
}

/** Traffic light on a pole, lamps facing -x. The uv of the lamp face is [0..1, 0..1]. */
export function trafficLightMesh(): Mesh {
  const builder = new MeshBuilder();
  builder.tube([0, 0, 0], [0, 0, 3.3], 0.07, 0.06, 8, Material.metal);
  builder.box([-0.26, -0.17, 2.35], [-0.06, 0.17, 3.3], Material.plain, 1);
  builder.quad(
    [
      [-0.27, 0.15, 2.38],
      [-0.27, -0.15, 2.38],
      [-0.27, -0.15, 3.27],
      [-0.27, 0.15, 3.27],
    ],
    Material.trafficLight,
    1,
    [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ],
  );
  return builder.build();
}

/** Broad-leaved tree: a trunk with limbs, a dark core and a cloud of leaf tufts that the sun and the lidar pass between. */
export function treeMesh(random: Random, height: number): Mesh {
  const builder = new MeshBuilder();
  const crown = height * random.between(0.29, 0.36);
  const crownZ = height - crown * 0.95;
  builder.tube([0, 0, 0], [0, 0, crownZ], 0.05 + height * 0.016, 0.04 + height * 0.009, 8, Material.bark);
  const lobes: { center: Point; radius: number }[] = [{ center: [0, 0, crownZ], radius: crown * 0.82 }];
  const count = random.integer(5, 7);
  for (let i = 0; i < count; i++) {
    const angle = (2 * Math.PI * (i + random.unit() * 0.5)) / count;
    const reach = crown * random.between(0.42, 0.62);
    const center: Point = [
      reach * cos(angle),
      reach * sin(angle),
      crownZ + crown * random.between(-0.35, 0.42),
    ];
    lobes.push({ center, radius: crown * random.between(0.42, 0.58) });
    builder.tube([0, 0, crownZ - crown * 0.9], center, 0.06, 0.03, 5, Material.bark, 0, false);
  }
  for (const { center, radius } of lobes) {
    builder.ellipsoid(center, [radius * 0.72, radius * 0.72, radius * 0.66], 8, Material.foliage, 1);
    addTufts(builder, random, center, radius, Math.round(190 * radius));
  }
  return builder.build();
}

/** Small triangles scattered over a ball's shell, all facing roughly outwards. */
function addTufts(builder: MeshBuilder, random: Random, center: Point, radius: number, count: number): void {
  for (let i = 0; i < count; i++) {
    const out = unit([random.normal(), random.normal(), random.normal() * 0.85 + 0.12]);
    const reach = radius * random.between(0.7, 1.04);
    const middle: Point = [
      center[0] + out[0] * reach,
      center[1] + out[1] * reach,
      center[2] + out[2] * reach,
    ];
    const size = random.between(0.1, 0.2);
    const corner = (): Point => [
      middle[0] + size * random.normal(),
      middle[1] + size * random.normal(),
      middle[2] + size * 0.8 * random.normal(),
    ];
    const shade: [number, number] = [random.unit(), 0];
    builder.triangle(
      corner(),
      corner(),
      corner(),
      Material.foliage,
      random.chance(0.5) ? 0 : 2,
      shade,
      shade,
      shade,
    );
  }
}

/** Clipped hedge along x. */
export function hedgeMesh(random: Random, length: number, width: number, height: number): Mesh {
  const builder = new MeshBuilder();
  builder.box([-length / 2, -width / 2, 0], [length / 2, width / 2, height], Material.foliage, 1, false);
  const count = Math.round(length * height * 26);
  for (let i = 0; i < count; i++) {
    const side = random.integer(0, 2);
    const middle: Point = [
      random.between(-length / 2, length / 2),
      side === 2 ? random.between(-width / 2, width / 2) : (side - 0.5) * width,
      side === 2 ? height : random.between(0.05, height),
    ];
    const corner = (): Point => [
      middle[0] + 0.09 * random.normal(),
      middle[1] + 0.05 * random.normal(),
      Math.max(0, middle[2] + 0.08 * random.normal()),
    ];
    const shade: [number, number] = [random.unit(), 0];
    builder.triangle(
      corner(),
      corner(),
      corner(),
      Material.foliage,
      random.chance(0.5) ? 0 : 2,
      shade,
      shade,
      shade,
    );
  }
  return builder.build();
}

export function binMesh(): Mesh {
  const builder = new MeshBuilder();
  builder.tube([0, 0, 0.06], [0, 0, 0.86], 0.2, 0.24, 10, Material.plain, 0);
  builder.tube([0, 0, 0.86], [0, 0, 0.98], 0.26, 0.16, 10, Material.plain, 1);
  return builder.build();
}

/** Bus shelter open towards -y: back and side panes, roof, bench. */
export function shelterMesh(): Mesh {
  const builder = new MeshBuilder();
  const length = 4;
  for (const x of [-length / 2, 0, length / 2])
    builder.tube([x, 0.6, 0], [x, 0.6, 2.45], 0.05, 0.05, 6, Material.metal);
  for (const x of [-length / 2, length / 2])
    builder.tube([x, -0.7, 0], [x, -0.7, 2.45], 0.04, 0.04, 6, Material.metal);
  builder.box([-length / 2 - 0.15, -0.95, 2.45], [length / 2 + 0.15, 0.8, 2.58], Material.metal);
  builder.box([-length / 2 + 0.05, 0.58, 0.25], [length / 2 - 0.05, 0.61, 2.35], Material.glass, 1);
  builder.box([length / 2 - 0.02, -0.62, 0.25], [length / 2 + 0.01, 0.55, 2.35], Material.panel, 2);
  builder.box([-1.5, 0.2, 0.45], [1.3, 0.52, 0.51], Material.bark, 0);
  return builder.build();
}

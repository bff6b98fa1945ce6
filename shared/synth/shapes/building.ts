/**
 * Town houses and blocks: walls whose uv are metres along the street front and above the pavement (the facade's
 * drawing is procedural), roofs, parapets, balconies, awnings and chimneys as real geometry.
 */
import type { Random } from '../random.ts';
import { Material } from './material.ts';
import { type Mesh, MeshBuilder } from './mesh.ts';
import type { Point, Uv } from './vector.ts';

/** The drawing of a facade, metres. */
export interface FacadeStyle {
  readonly salt: number;
  readonly bay: number;
  readonly groundHeight: number;
  readonly floorHeight: number;
  readonly windowWidth: number;
  readonly windowHeight: number;
  readonly sill: number;
  readonly isBrick: boolean;
  readonly hasShop: boolean;
  readonly isOffice: boolean;
}

export interface BuildingPlan {
  /** Along the street. */
  readonly length: number;
  readonly depth: number;
  readonly height: number;
  readonly floors: number;
  readonly roof: 'flat' | 'pitched';
  readonly facade: FacadeStyle;
}

/** Palette of a building: 0 wall, 1 trim, 2 roof, 3 awning or door. */
const WALL = 0;
const TRIM = 1;
const ROOF = 2;
const AWNING = 3;

export function planBuilding(random: Random, length: number): BuildingPlan {
  const isOffice = random.chance(0.18);
  const hasShop = !isOffice && random.chance(0.5);
  const floors = isOffice ? random.integer(4, 7) : random.integer(2, 5);
  const groundHeight = hasShop || isOffice ? 4 : 3.5;
  const floorHeight = isOffice ? 3.5 : random.between(2.95, 3.3);
  const roof = !isOffice && random.chance(0.5) ? 'pitched' : 'flat';
  const wanted = isOffice ? random.between(1.6, 2.2) : random.between(2.3, 3.2);
  const bay = length / Math.max(1, Math.round(length / wanted));
  const facade: FacadeStyle = {
    salt: random.integer(1, 1_000_000),
    bay,
    groundHeight,
    floorHeight,
    windowWidth: isOffice ? bay * 0.82 : Math.min(bay * 0.55, random.between(1, 1.5)),
    windowHeight: isOffice ? 2.3 : random.between(1.45, 1.85),
    sill: isOffice ? 0.7 : 0.85,
    isBrick: !isOffice && random.chance(0.45),
    hasShop,
    isOffice,
  };
  const height = groundHeight + (floors - 1) * floorHeight + (roof === 'flat' ? 0.9 : 0.4);
  return { length, depth: random.between(9, 13), height, floors, roof, facade };
}

/** Front wall in the plane y = 0, facing -y; length along x centred on 0; the body lies at y > 0. */
export function buildingMesh(random: Random, plan: BuildingPlan): Mesh {
  const builder = new MeshBuilder();
  const { length, depth, height } = plan;
  const x0 = -length / 2;
  const x1 = length / 2;
  wall(builder, [x0, 0, 0], [x1, 0, 0], height, 0);
  wall(builder, [x1, 0, 0], [x1, depth, 0], height, 0);
  wall(builder, [x1, depth, 0], [x0, depth, 0], height, 0);
  wall(builder, [x0, depth, 0], [x0, 0, 0], height, 0);
  if (plan.roof === 'flat') addFlatRoof(builder, plan);
  else addPitchedRoof(builder, plan);
  if (plan.facade.hasShop) addAwnings(builder, random, plan);
  else if (!plan.facade.isOffice && random.chance(0.55)) addBalconies(builder, plan, random.integer(0, 2));
  // A string course and the cornice catch light and shadow along the whole front.
  builder.box([x0, -0.12, height - 0.42], [x1, 0, height - 0.1], Material.plain, TRIM);
  builder.box(
    [x0, -0.06, plan.facade.groundHeight - 0.22],
    [x1, 0, plan.facade.groundHeight],
    Material.plain,
    TRIM,
  );
  return builder.build();
}

function wall(builder: MeshBuilder, from: Point, to: Point, height: number, base: number): void {
  const run = Math.abs(to[0] - from[0]) + Math.abs(to[1] - from[1]);
  const uvs: [Uv, Uv, Uv, Uv] = [
    [0, base],
    [run, base],
    [run, height],
    [0, height],
  ];
  builder.quad(
    [
      [from[0], from[1], base],
      [to[0], to[1], base],
      [to[0], to[1], height],
      [from[0], from[1], height],
    ],
    Material.facade,
    WALL,
    uvs,
  );
}

function addFlatRoof(builder: MeshBuilder, plan: BuildingPlan): void {
  const { length, depth, height } = plan;
  const x0 = -length / 2;
  const x1 = length / 2;
  builder.quad(
    [
      [x0, 0, height],
      [x1, 0, height],
      [x1, depth, height],
      [x0, depth, height],
    ],
    Material.roof,
    ROOF,
  );
  builder.box([x0 - 0.05, -0.16, height - 0.1], [x1 + 0.05, 0.2, height + 0.12], Material.plain, TRIM);
  builder.box([-1.4, depth * 0.4, height], [1.2, depth * 0.4 + 2.2, height + 1.6], Material.plain, ROOF);
}

function addPitchedRoof(builder: MeshBuilder, plan: BuildingPlan): void {
  const { length, depth, height } = plan;
  const rise = depth * 0.36;
  const eave = 0.35;
  const x0 = -length / 2;
  const x1 = length / 2;
  const ridge = depth / 2;
  const slope = Math.sqrt(rise * rise + ridge * ridge);
  const uvs: [Uv, Uv, Uv, Uv] = [
    [0, 0],
    [length, 0],
    [length, slope],
    [0, slope],
  ];
  const low = height - (eave * rise) / ridge;
  builder.quad(
    [
      [x0, -eave, low],
      [x1, -eave, low],
      [x1, ridge, height + rise],
      [x0, ridge, height + rise],
    ],
    Material.roof,
    ROOF,
    uvs,
  );
  builder.quad(
    [
      [x1, depth + eave, low],
      [x0, depth + eave, low],
      [x0, ridge, height + rise],
      [x1, ridge, height + rise],
    ],
    Material.roof,
    ROOF,
    uvs,
  );
  builder.triangle([x1, 0, height], [x1, depth, height], [x1, ridge, height + rise], Material.plain, WALL);
  builder.triangle([x0, depth, height], [x0, 0, height], [x0, ridge, height + rise], Material.plain, WALL);
  builder.box(
    [x0 + 0.9, ridge - 0.5, height + rise * 0.6],
    [x0 + 1.6, ridge + 0.3, height + rise + 1],
    Material.plain,
    ROOF,
  );
}

/** Sloping cloth over the shop windows, one per two bays. */
function addAwnings(builder: MeshBuilder, random: Random, plan: BuildingPlan): void {
  const { bay, groundHeight } = plan.facade;
  const bays = Math.round(plan.length / bay);
  for (let i = 0; i + 1 < bays; i += 2) {
    if (random.chance(0.35)) continue;
    const x0 = -plan.length / 2 + i * bay + 0.3;
    const x1 = x0 + 2 * bay - 0.6;
    const top = groundHeight - 0.55;
    const low = top - 0.5;
    const run = x1 - x0;
    const uvs: [Uv, Uv, Uv, Uv] = [
      [0, 0],
      [run, 0],
      [run, 1],
      [0, 1],
    ];
    builder.quad(
      [
        [x0, -1.15, low],
        [x1, -1.15, low],
        [x1, 0, top],
        [x0, 0, top],
      ],
      Material.panel,
      AWNING,
      uvs,
    );
    builder.quad(
      [
        [x1, -1.15, low],
        [x0, -1.15, low],
        [x0, 0, top],
        [x1, 0, top],
      ],
      Material.panel,
      AWNING,
      uvs,
    );
    builder.box([x0, -1.17, low - 0.16], [x1, -1.14, low], Material.panel, AWNING);
  }
}

function addBalconies(builder: MeshBuilder, plan: BuildingPlan, column: number): void {
  const { bay, groundHeight, floorHeight } = plan.facade;
  const bays = Math.round(plan.length / bay);
  for (let floor = 1; floor < plan.floors; floor++)
    for (let i = column; i < bays; i += 3) {
      const middle = -plan.length / 2 + (i + 0.5) * bay;
      const z = groundHeight + (floor - 1) * floorHeight + 0.05;
      const half = Math.min(bay * 0.48, 1.25);
      builder.box([middle - half, -1.05, z], [middle + half, 0, z + 0.16], Material.plain, TRIM);
      builder.box([middle - half, -1.05, z + 0.16], [middle + half, -1.0, z + 1], Material.metal, TRIM);
      for (const side of [-1, 1]) {
        const x = middle + side * (half - 0.025);
        builder.box([x - 0.025, -1, z + 0.16], [x + 0.025, 0, z + 1], Material.metal, TRIM);
      }
    }
}

/** Passenger cars and delivery vans: a lofted body, wheels in their arches, lamps, grille, plates. */
import { loft, type Skin, type Station } from './loft.ts';
import { Material } from './material.ts';
import { type Mesh, MeshBuilder } from './mesh.ts';
import { wheel, wheelArch } from './wheel.ts';

export type CarShape = 'hatchback' | 'saloon' | 'estate' | 'suv' | 'van';

export interface CarSize {
  readonly length: number;
  readonly width: number;
  readonly height: number;
}

/** Palette of a car instance: 0 paint, 1 trim and glass tint. */
const PAINT = 0;
const TRIM = 1;

interface Profile {
  /** Share of the length from the front bumper, with heights as a share of the body's. */
  readonly cowl: number;
  readonly roofFront: number;
  readonly roofRear: number;
  readonly tail: number;
  readonly belt: number;
  readonly bonnet: number;
  readonly deck: number;
  readonly roofWidth: number;
  readonly hasRearSideGlass: boolean;
  readonly wheelRadius: number;
}

const profiles: Readonly<Record<CarShape, Profile>> = {
  hatchback: {
    cowl: 0.25,
    roofFront: 0.42,
    roofRear: 0.83,
    tail: 0.96,
    belt: 0.62,
    bonnet: 0.6,
    deck: 0.66,
    roofWidth: 0.72,
    hasRearSideGlass: true,
    wheelRadius: 0.31,
  },
  saloon: {
    cowl: 0.27,
    roofFront: 0.43,
    roofRear: 0.68,
    tail: 0.84,
    belt: 0.62,
    bonnet: 0.6,
    deck: 0.68,
    roofWidth: 0.7,
    hasRearSideGlass: true,
    wheelRadius: 0.33,
  },
  estate: {
    cowl: 0.26,
    roofFront: 0.41,
    roofRear: 0.88,
    tail: 0.97,
    belt: 0.62,
    bonnet: 0.6,
    deck: 0.66,
    roofWidth: 0.72,
    hasRearSideGlass: true,
    wheelRadius: 0.33,
  },
  suv: {
    cowl: 0.25,
    roofFront: 0.38,
    roofRear: 0.86,
    tail: 0.96,
    belt: 0.62,
    bonnet: 0.62,
    deck: 0.64,
    roofWidth: 0.75,
    hasRearSideGlass: true,
    wheelRadius: 0.36,
  },
  van: {
    cowl: 0.13,
    roofFront: 0.29,
    roofRear: 0.985,
    tail: 0.995,
    belt: 0.52,
    bonnet: 0.48,
    deck: 0.52,
    roofWidth: 0.86,
    hasRearSideGlass: false,
    wheelRadius: 0.35,
  },
};

/** The mesh stands on z = 0, centred on the body's length and width. */
export function carMesh(shape: CarShape, size: CarSize): Mesh {
  const builder = new MeshBuilder();
  const profile = profiles[shape];
  addBody(builder, shape, profile, size);
  addRunningGear(builder, profile, size);
  addLamps(builder, shape, profile, size);
  return builder.build();
}

function addBody(builder: MeshBuilder, shape: CarShape, profile: Profile, size: CarSize): void {
  const { length, width, height } = size;
  const half = width / 2;
  const floor = shape === 'suv' ? 0.3 : 0.24;
  const x = (share: number) => length * (0.5 - share);
  const low = (share: number, top: number, waist: number, sill = 0.95): Station => ({
    x: x(share),
    floor: floor + (share < 0.02 || share > 0.98 ? 0.1 : 0),
    belt: height * top - 0.07,
    top: height * top,
    sill: half * sill * waist,
    waist: half * waist,
    roof: half * waist * 0.84,
  });
  const cabin = (share: number, top: number, roof: number): Station => ({
    x: x(share),
    floor,
    belt: height * profile.belt,
    top: height * top,
    sill: half * 0.95,
    waist: half,
    roof: half * roof,
  });
  const { cowl, roofFront, roofRear, tail, bonnet, deck, roofWidth, belt } = profile;
  const glassEnd = profile.hasRearSideGlass ? roofRear - 0.01 : roofFront + 0.17;
  const middle = (roofFront + glassEnd) / 2;
  const plan: [Station, Skin][] = [];
  const add = (station: Station, side: Skin['side'], top: Skin['top']) => plan.push([station, { side, top }]);
  // Front to rear; each skin covers the stretch behind its station.
  add(low(0, bonnet * 0.62, 0.8), 'paint', 'paint');
  add(low(0.012, bonnet * 0.8, 0.9), 'paint', 'paint');
  add(low(0.05, bonnet * 0.93, 0.97), 'paint', 'paint');
  add(low(0.12, bonnet * 0.98, 1), 'paint', 'paint');
  add(cabin(cowl, belt + 0.03, 0.9), 'pillar', 'glass');
  add(cabin(roofFront, 0.965, roofWidth), 'glass', 'paint');
  add(cabin(roofFront + 0.05, 0.99, roofWidth), 'glass', 'paint');
  add(cabin(middle - 0.012, 1, roofWidth), 'pillar', 'paint');
  add(cabin(middle + 0.012, 1, roofWidth), 'glass', 'paint');
  add(
    cabin(glassEnd, profile.hasRearSideGlass ? 0.975 : 1, roofWidth),
    profile.hasRearSideGlass ? 'pillar' : 'paint',
    'paint',
  );
  add(
    cabin(roofRear, shape === 'van' ? 0.985 : 0.955, roofWidth),
    'pillar',
    shape === 'van' ? 'paint' : 'glass',
  );
  add(cabin(tail, shape === 'van' ? 0.96 : deck, shape === 'van' ? roofWidth : 0.9), 'paint', 'paint');
  if (shape === 'saloon') add(low(0.955, deck * 0.99, 0.95), 'paint', 'paint');
  if (shape === 'saloon') add(low(0.99, deck * 0.94, 0.9), 'paint', 'paint');
  if (shape === 'van') add({ ...cabin(1, 0.955, roofWidth - 0.02), waist: half * 0.97 }, 'paint', 'paint');
  else add(low(1, deck * 0.82, 0.84), 'paint', 'paint');
  plan.reverse();
  const stations = plan.map(([station]) => station);
  // Reversed, the skin behind a station belongs to the pair that ends at it.
  const skins = plan.slice(1).map(([, skin]) => skin);
  loft(builder, stations, skins, { paint: PAINT, trim: TRIM });
}

function addRunningGear(builder: MeshBuilder, profile: Profile, size: CarSize): void {
  const { length, width } = size;
  const radius = profile.wheelRadius;
  const half = width / 2;
  for (const x of [length * 0.5 - 0.19 * length, -length * 0.5 + 0.2 * length])
    for (const side of [1, -1]) {
      wheelArch(builder, x, side * (half + 0.004), radius, radius + 0.06);
      wheel(builder, x, side * (half + 0.012), radius, 0.21);
    }
  // The dark underside closes the body to the sun and to low rays.
  builder.box([-length * 0.46, -half * 0.85, 0.18], [length * 0.46, half * 0.85, 0.3], Material.plain, TRIM);
}

function addLamps(builder: MeshBuilder, shape: CarShape, profile: Profile, size: CarSize): void {
  const { length, width, height } = size;
  const half = width / 2;
  const nose = length / 2;
  const lampTop = height * profile.bonnet * 0.79;
  const isTall = shape === 'van' || shape === 'suv' || shape === 'estate';
  const tailTop = isTall ? height * 0.62 : height * profile.deck * 0.82;
  const tailHeight = isTall ? 0.42 : 0.15;
  const tailInner = isTall ? 0.74 : 0.5;
  for (const side of [1, -1]) {
    const across = (a: number, b: number): [number, number] => (side > 0 ? [a, b] : [-b, -a]);
    const [h0, h1] = across(half * 0.5, half * 0.84);
    builder.box([nose - 0.22, h0, lampTop - 0.13], [nose + 0.004, h1, lampTop], Material.headlight);
    const [t0, t1] = across(half * tailInner, half * (shape === 'van' ? 0.955 : 0.86));
    builder.box([-nose - 0.006, t0, tailTop - tailHeight], [-nose + 0.1, t1, tailTop], Material.taillight);
    const mirrorX = nose - (profile.cowl + 0.07) * length;
    const [m0, m1] = across(half * 0.9, half + 0.005);
    const mirrorZ = height * profile.belt + 0.02;
    builder.box([mirrorX - 0.05, m0, mirrorZ], [mirrorX + 0.07, m1, mirrorZ + 0.13], Material.paint, PAINT);
  }
  builder.box(
    [nose - 0.1, -half * 0.46, 0.36],
    [nose + 0.008, half * 0.46, lampTop - 0.06],
    Material.plain,
    TRIM,
  );
  builder.box([nose - 0.1, -half * 0.8, 0.27], [nose + 0.012, half * 0.8, 0.34], Material.plain, TRIM);
  builder.box([-nose - 0.012, -half * 0.8, 0.3], [-nose + 0.1, half * 0.8, 0.42], Material.plain, TRIM);
  builder.box([nose, -0.26, 0.42], [nose + 0.016, 0.26, 0.53], Material.plate);
  const plateLow = isTall ? height * 0.42 : height * profile.deck * 0.5;
  builder.box([-nose - 0.016, -0.26, plateLow], [-nose, 0.26, plateLow + 0.11], Material.plate);
}

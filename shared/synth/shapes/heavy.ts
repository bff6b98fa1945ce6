/** City buses and rigid trucks. */
import { loft, type Skin, type Station } from './loft.ts';
import { Material } from './material.ts';
import { type Mesh, MeshBuilder } from './mesh.ts';
import { wheel, wheelArch } from './wheel.ts';

/** Palette of a bus: 0 paint, 1 trim. Window bays every 1.5 m between slim pillars, glazed at both ends. */
export function busMesh(length: number, width: number, height: number): Mesh {
  const builder = new MeshBuilder();
  const half = width / 2;
  const station = (x: number, inset: number): Station => ({
    x,
    floor: 0.3,
    belt: 1.25,
    top: height - inset * 0.5,
    sill: half - inset,
    waist: half - inset,
    roof: half * 0.975 - inset,
  });
  const stations: Station[] = [station(-length / 2, 0.1), station(-length / 2 + 0.12, 0)];
  const skins: Skin[] = [{ side: 'paint', top: 'paint' }];
  const bays = Math.round((length - 1.2) / 1.5);
  const bay = (length - 1.2) / bays;
  for (let i = 0; i < bays; i++) {
    const start = -length / 2 + 0.6 + i * bay;
    stations.push(station(start + 0.05, 0), station(start + bay - 0.05, 0));
    skins.push({ side: i === 0 ? 'paint' : 'pillar', top: 'paint' }, { side: 'glass', top: 'paint' });
  }
  stations.push(station(length / 2 - 0.1, 0), station(length / 2, 0.1));
  skins.push({ side: 'glass', top: 'paint' }, { side: 'pillar', top: 'paint' });
  loft(builder, stations, skins, { paint: 0, trim: 1 }, { front: 'glass', rear: 'paint' });
  for (const x of [length / 2 - 2.6, -length / 2 + 3.1]) addAxle(builder, x, half, 0.48);
  builder.box([-length * 0.47, -half * 0.9, 0.25], [length * 0.47, half * 0.9, 0.4], Material.plain, 1);
  builder.box(
    [length / 2 - 0.02, -0.9, height - 0.45],
    [length / 2 + 0.01, 0.9, height - 0.18],
    Material.plain,
    1,
  );
  builder.box([-length / 2 - 0.01, -0.8, 1.5], [-length / 2 + 0.02, 0.8, 2.6], Material.glass, 1);
  addEndLamps(builder, length / 2, half, 0.75);
  return builder.build();
}

/** Palette of a truck: 0 cab, 1 trim, 2 cargo box. */
export function truckMesh(length: number, width: number, height: number): Mesh {
  const builder = new MeshBuilder();
  const half = width / 2;
  const cabLength = 1.85;
  const cabHeight = Math.min(2.75, height - 0.35);
  const cabRear = length / 2 - cabLength;
  const station = (x: number, top: number, inset: number, roof: number): Station => ({
    x,
    floor: 0.45,
    belt: 1.62,
    top,
    sill: half * 0.95 - inset,
    waist: half * 0.95 - inset,
    roof: half * roof - inset,
  });
  loft(
    builder,
    [
      station(cabRear, cabHeight - 0.02, 0.03, 0.88),
      station(cabRear + 0.35, cabHeight, 0, 0.88),
      station(cabRear + 0.45, cabHeight, 0, 0.88),
      station(cabRear + 1.35, cabHeight - 0.06, 0, 0.88),
      station(length / 2 - 0.12, 1.86, 0, 0.92),
      station(length / 2, 1.7, 0.06, 0.92),
    ],
    [
      { side: 'paint', top: 'paint' },
      { side: 'pillar', top: 'paint' },
      { side: 'glass', top: 'paint' },
      { side: 'pillar', top: 'glass' },
      { side: 'paint', top: 'paint' },
    ],
    { paint: 0, trim: 1 },
  );
  const boxRear = -length / 2 + 0.02;
  builder.box([boxRear, -half, 1.05], [cabRear - 0.12, half, height], Material.panel, 2);
  builder.box([boxRear + 0.1, -half * 0.42, 0.62], [cabRear + 0.6, half * 0.42, 1.05], Material.plain, 1);
  builder.box([boxRear + 2.7, -half * 0.93, 0.42], [cabRear - 0.9, -half * 0.9, 0.9], Material.metal, 1);
  builder.box([boxRear + 2.7, half * 0.9, 0.42], [cabRear - 0.9, half * 0.93, 0.9], Material.metal, 1);
  builder.box([boxRear, -half * 0.9, 0.42], [boxRear + 0.08, half * 0.9, 0.58], Material.stripes, 1);
  addAxle(builder, length / 2 - 1.3, half * 0.96, 0.46);
  addAxle(builder, boxRear + 1.5, half * 0.96, 0.46);
  if (length > 8.2) addAxle(builder, boxRear + 2.6, half * 0.96, 0.46);
  addEndLamps(builder, length / 2, half * 0.93, 0.62);
  builder.box(
    [length / 2 - 0.03, -half * 0.72, 0.8],
    [length / 2 + 0.012, half * 0.72, 1.3],
    Material.plain,
    1,
  );
  return builder.build();
}

function addAxle(builder: MeshBuilder, x: number, half: number, radius: number): void {
  for (const side of [1, -1]) {
    wheelArch(builder, x, side * (half + 0.003), radius, radius + 0.08);
    wheel(builder, x, side * (half + 0.01), radius, 0.3);
  }
}

function addEndLamps(builder: MeshBuilder, nose: number, half: number, z: number): void {
  for (const side of [1, -1]) {
    const low = side > 0 ? half * 0.62 : -half * 0.9;
    const high = side > 0 ? half * 0.9 : -half * 0.62;
    builder.box([nose - 0.12, low, z], [nose + 0.012, high, z + 0.18], Material.headlight);
    builder.box([-nose - 0.012, low, z], [-nose + 0.12, high, z + 0.2], Material.taillight);
  }
  builder.box([nose, -0.26, 0.46], [nose + 0.02, 0.26, 0.57], Material.plate);
  builder.box([-nose - 0.016, -0.26, 0.6], [-nose, 0.26, 0.71], Material.plate);
}

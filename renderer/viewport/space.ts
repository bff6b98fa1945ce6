/**
 * The one 3D scene that close views and the context view share: the frame's sweeps, its cuboids, the strokes that
 * explain the selected label, range rings. Coordinates are the frame's space less `origin`, so that clouds in map
 * coordinates keep their millimetres on a GPU that counts in floats.
 */
import { Matrix4, Scene } from 'three';
import type { CuboidShape } from '../../shared/geometry/cuboid.ts';
import { rotationFromQuaternion } from '../../shared/geometry/rotation.ts';
import type { Delivery } from '../../shared/model/delivery.ts';
import type { CuboidColumns } from '../../shared/model/labels.ts';
import type { Vec3 } from '../../shared/model/pose.ts';
import { createCuboidLines } from './gpu/cuboidLines.ts';
import {
  type Colouring,
  createPointsMaterial,
  createRamps,
  disposeRamps,
  dressPoints,
  type PointsMaterial,
  type Ramps,
  setColouring,
} from './gpu/pointsMaterial.ts';
import { createRangeRings } from './gpu/rangeRings.ts';
import { createStrokes } from './gpu/strokes.ts';
import type { SweepPart, SweepPoints } from './gpu/sweepPoints.ts';
import type { Palette } from './palette.ts';
import type { ShownCell } from './shown.ts';

/** Context stays at about half strength, so that the label is the brightest thing. */
const closeContextStrength = 0.62;

export interface SpaceMaterials {
  readonly whole: PointsMaterial;
  readonly near: PointsMaterial;
  /** Radar returns: few, and drawn larger. */
  readonly radar: { readonly whole: PointsMaterial; readonly near: PointsMaterial };
}

export interface Space {
  readonly scene: Scene;
  readonly materials: SpaceMaterials;
  readonly cuboids: ReturnType<typeof createCuboidLines>;
  readonly strokes: ReturnType<typeof createStrokes>;
  readonly ramps: Ramps;
  origin: Vec3;
  /** Swaps in the sweeps of another frame; they stay the ring's. */
  setSweeps(sweeps: readonly SweepPoints[], sensor: Vec3): void;
  setCuboids(columns: CuboidColumns, from: number, to: number): void;
  /** Marks the points inside the label; null = none. Given in the frame's space. */
  setLabel(shape: CuboidShape | null): void;
  setColouring(colouring: Colouring): void;
  setPointPixels(cssPixels: number, pixelRatio: number): void;
  /** Points inside any label are drawn at this share of their strength: 1 as all others, less when searching. */
  setMemberStrength(strength: number): void;
  /** Points outside the cell step back; null = all of space is looked at. */
  setCell(cell: ShownCell | null): void;
  dress(palette: Palette): void;
  /** The sensor's place at about the height of the ground, in the drawn space. */
  sensorOnGround(): Vec3;
  /** `mostPoints`: so many of all points are drawn in the context view, those of the first parts. */
  showFor(view: 'close' | 'context', showRings: boolean, mostPoints: number): void;
  /** A part of what is shown that the GPU does not have yet; null = it has all that `mostPoints` allow. */
  nextPart(mostPoints: number): SweepPart | null;
  dispose(): void;
}

/** A return stands for a whole surface: this much larger than a lidar point, CSS pixels. */
const radarPixels = 4;

/** Share of their strength that points outside the searched cell keep. */
const outsideStrength = 0.28;

const fromOrigin = ([x, y, z]: Vec3, [ox, oy, oz]: Vec3): Vec3 => [x - ox, y - oy, z - oz];

export function createSpace(palette: Palette, pointClasses: Delivery['pointClasses']): Space {
  const scene = new Scene();
  scene.matrixWorldAutoUpdate = false;
  const radarMaterial = createPointsMaterial();
  const materials: SpaceMaterials = {
    whole: createPointsMaterial(),
    near: createPointsMaterial(),
    radar: { whole: radarMaterial, near: radarMaterial },
  };
  const allMaterials = [materials.whole, materials.near, radarMaterial];
  const cuboids = createCuboidLines();
  const strokes = createStrokes();
  const rings = createRangeRings();
  let ramps = createRamps(palette, pointClasses);
  let sweeps: readonly SweepPoints[] = [];
  // In the order they are drawn: points join in between, since only lines are see-through.
  scene.add(rings.object, cuboids.object, strokes.object);
  materials.near.uniforms.contextStrength.value = closeContextStrength;
  setColouring(materials.near, 'plain');
  setColouring(radarMaterial, 'plain');

  const space: Space = {
    scene,
    materials,
    cuboids,
    strokes,
    get ramps() {
      return ramps;
    },
    origin: [0, 0, 0],
    setSweeps(next, sensor) {
      for (const { parts } of sweeps) for (const { whole, near } of parts) scene.remove(whole, near);
      sweeps = next;
      space.origin = next[0]?.loaded.sweep.origin ?? [0, 0, 0];
      for (const points of next) {
        points.place(space.origin);
        for (const { whole, near } of points.parts) scene.add(whole, near);
      }
      const around = fromOrigin(sensor, space.origin);
      const heights = next.map(({ loaded }) => loaded.heightRange);
      const low = Math.min(...heights.map(([value]) => value)) - space.origin[2];
      const high = Math.max(...heights.map(([, value]) => value)) - space.origin[2];
      for (const material of allMaterials) {
        if (next.length > 0) material.uniforms.heightSpan.value.set(low, high);
        material.uniforms.intensityTop.value = Math.max(0, ...next.map(({ loaded }) => loaded.intensityTop));
        material.uniforms.sensor.value.fromArray(around);
      }
      rings.place([around[0], around[1], next.length > 0 ? low : around[2]]);
    },
    setCuboids(columns, from, to) {
      cuboids.setRows(columns, from, to, space.origin);
    },
    setLabel(shape) {
      for (const { uniforms } of allMaterials) {
        uniforms.hasLabel.value = shape ? 1 : 0;
        if (!shape) continue;
        const [x, y, z] = fromOrigin(shape.center, space.origin);
        const r = rotationFromQuaternion(shape.rotation);
        pose.set(
          ...([r[0]!, r[1]!, r[2]!, x] as const),
          ...([r[3]!, r[4]!, r[5]!, y] as const),
          ...([r[6]!, r[7]!, r[8]!, z] as const),
          ...([0, 0, 0, 1] as const),
        );
        uniforms.labelFromSpace.value.copy(pose).invert();
        uniforms.labelHalf.value.set(shape.size[0] / 2, shape.size[1] / 2, shape.size[2] / 2);
      }
    },
    setColouring(colouring) {
      setColouring(materials.whole, colouring);
      // Close up, one quiet hue is enough to see the surroundings by; a number asked for shows there as well.
      setColouring(materials.near, colouring === 'height' ? 'plain' : colouring);
    },
    setPointPixels(cssPixels, pixelRatio) {
      for (const { uniforms } of [materials.whole, materials.near]) {
        uniforms.pointPixels.value = cssPixels * pixelRatio;
      }
      radarMaterial.uniforms.pointPixels.value = (cssPixels + radarPixels) * pixelRatio;
    },
    setMemberStrength(strength) {
      materials.whole.uniforms.memberStrength.value = strength;
    },
    setCell(cell) {
      const { uniforms } = materials.whole;
      uniforms.outsideStrength.value = cell ? outsideStrength : 1;
      if (!cell) return;
      const isWhole = cell.sector < 0 || cell.sectors <= 1;
      const width = (2 * Math.PI) / Math.max(1, cell.sectors);
      const middle = isWhole ? 0 : cell.sector * width;
      uniforms.cell.value.set(cell.fromMeters, cell.toMeters, middle, isWhole ? 2 * Math.PI : width / 2);
    },
    dress(next) {
      disposeRamps(ramps);
      ramps = createRamps(next, pointClasses);
      dressPoints(materials.whole, next, ramps);
      dressPoints(materials.near, next, ramps);
      dressPoints(radarMaterial, next, ramps);
      radarMaterial.uniforms.plain.value.fromArray(next.radar);
      rings.setColour(next.rings);
    },
    sensorOnGround() {
      const { sensor, heightSpan } = materials.whole.uniforms;
      return [sensor.value.x, sensor.value.y, heightSpan.value.x];
    },
    showFor(view, showRings, mostPoints) {
      let shown = 0;
      for (const { parts } of sweeps) {
        for (const [at, { whole, near, isUploaded }] of parts.entries()) {
          // Every sweep shows its first part; of the others what the budget allows and the GPU has.
          const isWithin = at === 0 || (isUploaded && shown < mostPoints);
          whole.visible = view === 'context' && isWithin;
          near.visible = view === 'close' && (near.geometry.index?.count ?? 0) > 0;
          if (isWithin) shown += whole.geometry.drawRange.count;
        }
      }
      rings.object.visible = view === 'context' && showRings;
    },
    nextPart(mostPoints) {
      let held = 0;
      for (const { parts } of sweeps) {
        for (const part of parts) {
          if (!part.isUploaded) return held < mostPoints ? part : null;
          held += part.whole.geometry.drawRange.count;
        }
      }
      return null;
    },
    dispose() {
      space.setSweeps([], [0, 0, 0]);
      cuboids.dispose();
      strokes.dispose();
      rings.dispose();
      disposeRamps(ramps);
      materials.whole.dispose();
      materials.near.dispose();
      radarMaterial.dispose();
    },
  };
  space.dress(palette);
  return space;
}

const pose = new Matrix4();

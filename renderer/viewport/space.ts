/**
 * The one 3D scene that close views and the context view share: the frame's sweeps, its cuboids, the strokes that
 * explain the selected label, range rings. Coordinates are the frame's space less `origin`, so that clouds in map
 * coordinates keep their millimetres on a GPU that counts in floats.
 */
import { Matrix4, Scene } from 'three';
import type { CuboidShape } from '../../shared/geometry/cuboid.ts';
import { identityRotation, rotationFromQuaternion } from '../../shared/geometry/rotation.ts';
import type { Delivery } from '../../shared/model/delivery.ts';
import type { CuboidColumns } from '../../shared/model/labels.ts';
import type { Mat4, Vec3 } from '../../shared/model/pose.ts';
import { type Colouring, type ColourSpans, noSpans } from './colourings.ts';
import { createCuboidLines } from './gpu/cuboidLines.ts';
import {
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

/** A sweep as it is drawn now. `follow`: moves its points near the label along with it, within the frame's space. */
export interface DrawnSweep {
  readonly points: SweepPoints;
  readonly follow: Mat4 | null;
}

/** Which points are left out of every view. */
export interface PointLimits {
  readonly hideGround: boolean;
  /** Metres around the label, or around the sensor where there is none; null = everything is drawn. */
  readonly clipMeters: number | null;
}

export interface PointSize {
  /** CSS pixels. */
  readonly pixels: number;
  /** Diameter in metres instead; null = pixels. */
  readonly meters: number | null;
}

export interface Space {
  readonly scene: Scene;
  readonly materials: SpaceMaterials;
  readonly cuboids: ReturnType<typeof createCuboidLines>;
  readonly strokes: ReturnType<typeof createStrokes>;
  readonly ramps: Ramps;
  origin: Vec3;
  /** Swaps in the sweeps of another frame; they stay the ring's. */
  setSweeps(sweeps: readonly DrawnSweep[], sensor: Vec3): void;
  /** From what to what the numbers of the sweeps in it go. */
  readonly spans: ColourSpans;
  setCuboids(columns: CuboidColumns, from: number, to: number): void;
  /** Marks the points inside the label; null = none. Given in the frame's space. */
  setLabel(shape: CuboidShape | null): void;
  setColouring(colouring: Colouring): void;
  setPointSize(size: PointSize, pixelRatio: number): void;
  setLimits(limits: PointLimits): void;
  /** Points inside any label are drawn at this share of their strength: 1 as all others, less when searching. */
  setMemberStrength(strength: number): void;
  /** Points outside the cell step back; null = all of space is looked at. */
  setCell(cell: ShownCell | null): void;
  dress(palette: Palette): void;
  /** The sensor's place at about the height of the ground, in the drawn space. */
  sensorOnGround(): Vec3;
  /**
   * `mostPoints`: so many of all points are drawn in the context view, those of the first parts. `height` of the view
   * in device pixels.
   */
  showFor(view: 'close' | 'context', showRings: boolean, mostPoints: number, height: number): void;
  /** Of what `showFor` shows, only the points or only the rest; the next `showFor` shows all again. */
  showOnly(what: 'points' | 'lines'): void;
  /** A part of what is shown that the GPU does not have yet; null = it has all that `mostPoints` allow. */
  nextPart(mostPoints: number): SweepPart | null;
  dispose(): void;
}

/** A return stands for a whole surface: this much larger than a lidar point, CSS pixels. */
const radarPixels = 4;

/** A point given in metres never vanishes: CSS pixels it has at least. */
const leastPixels = 1;

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
  let spans = noSpans;
  let areRingsDue = false;
  let label: CuboidShape | null = null;
  let sensorPlace: Vec3 = [0, 0, 0];
  let limits: PointLimits = { hideGround: false, clipMeters: null };
  // In the order they are drawn: points join in between, since only lines are see-through.
  scene.add(rings.object, cuboids.object, strokes.object);
  materials.near.uniforms.contextStrength.value = closeContextStrength;
  setColouring(materials.near, 'plain');
  setColouring(radarMaterial, 'plain');

  function clip(): void {
    const { clipMeters } = limits;
    const reach = clipMeters ?? Number.POSITIVE_INFINITY;
    const around = label ?? { center: sensorPlace, size: [0, 0, 0] as Vec3, rotation: identityRotation };
    const half = around.size.map((extent) => Math.min(1e9, extent / 2 + reach)) as [number, number, number];
    for (const { uniforms } of allMaterials) {
      uniforms.clipFromSpace.value.copy(ownAxes(around, space.origin)).invert();
      uniforms.clipHalf.value.set(...half);
    }
  }

  const space: Space = {
    scene,
    get spans() {
      return spans;
    },
    materials,
    cuboids,
    strokes,
    get ramps() {
      return ramps;
    },
    origin: [0, 0, 0],
    setSweeps(next, sensor) {
      for (const { parts } of sweeps) for (const { whole, near } of parts) scene.remove(whole, near);
      sweeps = next.map(({ points }) => points);
      space.origin = sweeps[0]?.loaded.sweep.origin ?? [0, 0, 0];
      for (const { points, follow } of next) {
        points.place(space.origin, follow);
        for (const { whole, near } of points.parts) scene.add(whole, near);
      }
      sensorPlace = sensor;
      const around = fromOrigin(sensor, space.origin);
      const height = joinedSpan(sweeps, ({ heightRange }) => heightRange);
      const tops = joinedSpan(sweeps, ({ intensityTop, sweep }) =>
        sweep.intensity >= 0 ? [intensityTop, intensityTop] : null,
      );
      const ring = joinedSpan(sweeps, ({ ringSpan }) => ringSpan);
      const time = joinedSpan(sweeps, ({ timeSpan }) => timeSpan);
      spans = { height, intensity: tops && [0, tops[1]], ring, time };
      for (const { uniforms } of allMaterials) {
        if (height) uniforms.heightSpan.value.set(height[0], height[1]).subScalar(space.origin[2]);
        uniforms.intensityTop.value = Math.max(0, tops?.[1] ?? 0);
        if (ring) uniforms.ringSpan.value.fromArray(ring);
        if (time) uniforms.timeSpan.value.fromArray(time);
        uniforms.sensor.value.fromArray(around);
      }
      clip();
      rings.place([around[0], around[1], height ? height[0] - space.origin[2] : around[2]]);
    },
    setCuboids(columns, from, to) {
      cuboids.setRows(columns, from, to, space.origin);
    },
    setLabel(shape) {
      label = shape;
      for (const { uniforms } of allMaterials) {
        uniforms.hasLabel.value = shape ? 1 : 0;
        if (!shape) continue;
        uniforms.labelFromSpace.value.copy(ownAxes(shape, space.origin)).invert();
        uniforms.labelHalf.value.set(shape.size[0] / 2, shape.size[1] / 2, shape.size[2] / 2);
      }
      clip();
    },
    setColouring(colouring) {
      setColouring(materials.whole, colouring);
      // Close up, one quiet hue is enough to see the surroundings by; a number asked for shows there as well.
      setColouring(materials.near, colouring === 'height' ? 'plain' : colouring);
    },
    setPointSize({ pixels, meters }, pixelRatio) {
      for (const { uniforms } of [materials.whole, materials.near]) {
        uniforms.pointPixels.value = pixels * pixelRatio;
        uniforms.pointMeters.value = meters ?? 0;
        uniforms.leastPixels.value = leastPixels * pixelRatio;
      }
      radarMaterial.uniforms.pointPixels.value = (pixels + radarPixels) * pixelRatio;
    },
    setLimits(next) {
      limits = next;
      for (const { uniforms } of allMaterials) uniforms.hideGround.value = next.hideGround ? 1 : 0;
      clip();
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
    showFor(view, showRings, mostPoints, height) {
      for (const { uniforms } of allMaterials) uniforms.halfHeight.value = height / 2;
      cuboids.object.visible = strokes.object.visible = true;
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
    showOnly(what) {
      const hasPoints = what === 'points';
      for (const object of [cuboids.object, strokes.object]) object.visible = !hasPoints;
      if (hasPoints) {
        areRingsDue = rings.object.visible;
        rings.object.visible = false;
        return;
      }
      rings.object.visible = areRingsDue;
      for (const { parts } of sweeps)
        for (const { whole, near } of parts) whole.visible = near.visible = false;
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

/** Space from a shape's own axes, less the origin. The answer is used before the next is asked for. */
function ownAxes({ center, rotation }: Pick<CuboidShape, 'center' | 'rotation'>, origin: Vec3): Matrix4 {
  const [x, y, z] = fromOrigin(center, origin);
  const r = rotationFromQuaternion(rotation);
  return pose.set(
    ...([r[0]!, r[1]!, r[2]!, x] as const),
    ...([r[3]!, r[4]!, r[5]!, y] as const),
    ...([r[6]!, r[7]!, r[8]!, z] as const),
    ...([0, 0, 0, 1] as const),
  );
}

/** From the least to the largest that any of the sweeps has; null where none has it. */
function joinedSpan(
  sweeps: readonly SweepPoints[],
  spanOf: (loaded: SweepPoints['loaded']) => readonly [number, number] | null,
): [number, number] | null {
  let joined: [number, number] | null = null;
  for (const { loaded } of sweeps) {
    const span = spanOf(loaded);
    if (span) joined = [Math.min(joined?.[0] ?? span[0], span[0]), Math.max(joined?.[1] ?? span[1], span[1])];
  }
  return joined;
}

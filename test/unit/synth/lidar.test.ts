import { describe, expect, it } from 'vitest';
import { createCuboidFrame, setCuboidFrame } from '../../../shared/geometry/cuboid.ts';
import { isInside } from '../../../shared/geometry/pointsInCuboid.ts';
import { actorInstances } from '../../../shared/synth/camera/exposure.ts';
import { boxFromWorld } from '../../../shared/synth/labels/label.ts';
import { type Beams, makeBeams, ringElevations } from '../../../shared/synth/lidar/beams.ts';
import { Caster } from '../../../shared/synth/lidar/caster.ts';
import { encodePcd } from '../../../shared/synth/lidar/pcd.ts';
import { makeSweep, POINT_FLOATS, RANGE_NOISE_METERS } from '../../../shared/synth/lidar/sweep.ts';
import { samplePreset } from '../../../shared/synth/options.ts';
import { randomStream } from '../../../shared/synth/random.ts';
import { Material } from '../../../shared/synth/shapes/material.ts';
import { lidarPlace } from '../../../shared/synth/synthesise.ts';
import { worldBox } from '../../../shared/synth/world/actor.ts';
import type { Instance } from '../../../shared/synth/world/scenery.ts';
import { makeWorld } from '../../../shared/synth/world/world.ts';
import { readPcd } from './readPcd.ts';
import { worldPoint } from './worldPoint.ts';

const world = makeWorld(21, 0, 1);
const ego = world.egoAt(0.4);
const lidar = lidarPlace(ego);
const instances = [...world.scenery, ...actorInstances(world, 0.4, ego)];

interface Hit {
  range: number;
  instance: number;
}

/** Every triangle asked by Moeller and Trumbore's test: slow, and nothing in common with the caster. */
function nearestHit(beams: Beams, column: number, ring: number, triangles: readonly Triangle[]): Hit {
  const level = beams.ringCosine[ring]!;
  const c = Math.cos(lidar.yaw);
  const s = Math.sin(lidar.yaw);
  const ex = beams.columnCosine[column]! * level;
  const ey = beams.columnSine[column]! * level;
  const d: V = [c * ex - s * ey, s * ex + c * ey, beams.ringSine[ring]!];
  let best: Hit = { range: Infinity, instance: -1 };
  for (const { a, b, c: third, instance, isTwoSided } of triangles) {
    const e1 = minus(b, a);
    const e2 = minus(third, a);
    const p = cross(d, e2);
    const det = dot(e1, p);
    if (Math.abs(det) < 1e-14 || (det < 0 && !isTwoSided)) continue;
    const t = minus([lidar.x, lidar.y, lidar.z], a);
    const u = dot(t, p) / det;
    const q = cross(t, e1);
    const v = dot(d, q) / det;
    if (u < 0 || v < 0 || u + v > 1) continue;
    const range = dot(e2, q) / det;
    if (range > 1.2 && range < beams.rangeMeters && range < best.range) best = { range, instance };
  }
  return best;
}

type V = [number, number, number];
const minus = (a: V, b: V): V => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const dot = (a: V, b: V) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a: V, b: V): V => [
  a[1] * b[2] - a[2] * b[1],
  a[2] * b[0] - a[0] * b[2],
  a[0] * b[1] - a[1] * b[0],
];

interface Triangle {
  a: V;
  b: V;
  c: V;
  instance: number;
  isTwoSided: boolean;
}

function worldTriangles(all: readonly Instance[]): Triangle[] {
  return all.flatMap(({ mesh, place }, instance) =>
    Array.from({ length: mesh.triangles }, (_, t) => {
      const corner = (k: number): V => [
        ...worldPoint(
          place,
          mesh.positions[9 * t + k]!,
          mesh.positions[9 * t + k + 1]!,
          mesh.positions[9 * t + k + 2]!,
        ),
      ];
      const isTwoSided = mesh.materials[t] === Material.foliage;
      return { a: corner(0), b: corner(3), c: corner(6), instance, isTwoSided };
    }),
  );
}

describe('the caster', () => {
  it('finds the hits of brute force, beam for beam', () => {
    const beams = makeBeams({ rings: 24, columns: 360, rangeMeters: 90 });
    const caster = new Caster(beams);
    caster.cast(instances, lidar);
    const triangles = worldTriangles(instances);
    const random = randomStream(1, 'beams');
    let hits = 0;
    for (let trial = 0; trial < 260; trial++) {
      const column = random.integer(0, beams.columns - 1);
      const ring = random.integer(0, beams.rings - 1);
      const beam = column * beams.rings + ring;
      const expected = nearestHit(beams, column, ring, triangles);
      if (expected.range === Infinity) expect(caster.range[beam]).toBe(Infinity);
      else {
        expect(caster.range[beam]).toBeCloseTo(expected.range, 6);
        hits++;
      }
    }
    expect(hits).toBeGreaterThan(120);
  });

  it('counts for each object the beams it keeps and those it would have alone', () => {
    const beams = makeBeams({ rings: 24, columns: 480, rangeMeters: 90 });
    const caster = new Caster(beams);
    caster.cast(instances, lidar);
    const together = new Map(
      [...caster.coverage].map(([object, { whole, seen }]) => [object, { whole, seen }]),
    );
    expect(together.size).toBeGreaterThan(10);
    let occluded = 0;
    for (const [object, { whole, seen }] of together) {
      const alone = new Caster(beams);
      alone.cast(
        instances.filter((instance) => instance.object === object),
        lidar,
      );
      expect(alone.coverage.get(object)).toEqual({ whole, seen: whole });
      expect(seen).toBeLessThanOrEqual(whole);
      if (seen < whole) occluded++;
    }
    expect(occluded).toBeGreaterThan(3);
  });

  it('spaces its rings from -25 to +10 degrees, closest at the horizon', () => {
    const elevations = ringElevations(40).map((radians) => (radians * 180) / Math.PI);
    expect(elevations[0]).toBeCloseTo(-25, 9);
    expect(elevations.at(-1)).toBeCloseTo(10, 9);
    const gaps = elevations.slice(1).map((value, i) => value - elevations[i]!);
    expect(Math.min(...gaps)).toBeGreaterThan(0.2);
    expect(gaps[0]! / Math.min(...gaps)).toBeGreaterThan(2.5);
  });
});

describe('a sweep', () => {
  const caster = new Caster(makeBeams(samplePreset.lidar));
  caster.cast(instances, lidar);
  const sweep = makeSweep(caster, instances, lidar, world.road, randomStream(1, 'sweep'));

  it('has the points of a real sensor of this size', () => {
    expect(sweep.count).toBeGreaterThan(30_000);
    expect(sweep.count).toBeLessThan(45_000);
  });

  it('keeps every point of an object inside its true box, but for the noise', () => {
    const frame = createCuboidFrame();
    const shapes = new Map(
      world.actors.map((actor) => {
        const { center, size, yaw } = boxFromWorld(worldBox(actor, 0.4), lidar);
        return [actor.id, { center, size, rotation: [0, 0, Math.sin(yaw / 2), Math.cos(yaw / 2)] as const }];
      }),
    );
    let owned = 0;
    for (let i = 0; i < sweep.count; i++) {
      const shape = shapes.get(sweep.owner[i]!);
      if (!shape) continue;
      owned++;
      const at = POINT_FLOATS * i;
      setCuboidFrame(frame, shape);
      const { rows } = sweep;
      expect(
        isInside(frame, rows[at]!, rows[at + 1]!, rows[at + 2]!, 3.47 * RANGE_NOISE_METERS + 0.001),
      ).toBe(true);
    }
    expect(owned).toBeGreaterThan(2000);
  });

  it('gives paint on the road a brighter echo than the asphalt', () => {
    const { rows, count } = sweep;
    const onRoad: number[] = [];
    for (let i = 0; i < count; i++) {
      const z = rows[POINT_FLOATS * i + 2]!;
      if (
        Math.abs(z + lidar.z) < 0.04 &&
        Math.hypot(rows[POINT_FLOATS * i]!, rows[POINT_FLOATS * i + 1]!) < 20
      )
        onRoad.push(rows[POINT_FLOATS * i + 3]!);
    }
    onRoad.sort((a, b) => a - b);
    expect(onRoad[Math.floor(onRoad.length / 2)]).toBeLessThan(35);
    expect(onRoad[Math.floor(onRoad.length * 0.995)]).toBeGreaterThan(60);
  });

  it('is written as PCD whose float rows start on four bytes and read back exactly', () => {
    const file = encodePcd(sweep);
    const { fields, count, rows, start } = readPcd(file);
    expect(start % 4).toBe(0);
    expect(fields).toEqual(['x', 'y', 'z', 'intensity', 'ring', 'time']);
    expect(count).toBe(sweep.count);
    expect(rows).toEqual(sweep.rows);
  });
});

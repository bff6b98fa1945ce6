import { describe, expect, it } from 'vitest';
import { cuboidCorners } from '../../../shared/geometry/cuboid.ts';
import { projectPoint } from '../../../shared/geometry/lens.ts';
import { invertRigid, multiply, transformPoint } from '../../../shared/geometry/matrix.ts';
import { quaternionFromYaw } from '../../../shared/geometry/rotation.ts';
import { Photographer, worldFromVehicle } from '../../../shared/synth/camera/exposure.ts';
import { extentInImage } from '../../../shared/synth/camera/extent.ts';
import { encodeJpeg } from '../../../shared/synth/camera/jpeg.ts';
import { makeRig } from '../../../shared/synth/camera/rig.ts';
import { straightFrame } from '../../../shared/synth/camera/view.ts';
import { worldBox } from '../../../shared/synth/world/actor.ts';
import { makeWorld } from '../../../shared/synth/world/world.ts';
import { decodeJpeg } from './jpegDecoder.ts';
import { worldPoint } from './worldPoint.ts';

const world = makeWorld(21, 0, 1);
const photographer = new Photographer(world);
photographer.prepare(0.4);
const rig = makeRig(5, 320, 200);
const time = 0.42;

describe.each(rig)('$name', (camera) => {
  const exposure = photographer.expose(camera, time);
  const cameraFromWorld = invertRigid(
    multiply(worldFromVehicle(world.egoAt(time)), camera.vehicleFromCamera),
  );
  const frame = straightFrame(camera.model, camera.width, camera.height);

  /** Pixels of the real image per object, by asking the picture's own object buffer. */
  const pixels = new Map<number, [number, number][]>();
  for (let v = 0; v < camera.height; v++)
    for (let u = 0; u < camera.width; u++) {
      const at = 2 * (v * camera.width + u);
      const [su, sv] = frame.lookup ? [frame.lookup[at]!, frame.lookup[at + 1]!] : [u, v];
      const object = exposure.objectAt(Math.round(su), Math.round(sv));
      if (object > 0) pixels.set(object, [...(pixels.get(object) ?? []), [u, v]]);
    }

  it('shows every object inside the projection of its true cuboid', () => {
    let checked = 0;
    for (const [object, places] of pixels) {
      const actor = world.actors.find(({ id }) => id === object)!;
      const { center, size, yaw } = worldBox(actor, time);
      const flat = cuboidCorners({ center, size, rotation: quaternionFromYaw(yaw) });
      const corners = Array.from({ length: 8 }, (_, i) =>
        projectPoint(
          camera.model,
          transformPoint(cameraFromWorld, [flat[3 * i]!, flat[3 * i + 1]!, flat[3 * i + 2]!]),
        ),
      );
      if (corners.some((corner) => corner === null)) continue;
      const us = corners.map((corner) => corner![0]);
      const vs = corners.map((corner) => corner![1]);
      for (const [u, v] of places) {
        expect(u).toBeGreaterThanOrEqual(Math.min(...us) - 1.5);
        expect(u).toBeLessThanOrEqual(Math.max(...us) + 1.5);
        expect(v).toBeGreaterThanOrEqual(Math.min(...vs) - 1.5);
        expect(v).toBeLessThanOrEqual(Math.max(...vs) + 1.5);
      }
      checked++;
    }
    expect(checked).toBeGreaterThan(0);
  });

  it('gives 2D boxes that hold the object as seen and equal its projected surface', () => {
    for (const [object, places] of pixels) {
      const actor = world.actors.find(({ id }) => id === object)!;
      const place = actor.placeAt(time);
      const mesh = actor.meshAt(time);
      const extent = extentInImage({ mesh, place, palette: [], object }, exposure.view, camera)!;
      const [left, top, right, bottom] = extent.ltrb;
      for (const [u, v] of places) {
        expect(u >= left - 1.1 && u <= right + 1.1 && v >= top - 1.1 && v <= bottom + 1.1).toBe(true);
      }
      const projected: (readonly [number, number])[] = [];
      let isInFront = true;
      for (let i = 0; i < mesh.positions.length; i += 3) {
        const p = worldPoint(place, mesh.positions[i]!, mesh.positions[i + 1]!, mesh.positions[i + 2]!);
        const pixel = projectPoint(camera.model, transformPoint(cameraFromWorld, p));
        if (pixel) projected.push(pixel);
        else isInFront = false;
      }
      if (!isInFront || extent.isTruncated) continue;
      expect(left).toBeCloseTo(Math.min(...projected.map(([u]) => u)), 4);
      expect(bottom).toBeCloseTo(Math.max(...projected.map(([, v]) => v)), 4);
    }
  });

  it('counts what it sees of an object, never more than there is', () => {
    for (const [object, { whole, seen }] of exposure.coverage) {
      expect(seen).toBeLessThanOrEqual(whole);
      if (pixels.has(object)) expect(seen).toBeGreaterThan(0);
    }
  });
});

describe('the encoder', () => {
  const camera = rig[0]!;
  const { picture } = photographer.expose(camera, time);

  it('writes JPEG that a decoder of the standard reads back', () => {
    const { width, height, rgb } = decodeJpeg(encodeJpeg(picture, 92));
    expect([width, height]).toEqual([picture.width, picture.height]);
    let squares = 0;
    for (let i = 0; i < rgb.length; i++) squares += (rgb[i]! - picture.rgb[i]!) ** 2;
    expect(10 * Math.log10((255 * 255 * rgb.length) / squares)).toBeGreaterThan(29);
  });

  it('holds sizes that are no multiple of a block, and the hardest pattern there is', () => {
    const [width, height] = [21, 11];
    const noise = Uint8Array.from(
      { length: 3 * width * height },
      (_, i) => (Math.imul(i, 2654435761) >>> 24) & 255,
    );
    const gray = Uint8Array.from(noise, (_, i) => noise[i - (i % 3)]!);
    const read = decodeJpeg(encodeJpeg({ width, height, rgb: gray }, 95));
    expect([read.width, read.height]).toEqual([width, height]);
    const worst = Math.max(...read.rgb.map((value, i) => Math.abs(value - gray[i]!)));
    expect(worst).toBeLessThan(16);
  });
});

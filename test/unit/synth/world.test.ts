import { describe, expect, it } from 'vitest';
import { overlapArea } from '../../../shared/geometry/iou.ts';
import { CLASS_NAMES, worldBox } from '../../../shared/synth/world/actor.ts';
import { band, stripes } from '../../../shared/synth/world/markings.ts';
import { speedProfile } from '../../../shared/synth/world/motion.ts';
import { makeWorld } from '../../../shared/synth/world/world.ts';

const worlds = [0, 1].map((index) => makeWorld(5, index, 4));

describe('made worlds', () => {
  it('hold every class that the lidar label list names', () => {
    const seen = new Set(worlds.flatMap(({ actors }) => actors.map(({ className }) => className)));
    expect([...seen].sort()).toEqual([...CLASS_NAMES].sort());
  });

  it('draw the tightest box that holds the body in every pose', () => {
    for (const { actors } of worlds)
      for (const actor of actors) {
        const [minX, minY, minZ, maxX, maxY, maxZ] = actor.box;
        let [low, high] = [Infinity, -Infinity];
        let outside = 0;
        for (const time of [0, 0.13, 0.7, 1.9, 3.3]) {
          const { positions } = actor.meshAt(time);
          for (let i = 0; i < positions.length; i += 3) {
            const [x, y, z] = [positions[i]!, positions[i + 1]!, positions[i + 2]!];
            if (x < minX || x > maxX || y < minY || y > maxY || z < minZ || z > maxZ) outside++;
            low = Math.min(low, z);
            high = Math.max(high, z);
          }
        }
        expect(outside).toBe(0);
        expect(high).toBeGreaterThan(maxZ - 0.05);
        expect(low).toBeLessThan(minZ + 0.05);
      }
  });

  it('let everything head where it goes', () => {
    for (const { actors } of worlds)
      for (const actor of actors) {
        if (actor.speedAt(1) < 0.5) continue;
        const [a, b] = [actor.placeAt(0.99), actor.placeAt(1.01)];
        const course = Math.atan2(b.y - a.y, b.x - a.x);
        const turn = Math.abs(
          Math.atan2(Math.sin(course - actor.placeAt(1).yaw), Math.cos(course - actor.placeAt(1).yaw)),
        );
        expect(turn).toBeLessThan(0.02);
        const speed = Math.hypot(b.x - a.x, b.y - a.y) / 0.02;
        expect(Math.abs(speed - actor.speedAt(1)) / actor.speedAt(1)).toBeLessThan(0.1);
      }
  });

  it('let nothing drive or stand inside anything else', () => {
    for (const { actors } of worlds)
      for (const time of [0, 1, 2.5, 4]) {
        const boxes = actors.map((actor) => {
          const { center, size, yaw } = worldBox(actor, time);
          return [...center, ...size, yaw];
        });
        boxes.forEach((a, i) => {
          for (const b of boxes.slice(i + 1)) expect(overlapArea(a, b)).toBe(0);
        });
      }
  });

  it('integrate speed into distance', () => {
    const profile = speedProfile([
      [0, 8],
      [2, 0],
      [5, 0],
      [7, 4],
    ]);
    let travelled = 0;
    for (let t = 0; t < 9; t += 0.001) travelled += profile.speed(t + 0.0005) * 0.001;
    expect(profile.distance(9)).toBeCloseTo(travelled, 3);
    expect(profile.distance(-1)).toBe(-8);
    expect(profile.distance(3)).toBe(8);
  });
});

describe('filtered markings', () => {
  it('equal the mean of the sharp pattern over the patch', () => {
    for (const [x, width] of [
      [0.4, 0.3],
      [-3.2, 2.7],
      [11, 0.02],
    ] as const) {
      let mean = 0;
      let inside = 0;
      const steps = 20_000;
      for (let i = 0; i < steps; i++) {
        const at = x - width / 2 + ((i + 0.5) / steps) * width;
        const rest = at - Math.floor(at / 1.5) * 1.5;
        mean += rest >= 0.2 && rest < 0.7 ? 1 / steps : 0;
        inside += at >= 0.3 && at < 0.5 ? 1 / steps : 0;
      }
      expect(stripes(x, 1.5, 0.2, 0.7, width)).toBeCloseTo(mean, 3);
      expect(band(x, 0.3, 0.5, width)).toBeCloseTo(inside, 3);
    }
  });
});

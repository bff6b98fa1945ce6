import { describe, expect, it } from 'vitest';
import { boxLength, iou3d, iouFromAbove, iouMatrix, writeBox } from '../../../shared/geometry/iou.ts';
import { type SeededRandom, seededRandom } from '../../support/seededRandom.ts';

type Box = [number, number, number, number, number, number, number];
const degrees = (value: number): number => (value * Math.PI) / 180;

function randomBox(random: SeededRandom, spread: number): Box {
  return [
    ...([random.between(-spread, spread), random.between(-spread, spread), random.between(-1, 1)] as const),
    ...([random.between(0.2, 8), random.between(0.2, 3), random.between(0.2, 3)] as const),
    random.between(-7, 7),
  ];
}

function rectangle([x, y, , length, width, , yaw]: Box): [number, number][] {
  const [c, s] = [Math.cos(yaw), Math.sin(yaw)];
  return (
    [
      [1, 1],
      [-1, 1],
      [-1, -1],
      [1, -1],
    ] as const
  ).map(([along, across]) => {
    const [u, v] = [(along * length) / 2, (across * width) / 2];
    return [x + u * c - v * s, y + u * s + v * c];
  });
}

/** Another way to the same area: all corners in the other box and all crossings of sides, ordered by angle. */
function slowOverlap(a: Box, b: Box): number {
  const contains = ([x, y, , length, width, , yaw]: Box, [px, py]: [number, number]): boolean => {
    const [c, s] = [Math.cos(yaw), Math.sin(yaw)];
    const [dx, dy] = [px - x, py - y];
    return Math.abs(dx * c + dy * s) <= length / 2 + 1e-12 && Math.abs(dy * c - dx * s) <= width / 2 + 1e-12;
  };
  const [ra, rb] = [rectangle(a), rectangle(b)];
  const points = [...ra.filter((p) => contains(b, p)), ...rb.filter((p) => contains(a, p))];
  for (let i = 0; i < 4; i++) {
    for (let j = 0; j < 4; j++) {
      const [p, q, r, s] = [ra[i]!, ra[(i + 1) % 4]!, rb[j]!, rb[(j + 1) % 4]!];
      const [ux, uy, vx, vy] = [q[0] - p[0], q[1] - p[1], s[0] - r[0], s[1] - r[1]];
      const cross = ux * vy - uy * vx;
      if (cross === 0) continue;
      const t = ((r[0] - p[0]) * vy - (r[1] - p[1]) * vx) / cross;
      const w = ((r[0] - p[0]) * uy - (r[1] - p[1]) * ux) / cross;
      if (t >= 0 && t <= 1 && w >= 0 && w <= 1) points.push([p[0] + t * ux, p[1] + t * uy]);
    }
  }
  if (points.length < 3) return 0;
  const [mx, my] = [0, 1].map((axis) => points.reduce((sum, p) => sum + p[axis]!, 0) / points.length) as [
    number,
    number,
  ];
  points.sort((p, q) => Math.atan2(p[1] - my, p[0] - mx) - Math.atan2(q[1] - my, q[0] - mx));
  const twice = points.reduce((sum, p, k) => {
    const q = points[(k + 1) % points.length]!;
    return sum + (p[0] - mx) * (q[1] - my) - (q[0] - mx) * (p[1] - my);
  }, 0);
  return twice / 2;
}

describe('overlap of cuboids', () => {
  it('gives the reference values', () => {
    const a: Box = [0, 0, 0, 4, 2, 1.5, 0];
    const b: Box = [0.4, 0.1, 0.05, 4, 2, 1.5, degrees(8)];
    expect(iouFromAbove(a, b)).toBeCloseTo(0.7259556, 7);
    expect(iou3d(a, b)).toBeCloseTo(0.6851768, 7);
    expect(iouFromAbove([0, 0, 0, 3, 1, 1, 0], [0, 0, 0, 3, 1, 1, degrees(60)])).toBeCloseTo(0.2383136, 7);
    expect(iouFromAbove([0, 0, 0, 4, 4, 2, 0], [2, 2, 1, 4, 4, 2, 0])).toBeCloseTo(1 / 7, 14);
    expect(iou3d([0, 0, 0, 4, 4, 2, 0], [2, 2, 1, 4, 4, 2, 0])).toBeCloseTo(1 / 15, 14);
  });

  it('is 1 for the same box, 0 for boxes that touch or hold no space', () => {
    const random = seededRandom(11);
    for (let round = 0; round < 200; round++) {
      const box = randomBox(random, 1e4);
      expect(iou3d(box, box)).toBe(1);
      const [x, y, z, length, width, height, yaw] = box;
      const ahead: Box = [
        x + length * Math.cos(yaw),
        y + length * Math.sin(yaw),
        z,
        length,
        width,
        height,
        yaw,
      ];
      expect(iouFromAbove(box, ahead)).toBeLessThan(1e-9);
      expect(
        iou3d([0, 0, z, length, width, height, yaw], [0, 0, z + height, length, width, height, yaw]),
      ).toBeLessThan(1e-9);
    }
    expect(iouFromAbove([0, 0, 0, 4, 2, 1, 0], [4, 0, 0, 4, 2, 1, 0])).toBe(0);
    expect(
      iouFromAbove([0, 0, 0, 4, 2, 1, 0.3], [4 * Math.cos(0.3), 4 * Math.sin(0.3), 0, 4, 2, 1, 0.3]),
    ).toBe(0);
    expect(iou3d([0, 0, 0, 4, 2, 1, 0], [0, 0, 0, 0, 2, 1, 0])).toBe(0);
    expect(iou3d([0, 0, 0, 4, 2, 1, 0], [0, Number.NaN, 0, 4, 2, 1, 0])).toBe(0);
  });

  it('agrees with another way of cutting to 1e-9', () => {
    const random = seededRandom(12);
    let met = 0;
    for (let round = 0; round < 5000; round++) {
      const [a, b] = [randomBox(random, 3), randomBox(random, 3)];
      const overlap = slowOverlap(a, b);
      const expected = overlap / (a[3] * a[4] + b[3] * b[4] - overlap);
      if (overlap > 0) met++;
      expect(Math.abs(iouFromAbove(a, b) - expected)).toBeLessThan(1e-9);
    }
    expect(met).toBeGreaterThan(2000);
  });

  it('agrees with counting random points', () => {
    const random = seededRandom(13);
    const inside = ([x, y, z, l, w, h, yaw]: Box, px: number, py: number, pz: number): boolean => {
      const along = (px - x) * Math.cos(yaw) + (py - y) * Math.sin(yaw);
      const across = (py - y) * Math.cos(yaw) - (px - x) * Math.sin(yaw);
      return Math.abs(along) <= l / 2 && Math.abs(across) <= w / 2 && Math.abs(pz - z) <= h / 2;
    };
    for (let pair = 0; pair < 5; pair++) {
      const [a, b] = [randomBox(random, 1), randomBox(random, 1)];
      let [either, both] = [0, 0];
      for (let shot = 0; shot < 200_000; shot++) {
        const p = [random.between(-6, 6), random.between(-6, 6), random.between(-3, 3)] as const;
        const [inA, inB] = [inside(a, ...p), inside(b, ...p)];
        if (inA || inB) either++;
        if (inA && inB) both++;
      }
      expect(Math.abs(iou3d(a, b) - both / either)).toBeLessThan(0.03);
    }
  });

  it('is symmetric to the last bit, bounded, and blind to half turns and common motion', () => {
    const random = seededRandom(14);
    for (let round = 0; round < 2000; round++) {
      const [a, b] = [randomBox(random, 3), randomBox(random, 3)];
      const value = iou3d(a, b);
      expect(iou3d(b, a)).toBe(value);
      expect(value >= 0 && value <= 1).toBe(true);
      const turned = [...b] as Box;
      turned[6] += Math.PI;
      expect(iou3d(a, turned)).toBeCloseTo(value, 10);
      const [angle, shiftX, shiftY] = [random.between(-3, 3), random.between(-100, 100), 50];
      const move = ([x, y, z, l, w, h, yaw]: Box): Box => [
        ...([
          x * Math.cos(angle) - y * Math.sin(angle) + shiftX,
          x * Math.sin(angle) + y * Math.cos(angle) + shiftY,
        ] as const),
        ...([z + 7, l, w, h, yaw + angle] as const),
      ];
      expect(iou3d(move(a), move(b))).toBeCloseTo(value, 9);
    }
  });

  it('fills a matrix of all pairs from packed boxes', () => {
    const random = seededRandom(15);
    const [a, b] = [5, 7].map((count) => Array.from({ length: count }, () => randomBox(random, 4))) as [
      Box[],
      Box[],
    ];
    const packedB = new Float64Array(7 * boxLength);
    b.forEach((box, index) => {
      writeBox(packedB, index * boxLength, box, box.slice(3), box[6]);
    });
    const matrix = new Float64Array(35);
    iouMatrix(Float64Array.from(a.flat()), 5, packedB, 7, matrix);
    a.forEach((boxA, i) => {
      b.forEach((boxB, j) => {
        expect(matrix[7 * i + j]).toBe(iou3d(boxA, boxB));
      });
    });
  });
});

/** Small pictures drawn on the processor: a known point lands on the known pixel, and no axis can be swapped unseen. */
import { describe, expect, test } from 'vitest';
import {
  createRaster,
  fillRectangle,
  type Raster,
  strokeRectangle,
} from '../../../shared/geometry/rasterise.ts';
import { type LabelFace, rasteriseLabel } from '../../../shared/geometry/rasteriseLabel.ts';
import type { Vec3 } from '../../../shared/model/pose.ts';

const colours = {
  background: [10, 10, 10],
  inside: [250, 0, 0],
  around: [0, 210, 0],
  outline: [0, 0, 250],
  tolerance: [200, 200, 0],
} as const;

function pixel({ rgba, width }: Raster, x: number, y: number): number[] {
  return [...rgba.subarray(4 * (y * width + x), 4 * (y * width + x) + 4)];
}

describe('rectangles', () => {
  test('cover whole pixels whole and others in part', () => {
    const raster = createRaster(4, 3, [0, 0, 0]);
    fillRectangle(raster, 1, 1, 2.25, 2, [200, 100, 40], 1);
    expect(pixel(raster, 1, 1)).toEqual([200, 100, 40, 255]);
    expect(pixel(raster, 2, 1)).toEqual([50, 25, 10, 255]);
    expect(pixel(raster, 0, 1)).toEqual([0, 0, 0, 255]);
    expect(pixel(raster, 1, 0)).toEqual([0, 0, 0, 255]);
    expect(pixel(raster, 1, 2)).toEqual([0, 0, 0, 255]);
  });

  test('are cut at the border of the picture', () => {
    const raster = createRaster(3, 2, [0, 0, 0]);
    fillRectangle(raster, -5, -5, 50, 50, [9, 9, 9], 1);
    expect([...raster.rgba]).toEqual(Array.from({ length: 6 }, () => [9, 9, 9, 255]).flat());
    fillRectangle(raster, 7, 0, 9, 2, [99, 99, 99], 1);
    expect([...raster.rgba].includes(99)).toBe(false);
  });

  test('a dashed outline has gaps, an unbroken one has none', () => {
    const broken = createRaster(21, 21, [0, 0, 0]);
    strokeRectangle(broken, [2.5, 2.5, 18.5, 18.5], 1, [255, 255, 255], 1, [3, 2]);
    const whole = createRaster(21, 21, [0, 0, 0]);
    strokeRectangle(whole, [2.5, 2.5, 18.5, 18.5], 1, [255, 255, 255], 1);
    const top = (raster: Raster): string =>
      Array.from({ length: 17 }, (_, x) => (pixel(raster, 2 + x, 2)[0]! > 0 ? '#' : ' ')).join('');
    expect(top(whole)).toBe('#'.repeat(17));
    expect(top(broken)).toBe('###  ###  ###  ##');
  });
});

describe('a label in its own axes', () => {
  const size: Vec3 = [4, 2, 1.5];
  // 0.1 m a pixel, the label's centre between pixels 39 and 40, 29 and 30.
  const picture = (points: number[], face: LabelFace, isMissing = false): Raster =>
    rasteriseLabel(Float32Array.from(points), size, {
      face,
      width: 80,
      height: 60,
      metersPerPixel: 0.1,
      line: 1,
      toleranceMeters: 0.3,
      isMissing,
      colours,
    });
  const bright = (raster: Raster): string[] => {
    const found: string[] = [];
    for (let y = 0; y < raster.height; y++) {
      for (let x = 0; x < raster.width; x++) {
        const [red, green, blue] = pixel(raster, x, y);
        if (red === 250 && green === 0 && blue === 0) found.push(`${x} ${y}`);
      }
    }
    return found;
  };

  test.each([
    // From above: 1 m to the front is 10 pixels up, 0.5 m to its left is 5 pixels to the left.
    ['top', [1.05, 0.55, 0.25], '34 19'],
    ['top', [-1.05, -0.55, 0.25], '45 40'],
    // From its right: the front is at the right, its top above.
    ['side', [1.05, 0.55, 0.25], '50 27'],
    ['side', [-1.05, 0.55, -0.35], '29 33'],
  ] as const)('%s: the point %j lies on pixel %s', (face, point, where) => {
    // A bright point is two pixels large; the first of them is where it lies.
    const found = bright(picture([...point], face));
    expect(found).toHaveLength(4);
    expect(found[0]).toBe(where);
  });

  test('what lies beyond the label is half as strong; what lies far above or below is left out', () => {
    const beyond = picture([2.55, 0.05, 0], 'top');
    expect(pixel(beyond, 39, 4)).toEqual([5, 110, 5, 255]);
    // 0.75 m up to the top face and 0.5 m of slab: 1.3 m is outside.
    expect([...picture([0.05, 0.05, 1.3], 'top').rgba]).toEqual([...picture([], 'top').rgba]);
    expect([...picture([0.05, 0.05, 1.2], 'top').rgba]).not.toEqual([...picture([], 'top').rgba]);
  });

  test('outline and tolerance shell lie where they are', () => {
    const raster = picture([], 'top');
    // 2 m to the front: 20 pixels above the middle line; the shell is 3 pixels farther out.
    expect(pixel(raster, 33, 10)[2]).toBeGreaterThan(100);
    expect(pixel(raster, 33, 13)).toEqual([10, 10, 10, 255]);
    expect(pixel(raster, 30, 25)[2]).toBeGreaterThan(100);
    const shell = Array.from({ length: 26 }, (_, x) => pixel(raster, 27 + x, 6)[0]!);
    expect(shell.some((red) => red > 50) && shell.some((red) => red === 10)).toBe(true);
    // The tick leaves the middle of the front, and no other face.
    expect(pixel(raster, 39, 7)[2]).toBeGreaterThan(100);
    expect(pixel(raster, 39, 51)[2]).toBe(10);
  });

  test('few points are drawn larger than many, so that neither is lost', () => {
    expect(bright(picture([1.05, 0.55, 0.25], 'top'))).toHaveLength(4);
    const many = Array.from({ length: 60 }, () => [1.05, 0.55, 0.25]).flat();
    expect(bright(picture(many, 'top'))).toEqual(['34 19']);
  });

  test('where a label is missing nothing is bright', () => {
    expect(bright(picture([1.05, 0.55, 0.25], 'top', true))).toEqual([]);
    expect(bright(picture([1.05, 0.55, 0.25], 'top', false))).toHaveLength(4);
  });
});

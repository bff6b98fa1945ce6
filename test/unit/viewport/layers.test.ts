/** Stroke layers: drawn once for many changes, gone when taken away, lines and spots as the lens sees them. */
import type { InstancedBufferGeometry } from 'three';
import { expect, test } from 'vitest';
import { createStrokes } from '../../../renderer/viewport/gpu/strokes.ts';
import { createLayers, type PictureDrawing } from '../../../renderer/viewport/layers.ts';
import { defaultViewOptions } from '../../../renderer/viewport/viewOptions.ts';
import { identityMatrix } from '../../../shared/geometry/matrix.ts';

const none = { frame: 0, row: null, box: null, toleranceMeters: 0, cell: null };
const style = { colour: [1, 1, 1] as const, width: 1 };

/** A camera at the origin that looks along +z, as cameras do. */
function picture(strokes: ReturnType<typeof createStrokes>) {
  return {
    ...{ strokes, shown: none, palette: {} as PictureDrawing['palette'], options: defaultViewOptions },
    ...{ camera: 0, size: [200, 100] as const },
    calibration: {
      model: { kind: 'pinhole', fx: 100, fy: 100, cx: 99.5, cy: 49.5, distortion: [] } as const,
      cameraFromSpace: identityMatrix,
    } as unknown as NonNullable<PictureDrawing['calibration']>,
  };
}

test('several layers that change in one go are drawn once', async () => {
  let drawn = 0;
  const layers = createLayers(() => drawn++);
  const first = layers.add({});
  const second = layers.add({});
  expect(drawn).toBe(0);
  await Promise.resolve();
  expect(drawn).toBe(1);
  first.update();
  second.update();
  first.update();
  await Promise.resolve();
  expect(drawn).toBe(2);
  second.remove();
  await Promise.resolve();
  expect(drawn).toBe(3);
  // Taken away once is taken away.
  second.remove();
  await Promise.resolve();
  expect(drawn).toBe(3);
});

test('a spot is where the lens sees it, and nowhere behind the camera or beside the picture', () => {
  const layers = createLayers(() => undefined);
  const found: unknown[] = [];
  layers.add({
    inPicture({ spot }) {
      found.push(spot([0, 0, 10]), spot([2, -1, 10]), spot([0, 0, -10]), spot([11, 0, 10]));
    },
  });
  layers.inPicture(picture(createStrokes()));
  expect(found).toEqual([[99.5, 49.5], [119.5, 39.5], null, null]);
});

test('a line is drawn through the lens, and its part behind the camera is left out', () => {
  const layers = createLayers(() => undefined);
  layers.add({ inPicture: ({ line }) => line([0, 0, 5], [1, 0, 5], style) });
  const strokes = createStrokes();
  layers.inPicture(picture(strokes));
  expect(strokes.count).toBeGreaterThan(0);
  const behind = createStrokes();
  const others = createLayers(() => undefined);
  others.add({ inPicture: ({ line }) => line([0, 0, -5], [1, 0, -5], style) });
  others.inPicture(picture(behind));
  expect(behind.count).toBe(0);
  // Without a calibration there is no line to draw, and no spot.
  const blind = createStrokes();
  layers.inPicture({ ...picture(blind), calibration: null });
  expect(blind.count).toBe(0);
});

test('strokes that are kept stand before those drawn anew', () => {
  const strokes = createStrokes();
  for (let at = 0; at < 3; at++) strokes.add(at, 0, 0, at, 1, 0, style);
  strokes.keepFirst(2);
  expect(strokes.count).toBe(2);
  strokes.add(9, 0, 0, 9, 1, 0, style);
  const geometry = strokes.object.geometry as InstancedBufferGeometry;
  const starts = geometry.getAttribute('start');
  expect(geometry.instanceCount).toBe(3);
  expect([0, 1, 2].map((at) => starts.getX(at))).toEqual([0, 1, 9]);
  strokes.keepFirst(5);
  expect(strokes.count).toBe(3);
  strokes.keepFirst(0);
  expect(strokes.object.visible).toBe(false);
});

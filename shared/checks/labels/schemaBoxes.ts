/** The form of each picture's boxes: corners the right way round, and in the picture. */
import type { ImageSize } from '../../geometry/lens.ts';
import type { Ltrb } from '../../geometry/polygon.ts';
import type { CheckSink } from '../contract.ts';
import { box2dRows } from '../lacks.ts';
import type { CheckScene } from '../scene.ts';

export function schemaOfBoxes(scene: CheckScene, sink: CheckSink): void {
  const { frame, camera, ltrb, track } = scene.index.labels.boxes2d;
  const sizeOf = pictureSizes(scene);
  for (const box2d of box2dRows(scene)) {
    const told = { frame: frame[box2d]!, camera: camera[box2d]!, track: track[box2d]!, box2d };
    const [left, top, right, bottom] = ltrb.subarray(4 * box2d, 4 * box2d + 4);
    const corners: Ltrb = [left!, top!, right!, bottom!];
    const size = sizeOf(told.frame, told.camera);
    const params = { box: corners.map((value) => String(Math.round(value))).join(', ') };
    const isBox = corners.every(Number.isFinite) && right! > left! && bottom! > top!;
    if (!isBox) sink.measure({ ...told, value: 1, says: 'corners', code: 'BOX2D', params });
    else if (size === null) sink.measure({ ...told, value: 0 });
    else {
      const value = Math.round(100 * shareOutside(corners, size));
      sink.measure({
        ...{ ...told, value, limitKey: 'outside', says: 'outside', code: 'BOX2D' },
        params: { ...params, percent: value, width: size[0], height: size[1] },
        evidence: () => [{ kind: 'rectangle', role: 'limit', camera: told.camera, ltrb: [0, 0, ...size] }],
      });
    }
  }
}

/** Share of the box's area that its picture does not hold. */
function shareOutside([left, top, right, bottom]: Ltrb, [width, height]: ImageSize): number {
  const wide = Math.max(0, Math.min(right, width) - Math.max(left, 0));
  const high = Math.max(0, Math.min(bottom, height) - Math.max(top, 0));
  // Side by side, since the area of a hostile box need not be a number.
  return 1 - (wide / (right - left)) * (high / (bottom - top));
}

/** Null where the calibration does not state the size of its pictures. */
function pictureSizes({
  index,
  scene,
  frames,
}: CheckScene): (frame: number, camera: number) => ImageSize | null {
  const { calibrations } = index.delivery;
  const byFrame = frames.map(
    ({ images }) => new Map(images.map(({ camera, calibration }) => [camera, calibrations[calibration]])),
  );
  return (frame, camera) => {
    const { width, height } = byFrame[frame - scene.frameStart]?.get(camera) ?? {};
    return width && height ? [width, height] : null;
  };
}

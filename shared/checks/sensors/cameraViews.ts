/**
 * What each picture of a scene shows of its cuboids, and which of them have a 2D box: worked out once for all checks
 * that ask. Only of cameras that carry 2D boxes; nothing of it outlives the scene.
 */
import { effectiveCalibration, type ImageCalibration } from '../../geometry/imageCalibration.ts';
import type { ImageSize } from '../../geometry/lens.ts';
import { imageSizeOf } from '../../geometry/projector.ts';
import { statedSeconds } from '../../geometry/sceneMotion.ts';
import { NO_LINK, NO_TRACK } from '../../model/labels.ts';
import { type BoxPair, boxPairs, type CuboidHull, cuboidHulls } from '../../scoring/boxResiduals.ts';
import type { CheckScene } from '../scene.ts';

export interface CameraView {
  /** Index into `Delivery.frames`. */
  readonly frame: number;
  readonly camera: number;
  readonly calibration: ImageCalibration;
  /** As stated; else as far as the camera's own 2D boxes reach. */
  readonly imageSize: ImageSize;
  /** Cuboids that the picture shows, by row. */
  readonly hulls: ReadonlyMap<number, CuboidHull>;
  /** Cuboids with a 2D box, however the two were found to belong together. */
  readonly pairs: readonly BoxPair[];
  /** Rows of the 2D boxes. */
  readonly boxes: readonly number[];
  /** Picture less sweep, seconds; null where it is not stated. */
  readonly lateSeconds: number | null;
  /** The picture has a pose of its own, so that the vehicle's motion since the sweep is accounted for. */
  readonly isMoved: boolean;
}

const known = new WeakMap<CheckScene, readonly CameraView[]>();

/** In the order of the frames. */
export function cameraViews(scene: CheckScene): readonly CameraView[] {
  const views = known.get(scene) ?? makeViews(scene);
  known.set(scene, views);
  return views;
}

function makeViews(scene: CheckScene): CameraView[] {
  const { labels, delivery } = scene.index;
  const extents = boxExtents(scene);
  const views: CameraView[] = [];
  for (const [at, here] of scene.frames.entries()) {
    if (here.isBetween) continue;
    const frame = scene.scene.frameStart + at;
    for (const image of here.images) {
      const { camera } = image;
      const extent = extents.get(camera);
      const calibration = extent && effectiveCalibration(delivery, image);
      if (!calibration) continue;
      const imageSize = imageSizeOf(calibration) ?? extent;
      const picture = { labels, frame, camera, calibration, imageSize };
      const hulls = cuboidHulls(picture);
      const boxes = boxesOf(scene, frame, camera);
      const pairs = boxes.length === 0 ? [] : boxPairs(picture, hulls);
      const lateSeconds = statedSeconds(here, image);
      const isMoved = image.cameraFromSpace !== undefined;
      views.push({ frame, camera, calibration, imageSize, hulls, pairs, boxes, lateSeconds, isMoved });
    }
  }
  return views;
}

/** By camera: how far to the right and down its 2D boxes reach. */
function boxExtents({ index, scene }: CheckScene): Map<number, ImageSize> {
  const { frameStart, camera, ltrb } = index.labels.boxes2d;
  const extents = new Map<number, ImageSize>();
  const end = frameStart[scene.frameStart + scene.frameCount]!;
  for (let box = frameStart[scene.frameStart]!; box < end; box++) {
    const [width, height] = extents.get(camera[box]!) ?? [1, 1];
    const reach = (value: number, known: number): number =>
      Number.isFinite(value) ? Math.max(known, Math.ceil(value) + 1) : known;
    extents.set(camera[box]!, [reach(ltrb[4 * box + 2]!, width), reach(ltrb[4 * box + 3]!, height)]);
  }
  return extents;
}

function boxesOf({ index }: CheckScene, frame: number, camera: number): number[] {
  const { frameStart, camera: cameras } = index.labels.boxes2d;
  const rows: number[] = [];
  for (let box = frameStart[frame]!; box < frameStart[frame + 1]!; box++) {
    if (cameras[box] === camera) rows.push(box);
  }
  return rows;
}

/** The cuboid that the labels themselves say belongs to the box: by its link, else by its track; -1 for none. */
export function partnerRow({ index }: CheckScene, box: number): number {
  const { boxes2d, cuboids } = index.labels;
  const link = boxes2d.cuboid[box]!;
  const track = boxes2d.track[box]!;
  if (link !== NO_LINK || track === NO_TRACK) return link;
  const frame = boxes2d.frame[box]!;
  for (let row = cuboids.frameStart[frame]!; row < cuboids.frameStart[frame + 1]!; row++) {
    if (cuboids.track[row] === track) return row;
  }
  return NO_LINK;
}

/** What lies under the cursor: a label, a point, a place on the ground. Places are in the frame's space. */
import { pickCuboidRow, type Ray } from '../../shared/geometry/ray.ts';
import type { DeliveryIndex } from '../../shared/model/labels.ts';
import type { Vec3 } from '../../shared/model/pose.ts';
import type { FrameAssets } from './assets/frameAssets.ts';
import type { EngineView } from './engineContract.ts';
import type { Pictures } from './pictures.ts';
import { CloseView } from './views/closeView.ts';
import { ImageView } from './views/imageView.ts';

/** A click means a point within this many CSS pixels. */
const clickReachPixels = 6;
/** Least radius of the picking cone near the eye, metres. */
const nearRadiusMeters = 0.02;

export interface SceneQueries {
  rowUnder(id: string, x: number, y: number): number | null;
  pointUnder(id: string, x: number, y: number): Promise<Vec3 | null>;
  groundUnder(id: string, x: number, y: number): Promise<Vec3 | null>;
}

export interface QueryNeeds {
  readonly index: DeliveryIndex;
  readonly views: ReadonlyMap<string, EngineView>;
  readonly assets: FrameAssets;
  readonly pictures: Pictures;
  /** Frame on screen, null while nothing is. */
  readonly frame: () => number | null;
  /** From the drawn space to the frame's. */
  readonly inFrame: (place: Vec3) => Vec3;
  /** About the height of the ground in the frame's space. */
  readonly groundLevel: () => number;
}

export function createSceneQueries(needs: QueryNeeds): SceneQueries {
  const { views, assets, pictures } = needs;
  const { cuboids } = needs.index.labels;

  function rayUnder(view: EngineView, x: number, y: number): Ray {
    const { width, height } = view.rectangle;
    const ray = view.camera.rayAt((2 * x) / width - 1, 1 - (2 * y) / height);
    return { origin: needs.inFrame(ray.origin), direction: ray.direction };
  }

  async function pointUnder(id: string, x: number, y: number): Promise<Vec3 | null> {
    const view = views.get(id);
    const frame = needs.frame();
    if (!view || frame === null || view instanceof ImageView) return null;
    const ray = rayUnder(view, x, y);
    return view instanceof CloseView
      ? assets.pickPoint(frame, ray, view.pickRadius(clickReachPixels), 0)
      : assets.pickPoint(frame, ray, nearRadiusMeters, view.pickSlope(clickReachPixels));
  }

  return {
    pointUnder,
    rowUnder(id, x, y) {
      const view = views.get(id);
      const frame = needs.frame();
      if (!view || frame === null) return null;
      if (view instanceof ImageView) return pictures.rowAt(id, x, y);
      const [from, to] = [cuboids.frameStart[frame]!, cuboids.frameStart[frame + 1]!];
      const row = pickCuboidRow(rayUnder(view, x, y), cuboids, from, to);
      return row < 0 ? null : row;
    },
    async groundUnder(id, x, y) {
      const view = views.get(id);
      const frame = needs.frame();
      if (!view || frame === null || view instanceof ImageView) return null;
      const ray = rayUnder(view, x, y);
      const place = (await pointUnder(id, x, y)) ?? onPlane(ray, needs.groundLevel());
      if (!place) return null;
      const ground = await assets.groundHeight(frame, place[0], place[1]);
      return [place[0], place[1], ground ?? place[2]];
    },
  };
}

/** Where a ray meets the level plane at height z; null where it never does. */
function onPlane({ origin, direction }: Ray, z: number): Vec3 | null {
  const along = (z - origin[2]) / direction[2];
  if (!Number.isFinite(along) || along < 0) return null;
  return [origin[0] + along * direction[0], origin[1] + along * direction[1], z];
}

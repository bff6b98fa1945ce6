/** What lies under the cursor: a label, a point, a place on the ground. Places are in the frame's space. */
import { besideRay } from '../../shared/geometry/measures.ts';
import { pickCuboidRow, type Ray } from '../../shared/geometry/ray.ts';
import type { DeliveryIndex } from '../../shared/model/labels.ts';
import type { Vec3 } from '../../shared/model/pose.ts';
import type { FrameAssets } from './assets/frameAssets.ts';
import type { Engine, EngineView } from './engineContract.ts';
import type { Pictures } from './pictures.ts';
import type { PointerPlace } from './pointing.ts';
import { CloseView } from './views/closeView.ts';
import { ImageView } from './views/imageView.ts';

/** A click means a point within this many CSS pixels. */
const clickReachPixels = 6;
/** Least radius of the picking cone near the eye, metres. */
const nearRadiusMeters = 0.02;
/** Slope of the picking cone behind a picture's pixel: lidar points are sparse, so it is a little wider. */
const pictureSlope = 0.012;
/** Where points are dense the one under the very pixel is meant. */
const exactSlope = 0.003;
const sameSurfaceMeters = 0.6;
/** What lies nearer to a camera is the vehicle itself, which no pixel in the open is about. */
const pictureNearMeters = 1;

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

export function createSceneQueries(
  needs: QueryNeeds,
): Pick<Engine, 'placeUnder' | 'gapsOf' | 'pointsNear' | 'countsOf' | 'groundUnder'> {
  const { views, assets, pictures } = needs;
  const { cuboids } = needs.index.labels;

  function rayUnder(id: string, view: EngineView, x: number, y: number): Ray | null {
    if (view instanceof ImageView) return pictures.rayAt(id, x, y);
    const { width, height } = view.rectangle;
    const ray = view.camera.rayAt((2 * x) / width - 1, 1 - (2 * y) / height);
    return { origin: needs.inFrame(ray.origin), direction: ray.direction };
  }

  function pointAlong(view: EngineView, frame: number, ray: Ray): Promise<Vec3 | null> {
    if (view instanceof CloseView) return assets.pickPoint(frame, ray, view.pickRadius(clickReachPixels), 0);
    if (view instanceof ImageView) return pointBehind(frame, startedAt(ray, pictureNearMeters));
    return assets.pickPoint(frame, ray, nearRadiusMeters, view.pickSlope(clickReachPixels));
  }

  /** The first point behind a pixel; of the surface it lies on, rather the one that is nearer to the pixel. */
  async function pointBehind(frame: number, ray: Ray): Promise<Vec3 | null> {
    const pick = (slope: number): Promise<Vec3 | null> =>
      assets.pickPoint(frame, ray, nearRadiusMeters + slope * pictureNearMeters, slope);
    const [first, exact] = await Promise.all([pick(pictureSlope), pick(exactSlope)]);
    if (!first || !exact) return first;
    const depth = (place: Vec3): number => besideRay(ray.origin, ray.direction, place).along;
    return depth(exact) - depth(first) < sameSurfaceMeters ? exact : first;
  }

  return {
    async groundUnder(x, y) {
      const frame = needs.frame();
      return frame === null ? null : assets.groundHeight(frame, x, y);
    },
    countsOf: (frame) => assets.counts(frame),
    async gapsOf(shape) {
      const frame = needs.frame();
      return frame === null ? null : assets.gaps(frame, shape);
    },
    async pointsNear(shape, margin) {
      const frame = needs.frame();
      return frame === null ? null : assets.pointsNear(frame, shape, margin);
    },
    placeUnder(id, x, y): PointerPlace | null {
      const view = views.get(id);
      const frame = needs.frame();
      if (!view || frame === null) return null;
      const ray = (): Ray | null => rayUnder(id, view, x, y);
      const point = async (): Promise<Vec3 | null> => {
        const under = ray();
        return under && pointAlong(view, frame, under);
      };
      return {
        id,
        view,
        x,
        y,
        ray,
        point,
        pixel: () => (view instanceof ImageView ? view.pixelAt(x, y) : null),
        row() {
          if (view instanceof ImageView) return pictures.rowAt(id, x, y);
          const row = pickCuboidRow(
            ray()!,
            cuboids,
            cuboids.frameStart[frame]!,
            cuboids.frameStart[frame + 1]!,
          );
          return row < 0 ? null : row;
        },
        async ground() {
          const under = ray();
          const place = (await point()) ?? (under && onPlane(under, needs.groundLevel()));
          if (!place) return null;
          const ground = await assets.groundHeight(frame, place[0], place[1]);
          return [place[0], place[1], ground ?? place[2]];
        },
      };
    },
  };
}

function startedAt({ origin: [x, y, z], direction }: Ray, meters: number): Ray {
  const [dx, dy, dz] = direction;
  return { origin: [x + meters * dx, y + meters * dy, z + meters * dz], direction };
}

/** Where a ray meets the level plane at height z; null where it never does. */
function onPlane({ origin, direction }: Ray, z: number): Vec3 | null {
  const along = (z - origin[2]) / direction[2];
  if (!Number.isFinite(along) || along < 0) return null;
  return [origin[0] + along * direction[0], origin[1] + along * direction[1], z];
}

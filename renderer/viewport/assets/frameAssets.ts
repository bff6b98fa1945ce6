/** What one frame needs through the workers, and what may be asked of it while its sweeps are loaded. */
import type { CuboidShape } from '../../../shared/geometry/cuboid.ts';
import type { FaceGaps } from '../../../shared/geometry/faceGaps.ts';
import type { ImageCalibration } from '../../../shared/geometry/imageCalibration.ts';
import type { Ray } from '../../../shared/geometry/ray.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import type { Vec3 } from '../../../shared/model/pose.ts';
import type { ImageOperations, ProjectedPoints, SweepOperations } from '../../workers/protocol.ts';
import { openWorkerChannel } from '../../workers/workerChannel.ts';
import type { Cloud } from '../clouds.ts';
import type { ImageTexture } from '../gpu/imagePlane.ts';
import type { SweepPoints } from '../gpu/sweepPoints.ts';
import type { SpaceMaterials } from '../space.ts';
import type { ImageAsset, LabelPointsAsset, LateAsset, SweepAsset } from './assetKinds.ts';
import { createFrameQueries } from './frameQueries.ts';
import { createImageAssets } from './imageAssets.ts';
import { createLabelPoints } from './labelPoints.ts';
import { createLateAssets } from './lateAssets.ts';
import { createSweepAssets } from './sweepAssets.ts';

export interface FrameAssets {
  sweep(cloud: Cloud, priority: number, signal: AbortSignal): Promise<SweepAsset>;
  image(frame: number, image: number, priority: number, signal: AbortSignal): Promise<ImageAsset>;
  labelPoints(
    row: number,
    clouds: readonly Cloud[],
    isFollowed: boolean,
    priority: number,
    signal: AbortSignal,
  ): Promise<LabelPointsAsset>;
  ground(clouds: readonly Cloud[], priority: number, signal: AbortSignal): Promise<LateAsset>;
  /** Colours of the frame's pictures for the points of its clouds; a picture that cannot be read gives none. */
  paint(frame: number, clouds: readonly Cloud[], priority: number, signal: AbortSignal): Promise<LateAsset>;
  gaps(frame: number, shape: CuboidShape): Promise<FaceGaps>;
  /** Points of the frame's own sweeps around a box: along, across, up from its centre in its own axes. */
  pointsNear(frame: number, shape: CuboidShape, margin: number): Promise<Float32Array>;
  /** Points inside each usable cuboid of the frame, by row. */
  counts(frame: number): Promise<ReadonlyMap<number, number>>;
  pickPoint(frame: number, ray: Ray, radius: number, slope: number): Promise<Vec3 | null>;
  projectPoints(
    frame: number,
    calibration: ImageCalibration,
    width: number,
    height: number,
    signal: AbortSignal,
  ): Promise<readonly ProjectedPoints[]>;
  groundHeight(frame: number, x: number, y: number): Promise<number | null>;
  close(): void;
}

/** Opens the workers of a delivery. `upload` puts what has arrived on the GPU before it is needed. */
export function createFrameAssets(
  index: DeliveryIndex,
  delivery: string,
  materials: SpaceMaterials,
  upload: (points: SweepPoints | ImageTexture) => void,
): FrameAssets {
  const sweeps = openWorkerChannel<SweepOperations>(
    new Worker(new URL('../../workers/sweep.worker.ts', import.meta.url), { type: 'module' }),
  );
  const images = openWorkerChannel<ImageOperations>(
    new Worker(new URL('../../workers/image.worker.ts', import.meta.url), { type: 'module' }),
  );
  const address = { base: document.baseURI, delivery };
  const { sweep, held } = createSweepAssets(index, sweeps, address, materials, upload);
  const { gapsOf, ...queries } = createFrameQueries(index, sweeps, held);
  return {
    sweep,
    image: createImageAssets(index, images, address, upload),
    labelPoints: createLabelPoints(index, sweeps, held, gapsOf),
    ...createLateAssets(index, sweeps, images, address, held),
    ...queries,
    close() {
      sweeps.close();
      images.close();
    },
  };
}

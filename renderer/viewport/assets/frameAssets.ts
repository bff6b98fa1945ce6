/** Loads what one frame needs through the workers: its sweeps, its pictures, and the points around one label. */
import { ProblemError } from '../../../shared/base/problem.ts';
import type { CuboidShape } from '../../../shared/geometry/cuboid.ts';
import type { FaceGaps } from '../../../shared/geometry/faceGaps.ts';
import type { ImageCalibration } from '../../../shared/geometry/imageCalibration.ts';
import type { Ray } from '../../../shared/geometry/ray.ts';
import type { Frame } from '../../../shared/model/delivery.ts';
import { cuboidAt } from '../../../shared/model/labelRow.ts';
import { CuboidFlag, type DeliveryIndex } from '../../../shared/model/labels.ts';
import type { Vec3 } from '../../../shared/model/pose.ts';
import {
  type ImageOperations,
  memberLength,
  Priority,
  type ProjectedPoints,
  type SweepOperations,
} from '../../workers/protocol.ts';
import { openWorkerChannel, type WorkerChannel } from '../../workers/workerChannel.ts';
import { type Cloud, cloudsOf } from '../clouds.ts';
import { classCode } from '../colourMaps.ts';
import { createImageTexture, type ImageTexture } from '../gpu/imagePlane.ts';
import { createSweepPoints, type SweepPoints } from '../gpu/sweepPoints.ts';
import type { SpaceMaterials } from '../space.ts';
import type { Asset } from './assetRing.ts';

export interface SweepAsset extends Asset {
  readonly kind: 'sweep';
  readonly points: SweepPoints;
}

export interface ImageAsset extends Asset {
  readonly kind: 'image';
  readonly image: ImageTexture;
}

/** The points around one label: which to draw close up, and how far the faces stand from them. */
export interface LabelPointsAsset extends Asset {
  readonly kind: 'label-points';
  /** Key of a cloud -> its points near the label. */
  readonly near: ReadonlyMap<string, Uint32Array<ArrayBuffer>>;
  readonly gaps: FaceGaps;
}

export const imageKey = (frame: number, image: number): string => `image ${frame} ${image}`;
export const labelPointsKey = (row: number, clouds: readonly Cloud[]): string =>
  `label ${row} ${clouds.length} ${clouds.at(-1)?.key ?? ''}`;

const ownClouds = { mergedSweeps: 0, showRadar: false };
const nobody = { members: new Float64Array(0), memberCodes: new Uint8Array(0) };

/** How far around a label its close views look: its own length again, at least this. */
const leastMarginMeters = 6;
/** Points this far outside a face still count as what the face should have reached. */
const gapReachMeters = 1;

export interface FrameAssets {
  sweep(cloud: Cloud, priority: number, signal: AbortSignal): Promise<SweepAsset>;
  image(frame: number, image: number, priority: number, signal: AbortSignal): Promise<ImageAsset>;
  labelPoints(
    row: number,
    clouds: readonly Cloud[],
    priority: number,
    signal: AbortSignal,
  ): Promise<LabelPointsAsset>;
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

export function createFrameAssets(
  index: DeliveryIndex,
  delivery: string,
  materials: SpaceMaterials,
  upload: (points: SweepPoints | ImageTexture) => void,
): FrameAssets {
  const sweeps: WorkerChannel<SweepOperations> = openWorkerChannel(
    new Worker(new URL('../../workers/sweep.worker.ts', import.meta.url), { type: 'module' }),
  );
  const images: WorkerChannel<ImageOperations> = openWorkerChannel(
    new Worker(new URL('../../workers/image.worker.ts', import.meta.url), { type: 'module' }),
  );
  const { cuboids } = index.labels;

  const frameAt = (frame: number): Frame => index.delivery.frames.at(frame)!;
  // Every load has a name of its own in the worker, so that a late release cannot take a newer load away.
  const heldAs = new Map<string, string>();
  let loads = 0;
  const keysOf = (frame: number): string[] =>
    cloudsOf(index.delivery.frames, frame, ownClouds).flatMap(({ key }) => heldAs.get(key) ?? []);
  const address = { base: document.baseURI, delivery };
  const classValues = index.delivery.pointClasses?.map(({ value }) => value) ?? [];

  async function allGaps(
    frame: number,
    shape: CuboidShape,
    priority: number,
    signal?: AbortSignal,
  ): Promise<FaceGaps> {
    const each = await Promise.all(
      keysOf(frame).map((key) =>
        sweeps.call(
          'gaps',
          { key, shape, reach: gapReachMeters },
          signal ? { priority, signal } : { priority },
        ),
      ),
    );
    return each.reduce(mergeGaps, noGaps);
  }

  return {
    async sweep(cloud, priority, signal) {
      const { ref, key: name } = cloud;
      // Labels are of the frame's own instant: what was seen at another lies in none of them.
      const { members, memberCodes } = cloud.role === 'lidar' ? membersOf(index, cloud.frame) : nobody;
      const key = `${name} ${++loads}`;
      const loaded = await sweeps.call(
        'load',
        {
          key,
          address,
          ref,
          classValues,
          members,
          memberCodes,
        },
        { priority, signal },
      );
      const dress = cloud.role === 'radar' ? materials.radar : materials;
      const points = createSweepPoints(loaded, ref.spaceFromPoints ?? null, dress, (buffer) =>
        sweeps.giveBack(buffer),
      );
      upload(points);
      heldAs.set(name, key);
      return {
        kind: 'sweep',
        points,
        bytes: points.bytes,
        dispose() {
          points.dispose();
          if (heldAs.get(name) === key) heldAs.delete(name);
          // The worker may be closed by now: then there is nothing left to release.
          sweeps.call('release', { key }).catch(ignoreAbort);
        },
      };
    },
    async image(frame, image, priority, signal) {
      const ref = frameAt(frame).images[image]!;
      const decoded = await images.call('decode', { address, ref }, { priority, signal });
      const texture = createImageTexture(decoded.bitmap);
      upload(texture);
      return { kind: 'image', image: texture, bytes: texture.bytes, dispose: () => texture.dispose() };
    },
    async labelPoints(row, clouds, priority, signal) {
      const frame = cuboids.frame[row]!;
      const shape = cuboidAt(index.labels, row);
      const margin = Math.max(leastMarginMeters, ...shape.size);
      const near = new Map<string, Uint32Array<ArrayBuffer>>();
      await Promise.all(
        clouds.map(async ({ key: name }) => {
          const key = heldAs.get(name);
          if (key === undefined) return;
          near.set(name, await sweeps.call('near', { key, shape, margin }, { priority, signal }));
        }),
      );
      const gaps = await allGaps(frame, shape, priority, signal);
      const bytes = [...near.values()].reduce((sum, list) => sum + list.byteLength, 0);
      return { kind: 'label-points', near, gaps, bytes, dispose: () => undefined };
    },
    gaps: (frame, shape) => allGaps(frame, shape, Priority.now),
    async pointsNear(frame, shape, margin) {
      const each = await Promise.all(
        keysOf(frame).map((key) => sweeps.call('around', { key, shape, margin })),
      );
      const all = new Float32Array(each.reduce((sum, places) => sum + places.length, 0));
      let at = 0;
      for (const places of each) {
        all.set(places, at);
        at += places.length;
      }
      return all;
    },
    async counts(frame) {
      const { members, rows } = membersOf(index, frame);
      const each = await Promise.all(keysOf(frame).map((key) => sweeps.call('counts', { key, members })));
      return new Map(rows.map((row, at) => [row, each.reduce((sum, counts) => sum + counts[at]!, 0)]));
    },
    async pickPoint(frame, ray, radius, slope) {
      const hits = await Promise.all(
        keysOf(frame).map((key) => sweeps.call('pick', { key, ray, radius, slope, farthest: 1000 })),
      );
      const nearest = hits
        .filter((hit) => hit !== null)
        .sort((a, b) => a.along - b.along)
        .at(0);
      return nearest?.place ?? null;
    },
    projectPoints: (frame, calibration, width, height, signal) =>
      Promise.all(
        keysOf(frame).map((key) =>
          sweeps.call('project', { key, calibration, width, height }, { priority: Priority.next, signal }),
        ),
      ),
    async groundHeight(frame, x, y) {
      const heights = await Promise.all(
        keysOf(frame).map((key) => sweeps.call('ground', { key, x, y, radius: 1.5 })),
      );
      return heights.find((height) => height !== null) ?? null;
    },
    close() {
      sweeps.close();
      images.close();
    },
  };
}

function ignoreAbort(error: unknown): void {
  if (error instanceof Error && error.name === 'AbortError') return;
  if (error instanceof ProblemError) return;
  throw error;
}

/** The usable cuboids of a frame as the flat list the worker takes. */
export function membersOf(
  index: DeliveryIndex,
  frame: number,
): { readonly members: Float64Array; readonly memberCodes: Uint8Array; readonly rows: readonly number[] } {
  const { cuboids } = index.labels;
  const from = cuboids.frameStart[frame]!;
  const to = cuboids.frameStart[frame + 1]!;
  const members = new Float64Array((to - from) * memberLength);
  const codes = new Uint8Array(to - from);
  const rows: number[] = [];
  let used = 0;
  for (let row = from; row < to; row++) {
    if (cuboids.flags[row]! & CuboidFlag.unusable) continue;
    members.set(cuboids.center.subarray(3 * row, 3 * row + 3), used * memberLength);
    members.set(cuboids.size.subarray(3 * row, 3 * row + 3), used * memberLength + 3);
    members.set(cuboids.rotation.subarray(4 * row, 4 * row + 4), used * memberLength + 6);
    codes[used++] = classCode(cuboids.classIndex[row]!);
    rows.push(row);
  }
  return { members: members.slice(0, used * memberLength), memberCodes: codes.slice(0, used), rows };
}

const infinite = [1, 1, 1, 1, 1, 1].map(() => Number.POSITIVE_INFINITY);
const noGaps: FaceGaps = { inside: 0, inward: infinite, outward: infinite };

/** Several lidars see one object: counts add up, the nearest point wins. */
function mergeGaps(a: FaceGaps, b: FaceGaps): FaceGaps {
  return {
    inside: a.inside + b.inside,
    inward: a.inward.map((gap, face) => Math.min(gap, b.inward[face]!)),
    outward: a.outward.map((gap, face) => Math.min(gap, b.outward[face]!)),
  };
}

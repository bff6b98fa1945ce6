/** Loads what one frame needs through the workers: its sweeps, its pictures, and the points around one label. */
import { ProblemError } from '../../../shared/base/problem.ts';
import { type CuboidShape, transformCuboid } from '../../../shared/geometry/cuboid.ts';
import type { FaceGaps } from '../../../shared/geometry/faceGaps.ts';
import { effectiveCalibration, type ImageCalibration } from '../../../shared/geometry/imageCalibration.ts';
import { invertRigid } from '../../../shared/geometry/matrix.ts';
import type { Ray } from '../../../shared/geometry/ray.ts';
import type { Frame } from '../../../shared/model/delivery.ts';
import { cuboidAt } from '../../../shared/model/labelRow.ts';
import { CuboidFlag, type DeliveryIndex, NO_TRACK } from '../../../shared/model/labels.ts';
import type { Mat4, Vec3 } from '../../../shared/model/pose.ts';
import {
  type ImageOperations,
  memberLength,
  Priority,
  type ProjectedPoints,
  type SweepOperations,
} from '../../workers/protocol.ts';
import { openWorkerChannel, type WorkerChannel } from '../../workers/workerChannel.ts';
import { classCode, instanceCode } from '../classColours.ts';
import { type Cloud, cloudsOf, followOf } from '../clouds.ts';
import { createImageTexture, type ImageTexture } from '../gpu/imagePlane.ts';
import { createSweepPoints, type LateAttribute, type SweepPoints } from '../gpu/sweepPoints.ts';
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
  /** How those of some clouds are moved along with the label, within the frame's space. */
  readonly follow: ReadonlyMap<string, Mat4 | null>;
  readonly gaps: FaceGaps;
}

/** What was found out about the points of a frame's clouds, by key of the cloud: bytes beside each point. */
export interface LateAsset extends Asset {
  readonly kind: LateAttribute;
  readonly bytesOf: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
  /** Of ground: how many points are, by key of the cloud. */
  readonly counts: ReadonlyMap<string, number>;
}

export const imageKey = (frame: number, image: number): string => `image ${frame} ${image}`;
const cloudsKey = (clouds: readonly Cloud[]): string => `${clouds.length} ${clouds.at(-1)?.key ?? ''}`;
export const labelPointsKey = (row: number, clouds: readonly Cloud[], isFollowed: boolean): string =>
  `label ${row} ${isFollowed ? 'followed' : 'standing'} ${cloudsKey(clouds)}`;
export const lateKey = (kind: LateAttribute, frame: number, clouds: readonly Cloud[]): string =>
  `${kind} ${frame} ${cloudsKey(clouds)}`;

const ownClouds = { mergedSweeps: 0, showRadar: false, hiddenLidars: [] };
const nobody = {
  members: new Float64Array(0),
  memberCodes: new Uint8Array(0),
  instanceCodes: new Uint8Array(0),
};
/** Pictures are made this small before points take their colours: more could not be seen. */
const longestPixels = 1024;

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
      const { members, memberCodes, instanceCodes } =
        cloud.role === 'lidar' ? membersOf(index, cloud.frame) : nobody;
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
          instanceCodes,
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
    async labelPoints(row, clouds, isFollowed, priority, signal) {
      const frame = cuboids.frame[row]!;
      const shape = cuboidAt(index.labels, row);
      const follow = isFollowed
        ? followOf(clouds, index.delivery.frames, cuboids, row)
        : new Map<string, Mat4 | null>();
      const margin = Math.max(leastMarginMeters, ...shape.size);
      const near = new Map<string, Uint32Array<ArrayBuffer>>();
      await Promise.all(
        clouds.map(async ({ key: name }) => {
          const key = heldAs.get(name);
          const motion = follow.get(name);
          if (key === undefined || motion === null) return;
          // Near the label are then the points that were near the object where it was.
          const where = motion ? transformCuboid(invertRigid(motion), shape) : shape;
          near.set(name, await sweeps.call('near', { key, shape: where, margin }, { priority, signal }));
        }),
      );
      const gaps = await allGaps(frame, shape, priority, signal);
      const bytes = [...near.values()].reduce((sum, list) => sum + list.byteLength, 0);
      return { kind: 'label-points', near, follow, gaps, bytes, dispose: () => undefined };
    },
    async ground(clouds, priority, signal) {
      const bytesOf = new Map<string, Uint8Array<ArrayBuffer>>();
      const counts = new Map<string, number>();
      await Promise.all(
        clouds.map(async ({ key: name, role }) => {
          const key = heldAs.get(name);
          // A radar return stands for a surface that something has.
          if (key === undefined || role === 'radar') return;
          const { flags, count } = await sweeps.call('groundFlags', { key }, { priority, signal });
          bytesOf.set(name, flags);
          counts.set(name, count);
        }),
      );
      return lateAsset('ground', bytesOf, counts);
    },
    async paint(frame, clouds, priority, signal) {
      const each = await Promise.all(
        frameAt(frame).images.map(async (ref) => {
          const calibration = effectiveCalibration(index.delivery, ref);
          if (!calibration || calibration.model.kind === 'unknown') return null;
          return images
            .call('pixels', { address, ref, longest: longestPixels }, { priority, signal })
            .then((pixels) => ({ ...pixels, calibration }), noPicture);
        }),
      );
      const pictures = each.filter((picture) => picture !== null);
      const nameOf = new Map(clouds.flatMap(({ key: name }) => [[heldAs.get(name) ?? '', name] as const]));
      const keys = [...nameOf.keys()].filter((key) => key !== '');
      const painted = await sweeps.call('paint', { keys, pictures }, { priority, signal });
      const bytesOf = new Map([...painted].map(([key, bytes]) => [nameOf.get(key)!, bytes]));
      return lateAsset('picture', bytesOf, new Map());
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

function lateAsset(
  kind: LateAttribute,
  bytesOf: LateAsset['bytesOf'],
  counts: LateAsset['counts'],
): LateAsset {
  const bytes = [...bytesOf.values()].reduce((sum, list) => sum + list.byteLength, 0);
  return { kind, bytesOf, counts, bytes, dispose: () => undefined };
}

/** A picture that cannot be read has its own sentence in its pane. */
function noPicture(error: unknown): null {
  if (error instanceof ProblemError) return null;
  throw error;
}

function ignoreAbort(error: unknown): void {
  if (error instanceof Error && error.name === 'AbortError') return;
  if (error instanceof ProblemError) return;
  throw error;
}

export interface Members {
  readonly members: Float64Array;
  readonly memberCodes: Uint8Array;
  readonly instanceCodes: Uint8Array;
  readonly rows: readonly number[];
}

/** The usable cuboids of a frame as the flat list the worker takes. */
export function membersOf(index: DeliveryIndex, frame: number): Members {
  const { cuboids } = index.labels;
  const from = cuboids.frameStart[frame]!;
  const to = cuboids.frameStart[frame + 1]!;
  const members = new Float64Array((to - from) * memberLength);
  const codes = new Uint8Array(to - from);
  const objects = new Uint8Array(to - from);
  const rows: number[] = [];
  for (let row = from; row < to; row++) {
    if (cuboids.flags[row]! & CuboidFlag.unusable) continue;
    const used = rows.length;
    const track = cuboids.track[row]!;
    members.set(cuboids.center.subarray(3 * row, 3 * row + 3), used * memberLength);
    members.set(cuboids.size.subarray(3 * row, 3 * row + 3), used * memberLength + 3);
    members.set(cuboids.rotation.subarray(4 * row, 4 * row + 4), used * memberLength + 6);
    codes[used] = classCode(cuboids.classIndex[row]!);
    objects[used] = instanceCode(track === NO_TRACK ? null : track, row);
    rows.push(row);
  }
  return {
    members: members.slice(0, rows.length * memberLength),
    memberCodes: codes.slice(0, rows.length),
    instanceCodes: objects.slice(0, rows.length),
    rows,
  };
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

/**
 * Points out of NCore: rays of a lidar or radar (direction, time, distance of each return), each placed where the
 * sensor stood at the ray's own time, or a stored cloud. With a companion (the store of the poses) the points are in
 * the vehicle's frame at the end of the sweep; without, in the sensor's own.
 */
import type { Problem, Result } from '../../base/problem.ts';
import { done, failed, ProblemError } from '../../base/problem.ts';
import type { SweepRef } from '../../model/delivery.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { CarrierTools, ReadCarrier } from '../clouds/carrier.ts';
import type { SweepReading } from '../clouds/sweepRows.ts';
import { pooledFloats, sweepFromFloats } from '../clouds/sweepRows.ts';
import { readAttributes, readZarrArray } from '../zarr/zarrArray.ts';
import type { ZarrStore } from '../zarr/zarrStore.ts';
import type { ZarrValues } from '../zarr/zarrTypes.ts';
import { addPoses, PoseGraph, RIG } from './poseGraph.ts';
import { openReferredStore } from './referredStore.ts';
import { sweptPoseOver } from './sweptPose.ts';

const FLOATS = 4;
/** Several times what any lidar measures in a turn. */
const MOST_POINTS = 16_000_000;

export const read: ReadCarrier = async (ref, tools) => {
  const opened = await openReferredStore(ref, tools.open);
  if (!opened.ok) return opened;
  const key = ref.part?.name ?? '';
  return key.startsWith('point_clouds/')
    ? readCloud(opened.value, key, tools)
    : readRays(opened.value, key, ref, tools);
};

function missing(store: ZarrStore, key: string): Result<never> {
  return failed({ code: 'ncore-array-missing', severity: 'error', path: store.path, place: key });
}

/** The array's values, `count` of them or any number where it is -1; null where there is none. */
async function values(store: ZarrStore, key: string, count: number): Promise<Result<ZarrValues | null>> {
  const array = await readZarrArray(store, key);
  if (!array.ok || !array.value) return array.ok ? done(null) : array;
  const found = array.value.values;
  if (count >= 0 && found.length !== count) {
    const params = { count: found.length, expected: count };
    return failed({ code: 'ncore-array-length', severity: 'error', path: store.path, place: key, params });
  }
  return done(found);
}

async function readCloud(
  store: ZarrStore,
  key: string,
  { pool }: CarrierTools,
): Promise<Result<SweepReading>> {
  const xyz = await values(store, `${key}/xyz`, -1);
  if (!xyz.ok) return xyz;
  if (!(xyz.value instanceof Float32Array) || xyz.value.length % 3 !== 0) return missing(store, `${key}/xyz`);
  const count = xyz.value.length / 3;
  const intensity = await values(store, `${key}/intensity`, count);
  const problems: Problem[] = intensity.ok ? [] : [intensity.problem];
  const shades = intensity.ok ? intensity.value : null;
  const rows = pooledFloats(pool, count * FLOATS);
  for (let i = 0; i < count; i++) {
    for (let axis = 0; axis < 3; axis++) rows[FLOATS * i + axis] = xyz.value[3 * i + axis]!;
    rows[FLOATS * i + 3] = shades ? Number(shades[i]) : 0;
  }
  const layout = { values: rows, count, stride: FLOATS, position: 0, ring: -1, ownsValues: true };
  const sweep = sweepFromFloats({ ...layout, intensity: shades ? 3 : -1 }, pool);
  return done({ sweep, problems, viewpoint: null });
}

interface Rays {
  readonly directions: Float32Array;
  readonly times: BigUint64Array | null;
  /** One row of all rays for each return. */
  readonly distances: Float32Array;
  readonly intensities: Float32Array | null;
  /** Packed bits, the highest first; null = every return that has a distance. */
  readonly valid: Uint8Array | null;
}

async function loadRays(store: ZarrStore, key: string): Promise<Result<Rays>> {
  const directions = await values(store, `${key}/ray_bundle/direction`, -1);
  if (!directions.ok) return directions;
  if (!(directions.value instanceof Float32Array)) return missing(store, `${key}/ray_bundle/direction`);
  const count = Math.floor(directions.value.length / 3);
  const distances = await values(store, `${key}/ray_bundle_returns/distance_m`, -1);
  if (!distances.ok) return distances;
  const hasReturns = distances.value instanceof Float32Array && distances.value.length % (count || 1) === 0;
  if (!hasReturns) return missing(store, `${key}/ray_bundle_returns/distance_m`);
  const points = distances.value!.length;
  if (points > MOST_POINTS) {
    const params = { count: points, expected: MOST_POINTS };
    return failed({ code: 'ncore-array-length', severity: 'error', path: store.path, place: key, params });
  }
  const times = await values(store, `${key}/ray_bundle/timestamp_us`, count);
  if (!times.ok) return times;
  const intensities = await values(store, `${key}/ray_bundle_returns/intensity`, points);
  if (!intensities.ok) return intensities;
  const valid = await values(store, `${key}/ray_bundle_returns_valid_mask_packed`, Math.ceil(points / 8));
  if (!valid.ok) return valid;
  return done({
    directions: directions.value,
    times: times.value instanceof BigUint64Array ? times.value : null,
    distances: distances.value as Float32Array,
    intensities: intensities.value instanceof Float32Array ? intensities.value : null,
    valid: valid.value instanceof Uint8Array ? valid.value : null,
  });
}

/** `vehicle at the sweep's end` from `sensor at a time`; null = points stay in the sensor's frame. */
type PlaceAt = (time: number) => Mat4 | null;

async function placesOf(ref: SweepRef, tools: CarrierTools, problems: Problem[]): Promise<PlaceAt | null> {
  const [companion] = ref.companions ?? [];
  const match = /^(?:lidars|radars)\/(.+)\/frames\/(\d+)$/.exec(ref.part?.name ?? '');
  if (!companion || !match) return null;
  const opened = await openReferredStore(companion, tools.open);
  if (!opened.ok) throw new ProblemError(opened.problem);
  const store = opened.value;
  const graph = new PoseGraph();
  await store.consolidate();
  for (const name of instanceNames(store)) {
    const statics = await readAttributes(store, `poses/${name}/static_poses`);
    const dynamics = await readAttributes(store, `poses/${name}/dynamic_poses`);
    if (!statics.ok) throw new ProblemError(statics.problem);
    if (!dynamics.ok) throw new ProblemError(dynamics.problem);
    addPoses(graph, statics.value, dynamics.value, store.path, (problem) => problems.push(problem));
  }
  const end = Number(match[2]);
  return (time) => graph.between(RIG, end, match[1]!, time);
}

/** A folder without consolidated metadata cannot be listed from here; its poses are then under the usual name. */
function instanceNames(store: ZarrStore): readonly string[] {
  const names = store.children('poses');
  return names.length > 0 ? names : ['default'];
}

async function readRays(
  store: ZarrStore,
  key: string,
  ref: SweepRef,
  tools: CarrierTools,
): Promise<Result<SweepReading>> {
  const loaded = await loadRays(store, key);
  if (!loaded.ok) return loaded;
  const { directions, times, distances, intensities, valid } = loaded.value;
  const problems: Problem[] = [];
  const placeAt = times ? await placesOf(ref, tools, problems) : null;
  const rays = directions.length / 3;
  const swept = placeAt && times ? sweptPoseOver(placeAt, times) : null;
  const rows = pooledFloats(tools.pool, distances.length * FLOATS);
  let count = 0;
  let unplaced = 0;
  for (let ray = 0; ray < rays; ray++) {
    const time = swept ? Number(times![ray]) : 0;
    for (let point = ray; point < distances.length; point += rays) {
      if (valid && (valid[point >> 3]! & (0x80 >> (point & 7))) === 0) continue;
      const distance = distances[point]!;
      if (Number.isNaN(distance)) continue;
      const at = FLOATS * count;
      rows[at] = directions[3 * ray]! * distance;
      rows[at + 1] = directions[3 * ray + 1]! * distance;
      rows[at + 2] = directions[3 * ray + 2]! * distance;
      rows[at + 3] = intensities ? intensities[point]! : 0;
      if (!swept || swept.move(time, rows, at, at)) count++;
      else unplaced++;
    }
  }
  if (unplaced > 0) {
    const params = { count: unplaced };
    problems.push({ code: 'ncore-rays-unplaced', severity: 'warning', path: store.path, place: key, params });
  }
  const layout = { values: rows, count, stride: FLOATS, position: 0, ring: -1, ownsValues: true };
  const sweep = sweepFromFloats({ ...layout, intensity: intensities ? 3 : -1 }, tools.pool);
  return done({ sweep, problems, viewpoint: null });
}

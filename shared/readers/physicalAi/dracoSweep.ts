/**
 * A sweep of PhysicalAI-AV: one Draco cloud in a cell of the lidar's table. With companions (egomotion and extrinsics)
 * every point is placed where the vehicle stood at its own time, in the vehicle's frame at the end of the spin; without,
 * points stay in the sensor's frame, as they are stored.
 */
import type { Problem, Result } from '../../base/problem.ts';
import { done, failed } from '../../base/problem.ts';
import { multiply } from '../../geometry/matrix.ts';
import type { SweepRef } from '../../model/delivery.ts';
import type { Mat4 } from '../../model/pose.ts';
import type { CarrierTools, ReadCarrier } from '../clouds/carrier.ts';
import { pooledFloats, sweepFromFloats } from '../clouds/sweepRows.ts';
import { PoseGraph, RIG, WORLD } from '../ncore/poseGraph.ts';
import { sweptPoseOver } from '../ncore/sweptPose.ts';
import { openParquet } from '../parquet/parquetFile.ts';
import type { DracoCloud } from './dracoModule.ts';
import { dracoDecoder } from './dracoModule.ts';
import { readEgomotion, readExtrinsics } from './tables.ts';

export const CLOUD_COLUMN = 'draco_encoded_pointcloud';
const FLOATS = 4;
const BYTE = 255;

/** Rows of x, y, z and intensity (0 to 1), unmoved; times in microseconds, where the cloud has them. */
interface Points {
  readonly rows: Float32Array<ArrayBuffer>;
  readonly count: number;
  readonly times: Int32Array | null;
  readonly hasIntensity: boolean;
}

function pointsOf(cloud: DracoCloud, tools: CarrierTools): Points {
  const { count, positions } = cloud;
  const intensity = cloud.attribute('intensity', 'uint8');
  const rows = pooledFloats(tools.pool, count * FLOATS);
  for (let i = 0; i < count; i++) {
    rows[FLOATS * i] = positions[3 * i]!;
    rows[FLOATS * i + 1] = positions[3 * i + 1]!;
    rows[FLOATS * i + 2] = positions[3 * i + 2]!;
    rows[FLOATS * i + 3] = intensity ? intensity[i]! / BYTE : 0;
  }
  const times = cloud.attribute('timestamp', 'int32') as Int32Array | null;
  return { rows, count, times, hasIntensity: intensity !== null };
}

type PlaceAt = (time: number) => Mat4 | null;

/** Vehicle at the end of the spin from sensor at a time. */
async function placesOf(ref: SweepRef, end: number, { open }: CarrierTools): Promise<Result<PlaceAt | null>> {
  const [motion, mounting] = ref.companions ?? [];
  if (!motion || !mounting) return done(null);
  const egomotion = await readEgomotion(await open(motion), motion.path);
  if (!egomotion.ok) return egomotion;
  const extrinsics = await readExtrinsics(await open(mounting), mounting.path, ref.part?.name ?? '');
  if (!extrinsics.ok) return extrinsics;
  const rigFromSensor = extrinsics.value.get(ref.lidar);
  if (!rigFromSensor) return done(null);
  const graph = new PoseGraph();
  graph.addDynamic(RIG, WORLD, egomotion.value.trajectory);
  return done((time) => {
    const endFromThen = graph.between(RIG, end, RIG, time);
    return endFromThen && multiply(endFromThen, rigFromSensor);
  });
}

/** Moves the rows in place and drops those without a pose. Answers how many are left. */
function place({ rows, count, times }: Points, placeAt: PlaceAt, end: number): number {
  const swept = sweptPoseOver(placeAt, times ?? [end]);
  let kept = 0;
  for (let i = 0; swept && i < count; i++) {
    const to = FLOATS * kept;
    if (!swept.move(times ? times[i]! : end, rows, FLOATS * i, to)) continue;
    rows[to + 3] = rows[FLOATS * i + 3]!;
    kept++;
  }
  return kept;
}

/**
 * `part.row`: row of the table; `part.name`: the clip, for tables that hold several; `timestampNanos`: the spin's end.
 */
export const read: ReadCarrier = async (ref, tools) => {
  const { path } = ref;
  const row = ref.part?.row ?? 0;
  const file = await openParquet(await tools.open(ref), path);
  if (!file.ok) return file;
  const cells = await file.value.read([CLOUD_COLUMN], { rowStart: row, rowEnd: row + 1 });
  if (!cells.ok) return cells;
  const packed = cells.value.get(CLOUD_COLUMN)![0];
  const end = Number(BigInt(ref.timestampNanos ?? 0) / 1000n);
  const bad = failed({ code: 'draco-broken', severity: 'error', path, place: `row ${row}` });
  if (!(packed instanceof Uint8Array)) return bad;
  const decoder = await dracoDecoder(await tools.codecs.wasm('draco'));
  const points = decoder.withCloud(packed, (cloud) => pointsOf(cloud, tools));
  if (!points) return bad;
  const placeAt = await placesOf(ref, end, tools);
  if (!placeAt.ok) return placeAt;
  const problems: Problem[] = [];
  let { count } = points;
  if (placeAt.value) {
    if (!points.times)
      problems.push({ code: 'draco-times-missing', severity: 'warning', path, place: `row ${row}` });
    count = place(points, placeAt.value, end);
    if (count < points.count) {
      const params = { count: points.count - count };
      problems.push({
        code: 'draco-points-unplaced',
        severity: 'warning',
        path,
        place: `row ${row}`,
        params,
      });
    }
  }
  const layout = { values: points.rows, count, stride: FLOATS, position: 0, ring: -1, ownsValues: true };
  const sweep = sweepFromFloats({ ...layout, intensity: points.hasIntensity ? 3 : -1 }, tools.pool);
  return done({ sweep, problems, viewpoint: null });
};

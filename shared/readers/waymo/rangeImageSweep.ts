/**
 * The points of one laser at one instant: a row of `lidar`, with the laser's calibration, and for the turning laser on
 * the roof the pose of every pixel. Companions: `lidar_calibration`, `lidar_pose`, `vehicle_pose`, known by folder.
 */
import type { Problem, Result } from '../../base/problem.ts';
import { done, failed } from '../../base/problem.ts';
import { invertRigid } from '../../geometry/matrix.ts';
import type { SweepRef } from '../../model/delivery.ts';
import type { CarrierTools, ReadCarrier } from '../clouds/carrier.ts';
import { pooledFloats, sweepFromFloats } from '../clouds/sweepRows.ts';
import type { LaserPlace, RangeImage } from './rangeImage.ts';
import {
  countReturns,
  POINT_FLOATS,
  POSE_CHANNELS,
  RANGE_CHANNELS,
  rowInclinations,
  writeReturns,
} from './rangeImage.ts';
import type { WaymoRows, WaymoTable } from './waymoTable.ts';
import { openTable } from './waymoTable.ts';

interface Row {
  readonly time: string | null;
  readonly laser: string | null;
}

/** A list of numbers and its stated shape, where they agree. */
function imageAt(rows: WaymoRows, name: string, channels: number): RangeImage | null {
  const values = rows.numbers(`${name}.values`, 0);
  const shape = rows.numbers(`${name}.shape`, 0);
  if (!values || shape?.length !== 3 || shape[2] !== channels) return null;
  const [height, width] = [shape[0]!, shape[1]!];
  const isWhole =
    Number.isInteger(height) && height > 0 && width > 0 && values.length === height * width * channels;
  return isWhole ? { height, width, values } : null;
}

/** The row of a companion that belongs to this laser and, where it has times, to this time. */
async function companionRow(table: WaymoTable, { time, laser }: Row): Promise<Result<number>> {
  const keys = await table.read(['frame_timestamp_micros', 'laser_name']);
  if (!keys.ok) return keys;
  for (let row = 0; row < table.rows; row++) {
    const isTime =
      !table.has('frame_timestamp_micros') || keys.value.key('frame_timestamp_micros', row) === time;
    const isLaser = !table.has('laser_name') || keys.value.key('laser_name', row) === laser;
    if (isTime && isLaser) return done(row);
  }
  return done(-1);
}

class SweepReader {
  readonly #ref: SweepRef;
  readonly #open: CarrierTools['open'];
  #row: Row = { time: null, laser: null };

  constructor(ref: SweepRef, open: CarrierTools['open']) {
    this.#ref = ref;
    this.#open = open;
  }

  async images(): Promise<Result<RangeImage[]>> {
    const { path, part } = this.#ref;
    const table = await openTable(() => this.#open(this.#ref), path);
    if (!table.ok) return table;
    const names = ['range_image_return1', 'range_image_return2'];
    const columns = names.flatMap((name) => [`${name}.values`, `${name}.shape`]);
    const rows = await table.value.read(['frame_timestamp_micros', 'laser_name', ...columns], part?.row ?? 0);
    if (!rows.ok) return rows;
    this.#row = { time: rows.value.key('frame_timestamp_micros', 0), laser: rows.value.key('laser_name', 0) };
    const images = names
      .map((name) => imageAt(rows.value, name, RANGE_CHANNELS))
      .filter((image) => image !== null);
    return images.length > 0 ? done(images) : this.#failed('waymo-range-image-bad', path);
  }

  #failed<Value>(code: string, path: string): Result<Value> {
    return failed({ code, severity: 'error', path, params: { laser: this.#row.laser ?? '' } });
  }

  /** The matching row of the companion in folder `tag`; null where there is none. */
  async #companion(tag: string, names: readonly string[]): Promise<Result<WaymoRows | null>> {
    const file = this.#ref.companions?.find(({ path }) => `/${path}`.includes(`/${tag}/`));
    if (!file) return done(null);
    const table = await openTable(() => this.#open(file), file.path);
    if (!table.ok) return table;
    const row = await companionRow(table.value, this.#row);
    if (!row.ok) return row;
    return row.value < 0 ? done(null) : table.value.read(names, row.value);
  }

  async place({ height, width }: RangeImage, problems: Problem[]): Promise<Result<LaserPlace>> {
    const angles = 'beam_inclination';
    const names = ['extrinsic.transform', ...['values', 'min', 'max'].map((name) => `${angles}.${name}`)];
    const calibration = await this.#companion('lidar_calibration', names);
    if (!calibration.ok) return calibration;
    const rows = calibration.value;
    const extrinsic = rows?.pose('extrinsic.transform', 0);
    const [min, max] = [rows?.number(`${angles}.min`, 0), rows?.number(`${angles}.max`, 0)];
    const inclinations =
      rows &&
      rowInclinations(rows.numbers(`${angles}.values`, 0), min ?? Number.NaN, max ?? Number.NaN, height);
    if (!extrinsic || !inclinations) return this.#failed('waymo-laser-uncalibrated', this.#ref.path);
    const motion = await this.#motion(width * height, problems);
    return motion.ok ? done({ extrinsic, inclinations, motion: motion.value }) : motion;
  }

  /** Only the turning laser has poses per pixel; the others take their picture at once. */
  async #motion(pixels: number, problems: Problem[]): Promise<Result<LaserPlace['motion']>> {
    const name = 'range_image_return1';
    const poses = await this.#companion('lidar_pose', [`${name}.values`, `${name}.shape`]);
    if (!poses.ok) return poses;
    if (!poses.value) return done(null);
    const image = imageAt(poses.value, name, POSE_CHANNELS);
    const vehicle = await this.#companion('vehicle_pose', ['world_from_vehicle.transform']);
    if (!vehicle.ok) return vehicle;
    const worldFromVehicle = vehicle.value?.pose('world_from_vehicle.transform', 0);
    if (image && worldFromVehicle && image.height * image.width === pixels) {
      return done({ poses: image.values, vehicleFromWorld: invertRigid(worldFromVehicle) });
    }
    const params = { laser: this.#row.laser ?? '' };
    problems.push({ code: 'waymo-pixel-poses-bad', severity: 'warning', path: this.#ref.path, params });
    return done(null);
  }
}

/** Fails with `waymo-range-image-bad`, `waymo-laser-uncalibrated` or what reading the tables fails with. */
export const read: ReadCarrier = async (ref, { open, pool }) => {
  const reader = new SweepReader(ref, open);
  const images = await reader.images();
  if (!images.ok) return images;
  const problems: Problem[] = [];
  const place = await reader.place(images.value[0]!, problems);
  if (!place.ok) return place;
  // Returns of other sizes than the first would need angles of their own.
  const alike = images.value.filter(({ height }) => height === place.value.inclinations.length);
  const count = alike.reduce((sum, image) => sum + countReturns(image), 0);
  const values = pooledFloats(pool, count * POINT_FLOATS);
  let at = 0;
  for (const image of alike) at = writeReturns(image, place.value, values, at);
  const layout = {
    values,
    count,
    stride: POINT_FLOATS,
    position: 0,
    intensity: 3,
    ring: 4,
    ownsValues: true,
  };
  return done({ sweep: sweepFromFloats(layout, pool), problems, viewpoint: null });
};

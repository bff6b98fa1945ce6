/** What the frames of one set of tables share: sensors in use, cameras and their calibrations, the lidar they turn on. */
import { invertRigid, multiply } from '../../geometry/matrix.ts';
import type { Calibration } from '../../model/delivery.ts';
import type { DeliveryBuilder } from '../deliveryBuilder.ts';
import type { Poses } from './poses.ts';
import type { Readings } from './readings.ts';
import type { Samples } from './samples.ts';
import type { Mounting } from './smallTables.ts';
import type { TroubleCounts } from './tableReader.ts';

/** The lidar whose space a frame is given in, where it has several. */
const PREFERRED_LIDAR = 'LIDAR_TOP';

export const NO_READING = -1;

export interface SensorRig {
  readonly mountings: readonly Mounting[];
  /** Reading of each sample whose axes are the frame's space, or NO_READING. */
  readonly reference: Int32Array;
  /** Index into Delivery.cameras by mounting; -1 for everything but a camera. */
  readonly camera: Int32Array;
  /** Index into Delivery.calibrations by mounting; -1 = not calibrated. */
  readonly calibration: Int32Array;
}

/** The lower, the better; lidars beside the preferred one in the order of the table of sensors. */
function preference({ channel, rank }: Mounting): number {
  return channel === PREFERRED_LIDAR ? -1 : rank;
}

function references(readings: Readings, samples: Samples, mountings: readonly Mounting[]): Int32Array {
  const reference = new Int32Array(samples.count).fill(NO_READING);
  for (let sample = 0; sample < samples.count; sample++) {
    for (let i = readings.start[sample]!; i < readings.start[sample + 1]!; i++) {
      const row = readings.rows[i]!;
      const mounting = mountings[readings.mounting[row]!]!;
      if (readings.isKey[row] === 0 || mounting.modality !== 'lidar') continue;
      const best = reference[sample]!;
      if (best === NO_READING || preference(mounting) < preference(mountings[readings.mounting[best]!]!)) {
        reference[sample] = row;
      }
    }
  }
  return reference;
}

/** Names every sensor that took something, and gives the builder a calibration for each mounting of a camera. */
export function readRig(
  builder: DeliveryBuilder,
  readings: Readings,
  samples: Samples,
  poses: Poses,
  mountings: readonly Mounting[],
  troubles: TroubleCounts,
): SensorRig {
  const reference = references(readings, samples, mountings);
  const used = new Uint8Array(mountings.length);
  for (let row = 0; row < readings.count; row++) used[readings.mounting[row]!] = 1;
  const byRank = [...mountings.keys()]
    .filter((i) => used[i])
    .sort((a, b) => mountings[a]!.rank - mountings[b]!.rank);
  const camera = new Int32Array(mountings.length).fill(-1);
  for (const i of byRank) {
    const { modality, channel } = mountings[i]!;
    if (modality === 'lidar') builder.lidar(channel);
    else if (modality === 'radar') builder.radar(channel);
    else if (modality === 'camera') camera[i] = builder.camera(channel);
  }
  const calibration = new Int32Array(mountings.length).fill(-1);
  const seen = new Uint8Array(mountings.length);
  for (let sample = 0; sample < samples.count; sample++) {
    for (let i = readings.start[sample]!; i < readings.start[sample + 1]!; i++) {
      const row = readings.rows[i]!;
      const mounting = readings.mounting[row]!;
      if (camera[mounting]! < 0 || seen[mounting]) continue;
      seen[mounting] = 1;
      const found = calibrationOf(row, reference[sample]!, camera[mounting]!, readings, poses, mountings);
      if (found) calibration[mounting] = builder.calibration(found);
      else
        troubles.count('nuscenes-camera-uncalibrated', 'calibrated_sensor', mountings[mounting]!.channel, 0);
    }
  }
  return { mountings, reference, camera, calibration };
}

/** As if vehicle and picture stood still: each picture brings the motion between as its own matrix. */
function calibrationOf(
  row: number,
  reference: number,
  camera: number,
  { mounting, width, height }: Readings,
  poses: Poses,
  mountings: readonly Mounting[],
): Calibration | null {
  const { intrinsic, distortion } = mountings[mounting[row]!]!;
  const egoFromCamera = poses.egoFromSensor(mounting[row]!);
  if (!intrinsic || !egoFromCamera || !(intrinsic[0]! > 0) || !(intrinsic[4]! > 0)) return null;
  const cameraFromEgo = invertRigid(egoFromCamera);
  const egoFromSpace = reference === NO_READING ? null : poses.egoFromSensor(mounting[reference]!);
  const [fx, skew, cx, , fy, cy] = intrinsic as readonly [number, number, number, number, number, number];
  const isSized = width[row]! > 0 && height[row]! > 0;
  return {
    camera,
    model: { kind: 'pinhole', fx, fy, cx, cy, ...(skew === 0 ? {} : { skew }), distortion },
    cameraFromSpace: egoFromSpace ? multiply(cameraFromEgo, egoFromSpace) : cameraFromEgo,
    ...(isSized ? { width: width[row]!, height: height[row]! } : {}),
  };
}

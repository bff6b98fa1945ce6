/** A made drive as a delivery that the checks can look at, and the sensor checks over it. */
import { checkRules } from '../../../../shared/audit/checkRules.ts';
import { resultsOf } from '../../../../shared/checks/checkScene.ts';
import type { Check } from '../../../../shared/checks/contract.ts';
import type { CheckResults } from '../../../../shared/checks/results.ts';
import { type CheckScene, sceneOfLabels } from '../../../../shared/checks/scene.ts';
import { sensorChecks } from '../../../../shared/checks/sensors/sensorChecks.ts';
import { shippedSettings } from '../../../../shared/checks/settings.ts';
import { shippedPriors } from '../../../../shared/checks/shippedPriors.ts';
import type { Calibration, Frame } from '../../../../shared/model/delivery.ts';
import type { Box2dColumns, DeliveryIndex, LabelTable } from '../../../../shared/model/labels.ts';
import { type Drive, type DriveFaults, drive } from '../../../support/drivenCamera.ts';
import { defaultSpec } from '../../audit/auditDesk.ts';

const context = { rules: checkRules(defaultSpec), settings: shippedSettings, priors: shippedPriors };

/** The pictures of its one camera are taken when the sweeps are. */
export function drivenIndex(faults: DriveFaults = {}): DeliveryIndex {
  const { frames, labels, calibration }: Drive = drive(faults);
  return indexOf(frames, labels, [calibration]);
}

export function indexOf(
  frames: readonly Frame[],
  labels: LabelTable,
  calibrations: readonly Calibration[],
): DeliveryIndex {
  return {
    delivery: {
      format: 'openlabel',
      scenes: [{ id: 'drive', frameStart: 0, frameCount: frames.length }],
      frames: frames.map((frame) => ({
        ...frame,
        images: calibrations.map(({ camera }, calibration) => ({
          root: 'delivery',
          path: `${camera}/${frame.id}.jpg`,
          camera,
          calibration,
          timestampNanos: frame.timestampNanos,
        })),
      })),
      frameIds: frames.map(({ id }) => id),
      lidars: [{ name: 'lidar' }],
      cameras: calibrations.map(({ camera }) => ({ name: `camera ${camera}` })),
      calibrations,
      labelFiles: [],
    },
    labels,
    source: { name: 'made', kind: 'vendor' },
    others: [],
    problems: [],
  };
}

export function sceneOf(index: DeliveryIndex): CheckScene {
  return sceneOfLabels(index, 0, context);
}

export function checked(index: DeliveryIndex, checks: readonly Check[] = sensorChecks): CheckResults {
  return resultsOf(sceneOf(index), checks);
}

/** `PROJ link`, in the order they are told. */
export function told(index: DeliveryIndex): string[] {
  return checked(index).findings.map(({ check, says }) => `${check} ${says}`);
}

/** The same delivery with frames made anew. */
export function withFrames(index: DeliveryIndex, change: (frame: Frame, at: number) => Frame): DeliveryIndex {
  return { ...index, delivery: { ...index.delivery, frames: index.delivery.frames.map(change) } };
}

export function withCalibration(index: DeliveryIndex, change: Partial<Calibration>): DeliveryIndex {
  const calibrations = index.delivery.calibrations.map((calibration) => ({ ...calibration, ...change }));
  return { ...index, delivery: { ...index.delivery, calibrations } };
}

/** The same delivery with its 2D boxes changed in place, in a copy. */
export function withBoxes(index: DeliveryIndex, change: (boxes: Box2dColumns) => void): DeliveryIndex {
  const { boxes2d } = index.labels;
  const copy = {
    ...boxes2d,
    ltrb: boxes2d.ltrb.slice(),
    cuboid: boxes2d.cuboid.slice(),
    track: boxes2d.track.slice(),
  };
  change(copy);
  return { ...index, labels: { ...index.labels, boxes2d: copy } };
}

/** The row of a track's 2D box in a frame. */
export function boxOfTrack({ labels }: DeliveryIndex, track: string, frame: number): number {
  const { boxes2d, tracks } = labels;
  for (let box = boxes2d.frameStart[frame]!; box < boxes2d.frameStart[frame + 1]!; box++) {
    if (tracks[boxes2d.track[box]!] === track) return box;
  }
  throw new Error(`${track} has no box in frame ${frame}`);
}

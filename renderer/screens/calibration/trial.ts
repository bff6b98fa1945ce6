/** What is tried, in the units it is set in: milliseconds, degrees, centimetres. */
import type { CalibrationTrial } from '../../../shared/geometry/calibrationTrial.ts';
import type { ImageCalibration } from '../../../shared/geometry/imageCalibration.ts';
import type { Vec3 } from '../../../shared/model/pose.ts';
import type { Fit } from '../../../shared/scoring/misalignment.ts';

export interface Trial {
  readonly milliseconds: number;
  readonly isInverted: boolean;
  readonly degrees: Vec3;
  readonly centimeters: Vec3;
}

export const asDelivered: Trial = {
  milliseconds: 0,
  isInverted: false,
  degrees: [0, 0, 0],
  centimeters: [0, 0, 0],
};

export const axes = ['x', 'y', 'z'] as const;
export const timeStep = 5;
export const farthestTime = 150;
export const turnStep = 0.1;
export const shiftStep = 1;
const farthestTurn = 20;
const farthestShift = 200;

export function isAsDelivered(trial: Trial): boolean {
  const { milliseconds, isInverted, degrees, centimeters } = trial;
  return !isInverted && [milliseconds, ...degrees, ...centimeters].every((value) => value === 0);
}

export function calibrationTrial({
  milliseconds,
  isInverted,
  degrees,
  centimeters,
}: Trial): CalibrationTrial {
  return {
    seconds: milliseconds / 1000,
    isInverted,
    rotation: each(degrees, (angle) => (angle * Math.PI) / 180),
    translation: each(centimeters, (length) => length / 100),
  };
}

export function withTime(trial: Trial, milliseconds: number): Trial {
  return { ...trial, milliseconds: within(Math.round(milliseconds), farthestTime) };
}

export function turned(trial: Trial, axis: number, by: number): Trial {
  return { ...trial, degrees: changed(trial.degrees, axis, by, farthestTurn) };
}

export function shifted(trial: Trial, axis: number, by: number): Trial {
  return { ...trial, centimeters: changed(trial.centimeters, axis, by, farthestShift) };
}

/** What a fit says is missing, rounded to what can be set. */
export function trialOfFit(fit: Fit): Trial {
  return {
    milliseconds: within(Math.round(1000 * fit.seconds), farthestTime),
    isInverted: false,
    degrees: each(fit.rotation, (angle) => within(tenths((angle * 180) / Math.PI), farthestTurn)),
    centimeters: each(fit.translation, (length) => within(tenths(100 * length), farthestShift)),
  };
}

/** For a message to whoever made the calibration: what was tried, and the matrix that comes of it. */
export function valuesOf(camera: string, trial: Trial, calibration: ImageCalibration): string {
  const { milliseconds, isInverted, degrees, centimeters } = trial;
  const values = {
    camera,
    pictureLaterMs: milliseconds,
    extrinsicInverted: isInverted,
    turnDegrees: degrees,
    shiftCentimeters: centimeters,
    cameraFromSpace: calibration.cameraFromSpace,
  };
  return JSON.stringify(values, null, 2);
}

function changed(values: Vec3, axis: number, by: number, farthest: number): Vec3 {
  const next = [...values] as [number, number, number];
  next[axis] = within(tenths(next[axis]! + by), farthest);
  return next;
}

/** Steps of a tenth add up without the dust of binary fractions. */
function tenths(value: number): number {
  return Math.round(10 * value) / 10 || 0;
}

function within(value: number, farthest: number): number {
  return Math.min(farthest, Math.max(-farthest, value)) || 0;
}

function each(values: Vec3, change: (value: number) => number): Vec3 {
  return [change(values[0]), change(values[1]), change(values[2])];
}

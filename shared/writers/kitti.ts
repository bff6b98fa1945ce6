/**
 * KITTI object: one label and one calibration file a frame. Every frame's reference camera is its first calibrated
 * picture; without one the axes of a forward camera at the lidar's place stand in, and nothing can be projected.
 */
import { transformPoint } from '../geometry/matrix.ts';
import { projectCuboid } from '../geometry/projectCuboid.ts';
import { rotationFromQuaternion } from '../geometry/rotation.ts';
import type { Calibration, Frame } from '../model/delivery.ts';
import type { Box2d, Cuboid } from '../model/labelRow.ts';
import type { AttributeSet } from '../model/labels.ts';
import type { Mat4 } from '../model/pose.ts';
import type { WriteInput, WriteLabels, WrittenFile } from './contract.ts';
import type { Losses } from './losses.ts';
import { boxesOf, noteCommonLosses, writableCuboids } from './rows.ts';

/** x right, y down, z forward out of x forward, y left, z up. */
const forwardCamera: Mat4 = [0, -1, 0, 0, 0, 0, -1, 0, 1, 0, 0, 0, 0, 0, 0, 1];
/** Beyond this angle to the camera's y axis a cuboid is tilted, radians: what six decimals of a yaw cannot hide. */
const tiltLimit = 1e-3;
const kept = new Set(['truncated', 'occluded', 'alpha', 'score']);

export const writeKitti: WriteLabels = function* (input) {
  const { index, losses } = input;
  noteCommonLosses(index, losses);
  losses.add('shapes', index.labels.shapes.length);
  losses.add('poses', index.delivery.frames.filter(({ worldFromSpace }) => !!worldFromSpace).length);
  losses.add('times', index.delivery.frames.filter(({ timestampNanos }) => timestampNanos !== null).length);
  losses.add('lens-distortion', index.delivery.calibrations.filter(isBent).length);
  const names: string[] = ['number,frame\n'];
  for (const [at, frame] of index.delivery.frames.entries()) {
    if (frame.isBetween) continue;
    const stem = String(at).padStart(6, '0');
    if (frame.id !== stem) losses.add('frame-names');
    names.push(`${stem},${JSON.stringify(frame.id)}\n`);
    yield* frameFiles(input, at, frame, stem);
  }
  yield { path: 'frames.csv', parts: names };
};

const isBent = ({ model }: Calibration): boolean =>
  model.kind === 'fisheye' ||
  model.kind === 'f-theta' ||
  (model.kind === 'pinhole' && model.distortion.some((value) => value !== 0));

interface Reference {
  readonly cameraFromSpace: Mat4;
  readonly calibration: Calibration | null;
  /** Index into `Delivery.cameras`; -1 = none. */
  readonly camera: number;
}

function referenceOf({ delivery }: WriteInput['index'], frame: Frame): Reference {
  const image = frame.images.find(
    ({ calibration }) => delivery.calibrations[calibration]?.model.kind === 'pinhole',
  );
  if (!image) return { cameraFromSpace: forwardCamera, calibration: null, camera: -1 };
  const known = delivery.calibrations[image.calibration]!;
  const cameraFromSpace = image.cameraFromSpace ?? known.cameraFromSpace;
  return { cameraFromSpace, calibration: { ...known, cameraFromSpace }, camera: image.camera };
}

function* frameFiles(
  { index, losses }: WriteInput,
  at: number,
  frame: Frame,
  stem: string,
): Generator<WrittenFile> {
  const reference = referenceOf(index, frame);
  losses.add('camera-poses', Math.max(0, frame.images.length - 1));
  const boxes = boxesOf(index.labels, at);
  const linked = new Map(boxes.map((box) => [box.cuboid, box]));
  const lines: string[] = [];
  for (const cuboid of writableCuboids(index.labels, at, losses)) {
    const box = linked.get(cuboid.row);
    const isOwn = box !== undefined && box.camera === reference.camera;
    if (box && !isOwn) losses.add('boxes2d');
    lines.push(cuboidLine(cuboid, isOwn ? box : null, reference, losses));
  }
  for (const box of boxes) {
    if (box.cuboid >= 0 && index.labels.cuboids.count > box.cuboid) continue;
    if (box.camera === reference.camera) lines.push(boxLine(box, losses));
    else losses.add('boxes2d');
  }
  yield { path: `training/label_2/${stem}.txt`, parts: lines };
  yield { path: `training/calib/${stem}.txt`, parts: calibrationLines(reference) };
}

/** Six decimals are a micrometre: what a label says survives. */
const fixed = (value: number): string => String(Number(value.toFixed(6)));

function cuboidLine(cuboid: Cuboid, box: Box2d | null, reference: Reference, losses: Losses): string {
  const { cameraFromSpace, calibration } = reference;
  const [length, width, height] = cuboid.size;
  const r = rotationFromQuaternion(cuboid.rotation);
  const axis = (column: number) =>
    [0, 1, 2].map((row) =>
      [0, 1, 2].reduce((sum, k) => sum + cameraFromSpace[4 * row + k]! * r[3 * k + column]!, 0),
    ) as [number, number, number];
  const [forward, up] = [axis(0), axis(2)];
  if (Math.acos(Math.min(1, Math.max(-1, -up[1]))) > tiltLimit) losses.add('tilt');
  const yaw = Math.atan2(-forward[2], forward[0]);
  const [x, y, z] = transformPoint(cameraFromSpace, cuboid.center);
  const projected = calibration && projectCuboid(calibration, cuboid, {});
  const ltrb = box?.ltrb ?? projected?.hull ?? [-1, -1, -1, -1];
  const alpha = numberOf(cuboid.attributes.alpha) ?? wrapped(yaw - Math.atan2(x, z));
  noteLabelLosses(cuboid, losses);
  if (cuboid.isDerived) losses.add('derived-marks');
  const place = [x, y + height / 2, z].map(fixed);
  const numbers = [...ltrb.map(fixed), fixed(height), fixed(width), fixed(length), ...place, fixed(yaw)];
  return row(cuboid.className, cuboid.attributes, alpha, numbers);
}

function boxLine(box: Box2d, losses: Losses): string {
  noteLabelLosses(box, losses);
  const none = ['-1', '-1', '-1', '-1000', '-1000', '-1000', '-10'];
  return row(box.className, box.attributes, numberOf(box.attributes.alpha) ?? -10, [
    ...box.ltrb.map(fixed),
    ...none,
  ]);
}

function row(className: string, attributes: AttributeSet, alpha: number, numbers: readonly string[]): string {
  const { truncated, occluded, score } = attributes;
  const head = [
    className.replace(/\s+/g, '_') || 'Misc',
    fixed(numberOf(truncated) ?? 0),
    String(Math.round(numberOf(occluded) ?? 3)),
    fixed(alpha),
  ];
  const tail = numberOf(score) === null ? [] : [fixed(numberOf(score)!)];
  return `${[...head, ...numbers, ...tail].join(' ')}\n`;
}

function noteLabelLosses({ track, attributes }: Cuboid | Box2d, losses: Losses): void {
  if (track !== null) losses.add('tracks');
  losses.add('attributes', Object.keys(attributes).filter((name) => !kept.has(name)).length);
}

function calibrationLines({ cameraFromSpace, calibration }: Reference): string[] {
  const model = calibration?.model.kind === 'pinhole' ? calibration.model : null;
  const p = model ? [model.fx, model.skew ?? 0, model.cx, 0, 0, model.fy, model.cy, 0, 0, 0, 1, 0] : null;
  const projection = p ?? [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0];
  const line = (name: string, values: readonly number[]): string =>
    `${name}: ${values.map((value) => value.toExponential(12)).join(' ')}\n`;
  return [
    ...[0, 1, 2, 3].map((camera) => line(`P${camera}`, projection)),
    line('R0_rect', [1, 0, 0, 0, 1, 0, 0, 0, 1]),
    line('Tr_velo_to_cam', cameraFromSpace.slice(0, 12)),
    line('Tr_imu_to_velo', [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0]),
  ];
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function wrapped(angle: number): number {
  return Math.atan2(Math.sin(angle), Math.cos(angle));
}

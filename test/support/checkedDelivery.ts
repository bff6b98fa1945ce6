/** A delivery to check: KITTI tracking sequences of standing cars, one scene each, in some of which a car is labelled twice. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { trackingCalibration } from './kittiFixture.ts';

export interface CheckedOptions {
  readonly scenes: number;
  /** Frames of a scene; scenes are of different lengths where several are named, taken in turns. */
  readonly frames: readonly number[];
  /** Scenes from 0 whose first car stands there twice in every frame, under two ids. */
  readonly doubled?: readonly number[];
  /** Rows of a sweep that hold no return: they make files large and take no time. */
  readonly emptyRows?: number;
}

export const carsPerFrame = 4;

/** Makes the delivery in `folder` and answers its path. */
export function makeCheckedDelivery(
  folder: string,
  { scenes, frames, doubled = [], emptyRows = 0 }: CheckedOptions,
): string {
  const training = path.join(folder, 'training');
  for (const kind of ['label_02', 'calib']) mkdirSync(path.join(training, kind), { recursive: true });
  for (let scene = 0; scene < scenes; scene++) {
    const name = sceneName(scene);
    const length = frames[scene % frames.length]!;
    const rows = Array.from({ length }, (_, frame) => labelRows(frame, doubled.includes(scene))).flat();
    writeFileSync(path.join(training, 'label_02', `${name}.txt`), `${rows.join('\n')}\n`);
    writeFileSync(path.join(training, 'calib', `${name}.txt`), trackingCalibration);
    mkdirSync(path.join(training, 'velodyne', name), { recursive: true });
    const sweep = cloud(emptyRows);
    for (let frame = 0; frame < length; frame++)
      writeFileSync(path.join(folder, sweepPath(scene, frame)), sweep);
  }
  return folder;
}

export function sceneName(scene: number): string {
  return String(scene).padStart(4, '0');
}

/** Of a frame of a scene, inside the delivery. */
export function sweepPath(scene: number, frame: number): string {
  return `training/velodyne/${sceneName(scene)}/${String(frame).padStart(6, '0')}.bin`;
}

/** Cars 1.5 m high, 1.8 wide and 4.2 long, 8 m apart, in camera axes: x right, y down, z forward. */
function labelRows(frame: number, isDoubled: boolean): string[] {
  const row = (track: number, place: number): string =>
    `${frame} ${track} Car 0 0 0 600 150 650 200 1.5 1.8 4.2 ${8 * place - 12} 1.65 20 -1.57`;
  const rows = Array.from({ length: carsPerFrame }, (_, place) => row(place + 1, place));
  return isDoubled ? [...rows, row(90, 0)] : rows;
}

/** Ground 1.73 m below the sensor, and the cars standing on it. */
function cloud(emptyRows: number): Uint8Array {
  const rows: number[] = [];
  for (let x = 2; x < 40; x += 1.5) for (let y = -20; y < 20; y += 1.5) rows.push(x, y, -1.73, 0.2);
  for (let place = 0; place < carsPerFrame; place++) {
    const y = -(8 * place - 12);
    for (let across = -0.9; across <= 0.9; across += 0.15) {
      for (let up = 0.1; up < 1.5; up += 0.2) rows.push(20.3 - 2.1, y + across, -1.73 + up, 0.5);
    }
  }
  const values = new Float32Array(rows.length + 4 * emptyRows).fill(Number.NaN);
  values.set(rows);
  return new Uint8Array(values.buffer);
}

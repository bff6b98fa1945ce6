/** A small made delivery for the browser suites, and its truth: which labels are wrong, and what is missing. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { assay } from '../assayCommand.ts';

export type MadeDefectKind = 'missing' | 'ghost' | 'wrong-class' | 'shifted' | 'resized' | 'turned' | 'empty';

export interface MadeBox {
  readonly center: readonly [number, number, number];
  readonly size: readonly [number, number, number];
  readonly yaw: number;
}

/** One label that is wrong in one frame. */
export interface MadeDefect {
  readonly kind: MadeDefectKind;
  readonly scene: string;
  /** Number of the frame in its scene, from 0. */
  readonly frame: number;
  /** The label's track. */
  readonly object: string;
  readonly className: string;
  /** What the delivery says; null for a missing label. */
  readonly delivered: MadeBox | null;
  /** What is really there; null for a ghost. */
  readonly truth: MadeBox | null;
}

export interface MadeDelivery {
  readonly path: string;
  readonly defects: readonly MadeDefect[];
}

export interface MadeOptions {
  readonly frames: number;
  readonly cameras: number;
  readonly seed: number;
  /** Share of labels that are spoilt. */
  readonly defects: number;
}

const usual: MadeOptions = { frames: 4, cameras: 2, seed: 11, defects: 0.05 };

/** Makes a delivery in `folder`. The same options give the same bytes. */
export async function makeDelivery(
  folder: string,
  options: Partial<MadeOptions> = {},
): Promise<MadeDelivery> {
  const { frames, cameras, seed, defects } = { ...usual, ...options };
  const numbers = { scenes: 1, frames, cameras, width: 480, height: 300, rings: 24, columns: 480 };
  const flags = Object.entries({ ...numbers, seed, defects }).flatMap(([name, value]) => [
    `--${name}`,
    String(value),
  ]);
  const { code, stderr } = await assay(['synth', folder, ...flags]);
  if (code !== 0) throw new Error(`assay synth: ${stderr}`);
  const truth = JSON.parse(readFileSync(path.join(folder, 'truth.json'), 'utf8')) as {
    defects: MadeDefect[];
  };
  return { path: folder, defects: truth.defects };
}

/** Metres from the sensor to the label, or to where it should be. */
export function rangeOf({ delivered, truth }: MadeDefect): number {
  const [x, y] = (delivered ?? truth)!.center;
  return Math.hypot(x, y);
}

/** The smallest whole range that holds a fault of each of the kinds. */
export function reachOf({ defects }: MadeDelivery, kinds: readonly MadeDefectKind[]): number {
  const nearest = kinds.map((kind) =>
    Math.min(...defects.filter((defect) => defect.kind === kind).map(rangeOf)),
  );
  return Math.ceil(Math.max(...nearest) + 1);
}

/** The cuboids of one frame as the label file writes them, by track. */
export function labelsOf(delivery: string, frame: number): Map<string, MadeBox> {
  const file = path.join(delivery, 'labels/scene-0001.json');
  const { openlabel } = JSON.parse(readFileSync(file, 'utf8')) as {
    openlabel: {
      frames: Record<string, { objects: Record<string, { object_data: { cuboid?: { val: number[] }[] } }> }>;
    };
  };
  const labels = new Map<string, MadeBox>();
  for (const [track, { object_data }] of Object.entries(openlabel.frames[String(frame)]!.objects)) {
    for (const { val } of object_data.cuboid ?? []) {
      const [x, y, z, , , qz, qw, length, width, height] = val as [
        ...[number, number, number],
        ...[number, number, number, number],
        ...[number, number, number],
      ];
      labels.set(track, {
        center: [x, y, z],
        size: [length, width, height],
        yaw: 2 * Math.atan2(qz, qw),
      });
    }
  }
  return labels;
}

/** How many points the sweep of a frame states. */
export function pointsOf(delivery: string, frame: number): number {
  const name = `${String(frame).padStart(6, '0')}.pcd`;
  const text = readFileSync(path.join(delivery, 'sensors/scene-0001/LIDAR_TOP', name)).toString('latin1');
  return Number(/\nPOINTS (\d+)/.exec(text)![1]);
}

let shared: Promise<MadeDelivery> | undefined;

/** The usual delivery, made once for all specs of this process. Only to be read: copy it to change it. */
export function usualDelivery(): Promise<MadeDelivery> {
  shared ??= makeDelivery(scratchFolder());
  return shared;
}

function scratchFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'assay-made-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return path.join(folder, 'made');
}

/** What arrived against what should have: per scene, and over the frames; and the labels by class. */
import type { DeliveryIndex } from '../model/labels.ts';

export interface SceneCompleteness {
  readonly scene: string;
  readonly frames: number;
  /** Frames with a sweep of lidar i, `delivery.lidars` order. */
  readonly sweeps: readonly number[];
  /** Frames with an image of camera i. */
  readonly images: readonly number[];
  /** Frames with at least one label. */
  readonly labelled: number;
}

/** How the labels' frames were matched with sensor data. */
export interface PairingFacts {
  readonly frames: number;
  readonly withSweep: number;
  readonly withImage: number;
  /** Frames whose points or images come from the second root. */
  readonly fromSensors: number;
  readonly withPose: number;
  readonly withTime: number;
}

export interface Arrival {
  readonly scenes: readonly SceneCompleteness[];
  readonly pairing: PairingFacts;
}

/** One walk over the frames, in order: on a large delivery it takes a while, so it is not for the window's thread. */
export function arrivalOf({ delivery, labels }: DeliveryIndex): Arrival {
  const lidarAt = new Map(delivery.lidars.map(({ name }, at) => [name, at]));
  const scenes = delivery.scenes.map(({ id, frameCount }) => ({
    scene: id,
    frames: frameCount,
    sweeps: delivery.lidars.map(() => 0),
    images: delivery.cameras.map(() => 0),
    labelled: 0,
  }));
  const pairing = {
    frames: delivery.frames.length,
    withSweep: 0,
    withImage: 0,
    fromSensors: 0,
    withPose: 0,
    withTime: 0,
  };
  for (const [at, frame] of delivery.frames.entries()) {
    const { sweeps, images } = frame;
    const scene = scenes[frame.scene]!;
    for (const lidar of new Set(sweeps.map(({ lidar: name }) => lidarAt.get(name)!))) scene.sweeps[lidar]!++;
    for (const camera of new Set(images.map(({ camera: index }) => index))) scene.images[camera]!++;
    const has = ({ frameStart }: { readonly frameStart: Uint32Array }): boolean =>
      frameStart[at + 1]! > frameStart[at]!;
    if (has(labels.cuboids) || has(labels.boxes2d)) scene.labelled++;
    if (sweeps.length > 0) pairing.withSweep++;
    if (images.length > 0) pairing.withImage++;
    if ([...sweeps, ...images].some(({ root }) => root === 'sensors')) pairing.fromSensors++;
    if (frame.worldFromSpace !== undefined) pairing.withPose++;
    if (frame.timestampNanos !== null) pairing.withTime++;
  }
  return { scenes, pairing };
}

export interface ClassCount {
  readonly name: string;
  readonly cuboids: number;
  readonly boxes2d: number;
}

/** Labels by class as the vendor spells it, most frequent first. */
export function classCounts({ labels }: DeliveryIndex): ClassCount[] {
  const tally = (column: Uint16Array, count: number): Uint32Array => {
    const counts = new Uint32Array(labels.classes.length);
    for (let row = 0; row < count; row += 1) counts[column[row]!]! += 1;
    return counts;
  };
  const cuboids = tally(labels.cuboids.classIndex, labels.cuboids.count);
  const boxes2d = tally(labels.boxes2d.classIndex, labels.boxes2d.count);
  return labels.classes
    .map((name, at) => ({ name, cuboids: cuboids[at]!, boxes2d: boxes2d[at]! }))
    .filter((row) => row.cuboids + row.boxes2d > 0)
    .sort((a, b) => b.cuboids - a.cuboids || b.boxes2d - a.boxes2d);
}

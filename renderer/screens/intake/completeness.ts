/** What arrived against what each scene should hold: frames with a sweep, and with an image of each camera. */
import type { Frame } from '../../../shared/model/delivery.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';

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

export function completeness({ delivery, labels }: DeliveryIndex): SceneCompleteness[] {
  return delivery.scenes.map(({ id, frameStart, frameCount }) => {
    const frames = delivery.frames.slice(frameStart, frameStart + frameCount);
    let labelled = 0;
    for (let frame = frameStart; frame < frameStart + frameCount; frame += 1) {
      const hasCuboid = labels.cuboids.frameStart[frame + 1]! > labels.cuboids.frameStart[frame]!;
      const hasBox = labels.boxes2d.frameStart[frame + 1]! > labels.boxes2d.frameStart[frame]!;
      if (hasCuboid || hasBox) labelled += 1;
    }
    return {
      scene: id,
      frames: frameCount,
      sweeps: delivery.lidars.map(
        ({ name }) => frames.filter((frame) => frame.sweeps.some((sweep) => sweep.lidar === name)).length,
      ),
      images: delivery.cameras.map(
        (_camera, index) =>
          frames.filter((frame) => frame.images.some((image) => image.camera === index)).length,
      ),
      labelled,
    };
  });
}

export interface PairingFacts {
  readonly frames: number;
  readonly withSweep: number;
  readonly withImage: number;
  /** Frames whose points or images come from the second root. */
  readonly fromSensors: number;
  readonly withPose: number;
  readonly withTime: number;
}

/** How the labels' frames were matched with sensor data. */
export function pairingFacts({ delivery }: DeliveryIndex): PairingFacts {
  const countOf = (test: (frame: Frame) => boolean): number => delivery.frames.filter(test).length;
  return {
    frames: delivery.frames.length,
    withSweep: countOf(({ sweeps }) => sweeps.length > 0),
    withImage: countOf(({ images }) => images.length > 0),
    fromSensors: countOf(({ sweeps, images }) =>
      [...sweeps, ...images].some(({ root }) => root === 'sensors'),
    ),
    withPose: countOf(({ worldFromSpace }) => worldFromSpace !== undefined),
    withTime: countOf(({ timestampNanos }) => timestampNanos !== null),
  };
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

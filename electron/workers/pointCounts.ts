/** Points inside every cuboid of a delivery, counted once and kept beside its index. */
import { readFile } from 'node:fs/promises';
import type { ByteSource } from '../../shared/base/bytes.ts';
import type { CuboidShape } from '../../shared/geometry/cuboid.ts';
import { invert, matrixFromPose, multiply } from '../../shared/geometry/matrix.ts';
import { quaternionFromRotation } from '../../shared/geometry/rotation.ts';
import { buildSweepGrid, countInGrid, type SweepGrid } from '../../shared/geometry/sweepGrid.ts';
import type { FileRef, Frame, SweepRef } from '../../shared/model/delivery.ts';
import { cuboidAt } from '../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../shared/model/labels.ts';
import type { Mat4 } from '../../shared/model/pose.ts';
import { createBufferPool } from '../../shared/readers/clouds/bufferPool.ts';
import { readPoints } from '../../shared/readers/clouds/readPoints.ts';
import { builtCodecs } from '../builtPlaces.ts';
import { codecsIn } from '../services/codecs.ts';
import { writeDurably } from '../services/durable.ts';
import { isMissing } from '../services/faults.ts';
import type { JobContext } from './job.ts';

/** Stands for a count that could not be made. */
export const notCounted = -1;

type OpenFile = (file: FileRef) => Promise<ByteSource>;

/** One count a cuboid row, from `file` where it was kept there, else from every sweep of the delivery. */
export async function pointCounts(
  index: DeliveryIndex,
  open: OpenFile,
  file: string,
  context: Pick<JobContext, 'signal' | 'onProgress'>,
): Promise<Int32Array> {
  const { count } = index.labels.cuboids;
  const kept = await readCounts(file, count);
  if (kept !== null) return kept;
  const counts = await countAll(index, open, context);
  await writeDurably(file, new Uint8Array(counts.buffer));
  return counts;
}

async function readCounts(file: string, count: number): Promise<Int32Array | null> {
  try {
    const bytes = await readFile(file);
    return bytes.length === 4 * count ? new Int32Array(new Uint8Array(bytes).buffer) : null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function countAll(
  index: DeliveryIndex,
  open: OpenFile,
  context: Pick<JobContext, 'signal' | 'onProgress'>,
): Promise<Int32Array<ArrayBuffer>> {
  const { delivery, labels } = index;
  const counts = new Int32Array(labels.cuboids.count);
  const total = delivery.frames.length;
  for (const [at, frame] of delivery.frames.entries()) {
    context.signal.throwIfAborted();
    await countFrame(index, at, frame, open, counts);
    context.onProgress({ step: 'countingPoints', done: at + 1, total });
  }
  return counts;
}

/** Counts the points inside the cuboids of one frame into `counts`, one a cuboid row and 0 there until now. */
export async function countFrame(
  { labels }: DeliveryIndex,
  at: number,
  frame: Frame,
  open: OpenFile,
  counts: Int32Array,
): Promise<void> {
  const { frameStart } = labels.cuboids;
  const from = frameStart[at]!;
  const to = frameStart[at + 1]!;
  if (to === from) return;
  const shapes = Array.from({ length: to - from }, (_, place) => {
    const cuboid = cuboidAt(labels, from + place);
    return cuboid.isUsable ? cuboid : null;
  });
  counts.set(await countShapes(frame, shapes, open), from);
}

/** Points of a frame inside each shape, or `notCounted`. Null stands for numbers that are no shape. */
export async function countShapes(
  frame: Frame,
  shapes: readonly (CuboidShape | null)[],
  open: OpenFile,
): Promise<Int32Array> {
  const counts = new Int32Array(shapes.length);
  for (const sweep of frame.sweeps) await addSweep(sweep, shapes, open, counts);
  if (frame.sweeps.length === 0) counts.fill(notCounted);
  return counts;
}

const buffers = createBufferPool();
let grid: SweepGrid | undefined;

/** Adds one sweep's points to the counts. What cannot be counted stays so. */
async function addSweep(
  ref: SweepRef,
  shapes: readonly (CuboidShape | null)[],
  open: OpenFile,
  counts: Int32Array,
): Promise<void> {
  const pointsFromSpace = ref.spaceFromPoints ? invert(ref.spaceFromPoints) : null;
  const reading = await sweepOf(ref, open);
  if (!reading.ok || (ref.spaceFromPoints && !pointsFromSpace)) {
    counts.fill(notCounted);
    return;
  }
  const { sweep } = reading.value;
  grid = buildSweepGrid(sweep, grid);
  for (const [at, shape] of shapes.entries()) {
    if (shape === null) counts[at] = notCounted;
    else if (counts[at] !== notCounted) counts[at]! += countInGrid(grid, moved(shape, pointsFromSpace));
  }
  buffers.release(sweep.interleaved.buffer);
}

const codecs = codecsIn(builtCodecs);

function sweepOf(ref: SweepRef, open: OpenFile): ReturnType<typeof readPoints> {
  return readPoints(ref, { open, pool: buffers, codecs });
}

/** Whether a sweep can be shown at all: its file is there and holds points that decode. */
export async function isSweepReadable(ref: SweepRef, open: OpenFile): Promise<boolean> {
  const reading = await sweepOf(ref, open);
  if (reading.ok) buffers.release(reading.value.sweep.interleaved.buffer);
  return reading.ok;
}

/** The cuboid as the sweep's own coordinates see it. */
function moved(shape: CuboidShape, pointsFromSpace: Mat4 | null): CuboidShape {
  if (pointsFromSpace === null) return shape;
  const pose = multiply(pointsFromSpace, matrixFromPose(shape.rotation, shape.center));
  return {
    size: shape.size,
    center: [pose[3]!, pose[7]!, pose[11]!],
    rotation: quaternionFromRotation(pose, 4),
  };
}

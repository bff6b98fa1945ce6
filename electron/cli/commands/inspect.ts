/** `assay inspect`: what a delivery holds and what is wrong with it. */
import type { Problem } from '../../../shared/base/problem.ts';
import { problemSentence, type Translate } from '../../../shared/messages/translate.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import { ProblemList } from '../../../shared/readers/problemList.ts';
import type { Command } from '../command.ts';
import { ExitCode } from '../exitCodes.ts';
import { type CommandDelivery, deliveryOptions, deliveryUsage, withDelivery } from '../openForCommand.ts';
import { table } from '../output.ts';
import { durationSeconds } from '../times.ts';

export const inspectCommand: Command = {
  name: 'inspect',
  usage: `<path> ${deliveryUsage} [--json]`,
  example: 'assay inspect ./batch-0142 --json',
  mostArguments: 1,
  options: deliveryOptions,
  run: (input, context) =>
    withDelivery(input, context, async (delivery) => {
      const { output, t, signal } = context;
      const points = await countPoints(delivery, signal, (done, total) =>
        output.progress(t('progress.countingPoints'), done, total),
      );
      const document = describeDelivery(delivery, points, t);
      output.answer(document, () => linesOf(document, t));
      return ExitCode.done;
    }),
};

interface PointCounts {
  readonly perSweep: readonly number[];
  readonly problems: readonly Problem[];
}

/** Reads sweep after sweep into one buffer, so memory does not grow with the delivery. */
async function countPoints(
  { index, pool, readPoints }: CommandDelivery,
  signal: AbortSignal,
  progress: (done: number, total: number) => void,
): Promise<PointCounts> {
  const { frames } = index.delivery;
  const perSweep: number[] = [];
  const problems = new ProblemList();
  for (const [at, { sweeps }] of frames.entries()) {
    // Lidars that share a file are one sweep here: what one file holds of one instant.
    const byFile = new Map<string, number>();
    for (const sweep of sweeps) {
      signal.throwIfAborted();
      const reading = await readPoints(sweep);
      if (reading.ok) {
        const file = `${sweep.root} ${sweep.path} ${sweep.part?.row ?? ''} ${sweep.part?.name ?? ''}`;
        byFile.set(file, (byFile.get(file) ?? 0) + reading.value.sweep.count);
        problems.addAll(reading.value.problems);
        pool.release(reading.value.sweep.interleaved.buffer);
      } else problems.add(reading.problem);
    }
    perSweep.push(...byFile.values());
    progress(at + 1, frames.length);
  }
  return { perSweep, problems: problems.toArray() };
}

function describeDelivery(
  { summary, index }: CommandDelivery,
  { perSweep, problems }: PointCounts,
  t: Translate,
) {
  const { delivery, labels } = index;
  const sorted = [...perSweep].sort((a, b) => a - b);
  const known = new Set(index.problems.map(({ code, path }) => `${code} ${path}`));
  return {
    format: delivery.format,
    scenes: delivery.scenes.map(({ id, frameStart, frameCount }) => ({
      id,
      frames: frameCount,
      durationS: durationSeconds(delivery.frames.slice(frameStart, frameStart + frameCount)),
    })),
    frames: delivery.frames.length,
    sensors: {
      lidar: delivery.lidars.map(({ name }) => name),
      camera: delivery.cameras.map(({ name }) => name),
      radar: (delivery.radars ?? []).map(({ name }) => name),
    },
    points: {
      min: sorted[0] ?? null,
      median: sorted.length === 0 ? null : medianOf(sorted),
      max: sorted.at(-1) ?? null,
      total: sorted.reduce((sum, count) => sum + count, 0),
    },
    labels: {
      cuboids: labels.cuboids.count,
      boxes2d: labels.boxes2d.count,
      shapes: labels.shapes.length,
      tracks: labels.tracks.length,
      byClass: countByClass(index),
    },
    sources: summary.sources,
    problems: [...index.problems, ...problems.filter(({ code, path }) => !known.has(`${code} ${path}`))].map(
      (problem) => ({ ...problem, message: problemSentence(t, problem) }),
    ),
    bytes: summary.bytes,
  };
}

/** One object is counted once: its cuboid, or its 2D box where it has none. */
function countByClass({ labels }: DeliveryIndex): Record<string, number> {
  const { classes, cuboids, boxes2d } = labels;
  const counts: Record<string, number> = {};
  const add = (classIndex: number): void => {
    const name = classes[classIndex]!;
    counts[name] = (counts[name] ?? 0) + 1;
  };
  for (let row = 0; row < cuboids.count; row++) add(cuboids.classIndex[row]!);
  for (let row = 0; row < boxes2d.count; row++) if (boxes2d.cuboid[row]! < 0) add(boxes2d.classIndex[row]!);
  return counts;
}

/** The middle one, or the mean of the middle two. */
function medianOf(sorted: readonly number[]): number {
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function linesOf(document: ReturnType<typeof describeDelivery>, t: Translate): string[] {
  const word = (key: string) => t(`cli.words.${key}`);
  const { points, labels, sensors } = document;
  const facts: (string | number)[][] = [
    [word('format'), document.format],
    [word('scenes'), String(document.scenes.length)],
    [word('frames'), String(document.frames)],
    [word('lidars'), sensors.lidar.join(', ') || word('none')],
    [word('cameras'), sensors.camera.join(', ') || word('none')],
    [word('points'), `${points.min ?? '–'} / ${points.median ?? '–'} / ${points.max ?? '–'}`],
    [word('pointsTotal'), String(points.total)],
    [word('cuboids'), String(labels.cuboids)],
    [word('boxes2d'), String(labels.boxes2d)],
    [word('shapes'), String(labels.shapes)],
    [word('tracks'), String(labels.tracks)],
    [word('bytes'), String(document.bytes)],
  ];
  const classes = Object.entries(labels.byClass).sort(([, a], [, b]) => b - a);
  return [
    ...table(facts),
    '',
    ...table(classes),
    '',
    `${word('problems')}: ${document.problems.length || word('none')}`,
    ...table(document.problems.map((problem) => [`  ${problem.severity}`, problem.message])),
  ];
}

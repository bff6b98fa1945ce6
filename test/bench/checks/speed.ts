/** How long all checks of a scene take on one core, against its playing time and against a naive way of measuring. */
import { checkScene } from '../../../shared/checks/checkScene.ts';
import { scanScene } from '../../../shared/checks/scan/scanScene.ts';
import { sceneOfLabels } from '../../../shared/checks/scene.ts';
import { cuboidAt } from '../../../shared/model/labelRow.ts';
import { labContext, sweepsOf } from '../../support/checkLab.ts';
import { memoryFolder } from '../../support/memoryFolder.ts';
import { openFolder } from '../../support/openReading.ts';
import { naiveFrame } from './naive.ts';
import { streetFiles, streetFrames, streetSeconds } from './streetScene.ts';

export interface Speed {
  readonly points: number;
  readonly cuboids: number;
  readonly boxes2d: number;
  readonly playingSeconds: number;
  /** Median of the rounds, from the encoded sweeps to the findings. */
  readonly checkSeconds: number;
  /** Of the naive measures, for all frames, from some of them; without reading the sweeps. */
  readonly naiveSeconds: number;
}

/** Every so many frames is measured the naive way. */
const naiveStep = 10;

/** `cpuSeconds`: of this process so far, so that what else the machine does is not counted. */
export async function measureSpeed(seed: number, rounds: number, cpuSeconds: () => number): Promise<Speed> {
  const folder = memoryFolder(Object.fromEntries(streetFiles(seed)));
  const index = await openFolder(folder);
  const context = labContext(null);
  const source = sweepsOf(folder);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const from = cpuSeconds();
    await checkScene(index, 0, context, source);
    times.push(cpuSeconds() - from);
  }
  const scene = sceneOfLabels(index, 0, context);
  const scan = await scanScene(scene, source);
  const { labels, delivery } = index;
  let [points, naiveSeconds, naiveFrames] = [0, 0, 0];
  for (const [at, frame] of delivery.frames.entries()) {
    const reading = await source.read(frame.sweeps[0]!);
    if (!reading.ok) throw new Error(reading.problem.code);
    const { sweep } = reading.value;
    points += sweep.count;
    if (at % naiveStep === 0) {
      const [first, end] = [labels.cuboids.frameStart[at]!, labels.cuboids.frameStart[at + 1]!];
      const boxes = Array.from({ length: end - first }, (_, place) => cuboidAt(labels, first + place));
      const from = cpuSeconds();
      const { inside } = naiveFrame(sweep, boxes);
      naiveSeconds += cpuSeconds() - from;
      naiveFrames++;
      // Faster is worth nothing where it counts otherwise.
      const differs = inside.findIndex((count, place) => count !== scan!.inside[first + place]);
      if (differs >= 0) throw new Error(`label ${first + differs}: the counts differ`);
    }
    source.release(sweep);
  }
  return {
    points: points / streetFrames,
    cuboids: labels.cuboids.count / streetFrames,
    boxes2d: labels.boxes2d.count / streetFrames,
    playingSeconds: streetSeconds,
    checkSeconds: times.toSorted((a, b) => a - b)[times.length >> 1]!,
    naiveSeconds: (naiveSeconds * streetFrames) / naiveFrames,
  };
}

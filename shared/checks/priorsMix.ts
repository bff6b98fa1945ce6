/**
 * What a delivery is made of, counted so that lots and shards add up exactly. An object counts once and a scene once:
 * frames of one scene are alike, and hundreds of them say no more about the next delivery than one does.
 */

import { NO_TRACK } from '../model/labels.ts';
import { median } from '../scoring/boxResiduals.ts';
import type { Mix } from './priors.ts';
import { type CheckScene, classOfRow } from './scene.ts';

/** Lower ends of the bins; a bin's key is its lower end. */
const boxEnds = [0, 1, 5, 10, 15, 20, 30, 40, 60, 80, 120, 200];
const pointEnds = [0, 1, 5, 10, 20, 50, 100, 200, 500, 1000];

export function emptyMix(): Mix {
  return { classes: {}, boxesPerFrame: {}, pointsPerBox: {} };
}

/** One scene. `pointsInside` answers null where points were not counted. */
export function mixOf(scene: CheckScene, pointsInside: (row: number) => number | null): Mix {
  const mix = emptyMix();
  const { cuboids } = scene.index.labels;
  const objects: (readonly number[])[] = [
    ...scene.tracks.map(({ moments }) => moments.map(({ row }) => row)),
    ...scene.judged.filter((row) => cuboids.track[row] === NO_TRACK).map((row) => [row]),
  ];
  for (const rows of objects) {
    add(mix.classes, classOfRow(scene, rows[0]!).name);
    const points = rows.map(pointsInside).filter((count) => count !== null);
    if (points.length > 0) add(mix.pointsPerBox, binOf(pointEnds, median(points)));
  }
  const boxes = new Map<number, number>();
  for (const [at, { isBetween }] of scene.frames.entries()) {
    if (!isBetween) boxes.set(scene.scene.frameStart + at, 0);
  }
  for (const row of scene.judged) boxes.set(cuboids.frame[row]!, (boxes.get(cuboids.frame[row]!) ?? 0) + 1);
  if (boxes.size > 0) add(mix.boxesPerFrame, binOf(boxEnds, median([...boxes.values()])));
  return mix;
}

export function addMixes(a: Mix, b: Mix): Mix {
  const sum = (kind: keyof Mix): Record<string, number> => {
    const counts = { ...a[kind] };
    for (const [key, count] of Object.entries(b[kind])) add(counts, key, count);
    return counts;
  };
  return {
    classes: sum('classes'),
    boxesPerFrame: sum('boxesPerFrame'),
    pointsPerBox: sum('pointsPerBox'),
  };
}

function add(counts: Record<string, number>, key: string, count = 1): void {
  counts[key] = (Object.hasOwn(counts, key) ? counts[key]! : 0) + count;
}

function binOf(ends: readonly number[], value: number): string {
  return String(ends.findLast((end) => end <= value) ?? ends[0]!);
}

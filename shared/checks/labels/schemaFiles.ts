/**
 * Files that could not be read whole. Trouble with the file of a frame is told there; trouble with label files, which
 * hold many scenes or none, once for the delivery.
 */
import type { Problem } from '../../base/problem.ts';
import type { Check, CheckSink } from '../contract.ts';
import type { CheckScene } from '../scene.ts';

/** Told label by label already, with the label's own place. */
const toldElsewhere = new Set(['cuboid-unusable', 'label-id-duplicate', 'box2d-unusable']);

export function schemaOfFiles(scene: CheckScene, sink: CheckSink): void {
  const troubled = new Map<string, Problem>();
  for (const problem of scene.index.problems) {
    const isTold = problem.severity === 'info' || problem.path === '' || toldElsewhere.has(problem.code);
    const isWorse = problem.severity === 'error' || !troubled.has(problem.path);
    if (!isTold && isWorse) troubled.set(problem.path, problem);
  }
  if (troubled.size === 0) return;
  for (const [at, { sweeps, images }] of scene.frames.entries()) {
    const frame = scene.scene.frameStart + at;
    const files = [...sweeps, ...images.map(({ path, camera }) => ({ path, camera }))];
    for (const file of files) {
      if (!troubled.has(file.path)) continue;
      const camera = 'camera' in file ? { camera: file.camera } : {};
      sink.measure({
        ...{ frame, ...camera, value: 1, says: 'file', code: 'SYNC', owner: 'data' },
        params: { file: file.path },
      });
    }
  }
  // One scene speaks for the whole delivery, so that the counts of all scenes add up to it.
  if (scene.scene !== scene.index.delivery.scenes[0]) return;
  for (const file of scene.index.delivery.labelFiles) {
    // Warnings of a label file are of what it says, not of the file.
    if (troubled.get(file)?.severity === 'error') sink.tally(filesKey);
  }
}

const filesKey = 'label files';

export const concludeFiles: NonNullable<Check['conclude']> = (totals, sink) => {
  const files = totals.get(filesKey) ?? 0;
  if (files > 0) sink.measure({ value: files, says: 'files', params: { files } });
};

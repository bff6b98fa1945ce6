/** Frames that ought to hold something and do not: labels between two frames that have them, a sweep beside others. */
import { NO_TRACK } from '../../model/labels.ts';
import type { CheckSink } from '../contract.ts';
import type { CheckScene } from '../scene.ts';

export function schemaOfFrames(scene: CheckScene, sink: CheckSink): void {
  framesWithoutLabels(scene, sink);
  framesWithoutSweep(scene, sink);
}

/** A stretch of frames without any label is told once, at its first frame. */
function framesWithoutLabels(scene: CheckScene, sink: CheckSink): void {
  const labelled = scene.frames.flatMap(({ isBetween }, at) =>
    isBetween ? [] : [{ frame: scene.scene.frameStart + at, at }],
  );
  const { frameStart } = scene.index.labels.cuboids;
  const countOf = (frame: number): number => frameStart[frame + 1]! - frameStart[frame]!;
  let before: number | null = null;
  for (let place = 0; place < labelled.length; place++) {
    const { frame } = labelled[place]!;
    if (countOf(frame) > 0) {
      before = frame;
      continue;
    }
    let end = place;
    while (end < labelled.length && countOf(labelled[end]!.frame) === 0) end++;
    const after = labelled[end]?.frame;
    const value = before === null || after === undefined ? 0 : goingOn(scene, before, after);
    sink.measure({
      ...{ frame, value, limitKey: 'empty', says: 'empty', code: 'GAP' },
      params: { labels: value, frames: end - place },
    });
    place = end - 1;
  }
}

/** Labels that two frames have in common, by their tracks; by their numbers where there are no tracks. */
function goingOn({ index }: CheckScene, before: number, after: number): number {
  const { frameStart, track } = index.labels.cuboids;
  const tracks = (frame: number): number[] => [...track.subarray(frameStart[frame]!, frameStart[frame + 1]!)];
  const [first, second] = [tracks(before), tracks(after)];
  if ([...first, ...second].every((of) => of === NO_TRACK)) return Math.min(first.length, second.length);
  const known = new Set(first.filter((of) => of !== NO_TRACK));
  return new Set(second.filter((of) => known.has(of))).size;
}

function framesWithoutSweep(scene: CheckScene, sink: CheckSink): void {
  const { frameStart } = scene.index.labels.cuboids;
  const bare = scene.frames.flatMap(({ sweeps, isBetween }, at) => {
    const frame = scene.scene.frameStart + at;
    const hasLabels = frameStart[frame + 1]! > frameStart[frame]!;
    return !isBetween && hasLabels && sweeps.length === 0 ? [frame] : [];
  });
  if (bare.length === 0 || scene.frames.every(({ sweeps }) => sweeps.length === 0)) return;
  sink.measure({
    ...{ frame: bare[0]!, value: bare.length, limitKey: 'sweeps', says: 'sweeps', code: 'SYNC' },
    ...{ owner: 'data', params: { frames: bare.length, all: scene.frames.length } },
  });
}

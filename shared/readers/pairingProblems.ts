/** Tells which frames found no sensor file and which files found no frame. */
import type { FileRef } from '../model/delivery.ts';
import type { FrameKey } from './frameFiles.ts';
import type { ProblemList } from './problemList.ts';
import type { PairedRole } from './roleFiles.ts';

/** One problem for a delivery that has no clouds at all, else one per frame without a cloud and cloud without a frame. */
export function reportSweeps(problems: ProblemList, frames: readonly FrameKey[], paired: PairedRole): void {
  reportLeftovers(problems, 'sweep-without-frame', paired.unmatched);
  if (frames.length === 0) return;
  if (paired.files.every((file) => file === null)) {
    const params = { frames: frames.length };
    problems.add({ code: 'sensor-data-absent', severity: 'warning', path: '', params });
    return;
  }
  for (const [i, frame] of frames.entries()) {
    if (paired.files[i] !== null) continue;
    const params = { frame: frame.stem };
    problems.add({ code: 'frame-without-sweep', severity: 'warning', path: '', params });
  }
}

/** Missing images are reported only for cameras that have some: labels alone are no defect. */
export function reportImages(
  problems: ProblemList,
  frames: readonly FrameKey[],
  paired: PairedRole,
  camera: string,
): void {
  if (paired.files.every((file) => file === null)) return;
  for (const [i, frame] of frames.entries()) {
    if (paired.files[i] !== null) continue;
    const params = { frame: frame.stem, camera };
    problems.add({ code: 'image-missing', severity: 'warning', path: '', params });
  }
}

function reportLeftovers(problems: ProblemList, code: string, files: readonly FileRef[]): void {
  for (const { root, path } of files) {
    problems.add({ code, severity: 'warning', path, params: { root } });
  }
}

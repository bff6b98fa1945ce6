/** Reads the sweeps of a scene frame by frame and asks each what it says of the labels of its frame. */
import type { CuboidShape } from '../../geometry/cuboid.ts';
import { CuboidFlag } from '../../model/labels.ts';
import type { SweepSource } from '../checkScene.ts';
import type { CheckScene } from '../scene.ts';
import { trackProbes } from '../tracks/trackProbes.ts';
import { linkClusters } from './clusterLinks.ts';
import type { FoundCluster } from './clusters.ts';
import { depthBins, uprightFaces } from './faceDepths.ts';
import { createPointsPool, readFramePoints } from './framePoints.ts';
import { createScanPool, type LabelScan, type ScannedLabel, scanFrame } from './frameScan.ts';
import type { Probe, ProbeAnswer, SceneScan } from './sceneScan.ts';

/** Null where the scene has no sweep that could be read. Rejects with the signal's reason when aborted. */
export async function scanScene(scene: CheckScene, source: SweepSource): Promise<SceneScan | null> {
  const scan = emptyScan(scene.rowTo - scene.rowFrom);
  const probes = trackProbes(scene);
  const answers = probes.map((): ProbeAnswer => ({ points: -1, seen: Number.NaN }));
  const pointsPool = createPointsPool();
  const scanPool = createScanPool();
  const clusters = new Map<number, readonly FoundCluster[]>();
  for (const [at, frame] of scene.frames.entries()) {
    source.signal?.throwIfAborted();
    const frameIndex = scene.scene.frameStart + at;
    const points = frame.isBetween ? null : await readFramePoints(frame, source, pointsPool);
    if (points) {
      const rows = rowsOf(scene, frameIndex);
      const found = scanFrame(points, rows.labels, scanPool);
      for (const [place, label] of found.labels.entries()) {
        if (label) writeRow(scan, rows.from + place - scene.rowFrom, label);
      }
      clusters.set(frameIndex, found.clusters);
      answerProbes(probes, frameIndex, answers, found.probe);
    }
    source.onFrame?.();
  }
  return clusters.size === 0 ? null : { ...scan, clusters: linkClusters(scene, clusters), probes: answers };
}

type Rows = Omit<SceneScan, 'clusters' | 'probes'>;

function emptyScan(rows: number): Rows {
  return {
    inside: new Int32Array(rows).fill(-1),
    insideGrown: new Int32Array(rows).fill(-1),
    standing: new Int32Array(rows).fill(-1),
    shell: new Int32Array(rows).fill(-1),
    seen: new Float32Array(rows).fill(Number.NaN),
    beside: new Float32Array(rows).fill(Number.NaN),
    faceGap: new Float32Array(6 * rows).fill(Number.NaN),
    faceOut: new Float32Array(6 * rows).fill(Number.NaN),
    aboveGround: new Float32Array(rows).fill(Number.NaN),
    groundTilt: new Float32Array(rows).fill(Number.NaN),
    faceDepths: new Uint16Array(rows * uprightFaces * depthBins),
    outside: new Uint16Array(6 * rows),
  };
}

function writeRow(scan: Rows, at: number, label: LabelScan): void {
  scan.inside[at] = label.inside;
  scan.insideGrown[at] = label.insideGrown;
  scan.standing[at] = label.standing;
  scan.shell[at] = label.shell;
  scan.seen[at] = label.seen;
  scan.beside[at] = label.beside;
  scan.faceGap.set(label.faceGap, 6 * at);
  scan.faceOut.set(label.faceOut, 6 * at);
  scan.aboveGround[at] = label.aboveGround;
  scan.groundTilt[at] = label.groundTilt;
  scan.outside.set(label.outside, 6 * at);
  if (label.faceDepths) scan.faceDepths.set(label.faceDepths, at * uprightFaces * depthBins);
}

function rowsOf(scene: CheckScene, frame: number): { from: number; labels: ScannedLabel[] } {
  const { frameStart, flags } = scene.index.labels.cuboids;
  const from = frameStart[frame]!;
  const labels = Array.from({ length: frameStart[frame + 1]! - from }, (_, place): ScannedLabel => {
    const row = from + place;
    const isUsable = (flags[row]! & CuboidFlag.unusable) === 0;
    return { shape: isUsable ? shapeOf(scene, row) : null, isJudged: scene.isJudged(row) };
  });
  return { from, labels };
}

function shapeOf({ index }: CheckScene, row: number): CuboidShape {
  const { center, size, rotation } = index.labels.cuboids;
  return {
    center: [center[3 * row]!, center[3 * row + 1]!, center[3 * row + 2]!],
    size: [size[3 * row]!, size[3 * row + 1]!, size[3 * row + 2]!],
    rotation: [rotation[4 * row]!, rotation[4 * row + 1]!, rotation[4 * row + 2]!, rotation[4 * row + 3]!],
  };
}

function answerProbes(
  probes: readonly Probe[],
  frame: number,
  answers: ProbeAnswer[],
  ask: (shape: CuboidShape) => ProbeAnswer,
): void {
  for (const [at, probe] of probes.entries()) if (probe.frame === frame) answers[at] = ask(probe.shape);
}

/** GROUND: labels that float over the ground around them, are sunk into it, or lean against it. */
import { rotationFromQuaternion } from '../../geometry/rotation.ts';
import type { Check, CheckSink, Measured } from '../contract.ts';
import { type CheckScene, hasShape, rangeOf } from '../scene.ts';
import { bottomOf, metres, shapeOfRow } from './labelShape.ts';
import { median, usualInTracks } from './trackMedians.ts';

/** Farther out too little of the ground is seen, metres. */
const farthestMeters = 45;
/** Labels of a track that its middle height rests on. */
const fewestLabels = 4;
/** What of the label's top agrees with its bottom: both too high, or both too low, metres. */
const agreesMeters = 0.12;
/** Up of a label that is turned less than this was set level on purpose, radians. */
const levelRadians = (1 * Math.PI) / 180;

export const groundCheck: Check = {
  id: 'GROUND',
  version: 1,
  looksAt: 'cuboid',
  needs: ['cuboids', 'lidar'],
  code: 'POS',
  quantity: { unit: 'm', wrong: 'above', range: [0, 1.5] },
  limits: {
    all: { soft: 0.3, hard: 0.7 },
    lasting: { soft: 0.2, hard: 0.4 },
    both: { soft: 0.17, hard: 0.4 },
    departure: { soft: 0.18, hard: 0.4 },
    tilt: { soft: 0.2, hard: 0.4 },
  },
  run(scene, sink) {
    const { scan } = scene;
    if (!scan) return;
    const heightOf = (row: number): number =>
      rangeOf(scene, row) <= farthestMeters && hasShape(scene, row)
        ? scan.aboveGround[row - scene.rowFrom]!
        : Number.NaN;
    const usual = usualInTracks(scene, heightOf);
    for (const row of scene.judged) {
      const height = heightOf(row);
      if (Number.isNaN(height)) continue;
      sink.measure(told(scene, row, height, 'all'));
      const top = Math.max(
        -1,
        height > 0 ? gapAtTop(scene, row) : scan.faceOut[6 * (row - scene.rowFrom) + 4]!,
      );
      if (top >= agreesMeters) sink.measure(told(scene, row, height, 'both'));
      const known = usual.get(row);
      if (known && Math.abs(known.median) <= Math.abs(height) && known.scatter < 0.06) {
        sink.measure(told(scene, row, height - known.median, 'departure'));
      }
      measureTilt(scene, row, sink);
    }
    measureTracks(scene, heightOf, sink);
  },
};

function gapAtTop({ scan, rowFrom }: CheckScene, row: number): number {
  const gap = scan!.faceGap[6 * (row - rowFrom) + 4]!;
  return Number.isNaN(gap) ? -1 : gap;
}

function told(scene: CheckScene, row: number, height: number, limitKey: string): Measured {
  const [x, y, z] = bottomOf(scene, row);
  const above = scene.scan!.aboveGround[row - scene.rowFrom]!;
  return {
    ...{ frame: scene.index.labels.cuboids.frame[row]!, row, value: Math.abs(height), limitKey },
    says: height > 0 ? 'floating' : 'sunk',
    params: { meters: metres(Math.abs(height)) },
    evidence: () => [
      {
        ...{ kind: 'segment', role: 'ground', from: [x, y, z], to: [x, y, z - above] },
        text: `${Math.abs(above).toFixed(2)} m`,
      },
    ],
  };
}

/** A track that floats or is sunk in most of its frames, told at its middle one. */
function measureTracks(scene: CheckScene, heightOf: (row: number) => number, sink: CheckSink): void {
  for (const { moments } of scene.tracks) {
    const rows = moments.map(({ row }) => row).filter((row) => !Number.isNaN(heightOf(row)));
    if (rows.length < fewestLabels) continue;
    const middle = median(rows.map(heightOf));
    const row = rows.find((one) => heightOf(one) === middle)!;
    sink.measure(told(scene, row, middle, 'lasting'));
  }
}

/**
 * Labels that lean, by how far one end stands off: level labels on a slope are a convention, and so are those that are
 * upright in the world.
 */
function measureTilt(scene: CheckScene, row: number, sink: CheckSink): void {
  const { size, rotation } = shapeOfRow(scene, row);
  const frame = scene.index.labels.cuboids.frame[row]!;
  const turn = rotationFromQuaternion(rotation);
  const up = [turn[2]!, turn[5]!, turn[8]!] as const;
  const pose = scene.index.delivery.frames.at(frame)?.worldFromSpace;
  const against = (x: number, y: number, z: number): number =>
    Math.acos(Math.max(-1, Math.min(1, up[0] * x + up[1] * y + up[2] * z)));
  const toLevel = Math.min(against(0, 0, 1), pose ? against(pose[8]!, pose[9]!, pose[10]!) : Math.PI);
  const toGround = scene.scan!.groundTilt[row - scene.rowFrom]!;
  if (Number.isNaN(toGround)) return;
  const radians = toLevel <= levelRadians ? 0 : Math.min(toLevel, toGround);
  const off = (Math.max(...size) / 2) * Math.sin(radians);
  sink.measure({
    ...{ frame, row, value: off, limitKey: 'tilt', says: 'tilt', code: 'TILT' },
    params: { degrees: Math.round((radians * 180) / Math.PI), meters: metres(off) },
  });
}

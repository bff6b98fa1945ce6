/** GROUND: labels that float over the ground around them, are sunk into it, or lean against it. */
import { rotationFromQuaternion } from '../../geometry/rotation.ts';
import type { Check, CheckSink, Measured } from '../contract.ts';
import { type CheckScene, hasShape, rangeOf } from '../scene.ts';
import { limitsInForce } from '../settings.ts';
import { bottomOf, metres, shapeOfRow } from './labelShape.ts';
import { steadyRows } from './ownDepartures.ts';
import { goesOn, usualInTracks } from './trackMedians.ts';

/** Farther out too little of the ground is seen, metres. */
const farthestMeters = 45;
/**
 * One frame by itself is believed up to here, metres, and so are labels that seem sunk though their tops are right: farther
 * out what was taken for ground may be the top of something low.
 */
const aloneMeters = 25;
/** Labels of the track before and after whose ground is taken together, and how much it may scatter, metres. */
const nearLabels = 4;
const steadyMeters = 0.08;
/** What of the label's top agrees with its bottom: both too high, or both too low, metres. */
const agreesMeters = 0.12;
/**
 * Ground that leans more against its label is none: bushes, kerbs and what stands before a half hidden object rise towards
 * it, and the label then seems to be sunk into them. Radians.
 */
const mostRise = 0.08;
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
    steady: { soft: 0.19, hard: 0.4 },
    both: { soft: 0.17, hard: 0.4 },
    tilt: { soft: 0.2, hard: 0.4 },
  },
  run(scene, sink) {
    const { scan } = scene;
    if (!scan) return;
    const ownHeight = (row: number): number => scan.aboveGround[row - scene.rowFrom]!;
    const bottoms = bottomsInWorld(scene);
    // Height of the ground in the world, as each frame by itself finds it.
    const groundOf = (row: number): number => bottoms.get(row)! - ownHeight(row);
    const grounds = usualInTracks(scene, groundOf, nearLabels);
    const heights = usualInTracks(scene, (row) => Math.abs(ownHeight(row)));
    const steady = steadyRows(scene);
    for (const row of scene.judged) {
      const height = ownHeight(row);
      const range = rangeOf(scene, row);
      if (Number.isNaN(height) || !hasShape(scene, row) || range > farthestMeters) continue;
      measureTilt(scene, row, sink);
      const key = topAgrees(scene, row) ? 'both' : 'all';
      const { soft } = limitsInForce(groundCheck, scene.settings, key);
      if (steady.has(row) && !goesOn(heights.get(row), soft)) continue;
      const isAlone = key === 'all' && range > aloneMeters;
      if (height < 0 && (isAlone || scan.groundTilt[row - scene.rowFrom]! > mostRise)) continue;
      const usual = grounds.get(row);
      if (usual && usual.scatter <= steadyMeters) {
        sink.measure(told(scene, row, bottoms.get(row)! - usual.median, 'steady'));
      } else if (range <= aloneMeters || key === 'both') sink.measure(told(scene, row, height, key));
    }
  },
};

/** Heights of the middles of the labels' bottoms where their tracks are: in the world, or in the frame's space. */
function bottomsInWorld(scene: CheckScene): Map<number, number> {
  const bottoms = new Map<number, number>();
  for (const { moments } of scene.tracks) {
    for (const { row, center } of moments) {
      bottoms.set(row, center[2] - scene.index.labels.cuboids.size[3 * row + 2]! / 2);
    }
  }
  return bottoms;
}

/** Whether the label's top is off in the same direction as its bottom. */
function topAgrees({ scan, rowFrom }: CheckScene, row: number): boolean {
  const at = row - rowFrom;
  const top = scan!.aboveGround[at]! > 0 ? scan!.faceGap[6 * at + 4]! : scan!.faceOut[6 * at + 4]!;
  return top >= agreesMeters;
}

function told(scene: CheckScene, row: number, height: number, limitKey: string): Measured {
  const [x, y, z] = bottomOf(scene, row);
  return {
    ...{ frame: scene.index.labels.cuboids.frame[row]!, row, value: Math.abs(height), limitKey },
    says: height > 0 ? 'floating' : 'sunk',
    params: { meters: metres(Math.abs(height)) },
    evidence: () => [
      {
        ...{ kind: 'segment', role: 'ground', from: [x, y, z], to: [x, y, z - height] },
        text: `${Math.abs(height).toFixed(2)} m`,
      },
    ],
  };
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

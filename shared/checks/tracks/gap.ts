/** GAP: frames inside a track, or just beyond its ends, in which the object stands in the sweep without a label. */

import { groupedBy } from '../../base/groupedBy.ts';
import type { Check, CheckSink } from '../contract.ts';
import type { Probe, ProbeAnswer } from '../scan/sceneScan.ts';
import { type CheckScene, pointsOf, rangeOf } from '../scene.ts';
import type { CheckTrack } from './sceneTracks.ts';
import { expectedBox } from './trackPicture.ts';
import { trackProbes } from './trackProbes.ts';

/** So much of the object must be in sight for its points to be its own. */
const leastSeen = 0.3;
/** A place holds the object where it has a fair share of the points of its nearest label, and not many more. */
const between = { least: 0.25, most: 6 };
const beyond = { least: 0.5, most: 2 };

export const gapCheck: Check = {
  id: 'GAP',
  version: 1,
  looksAt: 'track',
  needs: ['cuboids', 'lidar', 'poses', 'times', 'tracks'],
  code: 'GAP',
  quantity: { unit: 'count', wrong: 'above', range: [0, 12] },
  limits: { all: { soft: 0.5, hard: 2.5 }, ends: { soft: 1.5, hard: 4.5 } },
  run(scene, sink) {
    const answers = scene.scan!.probes;
    const asked = trackProbes(scene).map((probe, at) => ({ probe, answer: answers[at]! }));
    const byTrack = groupedBy(asked, ({ probe }) => probe.track);
    for (const track of scene.tracks) {
      const own = byTrack.get(track.track) ?? [];
      measureGaps(
        scene,
        track,
        own.filter(({ probe }) => probe.why === 'between'),
        sink,
      );
      measureEnd(scene, track, own.filter(({ probe }) => probe.why === 'before').reverse(), sink);
      measureEnd(
        scene,
        track,
        own.filter(({ probe }) => probe.why === 'after'),
        sink,
      );
    }
  },
};

interface Asked {
  readonly probe: Probe;
  readonly answer: ProbeAnswer;
}

function measureGaps(scene: CheckScene, track: CheckTrack, asked: readonly Asked[], sink: CheckSink): void {
  const byGap = groupedBy(asked, ({ probe }) => track.moments.findIndex(({ frame }) => frame > probe.frame));
  for (const [at, inGap] of byGap) {
    const beside = [track.moments[at - 1]!.row, track.moments[at]!.row].map(
      (row) => pointsOf(scene, row) ?? 0,
    );
    const held = inGap.filter(({ answer }) => isHeld(scene, answer, Math.min(...beside), between));
    const worst = (held.length > 0 ? held : inGap).reduce(mostPoints);
    sink.measure({
      ...{ frame: worst.probe.frame, track: track.track, value: held.length },
      params: { frames: held.length, points: worst.answer.points },
      evidence: () => expectedBox(worst.probe.shape),
    });
  }
}

/** `asked` from the label outwards: the object must stand there without a break. */
function measureEnd(scene: CheckScene, track: CheckTrack, asked: readonly Asked[], sink: CheckSink): void {
  const first = asked[0];
  if (!first) return;
  const isLate = first.probe.why === 'before';
  const end = track.moments.at(isLate ? 0 : -1)!;
  const usual = pointsOf(scene, end.row) ?? 0;
  const range = rangeOf(scene, end.row);
  const broken = asked.findIndex(({ answer, probe: { shape } }) => {
    // What comes nearer has more points: four times at half the range.
    const nearer = range / Math.hypot(shape.center[0], shape.center[1]);
    return !isHeld(scene, answer, usual * nearer ** 2, beyond);
  });
  const held = broken < 0 ? asked : asked.slice(0, broken);
  sink.measure({
    ...{ frame: first.probe.frame, track: track.track, value: held.length, limitKey: 'ends' },
    ...(isLate ? { says: 'late', code: 'LATE' } : { says: 'early', code: 'EARLY' }),
    params: { frames: held.length, points: first.answer.points },
    evidence: () => expectedBox(first.probe.shape),
  });
}

const mostPoints = (a: Asked, b: Asked): Asked => (b.answer.points > a.answer.points ? b : a);

function isHeld(
  { rules }: CheckScene,
  { points, seen }: ProbeAnswer,
  usual: number,
  share: { readonly least: number; readonly most: number },
): boolean {
  if (points < Math.max(rules.leastPoints, share.least * usual)) return false;
  // Without a word on sight the points alone speak; they are there.
  return points <= share.most * Math.max(usual, rules.leastPoints) && !(seen < leastSeen);
}

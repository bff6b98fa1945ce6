/** IDSW: tracks that go on under another id: two that exchange theirs, and one that is broken in two. */
import { groupedBy } from '../../base/groupedBy.ts';
import type { Vec3 } from '../../model/pose.ts';
import { expectedPlace, groundDistance, jumpMeters, medianOf } from '../../scoring/motionMeasures.ts';
import type { Check, CheckSink } from '../contract.ts';
import { rounded } from '../labels/shapeOf.ts';
import type { CheckScene } from '../scene.ts';
import { limitsInForce } from '../settings.ts';
import type { CheckTrack } from './sceneTracks.ts';
import { doubt, factsOf } from './trackFacts.ts';
import { distanceBetween, wayAround } from './trackPicture.ts';
import { metresText } from './written.ts';

/** The project's check IDSW: an end and a start so near in time, seconds; some recorders are late. */
const nearSeconds = 0.55;
/** Off its way by so much, whatever the tolerance, a step may be another object's. Metres. */
const suspectMeters = 0.5;
/** Exchanged ids put both objects at least so much better on their ways. */
const muchBetter = 0.4;
/** Sizes of one object agree within this share. */
const sameSize = 0.3;

export const idSwitchCheck: Check = {
  id: 'IDSW',
  version: 1,
  looksAt: 'track',
  needs: ['cuboids', 'poses', 'times', 'tracks'],
  code: 'IDSW',
  quantity: { unit: 'm', wrong: 'below', range: [0, 4] },
  limits: { all: { soft: jumpMeters, hard: 0.5 } },
  run(scene, sink) {
    measureExchanges(scene, sink);
    measureBreaks(scene, sink);
  },
};

/** A step off the track's own way, from one frame to the next. */
interface Suspect {
  readonly track: CheckTrack;
  readonly at: number;
  readonly expected: Vec3;
  readonly off: number;
}

function measureExchanges(scene: CheckScene, sink: CheckSink): void {
  const suspects = scene.tracks.flatMap((track) =>
    factsOf(track).steps.flatMap(({ at, expected, off, explained, seconds }): Suspect[] => {
      const room = doubt(scene, track, track.moments[at]!, 'place', 1 + seconds);
      return at >= 2 && off > suspectMeters + explained + room ? [{ track, at, expected, off }] : [];
    }),
  );
  const key = ({ track, at }: Suspect): string =>
    `${track.moments[at - 1]!.frame} ${track.moments[at]!.frame}`;
  for (const together of groupedBy(suspects, key).values()) {
    for (const one of together) {
      const other = together.find((candidate) => candidate !== one && isExchanged(one, candidate));
      if (other) tellExchange(scene, one, other, sink);
    }
  }
}

const placeOf = ({ track, at }: Suspect): Vec3 => track.moments[at]!.place!;

/** How far both are off if each went on as the other. */
function swappedOff(a: Suspect, b: Suspect): number {
  return (groundDistance(a.expected, placeOf(b)) + groundDistance(b.expected, placeOf(a))) / 2;
}

function isExchanged(a: Suspect, b: Suspect): boolean {
  return swappedOff(a, b) <= (muchBetter * (a.off + b.off)) / 2;
}

function tellExchange(scene: CheckScene, one: Suspect, other: Suspect, sink: CheckSink): void {
  const moment = one.track.moments[one.at]!;
  const value = swappedOff(one, other);
  sink.measure({
    ...{ frame: moment.frame, row: moment.row, value, says: 'exchange' },
    params: {
      other: scene.index.labels.tracks[other.track.track]!,
      off: rounded(one.off),
      swapped: rounded(value),
    },
    evidence: () => [
      ...wayAround(scene, one.track, one.at),
      ...wayAround(scene, other.track, other.at, moment.frame),
      ...distanceBetween(scene, moment.frame, one.expected, moment.place!, metresText(one.off)),
    ],
  });
}

/** Tracks that end where and when another one of their kind begins. */
function measureBreaks(scene: CheckScene, sink: CheckSink): void {
  const placed = scene.tracks.filter(
    ({ limits, moments }) => limits && moments.every(({ place, seconds }) => place && seconds !== null),
  );
  const frameSeconds = (frame: number): number => scene.seconds[frame - scene.scene.frameStart]!;
  for (const start of placed) {
    const first = start.moments[0]!;
    if (first.frame === scene.scene.frameStart) continue;
    for (const end of placed) {
      const last = end.moments.at(-1)!;
      const seconds = frameSeconds(first.frame) - frameSeconds(last.frame);
      if (!(last.frame < first.frame && seconds <= nearSeconds) || end.limits?.kind !== start.limits?.kind)
        continue;
      if (isSameSize(end, start)) tellBreak(scene, end, start, seconds, sink);
    }
  }
}

function isSameSize(a: CheckTrack, b: CheckTrack): boolean {
  const [one, other] = [a, b].map(({ moments }) => medianOf(moments.map(({ size }) => size)));
  return one!.every(
    (extent, axis) => Math.abs(extent - other![axis]!) <= sameSize * Math.max(extent, other![axis]!),
  );
}

function tellBreak(
  scene: CheckScene,
  end: CheckTrack,
  start: CheckTrack,
  seconds: number,
  sink: CheckSink,
): void {
  const [first, at] = [start.moments[0]!, end.moments.length - 1];
  const last = end.moments[at]!;
  // Either way gives the better guess: the longer part knows more of the motion.
  const onward = expectedPlace(end.moments, at, seconds);
  const backward = expectedPlace(start.moments, 0, -seconds);
  const offs = [
    ...(end.moments.length > 1 ? [groundDistance(onward, first.place!)] : []),
    ...(start.moments.length > 1 ? [groundDistance(backward, last.place!)] : []),
  ];
  const value = offs.length > 0 ? Math.max(...offs) : groundDistance(last.place!, first.place!);
  const pair = limitsInForce(idSwitchCheck, scene.settings, 'all');
  const explained = 0.5 * (end.limits?.acceleration?.soft ?? 0) * seconds ** 2;
  // No wider than motion and labels explain: two people who pass each other are two.
  const room = suspectMeters + explained + doubt(scene, start, first, 'place', 1 + seconds);
  sink.measure({
    ...{ frame: first.frame, row: first.row, value, says: 'broken', code: 'FRAG' },
    limits: { ...pair, soft: pair.soft === null ? null : Math.min(pair.soft, room) },
    params: { other: scene.index.labels.tracks[end.track]!, off: rounded(value), seconds: rounded(seconds) },
    evidence: () => [
      ...wayAround(scene, end, at, first.frame),
      ...wayAround(scene, start, 0),
      ...distanceBetween(scene, first.frame, onward, first.place!, metresText(value)),
    ],
  });
}

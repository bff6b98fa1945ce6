/** CRAB: wheeled objects that roll across their own heading. */
import { wrapAngle } from '../../geometry/rotation.ts';
import { median } from '../../scoring/boxResiduals.ts';
import type { MotionFit } from '../../scoring/motionFit.ts';
import type { TrackMoment } from '../../scoring/trackSeries.ts';
import type { Check } from '../contract.ts';
import type { CheckScene } from '../scene.ts';
import { limitsInForce } from '../settings.ts';
import type { CheckTrack } from './sceneTracks.ts';
import { doubt, factsOf, givingWay, hasShapeHere, noNarrower, toleranceOf } from './trackFacts.ts';
import { directionFrom, wayAround } from './trackPicture.ts';
import { wholeDegrees } from './written.ts';

/** Slower than this the course says too little, m/s. */
const courseCounts = 3;
/** What lasts is told of the middle of so many seconds, where at least so many frames agree. */
const lastingSeconds = 1.1;
const fewestAgreeing = 3;
/**
 * The middle of a car lies about a third of its length ahead of its rear axle, so on a bend it moves across the
 * heading; a bend sharper than this says nothing of small angles, rad/s.
 */
const leverShare = 0.3;
const sharpBend = 0.15;

export const crabCheck: Check = {
  id: 'CRAB',
  version: 1,
  looksAt: 'cuboid',
  needs: ['cuboids', 'poses', 'times', 'tracks'],
  code: 'YAW',
  quantity: { unit: 'rad', wrong: 'above', range: [0, Math.PI / 2] },
  limits: {
    all: { soft: (15 * Math.PI) / 180, hard: (30 * Math.PI) / 180 },
    lasting: { soft: (5 * Math.PI) / 180, hard: (10 * Math.PI) / 180 },
  },
  run(scene, sink) {
    for (const track of scene.tracks) {
      if (!track.limits?.isWheeled) continue;
      const slips = slipsOf(scene, track);
      for (const [at, slip] of slips.entries()) {
        if (slip === null) continue;
        const moment = track.moments[at]!;
        const base = { frame: moment.frame, row: moment.row };
        const evidence = () => [...wayAround(scene, track, at), ...directionFrom(scene, moment, slip.course)];
        const pair = limitsInForce(crabCheck, scene.settings, 'all');
        sink.measure({
          ...{ ...base, value: Math.abs(slip.angle), evidence },
          limits: givingWay(pair, slip.doubt),
          params: { angle: wholeDegrees(Math.abs(slip.angle)) },
        });
        const lasting = lastingSlip(track, slips, at);
        if (lasting === null) continue;
        const least = toleranceOf(scene, track, moment).yawRadians;
        const narrow = noNarrower(limitsInForce(crabCheck, scene.settings, 'lasting'), least);
        sink.measure({
          ...{ ...base, value: Math.abs(lasting), evidence, limitKey: 'lasting', says: 'lasting' },
          limits: givingWay(narrow, slip.courseDoubt),
          params: { angle: wholeDegrees(Math.abs(lasting)) },
        });
      }
    }
  },
};

interface Slip {
  /** From the heading to the course, what a bend explains taken out, radians in (-pi/2, pi/2]. */
  readonly angle: number;
  readonly course: number;
  readonly isStraight: boolean;
  /** What the angle may owe to right labels, and what of it the course alone may. */
  readonly doubt: number;
  readonly courseDoubt: number;
}

function slipsOf(scene: CheckScene, track: CheckTrack): (Slip | null)[] {
  const { fits } = factsOf(track);
  return track.moments.map((moment, at) => {
    const fit = fits[at];
    return fit && hasShapeHere(scene, track, at) ? slipOf(scene, track, moment, fit) : null;
  });
}

function slipOf(scene: CheckScene, track: CheckTrack, moment: TrackMoment, fit: MotionFit): Slip | null {
  const speed = Math.hypot(...fit.velocity);
  const speedDoubt = doubt(scene, track, moment, 'place', fit.velocityGain);
  if (speed - speedDoubt <= courseCounts) return null;
  const course = Math.atan2(fit.velocity[1], fit.velocity[0]);
  const across = Math.atan2(leverShare * moment.size[0] * fit.yawRate, speed);
  const off = wrapAngle(course - moment.yaw);
  const isBackwards = Math.abs(off) > Math.PI / 2;
  const folded = isBackwards ? wrapAngle(off + Math.PI) : off;
  return {
    angle: folded - (isBackwards ? -across : across),
    course,
    isStraight: Math.abs(fit.yawRate) < sharpBend,
    courseDoubt: speedDoubt / speed,
    doubt: Math.hypot(speedDoubt / speed, toleranceOf(scene, track, moment).yawRadians),
  };
}

/** The angle in the middle of those around a moment, all to one side; null where too few are known. */
function lastingSlip({ moments }: CheckTrack, slips: readonly (Slip | null)[], at: number): number | null {
  const middle = moments[at]!.seconds!;
  const near: number[] = [];
  for (const [k, slip] of slips.entries()) {
    const seconds = moments[k]!.seconds;
    if (!slip?.isStraight || seconds === null || Math.abs(seconds - middle) > lastingSeconds / 2) continue;
    near.push(slip.angle);
  }
  const isOneSided = near.every((angle) => Math.sign(angle) === Math.sign(near[0]!));
  return near.length >= fewestAgreeing && isOneSided ? median(near) : null;
}

/**
 * Whether the labels of a frame jump in the world all by the same rigid motion: then it is the pose that jumped, since
 * no vendor moves every object alike.
 */

import type { Vec3 } from '../../model/pose.ts';
import { median } from '../../scoring/boxResiduals.ts';
import type { CheckScene } from '../scene.ts';
import { expectedOf, type Pace } from './poseSteps.ts';

/** One object's step, beyond what its own steps around it lead one to expect. */
interface Jump {
  /** Where it stood, in the world, metres. */
  readonly place: Vec3;
  readonly move: readonly [x: number, y: number];
}

export interface CommonJump {
  readonly objects: number;
  /** Median length of what all moved by, metres; 0 where they do not move as one. */
  readonly meters: number;
  /** The common motion: metres at `middle`, and radians about the world's up. */
  readonly move: readonly [x: number, y: number];
  readonly turn: number;
  readonly middle: readonly [x: number, y: number];
}

/** Fewer objects can agree by chance. */
export const leastObjects = 5;
/** Objects that fit the common motion: so many of all, each to such a share of what they moved by, or to metres. */
const leastShare = 0.7;
const fitShare = 0.35;
const fitMeters = 0.12;
/** Beyond this misfit an object weighs less and less, metres. */
const softness = 0.15;
const rounds = 12;

/** By the position in the scene of the frame that each step leads to; only steps that enough objects make. */
export function commonJumps(scene: CheckScene): Map<number, CommonJump> {
  const jumps = new Map<number, Jump[]>();
  for (const { moments } of scene.tracks) {
    const paces: (Pace & { readonly place: Vec3 })[] = [];
    for (let at = 1; at < moments.length; at++) {
      const [from, to] = [moments[at - 1]!, moments[at]!];
      if (to.frame !== from.frame + 1 || !from.place || !to.place) continue;
      const seconds = (to.seconds ?? Number.NaN) - (from.seconds ?? Number.NaN);
      if (!(seconds > 0)) continue;
      const rate = [(to.place[0] - from.place[0]) / seconds, (to.place[1] - from.place[1]) / seconds];
      paces.push({ at: to.frame - scene.scene.frameStart, seconds, rate, place: from.place });
    }
    for (const [index, { at, seconds, rate, place }] of paces.entries()) {
      const expected = expectedOf(paces, index);
      if (!expected) continue;
      const move = [
        (rate[0]! - expected.rate[0]!) * seconds,
        (rate[1]! - expected.rate[1]!) * seconds,
      ] as const;
      const known = jumps.get(at);
      if (known) known.push({ place, move });
      else jumps.set(at, [{ place, move }]);
    }
  }
  return new Map([...jumps].flatMap(([at, of]) => (of.length < leastObjects ? [] : [[at, commonOf(of)]])));
}

/** Least squares for a shift and a turn, objects that do not fit weighing little. */
function commonOf(jumps: readonly Jump[]): CommonJump {
  const middle = [
    median(jumps.map(({ place }) => place[0])),
    median(jumps.map(({ place }) => place[1])),
  ] as const;
  let [x, y, turn] = [median(jumps.map(({ move }) => move[0])), median(jumps.map(({ move }) => move[1])), 0];
  const effect = ({ place }: Jump): readonly [number, number] => [
    x - turn * (place[1] - middle[1]),
    y + turn * (place[0] - middle[0]),
  ];
  const misfit = (jump: Jump): number => {
    const [u, v] = effect(jump);
    return Math.hypot(jump.move[0] - u, jump.move[1] - v);
  };
  for (let round = 0; round < rounds; round++) {
    let [weights, sumX, sumY, sumU, sumV, sumRR, sumCross] = [0, 0, 0, 0, 0, 0, 0];
    for (const jump of jumps) {
      const weight = 1 / (1 + (misfit(jump) / softness) ** 2);
      const [px, py] = [jump.place[0] - middle[0], jump.place[1] - middle[1]];
      weights += weight;
      sumX += weight * px;
      sumY += weight * py;
      sumU += weight * jump.move[0];
      sumV += weight * jump.move[1];
      sumRR += weight * (px * px + py * py);
      sumCross += weight * (px * jump.move[1] - py * jump.move[0]);
    }
    const spread = sumRR - (sumX * sumX + sumY * sumY) / weights;
    turn = spread > 1 ? (sumCross - (sumX * sumV - sumY * sumU) / weights) / spread : 0;
    x = (sumU + turn * sumY) / weights;
    y = (sumV - turn * sumX) / weights;
  }
  const lengths = jumps.map((jump) => Math.hypot(...effect(jump)));
  const fitting = jumps.filter((jump, at) => misfit(jump) <= Math.max(fitMeters, fitShare * lengths[at]!));
  const isCommon = fitting.length >= leastShare * jumps.length;
  return {
    objects: jumps.length,
    meters: isCommon ? median(lengths) : 0,
    move: [x, y],
    turn,
    middle,
  };
}

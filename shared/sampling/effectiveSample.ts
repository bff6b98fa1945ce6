/**
 * What units are worth that come from few scenes: objects of one scene are labelled by one person, under one light,
 * on one day, and are right or wrong together. Design effect 1 + (m - 1) rho for m units a scene that are alike by
 * rho (Kish, "Survey Sampling", 1965).
 */
import { findPlan } from './findPlan.ts';
import { firstWhole } from './rootFinding.ts';

/** How alike units of one scene are taken to be where nothing is known: 0 not at all, 1 all good or all bad. */
export const defaultRho = 0.05;

/** Fewer scenes than this, or a larger design effect, is worth a warning. */
export const fewScenes = 10;
export const largeDesignEffect = 1.5;

export interface SceneSample {
  /** Units drawn, over all scenes. */
  readonly units: number;
  readonly scenes: number;
  readonly rho?: number | undefined;
}

export interface PredictedEffective {
  readonly unitsPerScene: number;
  readonly deff: number;
  /** Units from as many scenes of their own that would tell as much. */
  readonly effectiveN: number;
  readonly isWarning: boolean;
}

/** Before anything is judged. `units` and `scenes` from 1; fewer units than scenes count as one a scene. */
export function predictedEffective({ units, scenes, rho = defaultRho }: SceneSample): PredictedEffective {
  const unitsPerScene = Math.max(1, units / scenes);
  const deff = 1 + (unitsPerScene - 1) * rho;
  return {
    unitsPerScene,
    deff,
    effectiveN: units / deff,
    isWarning: isClustered(scenes, unitsPerScene, deff),
  };
}

/** Whether units from so many scenes deserve a warning; units that all come from different scenes never do. */
export function isClustered(scenes: number, unitsPerScene: number, deff: number): boolean {
  return unitsPerScene > 1 && (scenes < fewScenes || deff > largeDesignEffect);
}

/**
 * The fewest units from `scenes` scenes that tell as much as `effective` single ones; `units` null where no number
 * does, since more of the same scenes adds ever less: `most` is what all of them could tell.
 */
export function enoughUnits(
  effective: number,
  scenes: number,
  rho: number = defaultRho,
): { readonly units: number | null; readonly most: number } {
  const most = rho === 0 ? Number.POSITIVE_INFINITY : scenes / rho;
  if (effective <= scenes) return { units: Math.ceil(effective), most };
  const units = (effective * (1 - rho)) / (1 - effective / most);
  return { units: effective < most ? Math.ceil(units * (1 - 1e-12)) : null, most };
}

export interface ClusteredWish {
  readonly scenes: number;
  readonly rho: number;
  /** Quality p1 is to be accepted with probability pa1 or more, p2 with pa2 or less. */
  readonly p1: number;
  readonly pa1: number;
  readonly p2: number;
  readonly pa2: number;
  /** Units a scene at most: what the lot has. */
  readonly mostPerScene: number;
}

/**
 * Smallest (n, Ac) with as many units from each scene that keeps both risks although units of a scene are alike:
 * the count of one scene is taken as beta-binomial. `null` where no number of units from these scenes does. It is
 * no plan of ISO 2859-1.
 */
export function clusteredPlan(wish: ClusteredWish): { readonly n: number; readonly ac: number } | null {
  const { scenes, rho, p1, pa1, p2, pa2, mostPerScene } = wish;
  if (rho === 0) {
    const plan = findPlan({ model: 'binomial', p1, pa1, p2, pa2 });
    return plan.ok && plan.value.n <= scenes * mostPerScene ? plan.value : null;
  }
  const kindest = (perScene: number): number | null => {
    let sum = 0;
    for (const [ac, mass] of sceneCounts(scenes, perScene, p1, rho, largestAcceptance).entries()) {
      sum += mass;
      if (sum >= pa1) return ac;
    }
    return null;
  };
  const isStrict = (perScene: number): boolean => {
    const ac = kindest(perScene);
    if (ac === null) return false;
    const strict = sceneCounts(scenes, perScene, p2, rho, ac);
    return strict.reduce((sum, mass) => sum + mass, 0) <= pa2;
  };
  let reach = 1;
  while (reach < mostPerScene && !isStrict(reach)) reach = Math.min(mostPerScene, 2 * reach);
  const perScene = firstWhole(isStrict, Math.max(1, Math.floor(reach / 2)), reach);
  return perScene === null ? null : { n: perScene * scenes, ac: kindest(perScene)! };
}

const largestAcceptance = 400;

/**
 * Probability of 0 .. `most` bad units over `scenes` scenes of `perScene` units each; what lies beyond is left out.
 */
export function sceneCounts(
  scenes: number,
  perScene: number,
  p: number,
  rho: number,
  most: number,
): Float64Array {
  let power = oneScene(perScene, p, rho, most);
  let product: Float64Array = Float64Array.of(1);
  for (let left = scenes; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) product = together(product, power, most);
    if (left > 1) power = together(power, power, most);
  }
  return product;
}

/** Beta-binomial masses, from the one of nothing bad upwards. */
function oneScene(perScene: number, p: number, rho: number, most: number): Float64Array {
  const spread = (1 - rho) / rho;
  const [a, b] = [p * spread, (1 - p) * spread];
  const masses = new Float64Array(Math.min(perScene, most) + 1);
  let none = 0;
  for (let i = 0; i < perScene; i += 1) none += Math.log((b + i) / (a + b + i));
  masses[0] = Math.exp(none);
  for (let x = 0; x + 1 < masses.length; x += 1) {
    masses[x + 1] = (masses[x]! * (perScene - x) * (a + x)) / ((x + 1) * (b + perScene - x - 1));
  }
  return masses;
}

/** Masses of the sum of two independent counts, up to `most`. */
function together(first: Float64Array, second: Float64Array, most: number): Float64Array {
  const sum = new Float64Array(Math.min(first.length + second.length - 2, most) + 1);
  for (const [x, mass] of first.entries()) {
    const end = Math.min(second.length, sum.length - x);
    for (let y = 0; y < end; y += 1) sum[x + y]! += mass * second[y]!;
  }
  return sum;
}

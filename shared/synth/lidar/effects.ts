/**
 * What spoils a sweep on real streets, each from 0 (none, the sample's own world) to 1 (as bad as recordings get).
 * They draw from a stream of their own, so a world without them has the bytes it always had.
 */
export const effectNames = [
  'rain',
  'spray',
  'mirror',
  'blooming',
  'vegetation',
  'noise',
  'dropouts',
] as const;
export type EffectName = (typeof effectNames)[number];

/**
 * `rain`: echoes of drops near the sensor, lost pulses, shorter reach. `spray`: clouds behind moving vehicles.
 * `mirror`: what glass fronts and the wet road show, seen behind them. `blooming`: a halo round retroreflectors.
 * `vegetation`: bushes and young trees along the road, and leaves that let pulses in. `noise`: more of it along the
 * beam. `dropouts`: share of pulses lost wherever they go. Absent = 0.
 */
export type EffectLevels = Readonly<Partial<Record<EffectName, number>>>;

/** Standard deviation along the beam that `noise` 1 adds, metres. */
export const MOST_NOISE_METERS = 0.05;
/** How deep into leaves a pulse may go at `vegetation` 1, metres. */
export const MOST_LEAF_DEPTH_METERS = 0.7;

/** At `rain` 1: the chance that a drop answers before anything else does, and where the farthest drops are seen. */
const DROP_CHANCE = 0.04;
const DROPS_FROM_METERS = 1.3;
const DROPS_TO_METERS = 16;
/** At `rain` 1: share of pulses that wet surfaces swallow, and what a metre of way takes of an echo. */
const RAIN_LOSS = 0.06;
const RAIN_EXTINCTION = 0.015;

/** Chance that a pulse is answered by a drop. */
export function dropChance(rain: number): number {
  return rain * DROP_CHANCE;
}

/** Metres to an answering drop, most of them close by; `draw` is uniform in [0, 1). */
export function dropMeters(draw: number): number {
  return DROPS_FROM_METERS + (DROPS_TO_METERS - DROPS_FROM_METERS) * draw * draw * draw;
}

/** Share of pulses that are lost however near they go, of rain and of dropouts together. */
export function lostShare({ rain = 0, dropouts = 0 }: EffectLevels): number {
  return 1 - (1 - rain * RAIN_LOSS) * (1 - dropouts);
}

/** Share of an echo that the rain on its way leaves: a rational fall-off, since engines differ in `exp`. */
export function throughRain(rain: number, rangeMeters: number): number {
  const weakened = 1 + rain * RAIN_EXTINCTION * rangeMeters;
  return 1 / (weakened * weakened);
}

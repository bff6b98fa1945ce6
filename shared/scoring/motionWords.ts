/** Words by which vendors say whether an object moves. */
export type StatedMotion = 'moving' | 'still';

const moving = new Set(['moving', 'driving', 'in motion', 'in_motion', 'in-motion', 'dynamic']);
const still = new Set(['parked', 'stopped', 'static', 'stationary', 'standing', 'not moving', 'not_moving']);

/** `vehicle.moving`-like words carry the state in their last part (nuScenes). Null for any other value. */
export function motionOfWord(word: unknown): StatedMotion | null {
  if (typeof word !== 'string') return null;
  const last = word.trim().toLowerCase().split('.').at(-1)!;
  if (moving.has(last)) return 'moving';
  return still.has(last) ? 'still' : null;
}

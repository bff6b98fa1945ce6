/** What a label's attributes say of its motion, whatever the vendor calls it. */
import type { AttributeSet } from '../../model/labels.ts';

export type StatedMotion = 'moving' | 'still';

const moving = new Set(['moving', 'driving', 'in motion', 'in_motion', 'in-motion', 'dynamic']);
const still = new Set(['parked', 'stopped', 'static', 'stationary', 'standing', 'not moving', 'not_moving']);

/** Null where nothing is said. `vehicle.moving`-like names carry the state in their last part (nuScenes). */
export function statedMotion(attributes: AttributeSet): StatedMotion | null {
  for (const [name, value] of Object.entries(attributes)) {
    const words =
      typeof value === 'string' ? [value] : value === true ? [name] : Array.isArray(value) ? value : [];
    for (const word of words) {
      if (typeof word !== 'string') continue;
      const last = word.trim().toLowerCase().split('.').at(-1)!;
      if (moving.has(last)) return 'moving';
      if (still.has(last)) return 'still';
    }
  }
  return null;
}

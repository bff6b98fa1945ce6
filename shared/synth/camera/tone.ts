/** From linear light to the bytes of a picture: a shoulder that keeps highlights, then the display's gamma. */
import { fractionalPower } from '../portableMath.ts';

const STEPS = 4096;
/** Light that maps to white. */
const WHITE = 2.6;
const EXPOSURE = 0.91;

const curve = Uint8Array.from({ length: STEPS + 1 }, (_, i) => {
  const light = (EXPOSURE * WHITE * i) / STEPS;
  const rolled = (light * (1 + light / (WHITE * WHITE * 0.7))) / (1 + 0.42 * light);
  const level = fractionalPower(Math.min(1, rolled), 1 / 2.2);
  // A gentle S: deeper shade, brighter light, the ends where they were.
  const contrast = level + 0.55 * (level - 0.46) * level * (1 - level);
  return Math.round(255 * Math.max(0, Math.min(1, contrast)));
});

/** Byte for a linear value; 0 is black, anything at or above the white point is 255. */
export function toneByte(light: number): number {
  const step = (light * STEPS) / WHITE;
  if (step <= 0) return 0;
  return curve[step >= STEPS ? STEPS : Math.floor(step)]!;
}

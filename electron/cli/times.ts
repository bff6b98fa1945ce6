/** Timestamps for people and for JSON: whole nanoseconds stay exact, seconds are a double derived from them. */
import type { Frame } from '../../shared/model/delivery.ts';

const nanosPerSecond = 1_000_000_000n;

/** Seconds of a nanosecond string, split before the division so that no digit is lost before the last place. */
export function secondsOf(nanos: string | null): number | null {
  if (nanos === null) return null;
  const whole = BigInt(nanos);
  return Number(whole / nanosPerSecond) + Number(whole % nanosPerSecond) / 1e9;
}

/** From the first to the last frame of a scene; null where the frames carry no time. */
export function durationSeconds(frames: readonly Frame[]): number | null {
  const first = frames[0]?.timestampNanos ?? null;
  const last = frames.at(-1)?.timestampNanos ?? null;
  return first === null || last === null ? null : secondsOf(String(BigInt(last) - BigInt(first)));
}

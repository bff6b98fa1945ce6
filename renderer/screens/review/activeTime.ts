/**
 * Time a unit was really looked at. Each sign of life counts the time since the one before, but a pause never more
 * than `idleAfterMs`: who walks away is not judging.
 */
export const idleAfterMs = 20_000;

export interface ActiveTime {
  /** A key, a click, a move of the mouse. */
  note(now: number): void;
  /** Whole milliseconds so far, and starts anew. */
  take(now: number): number;
  readonly soFar: (now: number) => number;
}

export function createActiveTime(start: number): ActiveTime {
  let counted = 0;
  let last = start;
  const soFar = (now: number): number => counted + Math.min(Math.max(0, now - last), idleAfterMs);
  return {
    soFar,
    note(now) {
      counted = soFar(now);
      last = now;
    },
    take(now) {
      const total = Math.round(soFar(now));
      counted = 0;
      last = now;
      return total;
    },
  };
}

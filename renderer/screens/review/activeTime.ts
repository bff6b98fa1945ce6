/**
 * Time a unit was really looked at. Each sign of life counts the time since the one before, but a pause never more
 * than `idleAfterMs`: who walks away is not judging. While the window is hidden or another has the focus nothing
 * counts at all.
 */
export const idleAfterMs = 20_000;

export interface ActiveTime {
  /** A key, a click, a move of the mouse. */
  note(now: number): void;
  /** The window is out of sight: stops the clock until the next sign of life. */
  pause(now: number): void;
  /** Whole milliseconds so far, and starts anew. */
  take(now: number): number;
  readonly soFar: (now: number) => number;
}

export function createActiveTime(start: number): ActiveTime {
  let counted = 0;
  let last = start;
  let isPaused = false;
  const soFar = (now: number): number =>
    isPaused ? counted : counted + Math.min(Math.max(0, now - last), idleAfterMs);
  return {
    soFar,
    note(now) {
      counted = soFar(now);
      last = now;
      isPaused = false;
    },
    pause(now) {
      counted = soFar(now);
      isPaused = true;
    },
    take(now) {
      const total = Math.round(soFar(now));
      counted = 0;
      last = now;
      return total;
    },
  };
}

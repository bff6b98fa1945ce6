/** Progress as it leaves a thread: numbers are thinned out, findings never are; they go with the next word. */
import type { Progress } from '../../shared/host/contract.ts';

/** More often than this nobody looks at a number. */
const progressEveryMs = 100;

export interface ProgressThrottle {
  readonly report: (progress: Progress) => void;
  /** Says what still waits; called once, before the job's answer. */
  flush(): void;
}

export function createProgressThrottle(
  post: (progress: Progress) => void,
  now: () => number = Date.now,
): ProgressThrottle {
  let lastAt = Number.NEGATIVE_INFINITY;
  let waiting: NonNullable<Progress['findings']> = [];
  let latest: Progress | null = null;

  function say(progress: Progress): void {
    lastAt = now();
    post(waiting.length > 0 ? { ...progress, findings: waiting } : progress);
    waiting = [];
  }

  return {
    report(progress) {
      const { findings, ...numbers } = progress;
      if (findings) waiting = waiting.concat(findings);
      latest = numbers;
      if (now() - lastAt >= progressEveryMs || progress.done === progress.total) say(numbers);
    },
    flush() {
      if (latest !== null && waiting.length > 0) say(latest);
    },
  };
}

/** The time a disagreement is looked at, idle excluded. */
import { useEffect, useState } from 'react';
import { createActiveTime } from '../review/activeTime.ts';
import { listenForLife } from '../review/signsOfLife.ts';

/** Answers how to take the milliseconds so far; taking them starts the clock anew. */
export function useCaseTime(): () => number {
  const [time] = useState(() => createActiveTime(performance.now()));
  useEffect(() => listenForLife(time), [time]);
  return () => time.take(performance.now());
}

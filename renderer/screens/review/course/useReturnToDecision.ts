/** Steps back to the unit that decided, when the plan says stop while the next unit is already on screen. */
import { useEffect, useRef } from 'react';
import type { Request } from '../../../../shared/audit/course.ts';
import { hasStopped } from './RequestLine.tsx';

/**
 * A desk goes on at once with every verdict, so the next unit is there before the plan has spoken. Back at the unit
 * that decided, the next Enter judges nothing.
 *
 * @param isAhead an open unit that the plans do not ask for is on screen.
 * @param goBack goes to the last unit that they ask for.
 */
export function useReturnToDecision(request: Request | null, isAhead: boolean, goBack: () => void): void {
  const before = useRef(request);
  const back = useRef(goBack);
  back.current = goBack;
  useEffect(() => {
    const hasJustStopped = before.current !== null && !hasStopped(before.current) && hasStopped(request);
    before.current = request;
    if (hasJustStopped && isAhead) back.current();
  }, [request, isAhead]);
}

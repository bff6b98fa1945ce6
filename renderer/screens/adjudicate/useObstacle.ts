/** Why the person at the screen cannot settle the disagreement shown. */
import { useMemo } from 'react';
import { refusal } from '../../../shared/audit/refusal.ts';
import { mayRecord } from '../../../shared/audit/rules.ts';
import type { Problem } from '../../../shared/base/problem.ts';
import { useSession } from '../../state/context.tsx';
import { type Case, unsureRuling } from './cases.ts';

/** The rules' own answer, asked with the ruling that says least; null where she may. */
export function useObstacle(found: Case | null): Problem | null {
  const audit = useSession((state) => state.shown);
  const actor = useSession((state) => state.actor);
  const isWritable = useSession((state) => state.isWritable);
  return useMemo(() => {
    if (!found || found.ruling !== null) return null;
    if (actor === null) return refusal('profile-missing');
    if (!isWritable) return refusal('audit-read-only');
    return mayRecord(audit, unsureRuling(found, { comment: '', durationMs: 0 }), actor);
  }, [audit, actor, isWritable, found]);
}

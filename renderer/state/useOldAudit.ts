/** The audit of the submission before. Only read: its lock is given back at once. */
import { useEffect, useState } from 'react';
import { foldAll } from '../../shared/audit/fold.ts';
import type { AuditState } from '../../shared/audit/state.ts';
import type { Problem } from '../../shared/base/problem.ts';
import { useTask } from '../ui/useTask.ts';
import { useHost } from './context.tsx';
import { parseAll } from './pendingEvents.ts';

export interface OldAudit {
  /** Null while it is read, or where there is none. */
  readonly old: AuditState | null;
  readonly problem: Problem | null;
}

export function useOldAudit(id: string | null): OldAudit {
  const host = useHost();
  const [old, setOld] = useState<AuditState | null>(null);
  const { run, problem } = useTask();
  useEffect(() => {
    if (id === null) return;
    void run(async () => {
      const answer = await host.call('audits.open', { audit: id });
      setOld(foldAll(parseAll(answer.events)));
      await host.call('audits.close', { audit: id });
    });
  }, [host, id, run]);
  return { old, problem };
}

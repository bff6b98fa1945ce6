/** The audits on this machine, for the lot that a delivery may resubmit. */
import { useEffect, useState } from 'react';
import type { AuditSummary } from '../../../shared/host/contract.ts';
import { useHost } from '../../state/context.tsx';
import { useTask } from '../../ui/useTask.ts';

/** An empty list while the host is asked, and where it does not answer. */
export function useAudits(): readonly AuditSummary[] {
  const host = useHost();
  const [audits, setAudits] = useState<readonly AuditSummary[]>([]);
  const { run } = useTask();
  useEffect(() => {
    void run(() => host.call('audits.list', {})).then((answer) => answer && setAudits(answer.audits));
  }, [host, run]);
  return audits;
}

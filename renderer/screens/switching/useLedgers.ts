/** The switching ledgers as the host keeps them, folded here; brought up to date with what was signed when asked for. */
import { useCallback, useEffect, useState } from 'react';
import type { Actor } from '../../../shared/audit/events.ts';
import { type LedgerEvent, type LedgerStep, parseLedgerEvent } from '../../../shared/audit/ledgerEvents.ts';
import { foldLedger } from '../../../shared/audit/ledgerFold.ts';
import type { LedgerState } from '../../../shared/audit/ledgerState.ts';
import { type Problem, ProblemError } from '../../../shared/base/problem.ts';
import type { Host } from '../../../shared/host/contract.ts';
import { useHost } from '../../state/context.tsx';
import { type Task, useTask } from '../../ui/useTask.ts';

export interface ShownLedger {
  readonly ledger: string;
  /** Null where not even its first entry holds. */
  readonly state: LedgerState | null;
  /** Why nothing can be entered; null = it is whole. */
  readonly problem: Problem | null;
}

export interface Ledgers {
  /** By vendor and project; null while they are read. */
  readonly ledgers: readonly ShownLedger[] | null;
  /** Signed lots that could not be entered. */
  readonly problems: readonly Problem[];
  readonly loading: Task;
  readonly entering: Task;
  enter(ledger: ShownLedger, step: LedgerStep, actor: Actor): Promise<void>;
}

export function useLedgers(): Ledgers {
  const host = useHost();
  const [ledgers, setLedgers] = useState<readonly ShownLedger[] | null>(null);
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const loading = useTask();
  const entering = useTask();
  const { run: load } = loading;
  const { run: enter } = entering;
  useEffect(() => {
    void load(async () => {
      const refreshed = await host.call('ledgers.refresh', {});
      setProblems(refreshed.problems as readonly Problem[]);
      setLedgers(await listLedgers(host));
    });
  }, [host, load]);
  const enterStep = useCallback(
    async (shown: ShownLedger, step: LedgerStep, actor: Actor) => {
      await enter(async () => {
        try {
          const { ledger, state } = shown;
          await host.call('ledgers.record', { ledger, actor, expectedSeq: state?.seq ?? 0, step });
        } finally {
          // What was refused may have been so because the ledger has moved on: either way it is shown as it is now.
          setLedgers(await listLedgers(host));
        }
      });
    },
    [host, enter],
  );
  return { ledgers, problems, loading, entering, enter: enterStep };
}

/** Every ledger of the machine, folded, by vendor and project. */
export async function listLedgers(host: Host): Promise<ShownLedger[]> {
  const { ledgers } = await host.call('ledgers.list', {});
  const shown = ledgers.map(({ ledger, events, problem }): ShownLedger => {
    return { ledger, state: foldLedger(events.map(parsed)), problem: problem as Problem | null };
  });
  const name = ({ state, ledger }: ShownLedger): string =>
    `${state?.vendor ?? ''}\u0000${state?.project ?? ledger}`;
  return shown.sort((a, b) => name(a).localeCompare(name(b)));
}

function parsed(json: unknown): LedgerEvent {
  const event = parseLedgerEvent(json);
  if (!event.ok) throw new ProblemError(event.problem);
  return event.value;
}

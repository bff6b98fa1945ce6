/** Opens one delivery at a time: the host indexes it, then the index comes over as bytes and is read in place. */
import { ProblemError } from '../../shared/base/problem.ts';
import { indexAddress } from '../../shared/host/addresses.ts';
import type { CallOptions, Host, OpenedDelivery } from '../../shared/host/contract.ts';
import { readIndexFile } from '../../shared/readers/indexFile.ts';
import { problemOf } from '../host/problems.ts';
import type { SessionFacts } from './sessionState.ts';

/** Bytes at a relative address of the host; rejects with ProblemError. */
export type FetchBytes = (address: string, signal?: AbortSignal) => Promise<ArrayBuffer>;

interface Facts {
  readonly get: () => SessionFacts;
  readonly set: (facts: Partial<SessionFacts>) => void;
}

export interface DeliveryOpener {
  /** Rejects with ProblemError, or AbortError where it was cancelled or another opening took its place. */
  open(path: string, sensorsPath: string | null, options?: CallOptions): Promise<OpenedDelivery>;
}

export function createDeliveryOpener(host: Host, fetchBytes: FetchBytes, facts: Facts): DeliveryOpener {
  let running = new AbortController();

  async function open(
    path: string,
    sensorsPath: string | null,
    options: CallOptions = {},
  ): Promise<OpenedDelivery> {
    running.abort();
    running = new AbortController();
    const signal = options.signal ? AbortSignal.any([options.signal, running.signal]) : running.signal;
    const own = running;
    facts.set({ opening: { what: 'delivery', progress: null }, deliveryProblem: null });
    try {
      const opened = await host.call(
        'deliveries.open',
        { path, sensorsPath },
        {
          signal,
          onProgress: (progress) => {
            facts.set({ opening: { what: 'delivery', progress } });
            options.onProgress?.(progress);
          },
        },
      );
      const index = readIndexFile(new Uint8Array(await fetchBytes(indexAddress(opened.delivery), signal)));
      if (!index.ok) throw new ProblemError(index.problem);
      closePrevious(opened);
      facts.set({ opened, index: index.value });
      return opened;
    } finally {
      if (own === running) facts.set({ opening: null });
    }
  }

  function closePrevious(opened: OpenedDelivery): void {
    const previous = facts.get().opened;
    if (previous === null || previous.delivery === opened.delivery) return;
    void host.call('deliveries.close', { delivery: previous.delivery }).catch(problemOf);
  }

  return { open };
}

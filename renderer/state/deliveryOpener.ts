/** Opens one delivery at a time: the host indexes it, then its index comes over. */
import { indexAddress } from '../../shared/host/addresses.ts';
import type { CallOptions, Host, OpenedDelivery, Progress, ReadChoice } from '../../shared/host/contract.ts';
import type { DeliveryIndex } from '../../shared/model/labels.ts';
import type { Arrival } from '../../shared/readers/arrival.ts';
import { problemOf } from '../host/problems.ts';
import type { FirstLook, SessionFacts } from './sessionState.ts';

/** The index at a relative address of the host and a look over it; rejects with ProblemError. */
export type FetchIndex = (address: string, signal: AbortSignal) => Promise<FetchedIndex>;

export interface FetchedIndex {
  readonly index: DeliveryIndex;
  readonly arrival: Arrival;
}

interface Facts {
  readonly get: () => SessionFacts;
  readonly set: (facts: Partial<SessionFacts>) => void;
}

export interface LoadedDelivery extends FetchedIndex {
  readonly opened: OpenedDelivery;
  readonly isTrial: boolean;
}

export interface OpenOptions extends CallOptions {
  /** Absent = as this delivery was opened last. */
  readonly choice?: ReadChoice;
  /** Only tried out: neither the next opening nor an audit takes this for the delivery as it is read. */
  readonly isTrial?: boolean;
}

export interface DeliveryOpener {
  /**
   * Opens and reads, but leaves what is shown as it is. Rejects with ProblemError, or AbortError where it was
   * cancelled or another opening took its place.
   */
  load(path: string, sensorsPath: string | null, options?: OpenOptions): Promise<LoadedDelivery>;
  /** Shows what was loaded, and gives the delivery before it back. */
  keep(loaded: LoadedDelivery): void;
}

export function createDeliveryOpener(host: Host, fetchIndex: FetchIndex, facts: Facts): DeliveryOpener {
  let running = new AbortController();

  async function load(
    path: string,
    sensorsPath: string | null,
    options: OpenOptions = {},
  ): Promise<LoadedDelivery> {
    running.abort();
    const own = new AbortController();
    running = own;
    const signal = options.signal ? AbortSignal.any([options.signal, own.signal]) : own.signal;
    const isTrial = options.isTrial === true;
    let firstLook: FirstLook | null = null;
    facts.set({ opening: { what: 'delivery', progress: null, firstLook } });
    const onProgress = (progress: Progress): void => {
      facts.set({ opening: { what: 'delivery', progress, firstLook } });
      options.onProgress?.(progress);
      if (progress.firstLook !== undefined) void look(progress.firstLook);
    };
    /** Nice to have: where it does not come, the whole comes a little later. */
    async function look(delivery: string): Promise<void> {
      const fetched = await fetchIndex(indexAddress(delivery), signal).catch(() => null);
      const { opening } = facts.get();
      if (!fetched || own !== running || !opening) return;
      firstLook = { delivery, index: fetched.index };
      facts.set({ opening: { ...opening, firstLook } });
    }
    try {
      const opened = await host.call(
        'deliveries.open',
        { path, sensorsPath, ...(options.choice ? { choice: options.choice } : {}), isTrial },
        { signal, onProgress },
      );
      return { opened, isTrial, ...(await fetchIndex(indexAddress(opened.delivery), signal)) };
    } finally {
      if (own === running) facts.set({ opening: null });
    }
  }

  function keep(loaded: LoadedDelivery): void {
    const previous = facts.get().opened;
    if (previous !== null && previous.delivery !== loaded.opened.delivery) {
      void host.call('deliveries.close', { delivery: previous.delivery }).catch(problemOf);
    }
    facts.set({ ...loaded, deliveryProblem: null });
  }

  return { load, keep };
}

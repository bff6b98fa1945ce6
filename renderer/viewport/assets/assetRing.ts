/**
 * What is kept ready: the sweeps, pictures and point lists of the frames around the one on screen. The owner names
 * what it wants, most urgent first; the ring loads what is missing and never holds more than its budget. What is
 * no longer wanted stays as long as there is room, since auditors go back; the longest unwanted goes first. Stepping
 * to something in the ring is then a pointer swap.
 */
import { type Problem, ProblemError } from '../../../shared/base/problem.ts';
import { isAbort } from '../../workers/workerChannel.ts';

export interface Asset {
  /** What it weighs against the budget, mostly bytes on the GPU. */
  readonly bytes: number;
  dispose(): void;
}

export interface Wish {
  readonly key: string;
  readonly load: (signal: AbortSignal) => Promise<Asset>;
  /** Kept whatever the budget says: what is on screen. */
  readonly isPinned: boolean;
}

export type AssetStatus = 'absent' | 'loading' | 'ready' | 'failed';

interface Slot {
  status: AssetStatus;
  readonly controller: AbortController;
  asset: Asset | null;
  problem: Problem | null;
}

export interface AssetRing {
  /** Replaces everything wanted so far. */
  want(wishes: readonly Wish[]): void;
  get(key: string): Asset | null;
  status(key: string): AssetStatus;
  problem(key: string): Problem | null;
  /** Settles when the key is ready or has failed; null = failed or no longer wanted. */
  whenReady(key: string): Promise<Asset | null>;
  /** Bytes held now. */
  readonly bytes: number;
  /** Frees everything. */
  clear(): void;
}

export function createAssetRing(budgetBytes: number, onChange: (key: string) => void): AssetRing {
  const slots = new Map<string, Slot>();
  const waiting = new Map<string, ((asset: Asset | null) => void)[]>();
  let wishes: readonly Wish[] = [];

  /** Ready and wanted no longer, the longest first. */
  const idle = new Set<string>();

  function settle(key: string, asset: Asset | null): void {
    const listeners = waiting.get(key) ?? [];
    waiting.delete(key);
    for (const listener of listeners) listener(asset);
  }

  function drop(key: string): void {
    const slot = slots.get(key);
    if (!slot) return;
    slots.delete(key);
    idle.delete(key);
    if (slot.status === 'loading') slot.controller.abort();
    slot.asset?.dispose();
    settle(key, null);
  }

  async function load(wish: Wish): Promise<void> {
    const slot: Slot = { status: 'loading', controller: new AbortController(), asset: null, problem: null };
    slots.set(wish.key, slot);
    try {
      const asset = await wish.load(slot.controller.signal);
      if (slots.get(wish.key) !== slot) {
        asset.dispose();
        return;
      }
      slot.asset = asset;
      slot.status = 'ready';
    } catch (error) {
      if (slots.get(wish.key) !== slot || isAbort(error)) return;
      if (!(error instanceof ProblemError)) throw error;
      slot.status = 'failed';
      slot.problem = error.problem;
    }
    settle(wish.key, slot.asset);
    fill();
    onChange(wish.key);
  }

  /** Starts what is missing, in order of urgency, as long as it fits; what no longer fits goes. */
  function fill(): void {
    let bytes = 0;
    for (const wish of wishes) {
      const slot = slots.get(wish.key);
      const hasRoom = wish.isPinned || bytes < budgetBytes;
      if (!hasRoom) drop(wish.key);
      else if (!slot) void load(wish);
      else bytes += slot.asset?.bytes ?? 0;
    }
    trim();
  }

  function heldBytes(): number {
    let bytes = 0;
    for (const slot of slots.values()) bytes += slot.asset?.bytes ?? 0;
    return bytes;
  }

  function trim(): void {
    for (const key of [...idle]) {
      if (heldBytes() <= budgetBytes) return;
      drop(key);
    }
  }

  return {
    want(next) {
      wishes = next;
      const wanted = new Set(next.map((wish) => wish.key));
      for (const [key, slot] of [...slots]) {
        if (wanted.has(key)) idle.delete(key);
        // What failed is tried again when it is wanted again.
        else if (slot.status !== 'ready') drop(key);
        else idle.add(key);
      }
      fill();
    },
    get: (key) => slots.get(key)?.asset ?? null,
    status: (key) => slots.get(key)?.status ?? 'absent',
    problem: (key) => slots.get(key)?.problem ?? null,
    whenReady(key) {
      const slot = slots.get(key);
      if (slot && slot.status !== 'loading') return Promise.resolve(slot.asset);
      return new Promise((resolve) => {
        waiting.set(key, [...(waiting.get(key) ?? []), resolve]);
      });
    },
    get bytes() {
      return heldBytes();
    },
    clear() {
      wishes = [];
      for (const key of [...slots.keys()]) drop(key);
    },
  };
}

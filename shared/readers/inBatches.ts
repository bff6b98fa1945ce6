/** Runs an asynchronous step over many items, a few at a time, with progress and cancellation. */
import type { ReadContext } from './contract.ts';

const BATCH = 16;

/** Results are in the order of the items. Throws the signal's reason once it is aborted. */
export async function inBatches<Item, Value>(
  items: readonly Item[],
  context: ReadContext,
  step: (item: Item) => Promise<Value>,
): Promise<Value[]> {
  const results: Value[] = [];
  for (let start = 0; start < items.length; start += BATCH) {
    context.signal?.throwIfAborted();
    results.push(...(await Promise.all(items.slice(start, start + BATCH).map(step))));
    context.progress?.(results.length, items.length);
  }
  return results;
}

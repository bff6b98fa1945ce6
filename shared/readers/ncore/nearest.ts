/** Looking up by time in lists that are in order of time. */

/** Index of the item nearest to `time`, at most `farthest` away; -1 where there is none. Earlier wins a tie. */
export function nearestByTime<Item>(
  items: readonly Item[],
  timeOf: (item: Item) => number,
  time: number,
  farthest: number,
): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (timeOf(items[middle]!) < time) low = middle + 1;
    else high = middle;
  }
  let best = -1;
  let distance = farthest;
  for (const i of [low - 1, low]) {
    if (i < 0 || i >= items.length) continue;
    const away = Math.abs(timeOf(items[i]!) - time);
    if (away < distance || (away === distance && best < 0)) [best, distance] = [i, away];
  }
  return best;
}

/** Whole microseconds as nanoseconds in a decimal string. */
export function nanosOfMicros(micros: number): string {
  return (BigInt(Math.round(micros)) * 1000n).toString();
}

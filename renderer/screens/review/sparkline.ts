/** A small plot as an SVG path: gaps where a value is unknown, a level line where all are alike. */
export interface Sparkline {
  readonly path: string;
  /** Where the value at the mark stands; null where it is unknown. */
  readonly mark: { readonly x: number; readonly y: number } | null;
}

/** Least and greatest known value; null where none is known. */
export function spread(values: readonly (number | null)[]): { low: number; high: number } | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return null;
  return { low: Math.min(...known), high: Math.max(...known) };
}

export function sparkline(
  values: readonly (number | null)[],
  at: number,
  width: number,
  height: number,
): Sparkline {
  const range = spread(values);
  if (!range) return { path: '', mark: null };
  const { low, high } = range;
  const inset = 2;
  const x = (place: number): number =>
    values.length === 1 ? width / 2 : Math.round((100 * width * place) / (values.length - 1)) / 100;
  const y = (value: number): number => {
    const share = high > low ? (value - low) / (high - low) : 0.5;
    return Math.round(100 * (inset + (1 - share) * (height - 2 * inset))) / 100;
  };
  let path = '';
  let isOpen = false;
  for (const [place, value] of values.entries()) {
    if (value === null) {
      isOpen = false;
      continue;
    }
    path += `${isOpen ? 'L' : 'M'}${x(place)} ${y(value)}`;
    isOpen = true;
  }
  const value = values[at] ?? null;
  return { path, mark: value === null ? null : { x: x(at), y: y(value) } };
}

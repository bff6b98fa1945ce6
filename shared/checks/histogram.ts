/** Counts of a measured quantity in bins of equal width; sums of two histograms are the histogram of both. */
export const histogramBins = 60;

export interface HistogramCounts {
  readonly low: number;
  readonly high: number;
  /** `histogramBins` counts; what lies outside is in the first and last. */
  readonly counts: number[];
}

export function addToHistogram(
  histograms: Map<string, HistogramCounts>,
  key: string,
  [low, high]: readonly [number, number],
  value: number,
): void {
  if (Number.isNaN(value)) return;
  let histogram = histograms.get(key);
  if (!histogram) {
    histogram = { low, high, counts: new Array<number>(histogramBins).fill(0) };
    histograms.set(key, histogram);
  }
  const bin = Math.floor(((value - low) / (high - low)) * histogramBins);
  histogram.counts[Math.max(0, Math.min(histogramBins - 1, bin))]!++;
}

export function addHistograms(a: HistogramCounts, b: HistogramCounts): HistogramCounts {
  return { ...a, counts: a.counts.map((count, bin) => count + b.counts[bin]!) };
}

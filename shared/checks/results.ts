/** What a run of the checks gives, in a form whose parts add up to the whole: scenes, shards, deliveries. */
import { z } from '../base/door.ts';
import { checkIds, needs } from './checkIds.ts';
import { findingSchema } from './finding.ts';
import { addHistograms } from './histogram.ts';

export const checkTallySchema = z.object({
  id: z.enum(checkIds),
  version: z.number().int(),
  /** Scenes it ran over, and those it skipped, by what they lack. */
  ran: z.number().int(),
  skipped: z.partialRecord(z.enum(needs), z.number().int()),
  /** Subjects measured. */
  measured: z.number().int(),
  findings: z.number().int(),
  hard: z.number().int(),
  /** Findings of this check that a systematic one explains. */
  explained: z.number().int(),
  excepted: z.number().int(),
});
export type CheckTally = z.infer<typeof checkTallySchema>;

export const histogramSchema = z.object({
  low: z.number(),
  high: z.number(),
  counts: z.array(z.number().int()),
});

export const checkResultsSchema = z.object({
  scenes: z.number().int(),
  frames: z.number().int(),
  /** Cuboids that were judged. */
  objects: z.number().int(),
  checks: z.array(checkTallySchema),
  /** By `<check> <limit key>`. */
  histograms: z.record(z.string(), histogramSchema),
  /** Whole numbers of the whole delivery, by `<check> <key>`. */
  tallies: z.record(z.string(), z.number().int()),
  /** In the order of the delivery's scenes. */
  findings: z.array(findingSchema),
});
export type CheckResults = z.infer<typeof checkResultsSchema>;

/** Of disjoint scenes, `parts` in the order of the delivery; the same whatever the parts. */
export function addResults(parts: readonly CheckResults[]): CheckResults {
  const checks = new Map<string, CheckTally>();
  const histograms: CheckResults['histograms'] = {};
  const tallies: CheckResults['tallies'] = {};
  for (const part of parts) {
    for (const tally of part.checks) {
      const known = checks.get(tally.id);
      checks.set(tally.id, known ? addTallies(known, tally) : tally);
    }
    for (const [key, histogram] of Object.entries(part.histograms)) {
      histograms[key] = histograms[key] ? addHistograms(histograms[key], histogram) : histogram;
    }
    for (const [key, count] of Object.entries(part.tallies)) tallies[key] = (tallies[key] ?? 0) + count;
  }
  const sum = (of: 'scenes' | 'frames' | 'objects'): number => parts.reduce((all, part) => all + part[of], 0);
  return {
    ...{ scenes: sum('scenes'), frames: sum('frames'), objects: sum('objects') },
    checks: checkIds.flatMap((id) => checks.get(id) ?? []),
    ...{ histograms: sorted(histograms), tallies: sorted(tallies) },
    findings: parts.flatMap(({ findings }) => findings),
  };
}

function addTallies(a: CheckTally, b: CheckTally): CheckTally {
  const skipped = { ...a.skipped };
  for (const need of needs) {
    const count = (a.skipped[need] ?? 0) + (b.skipped[need] ?? 0);
    if (count > 0) skipped[need] = count;
  }
  const add = (of: 'ran' | 'measured' | 'findings' | 'hard' | 'explained' | 'excepted'): number =>
    a[of] + b[of];
  return {
    ...{ id: a.id, version: a.version, skipped },
    ...{ ran: add('ran'), measured: add('measured'), findings: add('findings'), hard: add('hard') },
    ...{ explained: add('explained'), excepted: add('excepted') },
  };
}

/** Keys in one order, so that parts in another order give the same document. */
function sorted<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
}

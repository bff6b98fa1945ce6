/** Figures out of measures: recall by kind and size, precision by check, and the targets they are held against. */
import { checkIds } from '../../../shared/checks/checkIds.ts';
import type { CheckFinding } from '../../../shared/checks/finding.ts';
import { type SpoilKind, spoilKinds, spoilSizes } from '../../../shared/synth/spoil/kinds.ts';
import type { Measured } from './measure.ts';
import {
  averagePrecisionOf,
  precisionOf,
  recallOf,
  type Score,
  type ScoredFault,
  type ScoredFinding,
} from './score.ts';

export const targets = {
  gross: 0.95,
  mild: 0.8,
  precision: 0.9,
  /** Of missing objects with `missingPoints` points or more. */
  missing: 0.85,
  missingPoints: 30,
  /** What a target of recall is also told of apart: labels with so many points. */
  clearPoints: 20,
  /** Findings per 1,000 right labels, at most. */
  clean: 5,
} as const;

/** Kinds that a box or a track shows by itself, which the targets of recall are for. */
const withTarget: ReadonlySet<SpoilKind> = new Set<SpoilKind>([
  ...(['shift-x', 'shift-y', 'shift-z', 'resize-length', 'resize-width', 'resize-height'] as const),
  ...(['yaw', 'flip', 'tilt', 'empty', 'loose', 'cut', 'floating', 'sunk', 'out-of-range'] as const),
  ...(['duplicate', 'track-switch', 'fragment', 'merge', 'gap', 'late-start', 'early-end'] as const),
  ...(['jitter', 'frozen-copy', 'class-flicker'] as const),
]);

export interface KindRow {
  readonly kind: string;
  readonly size: string;
  readonly faults: number;
  readonly found: number;
  readonly recall: number | null;
  /** Null = none is set for the kind. */
  readonly target: number | null;
}

export interface CheckRow {
  readonly check: string;
  readonly findings: number;
  readonly right: number;
  readonly precision: number | null;
  /** Findings on right labels, in the deliveries as they are. */
  readonly clean: number;
}

export interface Figures {
  readonly kinds: readonly KindRow[];
  readonly missing: KindRow;
  /** All kinds that have a target, and of those the labels that many points show. */
  readonly together: readonly KindRow[];
  readonly checks: readonly CheckRow[];
  /** Of all findings where labels are wrong, and where one thing of the data is. */
  readonly precision: number | null;
  readonly precisionOfData: number | null;
  /** Mean over the runs with wrong labels. */
  readonly averagePrecision: number | null;
  readonly cleanObjects: number;
  readonly cleanFindings: number;
  /** Kinds that could not be made, with the reason, and checks that did not run, with what was lacking. */
  readonly left: readonly string[];
  readonly skipped: readonly string[];
  readonly frames: number;
  readonly swept: number;
}

export function figuresOf(measures: readonly Measured[]): Figures {
  const ofLabels = measures.flatMap((one) => one.ofLabels);
  const ofData = measures.flatMap((one) => one.ofData);
  const scores = [...ofLabels, ...ofData];
  const faults = scores.flatMap((one) => one.faults);
  const findingsOf = (of: readonly Score[]): ScoredFinding[] => of.flatMap((one) => one.findings);
  const clean = measures.flatMap(({ cleanFindings }) => cleanFindings);
  const rankings = ofLabels.map(averagePrecisionOf).filter((value) => value !== null);
  const isSeen = ({ kind, points }: ScoredFault): boolean =>
    kind === 'missing' && (points ?? 0) >= targets.missingPoints;
  return {
    kinds: spoilKinds.flatMap((kind) =>
      spoilSizes.flatMap((size) => {
        const own = faults.filter((fault) => fault.kind === kind && fault.size === size);
        return own.length === 0
          ? []
          : [kindRow(kind, size, own, withTarget.has(kind) ? targets[size] : null)];
      }),
    ),
    missing: kindRow('missing', `${targets.missingPoints}+ points`, faults.filter(isSeen), targets.missing),
    together: spoilSizes.flatMap((size) => {
      const own = faults.filter((fault) => withTarget.has(fault.kind) && fault.size === size);
      const clear = own.filter(({ points }) => (points ?? 0) >= targets.clearPoints);
      return [
        kindRow('all with a target', size, own, targets[size]),
        kindRow(`with ${targets.clearPoints}+ points`, size, clear, targets[size]),
      ];
    }),
    checks: checkIds.flatMap((check) => checkRow(check, findingsOf(scores), clean)),
    precision: precisionOf(findingsOf(ofLabels)),
    precisionOfData: precisionOf(findingsOf(ofData)),
    averagePrecision:
      rankings.length === 0 ? null : rankings.reduce((total, value) => total + value, 0) / rankings.length,
    cleanObjects: sum(measures, 'cleanObjects'),
    ...{ frames: sum(measures, 'frames'), swept: sum(measures, 'swept') },
    skipped: [...new Set(measures.flatMap(({ skipped }) => skipped))],
    cleanFindings: clean.length,
    left: [...new Set(measures.flatMap(({ left }) => left.map(({ kind, why }) => `${kind}: ${why}`)))],
  };
}

function sum(measures: readonly Measured[], of: 'cleanObjects' | 'frames' | 'swept'): number {
  return measures.reduce((total, measure) => total + measure[of], 0);
}

function kindRow(kind: string, size: string, faults: readonly ScoredFault[], target: number | null): KindRow {
  const found = faults.filter(({ by }) => by.size > 0).length;
  return { kind, size, faults: faults.length, found, recall: recallOf(faults), target };
}

function checkRow(
  check: string,
  findings: readonly ScoredFinding[],
  clean: readonly CheckFinding[],
): CheckRow[] {
  const own = findings.filter(({ finding }) => finding.check === check);
  const right = own.filter(({ faults }) => faults.size > 0).length;
  const alarms = clean.filter((finding) => finding.check === check).length;
  if (own.length === 0 && alarms === 0) return [];
  return [{ check, findings: own.length, right, precision: precisionOf(own), clean: alarms }];
}

/** Where everything of a timeline stands, in pixels: lots as marks in order, bands of state, the score as a line. */
import type { LedgerEffect, LedgerRow, SeriesState } from '../../../shared/audit/ledgerState.ts';
import { type SwitchingState, scoreForReduced } from '../../../shared/sampling/switching.ts';

/** Shape of a mark: what became of the lot, or a person's entry. */
export type MarkShape = 'accepted' | 'not-accepted' | 'waiting' | 'step';

export interface TimelineMark {
  readonly row: LedgerRow;
  readonly x: number;
  readonly shape: MarkShape;
  /** Recorded and moving nothing. */
  readonly isHollow: boolean;
}

/** A stretch inspected in one state; the last one ends with the lot to come. */
export interface TimelineBand {
  readonly state: SwitchingState;
  readonly from: number;
  readonly to: number;
}

export interface Timeline {
  readonly width: number;
  readonly step: number;
  readonly marks: readonly TimelineMark[];
  readonly bands: readonly TimelineBand[];
  /** Runs of points (x, score) on normal inspection, one for each unbroken stretch of it. */
  readonly scores: readonly (readonly { readonly x: number; readonly score: number }[])[];
  /** Left edges of the first column of each new sequence. */
  readonly sequences: readonly number[];
  /** Right edges of the columns that moved the state. */
  readonly moves: readonly number[];
  /** Where a month begins, `2026-11`. */
  readonly months: readonly { readonly x: number; readonly month: string }[];
  /** Top of the score's scale. */
  readonly mostScore: number;
  /** Left edge of the column of the lot to come. */
  readonly nextFrom: number;
}

const narrowest = 14;
const widest = 36;
/** Room of the lot to come: enough for the word of its state. */
const nextWidth = 112;
/** Months nearer to the one before than this are not written. */
const monthWidth = 64;

const hollow: ReadonlySet<LedgerEffect> = new Set([
  'resubmission',
  'pilot',
  'discontinued',
  'otherPlan',
  'laxer',
  'takenBack',
  'tooLate',
]);

/** Lays a series out over `room` pixels; a short one takes less, a long one more. */
export function layTimeline({ rows, state, score }: SeriesState, room: number): Timeline {
  const step = Math.max(
    narrowest,
    Math.min(widest, Math.floor((room - nextWidth) / Math.max(1, rows.length))),
  );
  const left = (at: number): number => at * step;
  const marks = rows.map((row, at) => ({
    row,
    x: left(at) + step / 2,
    shape: shapeOf(row),
    isHollow: hollow.has(row.effect),
  }));
  const nextFrom = left(rows.length);
  const width = nextFrom + nextWidth;
  return {
    width,
    step,
    marks,
    bands: bandsOf([...rows.map(({ before }) => before), state], left, width),
    scores: scoresOf(rows, step),
    sequences: rows.flatMap((row, at) =>
      at > 0 && row.sequence !== rows[at - 1]!.sequence ? [left(at)] : [],
    ),
    moves: rows.flatMap((row, at) => (row.before === row.after ? [] : [left(at + 1)])),
    months: monthsOf(rows, step),
    mostScore: Math.max(scoreForReduced, score, ...rows.map((row) => row.score)),
    nextFrom,
  };
}

function monthsOf(rows: readonly LedgerRow[], step: number): { x: number; month: string }[] {
  const months: { x: number; month: string }[] = [];
  for (const [at, { entry, at: entered }] of rows.entries()) {
    const month = (entry.kind === 'lot' ? entry.lot.signed.at : entered).slice(0, 7);
    const last = months.at(-1);
    const isNear = last !== undefined && at * step - last.x < monthWidth;
    if (last?.month !== month && !isNear) months.push({ x: at * step, month });
  }
  return months;
}

function shapeOf({ entry }: LedgerRow): MarkShape {
  if (entry.kind === 'step') return 'step';
  if (entry.decision.isAccepted === null) return 'waiting';
  return entry.decision.isAccepted ? 'accepted' : 'not-accepted';
}

function bandsOf(
  states: readonly SwitchingState[],
  left: (at: number) => number,
  width: number,
): TimelineBand[] {
  const bands: TimelineBand[] = [];
  for (const [at, state] of states.entries()) {
    const to = at === states.length - 1 ? width : left(at + 1);
    const last = bands.at(-1);
    if (last?.state === state) bands[bands.length - 1] = { ...last, to };
    else bands.push({ state, from: left(at), to });
  }
  return bands;
}

function scoresOf(rows: readonly LedgerRow[], step: number): { x: number; score: number }[][] {
  const runs: { x: number; score: number }[][] = [];
  let isOpen = false;
  for (const [at, row] of rows.entries()) {
    const isNew = at > 0 && row.sequence !== rows[at - 1]!.sequence;
    if (row.after !== 'normal') {
      isOpen = false;
      continue;
    }
    if (!isOpen || isNew)
      runs.push(row.before === 'normal' ? [{ x: at * step, score: row.scoreBefore }] : []);
    runs.at(-1)!.push({ x: (at + 0.5) * step, score: row.score });
    isOpen = true;
  }
  return runs;
}

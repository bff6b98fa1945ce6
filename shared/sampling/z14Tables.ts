/**
 * The tables of ANSI/ASQ Z1.4 (MIL-STD-105E) that ISO 2859-1:1999 does not share: reduced single plans with their
 * gap, and double plans. They are data (`assets/ansi-z14.json`, with their provenance), held as printed; arrows are
 * followed here.
 */
import table from '../../assets/ansi-z14.json';
import type { DoubleStages, InspectionState } from './samplingPlan.ts';

export const z14StandardName = table.standard;

type Rows = Readonly<Record<string, readonly (string | number | null)[]>>;

/** A cell after its arrows: `entry` is `*` (the single plan applies) or the numbers as printed. */
interface Entry {
  readonly letter: string;
  readonly n: number | null;
  readonly entry: string;
}

/** Reduced single plan; `re` may exceed `ac + 1`. */
export function z14ReducedCell(
  letter: string,
  aqlIndex: number,
): { letter: string; n: number; ac: number; re: number } {
  const { letter: final, n, entry } = follow(table.single.reduced, letter, aqlIndex);
  const [ac, re] = numbers(entry);
  return { letter: final, n: n!, ac: ac!, re: re! };
}

export type DoubleCell =
  | { readonly kind: 'double'; readonly letter: string; readonly stages: DoubleStages }
  /** The standard sends this cell to its single plan. */
  | { readonly kind: 'single' }
  /** Not verified: see `unsure` of the data file. */
  | { readonly kind: 'unsure' };

export function z14DoubleCell(inspection: InspectionState, letter: string, aqlIndex: number): DoubleCell {
  const isUnsure = table.unsure.some(
    (cell) => cell.inspection === inspection && cell.letter === letter && cell.aql === table.aql[aqlIndex],
  );
  if (isUnsure) return { kind: 'unsure' };
  const { letter: final, n, entry } = follow(table.double[inspection], letter, aqlIndex);
  if (entry === '*') return { kind: 'single' };
  const [ac1, re1, ac2, re2] = numbers(entry);
  const stages = { n1: n!, ac1: ac1!, re1: re1!, n2: n!, ac2: ac2!, re2: re2! };
  return { kind: 'double', letter: final, stages };
}

function follow(rows: Rows, letter: string, aqlIndex: number): Entry {
  const letters = Object.keys(rows);
  let at = letters.indexOf(letter);
  for (;;) {
    const final = letters[at];
    const [n, cells] = (final === undefined ? undefined : rows[final]) ?? [];
    const entry = String(cells).split(' ')[aqlIndex];
    if (final === undefined || entry === undefined)
      throw new Error(`no cell ${letter} at AQL index ${aqlIndex}`);
    if (entry !== 'v' && entry !== '^') return { letter: final, n: typeof n === 'number' ? n : null, entry };
    at += entry === 'v' ? 1 : -1;
  }
}

function numbers(entry: string): number[] {
  return entry.split(/[/+]/).map(Number);
}

/**
 * Single sampling by attributes indexed by AQL, ISO 2859-1:1999: from lot size, level, AQL and inspection state to
 * the plan. The tables are data (`assets/iso2859-1.json`, with their provenance); nothing here invents a cell.
 */
import table from '../../assets/iso2859-1.json';
import { done, type Result } from '../base/problem.ts';
import { refused } from './refused.ts';
import {
  type CountedThing,
  type InspectionLevel,
  type InspectionState,
  inspectionLevels,
  inspectionStates,
  type SamplingPlan,
  type Sentence,
} from './samplingPlan.ts';

export const isoStandardName = table.standard;

/** The preferred AQLs, as printed. */
export const aqlSeries: readonly string[] = table.aql;

/** AQLs above this are defects per hundred units only; up to it they are read as percent nonconforming. */
const largestPercentAql = 10;

export interface IsoPlanRequest {
  readonly lotSize: number;
  readonly level: InspectionLevel;
  /** Compared by value: `1`, `1.0` and 1 are the same. */
  readonly aql: string | number;
  readonly inspection: InspectionState;
  /** Absent = nonconforming units up to AQL 10, defects above, where the standard knows nothing else. */
  readonly counts?: CountedThing | undefined;
}

/** Where a request stands in the tables of the standard, before any arrow. */
export interface TableAddress {
  readonly lotSize: number;
  readonly level: InspectionLevel;
  readonly inspection: InspectionState;
  readonly letter: string;
  /** As the series spells it, and its place there. */
  readonly aql: string;
  readonly aqlIndex: number;
  readonly model: SamplingPlan['model'];
}

/**
 * Problems: `plan-lot-size`, `plan-level-unknown`, `plan-inspection-unknown`, `plan-aql-outside-series`,
 * `plan-counts-defects`.
 */
export function tableAddress(request: IsoPlanRequest): Result<TableAddress> {
  const { lotSize, level, inspection } = request;
  if (!Number.isSafeInteger(lotSize) || lotSize < 2) {
    return refused('plan-lot-size', { lot: lotSize, smallest: 2 });
  }
  if (!inspectionLevels.includes(level)) {
    return refused('plan-level-unknown', { level, known: inspectionLevels.join(', ') });
  }
  if (!inspectionStates.includes(inspection)) {
    return refused('plan-inspection-unknown', { inspection, known: inspectionStates.join(', ') });
  }
  const aqlIndex = aqlSeries.findIndex((aql) => Number(aql) === Number(request.aql));
  const aql = aqlSeries[aqlIndex];
  if (aql === undefined) {
    return refused('plan-aql-outside-series', { aql: request.aql, series: aqlSeries.join(', ') });
  }
  const isBeyondPercent = Number(aql) > largestPercentAql;
  if (isBeyondPercent && request.counts === 'units') return refused('plan-counts-defects', { aql });
  const model = isBeyondPercent || request.counts === 'defects' ? 'poisson' : 'binomial';
  return done({ lotSize, level, inspection, letter: codeLetterFor(lotSize, level), aql, aqlIndex, model });
}

/** The plan of the standard. Problems: those of `tableAddress`. */
export function lookUpIsoPlan(request: IsoPlanRequest): Result<SamplingPlan> {
  const found = tableAddress(request);
  if (!found.ok) return found;
  const { inspection, letter, aqlIndex, aql } = found.value;
  const plan = planOfCell(found.value, cellAt(inspection, letter, aqlIndex));
  return done({ ...plan, notes: [...plan.notes, ...unsureNotes(inspection, letter, aql)] });
}

/** A single plan for the lot from the cell that its address leads to. */
export function planOfCell(address: TableAddress, cell: IsoCell): SamplingPlan {
  const { lotSize, level, inspection, aql, model } = address;
  return {
    scheme: 'iso2859-1',
    standard: isoStandardName,
    lotSize,
    level,
    aql,
    inspection,
    codeLetter: cell.letter,
    sampleSize: Math.min(cell.n, lotSize),
    tableSampleSize: cell.n,
    acceptanceNumber: cell.ac,
    rejectionNumber: cell.re,
    fullInspection: cell.n >= lotSize,
    limitingRate: null,
    confidence: null,
    producer: null,
    double: null,
    sequential: null,
    model,
    notes: notesOfCell(address, cell),
  };
}

function notesOfCell({ lotSize, letter, aql, model }: TableAddress, cell: IsoCell): Sentence[] {
  return [
    ...when(cell.letter !== letter, 'arrow', { from: letter, to: cell.letter }),
    ...when(cell.n >= lotSize, 'fullInspection', { n: cell.n, lot: lotSize }),
    ...when(model === 'poisson', 'perHundredUnits', { aql }),
  ];
}

/** Code letter of a lot of at least 2 units, before any arrow. */
export function codeLetterFor(lotSize: number, level: InspectionLevel): string {
  const row = table.codeLetters.find(
    ([from, to]) => lotSize >= Number(from) && (to === null || lotSize <= Number(to)),
  );
  const letter = row?.[2 + table.levels.indexOf(level)];
  if (typeof letter !== 'string') throw new Error(`no code letter for a lot of ${lotSize} at level ${level}`);
  return letter;
}

export interface IsoCell {
  readonly letter: string;
  readonly n: number;
  readonly ac: number;
  readonly re: number;
}

/** One cell of a master table, arrows resolved; `aqlIndex` counts along `aqlSeries`. */
export function cellAt(inspection: InspectionState, letter: string, aqlIndex: number): IsoCell {
  const rows: Readonly<Record<string, readonly (readonly (string | number)[])[]>> = table.plans[inspection];
  const cell = rows[letter]?.[aqlIndex];
  if (!cell) throw new Error(`no cell for ${inspection} ${letter} at AQL index ${aqlIndex}`);
  const [cellLetter, n, ac, re] = cell;
  return { letter: String(cellLetter), n: Number(n), ac: Number(ac), re: Number(re) };
}

function unsureNotes(inspection: InspectionState, letter: string, aql: string): Sentence[] {
  return table.unsure
    .filter(
      (entry) =>
        entry.inspection === inspection &&
        (entry.letter === '*' || entry.letter === letter) &&
        (entry.aql === '*' || entry.aql === aql),
    )
    .map(({ alternative }) => {
      if (alternative === null) return note('singleSource', {});
      const [, n, ac, re] = alternative;
      return note('unsureCell', { n: Number(n), ac: Number(ac), re: Number(re) });
    });
}

function note(name: string, params: Sentence['params']): Sentence {
  return { key: `plan.notes.${name}`, params };
}

function when(holds: boolean, name: string, params: Sentence['params']): Sentence[] {
  return holds ? [note(name, params)] : [];
}

/**
 * Missed objects over all that should be labelled (matched and missed) in the search cells drawn. Objects of one cell
 * are seen together, so the cells are the clusters of the estimate.
 */

import { groupedBy } from '../base/groupedBy.ts';
import { clusterLimits } from '../sampling/effectiveLimits.ts';
import type { DrawnCell } from './events.ts';
import { cellStandings, isUnjudged } from './outcome.ts';
import { confidence, plainRate, type Rate } from './rate.ts';
import type { AuditState } from './state.ts';

/**
 * How alike objects of one cell are taken to be at least. Measured between few cells it is often far too small;
 * with this the limits keep their confidence up to an actual 0.25.
 */
export const cellRho = 0.1;

export interface MissedRate extends Rate {
  readonly cells: number;
  /** Objects seen one by one that would tell as much; null where it is all one cell. */
  readonly effectiveN: number | null;
}

export interface MissedRates {
  readonly overall: MissedRate | null;
  /** By range band of the cells; empty where every cell is a whole frame. `key` is `from-to` in metres. */
  readonly byRange: readonly (MissedRate & { readonly key: string })[];
  readonly byScene: readonly (MissedRate & { readonly key: string })[];
  /** Cells that could not be searched or left people unsure; they are in no rate. */
  readonly leftOut: number;
}

interface Searched {
  readonly cell: DrawnCell;
  readonly objects: number;
  readonly missed: number;
}

/** `null` before the draw and while cells drawn are not judged: where searching stopped may depend on what it found. */
export function missedRates(state: AuditState): MissedRates | null {
  if (!state.sample || cellStandings(state).some(isUnjudged)) return null;
  const overturned = new Set(
    state.findings
      .filter(({ source, status }) => source === 'cell' && status === 'overturned')
      .map(({ unit, key }) => `${unit} ${key}`),
  );
  const cells = state.sample.cells.units;
  const searched = cells.flatMap((cell): Searched[] => {
    const verdict = state.cellVerdicts.get(cell.id);
    if (verdict?.verdict !== 'searched') return [];
    const missed = verdict.missed.filter(({ id }) => !overturned.has(`${cell.id} ${id}`)).length;
    return [{ cell, missed, objects: verdict.matched + missed }];
  });
  const isWhole = searched.length === state.sample.cells.population;
  const bands = new Set(cells.map(bandOf));
  return {
    overall: rateOf(searched, state.sample.cells.population),
    byRange: bands.size < 2 ? [] : grouped(searched, bandOf, isWhole).sort(byDistance),
    byScene: grouped(searched, ({ scene }) => scene, isWhole),
    leftOut: cells.length - searched.length,
  };
}

function bandOf({ rangeFromMeters, rangeToMeters }: DrawnCell): string {
  return `${rangeFromMeters}-${rangeToMeters}`;
}

function byDistance(a: { readonly key: string }, b: { readonly key: string }): number {
  return Number.parseFloat(a.key) - Number.parseFloat(b.key);
}

/** How many cells of a group there are to draw from is known only where all were searched; else taken as without end. */
function grouped(searched: readonly Searched[], keyOf: (cell: DrawnCell) => string, isWhole: boolean) {
  const groups = groupedBy(searched, ({ cell }) => keyOf(cell));
  return [...groups].flatMap(([key, members]) => {
    const rate = rateOf(members, isWhole ? members.length : Number.POSITIVE_INFINITY);
    return rate ? [{ key, ...rate }] : [];
  });
}

function rateOf(searched: readonly Searched[], clusters: number): MissedRate | null {
  const sizes = searched.map(({ objects }) => objects);
  const defects = searched.map(({ missed }) => missed);
  const objects = sizes.reduce((sum, size) => sum + size, 0);
  const found = defects.reduce((sum, missed) => sum + missed, 0);
  if (objects === 0) return null;
  const cells = searched.length;
  const limits = clusterLimits({ sizes, defects, clusters, rho: cellRho }, confidence);
  // All objects in one cell: limits as if they were seen one by one; whoever shows them says that they are a guide.
  if (!limits) return { ...plainRate(found, objects, 0), cells, effectiveN: null };
  const { rate: share, lower, upper, bound, effectiveN } = limits;
  return { found, judged: objects, open: 0, share, lower, upper, bound, cells, effectiveN };
}

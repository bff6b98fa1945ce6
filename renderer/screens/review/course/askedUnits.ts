/** Which of the desk's units the plans ask for, and in which order the open ones of them come up. */
import type { DrawnCell, DrawnUnit } from '../../../../shared/audit/events.ts';
import { askedFor } from '../../../../shared/audit/outcome.ts';
import { judgedAsDrawn } from '../../../../shared/audit/presentation.ts';
import type { AuditState } from '../../../../shared/audit/state.ts';

/** A unit of either sample, as far as its place in an order goes. */
interface Placed {
  readonly id: string;
}

/** One of the samples with what is judged of it. */
export interface JudgedSample<Unit extends Placed> {
  readonly drawn: readonly Unit[];
  readonly asked: number;
  /** True while units are judged one by one as they were drawn. */
  readonly isAsDrawn: boolean;
}

export function labelsOf(state: AuditState): JudgedSample<DrawnUnit> {
  const { units = [], plans = [] } = state.sample?.labels ?? {};
  return { drawn: units, asked: askedFor(state).labels, isAsDrawn: judgedAsDrawn(plans) > 0 };
}

export function cellsOf(state: AuditState): JudgedSample<DrawnCell> {
  const { units = [], plans = [] } = state.sample?.cells ?? {};
  return { drawn: units, asked: askedFor(state).cells, isAsDrawn: judgedAsDrawn(plans) > 0 };
}

/**
 * How many units, from the beginning of the desk's order, the plans ask for by now. The desk's order keeps to the
 * draw wherever a plan may stop (see `judgingOrder`), so they are always its beginning.
 */
export function askedUnits<Unit extends Placed>(
  units: readonly Unit[],
  { drawn, asked }: JudgedSample<Unit>,
): number {
  if (asked >= drawn.length) return units.length;
  const ids = new Set(drawn.slice(0, asked).map(({ id }) => id));
  return units.findLastIndex(({ id }) => ids.has(id)) + 1;
}

/**
 * Positions of the asked units that are open, in the order they come up when the desk stands at `from`: those after
 * it and then from the start. While units are judged as they were drawn it is the first one that comes up, wherever
 * the desk stands: a sequential plan reads no further than a unit that was passed over.
 */
export function openInTurn<Unit extends Placed>(
  units: readonly Unit[],
  sample: JudgedSample<Unit>,
  isJudged: (id: string) => boolean,
  from: number,
): number[] {
  const open = units.slice(0, askedUnits(units, sample)).flatMap(({ id }, at) => (isJudged(id) ? [] : [at]));
  if (sample.isAsDrawn) return open;
  return [...open.filter((at) => at > from), ...open.filter((at) => at <= from)];
}

/**
 * The fold of a ledger into the state of inspection, series by series. The rules are those of ISO 2859-1, applied to
 * ANSI/ASQ Z1.4 as well but for its reduced gap.
 *
 * A lot counts at the place of its first signed entry with what its last one says: after an upheld dispute the lots
 * since are folded anew. A step that then finds another state than the one it was made for does nothing, and says so.
 */
import {
  afterLot,
  type LotDecision,
  type SwitchingStanding,
  scoreForReduced,
  standingAt,
} from '../sampling/switching.ts';
import { z14StandardName } from '../sampling/z14Tables.ts';
import { isStep, type LedgerEvent, type LedgerSeries, type LotSeverityDecision } from './ledgerEvents.ts';
import { isFirstSubmission } from './ledgerLots.ts';
import type {
  LedgerEffect,
  LedgerRow,
  LedgerState,
  LotRow,
  SequenceTerms,
  SeriesState,
  StepRow,
} from './ledgerState.ts';
import { severities } from './planRule.ts';

type LotEvent = Extract<LedgerEvent, { type: 'lot.decided' }>;
type StepEvent = Exclude<LedgerEvent, { type: 'ledger.opened' | 'lot.decided' }>;

/** What the ledger says. `events`: verified, the opening first; null where there is none. */
export function foldLedger(events: readonly LedgerEvent[]): LedgerState | null {
  const opening = events[0];
  if (opening?.type !== 'ledger.opened') return null;
  const places = placesOf(events);
  const all = seriesIn(places).map((series) => foldSeries(series, places));
  const steps = places.flatMap((place) => (place.kind === 'step' && !place.takenBack ? [place.event] : []));
  const observed = steps.findLast((step) => step.type === 'production.observed');
  return {
    ...opening.data,
    seq: events.at(-1)!.seq,
    isSteady: observed?.data.isSteady ?? null,
    series: all,
    standingSteps: new Map(steps.map((step) => [step.seq, step])),
  };
}

/** An entry at its place in time; the last signed entry stands for its lot. */
type Place =
  | {
      readonly kind: 'lot';
      readonly event: LotEvent;
      readonly standing: LotEvent;
      readonly replaced: LotRow['replaced'];
    }
  | {
      readonly kind: 'step';
      readonly event: StepEvent;
      readonly takenBack: StepRow['takenBack'];
    };

function placesOf(events: readonly LedgerEvent[]): Place[] {
  const lots = new Map<string, LotEvent[]>();
  for (const event of events) {
    if (event.type !== 'lot.decided') continue;
    lots.set(event.data.audit, [...(lots.get(event.data.audit) ?? []), event]);
  }
  const takenBack = new Map(
    events.flatMap(({ type, data, at, actor }) =>
      type === 'step.takenBack' ? [[data.seq, { at, by: actor, reason: data.reason }]] : [],
    ),
  );
  return events.flatMap((event): Place[] => {
    if (event.type === 'lot.decided') {
      const entries = lots.get(event.data.audit)!;
      if (entries[0] !== event) return [];
      const replaced = entries.slice(0, -1).map(({ data }) => data.signed);
      return [{ kind: 'lot', event, standing: entries.at(-1)!, replaced }];
    }
    if (!isStep(event) || event.type === 'step.takenBack') return [];
    return [{ kind: 'step', event, takenBack: takenBack.get(event.seq) ?? null }];
  });
}

const samples = ['labels', 'cells'] as const;

function seriesIn(places: readonly Place[]): LedgerSeries[] {
  const named = new Set(
    places.flatMap((place) =>
      place.kind === 'lot' ? place.standing.data.decisions.map(({ series }) => seriesKey(series)) : [],
    ),
  );
  return samples
    .flatMap((sample) => severities.map((severity) => ({ sample, severity })))
    .filter((series) => named.has(seriesKey(series)));
}

/** `labels/major`. */
export function seriesKey({ sample, severity }: LedgerSeries): string {
  return `${sample}/${severity}`;
}

/** Where a series stands between two entries. */
interface Course {
  readonly standing: SwitchingStanding;
  readonly terms: SequenceTerms | null;
  readonly sequence: number;
  readonly isSteady: boolean;
}

interface Moved {
  readonly course: Course;
  readonly effect: LedgerEffect;
}

function foldSeries(series: LedgerSeries, places: readonly Place[]): SeriesState {
  let course: Course = { standing: standingAt('normal'), terms: null, sequence: 1, isSteady: true };
  const rows: LedgerRow[] = [];
  const pass = (event: LedgerEvent, entry: LedgerRow['entry'], moved: Moved): void => {
    // A new sequence begins anew: what stood before belongs to the old one.
    const isNew = moved.course.sequence !== course.sequence;
    const before = isNew ? standingAt('normal') : course.standing;
    course = moved.course;
    rows.push({
      seq: event.seq,
      at: event.at,
      by: event.actor,
      before: before.state,
      after: course.standing.state,
      scoreBefore: before.score,
      score: course.standing.score,
      effect: moved.effect,
      sequence: course.sequence,
      entry,
    });
  };
  for (const place of places) {
    if (place.kind === 'step') {
      const { event, takenBack } = place;
      if (!concerns(event, series)) continue;
      const moved = takenBack ? stay(course, 'takenBack') : afterStep(course, event);
      pass(event, { kind: 'step', step: event, takenBack }, moved);
      continue;
    }
    const { event, standing, replaced } = place;
    const decision = standing.data.decisions.find((one) => seriesKey(one.series) === seriesKey(series));
    if (!decision) continue;
    const row: LotRow = { kind: 'lot', lot: standing.data, decision, replaced };
    pass(event, row, afterDecision(course, row));
  }
  const { state, score } = course.standing;
  const mayReduce = state === 'normal' && score >= scoreForReduced && course.isSteady;
  const proposal = mayReduce ? 'reduce' : state === 'discontinued' ? 'resume' : null;
  return { series, state, score, terms: course.terms, proposal, rows };
}

function concerns(event: StepEvent, series: LedgerSeries): boolean {
  return !('series' in event.data) || seriesKey(event.data.series) === seriesKey(series);
}

function stay(course: Course, effect: LedgerEffect): Moved {
  return { course, effect };
}

function afterStep(course: Course, event: StepEvent): Moved {
  const { standing } = course;
  const enter = (state: SwitchingStanding['state'], effect: LedgerEffect): Moved => ({
    course: { ...course, standing: standingAt(state) },
    effect,
  });
  switch (event.type) {
    case 'production.observed': {
      const { isSteady } = event.data;
      const observed = { ...course, isSteady };
      if (isSteady || standing.state !== 'reduced') return stay(observed, 'noted');
      return { course: { ...observed, standing: standingAt('normal') }, effect: 'irregular' };
    }
    case 'reduced.agreed': {
      const isDue = standing.state === 'normal' && standing.score >= scoreForReduced && course.isSteady;
      return isDue ? enter('reduced', 'agreed') : stay(course, 'tooLate');
    }
    case 'inspection.resumed':
      return standing.state === 'discontinued' ? enter('tightened', 'resumed') : stay(course, 'tooLate');
    case 'state.set':
      return enter(event.data.state, 'set');
    case 'step.takenBack':
      return stay(course, 'noted');
  }
}

function afterDecision(course: Course, { lot, decision }: LotRow): Moved {
  if (lot.isPilot) return stay(course, 'pilot');
  if (!isFirstSubmission(lot)) return stay(course, 'resubmission');
  const terms = termsOf(decision);
  if (!terms) return stay(course, 'otherPlan');
  const { isAccepted, plan } = decision;
  if (isAccepted === null) return stay(course, lot.signed.disposition === 'hold' ? 'waiting' : 'undecided');
  const begun = inSequence(course, terms);
  const { standing } = begun;
  if (standing.state === 'discontinued') return stay(begun, 'discontinued');
  if (isAccepted && strictness(plan.inspection) < strictness(standing.state)) return stay(begun, 'laxer');
  const next = afterLot(standing, lotDecision(decision, isAccepted), {
    steady: begun.isSteady,
    agreed: false,
  });
  return { course: { ...begun, standing: next }, effect: effectOf(standing, next, decision) };
}

function inSequence(course: Course, terms: SequenceTerms): Course {
  if (course.terms && isSameTerms(course.terms, terms)) return course;
  const sequence = course.terms === null ? course.sequence : course.sequence + 1;
  // A state the authority set before the first lot holds for it.
  const standing = course.terms === null ? course.standing : standingAt('normal');
  return { ...course, terms, sequence, standing };
}

function isSameTerms(a: SequenceTerms, b: SequenceTerms): boolean {
  return (
    a.standard === b.standard &&
    a.level === b.level &&
    a.aql === b.aql &&
    a.counts === b.counts &&
    a.unit === b.unit
  );
}

/**
 * Null where the plan is not of the AQL system, whose rules alone these are. Double plans and the single ones that
 * stand for them in some cells are one standard, so that going from one to the other begins nothing.
 */
export function termsOf({ plan, unit }: Pick<LotSeverityDecision, 'plan' | 'unit'>): SequenceTerms | null {
  const { scheme, level, aql, inspection } = plan;
  const isOfTables = scheme === 'iso2859-1' || scheme === 'z1.4' || scheme === 'double';
  if (!isOfTables || aql === null || inspection === null) return null;
  const standard = scheme === 'iso2859-1' ? plan.standard : z14StandardName;
  return { standard, level, aql, counts: plan.counts ?? 'units', unit };
}

/** The decision as the rules of switching take it. */
export function lotDecision({ plan, count, tighterAc }: LotSeverityDecision, accepted: boolean): LotDecision {
  return {
    accepted,
    ac: plan.acceptanceNumber,
    defects: count.defective,
    ...(tighterAc === null ? {} : { tighterAc }),
    ...(count.isInGap ? { isInGap: true } : {}),
    ...(plan.double ? { isOnFirstSample: count.decidedAt === plan.double.n1 } : {}),
  };
}

const byStrictness = ['reduced', 'normal', 'tightened'];

function strictness(inspection: string | null): number {
  return byStrictness.indexOf(inspection ?? '');
}

function effectOf(
  before: SwitchingStanding,
  after: SwitchingStanding,
  { count }: LotSeverityDecision,
): LedgerEffect {
  if (after.state === before.state) return 'counted';
  if (after.state === 'discontinued') return 'fiveNotAccepted';
  if (before.state === 'normal') return 'twoOfFive';
  if (before.state === 'tightened') return 'fiveAccepted';
  return count.isInGap ? 'gap' : 'notAccepted';
}

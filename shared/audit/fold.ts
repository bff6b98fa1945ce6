/**
 * The fold: the state of an audit is what its events say, one after the other, and nothing else. Folding believes
 * the events: whether one may be recorded is asked of `rules.ts` before it is sealed, and of `verifyRecord.ts`
 * when a record comes from elsewhere. A reference to something unknown changes nothing.
 */
import { checksRan, checksSet, findingReopened, findingTriaged } from './checksFold.ts';
import { drawnCell, drawnUnit } from './drawn.ts';
import type { AuditEvent, EventType } from './events.ts';
import {
  addFinding,
  blankFinding,
  changeFinding,
  defectOfMissed,
  draftsOfVerdict,
  replaceFindings,
  stampOf,
} from './findings.ts';
import { ownVerdict, withOpinion } from './opinions.ts';
import { withEntry, withoutEntry } from './ownedMaps.ts';
import {
  type AuditState,
  type Finding,
  type FindingStatus,
  type Fold,
  milestoneTypes,
  type UnitVerdict,
} from './state.ts';
import { targetJudged, targetRemoved, targetsQueued, targetUndone } from './targetsFold.ts';

type EventOf<Type extends EventType> = Extract<AuditEvent, { type: Type }>;
/** What an event changes; the rest keeps its identity. */
type Changes = Partial<AuditState>;
type Handlers = {
  readonly [Type in EventType]: (state: AuditState, event: EventOf<Type>, isOwned: boolean) => Changes;
};

/** Folds one event into a state that others may hold: every part the event touches is a new object. */
export const fold: Fold = (state, event) => step(state, event, false);

/**
 * Folds many events; the same answer as `fold` one by one. The maps made on the way are seen by nobody, so after
 * the first copy they are written in place: a journal of ten thousand verdicts must not copy a map as often.
 */
export function foldAll(events: Iterable<AuditEvent>, start: AuditState | null = null): AuditState | null {
  const foldOn = foldingOn(start);
  let state = start;
  for (const event of events) state = foldOn(event);
  return state;
}

/**
 * A fold that goes on from a state, which it leaves as it is. Each answer holds until the next event only: the maps
 * behind it are then written to.
 */
export function foldingOn(start: AuditState | null): (event: AuditEvent) => AuditState {
  let state: AuditState | null = start && {
    ...start,
    verdicts: new Map(start.verdicts),
    opinions: new Map(start.opinions),
    targets: new Map(start.targets),
    triage: new Map(start.triage),
    cellVerdicts: new Map(start.cellVerdicts),
  };
  return (event) => {
    const next = step(state, event, true);
    state = next;
    return next;
  };
}

function step(state: AuditState | null, event: AuditEvent, isOwned: boolean): AuditState {
  const passed = { seq: event.seq, head: event.hash, lastAt: event.at, ...milestone(state, event) };
  if (state === null) {
    if (event.type !== 'audit.opened')
      throw new Error(`fold: a journal opens with audit.opened, not ${event.type}`);
    return { ...opened(event), ...passed };
  }
  const handle = handlers[event.type] as (state: AuditState, event: AuditEvent, isOwned: boolean) => Changes;
  return { ...state, ...handle(state, event, isOwned), ...passed };
}

function milestone(state: AuditState | null, event: AuditEvent): Pick<AuditState, 'milestones'> {
  const milestones = state?.milestones ?? [];
  const type = milestoneTypes.find((known) => known === event.type);
  return { milestones: type ? [...milestones, { type, ...stampOf(event) }] : milestones };
}

function opened(event: EventOf<'audit.opened'>): Omit<AuditState, 'seq' | 'head' | 'lastAt' | 'milestones'> {
  return {
    ...event.data,
    phase: 'intake',
    spec: null,
    order: null,
    sample: null,
    draws: [],
    verdicts: new Map(),
    opinions: new Map(),
    repeats: [],
    isBlind: false,
    targets: new Map(),
    targetDraws: [],
    seeds: [],
    seedsSet: null,
    seedVerdicts: [],
    checksSet: null,
    checksRan: null,
    triage: new Map(),
    cellVerdicts: new Map(),
    findings: [],
    findingsNamed: 0,
    oldFindings: new Map(),
    lastUpheldSeq: null,
    reworkIssued: [],
    isStandingShown: false,
    sensorsHashed: null,
    dispositions: [],
    exports: [],
    startedAt: event.at,
  };
}

const handlers: Handlers = {
  'audit.opened': () => ({}),
  'intake.changed': (_state, { data }) => ({ intake: data.intake }),
  'delivery.attached': (_state, { data }) => ({ delivery: data.delivery }),
  'spec.chosen': (_state, { data }) => ({ spec: { spec: data.spec, hash: data.specHash } }),
  'order.compared': (_state, { data }) => ({ order: data }),
  'plan.frozen': (state, event) => frozen(state, event),
  'verdict.given': (state, event, isOwned) => verdictGiven(state, event, isOwned),
  'verdict.undone': (state, event, isOwned) => verdictUndone(state, event, isOwned),
  'repeat.judged': (state, event) => {
    const repeated = ownVerdict(state, event.actor.profile, event.data.unit);
    if (repeated === null) return {};
    return { repeats: [...state.repeats, { ...event.data, ...stampOf(event), repeated }] };
  },
  'blind.set': (_state, { data }) => ({ isBlind: data.isBlind }),
  'cell.judged': (state, event, isOwned) => cellJudged(state, event, isOwned),
  'cell.undone': (state, { data }, isOwned) => ({
    cellVerdicts: withoutEntry(state.cellVerdicts, data.cell, isOwned),
    ...replaceFindings(state, ofCell(data.cell), [], () => false),
  }),
  'targets.queued': targetsQueued,
  'target.judged': targetJudged,
  'target.undone': targetUndone,
  'target.removed': targetRemoved,
  'seeds.set': (_state, event) => ({ seeds: event.data.seeds, seedsSet: stampOf(event) }),
  'seed.judged': (state, event) => {
    const shown = state.seeds.find(({ id }) => id === event.data.seed);
    if (shown === undefined) return {};
    return { seedVerdicts: [...state.seedVerdicts, { ...event.data, ...stampOf(event), shown }] };
  },
  'checks.set': checksSet,
  'checks.ran': checksRan,
  'finding.triaged': findingTriaged,
  'finding.reopened': findingReopened,
  'finding.noted': (state, event) => {
    const { id, defect, source, ...place } = event.data;
    const className = event.data.evidence?.cuboid?.className ?? event.data.evidence?.box2d?.className ?? null;
    return addFinding(state, {
      ...blankFinding,
      ...place,
      ...stampOf(event),
      source,
      defect,
      className,
      key: id,
    });
  },
  'finding.withdrawn': (state, { data }) => ({
    findings: state.findings.filter(({ id }) => id !== data.finding),
  }),
  'finding.verified': (state, event) => findingVerified(state, event),
  'standing.shown': (_state, { data }) => ({ isStandingShown: data.isShown }),
  'sensors.hashed': (_state, { data }) => ({ sensorsHashed: data }),
  'disposition.signed': (state, event) => ({
    phase: 'signed',
    dispositions: [...state.dispositions, { ...event.data, ...stampOf(event) }],
  }),
  'rework.issued': (state, { data, seq, at }) => ({
    reworkIssued: [...state.reworkIssued, { seq, at, findings: data.findings }],
  }),
  'rework.answered': (state, { data, at }) => ({
    findings: data.answers.reduce<readonly Finding[]>(
      (findings, { finding, answer, remark }) =>
        changeFinding(findings, finding, statusOfAnswer[answer], { by: data.source, at, text: remark }),
      state.findings,
    ),
  }),
  'dispute.ruled': (state, { data, actor, at, seq }) => ({
    findings: changeFinding(state.findings, data.finding, data.isUpheld ? 'overturned' : 'upheld', {
      by: actor.name,
      at,
      text: data.reason,
    }),
    lastUpheldSeq: data.isUpheld ? seq : state.lastUpheldSeq,
  }),
  'audit.merged': () => ({}),
  'record.exported': (state, { data, at }) => ({ exports: [...state.exports, { ...data, at }] }),
};

const statusOfAnswer = {
  agree: 'vendor-accepted',
  dispute: 'disputed',
  fixed: 'fixed',
} as const satisfies Record<string, FindingStatus>;

/**
 * A draw, the first or a logged second one. Verdicts on units that are drawn again stand; the others leave the
 * count, and what they found stays to be answered as a targeted finding.
 */
function frozen(state: AuditState, event: EventOf<'plan.frozen'>): Changes {
  const { data } = event;
  const units = new Set(data.labels.units.map(({ id }) => id));
  const cells = new Set(data.cells.units.map(({ id }) => id));
  const isDrawn = ({ source, unit }: Finding): boolean =>
    unit === null || (source === 'cell' ? cells : units).has(unit);
  return {
    phase: 'judging',
    sample: { ...data, ...stampOf(event) },
    draws: [...state.draws, { seq: event.seq, at: event.at, reason: data.replan?.reason ?? null }],
    verdicts: new Map([...state.verdicts].filter(([unit]) => units.has(unit))),
    opinions: new Map([...state.opinions].filter(([unit]) => units.has(unit))),
    cellVerdicts: new Map([...state.cellVerdicts].filter(([cell]) => cells.has(cell))),
    findings: state.findings.every(isDrawn)
      ? state.findings
      : state.findings.map((finding) =>
          isDrawn(finding) ? finding : { ...finding, source: 'targeted' as const, unit: null },
        ),
  };
}

function verdictGiven(state: AuditState, event: EventOf<'verdict.given'>, isOwned: boolean): Changes {
  const { data } = event;
  if (!drawnUnit(state, data.unit)) return {};
  const opinions = withOpinion(state.opinions.get(data.unit) ?? [], { ...data, ...stampOf(event) });
  return standing(state, data.unit, opinions, isOwned);
}

/** Takes one person's verdict back. Where it was the unit's own, the newest of the others is so again. */
function verdictUndone(state: AuditState, event: EventOf<'verdict.undone'>, isOwned: boolean): Changes {
  const { unit, seq } = event.data;
  const before = state.opinions.get(unit) ?? [];
  const opinions = before.filter((opinion) => opinion.seq !== seq);
  return opinions.length === before.length ? {} : standing(state, unit, opinions, isOwned);
}

/** A unit under its new opinions: the last is its own verdict, and what it names are its findings. */
function standing(
  state: AuditState,
  id: string,
  opinions: readonly UnitVerdict[],
  isOwned: boolean,
): Changes {
  const own = opinions.at(-1);
  if (own === undefined) {
    return {
      verdicts: withoutEntry(state.verdicts, id, isOwned),
      opinions: withoutEntry(state.opinions, id, isOwned),
      ...replaceFindings(state, ofUnit(id), [], () => false),
    };
  }
  const changed = { opinions: withEntry(state.opinions, id, opinions, isOwned) };
  if (own === state.verdicts.get(id)) return changed;
  const drafts = draftsOfVerdict(drawnUnit(state, id)!, own);
  return {
    ...changed,
    verdicts: withEntry(state.verdicts, id, own, isOwned),
    ...replaceFindings(state, ofUnit(id), drafts, (old, draft) => old.defect.code === draft.defect.code),
  };
}

function cellJudged(state: AuditState, event: EventOf<'cell.judged'>, isOwned: boolean): Changes {
  const { data } = event;
  const cell = drawnCell(state, data.cell);
  if (!cell) return {};
  const drafts = data.missed.map((missed) => ({
    ...blankFinding,
    ...stampOf(event),
    source: 'cell' as const,
    unit: cell.id,
    scene: cell.scene,
    frame: cell.frame,
    className: missed.className,
    defect: defectOfMissed(missed),
    missed,
    key: missed.id,
  }));
  return {
    cellVerdicts: withEntry(state.cellVerdicts, data.cell, { ...data, ...stampOf(event) }, isOwned),
    ...replaceFindings(state, ofCell(cell.id), drafts, (old, draft) => old.key === draft.key),
  };
}

function findingVerified(state: AuditState, event: EventOf<'finding.verified'>): Changes {
  const { finding, isFixed, note } = event.data;
  if (finding.includes('/')) {
    return { oldFindings: new Map(state.oldFindings).set(finding, { isFixed, note, ...stampOf(event) }) };
  }
  const remark = { by: event.actor.name, at: event.at, text: note };
  return { findings: changeFinding(state.findings, finding, isFixed ? 'verified' : 'open', remark) };
}

function ofUnit(unit: string): (finding: Finding) => boolean {
  return (finding) => finding.source === 'sample' && finding.unit === unit;
}

function ofCell(cell: string): (finding: Finding) => boolean {
  return (finding) => finding.source === 'cell' && finding.unit === cell;
}

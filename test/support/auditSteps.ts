/** The steps of an audit as data: intake, spec, verdicts on everything that was drawn. */
import specJson from '../../assets/qa-spec.default.json' with { type: 'json' };
import type { Actor, EventDraft, FrozenSample, Intake } from '../../shared/audit/events.ts';
import { foldAll } from '../../shared/audit/fold.ts';
import { parseEvent } from '../../shared/audit/parseEvent.ts';
import { type QaSpec, qaSpecSchema } from '../../shared/audit/qaSpec.ts';
import type { AuditState } from '../../shared/audit/state.ts';

export const defaultSpec: QaSpec = qaSpecSchema.parse(specJson);

export const lead: Actor = { profile: 'p-lin', name: 'Lin Wei', role: 'lead' };

export const intake: Intake = {
  vendor: 'Northlight',
  team: 'Team 4',
  batch: 'batch 7',
  receivedOn: '2026-11-20',
  dueOn: null,
  submission: 1,
  resubmits: null,
  role: 'client',
  labellingSpec: '3.2',
};

export function stateOf(events: readonly unknown[]): AuditState {
  return foldAll(
    events.map((json) => {
      const event = parseEvent(json);
      if (!event.ok) throw new Error(`${event.problem.code} ${event.problem.place}`);
      return event.value;
    }),
  )!;
}

/** Accepts a drawn unit, or rejects it for its position. */
export function unitVerdict(unit: string, isGood: boolean, picture: string | null = null): EventDraft {
  return {
    type: 'verdict.given',
    data: {
      unit,
      verdict: isGood ? 'accept' : 'reject',
      defects: isGood ? [] : [{ code: 'POS', severity: 'major', note: 'half a metre', measured: null }],
      comment: '',
      evidence: isGood
        ? null
        : { frame: unit.split('|')[0]!, cuboid: null, box2d: null, camera: null, picture },
      durationMs: 900,
      isSecondLook: false,
    },
  };
}

export function cellSearched(cell: string): EventDraft {
  return {
    type: 'cell.judged',
    data: {
      cell,
      verdict: 'searched',
      matched: 1,
      missed: [],
      comment: '',
      durationMs: 700,
      isSecondLook: false,
    },
  };
}

/** One draft a drawn unit and cell; the units whose position is in `bad` are rejected. */
export function judgeAll({ labels, cells }: FrozenSample, bad: readonly number[]): EventDraft[] {
  return [
    ...labels.units.map(({ id }, at) => unitVerdict(id, !bad.includes(at))),
    ...cells.units.map(({ id }) => cellSearched(id)),
  ];
}

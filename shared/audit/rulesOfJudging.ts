/** What a verdict on a drawn unit or search cell may say. */
import type { Problem } from '../base/problem.ts';
import { differing, isLeading, mayAdjudicate } from './disagreement.ts';
import { drawnCell, drawnUnit } from './drawn.ts';
import type { Actor, DefectEntry, DrawnUnit, EventData } from './events.ts';
import { ownVerdict } from './opinions.ts';
import type { SpecDefect } from './qaSpec.ts';
import { firstRefusal, refusal } from './refusal.ts';
import { isNewSignatureDue } from './rulesOfSigning.ts';
import { specDefect } from './specLookup.ts';
import type { AuditState } from './state.ts';

type Refusal = Problem | null | false;

export function mayJudgeUnit(
  state: AuditState,
  data: EventData<'verdict.given'>,
  actor: Actor,
): Problem | null {
  const unit = drawnUnit(state, data.unit);
  const isDisputed = differing(state.opinions.get(data.unit)).length > 0;
  return firstRefusal(
    () => planRefusal(state),
    () => unit === null && refusal('unit-not-drawn', { unit: data.unit }),
    () => signedRefusal(state, isDisputed ? 'unsure' : state.verdicts.get(data.unit)?.verdict),
    () => uninspectableRefusal(unit!, data),
    () => saidRefusal(state, data),
    () => mayAdjudicate(state, data, actor),
  );
}

/**
 * What was said of a label: defects that the spec knows, that fit each other, and that fit the verdict. `where` `both`:
 * of a whole frame or scene, which may also lack an object.
 */
export function saidRefusal(
  state: AuditState,
  data: Pick<EventData<'verdict.given'>, 'verdict' | 'defects'>,
  where: 'label' | 'both' = 'label',
): Problem | null {
  return firstRefusal(
    () => defectsRefusal(state, data.defects, where),
    () => verdictRefusal(state, data),
  );
}

/**
 * A person takes back what she said herself. The unit's own verdict may be taken back by others too, but where
 * units are judged blind only a lead or a manager may do so: nobody undoes what she is not to see.
 */
export function mayUndoUnit(
  state: AuditState,
  { unit, seq }: EventData<'verdict.undone'>,
  actor: Actor,
): Problem | null {
  const opinions = state.opinions.get(unit) ?? [];
  const opinion = opinions.find((standing) => standing.seq === seq);
  if (!opinion) return refusal('verdict-not-standing', { unit });
  if (opinion.by.profile === actor.profile) return null;
  const isAllowed = opinion === opinions.at(-1) && (!state.isBlind || isLeading(actor));
  return isAllowed ? null : refusal('undo-of-another', { unit });
}

/** Only what a person judged herself can she judge once more, and by the same rules. */
export function mayRepeat(state: AuditState, data: EventData<'repeat.judged'>, actor: Actor): Problem | null {
  const own = ownVerdict(state, actor.profile, data.unit);
  if (!own) return refusal('unit-not-judged', { unit: data.unit });
  const { verdict, defects } = data;
  return mayJudgeUnit(state, { ...own, verdict, defects, adjudicates: undefined }, actor);
}

export function mayJudgeCell(state: AuditState, data: EventData<'cell.judged'>): Problem | null {
  const cell = drawnCell(state, data.cell);
  const ids = data.missed.map(({ id }) => id);
  return firstRefusal(
    () => planRefusal(state),
    () => cell === null && refusal('unit-not-drawn', { unit: data.cell }),
    () => signedRefusal(state, state.cellVerdicts.get(data.cell)?.verdict),
    () =>
      !cell!.isInspectable &&
      data.verdict === 'searched' &&
      refusal('unit-not-inspectable', { unit: data.cell }),
    () => data.verdict !== 'searched' && ids.length > 0 && refusal('cell-missed-unsearched'),
    () => new Set(ids).size !== ids.length && refusal('defect-twice', { code: ids.join(' ') }),
    () => data.missed.reduce<Refusal>((found, { code }) => found || codeRefusal(state, code, 'cell'), null),
  );
}

export function mayUndoCell(state: AuditState, data: EventData<'cell.undone'>): Problem | null {
  const standing = state.cellVerdicts.get(data.cell);
  return standing?.seq === data.seq ? null : refusal('verdict-not-standing', { unit: data.cell });
}

/** Beside the sample any vendor's defect may be noted, a missed object included; each under its own id, once. */
export function mayNoteFinding(state: AuditState, data: EventData<'finding.noted'>): Problem | null {
  return firstRefusal(
    () => planRefusal(state),
    () => isNoted(state, data.id) && refusal('finding-noted-twice', { finding: data.id }),
    () => codeRefusal(state, data.defect.code, 'both'),
    () =>
      ownerOf(state, data.defect.code) === 'data' && refusal('defect-of-data', { code: data.defect.code }),
  );
}

function isNoted(state: AuditState, key: string): boolean {
  return state.findings.some(({ source, ...finding }) => source !== 'cell' && finding.key === key);
}

/** The spec may be chosen anew before the first verdict; the plan then waits for its re-plan. */
function planRefusal(state: AuditState): Refusal {
  if (state.sample === null) return refusal('plan-not-frozen');
  return state.sample.specHash !== state.spec?.hash && refusal('plan-of-another-spec');
}

/**
 * After signing nothing is judged, unless the lot is to be signed again anyhow: it is on hold, or a dispute was
 * upheld. Then what was left open may still be judged; what was decided stays.
 */
function signedRefusal(state: AuditState, standing: string | undefined): Refusal {
  if (state.phase !== 'signed') return null;
  const isReopened = state.dispositions.at(-1)?.disposition === 'hold' || isNewSignatureDue(state);
  const isOpen = standing === undefined || standing === 'unsure' || standing === 'uninspectable';
  return !(isReopened && isOpen) && refusal('audit-signed');
}

/** What cannot be read cannot be found good or bad: it is an intake matter, never a defect in the sample. */
function uninspectableRefusal(unit: DrawnUnit, data: EventData<'verdict.given'>): Refusal {
  const isJudged = data.verdict === 'accept' || data.verdict === 'reject';
  return !unit.isInspectable && isJudged && refusal('unit-not-inspectable', { unit: unit.id });
}

function defectsRefusal(
  state: AuditState,
  defects: readonly DefectEntry[],
  where: 'label' | 'both',
): Refusal {
  const codes = defects.map(({ code }) => code);
  const twice = codes.find((code, index) => codes.indexOf(code) !== index);
  return firstRefusal(
    () => twice !== undefined && refusal('defect-twice', { code: twice }),
    // One geometric slip has one code: a box that is too long at one end also has its centre off.
    () => codes.includes('POS') && codes.includes('DIM') && refusal('one-slip-one-code'),
    () => codes.reduce<Refusal>((found, code) => found || codeRefusal(state, code, where), null),
  );
}

function verdictRefusal(
  state: AuditState,
  data: Pick<EventData<'verdict.given'>, 'verdict' | 'defects'>,
): Refusal {
  const owners = data.defects.map(({ code }) => ownerOf(state, code));
  const dataOwned = data.defects.find((_, index) => owners[index] === 'data');
  switch (data.verdict) {
    case 'reject':
      if (dataOwned) return refusal('defect-of-data', { code: dataOwned.code });
      return data.defects.length === 0 && refusal('reject-without-defect');
    case 'sensor-limited':
      if (owners.includes('vendor')) return refusal('hold-with-vendor-defect');
      return data.defects.length === 0 && refusal('hold-without-fault');
    default:
      return data.defects.length > 0 && refusal('verdict-with-defects', { verdict: data.verdict });
  }
}

function codeRefusal(state: AuditState, code: string, where: SpecDefect['where']): Refusal {
  const defect = specDefect(state.spec!.spec, code);
  if (!defect) return refusal('defect-unknown', { code });
  const fits = where === 'both' || defect.where === 'both' || defect.where === where;
  if (!fits) return refusal(where === 'cell' ? 'defect-not-for-cells' : 'defect-not-for-labels', { code });
  return where === 'cell' && defect.owner === 'data' && refusal('defect-of-data', { code });
}

function ownerOf(state: AuditState, code: string): SpecDefect['owner'] | null {
  return specDefect(state.spec!.spec, code)?.owner ?? null;
}

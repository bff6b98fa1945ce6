/**
 * What the record is told when somebody answers a finding, and when she takes the answer back. A confirmed finding goes
 * into the targeted queue; where its unit is not in the sample it is judged there at once, so that it stands in the
 * rework list. Where it is in the sample it is judged there and nowhere else.
 */
import type { EventData, EventDraft, Target } from '../../../shared/audit/events.ts';
import type { DefectSeverity } from '../../../shared/audit/qaSpec.ts';
import { specDefect } from '../../../shared/audit/specLookup.ts';
import type { AuditState, QueuedTarget } from '../../../shared/audit/state.ts';
import { isInSample, queuedUnit } from '../../../shared/audit/targets.ts';
import type { CheckFinding } from '../../../shared/checks/finding.ts';
import { type CheckSettings, shippedSettings } from '../../../shared/checks/settings.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import type { Vec3 } from '../../../shared/model/pose.ts';
import { evidenceOf } from '../review/verdictDrafts.ts';
import { checkOf, isOfBox2d, placeOf } from './findingPlace.ts';

export interface Confirmation {
  readonly code: string;
  readonly severity: DefectSeverity;
  /** The finding in the words of whoever confirms it. */
  readonly sentence: string;
  /** Of the target, should one be queued. */
  readonly targetId: string;
  /** What was on screen: SHA-256 of its picture, and where it was seen from. */
  readonly picture: string | null;
  readonly pose: { readonly position: Vec3; readonly target: Vec3 } | null;
}

export function confirmDrafts(
  state: AuditState,
  index: DeliveryIndex,
  finding: CheckFinding,
  said: Confirmation,
): EventDraft[] {
  const { code, severity, sentence } = said;
  const triaged = (target: string | null): EventDraft => ({
    type: 'finding.triaged',
    data: { finding: recorded(finding), answer: 'defect', reason: '', defect: { code, severity }, target },
  });
  if (finding.frame === '') return [triaged(null)];
  const place = targetPlace(state, finding);
  const same = alreadyFound(state, place, code);
  if (same) return [triaged(same.target.id)];
  const target: Target = {
    ...place,
    id: said.targetId,
    source: 'check',
    reason: sentence,
    probability: null,
  };
  const queued: EventDraft = { type: 'targets.queued', data: { targets: [target], draw: null } };
  if (isInSample(state, target)) return [queued, triaged(target.id)];
  return [
    queued,
    { type: 'target.judged', data: verdictOf(state, index, finding, said) },
    triaged(target.id),
  ];
}

export function dismissDrafts(finding: CheckFinding, reason: string): EventDraft[] {
  const answer = { answer: 'dismissed', reason, defect: null, target: null } as const;
  return [{ type: 'finding.triaged', data: { finding: recorded(finding), ...answer } }];
}

/** What is normal here is taught in the same breath. */
export function normalDrafts(finding: CheckFinding, reason: string, settings: CheckSettings): EventDraft[] {
  const answer = { answer: 'normal', reason, defect: null, target: null } as const;
  return [
    { type: 'checks.set', data: { settings, reason } },
    { type: 'finding.triaged', data: { finding: recorded(finding), ...answer } },
  ];
}

/** Takes back the answer to a finding with all that came with it and that nobody built on since. */
export function takeBackDrafts(state: AuditState, id: string, profile: string, reason: string): EventDraft[] {
  const answer = state.triage.get(id);
  if (!answer) return [];
  const reopened: EventDraft = {
    type: 'finding.reopened',
    data: { finding: id, check: answer.finding.check },
  };
  const { checksSet } = state;
  const isTaught = answer.answer === 'normal' && checksSet?.seq === answer.seq - 1;
  if (isTaught) {
    const settings = checksSet.before ?? shippedSettings;
    return [reopened, { type: 'checks.set', data: { settings, reason } }];
  }
  return [reopened, ...unqueued(state, id, answer.target, profile, reason)];
}

function unqueued(
  state: AuditState,
  finding: string,
  target: string | null,
  profile: string,
  reason: string,
): EventDraft[] {
  const queued = target === null ? undefined : state.targets.get(target);
  const isShared = [...state.triage].some(([id, other]) => id !== finding && other.target === target);
  if (!queued || isShared) return [];
  const others = queued.opinions.filter(({ by }) => by.profile !== profile);
  if (others.length > 0) return [];
  const undone = queued.opinions.map(
    ({ seq }): EventDraft => ({ type: 'target.undone', data: { target: queued.target.id, seq } }),
  );
  return [...undone, { type: 'target.removed', data: { target: queued.target.id, reason } }];
}

function recorded({ evidence: _drawn, ...finding }: CheckFinding): EventData<'finding.triaged'>['finding'] {
  return finding;
}

type TargetPlace = Omit<Target, 'id' | 'source' | 'reason' | 'probability'>;

/**
 * The unit a finding is about: its label, else its track, else its frame. Where a whole that holds it was drawn into the
 * sample, that whole: there it is judged.
 */
export function targetPlace(state: AuditState, finding: CheckFinding): TargetPlace {
  const { scene, frame, object, track, className } = finding;
  const common = { scene, frame, isInspectable: true };
  const wholes: TargetPlace[] = [
    ...(object === null
      ? []
      : [
          {
            ...{ ...common, unit: `${frame}|${object}`, label: object, track, className },
            kind: isOfBox2d(finding) ? ('box2d' as const) : ('cuboid' as const),
          },
        ]),
    ...(track === null
      ? []
      : [{ ...common, unit: track, kind: 'track' as const, label: null, track, className }]),
    { ...common, unit: frame, kind: 'frame', label: null, track: null, className: null },
    { ...common, unit: scene, kind: 'scene', label: null, track: null, className: null },
  ];
  return wholes.find((whole) => isInSample(state, whole)) ?? wholes[0]!;
}

/** A target of the same unit on which the same defect stands: the vendor is not told of it twice. */
function alreadyFound(state: AuditState, place: TargetPlace, code: string): QueuedTarget | null {
  // A frame may lack several objects.
  if (place.kind === 'frame' || place.kind === 'scene') return null;
  const named = queuedUnit(state, place)?.targets ?? [];
  return named.find(({ verdict }) => verdict?.defects.some((defect) => defect.code === code)) ?? null;
}

const recordedUnits = ['m', 'rad', 'px', 'count'] as const;

function verdictOf(
  state: AuditState,
  index: DeliveryIndex,
  finding: CheckFinding,
  { code, severity, sentence, targetId, picture, pose }: Confirmation,
): EventData<'target.judged'> {
  const place = placeOf(index, finding);
  const unit = recordedUnits.find((known) => known === checkOf(finding.check)?.quantity.unit);
  const { check, value, limit } = finding;
  const measured =
    unit === undefined ? null : { quantity: check, value: rounded(value), limit: rounded(limit), unit };
  const where = finding.object === null ? evidenceText(finding) : '';
  const note = [sentence, where].filter((part) => part !== '').join(' ');
  const isOfData = specDefect(state.spec!.spec, code)?.owner === 'data';
  const seen = { pointsInside: null, pose, picture, draft: { correction: null, measures: [] } };
  return {
    target: targetId,
    verdict: isOfData ? 'sensor-limited' : 'reject',
    defects: [{ code, severity, note, measured }],
    comment: where,
    evidence: place && evidenceOf(index, { ...place, ...seen }),
    durationMs: 0,
  };
}

/** Where something is that has no label: boxes and rectangles of the evidence in numbers. */
export function evidenceText({ evidence, camera }: Pick<CheckFinding, 'evidence' | 'camera'>): string {
  const places = evidence.flatMap((piece) => {
    if (piece.kind === 'box') {
      const [x, y, z] = piece.center.map((part) => part.toFixed(2));
      return [`x ${x}, y ${y}, z ${z} m (${piece.size.map((part) => part.toFixed(1)).join(' × ')} m)`];
    }
    if (piece.kind === 'rectangle')
      return [`${camera ?? ''} [${piece.ltrb.map(Math.round).join(', ')}] px`.trim()];
    return [];
  });
  return places.length === 0 ? '' : `[${places.slice(0, 3).join('; ')}]`;
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}

/** What may be queued beside the sample and said of it, and what of errors that were put in. */
import type { Problem } from '../base/problem.ts';
import { isLeading } from './disagreement.ts';
import { drawnUnit } from './drawn.ts';
import type { Actor, EventData, Target } from './events.ts';
import { firstRefusal, isBlank, refusal } from './refusal.ts';
import { saidRefusal } from './rulesOfJudging.ts';
import type { AuditState } from './state.ts';
import { isInSample } from './targets.ts';

/** Each target under its own id, once; chances only where there was a draw, and then for every one of it. */
export function mayQueue(state: AuditState, { targets, draw }: EventData<'targets.queued'>): Problem | null {
  const ids = targets.map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at || state.targets.has(id));
  const isOdd = targets.some(({ probability }) => (probability === null) !== (draw === null));
  return firstRefusal(
    () => state.spec === null && refusal('spec-not-chosen'),
    () => twice !== undefined && refusal('target-queued-twice', { target: twice }),
    () => isOdd && refusal('target-chance-odd'),
  );
}

/** What is in the sample too is judged there and nowhere else, so that one label has one verdict. */
export function mayJudgeTarget(state: AuditState, data: EventData<'target.judged'>): Problem | null {
  const queued = state.targets.get(data.target);
  if (!queued) return refusal('target-unknown', { target: data.target });
  const isJudged = data.verdict === 'accept' || data.verdict === 'reject';
  return firstRefusal(
    () => isInSample(state, queued.target) && refusal('target-in-sample', { target: queued.target.unit }),
    () =>
      !queued.target.isInspectable &&
      isJudged &&
      refusal('unit-not-inspectable', { unit: queued.target.unit }),
    () => saidRefusal(state, data, isWhole(queued!.target) ? 'both' : 'label'),
  );
}

/** What is no label by itself can lack one: there a missing object may be found. */
function isWhole({ kind }: Target): boolean {
  return kind === 'frame' || kind === 'scene';
}

/** As for units: a person takes back her own; another's only where it is in sight of everybody, or by who leads. */
export function mayUndoTarget(
  state: AuditState,
  { target, seq }: EventData<'target.undone'>,
  actor: Actor,
): Problem | null {
  const queued = state.targets.get(target);
  const opinion = queued?.opinions.find((standing) => standing.seq === seq);
  if (!opinion) return refusal('verdict-not-standing', { unit: target });
  if (opinion.by.profile === actor.profile) return null;
  const isAllowed = opinion === queued!.verdict && (!state.isBlind || isLeading(actor));
  return isAllowed ? null : refusal('undo-of-another', { unit: target });
}

/** Taken from the queue before anybody judged it, for a reason; what was drawn with a known chance stays. */
export function mayRemoveTarget(state: AuditState, data: EventData<'target.removed'>): Problem | null {
  const queued = state.targets.get(data.target);
  return firstRefusal(
    () => !queued && refusal('target-unknown', { target: data.target }),
    () => queued!.verdict !== null && refusal('target-judged', { target: data.target }),
    () => queued!.target.probability !== null && refusal('target-drawn', { target: data.target }),
    () => isBlank(data.reason) && refusal('reason-missing'),
  );
}

/** Put in by who leads; never on a unit of the sample, whose verdict must be about the vendor's own label. */
export function maySetSeeds(
  state: AuditState,
  { seeds }: EventData<'seeds.set'>,
  actor: Actor,
): Problem | null {
  const ids = seeds.map(({ id }) => id);
  const drawn = seeds.find(({ unit }) => drawnUnit(state, unit) !== null);
  return firstRefusal(
    () => !isLeading(actor) && refusal('seeds-need-lead'),
    () => state.sample === null && refusal('plan-not-frozen'),
    () => new Set(ids).size !== ids.length && refusal('seed-twice'),
    () => drawn !== undefined && refusal('seed-in-sample', { unit: drawn.unit }),
  );
}

/** Once by each person. */
export function mayJudgeSeed(
  state: AuditState,
  data: EventData<'seed.judged'>,
  actor: Actor,
): Problem | null {
  const isJudged = state.seedVerdicts.some(
    ({ seed, by }) => seed === data.seed && by.profile === actor.profile,
  );
  return firstRefusal(
    () => !state.seeds.some(({ id }) => id === data.seed) && refusal('seed-unknown', { seed: data.seed }),
    () => isJudged && refusal('seed-judged', { seed: data.seed }),
    () => saidRefusal(state, data),
  );
}

/**
 * What a person says of errors that were put in, kept so that the desk cannot tell them from units of the sample.
 * Verdicts on them come back to the desk like any other and can be taken back and changed like any other; into the
 * record goes what she had said when she went on to judge another unit, once, and it counts nowhere.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Actor, EventData, EventDraft, Seed } from '../../../../shared/audit/events.ts';
import { saidRefusal } from '../../../../shared/audit/rulesOfJudging.ts';
import { ownSeedVerdict } from '../../../../shared/audit/seedsShown.ts';
import type { AuditState, Finding, UnitVerdict } from '../../../../shared/audit/state.ts';
import type { Problem } from '../../../../shared/base/problem.ts';

/** By unit; null = taken back, so that it stands open again. */
export type Said = ReadonlyMap<string, UnitVerdict | null>;

export interface SeedBook {
  readonly store: StoreApi<{ readonly said: Said }>;
  /** True for a unit that is an error put in. */
  holds(unit: string): boolean;
  /** The audit with what was said of the errors among the verdicts, as the desk is to see it. */
  audit(state: AuditState): AuditState;
  /** Takes what concerns an error; `null` passes on what does not. */
  take(draft: EventDraft): { readonly refusal: Problem | null } | null;
  /** The desk is shown: what is said last waits until it can no longer be a slip of the hand. */
  open(): void;
  /** The desk is left: nothing waits any longer. */
  close(): void;
}

export interface SeedBookNeeds {
  /** Those that come up at this desk, by unit. */
  readonly seeds: ReadonlyMap<string, Seed>;
  readonly actor: () => Actor | null;
  /** The audit as it is recorded. */
  readonly audit: () => AuditState;
  readonly record: (draft: EventDraft) => Problem | null;
  /** Says why something was not taken. */
  readonly refuse: (problem: Problem) => void;
  /** Id of the unit that is in front. */
  readonly inFront: () => string;
  /** UTC, as the events have it. */
  readonly now: () => string;
}

export function createSeedBook(needs: SeedBookNeeds): SeedBook {
  const { seeds } = needs;
  const store = createStore<{ said: Said }>(() => ({ said: new Map() }));
  let waiting: string | null = null;
  let isOpen = true;
  let seen: { readonly state: AuditState; readonly said: Said; readonly audit: AuditState } | null = null;

  const recorded = (state: AuditState, { id }: Seed) =>
    ownSeedVerdict(state, needs.actor()?.profile ?? null, id);

  function say(unit: string, verdict: UnitVerdict | null): void {
    store.setState(({ said }) => ({ said: new Map(said).set(unit, verdict) }));
  }

  function settle(): void {
    const unit = waiting;
    waiting = null;
    const verdict = unit === null ? null : store.getState().said.get(unit);
    if (unit === null || !verdict) return;
    const { verdict: kind, defects, durationMs } = verdict;
    const { id } = seeds.get(unit)!;
    needs.record({ type: 'seed.judged', data: { seed: id, verdict: kind, defects, durationMs } });
  }

  function judge(data: EventData<'verdict.given'>): Problem | null {
    const by = needs.actor();
    const refusal = saidRefusal(needs.audit(), data);
    if (refusal || by === null) {
      if (refusal) needs.refuse(refusal);
      return refusal;
    }
    if (waiting !== data.unit) settle();
    say(data.unit, { ...data, isBlind: true, seq: 0, at: needs.now(), by });
    if (recorded(needs.audit(), seeds.get(data.unit)!) === null) waiting = data.unit;
    if (!isOpen) settle();
    return null;
  }

  return {
    store,
    holds: (unit) => seeds.has(unit),
    audit(state) {
      const { said } = store.getState();
      if (seeds.size === 0) return state;
      if (seen?.state !== state || seen.said !== said) {
        seen = { state, said, audit: auditWith(state, seeds, said, recorded) };
      }
      return seen.audit;
    },
    take(draft) {
      if (draft.type === 'verdict.given' || draft.type === 'verdict.undone') {
        if (!seeds.has(draft.data.unit)) {
          if (draft.type === 'verdict.given') settle();
          return null;
        }
        if (draft.type === 'verdict.given') return { refusal: judge(draft.data) };
        say(draft.data.unit, null);
        if (waiting === draft.data.unit) waiting = null;
        return { refusal: null };
      }
      // Beside an error only other labels are the vendor's; what may come of the error itself is no finding.
      if (draft.type === 'finding.noted' && seeds.has(needs.inFront())) {
        const { frame, label } = draft.data;
        if (label === null || seeds.has(`${frame}|${label}`)) return { refusal: null };
      }
      return null;
    },
    open() {
      isOpen = true;
    },
    close() {
      isOpen = false;
      settle();
    },
  };
}

/** Adds verdicts on errors, and the findings a reject would make, to a copy of what the desk reads. */
function auditWith(
  state: AuditState,
  seeds: ReadonlyMap<string, Seed>,
  said: Said,
  recorded: (state: AuditState, seed: Seed) => AuditState['seedVerdicts'][number] | null,
): AuditState {
  const verdicts = new Map(state.verdicts);
  const opinions = new Map(state.opinions);
  const findings = [...state.findings];
  for (const [unit, seed] of seeds) {
    const verdict = said.has(unit) ? said.get(unit)! : fromRecord(unit, recorded(state, seed));
    if (verdict === null) continue;
    verdicts.set(unit, verdict);
    opinions.set(unit, [verdict]);
    if (verdict.verdict === 'reject') findings.push(...findingsOf(seed, verdict));
  }
  return { ...state, verdicts, opinions, findings };
}

function fromRecord(unit: string, verdict: AuditState['seedVerdicts'][number] | null): UnitVerdict | null {
  if (verdict === null) return null;
  const { verdict: kind, defects, durationMs, seq, at, by } = verdict;
  const plain = { comment: '', evidence: null, isSecondLook: false, isBlind: true };
  return { unit, verdict: kind, defects, durationMs, ...plain, seq, at, by };
}

function findingsOf({ scene, frame, label, shown }: Seed, verdict: UnitVerdict): Finding[] {
  const { unit, defects, evidence, seq, at, by } = verdict;
  return defects.map((defect) => ({
    id: `${unit} ${defect.code}`,
    source: 'sample',
    ...{ unit, scene, frame, label, defect, evidence, by, at, seq },
    track: evidence?.cuboid?.track ?? null,
    className: shown.className,
    missed: null,
    key: null,
    status: 'open',
    remarks: [],
  }));
}

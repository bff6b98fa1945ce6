/**
 * The adjudicator's bench without its looks: which disagreement is in front of her, what she has prepared of her own,
 * and what her keys do. A store of its own, so that it can be tested without a page.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { EventDraft } from '../../../shared/audit/events.ts';
import type { SpecDefect } from '../../../shared/audit/qaSpec.ts';
import type { AuditState, UnitVerdict } from '../../../shared/audit/state.ts';
import type { Problem } from '../../../shared/base/problem.ts';
import { type Case, type Cases, ownRuling, type RulingParts, rulingFor, unsureRuling } from './cases.ts';

export interface BenchState {
  /** Unit of the disagreement shown; null = the first there is. */
  readonly unit: string | null;
  /** Defects picked for a verdict of her own, in the order picked; all of one owner. */
  readonly picked: readonly SpecDefect[];
  readonly comment: string;
}

export interface BenchNeeds {
  readonly audit: () => AuditState;
  readonly cases: () => Cases;
  readonly record: (draft: EventDraft) => Problem | null;
  /** Milliseconds the case was looked at, which starts anew. */
  readonly takeTime: () => number;
}

export interface Bench {
  readonly store: StoreApi<BenchState>;
  current(): Case | null;
  goTo(unit: string): void;
  step(by: 1 | -1): void;
  take(side: 'left' | 'right'): void;
  /** Picks a defect for a verdict of her own, or puts it back. Vendor's defects and faults of the data do not mix. */
  pick(defect: SpecDefect): void;
  giveOwn(): void;
  giveUnsure(): void;
  /** Takes back the ruling shown, or the last one given on this screen. */
  undo(): void;
  setComment(comment: string): void;
}

const nothingPrepared = { picked: [], comment: '' } as const;

export function createBench(needs: BenchNeeds, first: string | null): Bench {
  const store = createStore<BenchState>(() => ({ unit: first, ...nothingPrepared }));
  /** Units ruled upon on this screen, newest last. */
  const trail: string[] = [];

  const all = (): readonly Case[] => [...needs.cases().open, ...needs.cases().settled];

  function current(): Case | null {
    const cases = all();
    return cases.find(({ unit }) => unit === store.getState().unit) ?? cases[0] ?? null;
  }

  function goTo(unit: string): void {
    needs.takeTime();
    store.setState({ unit, ...nothingPrepared });
  }

  function parts(): RulingParts {
    return { comment: store.getState().comment.trim(), durationMs: needs.takeTime() };
  }

  /** Settles an open case and goes on to the next one that is open, else stays to show what became of it. */
  function settle(draftOf: (found: Case) => EventDraft): void {
    const found = current();
    if (found === null || found.ruling !== null) return;
    const open = needs.cases().open;
    const at = open.findIndex(({ unit }) => unit === found.unit);
    const next = open[at + 1] ?? open.find(({ unit }) => unit !== found.unit) ?? found;
    if (needs.record(draftOf(found))) return;
    trail.push(found.unit);
    goTo(next.unit);
  }

  function rulingToUndo(): UnitVerdict | null {
    const { opinions } = needs.audit();
    const shown = current();
    const unit = trail.at(-1) ?? (shown?.ruling ? shown.unit : undefined);
    return opinions.get(unit ?? '')?.findLast(({ adjudicates }) => adjudicates !== undefined) ?? null;
  }

  return {
    store,
    current,
    goTo,
    step(by) {
      const cases = all();
      const at = cases.findIndex(({ unit }) => unit === current()?.unit);
      const next = cases[(at + by + cases.length) % cases.length];
      if (next) goTo(next.unit);
    },
    take(side) {
      settle((found) => rulingFor(found, found[side], parts()));
    },
    pick(defect) {
      store.setState(({ picked }) => {
        const others = picked.filter(({ code, owner }) => code !== defect.code && owner === defect.owner);
        const isPicked = picked.some(({ code }) => code === defect.code);
        return { picked: isPicked ? others : [...others, defect] };
      });
    },
    giveOwn() {
      const { picked } = store.getState();
      const defects = picked.map(({ code, severity }) => ({ code, severity, note: '', measured: null }));
      settle((found) => ownRuling(found, defects, picked[0]?.owner === 'data', parts()));
    },
    giveUnsure() {
      settle((found) => unsureRuling(found, parts()));
    },
    undo() {
      const ruling = rulingToUndo();
      if (ruling === null) return;
      const refusal = needs.record({
        type: 'verdict.undone',
        data: { unit: ruling.unit, seq: ruling.seq },
      });
      if (refusal) return;
      if (trail.at(-1) === ruling.unit) trail.pop();
      goTo(ruling.unit);
      store.setState({ comment: ruling.comment });
    },
    setComment: (comment) => store.setState({ comment }),
  };
}

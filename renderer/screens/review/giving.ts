/**
 * How verdicts go from the desk into the record, one after the other, and how they come back: each thing done is
 * one step of the trail, however many units it touched, and Undo walks the trail back step by step.
 */
import type { StoreApi } from 'zustand/vanilla';
import type {
  DefectEntry,
  DrawnUnit,
  EventData,
  EventDraft,
  Evidence,
} from '../../../shared/audit/events.ts';
import { ownVerdict } from '../../../shared/audit/opinions.ts';
import type { AuditState, UnitVerdict } from '../../../shared/audit/state.ts';
import { type BulkEntry, countByVerdict, shareOut } from './bulk/bulk.ts';
import type { DeskNeeds, DeskState } from './deskContract.ts';
import { draftOfUndo, type Step } from './undoSteps.ts';
import { draftOfVerdict, type UnitDraft } from './unitDraft.ts';
import { evidenceOf, type Verdict, verdictDraft } from './verdictDrafts.ts';

/** What giving needs of the desk. */
export interface GivingDesk {
  readonly store: StoreApi<DeskState>;
  /** The audit as the auditor may see it. */
  readonly audit: () => AuditState;
  /** Goes to a position without judging anything. */
  readonly goTo: (at: number) => void;
  readonly goOn: () => void;
  readonly setDraft: (unit: string, draft: UnitDraft | null) => void;
}

export interface Giving {
  /** Judges the unit shown; `staysHere` leaves it on screen. */
  one(unit: DrawnUnit, verdict: Verdict, defects: readonly DefectEntry[], staysHere: boolean): void;
  /** Judges many in one action. Only the unit on screen can have a picture. */
  many(entries: readonly BulkEntry[]): void;
  beside(
    finding: Omit<EventData<'finding.noted'>, 'id' | 'evidence'>,
    evidence: Promise<Evidence | null>,
  ): void;
  undo(): void;
  /** Takes a whole group back: the one that the unit shown belongs to, else the last one given here. */
  undoGroup(): void;
  /** Records what was held of the repeats; they can no longer be taken back. */
  endRepeats(): void;
  /** The unit leaves the screen: what was spent on it so far is kept for when it is back. */
  leave(unit: DrawnUnit): void;
  settled(): Promise<void>;
}

export function createGiving(needs: DeskNeeds, desk: GivingDesk): Giving {
  const { units, index, locator, time, now } = needs;
  const { store } = desk;
  const trail: Step[] = [];
  /** Milliseconds spent on units that were left without a verdict, or whose verdict was taken back. */
  const spent = new Map<string, number>();
  let queue: Promise<void> = Promise.resolve();

  const own = (unit: string): UnitVerdict | null => {
    const profile = needs.profile();
    return profile === null ? null : ownVerdict(desk.audit(), profile, unit);
  };
  const spentOn = (unit: string): number => spent.get(unit) ?? own(unit)?.durationMs ?? 0;
  const draftOf = (unit: string): UnitDraft =>
    store.getState().drafts.get(unit) ?? draftOfVerdict(desk.audit().verdicts.get(unit) ?? null);
  const markGiven = (ids: readonly string[], isGiven: boolean): void =>
    store.setState(({ given: before }) => {
      const given = new Set(before);
      for (const id of ids)
        if (isGiven) given.add(id);
        else given.delete(id);
      return { given };
    });

  function one(unit: DrawnUnit, verdict: Verdict, defects: readonly DefectEntry[], staysHere: boolean): void {
    const { at, warmUp } = store.getState();
    const last = { unit, verdict, codes: defects.map(({ code }) => code), counts: null };
    const durationMs = time.take(now()) + spentOn(unit.id);
    spent.delete(unit.id);
    if (warmUp?.repeats.has(unit.id)) {
      const repeat = { unit: unit.id, verdict, defects: [...defects], durationMs };
      trail.push({ kind: 'repeat', at, unit: unit.id });
      store.setState({
        warmUp: { ...warmUp, held: new Map(warmUp.held).set(unit.id, repeat) },
        last,
        armed: null,
      });
      if (!staysHere) desk.goOn();
      return;
    }
    const prepared = draftOf(unit.id);
    const isSecondLook = desk.audit().verdicts.has(unit.id);
    // Taken now, while the unit is still on screen. What is in order needs no evidence.
    const evidence = needsNoEvidence(verdict)
      ? Promise.resolve(null)
      : needs.evidence(verdict === 'reject' || verdict === 'sensor-limited', prepared);
    const step: Step = { kind: 'verdicts', at, units: [{ id: unit.id, before: own(unit.id) }], bulk: null };
    trail.push(step);
    markGiven([unit.id], true);
    store.setState({ last, armed: null });
    queue = queue.then(async () => {
      const { comment } = prepared;
      const entry = verdictDraft(unit, verdict, defects, comment, await evidence, durationMs, isSecondLook);
      const refusal = needs.record(entry);
      markGiven([unit.id], false);
      if (!refusal) {
        dropDraft(unit.id);
        return;
      }
      // The rules forbid it: nothing was recorded, so the unit is shown again, and there is nothing to undo.
      forget(step);
      spent.set(unit.id, durationMs);
      desk.goTo(at);
    });
    if (!staysHere) desk.goOn();
  }

  function many(entries: readonly BulkEntry[]): void {
    if (entries.length === 0) return;
    const { at, frame, besideRow } = store.getState();
    const onScreen = frame === null && besideRow === null ? units[at]!.id : null;
    const shares = shareOut(time.take(now()), entries.length);
    const bulk = entries.length > 1 ? { id: needs.newId(), count: entries.length } : undefined;
    const prepared = entries.map(({ unit, verdict, defects }, place) => {
      const draft = draftOf(unit.id);
      const durationMs = shares[place]! + spentOn(unit.id);
      spent.delete(unit.id);
      const evidence = needsNoEvidence(verdict)
        ? null
        : unit.id === onScreen
          ? needs.evidence(verdict !== 'unsure', draft)
          : snapshot(unit, draft);
      return { unit, verdict, defects, draft, durationMs, evidence, before: own(unit.id) };
    });
    const step: Step = {
      kind: 'verdicts',
      at,
      units: prepared.map(({ unit, before }) => ({ id: unit.id, before })),
      bulk: bulk?.id ?? null,
    };
    const ids = entries.map(({ unit }) => unit.id);
    const { unit, verdict, defects } = entries[0]!;
    trail.push(step);
    markGiven(ids, true);
    store.setState({
      last: {
        unit,
        verdict,
        codes: defects.map(({ code }) => code),
        counts: bulk ? countByVerdict(entries) : null,
      },
      armed: null,
    });
    queue = queue.then(async () => {
      const drafts = await Promise.all(
        prepared.map(async (entry) => {
          const { comment } = entry.draft;
          const isSecondLook = entry.before !== null;
          const given = verdictDraft(
            entry.unit,
            entry.verdict,
            entry.defects,
            comment,
            await entry.evidence,
            entry.durationMs,
            isSecondLook,
          );
          return bulk ? inGroup(given, bulk) : given;
        }),
      );
      const refusals = needs.recordAll(drafts);
      for (const [place, id] of ids.entries()) if (!refusals[place]) dropDraft(id);
      markGiven(ids, false);
    });
    desk.goOn();
  }

  /** The label as it stands, of a unit that is not on screen. */
  function snapshot(unit: DrawnUnit, draft: UnitDraft): Evidence | null {
    const located = locator.locate(unit);
    if (!located) return null;
    const { frame, row, box } = located;
    return evidenceOf(index, { frame, row, box, pointsInside: null, pose: null, picture: null, draft });
  }

  function forget(step: Step): void {
    const place = trail.lastIndexOf(step);
    if (place >= 0) trail.splice(place, 1);
  }

  /** What is prepared for a unit is done with. */
  function dropDraft(unit: string): void {
    if (store.getState().drafts.has(unit)) desk.setDraft(unit, null);
  }

  /** The words, the box and the measures of a verdict that was taken back are there for the next one. */
  function keepFor(standing: UnitVerdict): void {
    const draft = draftOfVerdict(standing);
    spent.set(standing.unit, standing.durationMs);
    const isEmpty = draft.comment === '' && draft.correction === null && draft.measures.length === 0;
    if (!isEmpty) desk.setDraft(standing.unit, draft);
  }

  function undoStep(step: Step): void {
    if (step.kind === 'finding') {
      const finding = desk.audit().findings.find(({ key }) => key === step.key);
      if (!finding) return;
      needs.record({
        type: 'finding.withdrawn',
        data: { finding: finding.id, reason: needs.undoReason() },
      });
      return;
    }
    if (step.kind === 'repeat') {
      const { warmUp } = store.getState();
      if (!warmUp) return;
      const held = new Map(warmUp.held);
      spent.set(step.unit, held.get(step.unit)?.durationMs ?? 0);
      held.delete(step.unit);
      store.setState({ warmUp: { ...warmUp, held }, last: null });
      desk.goTo(step.at);
      return;
    }
    const taken = step.units.toReversed().flatMap(({ id, before }) => {
      const standing = own(id);
      return standing ? [{ standing, before }] : [];
    });
    const refusals = needs.recordAll(taken.map(({ standing, before }) => draftOfUndo(standing, before)));
    for (const [place, { standing, before }] of taken.entries()) {
      if (!refusals[place] && !before) keepFor(standing);
    }
    store.setState({ last: null });
    if (refusals.every((refusal) => refusal === null)) desk.goTo(step.at);
  }

  /** After a restart there is no trail: what stands on the unit shown is taken back, where the rules allow it. */
  function undoStanding(): void {
    const { at } = store.getState();
    const standing = desk.audit().verdicts.get(units[at]!.id);
    if (!standing) return;
    if (needs.record(draftOfUndo(standing, null))) return;
    keepFor(standing);
    store.setState({ last: null });
    desk.goTo(at);
  }

  return {
    one,
    many,
    beside(finding, evidence) {
      const key = needs.newId();
      const { at } = store.getState();
      const step: Step = { kind: 'finding', at, key };
      trail.push(step);
      queue = queue.then(async () => {
        const data = { ...finding, id: key, evidence: await evidence };
        if (needs.record({ type: 'finding.noted', data })) forget(step);
      });
    },
    undo() {
      queue = queue.then(() => {
        const last = trail.pop();
        if (last) undoStep(last);
        else undoStanding();
      });
    },
    undoGroup() {
      queue = queue.then(() => {
        const { at } = store.getState();
        const shown = own(units[at]!.id)?.bulk?.id;
        const step = trail.findLast(
          (one) => one.kind === 'verdicts' && one.bulk !== null && (!shown || one.bulk === shown),
        );
        if (step) {
          forget(step);
          undoStep(step);
        } else if (shown) {
          const group = units.filter((unit) => own(unit.id)?.bulk?.id === shown);
          const touched = group.map((unit) => ({ id: unit.id, before: null }));
          undoStep({ kind: 'verdicts', at, units: touched, bulk: shown });
        }
      });
    },
    endRepeats() {
      const { warmUp } = store.getState();
      if (!warmUp) return;
      store.setState({ warmUp: null });
      for (const step of trail.filter(({ kind }) => kind === 'repeat')) forget(step);
      queue = queue.then(() => {
        for (const data of warmUp.held.values()) {
          needs.record({ type: 'repeat.judged', data });
          dropDraft(data.unit);
        }
      });
    },
    leave(unit) {
      spent.set(unit.id, time.take(now()) + spentOn(unit.id));
    },
    settled: () => queue,
  };
}

const needsNoEvidence = (verdict: Verdict): boolean => verdict === 'accept' || verdict === 'uninspectable';

function inGroup(draft: EventDraft, bulk: EventData<'verdict.given'>['bulk']): EventDraft {
  if (draft.type !== 'verdict.given') return draft;
  return { ...draft, data: { ...draft.data, bulk } };
}

/**
 * The review desk without its looks: which unit is in front of the auditor, what she has prepared, and what her
 * keys do. A store of its own, so that it can be tested without a page. Every verdict goes to the session, which
 * owns the record; the desk goes on at once.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DefectEntry, DrawnUnit, EventDraft, Evidence } from '../../../shared/audit/events.ts';
import { type DefectSeverity, type SpecDefect, severities } from '../../../shared/audit/qaSpec.ts';
import { specDefect } from '../../../shared/audit/specLookup.ts';
import type { AuditState, UnitVerdict } from '../../../shared/audit/state.ts';
import type { Problem } from '../../../shared/base/problem.ts';
import { cuboidAt } from '../../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../../shared/model/labels.ts';
import type { ActiveTime } from './activeTime.ts';
import type { UnitLocator } from './locateUnit.ts';
import { draftOfVerdict, type Measured, type UnitDraft } from './unitDraft.ts';
import { nextOpen } from './unitMarks.ts';
import { defectEntry, type Verdict, verdictDraft } from './verdictDrafts.ts';

export type Picker = 'reject' | 'beside' | 'jump';
export type Tool = 'select' | 'ruler' | 'angle' | 'height' | 'ray' | 'correct';

export interface DeskState {
  /** Position in the order of presentation. */
  readonly at: number;
  /** Another frame of the unit's track that is looked at; null = the unit's own. */
  readonly frame: number | null;
  /** A label beside the unit that is looked at; null = the unit's own. */
  readonly besideRow: number | null;
  /** Severity the next code gets instead of the spec's. */
  readonly armed: DefectSeverity | null;
  /** True while the list offers faults of the data instead of the vendor's. */
  readonly isHolding: boolean;
  readonly picker: Picker | null;
  /** What the mouse does in the views. */
  readonly tool: Tool;
  /** Which camera of the ranking is large; null = the best. */
  readonly camera: number | null;
  readonly isWholePicture: boolean;
  /** Prepared and not yet given, by unit. */
  readonly drafts: ReadonlyMap<string, UnitDraft>;
  /** Units whose verdict is on its way into the record (its picture is being made). */
  readonly given: ReadonlySet<string>;
  /** The verdict given last, for the line that says so. */
  readonly last: {
    readonly unit: DrawnUnit;
    readonly verdict: Verdict;
    readonly codes: readonly string[];
  } | null;
}

/** What the desk needs of the world; pictures and measures come from the viewport. */
export interface DeskNeeds {
  readonly units: readonly DrawnUnit[];
  readonly index: DeliveryIndex;
  readonly locator: UnitLocator;
  readonly time: ActiveTime;
  readonly now: () => number;
  readonly audit: () => AuditState;
  readonly record: (draft: EventDraft) => Problem | null;
  readonly measured: (code: string, draft: UnitDraft) => Measured;
  /** Snapshot, pose and picture of what is on screen now. The picture may be given up for the verdict's sake. */
  readonly evidence: (withPicture: boolean, draft: UnitDraft) => Promise<Evidence | null>;
  /** Keeps what is prepared for a unit, over a crash too; null = there is nothing any more. */
  readonly keepDraft: (unit: string, draft: UnitDraft | null) => void;
  readonly newId: () => string;
  readonly remember: (unit: string) => void;
}

export interface Desk {
  readonly store: StoreApi<DeskState>;
  readonly units: readonly DrawnUnit[];
  unit(): DrawnUnit;
  standing(): UnitVerdict | null;
  accept(): void;
  /** Rejects with the code and goes on; on a unit already rejected the code is added or taken away. */
  reject(defect: SpecDefect): void;
  unsure(): void;
  hold(defect: SpecDefect): void;
  /** Enter: accepts, or leaves a unit that is judged, or goes back from a label beside it. */
  confirm(): void;
  /** Changes the severity of a standing reject, or prepares it for the next code. */
  setSeverity(severity: DefectSeverity): void;
  noteBeside(defect: SpecDefect): void;
  /** Takes back the last verdict of this screen, or the one of the unit shown, and goes there. */
  undo(): void;
  step(by: 1 | -1): void;
  goTo(at: number): void;
  stepFrame(by: 1 | -1): void;
  goToFrame(frame: number): void;
  select(row: number): void;
  /** Back to the unit itself: its own frame and label, no list open. */
  home(): void;
  /** What is prepared for the unit shown, or what its verdict says. */
  draft(): UnitDraft;
  setDraft(patch: Partial<UnitDraft>): void;
  patch(patch: Partial<DeskState>): void;
  /** Settles when everything given so far is with the session. */
  settled(): Promise<void>;
}

const atRest = {
  frame: null,
  besideRow: null,
  armed: null,
  isHolding: false,
  picker: null,
  tool: 'select',
  camera: null,
} as const;

/** `drafts`: what was prepared and not given when the desk was left. */
export function createDesk(
  needs: DeskNeeds,
  first: number,
  drafts: ReadonlyMap<string, UnitDraft> = new Map(),
): Desk {
  const { units, index, locator, time, now } = needs;
  const store = createStore<DeskState>(() => ({
    at: first,
    ...atRest,
    isWholePicture: false,
    drafts,
    given: new Set(),
    last: null,
  }));
  /** Ids of units judged on this screen, newest last: what Undo walks back. */
  const trail: string[] = [];
  let queue: Promise<void> = Promise.resolve();

  const unit = (): DrawnUnit => units[store.getState().at]!;
  const standing = (): UnitVerdict | null => needs.audit().verdicts.get(unit().id) ?? null;
  const draft = (): UnitDraft => store.getState().drafts.get(unit().id) ?? draftOfVerdict(standing());

  function setDraft(id: string, next: UnitDraft | null): void {
    store.setState(({ drafts: before }) => ({
      drafts: next ? new Map(before).set(id, next) : withoutKey(before, id),
    }));
    needs.keepDraft(id, next);
  }

  function goTo(at: number): void {
    time.take(now());
    store.setState({ at, ...atRest });
    needs.remember(units[at]!.id);
  }

  function goOn(): void {
    const { at, given } = store.getState();
    const next = nextOpen(units, needs.audit(), given, at);
    if (next === null) store.setState(atRest);
    else goTo(next);
  }

  /** Hands a verdict to the session in its turn: a picture that takes long must not let a later one overtake. */
  function give(verdict: Verdict, defects: readonly DefectEntry[], staysHere = false): void {
    const judged = unit();
    const at = store.getState().at;
    const isSecondLook = standing() !== null;
    const prepared = draft();
    const durationMs = time.take(now());
    const withPicture = verdict === 'reject' || verdict === 'sensor-limited';
    // Taken now, while the unit is still on screen. What is in order needs no evidence.
    const needsNone = verdict === 'accept' || verdict === 'uninspectable';
    const evidence = needsNone ? Promise.resolve(null) : needs.evidence(withPicture, prepared);
    trail.push(judged.id);
    store.setState(({ given }) => ({
      given: new Set(given).add(judged.id),
      last: { unit: judged, verdict, codes: defects.map(({ code }) => code) },
      armed: null,
    }));
    queue = queue.then(async () => {
      const entry = verdictDraft(
        judged,
        verdict,
        defects,
        prepared.comment,
        await evidence,
        durationMs,
        isSecondLook,
      );
      const refusal = needs.record(entry);
      store.setState(({ given }) => ({ given: without(given, judged.id) }));
      if (!refusal) setDraft(judged.id, null);
      // The rules forbid it: nothing was recorded, so the unit is shown again.
      if (refusal) goTo(at);
    });
    if (!staysHere) goOn();
  }

  function entryFor(defect: SpecDefect): DefectEntry {
    return defectEntry(defect, store.getState().armed, '', needs.measured(defect.code, draft()));
  }

  function amend(defects: readonly DefectEntry[]): void {
    if (defects.length > 0) give('reject', defects, true);
  }

  return {
    store,
    units,
    unit,
    standing,
    accept() {
      give(unit().isInspectable ? 'accept' : 'uninspectable', []);
    },
    reject(defect) {
      const verdict = standing();
      if (verdict?.verdict !== 'reject') {
        give('reject', [entryFor(defect)]);
        return;
      }
      const others = verdict.defects.filter(({ code }) => code !== defect.code);
      amend(others.length < verdict.defects.length ? others : [...verdict.defects, entryFor(defect)]);
    },
    unsure: () => give('unsure', []),
    hold(defect) {
      give('sensor-limited', [entryFor(defect)]);
    },
    confirm() {
      const { besideRow, frame } = store.getState();
      if (besideRow !== null || frame !== null) this.home();
      else if (standing() !== null) goOn();
      else this.accept();
    },
    setSeverity(severity) {
      const verdict = standing();
      if (verdict?.verdict !== 'reject') {
        const { armed } = store.getState();
        store.setState({ armed: armed === severity ? null : severity });
        return;
      }
      amend(
        verdict.defects.map((defect, place) =>
          place === verdict.defects.length - 1 ? { ...defect, severity } : defect,
        ),
      );
    },
    noteBeside(defect) {
      const { besideRow } = store.getState();
      const frameIndex = store.getState().frame ?? locator.locate(unit())?.frame;
      if (frameIndex === undefined) return;
      const frame = index.delivery.frames.at(frameIndex)!;
      const label = besideRow === null ? null : cuboidAt(index.labels, besideRow);
      const entry = { ...entryFor(defect), note: draft().comment };
      const evidence = needs.evidence(true, draft());
      queue = queue.then(async () => {
        needs.record({
          type: 'finding.noted',
          data: {
            id: needs.newId(),
            source: 'beside',
            scene: index.delivery.scenes[frame.scene]!.id,
            frame: frame.id,
            label: label?.id ?? null,
            track: label?.track ?? null,
            defect: entry,
            evidence: await evidence,
          },
        });
      });
      this.home();
    },
    undo() {
      queue = queue.then(() => {
        const last = trail.pop() ?? standing()?.unit;
        const verdict = last === undefined ? undefined : needs.audit().verdicts.get(last);
        const at = units.findIndex(({ id }) => id === last);
        if (!verdict || at < 0) return;
        const refusal = needs.record({
          type: 'verdict.undone',
          data: { unit: verdict.unit, seq: verdict.seq },
        });
        if (!refusal) {
          store.setState({ last: null });
          setDraft(verdict.unit, draftOfVerdict(verdict));
          goTo(at);
        }
      });
    },
    step(by) {
      goTo((store.getState().at + by + units.length) % units.length);
    },
    goTo,
    stepFrame(by) {
      const own = locator.locate(unit())?.frame ?? 0;
      const frames = locator.framesOf(unit());
      const next = frames[frames.indexOf(store.getState().frame ?? own) + by];
      if (next !== undefined) this.goToFrame(next);
    },
    goToFrame(frame) {
      const own = locator.locate(unit())?.frame;
      store.setState({ frame: frame === own ? null : frame, besideRow: null });
    },
    select(row) {
      const { track } = unit();
      const own = locator.locate(unit())?.row ?? null;
      const isOwnTrack = track !== null && cuboidAt(index.labels, row).track === track;
      store.setState({ besideRow: row === own || isOwnTrack ? null : row });
    },
    home() {
      store.setState({ frame: null, besideRow: null, isHolding: false, picker: null, tool: 'select' });
    },
    draft,
    setDraft(patch) {
      setDraft(unit().id, { ...draft(), ...patch });
    },
    patch: (patch) => store.setState(patch),
    settled: () => queue,
  };
}

/** Where to begin: the unit that is asked for, else the first without a verdict, else the first. */
export function firstPosition(units: readonly DrawnUnit[], state: AuditState, wanted: string | null): number {
  const at = units.findIndex(({ id }) => id === wanted);
  if (at >= 0) return at;
  return nextOpen(units, state, new Set(), units.length - 1) ?? 0;
}

/** Severity by its key: Shift+1 is the gravest. */
export const severityKeys: Readonly<Record<string, DefectSeverity>> = Object.fromEntries(
  severities.map((severity, at) => [`Shift+${at + 1}`, severity]),
);

/** Title of a code in the spec, or the code itself where the spec does not hold it (a merged record). */
export function codeTitle(state: AuditState, code: string, language: 'en' | 'zh'): string {
  const defect = state.spec && specDefect(state.spec.spec, code);
  return defect ? defect.title[language] : code;
}

function without<Item>(set: ReadonlySet<Item>, item: Item): Set<Item> {
  const copy = new Set(set);
  copy.delete(item);
  return copy;
}

function withoutKey<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): Map<Key, Value> {
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}

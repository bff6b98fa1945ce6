/**
 * The review desk without its looks: which unit is in front of the auditor, what she has prepared, and what her
 * keys do. A store of its own, so that it can be tested without a page. Every verdict goes to the session, which
 * owns the record; the desk goes on at once.
 */
import { createStore } from 'zustand/vanilla';
import type { DefectEntry, DrawnUnit } from '../../../shared/audit/events.ts';
import type { SpecDefect } from '../../../shared/audit/qaSpec.ts';
import { specDefect } from '../../../shared/audit/specLookup.ts';
import type { AuditState, UnitVerdict } from '../../../shared/audit/state.ts';
import { cuboidAt } from '../../../shared/model/labelRow.ts';
import { labelsOf, openInTurn } from './course/askedUnits.ts';
import type { Desk, DeskNeeds, DeskState } from './deskContract.ts';
import { createGiving } from './giving.ts';
import { nextStop, warmUpOf, withoutVerdicts } from './pace/warmUp.ts';
import { draftOfVerdict, type UnitDraft } from './unitDraft.ts';
import { defectEntry, type Verdict } from './verdictDrafts.ts';

export type * from './deskContract.ts';

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
  const { units, index, locator } = needs;
  const store = createStore<DeskState>(() => ({
    at: first,
    ...atRest,
    isWholePicture: false,
    drafts,
    given: new Set(),
    last: null,
    warmUp: null,
  }));

  const unit = (): DrawnUnit => units[store.getState().at]!;
  const audit = (): AuditState => {
    const { warmUp } = store.getState();
    return warmUp ? withoutVerdicts(needs.audit(), warmUp.repeats) : needs.audit();
  };
  const standing = (): UnitVerdict | null => audit().verdicts.get(unit().id) ?? null;
  const draft = (): UnitDraft => store.getState().drafts.get(unit().id) ?? draftOfVerdict(standing());

  /** Open units that the plans ask for, in the order they come up after a position. */
  const openAfter = (from: number, seen: AuditState = audit()): number[] => {
    const { given } = store.getState();
    return openInTurn(units, labelsOf(needs.audit()), (id) => given.has(id) || seen.verdicts.has(id), from);
  };

  function setDraft(id: string, next: UnitDraft | null): void {
    store.setState(({ drafts: before }) => ({
      drafts: next ? new Map(before).set(id, next) : withoutKey(before, id),
    }));
    needs.keepDraft(id, next);
  }

  function look(at: number): void {
    store.setState({ at, ...atRest });
    if (store.getState().warmUp === null) needs.remember(units[at]!.id);
  }

  /** Whoever is asked for by name outside the stretch after a break ends it. */
  function goTo(at: number): void {
    giving.leave(unit());
    const { warmUp } = store.getState();
    const place = warmUp?.stops.indexOf(at) ?? -1;
    if (warmUp && place < 0) giving.endRepeats();
    else if (warmUp) store.setState({ warmUp: { ...warmUp, place } });
    look(at);
  }

  function endWarmUp(): void {
    const { warmUp } = store.getState();
    if (!warmUp) return;
    giving.endRepeats();
    const { at } = store.getState();
    const from = (warmUp.cameFrom - 1 + units.length) % units.length;
    look(openAfter(from, needs.audit())[0] ?? at);
  }

  function goOn(): void {
    const { at, given, warmUp } = store.getState();
    if (warmUp) {
      const place = nextStop(warmUp, (stop) => {
        const { id } = units[stop]!;
        return warmUp.held.has(id) || given.has(id) || audit().verdicts.has(id);
      });
      if (place === null) {
        endWarmUp();
        return;
      }
      store.setState({ warmUp: { ...warmUp, place } });
      look(warmUp.stops[place]!);
      return;
    }
    const next = openAfter(at)[0];
    if (next === undefined) store.setState(atRest);
    else look(next);
  }

  const giving = createGiving(needs, { store, audit, goTo, goOn, setDraft });
  const give = (verdict: Verdict): void => giving.one(unit(), verdict, [], false);

  function entryFor(defect: SpecDefect): DefectEntry {
    return defectEntry(defect, store.getState().armed, '', needs.measured(defect.code, draft()));
  }

  function amend(defects: readonly DefectEntry[]): void {
    if (defects.length > 0) giving.one(unit(), 'reject', defects, true);
  }

  return {
    store,
    units,
    unit,
    standing,
    audit,
    accept() {
      give(unit().isInspectable ? 'accept' : 'uninspectable');
    },
    reject(defect) {
      const verdict = standing();
      if (verdict?.verdict !== 'reject') {
        giving.one(unit(), 'reject', [entryFor(defect)], false);
        return;
      }
      const others = verdict.defects.filter(({ code }) => code !== defect.code);
      amend(others.length < verdict.defects.length ? others : [...verdict.defects, entryFor(defect)]);
    },
    unsure: () => give('unsure'),
    hold(defect) {
      giving.one(unit(), 'sensor-limited', [entryFor(defect)], false);
    },
    confirm() {
      const { besideRow, frame } = store.getState();
      if (besideRow !== null || frame !== null) this.home();
      else if (standing() === null) this.accept();
      else {
        giving.leave(unit());
        goOn();
      }
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
      giving.beside(
        {
          source: 'beside',
          scene: index.delivery.scenes[frame.scene]!.id,
          frame: frame.id,
          label: label?.id ?? null,
          track: label?.track ?? null,
          defect: entry,
        },
        needs.evidence(true, draft()),
      );
      this.home();
    },
    amend,
    giveMany: giving.many,
    undo: giving.undo,
    undoGroup: giving.undoGroup,
    step(by) {
      const { at, warmUp } = store.getState();
      if (!warmUp) goTo((at + by + units.length) % units.length);
      else goTo(warmUp.stops[(warmUp.place + by + warmUp.stops.length) % warmUp.stops.length]!);
    },
    goTo,
    look,
    upcoming(count) {
      const { at, warmUp } = store.getState();
      if (warmUp) return warmUp.stops.slice(warmUp.place + 1, warmUp.place + 1 + count);
      return openAfter(at)
        .filter((position) => position !== at)
        .slice(0, count);
    },
    beginWarmUp(repeats, random) {
      const { at } = store.getState();
      const ahead = openAfter(at - 1);
      const old = repeats.flatMap((id) => {
        const place = units.findIndex((one) => one.id === id);
        return place < 0 || locator.locate(units[place]!) === null ? [] : [{ id, at: place }];
      });
      const warmUp = warmUpOf(old, ahead, at, random);
      if (!warmUp) return;
      giving.leave(unit());
      store.setState({ warmUp, last: null });
      look(warmUp.stops[0]!);
    },
    endWarmUp,
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
    settled: giving.settled,
  };
}

/** Where to begin: the unit that is asked for, else the first without a verdict, else the first. */
export function firstPosition(units: readonly DrawnUnit[], state: AuditState, wanted: string | null): number {
  const at = units.findIndex(({ id }) => id === wanted);
  if (at >= 0) return at;
  return openInTurn(units, labelsOf(state), (id) => state.verdicts.has(id), -1)[0] ?? 0;
}

/** Title of a code in the spec, or the code itself where the spec does not hold it (a merged record). */
export function codeTitle(state: AuditState, code: string, language: 'en' | 'zh'): string {
  const defect = state.spec && specDefect(state.spec.spec, code);
  return defect ? defect.title[language] : code;
}

function withoutKey<Key, Value>(map: ReadonlyMap<Key, Value>, key: Key): Map<Key, Value> {
  const copy = new Map(map);
  copy.delete(key);
  return copy;
}

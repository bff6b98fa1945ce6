/**
 * The search desk without its looks: which cell is searched, which objects were found missing in it, and what the
 * keys do. A store of its own; verdicts go to the session.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DrawnCell, EventDraft, MissedObject } from '../../../shared/audit/events.ts';
import type { SpecClass, SpecDefect } from '../../../shared/audit/qaSpec.ts';
import type { AuditState, CellVerdict } from '../../../shared/audit/state.ts';
import type { Problem } from '../../../shared/base/problem.ts';
import type { Vec3 } from '../../../shared/model/pose.ts';
import type { ActiveTime } from '../review/activeTime.ts';
import { cellsOf, openInTurn } from '../review/course/askedUnits.ts';
import type { CellDraft } from './cellDraft.ts';

export interface SearchState {
  readonly at: number;
  /** Missing objects found so far, by cell; a cell without an entry has those of its verdict. */
  readonly missed: ReadonlyMap<string, readonly MissedObject[]>;
  /** A place that was picked and waits for its class. */
  readonly dropping: Vec3 | null;
  /** True while the next click picks a place. */
  readonly isPicking: boolean;
  readonly selected: string | null;
  readonly isJumping: boolean;
  readonly isNaming: boolean;
  readonly comments: ReadonlyMap<string, string>;
}

export interface SearchNeeds {
  readonly cells: readonly DrawnCell[];
  readonly time: ActiveTime;
  readonly now: () => number;
  readonly audit: () => AuditState;
  readonly record: (draft: EventDraft) => Problem | null;
  /** Labels of the lot's scope whose centre lies in the cell. */
  readonly matched: (cell: DrawnCell) => Promise<number>;
  readonly newId: () => string;
  /** Keeps what is prepared for a cell, over a crash too; null = there is nothing any more. */
  readonly keepDraft: (cell: string, draft: CellDraft | null) => void;
  /** The defect a missing object is. */
  readonly missDefect: () => SpecDefect | null;
}

export interface SearchDesk {
  readonly store: StoreApi<SearchState>;
  readonly cells: readonly DrawnCell[];
  cell(): DrawnCell;
  standing(): CellVerdict | null;
  /** Missing objects of the cell shown. */
  missed(): readonly MissedObject[];
  searched(): void;
  unsure(): void;
  undo(): void;
  step(by: 1 | -1): void;
  goTo(at: number): void;
  /** A place on the ground; its class is asked for next. */
  drop(place: Vec3): void;
  name(entry: SpecClass): void;
  remove(id: string): void;
  /** Turns the selected object by radians. */
  turn(by: number): void;
  select(id: string | null): void;
  setComment(text: string): void;
  patch(patch: Partial<SearchState>): void;
  settled(): Promise<void>;
}

interface Change {
  readonly cell: string;
  readonly before: readonly MissedObject[];
  /** The object that was turned; null where one came or went. */
  readonly turned: string | null;
}

const atRest = {
  dropping: null,
  isPicking: false,
  selected: null,
  isJumping: false,
  isNaming: false,
} as const;

/** `drafts`: what was prepared and not given when the desk was left. */
export function createSearchDesk(
  needs: SearchNeeds,
  first: number,
  drafts: ReadonlyMap<string, CellDraft> = new Map(),
): SearchDesk {
  const { cells, time, now } = needs;
  const store = createStore<SearchState>(() => ({
    at: first,
    ...atRest,
    missed: given(drafts, ({ missed }) => missed),
    comments: given(drafts, ({ comment }) => comment),
  }));
  const trail: string[] = [];
  /** What was found in a cell before each change since its verdict; turns of one object in a row are one change. */
  let changes: readonly Change[] = [];
  let queue: Promise<void> = Promise.resolve();

  const cell = (): DrawnCell => cells[store.getState().at]!;
  const standing = (): CellVerdict | null => needs.audit().cellVerdicts.get(cell().id) ?? null;
  const missed = (): readonly MissedObject[] =>
    store.getState().missed.get(cell().id) ?? standing()?.missed ?? [];

  function setMissed(list: readonly MissedObject[]): void {
    store.setState(({ missed: before }) => ({ missed: new Map(before).set(cell().id, list) }));
    keep();
  }

  function change(list: readonly MissedObject[], turned: string | null = null): void {
    const last = changes.at(-1);
    const isSameTurn = turned !== null && last?.turned === turned && last.cell === cell().id;
    if (!isSameTurn) changes = [...changes, { cell: cell().id, before: missed(), turned }];
    setMissed(list);
  }

  function keep(): void {
    const { id } = cell();
    const { missed: lists, comments } = store.getState();
    needs.keepDraft(id, { missed: lists.get(id) ?? null, comment: comments.get(id) ?? null });
  }

  function goTo(at: number): void {
    time.take(now());
    store.setState({ at, ...atRest });
  }

  function goOn(judged: ReadonlySet<string>): void {
    const next = openCells(cells, needs.audit(), judged, store.getState().at)[0];
    if (next === undefined) store.setState(atRest);
    else goTo(next);
  }

  function give(verdict: CellVerdict['verdict']): void {
    const judged = cell();
    const at = store.getState().at;
    const list = missed();
    const isSecondLook = standing() !== null;
    const comment = store.getState().comments.get(judged.id) ?? standing()?.comment ?? '';
    const durationMs = time.take(now());
    trail.push(judged.id);
    changes = changes.filter((one) => one.cell !== judged.id);
    queue = queue.then(async () => {
      const refusal = needs.record({
        type: 'cell.judged',
        data: {
          cell: judged.id,
          verdict,
          matched: await needs.matched(judged),
          missed: [...list],
          comment,
          durationMs,
          isSecondLook,
        },
      });
      if (refusal) goTo(at);
      else needs.keepDraft(judged.id, null);
    });
    goOn(new Set([judged.id]));
  }

  return {
    store,
    cells,
    cell,
    standing,
    missed,
    searched() {
      const { dropping } = store.getState();
      // A place that waits for its class would be lost.
      if (dropping) return;
      const hasNews = store.getState().missed.has(cell().id);
      if (standing() !== null && !hasNews) goOn(new Set());
      else give(cell().isInspectable ? 'searched' : 'uninspectable');
    },
    unsure: () => give('unsure'),
    undo() {
      const { dropping } = store.getState();
      if (dropping) {
        store.setState({ dropping: null });
        return;
      }
      const last = changes.findLast((one) => one.cell === cell().id);
      if (last) {
        changes = changes.filter((one) => one !== last);
        setMissed(last.before);
        store.setState({ selected: last.turned });
        return;
      }
      queue = queue.then(() => {
        const id = trail.pop() ?? standing()?.cell;
        const verdict = id === undefined ? undefined : needs.audit().cellVerdicts.get(id);
        const at = cells.findIndex((entry) => entry.id === id);
        if (!verdict || at < 0) return;
        const refusal = needs.record({ type: 'cell.undone', data: { cell: verdict.cell, seq: verdict.seq } });
        if (refusal) return;
        goTo(at);
        setMissed(verdict.missed);
      });
    },
    step(by) {
      goTo((store.getState().at + by + cells.length) % cells.length);
    },
    goTo,
    drop(place) {
      store.setState({ dropping: place, isPicking: false });
    },
    name(entry) {
      const { dropping } = store.getState();
      const defect = needs.missDefect();
      if (!dropping || !defect) return;
      const [length, width, height] = entry.typicalSize;
      const [x, y, ground] = dropping.map((value) => Math.round(value * 1000) / 1000) as [
        number,
        number,
        number,
      ];
      const object: MissedObject = {
        id: needs.newId(),
        className: entry.name,
        code: defect.code,
        severity: defect.severity,
        center: [x, y, ground + height / 2],
        size: [length, width, height],
        yaw: 0,
        note: '',
      };
      change([...missed(), object]);
      store.setState({ dropping: null, selected: object.id, isNaming: false });
    },
    remove(id) {
      change(missed().filter((object) => object.id !== id));
      store.setState({ selected: null });
    },
    turn(by) {
      const { selected } = store.getState();
      const turned = missed().map((object) =>
        object.id === selected ? { ...object, yaw: wrapped(object.yaw + by) } : object,
      );
      change(turned, selected);
    },
    select: (selected) => store.setState({ selected }),
    setComment(text) {
      store.setState(({ comments }) => ({ comments: new Map(comments).set(cell().id, text) }));
      keep();
    },
    patch: (patch) => store.setState(patch),
    settled: () => queue,
  };
}

/** Of each draft what is there of it. */
function given<Part>(
  drafts: ReadonlyMap<string, CellDraft>,
  partOf: (draft: CellDraft) => Part | null,
): ReadonlyMap<string, Part> {
  return new Map(
    [...drafts].flatMap(([cell, draft]) => {
      const part = partOf(draft);
      return part === null ? [] : [[cell, part] as const];
    }),
  );
}

/** Open cells that the plans ask for, in the order they come up after `from`; `given` are on their way. */
export function openCells(
  cells: readonly DrawnCell[],
  state: AuditState,
  given: ReadonlySet<string>,
  from: number,
): number[] {
  return openInTurn(cells, cellsOf(state), (id) => state.cellVerdicts.has(id) || given.has(id), from);
}

function wrapped(yaw: number): number {
  const turned = yaw - 2 * Math.PI * Math.round(yaw / (2 * Math.PI));
  return Math.round(turned * 1e6) / 1e6;
}

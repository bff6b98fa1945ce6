/**
 * A group that is about to be judged, without its looks: which units it holds, where the cursor is, and what is
 * excepted from the common verdict. A store of its own; what is given goes through the desk.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DrawnUnit } from '../../../../shared/audit/events.ts';
import type { Desk } from '../deskContract.ts';
import { type BulkPlan, type Exception, planBulk, unitsOfFrame, unitsOfTrack } from './bulk.ts';

export type BulkScope = 'track' | 'frame' | 'similar';

export interface BulkState {
  /** What the group is; null = none is open. */
  readonly scope: BulkScope | null;
  /** Positions of its units in the order of presentation, as they are shown. */
  readonly positions: readonly number[];
  /** Place in `positions`. */
  readonly cursor: number;
  /** By unit. */
  readonly exceptions: ReadonlyMap<string, Exception>;
  /** Units that are not judged with the others and stay open. */
  readonly leftOut: ReadonlySet<string>;
}

export interface BulkDesk {
  readonly store: StoreApi<BulkState>;
  /** Opens the track or the frame of the unit shown. */
  open(scope: 'track' | 'frame'): void;
  /** Opens these positions, the cursor on the first. */
  openAll(positions: readonly number[]): void;
  /** Closes without judging anything; the unit from before is shown again. */
  close(): void;
  move(by: number): void;
  moveTo(place: number): void;
  unit(): DrawnUnit | null;
  /** The unit under the cursor gets this instead; the same once more takes it away. */
  except(exception: Exception): void;
  /** The unit under the cursor stays open, or is judged after all. */
  toggleLeftOut(): void;
  /** What Enter would do. */
  plan(): BulkPlan;
  /** Gives all of it and closes; nothing where there is nothing to give. */
  give(): void;
}

const closed: BulkState = {
  scope: null,
  positions: [],
  cursor: 0,
  exceptions: new Map(),
  leftOut: new Set(),
};

export function createBulkDesk(desk: Desk): BulkDesk {
  const store = createStore<BulkState>(() => closed);
  const { units } = desk;
  let cameFrom = 0;

  function begin(scope: BulkScope, positions: readonly number[], cursor: number): void {
    cameFrom = desk.store.getState().at;
    // The codes offered are the vendor's, and what is on screen is the unit itself.
    desk.home();
    store.setState({ ...closed, scope, positions, cursor });
  }

  const unit = (): DrawnUnit | null => {
    const { positions, cursor } = store.getState();
    return units[positions[cursor] ?? -1] ?? null;
  };

  function moveTo(place: number): void {
    const { scope, positions } = store.getState();
    const cursor = Math.max(0, Math.min(positions.length - 1, place));
    store.setState({ cursor });
    // The grid shows its units itself; the views behind it need not follow.
    if (scope !== 'similar' && positions[cursor] !== undefined) desk.look(positions[cursor]);
  }

  function plan(): BulkPlan {
    const { positions, exceptions, leftOut } = store.getState();
    const group = positions.map((at) => units[at]!).filter(({ id }) => !leftOut.has(id));
    const { verdicts } = desk.audit();
    return planBulk(group, 'accept', exceptions, ({ id }) => verdicts.has(id));
  }

  function close(): void {
    if (store.getState().scope === null) return;
    store.setState(closed);
    if (desk.store.getState().at !== cameFrom) desk.look(cameFrom);
  }

  return {
    store,
    unit,
    plan,
    close,
    moveTo,
    open(scope) {
      const { at } = desk.store.getState();
      const positions = scope === 'track' ? unitsOfTrack(units, at) : unitsOfFrame(units, at);
      begin(scope, positions, positions.indexOf(at));
    },
    openAll(positions) {
      begin('similar', positions, 0);
    },
    move(by) {
      moveTo(store.getState().cursor + by);
    },
    except(exception) {
      const judged = unit();
      if (!judged?.isInspectable) return;
      const { exceptions: before, leftOut } = store.getState();
      const exceptions = new Map(before);
      if (isSame(exceptions.get(judged.id), exception)) exceptions.delete(judged.id);
      else exceptions.set(judged.id, exception);
      store.setState({ exceptions, leftOut: without(leftOut, judged.id) });
    },
    toggleLeftOut() {
      const judged = unit();
      if (!judged?.isInspectable) return;
      const { exceptions: before, leftOut } = store.getState();
      const exceptions = new Map(before);
      exceptions.delete(judged.id);
      const isOut = leftOut.has(judged.id);
      store.setState({
        exceptions,
        leftOut: isOut ? without(leftOut, judged.id) : new Set(leftOut).add(judged.id),
      });
    },
    give() {
      const { entries } = plan();
      store.setState(closed);
      desk.giveMany(entries);
    },
  };
}

function isSame(standing: Exception | undefined, given: Exception): boolean {
  return standing?.verdict === given.verdict && standing.defects[0]?.code === given.defects[0]?.code;
}

function without(set: ReadonlySet<string>, item: string): ReadonlySet<string> {
  const rest = new Set(set);
  rest.delete(item);
  return rest;
}

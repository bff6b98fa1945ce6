/**
 * The auditor's hand on her own box: takes hold of it in the views, moves it by keys, fits it to its points, takes
 * steps back. Works beside React, since a drag changes with every movement of the mouse; what is finished goes into
 * the unit's draft. The vendor's label is never touched.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Correction } from '../../../../shared/audit/events.ts';
import type { CuboidLimits } from '../../../../shared/audit/specLookup.ts';
import { inBoxAxes } from '../../../../shared/geometry/boxAxes.ts';
import { shiftedBy } from '../../../../shared/geometry/boxDelta.ts';
import { beginDrag } from '../../../../shared/geometry/boxDrag.ts';
import { moved, turned, withFaceMoved } from '../../../../shared/geometry/boxEdits.ts';
import { type FitReason, fitBox } from '../../../../shared/geometry/boxFit.ts';
import { type BoxHandle, handleUnder } from '../../../../shared/geometry/boxHandles.ts';
import { endsOfRuns, snapped } from '../../../../shared/geometry/boxSnap.ts';
import type { CuboidShape } from '../../../../shared/geometry/cuboid.ts';
import type { Cuboid } from '../../../../shared/model/labelRow.ts';
import type { Vec3 } from '../../../../shared/model/pose.ts';
import type { Engine } from '../../../viewport/engineContract.ts';
import type { Drag, PointerPlace } from '../../../viewport/pointing.ts';
import { CloseView, closeDirections } from '../../../viewport/views/closeView.ts';
import { ImageView } from '../../../viewport/views/imageView.ts';
import type { Desk } from '../deskContract.ts';
import { correctionOf, shapeOf } from './correctionBox.ts';
import { cursorOf } from './cursors.ts';
import { type Fineness, stepMeters, stepRadians } from './stepSizes.ts';
import { createSteps } from './steps.ts';

/** What is corrected: the unit's own label, on screen in its own frame. */
export interface Correctable {
  readonly unit: string;
  readonly label: Cuboid;
  readonly limits: CuboidLimits | null;
  /** Of the label's class; null where the spec does not list it. */
  readonly typicalSize: Vec3 | null;
}

/** What the last fit said of itself. */
export type FitNote =
  | { readonly kind: 'too-few'; readonly points: number }
  | { readonly kind: 'fitted'; readonly isSure: boolean; readonly reasons: readonly FitReason[] }
  | { readonly kind: 'unchanged' };

export interface CorrectorState {
  readonly target: Correctable | null;
  /** The box while it is pulled; null = what the draft holds. */
  readonly live: CuboidShape | null;
  /** Under the cursor, or in the hand. */
  readonly held: BoxHandle | null;
  readonly isDragging: boolean;
  /** The face that keys move, as in `faceNames`; null = the whole box. */
  readonly face: number | null;
  readonly note: FitNote | null;
}

export interface Corrector {
  readonly store: StoreApi<CorrectorState>;
  /** Says what is corrected from now on; null = nothing can be. */
  aim(target: Correctable | null): void;
  /** The box as it stands: pulled, drawn, or null where there is none. */
  shape(): CuboidShape | null;
  grab(place: PointerPlace): Drag | null;
  cursorAt(place: PointerPlace): string | null;
  leave(): void;
  /** Lets go of a drag as if it had never been. */
  cancel(): void;
  /** Along the screen of the view from above: right and up; a face in hand goes outwards by right and up. */
  nudge(right: number, up: number, fineness: Fineness): void;
  raise(up: number, fineness: Fineness): void;
  turn(left: number, fineness: Fineness): void;
  /** Front and rear change places. */
  turnRound(): void;
  nextFace(): void;
  fit(): Promise<void>;
  remove(): void;
  /** Takes the last step back; false where there is none on the unit in front. */
  back(): boolean;
  hasSteps(): boolean;
  /** A verdict was given. */
  closeSteps(): void;
}

/** CSS pixels from a line or a place that is taken hold of. */
const reachPixels = 7;
const spreadReachPixels = 9;
/** A face comes to rest at an end of the points within this many CSS pixels. */
const snapPixels = 6;
const fineShare = 0.2;
/** The faces a key goes through: the whole box, then as in `faceNames`. */
const faceRound: readonly (number | null)[] = [null, 0, 1, 2, 3, 4, 5];

const atRest = { live: null, held: null, isDragging: false, face: null, note: null } as const;

/** `engine`: what of it correcting asks. */
export function createCorrector(engine: Pick<Engine, 'facts' | 'pointsNear'>, desk: Desk): Corrector {
  const store = createStore<CorrectorState>(() => ({ target: null, ...atRest }));
  const steps = createSteps();
  let letGo: (() => void) | null = null;

  const kept = (): Correction | null => (store.getState().target ? desk.draft().correction : null);

  function shape(): CuboidShape | null {
    const correction = kept();
    return store.getState().live ?? (correction && shapeOf(correction));
  }

  /** The box that an edit starts from. */
  const base = (target: Correctable): CuboidShape => shape() ?? target.label;

  function keep(
    target: Correctable,
    next: CuboidShape | null,
    source: Correction['source'],
    kind: string | null = null,
  ): void {
    steps.note(target.unit, kept(), kind, performance.now());
    desk.setDraft({ correction: next && correctionOf(target.label, next, source) });
    store.setState({ live: null, note: null });
  }

  function edit(kind: string, change: (from: CuboidShape, target: Correctable) => CuboidShape): void {
    const { target, isDragging } = store.getState();
    if (target && !isDragging) keep(target, change(base(target), target), 'drawn', kind);
  }

  function handleAt(place: PointerPlace): BoxHandle | null {
    const { target } = store.getState();
    const { view } = place;
    const isIn = desk.store.getState().tool === 'correct';
    if (!target || view instanceof ImageView) return null;
    const ray = place.ray();
    if (!ray) return null;
    const isParallel = view instanceof CloseView;
    // Where a drag turns the view, handles would be in its way.
    if (!isParallel && !isIn) return null;
    const reach = isParallel ? view.pickRadius(reachPixels) : view.pickSlope(spreadReachPixels);
    return handleUnder(base(target), ray, { isParallel, reach, isInsideHeld: isIn });
  }

  function grab(place: PointerPlace): Drag | null {
    const { target } = store.getState();
    const handle = handleAt(place);
    const ray = place.ray();
    const { view } = place;
    if (!target || !handle || !ray || view instanceof ImageView) return null;
    const start = base(target);
    const drag = beginDrag(start, handle, ray, view instanceof CloseView);
    const ends = new Map<number, readonly number[]>();
    let points: Float32Array | null = null;
    let isHeld = true;
    void engine.pointsNear(start, 1.5).then((near) => {
      points = near;
    });
    const endsAlong = (axis: number): readonly number[] => {
      if (!points) return [];
      const known = ends.get(axis) ?? endsOfRuns(points, start.size, axis);
      ends.set(axis, known);
      return known;
    };
    const finish = (): void => {
      isHeld = false;
      letGo = null;
      store.setState({ isDragging: false });
    };
    letGo = () => {
      finish();
      store.setState({ live: null });
    };
    store.setState({ held: handle, note: null });
    return {
      move(to, event) {
        const next = to.ray();
        if (!isHeld || !next || view instanceof ImageView) return;
        const distance = Math.hypot(...next.origin.map((value, axis) => value - start.center[axis]!));
        const reach =
          view instanceof CloseView ? view.pickRadius(snapPixels) : distance * view.pickSlope(snapPixels);
        const live = drag.pull(next, {
          share: event.shiftKey ? fineShare : 1,
          snap: event.altKey ? null : (face, at) => snapped(endsAlong(face >> 1), at, reach),
        });
        store.setState({ live, isDragging: true });
      },
      end() {
        const { live } = store.getState();
        if (isHeld && live) keep(target, live, 'drawn');
        if (isHeld) finish();
      },
      cancel: () => letGo?.(),
    };
  }

  return {
    store,
    aim(target) {
      const before = store.getState().target;
      if (before?.unit === target?.unit && before?.label === target?.label) {
        if (before !== target) store.setState({ target });
        return;
      }
      letGo?.();
      store.setState({ target, ...atRest });
    },
    shape,
    grab,
    cursorAt(place) {
      const held = handleAt(place);
      const { held: before, target } = store.getState();
      if (JSON.stringify(held) !== JSON.stringify(before)) store.setState({ held });
      return held && target && cursorOf(held, base(target), place.view);
    },
    leave() {
      if (!store.getState().isDragging) store.setState({ held: null });
    },
    cancel: () => letGo?.(),
    nudge(right, up, fineness) {
      const { face } = store.getState();
      edit(`nudge ${right} ${up} ${face}`, (from) => {
        const step = stepMeters(from.size, fineness);
        if (face !== null) return withFaceMoved(from, face, (right + up) * step);
        const directions = closeDirections('top', engine.facts.getState().isFlipped);
        const way: [number, number, number] = [0, 0, 0];
        way[directions.right[0]] += right * directions.right[1] * step;
        way[directions.up[0]] += up * directions.up[1] * step;
        return moved(from, way);
      });
    },
    raise(up, fineness) {
      edit(`raise ${up}`, (from) => moved(from, [0, 0, up * stepMeters(from.size, fineness)]));
    },
    turn(left, fineness) {
      edit(`turn ${left}`, (from) => turned(from, left * stepRadians(fineness)));
    },
    turnRound: () => edit('round', (from) => turned(from, Math.PI)),
    nextFace() {
      store.setState(({ face }) => ({ face: faceRound[(faceRound.indexOf(face) + 1) % faceRound.length]! }));
    },
    async fit() {
      const { target, isDragging } = store.getState();
      if (!target || isDragging) return;
      const start = base(target);
      const before = kept();
      const near = await engine.pointsNear(start, Math.min(3, Math.max(1, 0.6 * Math.max(...start.size))));
      const now = store.getState();
      // Meanwhile another unit may be in front, or another hand on the box.
      if (!near || now.target?.unit !== target.unit || now.isDragging || kept() !== before) return;
      const fitted = fitBox({
        points: near,
        size: start.size,
        typicalSize: target.typicalSize,
        sensor: inBoxAxes(start, [0, 0, 0]),
      });
      if (!fitted.ok) {
        store.setState({ note: { kind: 'too-few', points: fitted.points } });
        return;
      }
      const proposed = shiftedBy(start, fitted.delta);
      if (correctionOf(start, proposed, 'fitted') === null) {
        store.setState({ note: { kind: 'unchanged' } });
        return;
      }
      keep(target, proposed, 'fitted');
      store.setState({ note: { kind: 'fitted', isSure: fitted.isSure, reasons: fitted.reasons } });
    },
    remove() {
      const { target, isDragging } = store.getState();
      if (target && !isDragging && kept()) keep(target, null, 'drawn');
    },
    back() {
      const { target, isDragging } = store.getState();
      const before = target && !isDragging ? steps.back(target.unit) : undefined;
      if (before === undefined) return false;
      desk.setDraft({ correction: before });
      store.setState({ note: null });
      return true;
    },
    hasSteps() {
      const { target } = store.getState();
      return target !== null && steps.has(target.unit);
    },
    closeSteps: () => steps.close(),
  };
}

/** What turns, flips and zooms the views, all of a kind at once. */
import type { StoreApi } from 'zustand/vanilla';
import type { Vec3 } from '../../shared/model/pose.ts';
import { cellOrbit, cellPath, glideMetersPerSecond } from './cellLook.ts';
import type { Engine, EngineView } from './engineContract.ts';
import type { ViewportFacts } from './shown.ts';
import type { Space } from './space.ts';
import { CloseView } from './views/closeView.ts';
import { birdsEye, ContextView, orbitEye } from './views/contextView.ts';
import { ImageView } from './views/imageView.ts';

export interface ViewControlNeeds {
  readonly views: ReadonlyMap<string, EngineView>;
  readonly space: Space;
  readonly facts: StoreApi<ViewportFacts>;
  readonly inFrame: (place: Vec3) => Vec3;
  /** From the frame's space to the drawn one. */
  readonly drawn: (place: Vec3) => Vec3;
  readonly redraw: () => void;
}

export type ViewControls = Pick<
  Engine,
  | 'setOverlayHidden'
  | 'flip'
  | 'zoomToFace'
  | 'resetViews'
  | 'lookAt'
  | 'lookOver'
  | 'toggleGlide'
  | 'pose'
  | 'onGround'
>;

export function contextViewsOf(views: ReadonlyMap<string, EngineView>): ContextView[] {
  return [...views.values()].filter((view) => view instanceof ContextView);
}

export function createViewControls({
  views,
  space,
  facts,
  inFrame,
  drawn,
  redraw,
}: ViewControlNeeds): ViewControls {
  return {
    setOverlayHidden(isHidden) {
      for (const view of views.values()) {
        if (!(view instanceof ImageView) || view.isOverlayHidden === isHidden) continue;
        view.isOverlayHidden = isHidden;
        view.isDirty = true;
      }
      redraw();
    },
    flip() {
      const isFlipped = !facts.getState().isFlipped;
      facts.setState({ isFlipped });
      for (const view of views.values()) {
        if (!(view instanceof CloseView)) continue;
        view.isFlipped = isFlipped;
        view.reset();
      }
      redraw();
    },
    zoomToFace(axis, sign) {
      for (const view of views.values()) if (view instanceof CloseView) view.zoomToFace(axis, sign);
      redraw();
    },
    resetViews() {
      for (const view of views.values()) {
        if (view instanceof ContextView)
          view.orbit = { ...birdsEye, target: view.orbit.target, distance: 55 };
        else view.reset();
        view.isDirty = true;
      }
      redraw();
    },
    lookAt(place, distance) {
      for (const view of contextViewsOf(views)) {
        view.halt();
        view.orbit = { ...view.orbit, target: drawn(place), distance };
        view.isDirty = true;
      }
      redraw();
    },
    lookOver(cell) {
      for (const view of contextViewsOf(views)) {
        view.halt();
        view.orbit = cellOrbit(cell, space.sensorOnGround());
        view.isDirty = true;
      }
      redraw();
    },
    toggleGlide(cell) {
      for (const view of contextViewsOf(views)) {
        if (view.isEasing) {
          view.halt();
          continue;
        }
        const { near, far } = cellPath(cell, space.sensorOnGround());
        view.orbit = { ...view.orbit, target: near, distance: 28 };
        view.glideTo(far, performance.now(), glideMetersPerSecond);
      }
      redraw();
    },
    pose() {
      for (const view of views.values()) {
        if (!(view instanceof ContextView)) continue;
        return { position: inFrame(orbitEye(view.orbit)), target: inFrame(view.orbit.target) };
      }
      return null;
    },
    onGround(x, y) {
      const [sensorX, sensorY, ground] = space.sensorOnGround();
      return inFrame([sensorX + x, sensorY + y, ground]);
    },
  };
}

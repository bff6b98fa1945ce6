/** Ties a view of the engine to an element of the page: made when shown, gone when not, and moved by the mouse. */
import { type RefObject, use, useEffect, useRef, useState } from 'react';
import type { Engine, EngineView } from '../engine.ts';
import type { Drag, Pointing } from '../pointing.ts';
import { ContextView } from '../views/contextView.ts';
import { listenToGestures } from '../views/gestures.ts';
import { ImageView } from '../views/imageView.ts';
import { useEngine, usePointing } from './engineContext.tsx';
import { LeftButtonContext } from './mouseContext.ts';

export function usePaneView<Kind extends EngineView>(
  id: string,
  make: (engine: Engine, element: HTMLElement) => Kind,
  camera = -1,
): { readonly element: RefObject<HTMLDivElement | null>; readonly view: Kind | null } {
  const engine = useEngine();
  const pointing = usePointing();
  const leftButton = use(LeftButtonContext);
  const leftTurns = useRef(true);
  leftTurns.current = leftButton === 'orbit';
  const element = useRef<HTMLDivElement>(null);
  const [view, setView] = useState<Kind | null>(null);
  const makeView = useRef(make);
  const firstCamera = useRef(camera);
  useEffect(() => {
    const made = makeView.current(engine, element.current!);
    const remove = engine.addView(made, id, firstCamera.current);
    const stopListening = listen(engine, made, id, pointing, leftTurns);
    setView(made);
    return () => {
      stopListening();
      remove();
    };
  }, [engine, id, pointing]);
  useEffect(() => {
    if (view && camera >= 0) engine.setCamera(id, camera);
  }, [engine, view, id, camera]);
  return { element, view };
}

function listen(
  engine: Engine,
  view: EngineView,
  id: string,
  pointing: { readonly current: Pointing },
  leftTurns: { readonly current: boolean },
): () => void {
  const hover = (x: number, y: number): void => {
    if (view instanceof ImageView && !view.isHovered) {
      view.isHovered = true;
      engine.brighten(view);
    }
    const place = engine.placeUnder(id, x, y);
    if (pointing.current.cursor === 'select') engine.setHovered(place?.row() ?? null);
    view.element.style.cursor = (place && pointing.current.cursorAt?.(place)) ?? '';
    engine.pointer = { id, x, y };
  };
  let drag: Drag | null = null;
  return listenToGestures(view.element, {
    onMove: hover,
    onLeave() {
      engine.setHovered(null);
      pointing.current.onLeave?.();
      if (view instanceof ImageView) {
        view.isHovered = false;
        engine.brighten(view);
      }
    },
    onPress(x, y) {
      const place = engine.placeUnder(id, x, y);
      drag = (place && pointing.current.grab?.(place)) ?? null;
    },
    onRelease(isCancelled) {
      if (isCancelled) drag?.cancel();
      else drag?.end();
      drag = null;
    },
    onDrag(dx, dy, button, event, x, y) {
      if (drag) {
        const place = engine.placeUnder(id, x, y);
        if (place) drag.move(place, event);
        return;
      }
      // With Shift the left button does what the right one does.
      const meant = button === 0 && event.shiftKey ? 2 : button;
      const isTurn = view instanceof ContextView && meant === (leftTurns.current ? 0 : 2);
      if (isTurn) view.turnBy(dx, dy);
      else view.panBy(dx, dy);
      engine.redraw();
    },
    onZoom(factor, x, y) {
      view.zoomBy(factor, x, y);
      engine.redraw();
    },
    onDoubleClick() {
      if (view instanceof ContextView) return;
      view.reset();
      engine.redraw();
    },
    onClick(x, y, event) {
      const place = engine.placeUnder(id, x, y);
      if (place) pointing.current.onClick(place, event);
    },
  });
}

/** Where the views lie on the canvas, measured when the page's layout changes and never per frame. */
import type { View } from './views/view.ts';

export interface Layout {
  observe(view: View & { resized(): void }): void;
  forget(view: View): void;
  /** Measures all again; for moves that no size change announces. */
  measure(): void;
  dispose(): void;
}

type LaidOut = View & { resized(): void };

export function createLayout(canvas: HTMLElement, onChange: () => void): Layout {
  const views = new Set<LaidOut>();

  function measure(): void {
    const base = canvas.getBoundingClientRect();
    let hasChanged = false;
    for (const view of views) {
      const box = view.element.getBoundingClientRect();
      const next = {
        left: box.left - base.left,
        top: box.top - base.top,
        width: Math.max(1, box.width),
        height: Math.max(1, box.height),
      };
      const before = view.rectangle;
      const isSame =
        before.left === next.left &&
        before.top === next.top &&
        before.width === next.width &&
        before.height === next.height;
      if (isSame) continue;
      view.rectangle = next;
      view.resized();
      hasChanged = true;
    }
    if (hasChanged) onChange();
  }

  // A pane that grows moves its neighbours, so any change measures them all.
  const observer = new ResizeObserver(measure);
  observer.observe(canvas);

  return {
    observe(view) {
      views.add(view);
      observer.observe(view.element);
      measure();
    },
    forget(view) {
      views.delete(view as LaidOut);
      observer.unobserve(view.element);
    },
    measure,
    dispose() {
      observer.disconnect();
      views.clear();
    },
  };
}

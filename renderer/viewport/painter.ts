/** Draws the views that changed, each into its own rectangle of the one canvas. Allocates nothing. */
import { Color, type WebGLRenderer } from 'three';
import type { Rgb } from './colourMaps.ts';
import type { EngineView } from './engineContract.ts';
import { noteFrame, noteView } from './probe.ts';

export interface Painter {
  /** True: every view is drawn at the next chance, whatever it says itself. */
  isEverythingDirty: boolean;
  setBackground(colour: Rgb): void;
  /** `now` in milliseconds. Answers whether a view moves and wants to be drawn again. */
  draw(renderer: WebGLRenderer, views: ReadonlyMap<string, EngineView>, now: number): boolean;
}

export function createPainter(): Painter {
  const clearColour = new Color();

  function drawView(renderer: WebGLRenderer, view: EngineView, now: number, height: number): void {
    const box = view.rectangle;
    const left = Math.round(box.left);
    const bottom = Math.round(height - box.top - box.height);
    const width = Math.round(box.left + box.width) - left;
    const tall = Math.round(height - box.top) - bottom;
    renderer.setViewport(left, bottom, width, tall);
    renderer.setScissor(left, bottom, width, tall);
    renderer.clear(true, true, false);
    renderer.info.reset();
    view.isDirty = false;
    view.draw(renderer, now);
    noteView(view.drawn, renderer.info.render);
  }

  const painter: Painter = {
    isEverythingDirty: true,
    setBackground: (colour) => void clearColour.setRGB(...colour),
    draw(renderer, views, now) {
      const start = performance.now();
      let isMoving = false;
      renderer.setRenderTarget(null);
      renderer.setScissorTest(true);
      renderer.setClearColor(clearColour, 1);
      const height = renderer.domElement.clientHeight;
      for (const view of views.values()) {
        if (view.isDirty || painter.isEverythingDirty) drawView(renderer, view, now, height);
        if (!view.isMoving) continue;
        view.isDirty = true;
        isMoving = true;
      }
      painter.isEverythingDirty = false;
      noteFrame(views.values(), performance.now() - start);
      return isMoving;
    },
  };
  return painter;
}

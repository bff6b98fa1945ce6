/** The canvas all views are drawn on: its renderer, where the views lie on it, and what happens when the GPU is lost. */
import type { WebGLRenderer } from 'three';
import type { EngineView } from './engineContract.ts';
import { createLayout, type Layout } from './layout.ts';
import { type PointBudget, pointBudgetOf } from './pointBudget.ts';

export interface GlContextNeeds {
  readonly views: ReadonlyMap<string, EngineView>;
  /** Views lie elsewhere on the canvas now. */
  readonly onMoved: () => void;
  readonly onLost: () => void;
  /** There is a GPU again, with nothing on it. */
  readonly onRestored: () => void;
}

/** Before `attach` there is no renderer, and nothing is drawn. */
export interface GlContext {
  readonly renderer: WebGLRenderer | null;
  readonly pointBudget: PointBudget;
  /** Device pixels to a CSS pixel. */
  readonly pixelRatio: number;
  attach(renderer: WebGLRenderer, canvas: HTMLElement, requestFrame: () => void): void;
  /** The canvas and the element it fills. */
  stage(): { readonly canvas: HTMLCanvasElement; readonly element: HTMLElement } | null;
  observe(view: EngineView): void;
  forget(view: EngineView): void;
  /** Finds again where the views lie, for moves that no size change announces. */
  measure(): void;
  /** Asks the canvas's own loop for a frame. */
  requestFrame(): void;
  dispose(): void;
}

export function createGlContext({ views, onMoved, onLost, onRestored }: GlContextNeeds): GlContext {
  let renderer: WebGLRenderer | null = null;
  let pointBudget: PointBudget = { inMotion: 0, atRest: 0 };
  let layout: Layout | null = null;
  let element: HTMLElement | null = null;
  let requestFrame = (): void => undefined;

  function lost(event: Event): void {
    // Only a loss that is taken note of is ever made good.
    event.preventDefault();
    onLost();
  }

  return {
    get renderer() {
      return renderer;
    },
    get pointBudget() {
      return pointBudget;
    },
    get pixelRatio() {
      return renderer?.getPixelRatio() ?? 1;
    },
    attach(gl, canvas, request) {
      renderer = gl;
      pointBudget = pointBudgetOf(gl);
      element = canvas;
      requestFrame = request;
      gl.autoClear = false;
      gl.info.autoReset = false;
      // Everything is drawn in the order it was added; sorting would measure every cloud on this thread first.
      gl.sortObjects = false;
      layout = createLayout(canvas, onMoved);
      for (const view of views.values()) layout.observe(view);
      gl.domElement.addEventListener('webglcontextlost', lost);
      gl.domElement.addEventListener('webglcontextrestored', onRestored);
    },
    stage: () => renderer && element && { canvas: renderer.domElement, element },
    observe: (view) => layout?.observe(view),
    forget: (view) => layout?.forget(view),
    measure: () => layout?.measure(),
    requestFrame: () => requestFrame(),
    dispose() {
      layout?.dispose();
      renderer?.domElement.removeEventListener('webglcontextlost', lost);
      renderer?.domElement.removeEventListener('webglcontextrestored', onRestored);
    },
  };
}

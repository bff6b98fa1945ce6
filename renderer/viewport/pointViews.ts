/** Makes the views of points, and readies the one shared space for each right before it draws. */
import type { Engine } from './engineContract.ts';
import type { EngineState } from './engineState.ts';
import type { GlContext } from './glContext.ts';
import { createDepthEdges } from './gpu/depthEdges.ts';
import { StrokeView } from './gpu/strokes.ts';
import type { Space } from './space.ts';
import { CloseView } from './views/closeView.ts';
import { ContextView } from './views/contextView.ts';

export interface PointViews extends Pick<Engine, 'makeCloseView' | 'makeContextView'> {
  /** Gives back what shading by depth holds on the GPU; it is made anew when it is wanted again. */
  releaseDepthEdges(): void;
}

export function createPointViews(
  space: Space,
  gl: GlContext,
  state: Pick<EngineState, 'options'>,
): PointViews {
  const depthEdges = createDepthEdges();

  function prepareClose(view: CloseView): void {
    const ratio = gl.pixelRatio;
    const width = view.rectangle.width * ratio;
    const height = view.rectangle.height * ratio;
    space.showFor('close', false, Number.POSITIVE_INFINITY, height);
    space.strokes.use(StrokeView[view.face], width, height, ratio);
  }

  function prepareContext(view: ContextView): void {
    const ratio = gl.pixelRatio;
    const width = view.rectangle.width * ratio;
    const height = view.rectangle.height * ratio;
    const most = view.isRestless ? gl.pointBudget.inMotion : gl.pointBudget.atRest;
    space.showFor('context', state.options.showRings, most, height);
    space.strokes.use(StrokeView.context, width, height, ratio);
    if (!state.options.showDepthEdges) return;
    // Points first, shaded by what stands behind them; their lines go over them in the view's own draw.
    space.showOnly('points');
    const size = { width: Math.round(width), height: Math.round(height), pixelRatio: ratio };
    depthEdges.draw(gl.renderer!, space.scene, view.camera, size);
    space.showOnly('lines');
  }

  return {
    makeCloseView: (element, face) => new CloseView(element, face, space.scene, prepareClose),
    makeContextView: (element) => new ContextView(element, space.scene, prepareContext),
    releaseDepthEdges: () => depthEdges.dispose(),
  };
}

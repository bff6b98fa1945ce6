/** How everything looks: options and palette reach the space, the pictures and what is drawn over them. */
import type { Engine, EngineView } from './engineContract.ts';
import type { EngineState } from './engineState.ts';
import type { GlContext } from './glContext.ts';
import type { Painter } from './painter.ts';
import type { Space } from './space.ts';
import { asksForOtherPoints, isOnlyTone } from './viewOptions.ts';
import { CloseView, closeShare } from './views/closeView.ts';
import { ImageView } from './views/imageView.ts';

export interface DressingNeeds {
  readonly state: EngineState;
  readonly views: ReadonlyMap<string, EngineView>;
  readonly space: Space;
  readonly gl: GlContext;
  readonly painter: Painter;
  /** The shown frame asks for other points now. */
  readonly showAgain: () => void;
  /** Draws again what is on screen: the tints of labels, the pictures, the strokes. */
  readonly restroke: () => void;
  readonly releaseDepthEdges: () => void;
  readonly redraw: () => void;
  readonly dirtyAll: () => void;
}

export interface Dressing extends Pick<Engine, 'setOptions' | 'setPalette' | 'brighten'> {
  /** Sets a picture's tone and the size of points over it. */
  dressPicture(view: ImageView): void;
}

export function createDressing(needs: DressingNeeds): Dressing {
  const { state, views, space, gl, painter, redraw, dirtyAll } = needs;

  function dressPicture(view: ImageView): void {
    const { pointPixels, pictureStrength, pictureBrightness, pictureContrast } = state.options;
    const tone = { strength: pictureStrength, brightness: pictureBrightness, contrast: pictureContrast };
    view.dress(tone, state.palette.background, pointPixels * gl.pixelRatio, space.ramps.values);
  }

  const setOptions: Engine['setOptions'] = (next) => {
    const before = state.options;
    state.options = next;
    if (isOnlyTone(before, next)) {
      // Under a slider: the pictures and what is drawn into them stay as they are.
      for (const view of views.values()) if (view instanceof ImageView) dressPicture(view);
      redraw();
      return;
    }
    if (asksForOtherPoints(before, next)) needs.showAgain();
    if (!next.showDepthEdges) needs.releaseDepthEdges();
    for (const view of views.values()) if (view instanceof CloseView) view.setFilled(closeShare(next));
    space.setColouring(next.colouring);
    space.setPointSize({ pixels: next.pointPixels, meters: next.pointMeters }, gl.pixelRatio);
    space.setLimits(next);
    needs.restroke();
    dirtyAll();
  };

  return {
    dressPicture,
    setOptions,
    setPalette(next) {
      state.palette = next;
      painter.setBackground(next.background);
      space.dress(next);
      setOptions(state.options);
    },
    brighten(view) {
      dressPicture(view);
      redraw();
    },
  };
}

/** Puts data on the GPU before it is needed, so that showing it later is a swap of pointers. */
import { PerspectiveCamera, Scene, type WebGLRenderer, WebGLRenderTarget } from 'three';
import type { ImageTexture } from './gpu/imagePlane.ts';
import type { SweepPart, SweepPoints } from './gpu/sweepPoints.ts';

export interface Uploads {
  /** A texture directly, the first part of a sweep by drawing one of its points where nobody sees it. */
  now(item: SweepPoints | ImageTexture): void;
  /** A further part of a large sweep. */
  part(part: SweepPart): void;
  dispose(): void;
}

/** Before there is a renderer nothing is uploaded; the first draw then does it. */
export function createUploads(rendererOf: () => WebGLRenderer | null): Uploads {
  const target = new WebGLRenderTarget(1, 1);
  const scene = new Scene();
  const camera = new PerspectiveCamera();
  function drawOnePoint(renderer: WebGLRenderer, { whole }: SweepPart): void {
    const { count } = whole.geometry.drawRange;
    whole.geometry.setDrawRange(0, Math.min(1, count));
    const { visible, parent } = whole;
    whole.visible = true;
    scene.add(whole);
    renderer.setScissorTest(false);
    renderer.setRenderTarget(target);
    renderer.render(scene, camera);
    renderer.setRenderTarget(null);
    scene.remove(whole);
    parent?.add(whole);
    whole.visible = visible;
    whole.geometry.setDrawRange(0, count);
  }

  return {
    part(part) {
      const renderer = rendererOf();
      if (renderer) drawOnePoint(renderer, part);
    },
    now(item) {
      const renderer = rendererOf();
      if (!renderer) return;
      if ('texture' in item) {
        renderer.initTexture(item.texture);
        return;
      }
      drawOnePoint(renderer, item.parts[0]!);
    },
    dispose: () => target.dispose(),
  };
}

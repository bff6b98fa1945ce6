/** Puts data on the GPU before it is needed, so that showing it later is a swap of pointers. */
import { PerspectiveCamera, Scene, type WebGLRenderer, WebGLRenderTarget } from 'three';
import type { ImageTexture } from './gpu/imagePlane.ts';
import type { SweepPoints } from './gpu/sweepPoints.ts';

export interface Uploads {
  /** A texture directly, a sweep by drawing one of its points where nobody sees it. */
  now(item: SweepPoints | ImageTexture): void;
  dispose(): void;
}

/** Before there is a renderer nothing is uploaded; the first draw then does it. */
export function createUploads(rendererOf: () => WebGLRenderer | null): Uploads {
  const target = new WebGLRenderTarget(1, 1);
  const scene = new Scene();
  const camera = new PerspectiveCamera();
  return {
    now(item) {
      const renderer = rendererOf();
      if (!renderer) return;
      if ('texture' in item) {
        renderer.initTexture(item.texture);
        return;
      }
      const { count } = item.loaded.sweep;
      item.whole.geometry.setDrawRange(0, Math.min(1, count));
      scene.add(item.whole);
      renderer.setScissorTest(false);
      renderer.setRenderTarget(target);
      renderer.render(scene, camera);
      renderer.setRenderTarget(null);
      scene.remove(item.whole);
      item.whole.geometry.setDrawRange(0, count);
    },
    dispose: () => target.dispose(),
  };
}

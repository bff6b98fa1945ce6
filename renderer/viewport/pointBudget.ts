/** How many points a view may draw: what a graphics processor takes lightly, a processor that plays one does not. */
import type { WebGLRenderer } from 'three';

export interface PointBudget {
  /** While the camera moves. */
  readonly inMotion: number;
  /** Once it rests. */
  readonly atRest: number;
}

const byGraphics: PointBudget = { inMotion: 2_000_000, atRest: Number.POSITIVE_INFINITY };
const byProcessor: PointBudget = { inMotion: 500_000, atRest: 2_000_000 };

/** Names of WebGL drivers that draw in software. */
const software = /swiftshader|llvmpipe|softpipe|software|basic render/i;

export function pointBudgetOf(renderer: WebGLRenderer): PointBudget {
  const gl = renderer.getContext();
  const named = gl.getExtension('WEBGL_debug_renderer_info');
  const driver = named ? String(gl.getParameter(named.UNMASKED_RENDERER_WEBGL)) : '';
  return software.test(driver) ? byProcessor : byGraphics;
}

/** Drivers that draw in software get fewer points; a driver that does not say its name is taken for hardware. */
import type { WebGLRenderer } from 'three';
import { expect, test } from 'vitest';
import { pointBudgetOf } from '../../../renderer/viewport/pointBudget.ts';

const UNMASKED = 0x9246;

/** As much of a renderer as is asked: a context whose driver has this name, or does not tell it. */
function rendererOf(driver: string | null): WebGLRenderer {
  const context = {
    getExtension: (name: string) =>
      name === 'WEBGL_debug_renderer_info' && driver !== null ? { UNMASKED_RENDERER_WEBGL: UNMASKED } : null,
    getParameter: (what: number) => (what === UNMASKED ? driver : null),
  };
  return { getContext: () => context } as unknown as WebGLRenderer;
}

test.each([
  'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
  'llvmpipe (LLVM 15.0.7, 256 bits)',
  'softpipe',
  'ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0)',
  'Apple Software Renderer',
])('a processor draws: %s', (driver) => {
  const { inMotion, atRest } = pointBudgetOf(rendererOf(driver));
  expect(inMotion).toBeLessThan(atRest);
  expect(Number.isFinite(atRest)).toBe(true);
  expect(inMotion).toBeLessThan(pointBudgetOf(rendererOf('NVIDIA GeForce')).inMotion);
});

test.each([
  'ANGLE (NVIDIA, NVIDIA GeForce RTX 4070 Direct3D11 vs_5_0 ps_5_0)',
  'Mesa Intel(R) UHD Graphics 620 (KBL GT2)',
  'Apple M2',
  null,
])('all points at rest: %s', (driver) => {
  expect(pointBudgetOf(rendererOf(driver)).atRest).toBe(Number.POSITIVE_INFINITY);
});

/**
 * Read-only facts for end-to-end tests and benches: what the last frame drew and what the GPU holds. Nothing in the
 * product reads it.
 */
import type { WebGLRenderer } from 'three';

export interface ViewportProbe {
  /** Sums over what all views show. */
  drawn(): {
    readonly points: number;
    readonly lines: number;
    readonly drawCalls: number;
    readonly cuboids: number;
  };
  /** Objects on the GPU; back to zero once the screen is left. */
  gpu(): { readonly geometries: number; readonly textures: number };
  /** Bytes held by the ring of prefetched frames. */
  ringBytes(): number;
  /** Frames drawn since the page was opened. */
  frameId: number;
  /** Milliseconds of this thread that the last frame took. */
  frameMs: number;
  /** What is on screen: `frame row`, or '' while nothing is. */
  shown: string;
}

declare global {
  interface Window {
    assayProbe?: ViewportProbe;
  }
}

let renderer: WebGLRenderer | null = null;
let cuboids = 0;
let ringBytes: () => number = () => 0;
const last = { points: 0, lines: 0, drawCalls: 0, cuboids: 0 };

const probe: ViewportProbe = {
  drawn: () => ({ ...last }),
  gpu: () => ({
    geometries: renderer?.info.memory.geometries ?? 0,
    textures: renderer?.info.memory.textures ?? 0,
  }),
  ringBytes: () => ringBytes(),
  frameId: 0,
  frameMs: 0,
  shown: '',
};

export function observeRenderer(observed: WebGLRenderer, bytes: () => number): void {
  renderer = observed;
  ringBytes = bytes;
  window.assayProbe = probe;
}

/** What one view drew when it was last drawn; views that did not change keep their picture and their numbers. */
export interface ViewDrawn {
  points: number;
  lines: number;
  drawCalls: number;
}

/** Called after a view was drawn; copies numbers, allocates nothing. */
export function noteView(drawn: ViewDrawn, render: { points: number; lines: number; calls: number }): void {
  drawn.points = render.points;
  drawn.lines = render.lines;
  drawn.drawCalls = render.calls;
}

/** Called once after each frame; adds up what the views on screen show. */
export function noteFrame(views: Iterable<{ readonly drawn: ViewDrawn }>, milliseconds: number): void {
  last.points = 0;
  last.lines = 0;
  last.drawCalls = 0;
  for (const { drawn } of views) {
    last.points += drawn.points;
    last.lines += drawn.lines;
    last.drawCalls += drawn.drawCalls;
  }
  last.cuboids = cuboids;
  probe.frameId++;
  probe.frameMs = milliseconds;
}

export function noteShown(frame: number | null, row: number | null, cuboidCount: number): void {
  cuboids = cuboidCount;
  probe.shown = frame === null ? '' : `${frame} ${row ?? ''}`.trim();
}

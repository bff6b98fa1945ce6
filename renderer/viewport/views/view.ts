/** What every view on the one canvas is: a rectangle of the page, a way to draw itself, and small tags over it. */
import type { WebGLRenderer } from 'three';
import type { Vec3 } from '../../../shared/model/pose.ts';
import type { ViewDrawn } from '../probe.ts';
import type { ViewCamera } from './viewCamera.ts';

/** CSS pixels from the canvas's top left corner. */
export interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

export interface View {
  readonly element: HTMLElement;
  readonly camera: ViewCamera;
  rectangle: Rectangle;
  /** Set whenever something it shows has changed; the canvas redraws dirty views only. */
  isDirty: boolean;
  /** Counts of its last draw, for tests. */
  readonly drawn: ViewDrawn;
  /** True while it wants to be drawn again without being asked (a camera easing in). */
  readonly isMoving: boolean;
  /** Where the auditor made it look, in numbers of its own; null while it stands as usual. */
  readonly stance: readonly number[] | null;
  /** Looks there again. Numbers that are not its own change nothing. */
  takeStance(stance: readonly number[]): void;
  /** Draws into the scissored rectangle, which has been cleared. `now` in milliseconds. */
  draw(renderer: WebGLRenderer, now: number): void;
  dispose(): void;
}

/** A word pinned to a place in the scene. Its element is moved after each draw of its view, never re-rendered. */
export interface Tag {
  readonly element: HTMLElement;
  place: Vec3;
}

export function moveTags(tags: readonly Tag[], camera: ViewCamera, { width, height }: Rectangle): void {
  for (const { element, place } of tags) {
    const at = camera.project(place);
    const isInside = at !== null && Math.abs(at[0]) <= 1 && Math.abs(at[1]) <= 1;
    element.style.visibility = isInside ? 'visible' : 'hidden';
    if (!isInside) continue;
    const x = Math.round((at[0] * 0.5 + 0.5) * width);
    const y = Math.round((0.5 - at[1] * 0.5) * height);
    element.style.transform = `translate(${x}px, ${y}px)`;
  }
}

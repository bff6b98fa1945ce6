/**
 * The 3D view around the label: orbit, pan and zoom. It begins in bird's-eye and eases to the next label, since a
 * jump would lose the auditor's sense of where she is.
 */
import type { Scene, WebGLRenderer } from 'three';
import type { Vec3 } from '../../../shared/model/pose.ts';
import { moveTags, type Rectangle, type Tag, type View } from './view.ts';
import { type Axes, ViewCamera } from './viewCamera.ts';

/** Tangent of half the field of view: 50 degrees from top to bottom. */
const halfTangent = Math.tan((25 * Math.PI) / 180);
const nearest = 2;
const farthest = 400;
const easeMs = 140;
const restMs = 140;
const steepest = Math.PI / 2 - 1e-3;

export interface Orbit {
  readonly target: Vec3;
  /** Metres from target to eye. */
  readonly distance: number;
  /** Direction looked in, seen from above: 0 = along +x. Radians. */
  readonly azimuth: number;
  /** Above the horizon, radians; pi / 2 looks straight down. */
  readonly elevation: number;
}

export const birdsEye: Orbit = {
  target: [0, 0, 0],
  distance: 70,
  azimuth: 0,
  elevation: (62 * Math.PI) / 180,
};

export function orbitAxes({ azimuth, elevation }: Orbit): Axes {
  const [sa, ca] = [Math.sin(azimuth), Math.cos(azimuth)];
  const [se, ce] = [Math.sin(elevation), Math.cos(elevation)];
  return { right: [sa, -ca, 0], up: [se * ca, se * sa, ce], back: [-ce * ca, -ce * sa, se] };
}

export function orbitEye(orbit: Orbit): Vec3 {
  const { back } = orbitAxes(orbit);
  const [x, y, z] = orbit.target;
  return [x + back[0] * orbit.distance, y + back[1] * orbit.distance, z + back[2] * orbit.distance];
}

export class ContextView implements View {
  readonly element: HTMLElement;
  readonly camera = new ViewCamera();
  readonly tags: Tag[] = [];
  rectangle: Rectangle = { left: 0, top: 0, width: 1, height: 1 };
  isDirty = true;
  readonly drawn = { points: 0, lines: 0, drawCalls: 0 };
  orbit: Orbit = birdsEye;
  /** There is more to draw than a moving picture has time for. */
  isDear = false;
  #easing: {
    readonly from: Vec3;
    readonly to: Vec3;
    readonly start: number;
    readonly ms: number;
    readonly isSteady: boolean;
  } | null = null;
  #movedAt = Number.NEGATIVE_INFINITY;
  #scene: Scene;
  #prepare: (view: ContextView) => void;

  constructor(element: HTMLElement, scene: Scene, prepare: (view: ContextView) => void) {
    this.element = element;
    this.#scene = scene;
    this.#prepare = prepare;
  }

  get isMoving(): boolean {
    return this.isEasing || this.isRestless;
  }

  get isEasing(): boolean {
    return this.#easing !== null;
  }

  /** True from a movement until it has rested for a moment: what is dear to draw can wait that long. */
  get isRestless(): boolean {
    return this.isDear && performance.now() - this.#movedAt < restMs;
  }

  get stance(): readonly number[] {
    const { target, distance, azimuth, elevation } = this.orbit;
    return [...target, distance, azimuth, elevation];
  }

  takeStance([x, y, z, distance, azimuth, elevation]: readonly number[]): void {
    if (x === undefined || y === undefined || z === undefined || azimuth === undefined) return;
    if (!(distance && distance >= nearest && distance <= farthest)) return;
    if (!(elevation && elevation > 0 && elevation <= steepest)) return;
    this.#easing = null;
    this.orbit = { target: [x, y, z], distance, azimuth, elevation };
  }

  /** Moves the target; `isEased` false (and people who ask for less motion) jumps. */
  lookAt(target: Vec3, now: number, isEased: boolean): void {
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches || !isEased;
    if (isStill) {
      this.orbit = { ...this.orbit, target };
      this.#easing = null;
    } else {
      this.#easing = { from: this.orbit.target, to: target, start: now, ms: easeMs, isSteady: false };
    }
    this.isDirty = true;
  }

  /** Moves the target at a steady pace, metres a second: a sweep through what is searched. */
  glideTo(target: Vec3, now: number, speed: number): void {
    const from = this.orbit.target;
    const meters = Math.hypot(target[0] - from[0], target[1] - from[1], target[2] - from[2]);
    this.#easing = { from, to: target, start: now, ms: Math.max(1, (1000 * meters) / speed), isSteady: true };
    this.isDirty = true;
  }

  /** Stops where it is. */
  halt(): void {
    this.#easing = null;
  }

  turnBy(dx: number, dy: number): void {
    this.#movedAt = performance.now();
    const elevation = Math.min(steepest, Math.max(0.02, this.orbit.elevation + dy * 0.006));
    this.orbit = { ...this.orbit, azimuth: this.orbit.azimuth - dx * 0.006, elevation };
    this.isDirty = true;
  }

  /** Moves along the ground, so that what was under the cursor stays under it. */
  panBy(dx: number, dy: number): void {
    this.#movedAt = performance.now();
    this.#easing = null;
    const { azimuth, elevation, distance, target } = this.orbit;
    const metersPerPixel = (2 * halfTangent * distance) / this.rectangle.height;
    const forward = (dy * metersPerPixel) / Math.max(0.3, Math.sin(elevation));
    const aside = -dx * metersPerPixel;
    const [sa, ca] = [Math.sin(azimuth), Math.cos(azimuth)];
    this.orbit = {
      ...this.orbit,
      target: [target[0] + forward * ca + aside * sa, target[1] + forward * sa - aside * ca, target[2]],
    };
    this.isDirty = true;
  }

  zoomBy(factor: number): void {
    this.#movedAt = performance.now();
    const distance = Math.min(farthest, Math.max(nearest, this.orbit.distance * factor));
    this.orbit = { ...this.orbit, distance };
    this.isDirty = true;
  }

  resized(): void {
    this.isDirty = true;
  }

  draw(renderer: WebGLRenderer, now: number): void {
    this.#ease(now);
    const { width, height } = this.rectangle;
    this.camera.setPerspective(
      orbitEye(this.orbit),
      orbitAxes(this.orbit),
      halfTangent,
      width / height,
      0.5,
      1200,
    );
    this.#prepare(this);
    renderer.render(this.#scene, this.camera);
    moveTags(this.tags, this.camera, this.rectangle);
  }

  /** Radius a pixel covers per metre of distance: the slope of the picking cone. */
  pickSlope(pixels: number): number {
    return (pixels * 2 * halfTangent) / this.rectangle.height;
  }

  dispose(): void {
    this.#easing = null;
  }

  #ease(now: number): void {
    if (!this.#easing) return;
    const { from, to, start, ms, isSteady } = this.#easing;
    const t = Math.min(1, (now - start) / ms);
    const share = isSteady ? t : 1 - (1 - t) ** 3;
    const at = (axis: 0 | 1 | 2): number => from[axis] + share * (to[axis] - from[axis]);
    this.orbit = { ...this.orbit, target: [at(0), at(1), at(2)] };
    this.#movedAt = performance.now();
    if (t === 1) this.#easing = null;
  }
}

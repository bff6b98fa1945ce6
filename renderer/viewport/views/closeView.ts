/**
 * An orthographic view along one of the label's own axes: what the geometry of a label is judged in. It shows the
 * slab around the label only, so nothing in front or behind hides its points.
 */
import type { Scene, WebGLRenderer } from 'three';
import type { CuboidShape } from '../../../shared/geometry/cuboid.ts';
import { rotationFromQuaternion } from '../../../shared/geometry/rotation.ts';
import type { Vec3 } from '../../../shared/model/pose.ts';
import type { ViewOptions } from '../viewOptions.ts';
import { moveTags, type Rectangle, type Tag, type View } from './view.ts';
import { type Axes, ViewCamera } from './viewCamera.ts';

export const closeFaces = ['top', 'side', 'end'] as const;
/** `side` looks from the label's right (flipped: left), `end` from its rear (flipped: front), `top` from above. */
export type CloseFace = (typeof closeFaces)[number];

/** Metres of the surroundings that the slab keeps before and behind the label. */
export const slabMarginMeters = 0.5;
/** Share of the view that the label and its tolerance shell fill; less where words stand beside it. */
const filledAlone = 0.74;
const filledWithWords = 0.5;

/** How much of a close view the label fills, by what stands beside it. */
export function closeShare(options: Pick<ViewOptions, 'showDimensions' | 'showFaceGaps'>): number {
  return options.showDimensions || options.showFaceGaps ? filledWithWords : filledAlone;
}

const closest = 0.0005;
const farthest = 0.25;

/** The label's axis shown to the right and upwards, with sign: [axis, sign]. */
type Direction = readonly [axis: 0 | 1 | 2, sign: 1 | -1];

export function closeDirections(face: CloseFace, isFlipped: boolean): { right: Direction; up: Direction } {
  if (face === 'top') {
    return isFlipped ? { right: [0, 1], up: [1, 1] } : { right: [1, -1], up: [0, 1] };
  }
  if (face === 'side') return { right: [0, isFlipped ? -1 : 1], up: [2, 1] };
  return { right: [1, isFlipped ? 1 : -1], up: [2, 1] };
}

/** Axes of the view in the drawn space, from the label's rotation. */
export function closeAxes(face: CloseFace, isFlipped: boolean, rotation: Float64Array): Axes {
  const { right, up } = closeDirections(face, isFlipped);
  const axis = ([index, sign]: Direction): Vec3 => [
    sign * rotation[index]!,
    sign * rotation[3 + index]!,
    sign * rotation[6 + index]!,
  ];
  const [r, u] = [axis(right), axis(up)];
  return {
    right: r,
    up: u,
    back: [r[1] * u[2] - r[2] * u[1], r[2] * u[0] - r[0] * u[2], r[0] * u[1] - r[1] * u[0]],
  };
}

export interface CloseViewState {
  /** The label in the drawn space. */
  readonly shape: CuboidShape;
  readonly toleranceMeters: number;
}

export class CloseView implements View {
  readonly element: HTMLElement;
  readonly camera = new ViewCamera();
  readonly face: CloseFace;
  readonly tags: Tag[] = [];
  readonly isMoving = false;
  rectangle: Rectangle = { left: 0, top: 0, width: 1, height: 1 };
  isDirty = true;
  readonly drawn = { points: 0, lines: 0, drawCalls: 0 };
  isFlipped = false;
  /** Metres a CSS pixel; told to the caption whenever it changes. */
  metersPerPixel = 0.03;
  onScale: ((metersPerPixel: number) => void) | null = null;
  #filled = filledAlone;
  #state: CloseViewState | null = null;
  #isTouched = false;
  /** Middle of the view in view metres from the label's centre. */
  #offset: [number, number] = [0, 0];
  #scene: Scene;
  #prepare: (view: CloseView) => void;

  /** `prepare` switches the shared scene to what close views show. */
  constructor(element: HTMLElement, face: CloseFace, scene: Scene, prepare: (view: CloseView) => void) {
    this.element = element;
    this.face = face;
    this.#scene = scene;
    this.#prepare = prepare;
  }

  get axes(): Axes {
    return closeAxes(
      this.face,
      this.isFlipped,
      rotationFromQuaternion(this.#state?.shape.rotation ?? [0, 0, 0, 1]),
    );
  }

  show(state: CloseViewState | null): void {
    this.#state = state;
    this.reset();
  }

  /** Makes room around the label, or takes it back. A view the auditor zoomed stays as it is. */
  setFilled(share: number): void {
    if (share === this.#filled) return;
    this.#filled = share;
    this.resized();
  }

  reset(): void {
    this.#isTouched = false;
    this.#offset = [0, 0];
    this.#fit();
    this.isDirty = true;
  }

  /** Keeps what the auditor zoomed to; a view not touched fits its new size. */
  resized(): void {
    if (!this.#isTouched) this.#fit();
    this.isDirty = true;
  }

  zoomBy(factor: number, x: number, y: number): void {
    const before = this.metersPerPixel;
    const after = Math.min(farthest, Math.max(closest, before * factor));
    // The place under the cursor stays where it is.
    this.#offset[0] += (x - this.rectangle.width / 2) * (before - after);
    this.#offset[1] -= (y - this.rectangle.height / 2) * (before - after);
    this.#setScale(after);
    this.#isTouched = true;
    this.isDirty = true;
  }

  panBy(dx: number, dy: number): void {
    this.#offset[0] -= dx * this.metersPerPixel;
    this.#offset[1] += dy * this.metersPerPixel;
    this.#isTouched = true;
    this.isDirty = true;
  }

  /** Looks at the middle of one face (axis 0..2, sign) from near by, where this view shows that face from aside. */
  zoomToFace(axis: number, sign: 1 | -1): void {
    this.reset();
    if (!this.#state) return;
    const { right, up } = closeDirections(this.face, this.isFlipped);
    const half = this.#state.shape.size[axis]! / 2;
    if (right[0] === axis) this.#offset = [sign * right[1] * half, 0];
    else if (up[0] === axis) this.#offset = [0, sign * up[1] * half];
    this.#setScale(Math.max(closest, this.metersPerPixel / 3));
    this.#isTouched = true;
  }

  get stance(): readonly number[] | null {
    return this.#isTouched ? [...this.#offset, this.metersPerPixel] : null;
  }

  takeStance([right, up, scale]: readonly number[]): void {
    if (right === undefined || up === undefined || !(scale && scale >= closest && scale <= farthest)) return;
    this.#offset = [right, up];
    this.#setScale(scale);
    this.#isTouched = true;
  }

  /** Half a CSS pixel's worth of metres times `pixels`: the radius within which a click means a point. */
  pickRadius(pixels: number): number {
    return pixels * this.metersPerPixel;
  }

  draw(renderer: WebGLRenderer): void {
    if (!this.#state) return;
    const { shape } = this.#state;
    const { width, height } = this.rectangle;
    const axes = this.axes;
    const [right, up] = this.#offset;
    const center: Vec3 = [
      shape.center[0] + right * axes.right[0] + up * axes.up[0],
      shape.center[1] + right * axes.right[1] + up * axes.up[1],
      shape.center[2] + right * axes.right[2] + up * axes.up[2],
    ];
    const depthAxis = this.face === 'top' ? 2 : this.face === 'side' ? 1 : 0;
    const depth = shape.size[depthAxis]! / 2 + slabMarginMeters;
    this.camera.setOrthographic(
      center,
      axes,
      width * this.metersPerPixel,
      height * this.metersPerPixel,
      depth,
    );
    this.#prepare(this);
    renderer.render(this.#scene, this.camera);
    moveTags(this.tags, this.camera, this.rectangle);
  }

  dispose(): void {
    this.#state = null;
  }

  #fit(): void {
    if (!this.#state) return;
    const { shape, toleranceMeters } = this.#state;
    const { right, up } = closeDirections(this.face, this.isFlipped);
    const extent = (axis: number): number => shape.size[axis]! + 2 * toleranceMeters;
    this.#setScale(
      Math.min(
        farthest,
        Math.max(
          closest,
          extent(right[0]) / (this.#filled * this.rectangle.width),
          extent(up[0]) / (this.#filled * this.rectangle.height),
        ),
      ),
    );
  }

  #setScale(metersPerPixel: number): void {
    this.metersPerPixel = metersPerPixel;
    this.onScale?.(metersPerPixel);
  }
}

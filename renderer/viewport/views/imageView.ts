/** One camera's picture with the labels drawn into it; fitted to the label as a tight crop, or shown whole. */
import { type DataTexture, Scene, type WebGLRenderer } from 'three';
import type { Ltrb } from '../../../shared/geometry/polygon.ts';
import type { ProjectedPoints } from '../../workers/protocol.ts';
import { createImagePlane, type ImageTexture, type PictureTone } from '../gpu/imagePlane.ts';
import { createStrokes, StrokeView } from '../gpu/strokes.ts';
import type { Rectangle, View } from './view.ts';
import { ViewCamera } from './viewCamera.ts';

export type ImageFit = 'crop' | 'whole';

/** Room left around a crop, as a share of the label's larger side, and the least crop in pixels. */
const cropMargin = 0.2;
const leastCropPixels = 32;
const mostScale = 12;

/** The part of the picture that shows `hull` with its surroundings. */
export function cropAround(hull: Ltrb, width: number, height: number): Ltrb {
  const [left, top, right, bottom] = hull;
  const margin = Math.max(
    cropMargin * Math.max(right - left, bottom - top),
    (leastCropPixels - (right - left)) / 2,
    6,
  );
  return [
    Math.max(-0.5, left - margin),
    Math.max(-0.5, top - margin),
    Math.min(width - 0.5, right + margin),
    Math.min(height - 0.5, bottom + margin),
  ];
}

export class ImageView implements View {
  readonly element: HTMLElement;
  readonly camera = new ViewCamera();
  readonly strokes = createStrokes();
  readonly isMoving = false;
  rectangle: Rectangle = { left: 0, top: 0, width: 1, height: 1 };
  isDirty = true;
  readonly drawn = { points: 0, lines: 0, drawCalls: 0 };
  isHovered = false;
  isOverlayHidden = false;
  #fit: ImageFit;
  #plane = createImagePlane();
  #scene = new Scene();
  #image: ImageTexture | null = null;
  #focus: Ltrb | null = null;
  #isTouched = false;
  /** Middle of the view in image pixels, and image pixels a CSS pixel. */
  #center: [number, number] = [0, 0];
  #scale = 1;

  constructor(element: HTMLElement, fit: ImageFit) {
    this.element = element;
    this.#fit = fit;
    this.#scene.matrixWorldAutoUpdate = false;
    this.#scene.add(this.#plane.quad, this.#plane.points, this.strokes.object);
  }

  get hasImage(): boolean {
    return this.#image !== null;
  }

  /** `focus`: the label's hull in this picture; null shows the whole. */
  show(image: ImageTexture | null, focus: Ltrb | null): void {
    const isSame = image === this.#image && String(focus) === String(this.#focus);
    this.#image = image;
    this.#focus = focus;
    if (image) this.#plane.show(image);
    // The same picture of the same label keeps the auditor's zoom.
    if (isSame) this.isDirty = true;
    else this.reset();
  }

  setPoints(projected: ProjectedPoints | null): void {
    this.#plane.setPoints(projected);
    this.isDirty = true;
  }

  /** The tone it rests in; under the cursor it has its full strength. */
  dress(
    tone: PictureTone,
    background: readonly [number, number, number],
    pointPixels: number,
    ramp: DataTexture,
  ): void {
    this.#plane.setTone(this.isHovered ? { ...tone, strength: 1 } : tone, background);
    this.#plane.setPointStyle(pointPixels, 80, ramp);
    this.isDirty = true;
  }

  setFit(fit: ImageFit): void {
    this.#fit = fit;
    this.reset();
  }

  reset(): void {
    this.#isTouched = false;
    this.#applyFit();
    this.isDirty = true;
  }

  resized(): void {
    if (!this.#isTouched) this.#applyFit();
    this.isDirty = true;
  }

  zoomBy(factor: number, x: number, y: number): void {
    const scale = Math.min(mostScale, Math.max(1 / 64, this.#scale * factor));
    this.#center[0] += (x - this.rectangle.width / 2) * (this.#scale - scale);
    this.#center[1] += (y - this.rectangle.height / 2) * (this.#scale - scale);
    this.#scale = scale;
    this.#isTouched = true;
    this.isDirty = true;
  }

  panBy(dx: number, dy: number): void {
    this.#center[0] -= dx * this.#scale;
    this.#center[1] -= dy * this.#scale;
    this.#isTouched = true;
    this.isDirty = true;
  }

  /** Image pixel under a place of the view (CSS pixels from its top left corner). */
  pixelAt(x: number, y: number): readonly [number, number] {
    return [
      this.#center[0] + (x - this.rectangle.width / 2) * this.#scale,
      this.#center[1] + (y - this.rectangle.height / 2) * this.#scale,
    ];
  }

  draw(renderer: WebGLRenderer): void {
    if (!this.#image) return;
    const { width, height } = this.rectangle;
    const [u, v] = this.#center;
    const halfWidth = (width * this.#scale) / 2;
    const halfHeight = (height * this.#scale) / 2;
    this.camera.setPixels(u - halfWidth, v - halfHeight, u + halfWidth, v + halfHeight);
    const ratio = renderer.getPixelRatio();
    this.strokes.use(StrokeView.image, width * ratio, height * ratio, ratio);
    const arePointsShown = this.#plane.points.visible;
    this.strokes.object.visible = !this.isOverlayHidden && this.strokes.count > 0;
    this.#plane.points.visible = arePointsShown && !this.isOverlayHidden;
    renderer.render(this.#scene, this.camera);
    this.#plane.points.visible = arePointsShown;
  }

  dispose(): void {
    this.#plane.dispose();
    this.strokes.dispose();
    this.#image = null;
  }

  #applyFit(): void {
    if (!this.#image) return;
    const { width, height } = this.#image;
    const whole: Ltrb = [-0.5, -0.5, width - 0.5, height - 0.5];
    const [left, top, right, bottom] =
      this.#fit === 'crop' && this.#focus ? cropAround(this.#focus, width, height) : whole;
    this.#center = [(left + right) / 2, (top + bottom) / 2];
    this.#scale = Math.max((right - left) / this.rectangle.width, (bottom - top) / this.rectangle.height);
  }
}

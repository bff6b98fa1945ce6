/** One camera's picture with the labels drawn into it; fitted to the label as a tight crop, or shown whole. */
import { type DataTexture, Scene, type WebGLRenderer } from 'three';
import type { Ltrb } from '../../../shared/geometry/polygon.ts';
import type { ProjectedPoints } from '../../workers/protocol.ts';
import { createImagePlane, type ImageTexture, type PictureTone } from '../gpu/imagePlane.ts';
import { createStrokes, type StrokeStyle, StrokeView } from '../gpu/strokes.ts';
import { addRectangle } from '../imageOverlay.ts';
import type { Rectangle, View } from './view.ts';
import { ViewCamera } from './viewCamera.ts';

export type ImageFit = 'crop' | 'whole';

/** What part of a picture a view shows: the pixel in its middle, and picture pixels a CSS pixel. */
export interface Framing {
  readonly center: readonly [number, number];
  readonly scale: number;
}

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

/** The framing that shows all of `part` in a view of this size, CSS pixels. */
export function framingOf([left, top, right, bottom]: Ltrb, width: number, height: number): Framing {
  return {
    center: [(left + right) / 2, (top + bottom) / 2],
    scale: Math.max((right - left) / width, (bottom - top) / height),
  };
}

/**
 * The framing that stands to `fitted` as `chosen` stood to the one it was chosen from: the same zoom and the same
 * shift on the screen, on another label or in another picture.
 */
export function carriedOver(chosen: Framing, from: Framing, fitted: Framing): Framing {
  const zoom = fitted.scale / from.scale;
  return {
    center: [
      fitted.center[0] + (chosen.center[0] - from.center[0]) * zoom,
      fitted.center[1] + (chosen.center[1] - from.center[1]) * zoom,
    ],
    scale: chosen.scale * zoom,
  };
}

const outlineGround: StrokeStyle = { colour: [0, 0, 0], width: 3.5, opacity: 0.7 };
const outlineLine: StrokeStyle = { colour: [1, 1, 1], width: 1.5 };

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
  /** Keeps the auditor's own zoom, relative to the fitting one, from label to label. */
  isZoomKept = false;
  /** Another part of the picture is seen now. */
  onMoved: (() => void) | null = null;
  #watched: ImageView | null = null;
  #outline = createStrokes();
  #fit: ImageFit;
  #plane = createImagePlane();
  #scene = new Scene();
  #image: ImageTexture | null = null;
  #focus: Ltrb | null = null;
  #isTouched = false;
  /** CSS pixels at the top that words stand in: a crop keeps its label below them. */
  #captionPixels = 0;
  #framing: Framing = { center: [0, 0], scale: 1 };
  /** The framing that fits, which `#framing` is until the auditor zooms. */
  #fitted: Framing = { center: [0, 0], scale: 1 };

  constructor(element: HTMLElement, fit: ImageFit) {
    this.element = element;
    this.#fit = fit;
    this.#scene.matrixWorldAutoUpdate = false;
    this.#scene.add(this.#plane.quad, this.#plane.points, this.strokes.object, this.#outline.object);
    this.#outline.clear();
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
    else if (this.isZoomKept && this.#isTouched) this.#carryOver();
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

  setCaption(pixels: number): void {
    if (pixels === this.#captionPixels) return;
    this.#captionPixels = pixels;
    if (!this.#isTouched) this.#applyFit();
    this.#moved();
  }

  setFit(fit: ImageFit): void {
    this.#fit = fit;
    this.reset();
  }

  reset(): void {
    this.#isTouched = false;
    this.#applyFit();
    this.#moved();
  }

  resized(): void {
    if (!this.#isTouched) this.#applyFit();
    this.#moved();
  }

  zoomBy(factor: number, x: number, y: number): void {
    const { center, scale: before } = this.#framing;
    const scale = Math.min(mostScale, Math.max(1 / 64, before * factor));
    // The pixel under the cursor stays where it is.
    const shift = before - scale;
    const { width, height } = this.rectangle;
    this.#framing = {
      center: [center[0] + (x - width / 2) * shift, center[1] + (y - height / 2) * shift],
      scale,
    };
    this.#isTouched = true;
    this.#moved();
  }

  panBy(dx: number, dy: number): void {
    const { center, scale } = this.#framing;
    this.#framing = { center: [center[0] - dx * scale, center[1] - dy * scale], scale };
    this.#isTouched = true;
    this.#moved();
  }

  get stance(): readonly number[] | null {
    const { center, scale } = this.#framing;
    return this.#isTouched ? [...center, scale] : null;
  }

  takeStance([u, v, scale]: readonly number[]): void {
    if (u === undefined || v === undefined || !(scale && scale >= 1 / 64 && scale <= mostScale)) return;
    this.#framing = { center: [u, v], scale };
    this.#isTouched = true;
    this.#moved();
  }

  /** Outlines the part of the picture that another view of it shows. Answers how to stop. */
  watch(other: ImageView): () => void {
    this.#watched = other;
    const wake = (): void => {
      this.isDirty = true;
    };
    other.onMoved = wake;
    wake();
    return () => {
      if (this.#watched === other) this.#watched = null;
      if (other.onMoved === wake) other.onMoved = null;
      this.#outline.clear();
      wake();
    };
  }

  /** The part of the picture that is seen, cut to it; null without a picture. */
  get visiblePart(): Ltrb | null {
    if (!this.#image) return null;
    const [left, top] = this.pixelAt(0, 0);
    const [right, bottom] = this.pixelAt(this.rectangle.width, this.rectangle.height);
    return [
      Math.max(-0.5, left),
      Math.max(-0.5, top),
      Math.min(this.#image.width - 0.5, right),
      Math.min(this.#image.height - 0.5, bottom),
    ];
  }

  /** Image pixel under a place of the view (CSS pixels from its top left corner). */
  pixelAt(x: number, y: number): readonly [number, number] {
    return [
      this.#framing.center[0] + (x - this.rectangle.width / 2) * this.#framing.scale,
      this.#framing.center[1] + (y - this.rectangle.height / 2) * this.#framing.scale,
    ];
  }

  draw(renderer: WebGLRenderer): void {
    if (!this.#image) return;
    const { width, height } = this.rectangle;
    const { center, scale } = this.#framing;
    const [u, v] = center;
    const halfWidth = (width * scale) / 2;
    const halfHeight = (height * scale) / 2;
    this.camera.setPixels(u - halfWidth, v - halfHeight, u + halfWidth, v + halfHeight);
    const ratio = renderer.getPixelRatio();
    this.strokes.use(StrokeView.image, width * ratio, height * ratio, ratio);
    this.#drawOutline();
    this.#outline.use(StrokeView.image, width * ratio, height * ratio, ratio);
    const arePointsShown = this.#plane.points.visible;
    this.strokes.object.visible = !this.isOverlayHidden && this.strokes.count > 0;
    this.#plane.points.visible = arePointsShown && !this.isOverlayHidden;
    renderer.render(this.#scene, this.camera);
    this.#plane.points.visible = arePointsShown;
  }

  dispose(): void {
    this.#plane.dispose();
    this.strokes.dispose();
    this.#outline.dispose();
    this.#image = null;
  }

  #applyFit(): void {
    if (!this.#image) return;
    const { width, height } = this.#image;
    const whole: Ltrb = [-0.5, -0.5, width - 0.5, height - 0.5];
    const crop = this.#fit === 'crop' && this.#focus ? cropAround(this.#focus, width, height) : null;
    const hasRoom = crop !== null && this.rectangle.height > 3 * this.#captionPixels;
    const above = hasRoom ? this.#captionPixels : 0;
    const { center, scale } = framingOf(crop ?? whole, this.rectangle.width, this.rectangle.height - above);
    this.#fitted = { center: [center[0], center[1] - (above / 2) * scale], scale };
    this.#framing = this.#fitted;
  }

  #carryOver(): void {
    const { chosen, from } = { chosen: this.#framing, from: this.#fitted };
    this.#applyFit();
    this.#framing = carriedOver(chosen, from, this.#fitted);
    this.#moved();
  }

  #moved(): void {
    this.isDirty = true;
    this.onMoved?.();
  }

  /** White on a dark border, which shows on any picture. */
  #drawOutline(): void {
    const watched = this.#watched;
    const part = watched && watched.#image === this.#image ? watched.visiblePart : null;
    this.#outline.clear();
    if (!part || !this.#image) return;
    // All of the picture is not worth a frame around it.
    if (part[2] - part[0] > 0.98 * this.#image.width && part[3] - part[1] > 0.98 * this.#image.height) return;
    addRectangle(this.#outline, part, outlineGround);
    addRectangle(this.#outline, part, outlineLine);
  }
}

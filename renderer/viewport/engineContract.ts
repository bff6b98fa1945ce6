/** What screens may ask of the viewport's engine. */
import type { WebGLRenderer } from 'three';
import type { StoreApi } from 'zustand/vanilla';
import type { CuboidShape } from '../../shared/geometry/cuboid.ts';
import type { FaceGaps } from '../../shared/geometry/faceGaps.ts';
import type { DeliveryIndex } from '../../shared/model/labels.ts';
import type { Vec3 } from '../../shared/model/pose.ts';
import type { PlacedLayer, StrokeLayer } from './layers.ts';
import type { Palette } from './palette.ts';
import type { PictureLook } from './pictureLook.ts';
import type { PointerPlace } from './pointing.ts';
import type { Stop } from './prefetchPlan.ts';
import type { SceneNote, Shown, ShownBox, ShownCell, ShownGap, ViewportFacts } from './shown.ts';
import type { Stances } from './stances.ts';
import type { ViewOptions } from './viewOptions.ts';
import type { CloseView } from './views/closeView.ts';
import type { ContextView } from './views/contextView.ts';
import type { ImageView } from './views/imageView.ts';

export type EngineView = CloseView | ContextView | ImageView;

/** What to keep ready around what is shown. */
export interface Around {
  /** The stops after it, nearest first. */
  readonly ahead: readonly Stop[];
  readonly behind: readonly Stop[];
  /** Frames next to it in time. */
  readonly beside: readonly number[];
  /** Its own pictures in the order they are wanted: indices into `Frame.images`. */
  readonly images: readonly number[];
}

export interface Engine {
  readonly facts: StoreApi<ViewportFacts>;
  readonly index: DeliveryIndex;
  attach(renderer: WebGLRenderer, canvas: HTMLElement, invalidate: () => void): void;
  /** Draws what is dirty; called by the canvas's own loop. */
  draw(now: number): void;
  addView(view: EngineView, id: string, camera: number): () => void;
  setCamera(id: string, camera: number): void;
  makeCloseView(element: HTMLElement, face: CloseView['face']): CloseView;
  makeContextView(element: HTMLElement): ContextView;
  /** Shows this as soon as it can be drawn, and keeps the stops around it ready. */
  show(shown: Shown, around: Around): void;
  setGap(gap: ShownGap | null): void;
  setBoxes(boxes: readonly ShownBox[]): void;
  /** How pictures are looked at for their calibration; null = as they are. */
  setLook(look: PictureLook | null): void;
  setHovered(row: number | null): void;
  setOptions(options: ViewOptions): void;
  setPalette(palette: Palette): void;
  setOverlayHidden(isHidden: boolean): void;
  setMemberStrength(strength: number): void;
  flip(): void;
  zoomToFace(axis: number, sign: 1 | -1): void;
  resetViews(): void;
  /** Words beside what `owner` draws, in place of those it had. */
  setNotes(owner: string, notes: readonly SceneNote[]): void;
  /** What lies under a place of a pane (CSS pixels from its top left corner); null where nothing is shown. */
  placeUnder(id: string, x: number, y: number): PointerPlace | null;
  /** Draws with these strokes from now on, over everything else. */
  addLayer(layer: StrokeLayer): PlacedLayer;
  /** How far the faces of any box of the shown frame stand from its points, `FaceGaps` in the box's own axes. */
  gapsOf(shape: CuboidShape): Promise<FaceGaps | null>;
  /**
   * Points of the shown frame's own sweeps in a box grown by `margin` metres: along, across, up each, metres from
   * the box's centre in its own axes.
   */
  pointsNear(shape: CuboidShape, margin: number): Promise<Float32Array | null>;
  /** Height of the ground under a place of the shown frame, metres in its space; null where no points tell it. */
  groundUnder(x: number, y: number): Promise<number | null>;
  /** Points inside each usable cuboid of a frame whose sweeps are loaded, by row. */
  countsOf(frame: number): Promise<ReadonlyMap<number, number>>;
  /** Turns the 3D view to a place of the frame's space, from so many metres. */
  lookAt(place: Vec3, distance: number): void;
  /** Turns the 3D view to look over a search cell from the sensor's side. */
  lookOver(cell: ShownCell): void;
  /** Sweeps through the cell at a steady pace, or stops doing so. */
  toggleGlide(cell: ShownCell): void;
  /** Position and target of the 3D view in the frame's space. */
  pose(): { readonly position: Vec3; readonly target: Vec3 } | null;
  /** Where all views look from and how near, to be put back later; null while nothing is shown. */
  stances(): Stances | null;
  /** Puts them back as soon as the label they belong to is on screen. */
  takeStances(stances: Stances): void;
  /** The place on about the ground, in the frame's space, at metres from the sensor. */
  onGround(x: number, y: number): Vec3;
  /** Whether a frame, the points around one of its labels and these of its pictures are all on the GPU. */
  isReady(frame: number, row: number, images: readonly number[]): boolean;
  /** The renderer of the canvas, once there is one. */
  renderer(): WebGLRenderer | null;
  /** The canvas and the element it fills, once there is one. */
  stage(): { readonly canvas: HTMLCanvasElement; readonly element: HTMLElement } | null;
  /** A place of the frame's space as the views draw it. */
  drawnPlace(place: Vec3): Vec3;
  /** Shows a picture at full or at resting strength, by whether the cursor is over it. */
  brighten(view: ImageView): void;
  /** Where the cursor was last seen over a view. */
  pointer: { readonly id: string; readonly x: number; readonly y: number } | null;
  redraw(): void;
  /** Everything has to be drawn again, e.g. on a canvas of another size. */
  dirtyAll(): void;
  dispose(): void;
}

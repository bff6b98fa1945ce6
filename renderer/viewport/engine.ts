/**
 * The viewport's engine: one renderer, one shared scene, any number of views over one canvas. Screens tell it what
 * to show and what comes next; it keeps frames ready, swaps them in, redraws what changed and tells what it knows.
 * Nothing here runs per frame unless something moved, and the draw itself allocates nothing.
 */
import { Color, PerspectiveCamera, Scene, type WebGLRenderer, WebGLRenderTarget } from 'three';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Problem } from '../../shared/base/problem.ts';
import { pickCuboidRow, type Ray } from '../../shared/geometry/ray.ts';
import { cuboidAt } from '../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../shared/model/labels.ts';
import type { Vec3 } from '../../shared/model/pose.ts';
import { createAssetRing, type Wish } from './assets/assetRing.ts';
import {
  createFrameAssets,
  imageKey,
  type LabelPointsAsset,
  labelPointsKey,
  type SweepAsset,
  sweepKey,
} from './assets/frameAssets.ts';
import { cellOrbit, cellPath, glideMetersPerSecond } from './cellLook.ts';
import { classColour } from './colourMaps.ts';
import { drawExplanations, type Explained } from './explanations.ts';
import type { ImageTexture } from './gpu/imagePlane.ts';
import { StrokeView } from './gpu/strokes.ts';
import type { SweepPoints } from './gpu/sweepPoints.ts';
import { createLayout, type Layout } from './layout.ts';
import type { Palette } from './palette.ts';
import { createPictures } from './pictures.ts';
import { type PlannedAsset, planAssets, type Stop } from './prefetchPlan.ts';
import { noteFrame, noteShown, noteView, observeRenderer } from './probe.ts';
import type { Shown, ShownBox, ShownCell, ShownGap, ViewportFacts } from './shown.ts';
import { createSpace } from './space.ts';
import { defaultViewOptions, type ViewOptions } from './viewOptions.ts';
import { CloseView } from './views/closeView.ts';
import { birdsEye, ContextView, orbitEye } from './views/contextView.ts';
import { ImageView } from './views/imageView.ts';
import type { View } from './views/view.ts';

export type EngineView = CloseView | ContextView | ImageView;

/** Ring budget: enough for five nuScenes frames with six cameras, within what an office laptop's GPU holds. */
const ringBytes = 512 * 1024 * 1024;
const clickReachPixels = 6;

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
  show(
    shown: Shown,
    around: {
      readonly ahead: readonly Stop[];
      readonly behind: readonly Stop[];
      readonly beside: readonly number[];
      readonly images: readonly number[];
    },
  ): void;
  setGap(gap: ShownGap | null): void;
  setBoxes(boxes: readonly ShownBox[]): void;
  setHovered(row: number | null): void;
  setOptions(options: ViewOptions): void;
  setPalette(palette: Palette): void;
  setOverlayHidden(isHidden: boolean): void;
  setMemberStrength(strength: number): void;
  flip(): void;
  zoomToFace(axis: number, sign: 1 | -1): void;
  resetViews(): void;
  /** The ruler's next point; a third one starts anew. Null takes it away. */
  setRulerPoint(point: Vec3 | null): void;
  rowUnder(id: string, x: number, y: number): number | null;
  pointUnder(id: string, x: number, y: number): Promise<Vec3 | null>;
  /** Where the ray under the cursor meets the ground near the place, for dropping a missing object. */
  groundUnder(id: string, x: number, y: number): Promise<Vec3 | null>;
  /** Points inside each usable cuboid of a frame whose sweeps are loaded, by row. */
  countsOf(frame: number): Promise<ReadonlyMap<number, number>>;
  /** Turns the 3D view to look over a search cell from the sensor's side. */
  lookOver(cell: ShownCell): void;
  /** Sweeps through the cell at a steady pace, or stops doing so. */
  toggleGlide(cell: ShownCell): void;
  /** Position and target of the 3D view in the frame's space. */
  pose(): { readonly position: Vec3; readonly target: Vec3 } | null;
  /** The place on about the ground, in the frame's space, at metres from the sensor. */
  onGround(x: number, y: number): Vec3;
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

const noFacts: ViewportFacts = {
  shown: null,
  isAwaiting: true,
  problems: [],
  sweepCount: 0,
  pointCount: 0,
  hasIntensity: false,
  gaps: null,
  metersPerPixel: { top: 0, side: 0, end: 0 },
  isFlipped: false,
  pictures: {},
  hoveredRow: null,
  ruler: null,
  isContextLost: false,
};

export function createEngine(index: DeliveryIndex, delivery: string, firstPalette: Palette): Engine {
  const facts = createStore<ViewportFacts>(() => noFacts);
  const space = createSpace(firstPalette);
  const views = new Map<string, EngineView>();
  const clearColour = new Color();
  const { cuboids } = index.labels;
  const explained: Explained = { gap: null, boxes: [], ruler: null };
  let palette = firstPalette;
  let options = defaultViewOptions;
  let renderer: WebGLRenderer | null = null;
  let layout: Layout | null = null;
  let stage: HTMLElement | null = null;
  let invalidate = (): void => undefined;
  let wanted: Shown | null = null;
  let isEverythingDirty = true;
  let isDisposed = false;

  const ring = createAssetRing(ringBytes, () => {
    if (wanted) settle(wanted);
  });
  const assets = createFrameAssets(index, delivery, space.materials, uploadNow);
  const pictures = createPictures({
    index,
    ring,
    assets,
    palette: () => palette,
    options: () => options,
    boxes: () => explained.boxes,
    dress: dressPicture,
    redraw,
  });

  function redraw(): void {
    if (!isDisposed) invalidate();
  }

  function dirtyAll(): void {
    isEverythingDirty = true;
    redraw();
  }

  // -- Uploads ------------------------------------------------------------------------------------------------

  const uploadTarget = new WebGLRenderTarget(1, 1);
  const uploadScene = new Scene();
  const uploadCamera = new PerspectiveCamera();

  /** Puts data on the GPU before it is needed: a texture directly, a sweep by drawing one of its points nowhere. */
  function uploadNow(item: SweepPoints | ImageTexture): void {
    if (!renderer) return;
    if ('texture' in item) {
      renderer.initTexture(item.texture);
      return;
    }
    const count = item.loaded.sweep.count;
    item.whole.geometry.setDrawRange(0, Math.min(1, count));
    uploadScene.add(item.whole);
    renderer.setScissorTest(false);
    renderer.setRenderTarget(uploadTarget);
    renderer.render(uploadScene, uploadCamera);
    renderer.setRenderTarget(null);
    uploadScene.remove(item.whole);
    item.whole.geometry.setDrawRange(0, count);
  }

  // -- Showing ------------------------------------------------------------------------------------------------

  function wishFor(asset: PlannedAsset): Wish {
    const { frame, priority, isPinned } = asset;
    if (asset.kind === 'sweep') {
      const { part } = asset;
      return {
        key: sweepKey(frame, part),
        isPinned,
        load: (signal) => assets.sweep(frame, part, priority, signal),
      };
    }
    if (asset.kind === 'image') {
      const { part } = asset;
      return {
        key: imageKey(frame, part),
        isPinned,
        load: (signal) => assets.image(frame, part, priority, signal),
      };
    }
    const { row } = asset;
    return {
      key: labelPointsKey(frame, row),
      isPinned,
      async load(signal) {
        const { sweeps } = index.delivery.frames[frame]!;
        await Promise.all(sweeps.map((_, part) => ring.whenReady(sweepKey(frame, part))));
        signal.throwIfAborted();
        return assets.labelPoints(row, priority, signal);
      },
    };
  }

  const isSettled = (key: string): boolean => ring.status(key) === 'ready' || ring.status(key) === 'failed';

  /** Puts `shown` on screen once its points are there (or are known not to come). */
  function settle(shown: Shown): void {
    const { sweeps } = index.delivery.frames[shown.frame]!;
    const keys = sweeps.map((_, part) => sweepKey(shown.frame, part));
    if (shown.row !== null && sweeps.length > 0) keys.push(labelPointsKey(shown.frame, shown.row));
    if (!keys.every(isSettled)) {
      if (!facts.getState().isAwaiting) facts.setState({ isAwaiting: true });
      return;
    }
    if (facts.getState().shown !== shown) swapIn(shown);
    else {
      pictures.refresh(shown);
      facts.setState({ pictures: pictures.facts });
    }
    redraw();
  }

  function swapIn(shown: Shown): void {
    const before = facts.getState().shown;
    const frame = index.delivery.frames[shown.frame]!;
    const loaded = frame.sweeps.flatMap((_, part) => {
      const asset = ring.get(sweepKey(shown.frame, part)) as SweepAsset | null;
      return asset ? [asset.points] : [];
    });
    const labelPoints =
      shown.row === null
        ? null
        : (ring.get(labelPointsKey(shown.frame, shown.row)) as LabelPointsAsset | null);
    space.setSweeps(loaded, [0, 0, 0]);
    if (labelPoints) for (const [part, points] of loaded.entries()) points.setNear(labelPoints.near[part]!);
    space.setCuboids(cuboids, cuboids.frameStart[shown.frame]!, cuboids.frameStart[shown.frame + 1]!);
    space.setCell(shown.cell);
    space.setLabel(shown.row === null ? null : cuboidAt(index.labels, shown.row));
    explained.gap = null;
    explained.ruler = null;
    tintAll(shown);
    const problems = frame.sweeps.flatMap((_, part): Problem[] => {
      const problem = ring.problem(sweepKey(shown.frame, part));
      return problem ? [problem] : [];
    });
    facts.setState({
      shown,
      isAwaiting: false,
      problems: [...problems, ...loaded.flatMap((points) => points.loaded.problems)],
      sweepCount: frame.sweeps.length,
      pointCount: loaded.reduce((sum, { loaded: { sweep } }) => sum + sweep.finiteCount, 0),
      hasIntensity: loaded.some(({ loaded: { sweep } }) => sweep.intensity >= 0),
      gaps: labelPoints?.gaps ?? null,
      ruler: null,
    });
    for (const view of views.values()) aim(view, shown, before);
    explain();
    pictures.refresh(shown);
    facts.setState({ pictures: pictures.facts });
    noteShown(shown.frame, shown.row, space.cuboids.count);
    dirtyAll();
  }

  const inOrigin = ([x, y, z]: Vec3): Vec3 => [x - space.origin[0], y - space.origin[1], z - space.origin[2]];
  const inFrame = ([x, y, z]: Vec3): Vec3 => [x + space.origin[0], y + space.origin[1], z + space.origin[2]];

  function aim(view: EngineView, shown: Shown, before: Shown | null): void {
    if (view instanceof ImageView) return;
    const label = shown.row === null ? null : cuboidAt(index.labels, shown.row);
    const shape = label?.isUsable ? { ...label, center: inOrigin(label.center) } : null;
    if (view instanceof CloseView) {
      view.show(shape && { shape, toleranceMeters: shown.toleranceMeters });
      return;
    }
    const isFirst = before === null;
    if (isFirst) view.orbit = { ...birdsEye, distance: shape ? 55 : 90 };
    if (shown.cell) view.orbit = cellOrbit(shown.cell, space.sensorOnGround());
    else if (shape) view.lookAt(shape.center, performance.now(), !isFirst);
    else if (isFirst || before.frame !== shown.frame)
      view.lookAt(inOrigin([0, 0, 0]), performance.now(), false);
  }

  // -- Colours and strokes --------------------------------------------------------------------------------------

  function tint(row: number, shown: Shown): void {
    if (row === shown.row) space.cuboids.setTint(row, palette.selection, 0);
    else if (row === facts.getState().hoveredRow) space.cuboids.setTint(row, palette.hovered, 1);
    else if (options.colouring === 'class')
      space.cuboids.setTint(row, classColour(cuboids.classIndex[row]!), 0.8);
    else space.cuboids.setTint(row, palette.others, 0.5);
  }

  function tintAll(shown: Shown): void {
    const to = cuboids.frameStart[shown.frame + 1]!;
    for (let row = cuboids.frameStart[shown.frame]!; row < to; row++) tint(row, shown);
  }

  function explain(): void {
    const { shown } = facts.getState();
    space.strokes.clear();
    if (!shown) return;
    const label = shown.row === null ? null : cuboidAt(index.labels, shown.row);
    const shape = label?.isUsable ? { ...label, center: inOrigin(label.center) } : null;
    drawExplanations(space.strokes, shown, shape, explained, inOrigin, space.sensorOnGround(), palette);
    for (const view of views.values()) if (!(view instanceof ImageView)) view.isDirty = true;
    redraw();
  }

  function dressPicture(view: ImageView): void {
    const pixels = options.pointPixels * (renderer?.getPixelRatio() ?? 1);
    view.dress(options.pictureStrength, palette.background, pixels, space.ramps.values);
  }

  // -- Drawing --------------------------------------------------------------------------------------------------

  function drawView(view: EngineView, now: number, gl: WebGLRenderer, height: number): void {
    const box = view.rectangle;
    const left = Math.round(box.left);
    const bottom = Math.round(height - box.top - box.height);
    const width = Math.round(box.left + box.width) - left;
    const tall = Math.round(height - box.top) - bottom;
    gl.setViewport(left, bottom, width, tall);
    gl.setScissor(left, bottom, width, tall);
    gl.clear(true, true, false);
    view.isDirty = false;
    gl.info.reset();
    view.draw(gl, now);
    noteView(view.drawn, gl.info.render);
    if (view.isMoving) {
      view.isDirty = true;
      redraw();
    }
  }

  function draw(now: number): void {
    const gl = renderer;
    if (!gl || isDisposed || facts.getState().isContextLost) return;
    const start = performance.now();
    gl.setRenderTarget(null);
    gl.setScissorTest(true);
    gl.setClearColor(clearColour, 1);
    const height = gl.domElement.clientHeight;
    for (const view of views.values()) {
      if (view.isDirty || isEverythingDirty) drawView(view, now, gl, height);
    }
    isEverythingDirty = false;
    noteFrame(views.values(), performance.now() - start);
  }

  function prepareClose(view: CloseView): void {
    const ratio = renderer!.getPixelRatio();
    space.showFor('close', false);
    space.strokes.use(StrokeView.close, view.rectangle.width * ratio, view.rectangle.height * ratio, ratio);
  }

  function prepareContext(view: ContextView): void {
    const ratio = renderer!.getPixelRatio();
    space.showFor('context', options.showRings);
    space.strokes.use(StrokeView.context, view.rectangle.width * ratio, view.rectangle.height * ratio, ratio);
  }

  function contextViews(): ContextView[] {
    return [...views.values()].filter((view) => view instanceof ContextView);
  }

  // -- Asking the scene -------------------------------------------------------------------------------------------

  function rayUnder(view: View, x: number, y: number): Ray {
    const { width, height } = view.rectangle;
    const ray = view.camera.rayAt((2 * x) / width - 1, 1 - (2 * y) / height);
    return { origin: inFrame(ray.origin), direction: ray.direction };
  }

  async function pointUnder(id: string, x: number, y: number): Promise<Vec3 | null> {
    const view = views.get(id);
    const { shown } = facts.getState();
    if (!view || !shown || view instanceof ImageView) return null;
    const ray = rayUnder(view, x, y);
    return view instanceof CloseView
      ? assets.pickPoint(shown.frame, ray, view.pickRadius(clickReachPixels), 0)
      : assets.pickPoint(shown.frame, ray, 0.02, view.pickSlope(clickReachPixels));
  }

  async function groundUnder(id: string, x: number, y: number): Promise<Vec3 | null> {
    const view = views.get(id);
    const { shown } = facts.getState();
    if (!view || !shown || view instanceof ImageView) return null;
    const point = await pointUnder(id, x, y);
    const ray = rayUnder(view, x, y);
    const place = point ?? onPlane(ray, space.materials.whole.uniforms.heightSpan.value.x + space.origin[2]);
    if (!place) return null;
    const ground = await assets.groundHeight(shown.frame, place[0], place[1]);
    return [place[0], place[1], ground ?? place[2]];
  }

  function onContextLost(event: Event): void {
    event.preventDefault();
    facts.setState({ isContextLost: true });
  }

  /** Everything on the GPU is gone with the context: the ring reads it again, and the frame is swapped in anew. */
  function onContextRestored(): void {
    const shown = wanted;
    facts.setState({ isContextLost: false, shown: null, isAwaiting: true });
    ring.clear();
    if (shown && lastAround) engine.show(shown, lastAround);
  }

  let lastAround: Parameters<Engine['show']>[1] | null = null;

  const engine: Engine = {
    facts,
    index,
    attach(gl, canvas, requestFrame) {
      renderer = gl;
      stage = canvas;
      invalidate = requestFrame;
      gl.autoClear = false;
      gl.info.autoReset = false;
      // Everything is drawn in the order it was added; sorting would measure every cloud on this thread first.
      gl.sortObjects = false;
      clearColour.setRGB(...palette.background);
      observeRenderer(gl, () => ring.bytes);
      layout = createLayout(canvas, dirtyAll);
      for (const view of views.values()) layout.observe(view);
      gl.domElement.addEventListener('webglcontextlost', onContextLost);
      gl.domElement.addEventListener('webglcontextrestored', onContextRestored);
      engine.setOptions(options);
      dirtyAll();
    },
    draw,
    addView(view, id, camera) {
      views.set(id, view);
      layout?.observe(view);
      const { shown } = facts.getState();
      if (view instanceof ImageView) pictures.add(id, view, camera);
      if (view instanceof CloseView) {
        view.isFlipped = facts.getState().isFlipped;
        view.onScale = (scale) =>
          facts.setState(({ metersPerPixel }) => ({
            metersPerPixel: { ...metersPerPixel, [view.face]: scale },
          }));
      }
      if (shown) {
        aim(view, shown, null);
        pictures.refresh(shown);
        facts.setState({ pictures: pictures.facts });
      }
      dirtyAll();
      return () => {
        views.delete(id);
        layout?.forget(view);
        pictures.remove(id);
        view.dispose();
        dirtyAll();
      };
    },
    setCamera(id, camera) {
      pictures.setCamera(id, camera);
      const { shown } = facts.getState();
      if (!shown) return;
      pictures.refresh(shown);
      facts.setState({ pictures: pictures.facts });
      redraw();
    },
    makeCloseView: (element, face) => new CloseView(element, face, space.scene, prepareClose),
    makeContextView: (element) => new ContextView(element, space.scene, prepareContext),
    show(shown, around) {
      wanted = shown;
      lastAround = around;
      const current: Stop = { frame: shown.frame, row: shown.row, images: around.images };
      const planned = planAssets(index, current, around.ahead, around.behind, around.beside);
      const wishes = planned.map(wishFor);
      // What is on screen stays alive until the next is there.
      const { shown: before } = facts.getState();
      if (before && before.frame !== shown.frame) wishes.push(...keepAlive(before.frame));
      ring.want(wishes);
      settle(shown);
    },
    setGap(gap) {
      explained.gap = gap;
      explain();
    },
    setBoxes(boxes) {
      explained.boxes = boxes;
      explain();
      const { shown } = facts.getState();
      if (shown) pictures.refresh(shown);
    },
    setHovered(row) {
      const { hoveredRow: before, shown } = facts.getState();
      if (before === row || !shown) return;
      facts.setState({ hoveredRow: row });
      if (before !== null) tint(before, shown);
      if (row !== null) tint(row, shown);
      for (const view of views.values()) if (!(view instanceof ImageView)) view.isDirty = true;
      redraw();
    },
    setOptions(next) {
      options = next;
      space.setColouring(next.colouring);
      space.setPointPixels(next.pointPixels, renderer?.getPixelRatio() ?? 1);
      const { shown } = facts.getState();
      if (shown) {
        tintAll(shown);
        pictures.refresh(shown);
        facts.setState({ pictures: pictures.facts });
      }
      dirtyAll();
    },
    setPalette(next) {
      palette = next;
      clearColour.setRGB(...next.background);
      space.dress(next);
      engine.setOptions(options);
      explain();
    },
    setOverlayHidden(isHidden) {
      for (const view of views.values()) {
        if (!(view instanceof ImageView) || view.isOverlayHidden === isHidden) continue;
        view.isOverlayHidden = isHidden;
        view.isDirty = true;
      }
      redraw();
    },
    setMemberStrength(strength) {
      space.setMemberStrength(strength);
      dirtyAll();
    },
    flip() {
      const isFlipped = !facts.getState().isFlipped;
      facts.setState({ isFlipped });
      for (const view of views.values()) {
        if (!(view instanceof CloseView)) continue;
        view.isFlipped = isFlipped;
        view.reset();
      }
      redraw();
    },
    zoomToFace(axis, sign) {
      for (const view of views.values()) if (view instanceof CloseView) view.zoomToFace(axis, sign);
      redraw();
    },
    resetViews() {
      for (const view of views.values()) {
        if (view instanceof ContextView)
          view.orbit = { ...birdsEye, target: view.orbit.target, distance: 55 };
        else view.reset();
        view.isDirty = true;
      }
      redraw();
    },
    setRulerPoint(point) {
      const { ruler } = facts.getState();
      const next =
        point === null
          ? null
          : ruler && !ruler.to
            ? { from: ruler.from, to: point }
            : { from: point, to: null };
      explained.ruler = next;
      facts.setState({ ruler: next });
      explain();
    },
    rowUnder(id, x, y) {
      const view = views.get(id);
      const { shown } = facts.getState();
      if (!view || !shown) return null;
      if (view instanceof ImageView) return pictures.rowAt(id, x, y);
      const from = cuboids.frameStart[shown.frame]!;
      const row = pickCuboidRow(rayUnder(view, x, y), cuboids, from, cuboids.frameStart[shown.frame + 1]!);
      return row < 0 ? null : row;
    },
    pointUnder,
    groundUnder,
    countsOf: (frame) => assets.counts(frame),
    lookOver(cell) {
      for (const view of contextViews()) {
        view.halt();
        view.orbit = cellOrbit(cell, space.sensorOnGround());
        view.isDirty = true;
      }
      redraw();
    },
    toggleGlide(cell) {
      for (const view of contextViews()) {
        if (view.isMoving) {
          view.halt();
          continue;
        }
        const { near, far } = cellPath(cell, space.sensorOnGround());
        view.orbit = { ...view.orbit, target: near, distance: 28 };
        view.glideTo(far, performance.now(), glideMetersPerSecond);
      }
      redraw();
    },
    pose() {
      for (const view of views.values()) {
        if (!(view instanceof ContextView)) continue;
        return { position: inFrame(orbitEye(view.orbit)), target: inFrame(view.orbit.target) };
      }
      return null;
    },
    onGround(x, y) {
      const [sensorX, sensorY, ground] = space.sensorOnGround();
      return inFrame([sensorX + x, sensorY + y, ground]);
    },
    stage: () => renderer && stage && { canvas: renderer.domElement, element: stage },
    drawnPlace: inOrigin,
    brighten(view) {
      dressPicture(view);
      redraw();
    },
    pointer: null,
    redraw,
    dirtyAll() {
      layout?.measure();
      dirtyAll();
    },
    dispose() {
      isDisposed = true;
      for (const view of views.values()) view.dispose();
      views.clear();
      layout?.dispose();
      space.dispose();
      ring.clear();
      assets.close();
      uploadTarget.dispose();
      renderer?.domElement.removeEventListener('webglcontextlost', onContextLost);
      renderer?.domElement.removeEventListener('webglcontextrestored', onContextRestored);
      noteShown(null, null, 0);
    },
  };

  /** Wishes that hold what the ring has of a frame, and load nothing. */
  function keepAlive(frame: number): Wish[] {
    const { sweeps, images } = index.delivery.frames[frame]!;
    const keys = [
      ...sweeps.map((_, part) => sweepKey(frame, part)),
      ...images.map((_, part) => imageKey(frame, part)),
    ];
    return keys
      .filter((key) => ring.get(key) !== null)
      .map((key) => ({
        key,
        isPinned: true,
        load: () => Promise.reject(new Error(`${key} was held, not asked for`)),
      }));
  }

  return engine;
}

/** Where a ray meets the level plane at height z; null where it never does. */
function onPlane({ origin, direction }: Ray, z: number): Vec3 | null {
  const along = (z - origin[2]) / direction[2];
  if (!Number.isFinite(along) || along < 0) return null;
  return [origin[0] + along * direction[0], origin[1] + along * direction[1], z];
}

/**
 * The viewport's engine: one renderer, one shared scene, any number of views over one canvas. Screens tell it what
 * to show and what comes next; it keeps frames ready, swaps them in, redraws what changed and tells what it knows.
 * Nothing here runs per frame unless something moved, and the draw itself allocates nothing.
 */
import type { WebGLRenderer } from 'three';
import { createStore } from 'zustand/vanilla';
import type { Problem } from '../../shared/base/problem.ts';
import type { CuboidShape } from '../../shared/geometry/cuboid.ts';
import { cuboidAt } from '../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../shared/model/labels.ts';
import type { Vec3 } from '../../shared/model/pose.ts';
import { aimView } from './aiming.ts';
import {
  imageKey,
  type LabelPointsAsset,
  type LateAsset,
  labelPointsKey,
  lateKey,
  type SweepAsset,
} from './assets/assetKinds.ts';
import { createAssetRing } from './assets/assetRing.ts';
import { createFrameAssets } from './assets/frameAssets.ts';
import { drawBesideInSpace } from './besideLabels.ts';
import { type Cloud, cloudsOf } from './clouds.ts';
import type { Around, Engine, EngineView } from './engineContract.ts';
import { drawExplanations, type Explained } from './explanations.ts';
import { createDepthEdges } from './gpu/depthEdges.ts';
import { StrokeView } from './gpu/strokes.ts';
import { createLabelTints } from './labelTints.ts';
import { createLayers } from './layers.ts';
import { createLayout, type Layout } from './layout.ts';
import { createPainter } from './painter.ts';
import type { Palette } from './palette.ts';
import type { PictureLook } from './pictureLook.ts';
import { createPictures } from './pictures.ts';
import { type PointBudget, pointBudgetOf } from './pointBudget.ts';
import { lateKinds, planAssets } from './prefetchPlan.ts';
import { noteShown, observeRenderer } from './probe.ts';
import { createSceneQueries } from './sceneQueries.ts';
import { noFacts, type SceneNote, type Shown, type ViewportFacts } from './shown.ts';
import { createSpace } from './space.ts';
import { createStanceKeeper } from './stances.ts';
import { createUploads } from './uploads.ts';
import { contextViewsOf, createViewControls } from './viewControls.ts';
import { asksForOtherPoints, defaultViewOptions, isOnlyTone } from './viewOptions.ts';
import { CloseView, closeShare } from './views/closeView.ts';
import { ContextView } from './views/contextView.ts';
import { ImageView } from './views/imageView.ts';
import { createWishes } from './wishes.ts';

export type { Engine, EngineView } from './engineContract.ts';

/** Ring budget: ten nuScenes frames with six cameras, within what an office laptop's GPU holds. */
const ringBytes = 384 * 1024 * 1024;
const noPoints = new Uint32Array(0);
/** Prefetching waits until what was asked for is painted: both want the same few cores. */
const prefetchAfterMs = 60;

export function createEngine(index: DeliveryIndex, delivery: string, firstPalette: Palette): Engine {
  const facts = createStore<ViewportFacts>(() => noFacts);
  const space = createSpace(firstPalette, index.delivery.pointClasses);
  const views = new Map<string, EngineView>();
  const painter = createPainter();
  const uploads = createUploads(() => renderer);
  const depthEdges = createDepthEdges();
  const { cuboids } = index.labels;
  const explained: Explained = { gap: null, boxes: [] };
  const notes = new Map<string, readonly SceneNote[]>();
  let palette = firstPalette;
  let options = defaultViewOptions;
  let look: PictureLook | null = null;
  let renderer: WebGLRenderer | null = null;
  let budget: PointBudget = { inMotion: 0, atRest: 0 };
  let layout: Layout | null = null;
  let stage: HTMLElement | null = null;
  let invalidate = (): void => undefined;
  let asked: Shown | null = null;
  let around: Around | null = null;
  let prefetchTimer: ReturnType<typeof setTimeout> | undefined;
  let isDisposed = false;

  const ring = createAssetRing(ringBytes, (key) => {
    // Something of the frames around became ready: nothing on screen changes.
    if (asked && keysOf(asked).includes(key)) settle(asked);
  });
  const assets = createFrameAssets(index, delivery, space.materials, uploads.now);
  const wishes = createWishes(ring, assets);
  const layers = createLayers(() => {
    if (isDisposed) return;
    explain();
    const { shown } = facts.getState();
    if (shown) pictures.restrokeLayers(shown);
  });
  const pictures = createPictures({
    index,
    ring,
    assets,
    palette: () => palette,
    options: () => options,
    boxes: () => explained.boxes,
    look: () => look,
    layers,
    dress: dressPicture,
    redraw,
  });

  const stanceKeeper = createStanceKeeper(views, facts, redraw);

  function redraw(): void {
    if (!isDisposed) invalidate();
  }

  function dirtyAll(): void {
    painter.isEverythingDirty = true;
    redraw();
  }

  // -- Showing ------------------------------------------------------------------------------------------------

  /** Everything of a frame that is on screen once it is shown. */
  function keysOf({ frame, row }: Shown): string[] {
    const { images } = index.delivery.frames.at(frame)!;
    return [...pointKeys(frame, row), ...images.map((_, part) => imageKey(frame, part))];
  }

  /** Sweeps of other instants are laid over the frame that is looked at, not over those that wait their turn. */
  function cloudsFor(frame: number): Cloud[] {
    const merged = frame === asked?.frame ? options.mergedSweeps : 0;
    return cloudsOf(index.delivery.frames, frame, { ...options, mergedSweeps: merged });
  }

  /** Key of the points near a label, who move along with it where other sweeps are laid over its frame. */
  function nearKey(frame: number, row: number, clouds: readonly Cloud[]): string {
    const isFollowed = options.mergeFollowsLabel && frame === asked?.frame && options.mergedSweeps > 0;
    return labelPointsKey(row, clouds, isFollowed);
  }

  function pointKeys(frame: number, row: number | null): string[] {
    const clouds = cloudsFor(frame);
    const keys = clouds.map(({ key }) => key);
    if (clouds.length === 0) return keys;
    const near = row === null ? [] : [nearKey(frame, row, clouds)];
    return [...keys, ...near, ...lateKinds(options).map((kind) => lateKey(kind, frame, clouds))];
  }

  const isSettled = (key: string): boolean => ring.status(key) === 'ready' || ring.status(key) === 'failed';

  /** Puts `shown` on screen once its points are there (or are known not to come). */
  function settle(shown: Shown): void {
    if (!pointKeys(shown.frame, shown.row).every(isSettled)) {
      if (!facts.getState().isAwaiting) facts.setState({ isAwaiting: true });
      return;
    }
    if (facts.getState().shown !== shown) swapIn(shown);
    else refreshPictures(shown);
    redraw();
  }

  function refreshPictures(shown: Shown): void {
    pictures.refresh(shown);
    facts.setState({ pictures: pictures.facts });
    stanceKeeper.settle();
  }

  function swapIn(shown: Shown): void {
    const before = facts.getState().shown;
    const frame = index.delivery.frames.at(shown.frame)!;
    const clouds = cloudsFor(shown.frame);
    const loaded = clouds.flatMap(({ key, role, ref }) => {
      const asset = ring.get(key) as SweepAsset | null;
      return asset ? [{ key, role, lidar: ref.lidar, points: asset.points }] : [];
    });
    const drawnNow = loaded.filter(
      ({ role, lidar }) => role === 'radar' || !options.hiddenLidars.includes(lidar),
    );
    const own = loaded.flatMap(({ role, points }) => (role === 'lidar' ? [points] : []));
    const labelPoints =
      shown.row === null
        ? null
        : (ring.get(nearKey(shown.frame, shown.row, clouds)) as LabelPointsAsset | null);
    space.setSweeps(
      drawnNow.map(({ key, points }) => ({ points, follow: labelPoints?.follow.get(key) ?? null })),
      [0, 0, 0],
    );
    for (const { key, points } of loaded) {
      if (labelPoints) points.setNear(labelPoints.near.get(key) ?? noPoints);
    }
    let hiddenPoints = 0;
    for (const kind of lateKinds(options)) {
      const late = ring.get(lateKey(kind, shown.frame, clouds)) as LateAsset | null;
      for (const { key, points } of drawnNow) {
        const bytes = late?.bytesOf.get(key);
        if (bytes) points.setLate(kind, bytes);
        hiddenPoints += late?.counts.get(key) ?? 0;
      }
    }
    space.setCuboids(cuboids, cuboids.frameStart[shown.frame]!, cuboids.frameStart[shown.frame + 1]!);
    space.setCell(shown.cell);
    space.setLabel(shown.row === null ? null : cuboidAt(index.labels, shown.row));
    tintAll(shown);
    const problems = clouds.flatMap(({ key }): Problem[] => {
      const problem = ring.problem(key);
      return problem ? [problem] : [];
    });
    facts.setState({
      shown,
      isAwaiting: false,
      problems: [...problems, ...loaded.flatMap(({ points }) => points.loaded.problems)],
      sweepCount: frame.sweeps.length,
      pointCount: own.reduce((sum, { loaded: { sweep } }) => sum + sweep.finiteCount, 0),
      spans: space.spans,
      groundPoints: hiddenPoints,
      gaps: labelPoints?.gaps ?? null,
    });
    const drawn = drawnNow.reduce((sum, { points }) => sum + points.loaded.sweep.count, 0);
    for (const view of contextViews()) view.isDear = drawn > budget.inMotion;
    for (const view of views.values()) aim(view, shown, before);
    explain();
    refreshPictures(shown);
    noteShown(shown.frame, shown.row, space.cuboids.count);
    dirtyAll();
  }

  const inOrigin = ([x, y, z]: Vec3): Vec3 => [x - space.origin[0], y - space.origin[1], z - space.origin[2]];
  const inFrame = ([x, y, z]: Vec3): Vec3 => [x + space.origin[0], y + space.origin[1], z + space.origin[2]];

  function drawnLabel({ row }: Shown): CuboidShape | null {
    const label = row === null ? null : cuboidAt(index.labels, row);
    return label?.isUsable ? { ...label, center: inOrigin(label.center) } : null;
  }

  function aim(view: EngineView, shown: Shown, before: Shown | null): void {
    const label = drawnLabel(shown);
    const sensorOnGround = space.sensorOnGround();
    aimView(view, { shown, before, label, sensor: inOrigin([0, 0, 0]), sensorOnGround });
  }

  // -- Colours and strokes --------------------------------------------------------------------------------------

  const { tint, tintAll } = createLabelTints({
    columns: cuboids,
    lines: space.cuboids,
    palette: () => palette,
    colouring: () => options.colouring,
    hovered: () => facts.getState().hoveredRow,
  });

  function explain(): void {
    const { shown } = facts.getState();
    space.strokes.clear();
    if (!shown) return;
    const { strokes } = space;
    const label = drawnLabel(shown);
    const sensorOnGround = space.sensorOnGround();
    drawBesideInSpace(strokes, index, shown.frame, options, inOrigin, palette);
    const isDashed = layers.dashesLabel();
    drawExplanations(strokes, shown, label, explained, isDashed, inOrigin, sensorOnGround, palette);
    layers.inSpace({ strokes, shown, palette, options, label, place: inOrigin, sensorOnGround });
    for (const view of views.values()) if (!(view instanceof ImageView)) view.isDirty = true;
    redraw();
  }

  function dressPicture(view: ImageView): void {
    const pixels = options.pointPixels * (renderer?.getPixelRatio() ?? 1);
    const { pictureStrength: strength, pictureBrightness: brightness, pictureContrast: contrast } = options;
    view.dress({ strength, brightness, contrast }, palette.background, pixels, space.ramps.values);
  }

  // -- Drawing --------------------------------------------------------------------------------------------------

  function draw(now: number): void {
    if (!renderer || isDisposed || facts.getState().isContextLost) return;
    if (painter.draw(renderer, views, now)) redraw();
    const part = space.nextPart(budget.atRest);
    if (!part) return;
    // One part between two paints: the view stays at hand while the rest arrives.
    uploads.part(part);
    for (const view of contextViews()) view.isDirty = true;
    redraw();
  }

  function prepareClose(view: CloseView): void {
    const ratio = renderer!.getPixelRatio();
    space.showFor('close', false, Number.POSITIVE_INFINITY, view.rectangle.height * ratio);
    space.strokes.use(
      StrokeView[view.face],
      view.rectangle.width * ratio,
      view.rectangle.height * ratio,
      ratio,
    );
  }

  function prepareContext(view: ContextView): void {
    const ratio = renderer!.getPixelRatio();
    const [width, height] = [view.rectangle.width * ratio, view.rectangle.height * ratio];
    const most = view.isRestless ? budget.inMotion : budget.atRest;
    space.showFor('context', options.showRings, most, height);
    space.strokes.use(StrokeView.context, width, height, ratio);
    if (!options.showDepthEdges) return;
    space.showOnly('points');
    const size = { width: Math.round(width), height: Math.round(height), pixelRatio: ratio };
    depthEdges.draw(renderer!, space.scene, view.camera, size);
    space.showOnly('lines');
  }

  const contextViews = (): ContextView[] => contextViewsOf(views);

  const queries = createSceneQueries({
    index,
    views,
    assets,
    pictures,
    frame: () => facts.getState().shown?.frame ?? null,
    inFrame,
    groundLevel: () => inFrame(space.sensorOnGround())[2],
  });

  function onContextLost(event: Event): void {
    event.preventDefault();
    facts.setState({ isContextLost: true });
  }

  /** Everything on the GPU is gone with the context: the ring reads it again, and the frame is swapped in anew. */
  function onContextRestored(): void {
    const shown = asked;
    const stances = stanceKeeper.stances();
    if (stances) stanceKeeper.takeStances(stances);
    facts.setState({ isContextLost: false, shown: null, isAwaiting: true });
    ring.clear();
    if (shown && around) engine.show(shown, around);
  }

  /** Other clouds belong to what is shown: it is put on screen anew. */
  function showAgain(): void {
    if (!asked || !around) return;
    engine.show({ ...asked }, around);
  }

  const engine: Engine = {
    facts,
    index,
    attach(gl, canvas, requestFrame) {
      renderer = gl;
      budget = pointBudgetOf(gl);
      stage = canvas;
      invalidate = requestFrame;
      gl.autoClear = false;
      gl.info.autoReset = false;
      // Everything is drawn in the order it was added; sorting would measure every cloud on this thread first.
      gl.sortObjects = false;
      painter.setBackground(palette.background);
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
        view.setFilled(closeShare(options));
        view.onScale = (scale) =>
          facts.setState(({ metersPerPixel }) => ({
            metersPerPixel: { ...metersPerPixel, [view.face]: scale },
          }));
      }
      if (shown) {
        aim(view, shown, null);
        refreshPictures(shown);
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
      if (shown) refreshPictures(shown);
      redraw();
    },
    makeCloseView: (element, face) => new CloseView(element, face, space.scene, prepareClose),
    makeContextView: (element) => new ContextView(element, space.scene, prepareContext),
    show(shown, next) {
      asked = shown;
      around = next;
      const current = { frame: shown.frame, row: shown.row, images: next.images };
      const planned = planAssets(index, current, next.ahead, next.behind, next.beside, options).map(
        wishes.of,
      );
      // What is on screen stays alive until the next is there.
      const { shown: before } = facts.getState();
      const held = before ? [...pointKeys(before.frame, null), ...pictures.shownKeys()] : [];
      const wanted = new Set(planned.map(({ key }) => key));
      planned.push(...wishes.toKeep(held.filter((key) => !wanted.has(key))));
      clearTimeout(prefetchTimer);
      const isReady = planned.every(({ key, isPinned }) => !isPinned || isSettled(key));
      if (isReady) prefetchTimer = setTimeout(ring.want, prefetchAfterMs, planned);
      else ring.want(planned);
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
      if (shown) refreshPictures(shown);
    },
    setLook(next) {
      look = next;
      const { shown } = facts.getState();
      if (shown) refreshPictures(shown);
      redraw();
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
      const before = options;
      const isTone = isOnlyTone(options, next);
      options = next;
      if (isTone) {
        // Under a slider: the pictures and what is drawn into them stay as they are.
        for (const view of views.values()) if (view instanceof ImageView) dressPicture(view);
        redraw();
        return;
      }
      if (asksForOtherPoints(before, next)) showAgain();
      if (!next.showDepthEdges) depthEdges.dispose();
      for (const view of views.values()) if (view instanceof CloseView) view.setFilled(closeShare(next));
      space.setColouring(next.colouring);
      const size = { pixels: next.pointPixels, meters: next.pointMeters };
      space.setPointSize(size, renderer?.getPixelRatio() ?? 1);
      space.setLimits(next);
      const { shown } = facts.getState();
      if (shown) {
        tintAll(shown);
        refreshPictures(shown);
        explain();
      }
      dirtyAll();
    },
    setPalette(next) {
      palette = next;
      painter.setBackground(next.background);
      space.dress(next);
      engine.setOptions(options);
      explain();
    },
    setMemberStrength(strength) {
      space.setMemberStrength(strength);
      dirtyAll();
    },
    setNotes(owner, next) {
      notes.set(owner, next);
      facts.setState({ notes: [...notes.values()].flat() });
    },
    ...queries,
    stances: stanceKeeper.stances,
    takeStances: stanceKeeper.takeStances,
    ...createViewControls({ views, space, facts, inFrame, redraw }),
    isReady(frame, row, images) {
      const keys = [...pointKeys(frame, row), ...images.map((part) => imageKey(frame, part))];
      return keys.every((key) => ring.status(key) === 'ready');
    },
    renderer: () => renderer,
    stage: () => renderer && stage && { canvas: renderer.domElement, element: stage },
    drawnPlace: inOrigin,
    addLayer: layers.add,
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
      clearTimeout(prefetchTimer);
      for (const view of views.values()) view.dispose();
      views.clear();
      layout?.dispose();
      space.dispose();
      depthEdges.dispose();
      ring.clear();
      assets.close();
      uploads.dispose();
      renderer?.domElement.removeEventListener('webglcontextlost', onContextLost);
      renderer?.domElement.removeEventListener('webglcontextrestored', onContextRestored);
      noteShown(null, null, 0);
    },
  };

  return engine;
}

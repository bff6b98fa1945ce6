/**
 * The viewport's engine: one renderer, one shared scene, any number of views over one canvas. Screens tell it what
 * to show and what comes next; it keeps frames ready, swaps them in, redraws what changed and tells what it knows.
 * Nothing here runs per frame unless something moved, and the draw itself allocates nothing.
 */
import { createStore } from 'zustand/vanilla';
import type { DeliveryIndex } from '../../shared/model/labels.ts';
import { createAssetRing } from './assets/assetRing.ts';
import { createFrameAssets } from './assets/frameAssets.ts';
import { createDrawnSpace } from './drawnSpace.ts';
import { createDressing } from './dressing.ts';
import type { Engine, EngineView } from './engineContract.ts';
import type { EngineState } from './engineState.ts';
import { createFrameAsking } from './frameAsking.ts';
import { createFrameKeys } from './frameKeys.ts';
import { createFrameSwap } from './frameSwap.ts';
import { createGlContext } from './glContext.ts';
import { createLabelTints } from './labelTints.ts';
import { createLayers } from './layers.ts';
import { createPainter } from './painter.ts';
import type { Palette } from './palette.ts';
import { createPictures } from './pictures.ts';
import { createPointViews } from './pointViews.ts';
import { noteShown, observeRenderer } from './probe.ts';
import { createSceneQueries } from './sceneQueries.ts';
import { noFacts, type SceneNote, type Shown, type ViewportFacts } from './shown.ts';
import { createSpace } from './space.ts';
import { createStanceKeeper } from './stances.ts';
import { createUploads } from './uploads.ts';
import { contextViewsOf, createViewControls } from './viewControls.ts';
import { defaultViewOptions } from './viewOptions.ts';
import { CloseView, closeShare } from './views/closeView.ts';
import { ImageView } from './views/imageView.ts';

export type { Engine, EngineView } from './engineContract.ts';

/** Ring budget: ten nuScenes frames with six cameras, within what an office laptop's GPU holds. */
const ringBytes = 384 * 1024 * 1024;

export function createEngine(index: DeliveryIndex, delivery: string, palette: Palette): Engine {
  const facts = createStore<ViewportFacts>(() => noFacts);
  const state: EngineState = {
    ...{ asked: null, around: null, look: null, palette, options: defaultViewOptions },
    explained: { gap: null, boxes: [] },
  };
  const views = new Map<string, EngineView>();
  const notes = new Map<string, readonly SceneNote[]>();
  let isDisposed = false;

  // -- Its parts ------------------------------------------------------------------------------------------------

  const painter = createPainter();
  const space = createSpace(palette, index.delivery.pointClasses);
  const gl = createGlContext({
    views,
    onMoved: dirtyAll,
    onLost: () => facts.setState({ isContextLost: true }),
    onRestored,
  });
  const uploads = createUploads(() => gl.renderer);
  const assets = createFrameAssets(index, delivery, space.materials, uploads.now);
  const ring = createAssetRing(ringBytes, (key) => asking.arrived(key));
  const keys = createFrameKeys(index, state);
  const putIntoSpace = createFrameSwap({ index, ring, keys, space, state });
  const asking = createFrameAsking({
    ...{ index, ring, assets, keys, state, facts, swapIn, refreshPictures, redraw },
    pictureKeys: () => pictures.shownKeys(),
  });
  const layers = createLayers(restrokeLayers);
  const drawnSpace = createDrawnSpace(index, space, state, layers);
  const pointViews = createPointViews(space, gl, state);
  const dressing = createDressing({
    ...{ state, views, space, gl, painter, restroke, redraw, dirtyAll },
    showAgain: asking.showAgain,
    releaseDepthEdges: pointViews.releaseDepthEdges,
  });
  const pictures = createPictures({
    ...{ index, ring, assets, state, layers, redraw },
    dress: dressing.dressPicture,
  });
  const { tint, tintAll } = createLabelTints({
    columns: index.labels.cuboids,
    lines: space.cuboids,
    state,
    hovered: () => facts.getState().hoveredRow,
  });
  const stanceKeeper = createStanceKeeper(views, facts, redraw);
  const queries = createSceneQueries({
    ...{ index, views, assets, pictures },
    frame: () => facts.getState().shown?.frame ?? null,
    inFrame: drawnSpace.inFrame,
    groundLevel: () => drawnSpace.inFrame(space.sensorOnGround())[2],
  });

  // -- What is drawn again --------------------------------------------------------------------------------------

  function redraw(): void {
    if (!isDisposed) gl.requestFrame();
  }

  function dirtyAll(): void {
    painter.isEverythingDirty = true;
    redraw();
  }

  function dirtyPointViews(): void {
    for (const view of views.values()) if (!(view instanceof ImageView)) view.isDirty = true;
    redraw();
  }

  /** Fills the pictures from what is there by now. */
  function refreshPictures(shown: Shown | null): void {
    if (!shown) return;
    pictures.refresh(shown);
    facts.setState({ pictures: pictures.facts });
    stanceKeeper.settle();
  }

  /** Draws the strokes of the views of points. */
  function explain(): void {
    const { shown } = facts.getState();
    if (!shown) return;
    drawnSpace.stroke(shown);
    dirtyPointViews();
  }

  function restrokeLayers(): void {
    const { shown } = facts.getState();
    if (isDisposed || !shown) return;
    explain();
    pictures.restrokeLayers(shown);
  }

  function restroke(): void {
    const { shown } = facts.getState();
    if (!shown) return;
    tintAll(shown);
    refreshPictures(shown);
    explain();
  }

  // -- What is on screen ----------------------------------------------------------------------------------------

  function swapIn(shown: Shown): void {
    const before = facts.getState().shown;
    const frame = putIntoSpace(shown);
    tintAll(shown);
    facts.setState({ shown, isAwaiting: false, ...frame.facts });
    for (const view of contextViewsOf(views)) view.isDear = frame.drawnPoints > gl.pointBudget.inMotion;
    for (const view of views.values()) drawnSpace.aim(view, shown, before);
    explain();
    refreshPictures(shown);
    noteShown(shown.frame, shown.row, space.cuboids.count);
    dirtyAll();
  }

  /** Everything on the GPU is gone with the context: the ring reads it again, and the frame is swapped in anew. */
  function onRestored(): void {
    const stances = stanceKeeper.stances();
    if (stances) stanceKeeper.takeStances(stances);
    facts.setState({ isContextLost: false, shown: null, isAwaiting: true });
    ring.clear();
    if (state.asked && state.around) asking.show(state.asked, state.around);
  }

  function draw(now: number): void {
    if (!gl.renderer || isDisposed || facts.getState().isContextLost) return;
    if (painter.draw(gl.renderer, views, now)) redraw();
    const part = space.nextPart(gl.pointBudget.atRest);
    if (!part) return;
    // One part between two paints: the view stays at hand while the rest arrives.
    uploads.part(part);
    for (const view of contextViewsOf(views)) view.isDirty = true;
    redraw();
  }

  function readyClose(view: CloseView): void {
    view.isFlipped = facts.getState().isFlipped;
    view.setFilled(closeShare(state.options));
    view.onScale = (scale) =>
      facts.setState(({ metersPerPixel }) => ({ metersPerPixel: { ...metersPerPixel, [view.face]: scale } }));
  }

  // -- What screens ask for -------------------------------------------------------------------------------------

  return {
    ...{ facts, index, draw, redraw, pointer: null },
    attach(renderer, canvas, requestFrame) {
      gl.attach(renderer, canvas, requestFrame);
      painter.setBackground(state.palette.background);
      observeRenderer(renderer, () => ring.bytes);
      dressing.setOptions(state.options);
      dirtyAll();
    },
    addView(view, id, camera) {
      views.set(id, view);
      gl.observe(view);
      const { shown } = facts.getState();
      if (view instanceof ImageView) pictures.add(id, view, camera);
      if (view instanceof CloseView) readyClose(view);
      if (shown) drawnSpace.aim(view, shown, null);
      refreshPictures(shown);
      dirtyAll();
      return () => {
        views.delete(id);
        gl.forget(view);
        pictures.remove(id);
        view.dispose();
        dirtyAll();
      };
    },
    setCamera(id, camera) {
      pictures.setCamera(id, camera);
      refreshPictures(facts.getState().shown);
      redraw();
    },
    setGap(gap) {
      state.explained.gap = gap;
      explain();
    },
    setBoxes(boxes) {
      state.explained.boxes = boxes;
      explain();
      refreshPictures(facts.getState().shown);
    },
    setLook(next) {
      state.look = next;
      refreshPictures(facts.getState().shown);
      redraw();
    },
    setHovered(row) {
      const { hoveredRow: before, shown } = facts.getState();
      if (before === row || !shown) return;
      facts.setState({ hoveredRow: row });
      if (before !== null) tint(before, shown);
      if (row !== null) tint(row, shown);
      dirtyPointViews();
    },
    setMemberStrength(strength) {
      space.setMemberStrength(strength);
      dirtyAll();
    },
    setNotes(owner, next) {
      notes.set(owner, next);
      facts.setState({ notes: [...notes.values()].flat() });
    },
    show: asking.show,
    isReady: asking.isReady,
    setOptions: dressing.setOptions,
    setPalette: dressing.setPalette,
    brighten: dressing.brighten,
    makeCloseView: pointViews.makeCloseView,
    makeContextView: pointViews.makeContextView,
    ...queries,
    stances: stanceKeeper.stances,
    takeStances: stanceKeeper.takeStances,
    ...createViewControls({
      views,
      space,
      facts,
      inFrame: drawnSpace.inFrame,
      drawn: drawnSpace.place,
      redraw,
    }),
    renderer: () => gl.renderer,
    stage: gl.stage,
    drawnPlace: drawnSpace.place,
    addLayer: layers.add,
    dirtyAll() {
      gl.measure();
      dirtyAll();
    },
    dispose() {
      isDisposed = true;
      asking.dispose();
      for (const view of views.values()) view.dispose();
      views.clear();
      gl.dispose();
      space.dispose();
      pointViews.releaseDepthEdges();
      ring.clear();
      assets.close();
      uploads.dispose();
      noteShown(null, null, 0);
    },
  };
}

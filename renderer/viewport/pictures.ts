/**
 * The camera panes: which picture each shows, what is drawn into it, and why it is empty where it is. A picture
 * stays until the next one is there.
 */
import type { Problem } from '../../shared/base/problem.ts';
import { effectiveCalibration, type ImageCalibration } from '../../shared/geometry/imageCalibration.ts';
import { type ImageSize, lensOf, type Pixel, rayThroughPixel } from '../../shared/geometry/lens.ts';
import { invert, transformDirection } from '../../shared/geometry/matrix.ts';
import type { Ltrb } from '../../shared/geometry/polygon.ts';
import type { Ray } from '../../shared/geometry/ray.ts';
import { box2dAt } from '../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../shared/model/labels.ts';
import type { ProjectedPoints } from '../workers/protocol.ts';
import { type ImageAsset, imageKey } from './assets/assetKinds.ts';
import type { AssetRing } from './assets/assetRing.ts';
import type { FrameAssets } from './assets/frameAssets.ts';
import { drawBesideInPicture } from './besideLabels.ts';
import type { EngineState } from './engineState.ts';
import { addRectangle, drawBox, drawPictureLabels, type PictureTarget, targetAt } from './imageOverlay.ts';
import type { Layers } from './layers.ts';
import type { Palette } from './palette.ts';
import { drawPairs } from './pictureLook.ts';
import type { PictureFact, Shown } from './shown.ts';
import type { ImageView } from './views/imageView.ts';

interface Pane {
  readonly id: string;
  readonly view: ImageView;
  camera: number;
  targets: readonly PictureTarget[];
  /** What the picture on screen is drawn with; null where nothing can be projected into it. */
  calibration: ImageCalibration | null;
  /** Key of the picture on screen: it stays until the next one is there, so it must not be freed before. */
  shownKey: string | null;
  /** How many strokes are the picture's own; those of layers come after them. */
  ownStrokes: number;
  /** Whether its own strokes show the label as stepped back behind a layer. */
  isDashed: boolean;
  /** Aborts the projection of points that is under way. */
  projecting: AbortController | null;
}

export interface Pictures {
  add(id: string, view: ImageView, camera: number): void;
  remove(id: string): void;
  setCamera(id: string, camera: number): void;
  /** Fills every pane from what the ring holds for the shown frame. */
  refresh(shown: Shown): void;
  /** Row of the label under a place of a pane, or null. */
  rowAt(id: string, x: number, y: number): number | null;
  /** Through a place of a pane into the scene, in the frame's space; null without a picture or a known lens. */
  rayAt(id: string, x: number, y: number): Ray | null;
  /** Draws what layers show over the pictures on screen again; pictures and labels stay as they are. */
  restrokeLayers(shown: Shown): void;
  /** Keys of the pictures on screen. */
  shownKeys(): string[];
  readonly facts: Readonly<Record<string, PictureFact>>;
}

export interface PictureNeeds {
  readonly index: DeliveryIndex;
  readonly ring: AssetRing;
  readonly assets: FrameAssets;
  readonly state: Pick<EngineState, 'palette' | 'options' | 'look' | 'explained'>;
  readonly layers: Layers;
  /** Sets a view's brightness and point size. */
  readonly dress: (view: ImageView) => void;
  readonly redraw: () => void;
}

export function createPictures(needs: PictureNeeds): Pictures {
  const { index, ring, assets, state } = needs;
  const panes = new Map<string, Pane>();
  let facts: Record<string, PictureFact> = {};

  function refreshPane(pane: Pane, shown: Shown): PictureFact {
    const { delivery } = index;
    const frame = delivery.frames.at(shown.frame)!;
    const at = frame.images.findIndex((image) => image.camera === pane.camera);
    const ref = frame.images[at];
    pane.view.strokes.clear();
    pane.targets = [];
    pane.calibration = null;
    pane.projecting?.abort();
    // While a calibration is tried the points stay until they are projected anew: they would flicker otherwise.
    const isTried = state.look !== null && state.options.showPointsOnPictures;
    if (!isTried || pane.shownKey !== imageKey(shown.frame, at)) pane.view.setPoints(null);
    if (!ref) {
      pane.shownKey = null;
      pane.view.show(null, null);
      return { status: 'none', problem: null, isProjectable: false, size: null, seesLabel: false };
    }
    const key = imageKey(shown.frame, at);
    const asset = ring.get(key) as ImageAsset | null;
    if (!asset) {
      const problem: Problem | null = ring.problem(key);
      if (problem) {
        pane.shownKey = null;
        pane.view.show(null, null);
      }
      pane.view.isDirty = true;
      return {
        status: problem ? 'failed' : 'loading',
        problem,
        isProjectable: true,
        size: null,
        seesLabel: false,
      };
    }
    const { image } = asset;
    pane.shownKey = key;
    const stated = effectiveCalibration(delivery, ref);
    const { look } = state;
    const calibration = stated && look ? look.calibrationOf(shown.frame, ref, stated) : stated;
    const isProjectable = calibration !== null && lensOf(calibration.model) !== null;
    const size = [image.width, image.height] as const;
    pane.calibration = isProjectable ? calibration : null;
    if (pane.calibration && state.options.showPointsOnPictures) {
      projectPoints(pane, shown, pane.calibration, size);
    }
    const focus = stroke(pane, shown, size);
    pane.view.show(image, focus);
    needs.dress(pane.view);
    return { status: 'ready', problem: null, isProjectable, size, seesLabel: focus !== null };
  }

  /** Draws everything that lies over a picture; answers the bounds of what is judged in it. */
  function stroke(pane: Pane, shown: Shown, size: ImageSize): Ltrb | null {
    const { labels } = index;
    const { calibration } = pane;
    const { strokes } = pane.view;
    const { palette, options } = state;
    let focus: Ltrb | null = null;
    strokes.clear();
    pane.targets = [];
    pane.isDashed = needs.layers.dashesLabel();
    if (calibration) {
      // Where a 2D box is judged its cuboid is only one of the others.
      const row = shown.box === null ? shown.row : null;
      const drawn = drawPictureLabels(
        strokes,
        labels,
        shown.frame,
        row,
        calibration,
        size,
        palette,
        pane.isDashed,
      );
      for (const box of state.explained.boxes) drawBox(strokes, box, calibration, size, palette);
      pane.targets = drawn.targets;
      focus = drawn.hull;
      if (state.look?.showBoxes) {
        drawPairs(strokes, labels, shown.frame, pane.camera, calibration, size, palette);
      }
    }
    drawBesideInPicture(strokes, index, shown.frame, pane.camera, options, calibration, size, palette);
    focus = drawBoxes(pane, shown, palette) ?? focus;
    pane.ownStrokes = strokes.count;
    strokeLayers(pane, shown, size);
    pane.view.isDirty = true;
    return focus;
  }

  /**
   * What layers draw, behind the picture's own strokes. It changes with every movement of a hand that pulls a box, so
   * the labels are not projected again, and a camera that sees nothing of it is not drawn again.
   */
  function strokeLayers(pane: Pane, shown: Shown, size: ImageSize): void {
    const { calibration, camera, ownStrokes } = pane;
    const { strokes } = pane.view;
    const hadLayers = strokes.count > ownStrokes;
    strokes.keepFirst(ownStrokes);
    const { palette, options } = state;
    needs.layers.inPicture({ strokes, shown, palette, options, camera, calibration, size });
    if (hadLayers || strokes.count > ownStrokes) pane.view.isDirty = true;
  }

  /** The vendor's 2D boxes of this camera; answers the bounds of the one under judgement. */
  function drawBoxes(pane: Pane, shown: Shown, palette: Palette) {
    const { boxes2d } = index.labels;
    let focus: Ltrb | null = null;
    if (shown.box === null) return focus;
    for (let row = boxes2d.frameStart[shown.frame]!; row < boxes2d.frameStart[shown.frame + 1]!; row++) {
      if (boxes2d.camera[row] !== pane.camera) continue;
      const { ltrb } = box2dAt(index.labels, row);
      const isSelected = row === shown.box;
      if (isSelected) focus = ltrb;
      const style = isSelected
        ? { colour: palette.selection, width: 1.75 }
        : { colour: palette.others, opacity: 0.6, width: 1 };
      addRectangle(pane.view.strokes, ltrb, style);
    }
    return focus;
  }

  function projectPoints(
    pane: Pane,
    shown: Shown,
    calibration: ImageCalibration,
    [width, height]: readonly [number, number],
  ): void {
    const controller = new AbortController();
    pane.projecting = controller;
    assets
      .projectPoints(shown.frame, calibration, width, height, controller.signal)
      .then((projected) => {
        if (controller.signal.aborted) return;
        pane.view.setPoints(joined(projected));
        needs.redraw();
      })
      .catch((error: unknown) => {
        // A sweep that is not there has its own sentence in the views of points.
        if (!controller.signal.aborted && !(error instanceof Error && error.name === 'ProblemError'))
          throw error;
      });
  }

  return {
    add(id, view, camera) {
      panes.set(id, {
        ...{ id, view, camera, targets: [], calibration: null, shownKey: null, projecting: null },
        ...{ ownStrokes: 0, isDashed: false },
      });
    },
    remove(id) {
      panes.get(id)?.projecting?.abort();
      panes.delete(id);
      const { [id]: _gone, ...rest } = facts;
      facts = rest;
    },
    setCamera(id, camera) {
      const pane = panes.get(id);
      if (pane) pane.camera = camera;
    },
    refresh(shown) {
      facts = Object.fromEntries([...panes].map(([id, pane]) => [id, refreshPane(pane, shown)]));
    },
    rowAt(id, x, y) {
      const pane = panes.get(id);
      return pane ? targetAt(pane.targets, ...pane.view.pixelAt(x, y)) : null;
    },
    rayAt(id, x, y) {
      const pane = panes.get(id);
      return pane?.calibration ? rayOfPixel(pane.calibration, pane.view.pixelAt(x, y)) : null;
    },
    restrokeLayers(shown) {
      const isDashed = needs.layers.dashesLabel();
      for (const [id, pane] of panes) {
        const size = facts[id]?.size;
        if (pane.shownKey === null || !size) continue;
        // The label itself changes only when it steps back behind a layer, or forward again.
        if (pane.isDashed === isDashed) strokeLayers(pane, shown, size);
        else stroke(pane, shown, size);
      }
    },
    shownKeys: () => [...panes.values()].flatMap(({ shownKey }) => shownKey ?? []),
    get facts() {
      return facts;
    },
  };
}

/** From the camera's centre through a pixel, in the frame's space; null where the lens sees nothing there. */
function rayOfPixel(calibration: ImageCalibration, pixel: Pixel): Ray | null {
  const direction = rayThroughPixel(calibration.model, pixel);
  const spaceFromCamera = invert(calibration.cameraFromSpace);
  if (!direction || !spaceFromCamera) return null;
  const [x, y, z] = transformDirection(spaceFromCamera, direction);
  const length = Math.hypot(x, y, z);
  return {
    origin: [spaceFromCamera[3]!, spaceFromCamera[7]!, spaceFromCamera[11]!],
    direction: [x / length, y / length, z / length],
  };
}

/** The points of all sweeps of the frame as one list. */
function joined(sweeps: readonly ProjectedPoints[]): ProjectedPoints | null {
  if (sweeps.length <= 1) return sweeps[0] ?? null;
  const count = sweeps.reduce((sum, sweep) => sum + sweep.count, 0);
  const points = new Float32Array(3 * count);
  let at = 0;
  for (const sweep of sweeps) {
    points.set(sweep.points.subarray(0, 3 * sweep.count), at);
    at += 3 * sweep.count;
  }
  return { points, count };
}

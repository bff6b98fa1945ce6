/**
 * The camera panes: which picture each shows, what is drawn into it, and why it is empty where it is. A picture
 * stays until the next one is there.
 */
import type { Problem } from '../../shared/base/problem.ts';
import { effectiveCalibration, type ImageCalibration } from '../../shared/geometry/imageCalibration.ts';
import { lensOf } from '../../shared/geometry/lens.ts';
import { box2dAt } from '../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../shared/model/labels.ts';
import type { ProjectedPoints } from '../workers/protocol.ts';
import type { AssetRing } from './assets/assetRing.ts';
import { type FrameAssets, type ImageAsset, imageKey } from './assets/frameAssets.ts';
import { drawBesideInPicture } from './besideLabels.ts';
import { addRectangle, drawBox, drawPictureLabels, type PictureTarget, targetAt } from './imageOverlay.ts';
import type { Palette } from './palette.ts';
import { drawPairs, type PictureLook } from './pictureLook.ts';
import type { PictureFact, Shown, ShownBox } from './shown.ts';
import type { ViewOptions } from './viewOptions.ts';
import type { ImageView } from './views/imageView.ts';

interface Pane {
  readonly id: string;
  readonly view: ImageView;
  camera: number;
  targets: readonly PictureTarget[];
  /** Key of the picture on screen: it stays until the next one is there, so it must not be freed before. */
  shownKey: string | null;
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
  /** Keys of the pictures on screen. */
  shownKeys(): string[];
  readonly facts: Readonly<Record<string, PictureFact>>;
}

export interface PictureNeeds {
  readonly index: DeliveryIndex;
  readonly ring: AssetRing;
  readonly assets: FrameAssets;
  readonly palette: () => Palette;
  readonly options: () => ViewOptions;
  /** Boxes of missing objects, drawn into every picture. */
  readonly boxes: () => readonly ShownBox[];
  /** How pictures are looked at for their calibration; null = as they are. */
  readonly look: () => PictureLook | null;
  /** Sets a view's brightness and point size. */
  readonly dress: (view: ImageView) => void;
  readonly redraw: () => void;
}

export function createPictures(needs: PictureNeeds): Pictures {
  const { index, ring, assets } = needs;
  const panes = new Map<string, Pane>();
  let facts: Record<string, PictureFact> = {};

  function refreshPane(pane: Pane, shown: Shown): PictureFact {
    const { delivery, labels } = index;
    const frame = delivery.frames.at(shown.frame)!;
    const at = frame.images.findIndex((image) => image.camera === pane.camera);
    const ref = frame.images[at];
    pane.view.strokes.clear();
    pane.targets = [];
    pane.projecting?.abort();
    // While a calibration is tried the points stay until they are projected anew: they would flicker otherwise.
    const isTried = needs.look() !== null && needs.options().showPointsOnPictures;
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
    const palette = needs.palette();
    const stated = effectiveCalibration(delivery, ref);
    const look = needs.look();
    const calibration = stated && look ? look.calibrationOf(shown.frame, ref, stated) : stated;
    const isProjectable = calibration !== null && lensOf(calibration.model) !== null;
    let seesLabel = false;
    let focus: readonly [number, number, number, number] | null = null;
    const size = [image.width, image.height] as const;
    const { strokes } = pane.view;
    if (calibration && isProjectable) {
      // Where a 2D box is judged its cuboid is only one of the others.
      const row = shown.box === null ? shown.row : null;
      const drawn = drawPictureLabels(strokes, labels, shown.frame, row, calibration, size, palette);
      for (const box of needs.boxes()) drawBox(strokes, box, calibration, size, palette);
      pane.targets = drawn.targets;
      focus = drawn.hull;
      seesLabel = drawn.hull !== null;
      if (look?.showBoxes) {
        drawPairs(strokes, labels, shown.frame, pane.camera, calibration, size, palette);
      }
      if (needs.options().showPointsOnPictures) projectPoints(pane, shown, calibration, size);
    }
    const lens = isProjectable ? calibration : null;
    drawBesideInPicture(strokes, index, shown.frame, pane.camera, needs.options(), lens, size, palette);
    focus = drawBoxes(pane, shown, palette) ?? focus;
    pane.view.show(image, focus);
    needs.dress(pane.view);
    return { status: 'ready', problem: null, isProjectable, size, seesLabel: seesLabel || focus !== null };
  }

  /** The vendor's 2D boxes of this camera; answers the bounds of the one under judgement. */
  function drawBoxes(pane: Pane, shown: Shown, palette: Palette) {
    const { boxes2d } = index.labels;
    let focus: readonly [number, number, number, number] | null = null;
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
      panes.set(id, { id, view, camera, targets: [], shownKey: null, projecting: null });
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
    shownKeys: () => [...panes.values()].flatMap(({ shownKey }) => shownKey ?? []),
    get facts() {
      return facts;
    },
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

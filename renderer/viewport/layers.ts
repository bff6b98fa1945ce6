/**
 * Stroke layers: how a feature draws into the views without the engine knowing it. A layer is asked for its strokes
 * whenever what is shown changes or it says so itself; between two such moments nothing runs.
 */
import type { CuboidShape } from '../../shared/geometry/cuboid.ts';
import type { ImageCalibration } from '../../shared/geometry/imageCalibration.ts';
import type { ImageSize, Pixel } from '../../shared/geometry/lens.ts';
import { transformPoint } from '../../shared/geometry/matrix.ts';
import { projectSegment } from '../../shared/geometry/projectCuboid.ts';
import { projectorOf } from '../../shared/geometry/projector.ts';
import type { Vec3 } from '../../shared/model/pose.ts';
import type { StrokeStyle, Strokes } from './gpu/strokes.ts';
import type { Palette } from './palette.ts';
import type { Shown } from './shown.ts';
import type { ViewOptions } from './viewOptions.ts';

interface Drawing {
  readonly strokes: Strokes;
  readonly shown: Shown;
  readonly palette: Palette;
  readonly options: ViewOptions;
}

/** The views of points: strokes are given in the drawn space. */
export interface SpaceDrawing extends Drawing {
  /** The label under judgement in the drawn space; null where there is none that can be drawn. */
  readonly label: CuboidShape | null;
  /** From the frame's space to the drawn one. */
  readonly place: (inFrame: Vec3) => Vec3;
  /** About the sensor's place on the ground, in the drawn space. */
  readonly sensorOnGround: Vec3;
}

/** One camera's picture: strokes are given in its pixels. */
export interface PictureDrawing extends Drawing {
  /** Index into `Delivery.cameras`. */
  readonly camera: number;
  /** Null where nothing can be projected. */
  readonly calibration: ImageCalibration | null;
  readonly size: ImageSize;
  /** A straight line of the frame's space as the lens bends it. */
  readonly line: (from: Vec3, to: Vec3, style: StrokeStyle) => void;
  /** The pixel of a place of the frame's space; null where this camera does not see it. */
  readonly spot: (place: Vec3) => Pixel | null;
}

export interface StrokeLayer {
  inSpace?(drawing: SpaceDrawing): void;
  inPicture?(drawing: PictureDrawing): void;
  /** True while the vendor's label steps back behind what this layer draws. */
  dashesLabel?(): boolean;
}

export interface PlacedLayer {
  /** Draws it again: what it shows has changed. */
  update(): void;
  remove(): void;
}

export interface Layers {
  /** The label is drawn dashed: something else stands in its place. */
  dashesLabel(): boolean;
  add(layer: StrokeLayer): PlacedLayer;
  inSpace(drawing: SpaceDrawing): void;
  inPicture(drawing: Omit<PictureDrawing, 'line' | 'spot'>): void;
}

/** Pieces a line is cut into where the lens bends it. */
const linePieces = 8;

/** `redraw` is called once after layers came, changed or went, however many at a time. */
export function createLayers(redraw: () => void): Layers {
  const layers = new Set<StrokeLayer>();
  let isAsked = false;
  /** A new label changes several layers in one go: what they draw is drawn once. */
  function ask(): void {
    if (isAsked) return;
    isAsked = true;
    queueMicrotask(() => {
      isAsked = false;
      redraw();
    });
  }
  return {
    add(layer) {
      layers.add(layer);
      ask();
      return {
        update: ask,
        remove() {
          if (layers.delete(layer)) ask();
        },
      };
    },
    dashesLabel: () => [...layers].some((layer) => layer.dashesLabel?.() ?? false),
    inSpace(drawing) {
      for (const layer of layers) layer.inSpace?.(drawing);
    },
    inPicture(drawing) {
      const { calibration, size, strokes } = drawing;
      const projector = calibration && projectorOf(calibration, size);
      const line: PictureDrawing['line'] = (from, to, style) => {
        if (!projector || !calibration) return;
        const inCamera = (place: Vec3): Vec3 => transformPoint(calibration.cameraFromSpace, place);
        for (const points of projectSegment(projector, inCamera(from), inCamera(to), linePieces)) {
          for (let at = 0; at + 3 < points.length; at += 2) {
            strokes.add(points[at]!, points[at + 1]!, 0, points[at + 2]!, points[at + 3]!, 0, style);
          }
        }
      };
      const pixel = new Float64Array(2);
      const spot: PictureDrawing['spot'] = (place) => {
        if (!projector || !calibration) return null;
        const [x, y, z] = transformPoint(calibration.cameraFromSpace, place);
        if (!projector.project(x, y, z, pixel, 0)) return null;
        const [u, v] = [pixel[0]!, pixel[1]!];
        return u >= -0.5 && v >= -0.5 && u < size[0] - 0.5 && v < size[1] - 0.5 ? [u, v] : null;
      };
      for (const layer of layers) layer.inPicture?.({ ...drawing, line, spot });
    },
  };
}

/** Pictures looked at for the sake of their calibration: drawn with one that is tried, cuboids against 2D boxes. */
import type { ImageCalibration } from '../../shared/geometry/imageCalibration.ts';
import type { ImageSize } from '../../shared/geometry/lens.ts';
import type { Ltrb } from '../../shared/geometry/polygon.ts';
import type { ImageRef } from '../../shared/model/delivery.ts';
import { box2dAt } from '../../shared/model/labelRow.ts';
import type { LabelTable } from '../../shared/model/labels.ts';
import { boxPairs } from '../../shared/scoring/boxResiduals.ts';
import type { StrokeStyle, Strokes } from './gpu/strokes.ts';
import { addRectangle } from './imageOverlay.ts';
import type { Palette } from './palette.ts';

export interface PictureLook {
  /** What the picture is drawn with, in place of the calibration it has. */
  calibrationOf(frame: number, image: ImageRef, calibration: ImageCalibration): ImageCalibration;
  /** Outlines of cuboids and the 2D boxes they belong to. */
  readonly showBoxes: boolean;
}

/** Each pair: the outline solid, the box dashed, and how far their middles are apart. Boxes alone are dashed too. */
export function drawPairs(
  strokes: Strokes,
  labels: LabelTable,
  frame: number,
  camera: number,
  calibration: ImageCalibration,
  imageSize: ImageSize,
  palette: Palette,
): void {
  const { boxes2d } = labels;
  const outline: StrokeStyle = { colour: palette.selection, width: 1.5 };
  const dashed: StrokeStyle = { colour: palette.missed, width: 1.5, dash: 4 };
  const apart: StrokeStyle = { colour: palette.measure, width: 2 };
  for (const { box, hull } of boxPairs({ labels, frame, camera, calibration, imageSize })) {
    const [from, to] = [middleOf(box2dAt(labels, box).ltrb), middleOf(hull)];
    addRectangle(strokes, hull, outline);
    strokes.add(from[0], from[1], 0, to[0], to[1], 0, apart);
  }
  for (let row = boxes2d.frameStart[frame]!; row < boxes2d.frameStart[frame + 1]!; row++) {
    if (boxes2d.camera[row] === camera) addRectangle(strokes, box2dAt(labels, row).ltrb, dashed);
  }
}

function middleOf([left, top, right, bottom]: Ltrb): readonly [number, number] {
  return [(left + right) / 2, (top + bottom) / 2];
}

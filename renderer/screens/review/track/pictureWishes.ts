/** Which pictures the strip asks for: for each column on screen what the worker needs to make its own. */
import type { CuboidShape } from '../../../../shared/geometry/cuboid.ts';
import { effectiveCalibration } from '../../../../shared/geometry/imageCalibration.ts';
import type { RasterColour } from '../../../../shared/geometry/rasterise.ts';
import type { LabelColours } from '../../../../shared/geometry/rasteriseLabel.ts';
import { cuboidAt } from '../../../../shared/model/labelRow.ts';
import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import type { TrackMoment } from '../../../../shared/scoring/trackSeries.ts';
import { rankCameras } from '../../../viewport/cameraRank.ts';
import type { Rgb } from '../../../viewport/colourMaps.ts';
import type { Palette } from '../../../viewport/palette.ts';
import type { PictureWish } from '../../../viewport/trackPictures/trackPictures.ts';
import type { DeliveryAddress } from '../../../workers/remoteFiles.ts';
import { rowGap, type StripLayout } from './stripLayout.ts';
import { placeInGap, type TrackColumn } from './trackColumns.ts';

/** Everything that all pictures of a strip share. */
export interface StripLook {
  readonly index: DeliveryIndex;
  readonly address: DeliveryAddress;
  readonly series: readonly TrackMoment[];
  readonly layout: StripLayout;
  readonly toleranceMeters: number;
  readonly palette: Palette;
  /** Device pixels a CSS pixel. */
  readonly ratio: number;
}

/** One picture in a column's canvas: places in device pixels. */
export interface ColumnCell {
  readonly key: string;
  readonly top: number;
  readonly height: number;
}

export interface ColumnPlan {
  /** Device pixels. */
  readonly width: number;
  readonly height: number;
  readonly cells: readonly ColumnCell[];
  /** In the order they are wanted; empty where nothing can be pictured. */
  readonly wishes: readonly PictureWish[];
}

/** Points so far around a label are kept by the worker: the widest picture needs no more, metres. */
const keptMargin = 3;

export function planColumn(look: StripLook, column: TrackColumn): ColumnPlan {
  const { layout, ratio } = look;
  const width = Math.round(layout.columnWidth * ratio);
  const rowHeight = Math.round(layout.rowHeight * ratio);
  const gap = Math.round(rowGap * ratio);
  const rows = layout.faces.length + (layout.hasCamera ? 1 : 0);
  const height = rows * rowHeight + (rows - 1) * gap;
  if (column.state === 'outside' || !isDrawable(look.index, column)) {
    return { width, height, cells: [], wishes: [] };
  }
  const pointsHeight = layout.faces.length * rowHeight;
  const name = [
    column.frame,
    column.row ?? 'gap',
    width,
    rowHeight,
    layout.metersPerPixel.toFixed(4),
    look.toleranceMeters.toFixed(3),
    ...[look.palette.background, look.palette.labelPoints, look.palette.selection].flat(),
  ].join(' ');
  const cells = [{ key: `points ${name}`, top: 0, height: pointsHeight }];
  const wishes = [pointsWish(look, column, cells[0]!.key, width, rowHeight)];
  if (layout.hasCamera) {
    const cell = { key: `camera ${name}`, top: pointsHeight + gap, height: height - pointsHeight - gap };
    cells.push(cell);
    wishes.push(cameraWish(look, column, cell, width));
  }
  return { width, height, cells, wishes: wishes.flatMap((wish) => wish ?? []) };
}

function isDrawable(index: DeliveryIndex, { row }: TrackColumn): boolean {
  return row === null || cuboidAt(index.labels, row).isUsable;
}

/** Where the label is, or would be; null where nobody can say. */
function shapeOf({ index, series }: StripLook, { row, frame, state }: TrackColumn): CuboidShape | null {
  if (row !== null) return cuboidAt(index.labels, row);
  return state === 'gap' ? placeInGap(index, series, frame) : null;
}

function pointsWish(
  look: StripLook,
  column: TrackColumn,
  key: string,
  width: number,
  height: number,
): PictureWish {
  const { layout, palette, ratio, toleranceMeters } = look;
  return {
    key,
    kind: 'points',
    input() {
      const { sweeps } = look.index.delivery.frames.at(column.frame)!;
      const shape = shapeOf(look, column);
      if (shape === null || sweeps.length === 0) return null;
      const colours = labelColours(palette);
      return {
        address: look.address,
        key: `${column.frame} ${column.row ?? `gap ${look.series[0]!.row}`}`,
        sweeps,
        shape: { center: shape.center, size: shape.size, rotation: shape.rotation },
        margin: keptMargin,
        pictures: layout.faces.map((face) => ({
          face,
          width,
          height,
          metersPerPixel: layout.metersPerPixel / ratio,
          line: Math.max(1, Math.round(ratio)),
          toleranceMeters: column.row === null ? 0 : toleranceMeters,
          isMissing: column.row === null,
          colours,
        })),
      };
    },
  };
}

function cameraWish(
  look: StripLook,
  column: TrackColumn,
  { key, height }: ColumnCell,
  width: number,
): PictureWish {
  const { index, palette, ratio } = look;
  return {
    key,
    kind: 'camera',
    input() {
      const shape = shapeOf(look, column);
      const frame = index.delivery.frames.at(column.frame)!;
      const best = shape && rankCameras(index.delivery, frame, shape)[0];
      const ref = best && frame.images[best.image];
      const calibration = ref && effectiveCalibration(index.delivery, ref);
      if (!shape || !calibration) return null;
      return {
        address: look.address,
        ref,
        calibration,
        shape: { center: shape.center, size: shape.size, rotation: shape.rotation },
        width,
        height,
        line: Math.max(1, Math.round(ratio)),
        isMissing: column.row === null,
        background: bytes(palette.background),
        outline: bytes(palette.selection),
      };
    },
  };
}

function labelColours(palette: Palette): LabelColours {
  return {
    background: bytes(palette.background),
    inside: bytes(palette.labelPoints),
    around: bytes(palette.context),
    outline: bytes(palette.selection),
    tolerance: bytes(palette.tolerance),
  };
}

function bytes([red, green, blue]: Rgb): RasterColour {
  return [Math.round(255 * red), Math.round(255 * green), Math.round(255 * blue)];
}

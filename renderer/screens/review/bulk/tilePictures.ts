/** What a tile's pictures are made of: the points from above and the best camera's crop, in the strip's own way. */

import type { DeliveryIndex } from '../../../../shared/model/labels.ts';
import type { Vec3 } from '../../../../shared/model/pose.ts';
import type { Palette } from '../../../viewport/palette.ts';
import { type ColumnPlan, planColumn, type StripLook } from '../track/pictureWishes.ts';
import { median } from './oddness.ts';
import type { SimilarUnit } from './similar.ts';

/** CSS pixels of one picture of a tile. */
export const pictureWidth = 150;
export const pictureHeight = 92;

/** Surroundings shown around a label of median size, metres on each side: a quarter of its length. */
const marginMeters = (length: number): number => Math.min(0.8, Math.max(0.3, length / 4));

/**
 * All tiles have one scale, that of a label of median size: one that is larger than its like is seen to be so, and
 * one too large for its tile is cut off by the tile's edge.
 */
export function tileLook(
  index: DeliveryIndex,
  delivery: string,
  similar: readonly SimilarUnit[],
  palette: Palette,
): StripLook {
  const { size } = index.labels.cuboids;
  const middle = (axis: number): number =>
    similar.length === 0 ? 1 : median(similar.map(({ located }) => size[3 * located.row + axis]!));
  const usual: Vec3 = [middle(0), middle(1), middle(2)];
  const margin = marginMeters(usual[0]);
  const metersPerPixel = Math.max(
    (usual[0] + 2 * margin) / pictureHeight,
    (usual[1] + 2 * margin) / pictureWidth,
  );
  return {
    index,
    address: { base: document.baseURI, delivery },
    series: [],
    layout: {
      columnWidth: pictureWidth,
      rowHeight: pictureHeight,
      faces: ['top'],
      hasCamera: true,
      hasPlots: false,
      metersPerPixel,
    },
    toleranceMeters: 0,
    palette,
    ratio: Math.min(2, Math.max(1, devicePixelRatio)),
  };
}

export function tilePlan(look: StripLook, { located }: SimilarUnit): ColumnPlan {
  return planColumn(look, { frame: located.frame, row: located.row, state: 'present' });
}

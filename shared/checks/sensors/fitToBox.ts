/**
 * How a cuboid's outline and a 2D box fit, as this delivery draws its boxes: a tight box lies inside the outline of a
 * cuboid, by how much depends on the class, and on whether boxes are drawn round the whole object.
 */
import { groupedBy } from '../../base/groupedBy.ts';
import { iouOfRectangles, type Ltrb } from '../../geometry/polygon.ts';
import { usual } from './spread.ts';

/** How far each side of the box lies inside the outline, in shares of the outline's width and height. */
export type Insets = readonly [left: number, top: number, right: number, bottom: number];

const flush: Insets = [0, 0, 0, 0];

export function insetsOf(outline: Ltrb, box: Ltrb): Insets {
  const [width, height] = [outline[2] - outline[0], outline[3] - outline[1]];
  return [
    (box[0] - outline[0]) / width,
    (box[1] - outline[1]) / height,
    (outline[2] - box[2]) / width,
    (outline[3] - box[3]) / height,
  ];
}

export function withInsets(outline: Ltrb, [left, top, right, bottom]: Insets): Ltrb {
  const [width, height] = [outline[2] - outline[0], outline[3] - outline[1]];
  return [
    outline[0] + left * width,
    outline[1] + top * height,
    outline[2] - right * width,
    outline[3] - bottom * height,
  ];
}

/** Boxes drawn otherwise than this are not a way of drawing them, but off. */
const mostInset = 0.2;

export function medianInsets(all: readonly Insets[]): Insets {
  const side = (at: 0 | 1 | 2 | 3): number =>
    Math.max(-mostInset, Math.min(mostInset, usual(all.map((insets) => insets[at])).median));
  return all.length === 0 ? flush : [side(0), side(1), side(2), side(3)];
}

/** How boxes of a class are drawn. */
export interface Practice {
  readonly insets: Insets;
}

export interface DrawnPair {
  readonly outline: Ltrb;
  readonly ltrb: Ltrb;
  readonly className: string;
  /** What it belongs to: pairs of one object count as one opinion. */
  readonly object: string;
}

/** Fewer pairs, or of fewer objects, say nothing of a practice. */
const leastPairs = 12;
const leastObjects = 4;

/** By class; under '' that of all pairs together, for the classes that have too few. */
export function practiceOf(pairs: readonly DrawnPair[]): ReadonlyMap<string, Practice> {
  const practice = new Map<string, Practice>([['', isEnough(pairs) ? drawn(pairs) : { insets: flush }]]);
  for (const [className, of] of groupedBy(pairs, (pair) => pair.className)) {
    if (isEnough(of)) practice.set(className, drawn(of));
  }
  return practice;
}

function isEnough(pairs: readonly DrawnPair[]): boolean {
  return pairs.length >= leastPairs && groupedBy(pairs, ({ object }) => object).size >= leastObjects;
}

function drawn(pairs: readonly DrawnPair[]): Practice {
  return { insets: medianInsets(pairs.map(({ outline, ltrb }) => insetsOf(outline, ltrb))) };
}

/** Outlines and boxes of objects that do not show whole: so alike, and so evenly, only where nobody cut the boxes. */
const wholeOverlap = 0.75;
const wholeScatter = 0.08;

/** Whether the boxes of objects that are hidden or cut are drawn round the whole of them. */
export function isWholeDrawn(partial: readonly DrawnPair[]): boolean {
  if (!isEnough(partial)) return false;
  const { median, mad } = usual(partial.map(({ outline, ltrb }) => iouOfRectangles(outline, ltrb)));
  return median >= wholeOverlap && mad <= wholeScatter;
}

/** Boxes are drawn with a little air. */
const air = 0.1;

/** Share of a box that lies within an outline grown by a little. */
export function shareWithin(outline: Ltrb, box: Ltrb): number {
  const grown = withInsets(outline, [-air, -air, -air, -air]);
  const width = Math.min(grown[2], box[2]) - Math.max(grown[0], box[0]);
  const height = Math.min(grown[3], box[3]) - Math.max(grown[1], box[1]);
  const area = (box[2] - box[0]) * (box[3] - box[1]);
  return width > 0 && height > 0 && area > 0 ? (width * height) / area : 0;
}

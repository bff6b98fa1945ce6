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

/** What is usual for a class. */
export interface Practice {
  readonly insets: Insets;
  /** Of outline and box once the insets are taken out; null where there are too few to say. */
  readonly overlap: { readonly median: number; readonly mad: number } | null;
}

export interface ComparedPair {
  readonly outline: Ltrb;
  readonly box: Ltrb;
  readonly className: string;
  /** What it belongs to: pairs of one object count as one opinion. */
  readonly object: string;
}

/** Fewer pairs, or of fewer objects, say nothing of a practice. */
const leastPairs = 12;
const leastObjects = 4;

/** By class; under '' that of all pairs together, for the classes that have too few. */
export function practiceOf(pairs: readonly ComparedPair[]): ReadonlyMap<string, Practice> {
  const practice = new Map<string, Practice>([['', usualFit(pairs) ?? { insets: flush, overlap: null }]]);
  for (const [className, of] of groupedBy(pairs, (pair) => pair.className)) {
    const fit = usualFit(of);
    if (fit) practice.set(className, fit);
  }
  return practice;
}

function usualFit(pairs: readonly ComparedPair[]): Practice | null {
  if (pairs.length < leastPairs || groupedBy(pairs, ({ object }) => object).size < leastObjects) return null;
  const insets = medianInsets(pairs.map(({ outline, box }) => insetsOf(outline, box)));
  const overlaps = pairs.map(({ outline, box }) => iouOfRectangles(withInsets(outline, insets), box));
  return { insets, overlap: usual(overlaps) };
}

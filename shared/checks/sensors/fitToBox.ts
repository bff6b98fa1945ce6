/**
 * How a cuboid's outline and a 2D box fit, as this delivery draws its boxes: a tight box lies inside the outline of a
 * cuboid, by how much depends on the class, and on whether boxes are drawn round the whole object.
 */
import { groupedBy } from '../../base/groupedBy.ts';
import { iouOfRectangles, type Ltrb } from '../../geometry/polygon.ts';
import { usual } from './spread.ts';

/** How a box lies in an outline, in shares of the outline's width and height. */
export type Placing = readonly [
  /** Of the middles, right and down. */
  right: number,
  down: number,
  /** On either side. */
  narrower: number,
  lower: number,
];

export function placingOf(outline: Ltrb, box: Ltrb): Placing {
  const [width, height] = [outline[2] - outline[0], outline[3] - outline[1]];
  const [left, right] = [(box[0] - outline[0]) / width, (outline[2] - box[2]) / width];
  const [top, bottom] = [(box[1] - outline[1]) / height, (outline[3] - box[3]) / height];
  return [(left - right) / 2, (top - bottom) / 2, (left + right) / 2, (top + bottom) / 2];
}

export function placed(outline: Ltrb, [right, down, narrower, lower]: Placing): Ltrb {
  const [width, height] = [outline[2] - outline[0], outline[3] - outline[1]];
  return [
    outline[0] + (right + narrower) * width,
    outline[1] + (down + lower) * height,
    outline[2] + (right - narrower) * width,
    outline[3] + (down - lower) * height,
  ];
}

/** How boxes of a class are drawn: where they usually lie, and how far from there they still do. */
export interface Practice {
  readonly usual: Placing;
  readonly reach: Placing;
}

const flush: Practice = { usual: [0, 0, 0, 0], reach: [0, 0, 0, 0] };

/** Overlap of a box with the outline, drawn as the practice would draw it next to the box. */
export function overlapAsDrawn(outline: Ltrb, box: Ltrb, practice: Practice): number {
  const drawn = placingOf(outline, box).map((value, at) => {
    const [middle, reach] = [practice.usual[at]!, practice.reach[at]!];
    return Math.min(middle + reach, Math.max(middle - reach, value));
  });
  return iouOfRectangles(placed(outline, drawn as unknown as Placing), box);
}

/** Boxes drawn otherwise than this are not a way of drawing them, but off. */
const mostUsual = 0.2;
/** So many deviations are still usual: a person's box changes its width with each step, hardly its middle. */
const deviations: Placing = [1, 1, 4, 4];
const mostReach: Placing = [0.06, 0.06, 0.25, 0.25];

/** The usual placing of one object's boxes, with the reach of its class. */
export function practiceAround(pairs: readonly DrawnPair[], { reach }: Practice): Practice {
  return { ...practiceFrom(pairs), reach };
}

function practiceFrom(pairs: readonly DrawnPair[]): Practice {
  const placings = pairs.map(({ outline, ltrb }) => placingOf(outline, ltrb));
  const each = ([0, 1, 2, 3] as const).map((at) => usual(placings.map((placing) => placing[at])));
  const within = (value: number): number => Math.max(-mostUsual, Math.min(mostUsual, value));
  return {
    usual: each.map(({ median }) => within(median)) as unknown as Placing,
    reach: each.map(({ mad }, at) => Math.min(mostReach[at]!, deviations[at]! * mad)) as unknown as Placing,
  };
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
  const practice = new Map<string, Practice>([['', isEnough(pairs) ? practiceFrom(pairs) : flush]]);
  for (const [className, of] of groupedBy(pairs, (pair) => pair.className)) {
    if (isEnough(of)) practice.set(className, practiceFrom(of));
  }
  return practice;
}

function isEnough(pairs: readonly DrawnPair[]): boolean {
  return pairs.length >= leastPairs && groupedBy(pairs, ({ object }) => object).size >= leastObjects;
}

/** Outlines and boxes of objects that do not show whole: so alike, and so evenly, only where nobody cut the boxes. */
const wholeOverlap = 0.75;
const wholeScatter = 0.12;

/** Whether the boxes of objects that are hidden or cut are drawn round the whole of them. */
export function isWholeDrawn(partial: readonly (DrawnPair & { readonly held: Ltrb })[]): boolean {
  if (!isEnough(partial)) return false;
  const { median, mad } = usual(
    partial.map(({ outline, held, ltrb }) =>
      Math.max(iouOfRectangles(outline, ltrb), iouOfRectangles(held, ltrb)),
    ),
  );
  return median >= wholeOverlap && mad <= wholeScatter;
}

/** Boxes are drawn with a little air. */
const air = 0.1;

/** Share of a box that lies within an outline grown by a little. */
export function shareWithin(outline: Ltrb, box: Ltrb): number {
  const grown = placed(outline, [0, 0, -air, -air]);
  const width = Math.min(grown[2], box[2]) - Math.max(grown[0], box[0]);
  const height = Math.min(grown[3], box[3]) - Math.max(grown[1], box[1]);
  const area = (box[2] - box[0]) * (box[3] - box[1]);
  return width > 0 && height > 0 && area > 0 ? (width * height) / area : 0;
}

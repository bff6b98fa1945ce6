/** What the strip shows in the box it is given: blocks and plots always, pictures where there is room for them. */
import type { Vec3 } from '../../../../shared/model/pose.ts';

export interface StripLayout {
  /** 0 = no pictures. Pixels. */
  readonly rowHeight: number;
  readonly columnWidth: number;
  /** Pictures below each other: from above, then from the side. */
  readonly faces: readonly ('top' | 'side')[];
  readonly hasCamera: boolean;
  readonly hasPlots: boolean;
  /** One scale for every picture of the track: a size that changes must be seen to change. */
  readonly metersPerPixel: number;
}

/** Heights of what is always there, with the gaps around it, pixels. */
const blocksHeight = 38;
const plotsHeight = 56;
/** Rows lower than this show nothing that could be judged. */
const leastRow = 36;
const highestRow = 200;
/** Room for three rows. */
const leastThreeRows = 132;
/** Pixels between rows of pictures, and the bar of marks below them. */
export const rowGap = 2;
export const markBar = 5;
/** Surroundings shown around the label, metres on each side; a third of a small thing's own size is enough. */
const marginMeters = (size: Vec3): number => Math.min(1, Math.max(0.35, size[0] / 3));

/** `size`: the largest of the track, metres; null = there is nothing to be pictured. `height`: of the whole box. */
export function stripLayout(height: number, size: Vec3 | null): StripLayout {
  const hasPlots = height >= blocksHeight + plotsHeight - 20;
  const free = height - blocksHeight - plotsHeight - markBar;
  const none = { rowHeight: 0, columnWidth: 0, faces: [], hasCamera: false, hasPlots, metersPerPixel: 0 };
  if (size === null || free < leastRow) return none;
  const hasThree = free >= leastThreeRows;
  const rowHeight = Math.min(highestRow, Math.floor(hasThree ? (free - 2 * rowGap) / 3 : free));
  const margin = marginMeters(size);
  const [along, across, up] = [size[0] + 2 * margin, size[1] + 2 * margin, size[2] + 2 * margin];
  if (!hasThree) {
    // From above a vehicle is longer than wide: narrow columns bring more of its time into one look.
    const columnWidth = within(Math.round((across / along) * rowHeight), 0.45 * rowHeight, 1.1 * rowHeight);
    const metersPerPixel = Math.max(along / rowHeight, across / columnWidth);
    return { rowHeight, columnWidth, faces: ['top'], hasCamera: false, hasPlots, metersPerPixel };
  }
  const columnWidth = within(Math.round((along / across) * rowHeight), 1.2 * rowHeight, 1.5 * rowHeight);
  const metersPerPixel = Math.max(
    along / rowHeight,
    along / columnWidth,
    across / columnWidth,
    up / rowHeight,
  );
  return { rowHeight, columnWidth, faces: ['top', 'side'], hasCamera: true, hasPlots, metersPerPixel };
}

/** Largest extents of a track. */
export function largestSize(sizes: readonly Vec3[]): Vec3 | null {
  if (sizes.length === 0) return null;
  const largest = (axis: 0 | 1 | 2): number => Math.max(...sizes.map((size) => size[axis]));
  return [largest(0), largest(1), largest(2)];
}

/** The items [from, to) of `count` in reach of a scroller, `spare` more on each side. */
export function itemsInView(
  scrolled: number,
  width: number,
  itemWidth: number,
  count: number,
  spare: number,
): { readonly from: number; readonly to: number } {
  if (itemWidth <= 0) return { from: 0, to: 0 };
  const from = Math.floor(scrolled / itemWidth) - spare;
  const to = Math.ceil((scrolled + width) / itemWidth) + spare;
  return { from: within(from, 0, count), to: within(to, 0, count) };
}

/** The same items, the one at `middle` first, then outwards. */
export function outwards(from: number, to: number, middle: number): number[] {
  const items = Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
  return items.sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle) || b - a);
}

function within(value: number, least: number, most: number): number {
  return Math.round(Math.min(Math.max(value, least), most));
}

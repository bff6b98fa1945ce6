/** Rates as dot and whisker on one axis from zero: what was found, and where the lot may lie. */
import { type ChartPalette, drawing, label, line, scale, textWidth, ticksTo } from './frame.ts';
import { type ChartNode, node } from './node.ts';

export interface IntervalRow {
  readonly label: string;
  /** The row's numbers in words, right of the drawing. */
  readonly text: string;
  /** Shares, 0..1. `found` null = nothing was found: only the upper limit is drawn. */
  readonly found: number | null;
  readonly lower: number;
  readonly upper: number;
  /** Marked across the row, e.g. the AQL; null = none. */
  readonly limit: number | null;
  /** Rests on few units: drawn faint. */
  readonly isFaint?: boolean;
  /** Lies apart from the others beyond chance: a triangle beside its name points the way. */
  readonly apart?: 'above' | 'below' | null;
}

/** What all rows are held against, as an upright line and a band. Shares, 0..1. */
export interface IntervalReference {
  readonly share: number;
  readonly lower: number;
  readonly upper: number;
  readonly text: string;
}

export interface IntervalChart {
  readonly title: string;
  readonly axisLabel: string;
  readonly rows: readonly IntervalRow[];
  readonly reference?: IntervalReference;
  readonly width: number;
  readonly palette: ChartPalette;
}

const rowHeight = 30;
const denseRowHeight = 24;
/** Rows from which on they are set closer. */
const manyRows = 8;

export function intervalChart({
  title,
  axisLabel,
  rows,
  reference,
  width,
  palette,
}: IntervalChart): ChartNode {
  const height = rows.length < manyRows ? rowHeight : denseRowHeight;
  const top = reference ? 26 : 6;
  const hasMarks = rows.some(({ apart }) => apart);
  const left = 12 + (hasMarks ? 14 : 0) + Math.max(...rows.map((row) => textWidth(row.label)));
  const right = width - 16 - Math.max(...rows.map((row) => textWidth(row.text)));
  const bottom = top + 4 + rows.length * height;
  // A lot that was judged whole and is faultless reaches nowhere: one percent gives its axis a length.
  const ticks = ticksTo(100 * (reachOf(rows, reference) || 0.01), 4);
  const end = Math.max(left + 80, right);
  const x = scale(0, ticks.at(-1)!, left, end);
  return drawing(width, bottom + 40, title, [
    ...(reference ? referenceNodes(reference, x, { left, end, top, bottom, width }, palette) : []),
    ...ticks.flatMap((tick) => [
      line(x(tick), top, x(tick), bottom, palette.line),
      label(x(tick), bottom + 16, String(tick), { anchor: 'middle', fill: palette.dim }),
    ]),
    label(x(0), bottom + 34, axisLabel, { fill: palette.dim }),
    ...rows.flatMap((row, at) =>
      rowNodes(row, top + 4 + (at + 0.5) * height, { x, end, width, hasMarks }, palette),
    ),
  ]);
}

/**
 * How far the axis goes: to the longest whisker, but faint rows do not stretch it so far that the others become dots.
 * What goes beyond ends in an arrow, and its numbers stand beside it.
 */
function reachOf(rows: readonly IntervalRow[], reference: IntervalReference | undefined): number {
  const ends = (some: readonly IntervalRow[]): number[] =>
    some.map(({ upper, limit }) => Math.max(upper, limit ?? 0));
  const longest = Math.max(...ends(rows), reference?.upper ?? 0);
  const firm = rows.filter(({ isFaint = false }) => !isFaint);
  // Where most rows are faint they are what there is to see.
  if (2 * firm.length < rows.length) return longest;
  const farthestDot = Math.max(...rows.map(({ found }) => found ?? 0));
  return Math.min(
    longest,
    Math.max(1.5 * Math.max(...ends(firm)), 1.15 * farthestDot, 1.3 * (reference?.upper ?? 0)),
  );
}

function referenceNodes(
  { share, lower, upper, text }: IntervalReference,
  x: (percent: number) => number,
  frame: { left: number; end: number; top: number; bottom: number; width: number },
  palette: ChartPalette,
): ChartNode[] {
  const { left, end, top, bottom, width } = frame;
  const [from, to] = [x(100 * lower), Math.min(end, x(100 * upper))];
  const half = textWidth(text) / 2;
  const place = Math.min(Math.max(x(100 * share), left + half), width - half);
  return [
    node('rect', {
      x: from,
      y: top,
      width: Math.max(1, to - from),
      height: bottom - top,
      fill: palette.accent,
      'fill-opacity': 0.14,
    }),
    line(x(100 * share), top - 4, x(100 * share), bottom, palette.accent, '4 3'),
    label(place, top - 10, text, { anchor: 'middle', fill: palette.dim }),
  ];
}

interface RowFrame {
  readonly x: (percent: number) => number;
  /** Where the axis ends, in pixels. */
  readonly end: number;
  readonly width: number;
  readonly hasMarks: boolean;
}

function rowNodes(
  row: IntervalRow,
  y: number,
  { x, end, width, hasMarks }: RowFrame,
  palette: ChartPalette,
): ChartNode[] {
  const { limit, found, apart, isFaint = false } = row;
  const ink = isFaint ? palette.dim : palette.ink;
  const whisker = { stroke: ink, 'stroke-width': isFaint ? 1.25 : 2, fill: 'none' };
  const isCut = x(100 * row.upper) > end + 0.5;
  const [from, to] = [x(100 * row.lower), isCut ? end : x(100 * row.upper)];
  const cap = isCut ? `M${to - 6} ${y - 4}L${to} ${y}L${to - 6} ${y + 4}` : `M${to} ${y - 5}V${y + 5}`;
  return [
    ...(apart ? [triangle(6, y, apart, palette)] : []),
    label(hasMarks ? 14 : 0, y + 4, row.label, { fill: palette.text, ...(apart ? { weight: 600 } : {}) }),
    ...(limit === null ? [] : [line(x(100 * limit), y - 11, x(100 * limit), y + 11, palette.reject, '2 2')]),
    node('path', { d: `M${from} ${y}H${to}${cap}`, ...whisker }),
    ...(found === null
      ? []
      : [
          node('path', { d: `M${from} ${y - 5}V${y + 5}`, ...whisker }),
          node('circle', { cx: x(100 * found), cy: y, r: isFaint ? 3.5 : 4.5, fill: ink }),
        ]),
    label(width, y + 4, row.text, { anchor: 'end', fill: isFaint ? palette.dim : palette.text }),
  ];
}

function triangle(x: number, y: number, apart: 'above' | 'below', palette: ChartPalette): ChartNode {
  const tip = apart === 'above' ? y - 5 : y + 5;
  const base = apart === 'above' ? y + 4 : y - 4;
  return node('path', {
    d: `M${x - 5} ${base}H${x + 5}L${x} ${tip}Z`,
    fill: apart === 'above' ? palette.reject : palette.ink,
  });
}

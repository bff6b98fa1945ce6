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
}

export interface IntervalChart {
  readonly title: string;
  readonly axisLabel: string;
  readonly rows: readonly IntervalRow[];
  readonly width: number;
  readonly palette: ChartPalette;
}

const rowHeight = 30;

export function intervalChart({ title, axisLabel, rows, width, palette }: IntervalChart): ChartNode {
  const left = 12 + Math.max(...rows.map((row) => textWidth(row.label)));
  const right = width - 16 - Math.max(...rows.map((row) => textWidth(row.text)));
  const bottom = 10 + rows.length * rowHeight;
  const ticks = ticksTo(100 * Math.max(...rows.map(({ upper, limit }) => Math.max(upper, limit ?? 0))), 4);
  const x = scale(0, ticks.at(-1)!, left, Math.max(left + 80, right));
  return drawing(width, bottom + 40, title, [
    ...ticks.flatMap((tick) => [
      line(x(tick), 6, x(tick), bottom, palette.line),
      label(x(tick), bottom + 16, String(tick), { anchor: 'middle', fill: palette.dim }),
    ]),
    label(x(0), bottom + 34, axisLabel, { fill: palette.dim }),
    ...rows.flatMap((row, at) => rowNodes(row, 10 + (at + 0.5) * rowHeight, x, width, palette)),
  ]);
}

function rowNodes(
  row: IntervalRow,
  y: number,
  x: (percent: number) => number,
  width: number,
  palette: ChartPalette,
): ChartNode[] {
  const [from, to] = [x(100 * row.lower), x(100 * row.upper)];
  const whisker = { stroke: palette.ink, 'stroke-width': 2, fill: 'none' };
  const { limit, found } = row;
  return [
    label(0, y + 4, row.label, { fill: palette.text }),
    ...(limit === null ? [] : [line(x(100 * limit), y - 11, x(100 * limit), y + 11, palette.reject, '2 2')]),
    node('path', { d: `M${from} ${y}H${to}M${to} ${y - 5}V${y + 5}`, ...whisker }),
    ...(found === null
      ? []
      : [
          node('path', { d: `M${from} ${y - 5}V${y + 5}`, ...whisker }),
          node('circle', { cx: x(100 * found), cy: y, r: 4.5, fill: palette.ink }),
        ]),
    label(width, y + 4, row.text, { anchor: 'end', fill: palette.text }),
  ];
}

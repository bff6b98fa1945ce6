/** Counts as horizontal bars, split by severity: defects by code or by class. */
import { type ChartPalette, drawing, label, scale, textWidth } from './frame.ts';
import { type ChartNode, node } from './node.ts';

export interface BarPart {
  readonly value: number;
  readonly fill: string;
  /** What the part is, said on hovering and to readers of the page. */
  readonly name: string;
}

export interface BarRow {
  readonly label: string;
  readonly parts: readonly BarPart[];
}

export interface BarChart {
  readonly title: string;
  readonly rows: readonly BarRow[];
  readonly width: number;
  readonly palette: ChartPalette;
}

const rowHeight = 26;
const barHeight = 14;

export function barChart({ title, rows, width, palette }: BarChart): ChartNode {
  const totals = rows.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0));
  const left = 12 + Math.max(0, ...rows.map((row) => textWidth(row.label)));
  const x = scale(0, Math.max(1, ...totals), left, width - 40);
  const legend = legendOf(rows);
  const bottom = rows.length * rowHeight;
  return drawing(width, bottom + (legend.length > 1 ? 28 : 6), title, [
    ...rows.flatMap((row, at) => {
      const y = at * rowHeight + rowHeight / 2;
      return [
        label(0, y + 4, row.label, { fill: palette.text }),
        ...partNodes(row.parts, y - barHeight / 2, x),
        label(x(totals[at]!) + 6, y + 4, String(totals[at]), { fill: palette.text, weight: 600 }),
      ];
    }),
    ...(legend.length > 1 ? legendNodes(legend, left, bottom + 18, palette) : []),
  ]);
}

function partNodes(parts: readonly BarPart[], y: number, x: (value: number) => number): ChartNode[] {
  let sum = 0;
  return parts.flatMap(({ value, fill, name }) => {
    if (value === 0) return [];
    const from = x(sum);
    sum += value;
    // A hair of ground between two parts, so that they part without colour as well.
    const size = { x: from, y, width: Math.max(1, x(sum) - from - 1), height: barHeight };
    return [node('rect', { ...size, fill }, node('title', {}, `${name}: ${value}`))];
  });
}

function legendOf(rows: readonly BarRow[]): BarPart[] {
  const shown = rows.flatMap(({ parts }) => parts).filter(({ value }) => value > 0);
  return shown.filter(({ name }, at) => shown.findIndex((other) => other.name === name) === at);
}

function legendNodes(
  legend: readonly BarPart[],
  left: number,
  y: number,
  palette: ChartPalette,
): ChartNode[] {
  let x = left;
  return legend.flatMap(({ name, fill }) => {
    const from = x;
    x += 16 + textWidth(name) + 18;
    return [
      node('rect', { x: from, y: y - 9, width: 10, height: 10, fill }),
      label(from + 16, y, name, { fill: palette.dim }),
    ];
  });
}

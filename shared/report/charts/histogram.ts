/** A histogram with optional limits across it. */
import { type ChartPalette, drawing, label, line, scale, ticksTo } from './frame.ts';
import { type ChartNode, node } from './node.ts';

export interface Histogram {
  readonly title: string;
  readonly xLabel: string;
  /** Edges of the bins, ascending, one more than `counts`. */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
  readonly limits: readonly { readonly value: number; readonly text: string }[];
  readonly width: number;
  readonly height: number;
  readonly palette: ChartPalette;
}

export function histogramChart(chart: Histogram): ChartNode {
  const { edges, counts, palette, width, height } = chart;
  const plot = { left: 40, right: width - 12, top: 30, bottom: height - 36 };
  const yTicks = ticksTo(Math.max(1, ...counts), 4);
  const x = scale(edges[0]!, edges.at(-1)!, plot.left, plot.right);
  const y = scale(0, yTicks.at(-1)!, plot.bottom, plot.top);
  return drawing(width, height, chart.title, [
    label(0, 14, chart.title, { fill: palette.text, size: 13, weight: 600 }),
    ...yTicks.flatMap((tick) => [
      line(plot.left, y(tick), plot.right, y(tick), palette.line),
      label(plot.left - 6, y(tick) + 4, String(tick), { anchor: 'end', fill: palette.dim }),
    ]),
    ...counts.map((count, at) => {
      const [from, to] = [x(edges[at]!), x(edges[at + 1]!)];
      const size = {
        x: from,
        width: Math.max(1, to - from - 1),
        y: y(count),
        height: plot.bottom - y(count),
      };
      return node('rect', { ...size, fill: palette.ink }, node('title', {}, `${count}`));
    }),
    ...labelledEdges(edges).map((edge) =>
      label(x(edge), plot.bottom + 16, String(Number(edge.toPrecision(4))), {
        anchor: 'middle',
        fill: palette.dim,
      }),
    ),
    ...chart.limits.flatMap(({ value, text }) => [
      line(x(value), plot.top - 4, x(value), plot.bottom, palette.reject, '3 3'),
      label(x(value) + 5, plot.top + 8, text, { fill: palette.reject }),
    ]),
    label(plot.right, height - 4, chart.xLabel, { anchor: 'end', fill: palette.dim }),
  ]);
}

/** At most seven edges, the first among them, so that their numbers do not run into one another. */
function labelledEdges(edges: readonly number[]): number[] {
  const step = Math.ceil(edges.length / 7);
  return edges.filter((_, at) => at % step === 0);
}

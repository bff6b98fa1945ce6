/** The operating characteristic: how likely a lot passes over its quality, with the real lot and both risks marked. */
import { type ChartPalette, drawing, label, line, scale, textWidth, ticksTo } from './frame.ts';
import { type ChartNode, node } from './node.ts';

/** A quality (share, 0..1) and the probability that it passes. */
export interface OcPoint {
  readonly p: number;
  readonly pa: number;
}

export interface OcMark extends OcPoint {
  /** Said beside the mark. */
  readonly text: string;
}

export interface OcCurve {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /** The process curve, ascending p. */
  readonly curve: readonly OcPoint[];
  /** What the lot of this size can really be: whole numbers of nonconforming units. */
  readonly lot: readonly OcPoint[];
  /** The quality that should pass, and that which should not; null where the plan names none. */
  readonly producer: OcMark | null;
  readonly consumer: OcMark | null;
  readonly width: number;
  readonly height: number;
  readonly palette: ChartPalette;
}

/** More points than pixels say nothing. */
const mostLotPoints = 60;

export function ocCurveChart(chart: OcCurve): ChartNode {
  const { palette, width, height } = chart;
  const plot = { left: 44, right: width - 12, top: 56, bottom: height - 40 };
  const last = Math.max(chart.consumer?.p ?? 0, lastUsefulRate(chart.curve)) * 100;
  const xTicks = ticksTo(last);
  const x = scale(0, xTicks.at(-1)!, plot.left, plot.right);
  const y = scale(0, 100, plot.bottom, plot.top);
  const at = ({ p, pa }: OcPoint): [number, number] => [x(100 * p), y(100 * pa)];
  const isShown = ({ p }: OcPoint): boolean => 100 * p <= xTicks.at(-1)!;
  return drawing(width, height, chart.title, [
    label(0, 14, chart.title, { fill: palette.text, size: 13, weight: 600 }),
    ...[0, 25, 50, 75, 100].flatMap((tick) => [
      line(plot.left, y(tick), plot.right, y(tick), palette.line),
      label(plot.left - 6, y(tick) + 4, String(tick), { anchor: 'end', fill: palette.dim }),
    ]),
    ...xTicks.flatMap((tick) => [
      line(x(tick), plot.bottom, x(tick), plot.bottom + 4, palette.dim),
      label(x(tick), plot.bottom + 17, String(tick), { anchor: 'middle', fill: palette.dim }),
    ]),
    label(plot.right, height - 6, chart.xLabel, { anchor: 'end', fill: palette.dim }),
    label(0, 32, chart.yLabel, { fill: palette.dim }),
    node('polyline', {
      points: chart.curve
        .filter(isShown)
        .map((point) => coordinates(at(point)))
        .join(' '),
      fill: 'none',
      stroke: palette.ink,
      'stroke-width': 2,
    }),
    ...thinned(chart.lot.filter(isShown)).map((point) => {
      const [cx, cy] = at(point);
      return node('circle', {
        cx,
        cy,
        r: 2.2,
        fill: palette.background,
        stroke: palette.ink,
        'stroke-width': 1,
      });
    }),
    ...[chart.producer, chart.consumer].flatMap((mark) =>
      mark && isShown(mark)
        ? markNodes(mark, at(mark), chart.curve.filter(isShown).map(at), plot, palette)
        : [],
    ),
  ]);
}

function markNodes(
  mark: OcMark,
  [cx, cy]: readonly [number, number],
  curve: readonly (readonly [number, number])[],
  plot: { readonly right: number; readonly bottom: number },
  palette: ChartPalette,
): ChartNode[] {
  // The words stand right of the mark; near the edge they move left, and up until they clear the curve.
  const from = Math.min(cx + 10, plot.right - textWidth(mark.text));
  const curveThere = curve.find(([x]) => x >= from)?.[1] ?? cy;
  const fill = palette.accent;
  return [
    line(cx, cy, cx, plot.bottom, fill, '3 3'),
    node('circle', { cx, cy, r: 4.5, fill }),
    label(from, Math.min(cy, curveThere) - 8, mark.text, { fill }),
  ];
}

function coordinates([x, y]: readonly [number, number]): string {
  return `${x.toFixed(1)},${y.toFixed(1)}`;
}

/** Where hardly one lot in a hundred passes, the rest of the curve is a flat line. */
function lastUsefulRate(curve: readonly OcPoint[]): number {
  return (curve.find(({ pa }) => pa < 0.01) ?? curve.at(-1))?.p ?? 1;
}

function thinned(points: readonly OcPoint[]): readonly OcPoint[] {
  const step = Math.ceil(points.length / mostLotPoints);
  return points.filter((_, at) => at % step === 0);
}

/** Curves of one plan or several over the quality of what is submitted, told apart by dash and letter as by colour. */
import { type ChartPalette, drawing, label, line, scale, textWidth, ticksTo } from './frame.ts';
import { type ChartNode, node } from './node.ts';

/** A point in the units of the axes. */
export interface FigurePoint {
  readonly x: number;
  readonly y: number;
}

export interface FigureMark extends FigurePoint {
  /** Said beside the mark. */
  readonly text: string;
}

export interface FigureCurve {
  readonly points: readonly FigurePoint[];
  /** What the plan really gives at whole numbers of bad units; empty where the curve says it all. */
  readonly dots: readonly FigurePoint[];
  /** Said in the legend after its dash; the first letter stands on the curve. Null where it is the only one. */
  readonly name: string | null;
}

export interface PlanFigure {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  /**
   * Ascending x; the first curve is the plan at hand. One without points is not drawn, and the others keep their dash
   * and letter.
   */
  readonly curves: readonly FigureCurve[];
  readonly marks: readonly FigureMark[];
  /** Where the horizontal axis ends at least; ticks begin at 0. */
  readonly lastX: number;
  readonly yTicks: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly palette: ChartPalette;
}

/** More points than pixels say nothing. */
const mostDots = 60;

/** The plan at hand is drawn whole, the others dashed: told apart without a colour. */
const dashes = ['', '8 5', '2 4'] as const;

interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export function planFigure(figure: PlanFigure): ChartNode {
  const { palette, width, height, yTicks } = figure;
  const legend = legendNodes(figure);
  const plot: Plot = { left: 44, right: width - 12, top: 56 + legend.height, bottom: height - 40 };
  const xTicks = ticksTo(figure.lastX);
  const lastX = xTicks.at(-1)!;
  const x = scale(0, lastX, plot.left, plot.right);
  const y = scale(0, yTicks.at(-1)!, plot.bottom, plot.top);
  const at = (point: FigurePoint): readonly [number, number] => [x(point.x), y(point.y)];
  const isShown = (point: FigurePoint): boolean => point.x <= lastX;
  const [first] = figure.curves;
  return drawing(width, height, figure.title, [
    label(0, 14, figure.title, { fill: palette.text, size: 13, weight: 600 }),
    ...legend.nodes,
    ...yTicks.flatMap((tick) => [
      line(plot.left, y(tick), plot.right, y(tick), palette.line),
      label(plot.left - 6, y(tick) + 4, String(tick), { anchor: 'end', fill: palette.dim }),
    ]),
    ...xTicks.flatMap((tick) => [
      line(x(tick), plot.bottom, x(tick), plot.bottom + 4, palette.dim),
      label(x(tick), plot.bottom + 17, String(tick), { anchor: 'middle', fill: palette.dim }),
    ]),
    label(plot.right, height - 6, figure.xLabel, { anchor: 'end', fill: palette.dim }),
    label(0, 32 + legend.height, figure.yLabel, { fill: palette.dim }),
    ...figure.curves
      .map((curve, place) => curveNodes(figure, curve, place, (points) => points.filter(isShown).map(at)))
      .reverse()
      .flat(),
    ...figure.marks.flatMap((mark) =>
      isShown(mark)
        ? markNodes(mark, at(mark), (first?.points ?? []).filter(isShown).map(at), plot, palette)
        : [],
    ),
  ]);
}

function strokeOf(palette: ChartPalette, place: number): string {
  return [palette.ink, palette.text, palette.major][place] ?? palette.dim;
}

type Place = (points: readonly FigurePoint[]) => (readonly [number, number])[];

function curveNodes(figure: PlanFigure, curve: FigureCurve, place: number, placed: Place): ChartNode[] {
  const { palette } = figure;
  const stroke = strokeOf(palette, place);
  const points = placed(curve.points);
  const dash = dashes[place] ?? '';
  return [
    node('polyline', {
      points: points.map(coordinates).join(' '),
      fill: 'none',
      stroke,
      'stroke-width': 2,
      ...(dash === '' ? {} : { 'stroke-dasharray': dash }),
    }),
    ...placed(thinned(curve.dots)).map(([cx, cy]) =>
      node('circle', { cx, cy, r: 2.2, fill: palette.background, stroke, 'stroke-width': 1 }),
    ),
    ...(curve.name === null ? [] : letterNodes(curve.name, points, place, stroke, palette)),
  ];
}

/**
 * The curve's letter on the curve itself, each at another height so that letters of near curves do not meet. A level
 * line has one height only: its letter stands along it instead.
 */
function letterNodes(
  name: string,
  points: readonly (readonly [number, number])[],
  place: number,
  stroke: string,
  palette: ChartPalette,
): ChartNode[] {
  if (points.length === 0) return [];
  const heights = points.map(([, y]) => y);
  const [top, bottom] = [Math.min(...heights), Math.max(...heights)];
  const wanted = top + (bottom - top) * [0.42, 0.58, 0.74][place]!;
  const near = points.reduce((best, point) =>
    Math.abs(point[1] - wanted) < Math.abs(best[1] - wanted) ? point : best,
  );
  const isLevel = bottom - top < 1;
  const [cx, cy] = isLevel ? points[Math.floor(points.length * [0.3, 0.5, 0.7][place]!)]! : near;
  return [
    node('rect', { x: cx - 8, y: cy - 8, width: 16, height: 16, fill: palette.background, stroke }),
    label(cx, cy + 4, name.slice(0, 1), { anchor: 'middle', fill: stroke, weight: 600 }),
  ];
}

const legendRow = 18;

/** One row for each named curve: its dash, then its name. */
function legendNodes({ curves, palette }: PlanFigure): {
  readonly nodes: ChartNode[];
  readonly height: number;
} {
  const named = curves.flatMap(({ name, points }, place) =>
    name === null || points.length === 0 ? [] : [{ name, place }],
  );
  const nodes = named.flatMap(({ name, place }, row) => {
    const y = 32 + row * legendRow;
    const stroke = strokeOf(palette, place);
    const drawn = { x1: 0, y1: y - 4, x2: 32, y2: y - 4, stroke, 'stroke-width': 2 };
    const dash = dashes[place] ?? '';
    return [
      node('line', dash === '' ? drawn : { ...drawn, 'stroke-dasharray': dash }),
      label(40, y, name, { fill: palette.text }),
    ];
  });
  return { nodes, height: named.length * legendRow };
}

function markNodes(
  mark: FigureMark,
  [cx, cy]: readonly [number, number],
  curve: readonly (readonly [number, number])[],
  plot: Plot,
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

function thinned(points: readonly FigurePoint[]): readonly FigurePoint[] {
  const step = Math.ceil(points.length / mostDots);
  return points.filter((_, at) => at % step === 0);
}

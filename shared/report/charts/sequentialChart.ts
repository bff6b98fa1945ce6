/** The course of a sequential plan: bad units over judged ones, the two lines, the end, the path and its decision. */
import type { CourseStep } from '../../audit/course.ts';
import type { SequentialLines } from '../../sampling/sequential.ts';
import { type ChartPalette, drawing, fontSize, label, line, scale, textWidth, ticksTo } from './frame.ts';
import { type ChartNode, node } from './node.ts';

export interface SequentialChart {
  readonly title: string;
  readonly words: {
    readonly x: string;
    readonly y: string;
    readonly accept: string;
    readonly reject: string;
    readonly end: string;
  };
  readonly lines: SequentialLines;
  /** Units after which the middle line decides. */
  readonly end: number;
  readonly steps: readonly CourseStep[];
  /** Said beside the last step; null while the plan has not decided. */
  readonly decision: { readonly text: string; readonly isMet: boolean } | null;
  readonly width: number;
  readonly height: number;
  readonly palette: ChartPalette;
}

const headroom = 1.15;

type Point = readonly [x: number, y: number];

export function sequentialChart(chart: SequentialChart): ChartNode {
  const { palette, width, height, lines, end, steps, words } = chart;
  const { slope, hAccept, hReject } = lines;
  const last = steps.at(-1);
  // The upper line's name stands above its end.
  const most = headroom * Math.max(slope * end + hReject, (last?.most ?? 0) + 1);
  const xTicks = ticksTo(end);
  const yTicks = ticksTo(most, 4).filter((tick) => Number.isInteger(tick) && tick <= most);
  const plot = { left: 36, right: width - 12, top: 56, bottom: height - 40 };
  const x = scale(0, Math.max(end, xTicks.at(-1)!), plot.left, plot.right);
  const y = scale(0, most, plot.bottom, plot.top);
  const at = (n: number, d: number): Point => [x(n), y(d)];
  const hasOpen = steps.some(({ least, most: worst }) => worst > least);
  return drawing(width, height, chart.title, [
    label(0, 14, chart.title, { fill: palette.text, size: 13, weight: 600 }),
    label(0, 34, words.y, { fill: palette.dim }),
    label(plot.right, height - 6, words.x, { anchor: 'end', fill: palette.dim }),
    ...yTicks.flatMap((tick) => [
      line(plot.left, y(tick), plot.right, y(tick), palette.line),
      label(plot.left - 6, y(tick) + 4, String(tick), { anchor: 'end', fill: palette.dim }),
    ]),
    ...xTicks.map((tick) =>
      label(x(tick), plot.bottom + 17, String(tick), { anchor: 'middle', fill: palette.dim }),
    ),
    line(x(end), plot.bottom, x(end), plot.top, palette.dim, '4 3'),
    label(x(end) - 4, plot.top - 6, words.end, { anchor: 'end', fill: palette.dim }),
    line(...at(0, 0), ...at(end, slope * end), palette.line, '2 4'),
    stroke([at(0, hReject), at(end, slope * end + hReject)], palette.reject, 1.5),
    ...(slope * end > hAccept
      ? [stroke([at(hAccept / slope, 0), at(end, slope * end - hAccept)], palette.ink, 1.5)]
      : []),
    ...(hasOpen ? [stroke(pathOf(steps, 'most', at), palette.text, 1, '3 3')] : []),
    stroke(pathOf(steps, 'least', at), palette.text, 2),
    ...badPlaces(steps).map(([n, d]) => node('circle', { cx: x(n), cy: y(d), r: 3, fill: palette.reject })),
    ...zoneNames(chart, x, y, plot),
    ...(last && chart.decision ? decisionNodes(chart.decision, at(last.n, last.least), chart, plot) : []),
  ]);
}

/** Level while units are good, straight up where one is bad. */
function pathOf(
  steps: readonly CourseStep[],
  which: 'least' | 'most',
  at: (n: number, d: number) => Point,
): Point[] {
  let before = 0;
  return [
    at(0, 0),
    ...steps.flatMap((step) => {
      const rises = step[which] > before;
      const corner = rises ? [at(step.n, before)] : [];
      before = step[which];
      return [...corner, at(step.n, step[which])];
    }),
  ];
}

function badPlaces(steps: readonly CourseStep[]): [number, number][] {
  return steps.flatMap(({ n, least }, place) =>
    least > (steps[place - 1]?.least ?? 0) ? [[n, least] as [number, number]] : [],
  );
}

/** Each name on its own side of its line, at its end: paths are rarely that long. */
function zoneNames(
  { lines, end, words, palette }: SequentialChart,
  x: (n: number) => number,
  y: (d: number) => number,
  plot: { readonly bottom: number; readonly top: number },
): ChartNode[] {
  const { slope, hAccept, hReject } = lines;
  const rise = (pixels: number): number => slope * ((pixels - x(0)) / (x(1) - x(0)));
  const right = x(end) - 6;
  const reject = y(rise(right) + hReject) - 6;
  const accept = y(rise(right - textWidth(words.accept)) - hAccept) + fontSize + 3;
  const names = [
    { text: words.reject, y: Math.max(plot.top + fontSize, reject), fill: palette.reject },
    { text: words.accept, y: Math.min(plot.bottom - 4, accept), fill: palette.ink },
  ];
  return names.map((name) =>
    rimmed(right, name.y, name.text, palette, { 'text-anchor': 'end', fill: name.fill }),
  );
}

function decisionNodes(
  { text, isMet }: NonNullable<SequentialChart['decision']>,
  [cx, cy]: Point,
  { palette }: SequentialChart,
  plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number },
): ChartNode[] {
  const fill = isMet ? palette.ink : palette.reject;
  const width = textWidth(text);
  // Right of an accepting decision no line is left; elsewhere the words stand above it.
  const isBeside = isMet && cx + 12 + width <= plot.right;
  const middle = Math.min(Math.max(cx, plot.left + width / 2), plot.right - width / 2);
  const place = isBeside
    ? { x: cx + 12, y: Math.min(cy + 4, plot.bottom - 5) }
    : { x: middle, y: Math.max(plot.top + fontSize, cy - 12) };
  return [
    node('circle', { cx, cy, r: 5.5, fill: palette.background, stroke: fill, 'stroke-width': 2.5 }),
    rimmed(place.x, place.y, text, palette, {
      'text-anchor': isBeside ? 'start' : 'middle',
      fill: palette.text,
      'font-weight': 600,
    }),
  ];
}

/** Words with a rim in the colour of the ground, legible over lines. */
function rimmed(
  x: number,
  y: number,
  text: string,
  { background }: ChartPalette,
  attributes: ChartNode['attributes'],
): ChartNode {
  const rim = { stroke: background, 'stroke-width': 4, 'paint-order': 'stroke' };
  return node('text', { x, y, 'font-size': fontSize, ...rim, ...attributes }, text);
}

function stroke(points: readonly Point[], colour: string, width: number, dash = ''): ChartNode {
  const attributes = {
    points: points.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join(' '),
    fill: 'none',
    stroke: colour,
    'stroke-width': width,
  };
  return node('polyline', dash ? { ...attributes, 'stroke-dasharray': dash } : attributes);
}

/** One curve over what is tried: its top, what was delivered, and where the trial stands. */

import type { ChartPalette } from '../../../shared/report/charts/frame.ts';
import { drawing, label, line, scale, textWidth } from '../../../shared/report/charts/frame.ts';
import { type ChartNode, node } from '../../../shared/report/charts/node.ts';
import { signed } from '../review/numbers.ts';
import type { Curve } from './useAlignment.ts';

export interface CurveChart {
  readonly title: string;
  readonly curve: Curve;
  /** In the unit of the steps. */
  readonly tried: number;
  readonly digits: number;
  /** What is said of the top. */
  readonly remark: string;
  readonly width: number;
  readonly palette: ChartPalette;
}

const height = 96;

export function curveChart({ title, curve, tried, digits, remark, width, palette }: CurveChart): ChartNode {
  const { steps, scores, peak } = curve;
  const [first, last] = [steps[0]!, steps.at(-1)!];
  const finite = scores.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  const room = Math.max(0.02, high - low);
  const plot = { left: 34, right: width - 8, top: 24, bottom: height - 20 };
  const x = scale(first, last, plot.left, plot.right);
  const y = scale(low - 0.1 * room, high + 0.1 * room, plot.bottom, plot.top);
  const points = steps.flatMap((step, at) =>
    Number.isFinite(scores[at]!) ? [`${x(step).toFixed(1)},${y(scores[at]!).toFixed(1)}`] : [],
  );
  const ticks = [first, first / 2, 0, last / 2, last];
  const mark = peak?.isClear ? peak : null;
  return drawing(width, height, `${title}: ${remark}`, [
    label(0, 12, title, { fill: palette.text }),
    label(width, 12, remark, { fill: mark ? palette.accent : palette.dim, anchor: 'end' }),
    label(plot.left - 4, y(high) + 4, high.toFixed(2), { fill: palette.dim, anchor: 'end' }),
    label(plot.left - 4, y(low) + 4, low.toFixed(2), { fill: palette.dim, anchor: 'end' }),
    line(plot.left, plot.bottom, plot.right, plot.bottom, palette.line),
    line(x(0), plot.top, x(0), plot.bottom, palette.line),
    ...ticks.map((tick) => tickLabel(tick, x(tick), digits, width, palette)),
    node('polyline', { points: points.join(' '), fill: 'none', stroke: palette.ink, 'stroke-width': 1.5 }),
    ...(tried === 0 || tried < first || tried > last
      ? []
      : [line(x(tried), plot.top, x(tried), plot.bottom, palette.accent, '3 3')]),
    ...(mark ? [node('circle', { cx: x(mark.at), cy: y(high), r: 3.5, fill: palette.accent })] : []),
  ]);
}

function tickLabel(
  tick: number,
  at: number,
  digits: number,
  width: number,
  palette: ChartPalette,
): ChartNode {
  const text = signed(tick, Number.isInteger(tick) ? 0 : digits);
  const half = textWidth(text) / 2;
  return label(Math.min(width - half - 2, at), height - 5, text, { anchor: 'middle', fill: palette.dim });
}

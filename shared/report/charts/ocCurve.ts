/** The operating characteristic: how likely a lot passes over its quality, with the real lot and both risks marked. */
import type { ChartPalette } from './frame.ts';
import type { ChartNode } from './node.ts';
import { type FigureCurve, type FigurePoint, planFigure } from './planFigure.ts';

/** A quality (share of bad units, or defects per unit) and the probability that it passes. */
export interface OcPoint {
  readonly p: number;
  readonly pa: number;
}

export interface OcMark extends OcPoint {
  /** Said beside the mark. */
  readonly text: string;
}

/** Another plan beside the one at hand. */
export interface OtherOc {
  readonly name: string;
  readonly curve: readonly OcPoint[];
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
  /** Name of this plan where others stand beside it; each name begins with the letter that stands on its curve. */
  readonly name?: string;
  readonly others?: readonly OtherOc[];
  readonly width: number;
  readonly height: number;
  readonly palette: ChartPalette;
}

export function ocCurveChart(chart: OcCurve): ChartNode {
  const { title, xLabel, yLabel, others = [], width, height, palette } = chart;
  const own: FigureCurve = {
    points: chart.curve.map(inPercent),
    dots: chart.lot.map(inPercent),
    name: others.length === 0 ? null : (chart.name ?? title),
  };
  const beside = others.map(
    ({ name, curve }): FigureCurve => ({ name, points: curve.map(inPercent), dots: [] }),
  );
  return planFigure({
    title,
    xLabel,
    yLabel,
    curves: [own, ...beside],
    marks: [chart.producer, chart.consumer].flatMap((mark) =>
      mark ? [{ ...inPercent(mark), text: mark.text }] : [],
    ),
    lastX:
      100 *
      Math.max(chart.consumer?.p ?? 0, lastUsefulRate([chart.curve, ...others.map(({ curve }) => curve)])),
    yTicks: [0, 25, 50, 75, 100],
    width,
    height,
    palette,
  });
}

function inPercent({ p, pa }: OcPoint): FigurePoint {
  return { x: 100 * p, y: 100 * pa };
}

/** Where hardly one lot in a hundred passes any of the plans: the rest of every curve says no more. */
export function lastUsefulRate(curves: readonly (readonly OcPoint[])[]): number {
  const lasts = curves.map((curve) => (curve.find(({ pa }) => pa < 0.01) ?? curve.at(-1))?.p ?? 1);
  return Math.max(...lasts);
}

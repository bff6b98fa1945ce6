/** The figure of one plan, or of two or three: lots that pass, units judged, what is left after correction. */
import { SegmentedControl } from '@mantine/core';
import { type ReactNode, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Translate } from '../../../shared/messages/translate.ts';
import { ticksTo } from '../../../shared/report/charts/frame.ts';
import { lastUsefulRate, type OcMark, ocCurveChart } from '../../../shared/report/charts/ocCurve.ts';
import { type FigurePoint, planFigure } from '../../../shared/report/charts/planFigure.ts';
import { ocMarks } from '../../../shared/report/ocMarks.ts';
import { type PlanFacts, planFacts } from '../../../shared/sampling/planFacts.ts';
import type { SamplingPlan } from '../../../shared/sampling/samplingPlan.ts';
import { Chart, screenPalette } from '../../ui/Chart.tsx';
import { count } from '../../ui/format.ts';
import { usePercent } from '../../ui/usePercent.ts';
import styles from './Plan.module.css';
import { curveNames } from './planNames.ts';
import type { Pin } from './useCompare.ts';

const figures = ['oc', 'asn', 'aoq'] as const;
type Figure = (typeof figures)[number];

interface Drawn {
  readonly plan: SamplingPlan;
  readonly facts: PlanFacts;
  readonly name: string;
}

export interface PlanCurvesProps {
  readonly plan: SamplingPlan;
  readonly pins: readonly Pin[];
  /** Beside the choice of the figure. */
  readonly aside: ReactNode;
}

export function PlanCurves({ plan, pins, aside }: PlanCurvesProps) {
  const { t } = useTranslation();
  const percent = usePercent();
  const [figure, setFigure] = useState<Figure>('oc');
  // Where one plan takes long to reckon, the slider goes on and the curve follows.
  const shown = useDeferredValue(plan);
  const own = useMemo(() => planFacts(shown), [shown]);
  const beside = useMemo(() => pins.map((pin) => ({ plan: pin.plan, facts: planFacts(pin.plan) })), [pins]);
  const names = curveNames([shown, ...pins.map((pin) => pin.plan)], t);
  const drawn = [{ plan: shown, facts: own }, ...beside].map((entry, at) => ({ ...entry, name: names[at]! }));
  return (
    <>
      <div className={styles.figures}>
        <SegmentedControl
          aria-label={t('designer.figure.label')}
          value={figure}
          onChange={(chosen) => setFigure(chosen as Figure)}
          data={figures.map((name) => ({ value: name, label: t(`designer.figure.${name}`) }))}
        />
        {aside}
      </div>
      <Chart testId={`${figure}-curve`} draw={(width) => chartOf(figure, drawn, { t, percent }, width)} />
      {figure === 'aoq' && <p className={styles.note}>{outgoingNote(own, { t, percent })}</p>}
    </>
  );
}

function heightAt(width: number): number {
  return Math.max(280, Math.min(620, Math.round(width * 0.5)));
}

/** How the reader's language says things. */
interface Said {
  readonly t: Translate;
  readonly percent: (share: number) => string;
}

function chartOf(figure: Figure, drawn: readonly Drawn[], words: Said, width: number) {
  if (figure === 'oc') return passing(drawn, words, width);
  const { t } = words;
  const lines = drawn.map(({ facts, name }) => ({ points: pointsOf(figure, facts), name }));
  const highest = Math.max(1e-6, ...lines.flatMap(({ points }) => points.map(({ y }) => y)));
  return planFigure({
    title: t(`designer.figure.${figure}`),
    xLabel: xLabel(drawn[0]!.plan, t),
    yLabel: t(`designer.${figure}Y`),
    curves: lines.map(({ points, name }) => ({ points, dots: [], name: drawn.length > 1 ? name : null })),
    marks: [],
    // The same qualities as in the first figure, so that one can look from one to the other.
    lastX: 100 * lastUsefulRate(drawn.map(({ facts }) => facts.oc)),
    yTicks: ticksTo(highest * 1.02, 4),
    width,
    height: heightAt(width),
    palette: screenPalette,
  });
}

function pointsOf(figure: 'asn' | 'aoq', facts: PlanFacts): FigurePoint[] {
  if (figure === 'asn') return facts.asn.map(({ p, n }) => ({ x: 100 * p, y: n }));
  return (facts.aoq ?? []).map(({ p, aoq }) => ({ x: 100 * p, y: 100 * aoq }));
}

function outgoingNote({ aoql }: PlanFacts, { t, percent }: Said): string {
  if (aoql === null) return t('designer.aoqNone');
  return t('designer.aoqNote', { worst: percent(aoql.aoq), rate: percent(aoql.p) });
}

function passing(drawn: readonly Drawn[], { t, percent }: Said, width: number) {
  const [own, ...others] = drawn;
  const { plan, facts, name } = own!;
  const marks: { producer: OcMark | null; consumer: OcMark | null } = ocMarks(plan, facts, t, percent);
  return ocCurveChart({
    title: t('report.plan.lotPoints', { lot: count(plan.lotSize) }),
    xLabel: xLabel(plan, t),
    yLabel: t('report.plan.ocY'),
    curve: facts.oc,
    lot: facts.ocLot,
    ...marks,
    name,
    others: others.map((other) => ({ name: other.name, curve: other.facts.oc })),
    width,
    height: heightAt(width),
    palette: screenPalette,
  });
}

/** Percent nonconforming and defects per hundred units are different things; the axis says which. */
function xLabel({ model }: SamplingPlan, t: Translate): string {
  return t(`designer.ocX.${model === 'poisson' ? 'defects' : 'units'}`);
}

/** The command lines by which a third person recomputes a frozen plan and the draw that follows from it. */
import type { FrozenSample } from '../audit/events.ts';
import { planOfFrozen } from '../audit/frozenPlan.ts';
import { mostAccepted } from '../sampling/planPoint.ts';
import type { SamplingPlan } from '../sampling/samplingPlan.ts';

/** `assay plan …` that answers the numbers of this very plan. */
function planCommand(plan: SamplingPlan): string {
  return ['assay', 'plan', '--lot', String(plan.lotSize), ...planArguments(plan)].map(quoted).join(' ');
}

/** What the plan was asked for, as options; a lot of one unit is asked for as what it comes to, all of it. */
function planArguments(plan: SamplingPlan): string[] {
  const { scheme, double, sequential, producer } = plan;
  const shared = ['--scheme', scheme];
  if (sequential) {
    const { p0, p1, alpha, beta, truncateAt, designEffect } = sequential;
    return [
      ...shared,
      ...options({ p0, p1, alpha, beta, truncate: truncateAt }),
      ...(designEffect === 1 ? [] : options({ 'design-effect': designEffect })),
    ];
  }
  if (double && plan.aql === null) {
    const { n1, ac1, re1, n2, ac2, re2 } = double;
    return [...shared, ...options({ n1, ac1, re1, n2, ac2, re2 })];
  }
  if (plan.aql !== null) {
    return [
      ...shared,
      ...options({ level: plan.level!, aql: plan.aql, inspection: plan.inspection! }),
      ...(plan.model === 'poisson' ? ['--counts', 'defects'] : []),
    ];
  }
  const rate = plan.limitingRate ?? 0.5;
  const confidence = plan.confidence ?? 0.5;
  if (scheme === 'c0') return [...shared, ...options({ rate, confidence })];
  const risk = Number((1 - confidence).toPrecision(12));
  const vendor = producer ? options({ 'producer-rate': producer.rate, 'producer-risk': producer.risk }) : [];
  return [...shared, ...options({ rate, 'consumer-risk': risk }), ...vendor];
}

function options(values: Readonly<Record<string, string | number>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => [`--${name}`, String(value)]);
}

/** `assay compute …` for the chance that this lot passes with so many bad units, in steps up to a tenth of it. */
function curveCommand(plan: SamplingPlan): string {
  const { double, sequential, sampleSize: n, lotSize: lot, model } = plan;
  const p = [0.005, 0.01, 0.02, 0.05, 0.1];
  const bad = [...new Set(p.map((rate) => Math.ceil(lot * rate)))];
  const quality = model === 'poisson' ? { p, model } : { lot, defectives: bad };
  if (sequential) {
    const { p0, p1, alpha, beta, designEffect, truncateAt: nMax } = sequential;
    return piped({ p0, p1, alpha, beta, designEffect, nMax, ...quality }, 'sprt');
  }
  if (double) return piped({ ...double, ...quality }, 'oc-double');
  // A count in the gap of reduced inspection accepts the lot.
  return piped({ n, ac: mostAccepted(plan), ...quality }, 'oc');
}

function piped(input: object, quantity: string): string {
  return `echo '${JSON.stringify(input)}' | assay compute ${quantity}`;
}

/** `assay sample …` that draws the same units from the same delivery again. `path` stands for where it lies now. */
function sampleCommand(sample: FrozenSample, which: 'labels' | 'cells', path: string): string {
  const { seed, plans } = sample[which];
  const unit = which === 'labels' ? sample.labels.unit : 'cell';
  const n = Math.max(...plans.map(({ sampleSize }) => sampleSize));
  const drawn = ['--unit', unit, ...options({ n, seed, spec: 'spec.json' })];
  const design = which === 'labels' ? designArguments(sample.labels.draw) : [];
  return ['assay', 'sample', path, ...drawn, ...design].map(quoted).join(' ');
}

function designArguments(draw: FrozenSample['labels']['draw']): string[] {
  if (!draw || draw.design === 'simple') return [];
  const { design, strata, minimumPerStratum } = draw;
  if (design === 'systematic') return options({ design });
  return options({ design, allocation: 'nested', strata: strata.join(','), minimum: minimumPerStratum });
}

/** Every line that recomputes a frozen sample: each plan once, its curve, and both draws. */
export function commandsOf(sample: FrozenSample, path: string): string[] {
  const plans = [...sample.labels.plans, ...sample.cells.plans].map(planOfFrozen);
  const lines = plans.flatMap((plan) => [planCommand(plan), curveCommand(plan)]);
  const draws = [sampleCommand(sample, 'labels', path), sampleCommand(sample, 'cells', path)];
  return [...new Set([...lines, ...draws])];
}

/** Safe in a shell: only what would be read otherwise is quoted. */
function quoted(word: string): string {
  return /^[\w.,:/=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * From the words of a contract ("at least 97 % right, at most 10 % risk") to plans that keep them: most contracts name
 * a share and a risk and no AQL.
 */
import { done, type Problem, type Result } from '../base/problem.ts';
import { aqlSeries } from './iso2859.ts';
import { makePlan, type PlanRequest } from './makePlan.ts';
import { acceptanceProbability, defectivesAtRate, tie } from './operatingCharacteristic.ts';
import { planInLot } from './planPoint.ts';
import { inspectionLevels, type SamplingPlan } from './samplingPlan.ts';

export interface ContractWords {
  /** Share of units that must be right, in (0, 1). */
  readonly shareRight: number;
  /** The client's risk: how often work that is only just too bad may still pass, in (0, 1). */
  readonly clientRisk: number;
  /** The share the vendor is sure to deliver and how often it may be turned away all the same; null = not agreed. */
  readonly vendor: { readonly shareRight: number; readonly risk: number } | null;
}

/** `isolated`: this very lot; `series`: lots that keep coming, by the tables; `sequential`: judged until it is clear. */
export type OfferKind = 'isolated' | 'series' | 'sequential';

export interface ContractOffer {
  readonly kind: OfferKind;
  readonly request: PlanRequest;
  readonly plan: SamplingPlan;
}

/** The plans that keep the words on a lot of that size; `reason` says why there is none for this lot by itself. */
export interface ContractAnswer {
  readonly offers: readonly ContractOffer[];
  readonly reason: Problem | null;
}

/**
 * What can be offered: the smallest plan for this lot by itself, the smallest plan of the tables that keeps the same
 * risks for a running series, and, where the vendor's side is agreed too, a sequential plan of the same risks.
 */
export function contractOffers(words: ContractWords, lotSize: number): ContractAnswer {
  const isolated = offered('isolated', isolatedRequest(words, lotSize));
  const others = [seriesRequest(words, lotSize), sequentialRequest(words, lotSize)].map((request, at) =>
    request === null ? null : offered(at === 0 ? 'series' : 'sequential', request),
  );
  return {
    offers: [isolated, ...others].flatMap((offer) => (offer?.ok ? [offer.value] : [])),
    reason: isolated.ok ? null : isolated.problem,
  };
}

function offered(kind: OfferKind, request: PlanRequest): Result<ContractOffer> {
  const plan = makePlan(request);
  return plan.ok ? done({ kind, request, plan: plan.value }) : plan;
}

function isolatedRequest(words: ContractWords, lotSize: number): PlanRequest {
  return {
    scheme: 'isolated',
    lotSize,
    limitingRate: badShare(words.shareRight),
    consumerRisk: words.clientRisk,
    producer: words.vendor && { rate: badShare(words.vendor.shareRight), risk: words.vendor.risk },
  };
}

/** Wald's plan needs both points. */
function sequentialRequest(words: ContractWords, lotSize: number): PlanRequest | null {
  const { vendor, clientRisk } = words;
  if (vendor === null) return null;
  return {
    scheme: 'sprt',
    lotSize,
    p0: badShare(vendor.shareRight),
    p1: badShare(words.shareRight),
    alpha: vendor.risk,
    beta: clientRisk,
    truncateAt: null,
    designEffect: 1,
  };
}

/** AQLs above this count defects per hundred units, which a share of right units says nothing about. */
const largestUnitAql = 10;

/** The smallest plan of the tables, and of equal ones the kindest to the vendor; null where none keeps the words. */
function seriesRequest(words: ContractWords, lotSize: number): PlanRequest | null {
  let best: { readonly request: PlanRequest; readonly plan: SamplingPlan } | null = null;
  for (const level of levelsByUse) {
    for (const aql of aqlSeries) {
      if (Number(aql) > largestUnitAql) continue;
      const request: PlanRequest = { scheme: 'iso2859-1', lotSize, level, aql, inspection: 'normal' };
      const plan = makePlan(request);
      if (!plan.ok || plan.value.fullInspection || !keepsWords(plan.value, words)) continue;
      if (best === null || isBetter(plan.value, best.plan)) best = { request, plan: plan.value };
    }
  }
  return best?.request ?? null;
}

/** General level II first: where two levels give the same plan, the usual one names it. */
const levelsByUse = ['II', ...inspectionLevels.filter((level) => level !== 'II')] as const;

function isBetter(plan: SamplingPlan, than: SamplingPlan): boolean {
  const less = plan.sampleSize - than.sampleSize;
  return less < 0 || (less === 0 && plan.acceptanceNumber > than.acceptanceNumber);
}

function keepsWords({ sampleSize: n, acceptanceNumber: ac }: SamplingPlan, words: ContractWords): boolean {
  const passes = (rate: number): number => acceptanceProbability(n, ac, rate, 'binomial');
  const { vendor } = words;
  return (
    passes(badShare(words.shareRight)) <= words.clientRisk * (1 + tie) &&
    (vendor === null || passes(badShare(vendor.shareRight)) >= (1 - vendor.risk) * (1 - tie))
  );
}

/** What a plan of nonconforming units does with its own lot. */
export interface LotPromise {
  /** Chance that a lot passes of which just the wrong share is bad. */
  readonly badPasses: number;
  /** Chance that work of the share the vendor is sure of is turned away; null where nothing was said of it. */
  readonly goodTurnedAway: number | null;
  /** Most bad units with which the lot still passes 95 times in 100. */
  readonly safeDefectives: number;
}

/** Exact for this lot, whatever the scheme. */
export function lotPromise(plan: SamplingPlan, words: ContractWords): LotPromise {
  const { lotSize: lot } = plan;
  const { vendor } = words;
  const good = vendor && Math.floor(lot * badShare(vendor.shareRight) * (1 + tie));
  return {
    badPasses: planInLot(plan, defectivesAtRate(lot, badShare(words.shareRight))).pa,
    goodTurnedAway: good === null ? null : planInLot(plan, good).notAccepted,
    safeDefectives: safeDefectives(plan),
  };
}

/** A lot without any bad unit passes every plan. */
function safeDefectives(plan: SamplingPlan): number {
  let [passes, fails] = [0, plan.lotSize + 1];
  while (fails - passes > 1) {
    const middle = Math.floor((passes + fails) / 2);
    if (planInLot(plan, middle).pa >= 0.95 * (1 - tie)) passes = middle;
    else fails = middle;
  }
  return passes;
}

/** 1 - 0.97 is 0.030000000000000027 in doubles and means 0.03. */
export function badShare(shareRight: number): number {
  return Number((1 - shareRight).toPrecision(12));
}

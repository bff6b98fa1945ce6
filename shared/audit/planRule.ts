/** The rules of a QA spec that say by which plan each severity is decided, one schema for each scheme. */
import { z } from '../base/door.ts';
import { countedThings, inspectionLevels, inspectionStates } from '../sampling/samplingPlan.ts';

export const severities = ['critical', 'major', 'minor'] as const;
export const severitySchema = z.enum(severities);
export type DefectSeverity = z.infer<typeof severitySchema>;

const share = z.number().gt(0).lt(1);
const units = z.number().int().positive();

/** AQL as the series spells it. `counts` absent = nonconforming units, each once. */
const tableRule = {
  severity: severitySchema,
  aql: z.string(),
  level: z.enum(inspectionLevels),
  inspection: z.enum(inspectionStates),
  counts: z.enum(countedThings).optional(),
};

/** The two samples of a double plan and their numbers; a plan that could never go on to its second is refused. */
export const doubleStagesSchema = z
  .object({
    n1: units,
    ac1: z.number().int().nonnegative(),
    re1: units,
    n2: units,
    ac2: z.number().int().nonnegative(),
    re2: units,
  })
  .refine(({ ac1, re1 }) => re1 > ac1 + 1, {
    path: ['re1'],
    message: 're1 must leave counts between it and ac1',
  })
  .refine(({ ac1, ac2 }) => ac2 > ac1, { path: ['ac2'], message: 'ac2 must exceed ac1' })
  .refine(({ ac2, re2 }) => re2 === ac2 + 1, { path: ['re2'], message: 're2 must be ac2 + 1' });

export const planRuleSchema = z.discriminatedUnion('scheme', [
  z.object({ scheme: z.literal('iso2859-1'), ...tableRule }),
  z.object({ scheme: z.literal('z1.4'), ...tableRule }),
  z.object({
    scheme: z.literal('c0'),
    severity: severitySchema,
    /** Share of nonconforming units that must be found with `confidence`, 0..1. */
    limitingRate: share,
    confidence: share,
  }),
  z.object({
    scheme: z.literal('isolated'),
    severity: severitySchema,
    /** A lot this bad passes with probability `consumerRisk` at most. */
    limitingRate: share,
    consumerRisk: share,
    /** A lot this good is turned away with probability `risk` at most; null = the smallest sample, whoever it hits. */
    producer: z.object({ rate: share, risk: share }).nullable(),
  }),
  z.object({
    scheme: z.literal('double'),
    severity: severitySchema,
    /** The standard's double plan for an AQL, or a plan of one's own in `stages`. */
    aql: z.string().nullable(),
    level: z.enum(inspectionLevels),
    inspection: z.enum(inspectionStates),
    stages: doubleStagesSchema.nullable(),
  }),
  z.object({
    scheme: z.literal('sprt'),
    severity: severitySchema,
    p0: share,
    p1: share,
    alpha: share,
    beta: share,
    /** Null = one and a half times the single plan of the same risks. */
    truncateAt: units.nullable(),
    /** Above 1 where neighbours share their errors: see `SequentialTerms`. */
    designEffect: z.number().min(1).max(100),
  }),
]);
export type PlanRule = z.infer<typeof planRuleSchema>;
export type PlanRuleOf<Scheme extends PlanRule['scheme']> = Extract<PlanRule, { scheme: Scheme }>;

/** What `plan.frozen` holds: the plans of both samples, the draw, and every drawn unit and search cell. */
import { z } from '../base/door.ts';
import { planSchemes } from '../sampling/samplingPlan.ts';
import { drawRuleSchema } from './drawRule.ts';
import { hashSchema } from './eventParts.ts';
import { severitySchema } from './planRule.ts';
import { unitKindSchema } from './qaSpec.ts';

/** One drawn unit. `id` is `frame|label` for labels, the frame, track or scene id for those. */
export const drawnUnitSchema = z.object({
  id: z.string(),
  kind: unitKindSchema,
  scene: z.string(),
  /** The frame it is shown in; for a track or scene its first frame. */
  frame: z.string(),
  label: z.string().nullable(),
  track: z.string().nullable(),
  className: z.string().nullable(),
  stratum: z.string(),
  probability: z.number().gt(0).max(1),
  /** False where its sweep or its numbers cannot be read: it stays in the sample as uninspectable. */
  isInspectable: z.boolean(),
  /** Ground-plane distance of a label's centre from the origin of its frame's space, metres. */
  rangeMeters: z.number().optional(),
});
export type DrawnUnit = z.infer<typeof drawnUnitSchema>;

/** A piece of space to search for missed objects. `sector` -1 = all around. Ranges [from, to) in metres. */
export const drawnCellSchema = z.object({
  id: z.string(),
  scene: z.string(),
  frame: z.string(),
  sector: z.number().int(),
  rangeFromMeters: z.number(),
  rangeToMeters: z.number(),
  probability: z.number().gt(0).max(1),
  isInspectable: z.boolean(),
});
export type DrawnCell = z.infer<typeof drawnCellSchema>;

const whole = z.number().int();
const doubleSchema = z.object({ n1: whole, ac1: whole, re1: whole, n2: whole, ac2: whole, re2: whole });
const sequentialSchema = z.object({
  p0: z.number(),
  p1: z.number(),
  alpha: z.number(),
  beta: z.number(),
  designEffect: z.number(),
  hAccept: z.number(),
  hReject: z.number(),
  slope: z.number(),
  truncateAt: whole,
});

/** A sampling plan as frozen: see shared/sampling for where its numbers come from. */
export const frozenPlanSchema = z.object({
  severity: severitySchema,
  scheme: z.enum(planSchemes),
  /** Printed name of the standard, or the words that say it is none. */
  standard: z.string(),
  level: z.string().nullable(),
  aql: z.string().nullable(),
  inspection: z.string().nullable(),
  codeLetter: z.string().nullable(),
  lotSize: z.number().int(),
  sampleSize: z.number().int(),
  acceptanceNumber: z.number().int(),
  rejectionNumber: z.number().int(),
  fullInspection: z.boolean(),
  limitingRate: z.number().nullable(),
  confidence: z.number().nullable(),
  /** Present where defects are counted rather than nonconforming units. */
  counts: z.literal('defects').optional(),
  /** Present where the scheme has them. */
  producer: z.object({ rate: z.number(), risk: z.number() }).optional(),
  double: doubleSchema.optional(),
  sequential: sequentialSchema.optional(),
});
export type FrozenPlan = z.infer<typeof frozenPlanSchema>;

const drawSchema = z.object({
  prng: z.string(),
  /** 32 hex digits from the machine's random source, taken after the label hash was fixed. */
  seed: z.string().regex(/^[0-9a-f]{32}$/),
  population: z.number().int(),
  populationHash: hashSchema,
  plans: z.array(frozenPlanSchema),
});

export const frozenSampleSchema = z.object({
  labels: drawSchema.extend({
    unit: unitKindSchema,
    /** Labels outside the lot by reason (`class`, `range`, `points`, `derived`, `ignore-zone`). */
    excluded: z.record(z.string(), z.number().int()),
    /** In drawn order: each severity judges its own first n; units beyond every n are judged for estimates alone. */
    units: z.array(drawnUnitSchema),
    /** How they were drawn; absent = one by one from the whole lot. */
    draw: drawRuleSchema.optional(),
    /** The strata of the lot, by `stratum` of its units; absent where the lot was not divided. */
    strata: z
      .array(z.object({ name: z.string(), population: z.number().int(), drawn: z.number().int() }))
      .optional(),
  }),
  cells: drawSchema.extend({ units: z.array(drawnCellSchema) }),
  labelsHash: hashSchema,
  specHash: hashSchema,
  /** Present on a second draw. */
  replan: z.object({ reason: z.string().min(1), previousSeq: z.number().int() }).nullable(),
});
export type FrozenSample = z.infer<typeof frozenSampleSchema>;

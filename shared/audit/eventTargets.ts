/** Events beside the sample: the targeted queue, and errors put in to learn whether auditors see them. */
import { z } from '../base/door.ts';
import { defectEntrySchema, evidenceSchema, hashSchema, quaternion, vec3, verdicts } from './eventParts.ts';
import { drawnUnitSchema } from './eventPlan.ts';

/** A unit that somebody or something wants looked at. It never counts against a plan. */
export const targetSchema = drawnUnitSchema.omit({ probability: true, stratum: true }).extend({
  /** Of this target, unlike `unit`, which the sample and other targets may name too. */
  id: z.string().min(1),
  unit: z.string(),
  source: z.enum(['auditor', 'check', 'model', 'draw']),
  /** In the words of whoever queued it. */
  reason: z.string(),
  /** Chance of being queued, where the queue was drawn; only such targets can enter an estimate. */
  probability: z.number().gt(0).max(1).nullable(),
});
export type Target = z.infer<typeof targetSchema>;

export const targetsQueuedSchema = z.object({
  targets: z.array(targetSchema).min(1),
  /** How they were drawn, so that anyone can repeat it; null where they were picked. */
  draw: z
    .object({
      prng: z.string(),
      seed: z.string(),
      population: z.number().int(),
      populationHash: hashSchema,
      /** What made a unit more likely: `points`, `range`, `class` … or the name of a file of weights. */
      weights: z.string(),
      weightsHash: hashSchema,
    })
    .nullable(),
});

export const targetJudgedSchema = z.object({
  target: z.string(),
  verdict: z.enum(verdicts),
  defects: z.array(defectEntrySchema),
  comment: z.string(),
  evidence: evidenceSchema.nullable(),
  durationMs: z.number().int().nonnegative(),
  /** Given together with others in one action. */
  bulk: z.object({ id: z.string(), count: z.number().int().positive() }).optional(),
});

export const seedKinds = ['shift', 'resize', 'turn', 'flip', 'class'] as const;

/** A label shown with an error that was put in, to learn whether auditors see it. The delivery is not touched. */
export const seedSchema = z.object({
  id: z.string().min(1),
  /** As in the lot: `frame|label`. */
  unit: z.string(),
  scene: z.string(),
  frame: z.string(),
  label: z.string(),
  kind: z.enum(seedKinds),
  /** Defect codes that name the error rightly. */
  codes: z.array(z.string()).min(1),
  /** How large it is against the spec's tolerance; 2 = twice. Null where there is no tolerance. */
  timesTolerance: z.number().nullable(),
  /** What is shown in place of the vendor's label. Frame's space, metres. */
  shown: z.object({
    className: z.string(),
    center: vec3,
    size: vec3,
    rotation: quaternion,
    /** Points inside, for what the vendor states of them; absent where they could not be counted. */
    pointsInside: z.number().int().nonnegative().optional(),
  }),
});
export type Seed = z.infer<typeof seedSchema>;

/** Replaces what was set before; what was already judged stands. */
export const seedsSetSchema = z.object({
  seeds: z.array(seedSchema),
  /** How the labels were drawn from those of the lot outside the sample, so that anyone can repeat it. */
  draw: z
    .object({
      prng: z.string(),
      seed: z.string(),
      population: z.number().int(),
      populationHash: hashSchema,
    })
    .optional(),
});

export const seedJudgedSchema = z.object({
  seed: z.string(),
  verdict: z.enum(verdicts),
  defects: z.array(defectEntrySchema),
  durationMs: z.number().int().nonnegative(),
});

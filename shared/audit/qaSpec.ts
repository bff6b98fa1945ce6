/**
 * The QA spec: the agreement a delivery is judged by, as a versioned document that both sides can read. A good
 * default ships as `assets/qa-spec.default.json`. Its SHA-256 over the canonical form is frozen with the plan.
 */
import { z } from '../base/door.ts';
import { drawRuleSchema } from './drawRule.ts';
import { planRuleSchema, severitySchema } from './planRule.ts';
import { mostPicturesPerClass, mostSpecPictureLetters, rulePictureSchema } from './rulePicture.ts';

export { type DefectSeverity, type PlanRule, severities, severitySchema } from './planRule.ts';

const both = z.object({ en: z.string(), zh: z.string() });

export const unitKinds = ['cuboid', 'box2d', 'track', 'frame', 'scene'] as const;
export const unitKindSchema = z.enum(unitKinds);
export type UnitKind = z.infer<typeof unitKindSchema>;

const classSchema = z.object({
  name: z.string().min(1),
  /** The vendors' spellings of the same class, compared without case. */
  aliases: z.array(z.string()).default([]),
  /** Which tolerances apply. */
  group: z.string(),
  title: both,
  /** The rule an auditor judges by, in one or two sentences. */
  rule: both,
  /** What the rule means, drawn. Absent where words are enough. */
  pictures: z.array(rulePictureSchema).max(mostPicturesPerClass).optional(),
  requiredAttributes: z
    .array(z.object({ name: z.string(), values: z.array(z.string()).optional() }))
    .default([]),
  /** Mean length, width, height in metres: the size a missed object of this class is dropped with. */
  typicalSize: z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]),
});

function arePicturesFew(classes: readonly SpecClass[]): boolean {
  const all = classes.flatMap(({ pictures = [] }) => pictures);
  return all.reduce((sum, { data }) => sum + data.length, 0) <= mostSpecPictureLetters;
}

const toleranceSchema = z.object({
  group: z.string(),
  /** First entry whose `upToMeters` is not less than the range applies; the last one may be null = beyond. */
  center: z.array(
    z.object({ upToMeters: z.number().positive().nullable(), limitMeters: z.number().positive() }),
  ),
  sizeMeters: z.number().positive(),
  /** Share of the size; where both are given the smaller limit holds. */
  sizeShare: z.number().positive().nullable(),
  yawDegrees: z.number().positive(),
  /** Used below `fewPoints` points. */
  yawDegreesFewPoints: z.number().positive(),
  fewPoints: z.number().int().nonnegative(),
});

const defectSchema = z.object({
  code: z.string().regex(/^[A-Z0-9]{2,8}$/),
  severity: severitySchema,
  title: both,
  /** Key 1-9 or 0 on the review screen; codes without one are reached by name. */
  digit: z.number().int().min(0).max(9).nullable(),
  /** `vendor` counts; `data` puts the unit on hold and is never counted against the vendor. */
  owner: z.enum(['vendor', 'data']),
  /** Whether it can be found on a drawn label, in a search cell, or in both. */
  where: z.enum(['label', 'cell', 'both']),
});

export const qaSpecSchema = z.object({
  schema: z.literal('assay-qa-spec'),
  /** Version of this document's shape. */
  schemaVersion: z.literal(1),
  name: z.string(),
  revision: z.string(),
  unit: unitKindSchema,
  classes: z
    .array(classSchema)
    .min(1)
    .refine(arePicturesFew, {
      message: `pictures must not take more than ${mostSpecPictureLetters} letters together`,
    }),
  scope: z.object({
    /** `listed`: only the classes above; `all`: every class, unlisted ones judged without tolerances. */
    classes: z.enum(['listed', 'all']),
    maxRangeMeters: z.number().positive().nullable(),
    /** Labels with fewer points inside are outside the lot; 0 = no minimum (a ghost has none, too). */
    minPoints: z.number().int().nonnegative(),
    /** Labels the vendor marks as derived (interpolated) are outside the lot. */
    keyFramesOnly: z.boolean(),
    /** Ground polygons in the frame's space; a centre inside one is outside the lot. */
    ignoreZones: z.array(z.array(z.tuple([z.number(), z.number()])).min(3)).default([]),
  }),
  tolerances: z.array(toleranceSchema),
  defects: z.array(defectSchema).min(1),
  /** A unit with several defects counts once, in its worst class. */
  counting: z.literal('unit-once-worst'),
  /** How the label sample is drawn; absent = one by one from the whole lot. */
  draw: drawRuleSchema.optional(),
  plans: z.array(planRuleSchema).min(1),
  /** For the automatic checks; absent = as they ship. */
  checks: z
    .object({
      /** Below so many lidar points only existence, class and coarse heading of a label are judged. */
      leastPoints: z.number().int().nonnegative(),
    })
    .optional(),
  search: z.object({
    cell: z.enum(['frame', 'frame-sector-range']),
    /** Equal sectors around the vehicle, the first centred on +x; 1 = the whole frame. */
    sectors: z.number().int().min(1).max(16),
    /** Outer limits of the range bands, metres, ascending. */
    rangeBandsMeters: z.array(z.number().positive()).min(1),
    plans: z.array(planRuleSchema).min(1),
  }),
});
export type QaSpec = z.infer<typeof qaSpecSchema>;
export type SpecClass = z.infer<typeof classSchema>;
export type SpecTolerance = z.infer<typeof toleranceSchema>;
export type SpecDefect = z.infer<typeof defectSchema>;

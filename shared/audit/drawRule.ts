/** The rule of a QA spec that says how the deciding sample is drawn from the lot. */
import { z } from '../base/door.ts';

/** What units can be told apart by; `attribute:<name>` takes any attribute of the label. */
export const strataKeys = [
  'class',
  'range',
  'points',
  'visibility',
  'scene',
  'tag',
  'camera',
  'weather',
  'annotator',
  'track-length',
] as const;
export const strataKeySchema = z.union([
  z.enum(strataKeys),
  z.string().regex(/^attribute:.{1,100}$/) as z.ZodType<`attribute:${string}`>,
]);
export type StrataKey = z.infer<typeof strataKeySchema>;

/**
 * Every design gives each unit of the lot the same chance as near as whole numbers allow, so that the count can be
 * held against an acceptance number. `simple`: one random order. `stratified`: every stretch of the order from its
 * beginning holds the strata in proportion. `systematic`: every k-th of the lot in order of scene and time.
 */
export const drawRuleSchema = z.object({
  design: z.enum(['simple', 'stratified', 'systematic']),
  strata: z.array(strataKeySchema).max(4),
  /**
   * Units that a stratum has at least, drawn beyond the plans' own where their share falls short. They are judged
   * for the estimates and never counted against a plan.
   */
  minimumPerStratum: z.number().int().min(0).max(1000),
});
export type DrawRule = z.infer<typeof drawRuleSchema>;

/** A finding of a check: which subject, what was measured, by how much, and what of it can be drawn. */
import { z } from '../base/door.ts';
import { checkIds } from './checkIds.ts';
import { evidenceSchema } from './evidence.ts';

export const findingSchema = z.object({
  /** The same for the same delivery, check and subject, whatever the limits. */
  id: z.string(),
  check: z.enum(checkIds),
  version: z.number().int(),
  grade: z.enum(['soft', 'hard']),
  severity: z.enum(['critical', 'major', 'minor']),
  /** Defect code that it is proposed as. */
  code: z.string(),
  owner: z.enum(['vendor', 'data']),
  scene: z.string(),
  /** Where it is worst; '' where the whole delivery is meant. */
  frame: z.string(),
  /** Label id, unique within its frame; null where no label is meant. */
  object: z.string().nullable(),
  track: z.string().nullable(),
  camera: z.string().nullable(),
  /** Class in the words of the spec, or the vendor's where the spec does not list it; null without a label. */
  className: z.string().nullable(),
  /** Who drew the label, where the vendor's attributes say so. */
  annotator: z.string().nullable(),
  /** How many frames one after the other it goes on for, and the first and last of them. */
  frames: z.number().int().positive(),
  firstFrame: z.string(),
  lastFrame: z.string(),
  limitKey: z.string(),
  value: z.number(),
  limit: z.number(),
  /** 0..1: how sure the check is, for ranking. */
  score: z.number(),
  says: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
  evidence: z.array(evidenceSchema),
  /** Findings of single objects that this one explains and that are not listed themselves. */
  explained: z.number().int().nonnegative(),
});
export type CheckFinding = z.infer<typeof findingSchema>;

/** Events of the automatic checks: what ran, how it was set, and what people said of what was found. */

import { z } from '../base/door.ts';
import { checkIds } from '../checks/checkIds.ts';
import { findingSchema } from '../checks/finding.ts';
import { checkTallySchema } from '../checks/results.ts';
import { checkSettingsSchema } from '../checks/settings.ts';
import { severitySchema } from './planRule.ts';

/** A run over the whole delivery. Its findings can be made again from what is named here; they are not in the record. */
export const checksRanSchema = z.object({
  checks: z.array(checkTallySchema),
  frames: z.number().int(),
  objects: z.number().int(),
  /** In force for the run. */
  settings: checkSettingsSchema,
  priors: z.object({
    vendor: z.string().nullable(),
    project: z.string().nullable(),
    revision: z.number().int(),
  }),
});

/** Replaces how the checks were set before. */
export const checksSetSchema = z.object({ settings: checkSettingsSchema, reason: z.string() });

/** `normal`: right, but usual here; taught with an exception or a wider limit. */
export const triageAnswers = ['defect', 'dismissed', 'normal'] as const;

export const findingTriagedSchema = z.object({
  /** Without its drawn evidence. */
  finding: findingSchema.omit({ evidence: true }),
  answer: z.enum(triageAnswers),
  /** Why it is none, or what is normal about it; may be blank for a defect. */
  reason: z.string(),
  /** What it was confirmed as; null unless `defect`. */
  defect: z.object({ code: z.string(), severity: severitySchema }).nullable(),
  /** The target that was queued with it, where it names a unit. */
  target: z.string().nullable(),
});

/** Takes the answer back: the finding is open again. */
export const triageTakenBackSchema = z.object({ finding: z.string(), check: z.enum(checkIds) });

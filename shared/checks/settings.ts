/**
 * How the checks are set for a delivery: limits in place of the shipped ones, checks left out, and what people taught
 * ("this is normal here"). A document that a person can read, keep beside the contract and edit.
 */
import { z } from '../base/door.ts';
import { checkIds } from './checkIds.ts';
import type { Check, LimitPair } from './contract.ts';

export const limitPairSchema = z.object({ soft: z.number().nullable(), hard: z.number().nullable() });

/** Findings that a person said are normal: every field that is not null must agree. */
export const exceptionSchema = z.object({
  check: z.enum(checkIds),
  className: z.string().nullable(),
  scene: z.string().nullable(),
  track: z.string().nullable(),
  camera: z.string().nullable(),
  note: z.string().min(1),
});
export type CheckException = z.infer<typeof exceptionSchema>;

export const checkSettingsSchema = z.object({
  schema: z.literal('assay-check-settings'),
  schemaVersion: z.literal(1),
  /** By check and limit key; what is not named keeps its shipped limits. */
  limits: z.partialRecord(z.enum(checkIds), z.record(z.string(), limitPairSchema)).default({}),
  /** Checks that are not run. */
  off: z.array(z.enum(checkIds)).default([]),
  exceptions: z.array(exceptionSchema).default([]),
});
export type CheckSettings = z.infer<typeof checkSettingsSchema>;

export const shippedSettings: CheckSettings = checkSettingsSchema.parse({
  schema: 'assay-check-settings',
  schemaVersion: 1,
});

/** The limits of a check in force. A key the check does not have falls back to its `all`. */
export function limitsInForce({ id, limits }: Check, settings: CheckSettings, key: string): LimitPair {
  return settings.limits[id]?.[key] ?? limits[key] ?? limits.all ?? { soft: null, hard: null };
}

/** What an exception can be held against. */
export interface Exceptable {
  readonly check: CheckException['check'];
  readonly className: string | null;
  readonly scene: string;
  readonly track: string | null;
  readonly camera: string | null;
}

/** Whether somebody taught that such a finding is normal. */
export function isExcepted({ exceptions }: CheckSettings, finding: Exceptable): boolean {
  return exceptions.some(
    ({ check, className, scene, track, camera }) =>
      check === finding.check &&
      (className === null || className === finding.className) &&
      (scene === null || scene === finding.scene) &&
      (track === null || track === finding.track) &&
      (camera === null || camera === finding.camera),
  );
}

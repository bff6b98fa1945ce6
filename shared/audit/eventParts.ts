/** Pieces of events: a label as it stood, what was measured on it, a defect, and the evidence for it. */
import { z } from '../base/door.ts';
import { severitySchema } from './planRule.ts';

export const vec3 = z.tuple([z.number(), z.number(), z.number()]);
/** Rotation as a quaternion x, y, z, w. */
export const quaternion = z.tuple([z.number(), z.number(), z.number(), z.number()]);
export const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);

/** A label as it stood when judged, so that a finding survives a redelivery. Frame's space, metres, radians. */
export const cuboidSnapshotSchema = z.object({
  space: z.string(),
  className: z.string(),
  track: z.string().nullable(),
  center: vec3,
  size: vec3,
  rotation: quaternion,
  attributes: z.record(z.string(), z.unknown()),
  pointsInside: z.number().int().nullable(),
});

const box2dSnapshotSchema = z.object({
  camera: z.string(),
  className: z.string(),
  track: z.string().nullable(),
  ltrb: quaternion,
  attributes: z.record(z.string(), z.unknown()),
});

/** Measured against the label, in the label's own axes; metres and radians. */
export const measuredSchema = z.object({
  /** What was measured: `front-gap`, `center-longitudinal`, `yaw`, `ruler` … */
  quantity: z.string(),
  value: z.number(),
  limit: z.number().nullable(),
  unit: z.enum(['m', 'rad', 'px', 'count']),
  /** Where it was measured by hand: points of the frame's space, metres. Absent where the label itself says where. */
  place: z.object({ frame: z.string(), points: z.array(vec3).min(1).max(4) }).optional(),
});

export type Measured = z.infer<typeof measuredSchema>;

export const defectEntrySchema = z.object({
  code: z.string(),
  severity: severitySchema,
  note: z.string(),
  measured: measuredSchema.nullable(),
});
export type DefectEntry = z.infer<typeof defectEntrySchema>;

/** Correction less label in the label's own axes: metres along, across and up, sizes in metres, yaw in (-pi, pi]. */
export const boxDeltaSchema = z.object({
  along: z.number(),
  across: z.number(),
  up: z.number(),
  length: z.number(),
  width: z.number(),
  height: z.number(),
  yaw: z.number(),
});

/** A box the auditor drew beside the vendor's, which is never changed. Frame's space, metres. */
export const correctionSchema = z.object({
  center: vec3,
  size: vec3,
  rotation: quaternion,
  /** `fitted`: as the points proposed it and the auditor left it. */
  source: z.enum(['drawn', 'fitted']),
  delta: boxDeltaSchema,
});
export type Correction = z.infer<typeof correctionSchema>;

export const evidenceSchema = z.object({
  frame: z.string(),
  cuboid: cuboidSnapshotSchema.nullable(),
  box2d: box2dSnapshotSchema.nullable(),
  /** Absent where none was drawn, as in records from before there were any. */
  correction: correctionSchema.optional(),
  /** What the auditor measured by hand and kept. */
  measures: z.array(measuredSchema).optional(),
  /** View the auditor judged in: position and target in the frame's space. */
  camera: z.object({ position: vec3, target: vec3 }).nullable(),
  /** SHA-256 of a PNG in the audit's `pictures/`; null while it is not written (pictures yield to verdicts). */
  picture: hashSchema.nullable(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

export const verdicts = ['accept', 'reject', 'unsure', 'sensor-limited', 'uninspectable'] as const;

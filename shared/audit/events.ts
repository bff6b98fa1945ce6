/**
 * The events of an audit. The journal holds them one per line in canonical JSON (RFC 8785); each carries the
 * SHA-256 of the one before, so the log can be neither reordered nor trimmed in the middle unseen. The state of an
 * audit is the fold of these and nothing else.
 */
import { z } from '../base/door.ts';
import { qaSpecSchema, severitySchema, unitKindSchema } from './qaSpec.ts';

const vec3 = z.tuple([z.number(), z.number(), z.number()]);
const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);

export const actorSchema = z.object({
  profile: z.string(),
  name: z.string(),
  role: z.enum(['auditor', 'lead', 'vendor-qa', 'manager']),
});
export type Actor = z.infer<typeof actorSchema>;

/** What was agreed and promised around the delivery. Dates are `YYYY-MM-DD`. */
export const intakeSchema = z.object({
  vendor: z.string().min(1),
  team: z.string(),
  batch: z.string().min(1),
  receivedOn: z.string(),
  dueOn: z.string().nullable(),
  submission: z.number().int().positive(),
  /** Audit id of the lot this one resubmits. */
  resubmits: z.string().nullable(),
  role: z.enum(['client', 'vendor-self']),
  labellingSpec: z.string(),
});
export type Intake = z.infer<typeof intakeSchema>;

export const deliveryStampSchema = z.object({
  format: z.string(),
  /** Where it lay on the machine that opened it; a hint only, the hash decides. */
  path: z.string(),
  sensorsPath: z.string().nullable(),
  /** SHA-256 over the sorted `<sha256> <path>` lines of all label files. */
  labelsHash: hashSchema,
  frames: z.number().int(),
  cuboids: z.number().int(),
  boxes2d: z.number().int(),
  problems: z.number().int(),
  /** Name of the label source that is judged; absent in records from before there could be several. */
  source: z.string().optional(),
});
export type DeliveryStamp = z.infer<typeof deliveryStampSchema>;

/** A label as it stood when judged, so that a finding survives a redelivery. Frame's space, metres, radians. */
export const cuboidSnapshotSchema = z.object({
  space: z.string(),
  className: z.string(),
  track: z.string().nullable(),
  center: vec3,
  size: vec3,
  rotation: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  attributes: z.record(z.string(), z.unknown()),
  pointsInside: z.number().int().nullable(),
});

const box2dSnapshotSchema = z.object({
  camera: z.string(),
  className: z.string(),
  track: z.string().nullable(),
  ltrb: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  attributes: z.record(z.string(), z.unknown()),
});

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

/** A sampling plan as frozen: see shared/sampling for where its numbers come from. */
export const frozenPlanSchema = z.object({
  severity: severitySchema,
  scheme: z.enum(['iso2859-1', 'c0']),
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
    /** In drawn order: each severity judges its own first n. */
    units: z.array(drawnUnitSchema),
  }),
  cells: drawSchema.extend({ units: z.array(drawnCellSchema) }),
  labelsHash: hashSchema,
  specHash: hashSchema,
  /** Present on a second draw. */
  replan: z.object({ reason: z.string().min(1), previousSeq: z.number().int() }).nullable(),
});
export type FrozenSample = z.infer<typeof frozenSampleSchema>;

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
  rotation: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  /** `fitted`: as the points proposed it and the auditor left it. */
  source: z.enum(['drawn', 'fitted']),
  delta: boxDeltaSchema,
});
export type Correction = z.infer<typeof correctionSchema>;

const evidenceSchema = z.object({
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

const verdictGivenSchema = z.object({
  unit: z.string(),
  verdict: z.enum(verdicts),
  defects: z.array(defectEntrySchema),
  comment: z.string(),
  evidence: evidenceSchema.nullable(),
  /** Time the unit was in front of the auditor, idle excluded. */
  durationMs: z.number().int().nonnegative(),
  /** Given again to settle an unsure or uninspectable unit before signing. */
  isSecondLook: z.boolean(),
  /** Given together with others in one action, which is undone together too. */
  bulk: z.object({ id: z.string(), count: z.number().int().positive() }).optional(),
  /** Given without sight of what others had said of the unit. */
  isBlind: z.boolean().optional(),
  /** Seqs of the differing verdicts that this one settles. */
  adjudicates: z.array(z.number().int()).min(2).optional(),
});

/** A unit shown once more after a break without its verdict: says how steadily a person judges, counts nowhere. */
const repeatJudgedSchema = z.object({
  unit: z.string(),
  verdict: z.enum(verdicts),
  defects: z.array(defectEntrySchema),
  durationMs: z.number().int().nonnegative(),
});

export const missedObjectSchema = z.object({
  id: z.string(),
  className: z.string(),
  code: z.string(),
  severity: severitySchema,
  center: vec3,
  size: vec3,
  yaw: z.number(),
  note: z.string(),
});
export type MissedObject = z.infer<typeof missedObjectSchema>;

const cellJudgedSchema = z.object({
  cell: z.string(),
  verdict: z.enum(['searched', 'unsure', 'uninspectable']),
  /** Labels of the lot's scope whose centre lies in the cell. */
  matched: z.number().int().nonnegative(),
  missed: z.array(missedObjectSchema),
  comment: z.string(),
  durationMs: z.number().int().nonnegative(),
  isSecondLook: z.boolean(),
});

const findingNotedSchema = z.object({
  id: z.string(),
  /** Seen beside the drawn unit, or picked by the auditor. Never enters the sample's count. */
  source: z.enum(['beside', 'targeted']),
  scene: z.string(),
  frame: z.string(),
  label: z.string().nullable(),
  track: z.string().nullable(),
  defect: defectEntrySchema,
  evidence: evidenceSchema.nullable(),
});

export const countSchema = z.object({
  severity: severitySchema,
  sample: z.enum(['labels', 'cells']),
  sampleSize: z.number().int(),
  judged: z.number().int(),
  defective: z.number().int(),
  /** Unsure, uninspectable and not yet judged units: counted both ways. */
  open: z.number().int(),
  onHold: z.number().int(),
  acceptanceNumber: z.number().int(),
  rejectionNumber: z.number().int(),
  outcome: z.enum(['met', 'not-met', 'undecidable']),
});
export type SeverityCount = z.infer<typeof countSchema>;

export const outcomeSchema = z.object({
  outcome: z.enum(['met', 'not-met', 'undecidable']),
  counts: z.array(countSchema),
  /** True where signing happens before the whole sample was judged: no interval is stated then. */
  stoppedEarly: z.boolean(),
});
export type PlanOutcome = z.infer<typeof outcomeSchema>;

const dispositionSignedSchema = z.object({
  outcome: outcomeSchema,
  disposition: z.enum(['accept', 'not-accept', 'concession', 'hold']),
  /** Required where the disposition differs from the plan's outcome. */
  reason: z.string(),
  /** Seq of the signed entry this one supersedes (an upheld dispute), or null. */
  supersedes: z.number().int().nullable(),
  /** Hash of the event before this one: what the signature covers besides the fields above. */
  head: hashSchema,
  publicKey: z.string(),
  /** Ed25519 over the statement of `signing.ts`: this object without `signature`, and who signs; base64. */
  signature: z.string(),
});

const reworkAnswerSchema = z.object({
  finding: z.string(),
  answer: z.enum(['agree', 'dispute', 'fixed']),
  remark: z.string(),
});

/** type -> data of the event. */
export const eventSchemas = {
  'audit.opened': z.object({ audit: z.string(), delivery: deliveryStampSchema, intake: intakeSchema }),
  'intake.changed': z.object({ intake: intakeSchema }),
  'delivery.attached': z.object({ delivery: deliveryStampSchema }),
  'spec.chosen': z.object({ spec: qaSpecSchema, specHash: hashSchema }),
  'order.compared': z.object({
    order: z.string(),
    missing: z.array(z.string()),
    unexpected: z.array(z.string()),
  }),
  'plan.frozen': frozenSampleSchema,
  'verdict.given': verdictGivenSchema,
  'verdict.undone': z.object({ unit: z.string(), seq: z.number().int() }),
  'repeat.judged': repeatJudgedSchema,
  /** Whether what others found is hidden from an auditor until her own verdict is saved. */
  'blind.set': z.object({ isBlind: z.boolean() }),
  'cell.judged': cellJudgedSchema,
  'cell.undone': z.object({ cell: z.string(), seq: z.number().int() }),
  'finding.noted': findingNotedSchema,
  'finding.withdrawn': z.object({ finding: z.string(), reason: z.string() }),
  'finding.verified': z.object({ finding: z.string(), isFixed: z.boolean(), note: z.string() }),
  'standing.shown': z.object({ isShown: z.boolean() }),
  'sensors.hashed': z.object({
    files: z.number().int(),
    hashed: z.number().int(),
    mismatched: z.array(z.string()),
  }),
  'disposition.signed': dispositionSignedSchema,
  'rework.issued': z.object({ findings: z.array(z.string()) }),
  'rework.answered': z.object({ source: z.string(), answers: z.array(reworkAnswerSchema) }),
  'dispute.ruled': z.object({ finding: z.string(), isUpheld: z.boolean(), reason: z.string() }),
  'audit.merged': z.object({
    from: z.string(),
    head: hashSchema,
    events: z.number().int(),
    conflicts: z.array(z.string()),
  }),
  'record.exported': z.object({ kind: z.string(), path: z.string() }),
} as const;

export type EventType = keyof typeof eventSchemas;
export type EventData<Type extends EventType> = z.infer<(typeof eventSchemas)[Type]>;

/** What a person or a service wants to record; the journal makes it an event. */
export type EventDraft = {
  [Type in EventType]: { readonly type: Type; readonly data: EventData<Type> };
}[EventType];

/** Everything but the hash is hashed: SHA-256 over the canonical JSON of the event without `hash`. */
export interface EventEnvelope {
  readonly seq: number;
  /** UTC, `2026-01-31T08:00:00.000Z`. */
  readonly at: string;
  readonly actor: Actor;
  /** Hash of event seq - 1; 64 zeros for the first. */
  readonly prev: string;
  readonly hash: string;
}

export type AuditEvent = EventDraft & EventEnvelope;

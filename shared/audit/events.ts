/**
 * The events of an audit. The journal holds them one per line in canonical JSON (RFC 8785); each carries the
 * SHA-256 of the one before, so the log can be neither reordered nor trimmed in the middle unseen. The state of an
 * audit is the fold of these and nothing else.
 */
import { z } from '../base/door.ts';
import {
  checksRanSchema,
  checksSetSchema,
  findingTriagedSchema,
  triageTakenBackSchema,
} from './eventChecks.ts';
import { defectEntrySchema, evidenceSchema, hashSchema, vec3, verdicts } from './eventParts.ts';
import { frozenSampleSchema } from './eventPlan.ts';
import { seedJudgedSchema, seedsSetSchema, targetJudgedSchema, targetsQueuedSchema } from './eventTargets.ts';
import { qaSpecSchema, severitySchema } from './qaSpec.ts';

export * from './eventChecks.ts';
export * from './eventParts.ts';
export * from './eventPlan.ts';
export * from './eventTargets.ts';

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
  /** What the lots of one vendor are delivered for; lots of one project share the switching rules. */
  project: z.string().optional(),
  /** A first trial: a lot by itself, which moves no switching rule. */
  isPilot: z.boolean().optional(),
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
  /** Double and sequential plans: how many of the drawn order had been asked for when the plan decided. */
  decidedAt: z.number().int().optional(),
  /** Z1.4, reduced: met with a count above the acceptance number, so that reduced inspection ends. */
  isInGap: z.literal(true).optional(),
});
export type SeverityCount = z.infer<typeof countSchema>;

export const outcomeSchema = z.object({
  outcome: z.enum(['met', 'not-met', 'undecidable']),
  counts: z.array(countSchema),
  /** True where the plan decided before the whole sample was judged: no interval of a fixed n is stated then. */
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
  'targets.queued': targetsQueuedSchema,
  'target.judged': targetJudgedSchema,
  'target.undone': z.object({ target: z.string(), seq: z.number().int() }),
  'target.removed': z.object({ target: z.string(), reason: z.string() }),
  'seeds.set': seedsSetSchema,
  'seed.judged': seedJudgedSchema,
  'checks.set': checksSetSchema,
  'checks.ran': checksRanSchema,
  'finding.triaged': findingTriagedSchema,
  'finding.reopened': triageTakenBackSchema,
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

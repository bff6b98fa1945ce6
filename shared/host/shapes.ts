/** What travels between renderer and machine: the shapes that several methods of the contract share. */
import { strataKeySchema } from '../audit/drawRule.ts';
import { z } from '../base/door.ts';
import { findingSchema } from '../checks/finding.ts';
import { labelSourceKinds } from '../model/labels.ts';

export const problemSchema = z.object({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  path: z.string(),
  place: z.string().optional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});

export const progressSchema = z.object({
  /** Catalogue key under `progress.`. */
  step: z.string(),
  done: z.number(),
  total: z.number(),
  /** A delivery of one frame that can be looked at while its whole is still being read. */
  firstLook: z.string().optional(),
  /** Findings of the checks since the last word of progress; together they are all but those of the whole delivery. */
  findings: z.array(findingSchema).optional(),
});
export type Progress = z.infer<typeof progressSchema>;

export const capabilitiesSchema = z.object({
  /** A system dialog can pick a folder; otherwise the renderer shows its own browser over `folders.list`. */
  pickFolder: z.boolean(),
  /** The system can push: menu commands, folders dropped on the window. */
  push: z.boolean(),
  /** A file or folder can be shown in the system's file manager. */
  reveal: z.boolean(),
  /** HTML can be printed to PDF. */
  printPdf: z.boolean(),
});

/** How a delivery is read, beyond where it lies. */
export const readChoiceSchema = z.object({
  /** Name of the label source that is judged; null = the vendor's own. */
  labels: z.string().nullable().default(null),
  /** Folder or archive whose labels are laid beside the judged ones, e.g. an earlier version; null = none. */
  comparePath: z.string().nullable().default(null),
  /** Sweeps that nobody labelled are frames of their own, with interpolated cuboids. */
  between: z.boolean().default(false),
  /** Text of the mapping that explains a vendor's own format; null = the format is one that is known. */
  mapping: z.string().nullable().default(null),
});
export type ReadChoice = z.infer<typeof readChoiceSchema>;
export const plainChoice: ReadChoice = readChoiceSchema.parse({});

export const labelSourceSchema = z.object({
  name: z.string(),
  kind: z.enum(labelSourceKinds),
  cuboids: z.number(),
  boxes2d: z.number(),
});

export const recentSchema = z.object({
  path: z.string(),
  sensorsPath: z.string().nullable(),
  name: z.string(),
  format: z.string(),
  openedAt: z.string(),
  bytes: z.number(),
  frames: z.number(),
  cuboids: z.number(),
  exists: z.boolean(),
});
export type RecentDelivery = z.infer<typeof recentSchema>;

export const countsSchema = z.object({
  scenes: z.number(),
  frames: z.number(),
  cuboids: z.number(),
  boxes2d: z.number(),
  tracks: z.number(),
  byClass: z.record(z.string(), z.number()),
});

export const openedSchema = z.object({
  /** Opaque; addresses of bytes are built from it. */
  delivery: z.string(),
  path: z.string(),
  sensorsPath: z.string().nullable(),
  name: z.string(),
  format: z.string(),
  bytes: z.number(),
  counts: countsSchema,
  problems: z.array(problemSchema),
  choice: readChoiceSchema,
  /** The judged one first. */
  sources: z.array(labelSourceSchema),
  /** Null until `deliveries.hash` has run. */
  labelsHash: z.string().nullable(),
});
export type OpenedDelivery = z.infer<typeof openedSchema>;

export const auditSummarySchema = z.object({
  audit: z.string(),
  folder: z.string(),
  vendor: z.string(),
  team: z.string(),
  project: z.string().optional(),
  batch: z.string(),
  submission: z.number(),
  format: z.string(),
  deliveryPath: z.string(),
  sensorsPath: z.string().nullable(),
  deliveryExists: z.boolean(),
  phase: z.enum(['intake', 'judging', 'signed']),
  judged: z.number(),
  drawn: z.number(),
  disposition: z.string().nullable(),
  openFindings: z.number(),
  receivedOn: z.string(),
  dueOn: z.string().nullable(),
  startedAt: z.string(),
  lastAt: z.string(),
  /** Longest verified prefix ended early: seq up to which the journal holds, or null when whole. */
  recoveredTo: z.number().nullable(),
});
export type AuditSummary = z.infer<typeof auditSummarySchema>;

/** Events go over the wire as parsed JSON; the fold's own parser (`parseEvent`) is the door on the other side. */
export const wireEvent = z.record(z.string(), z.unknown());

/** Why an audit can only be read. The renderer says it in the person's language. */
export const holderSchema = z.discriminatedUnion('kind', [
  /** Another program, perhaps on another machine, has its lock; `since` is a UTC time. */
  z.object({ kind: z.literal('process'), pid: z.number().int(), host: z.string(), since: z.string() }),
  /** Another window or tab of this program has it. */
  z.object({ kind: z.literal('window') }),
  /** Others are at its lock in this moment. */
  z.object({ kind: z.literal('unknown') }),
  /** Nobody: its folder cannot be written, with the system's or the journal's own word for why. */
  z.object({ kind: z.literal('disk'), reason: z.string() }),
]);
export type AuditHolder = z.infer<typeof holderSchema>;

export const openAuditSchema = z.object({
  audit: z.string(),
  folder: z.string(),
  events: z.array(wireEvent),
  /** False where another window, tab or process holds the audit's lock: everything can be read, nothing written. */
  isWritable: z.boolean(),
  /** Null where it is writable. */
  heldBy: holderSchema.nullable(),
  recoveredTo: z.number().nullable(),
});
export type OpenAudit = z.infer<typeof openAuditSchema>;

export const draftSchema = z.object({ type: z.string(), data: z.unknown() });
export const nothing = z.object({});

export const lotSchema = z.object({
  unit: z.string(),
  lotSize: z.number(),
  cells: z.number(),
  excluded: z.record(z.string(), z.number()),
  byClass: z.record(z.string(), z.number()),
  uninspectable: z.number(),
  /** Scenes that hold a unit of the lot at least. */
  scenes: z.number(),
  /** Keys the lot can be divided by; absent from a host that does not say. */
  strataKeys: z.array(strataKeySchema).optional(),
  /** The strata of a stratified draw as the spec asks for it. */
  strata: z.array(z.object({ name: z.string(), population: z.number() })).optional(),
  /** Why the lot cannot be divided so. */
  strataProblem: problemSchema.optional(),
});
export type LotPreview = z.infer<typeof lotSchema>;

export const verifySchema = z.object({
  events: z.number(),
  chain: z.string(),
  signatures: z.array(
    z.object({
      seq: z.number(),
      publicKey: z.string(),
      verdict: z.enum(['pinned', 'unidentified', 'broken']),
    }),
  ),
  disposition: z.string().nullable(),
  pictures: z.object({ named: z.number(), present: z.number(), mismatched: z.number() }),
  /** Entries that hold in the chain although the audit rules would have refused them. */
  breaches: z.array(z.object({ seq: z.number(), code: z.string() })),
  /** True where nothing above speaks against the record. */
  isIntact: z.boolean(),
});
export type Verification = z.infer<typeof verifySchema>;

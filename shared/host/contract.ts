/**
 * The Host contract: everything the renderer asks of the machine it runs on, one row a method, each with a parser
 * for what goes in and what comes out. Both hosts (the desktop app and `assay serve`) answer through the same
 * dispatch; the renderer asks what a host can do, never which it is.
 *
 * Calls travel as `POST ./call/<method>` with a JSON body; the answer is newline-delimited JSON: any number of
 * `{"progress": {...}}` lines, then one `{"result": ...}` or `{"problem": ...}`. Aborting the request cancels the
 * work. Bytes never travel here: see `addresses.ts`.
 */
import { strataKeySchema } from '../audit/drawRule.ts';
import { actorSchema, intakeSchema, outcomeSchema } from '../audit/events.ts';
import { qaSpecSchema } from '../audit/qaSpec.ts';
import { mostSeeds, seedMixes } from '../audit/seedDraw.ts';
import { mostTargets } from '../audit/targetsFile.ts';
import { weightKinds } from '../audit/targetWeights.ts';
import { z } from '../base/door.ts';
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

const labelSourceSchema = z.object({
  name: z.string(),
  kind: z.enum(labelSourceKinds),
  cuboids: z.number(),
  boxes2d: z.number(),
});

const recentSchema = z.object({
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

const countsSchema = z.object({
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

const auditSummarySchema = z.object({
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
const wireEvent = z.record(z.string(), z.unknown());

/** Why an audit can only be read. The renderer says it in the person's language. */
const holderSchema = z.discriminatedUnion('kind', [
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

const openAuditSchema = z.object({
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

const draftSchema = z.object({ type: z.string(), data: z.unknown() });
const nothing = z.object({});

const lotSchema = z.object({
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

const verifySchema = z.object({
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

/** Tools of the field whose shortcuts can be taken over. */
export const keyPresets = ['assay', 'cvat', 'sustechpoints', 'xtreme1', 'segments', 'lichtblick'] as const;
export type KeyPreset = (typeof keyPresets)[number];

export const settingsSchema = z.object({
  language: z.enum(['system', 'en', 'zh']).default('system'),
  theme: z.enum(['system', 'dark', 'light']).default('system'),
  profiles: z.array(actorSchema).default([]),
  profile: z.string().nullable().default(null),
  /** Key map: a tool whose keys the hands know, and the person's own keys by command id (empty = none). */
  keyPreset: z.enum(keyPresets).default('assay'),
  keys: z.record(z.string(), z.array(z.string())).default({}),
  /** What the left button does in the 3D view; the right one does the other. */
  leftButton: z.enum(['orbit', 'pan']).default('orbit'),
  /** Colours that carry a number; all are ordered in lightness and safe for the common colour deficiencies. */
  colourMap: z.enum(['viridis', 'cividis', 'grey']).default('viridis'),
  /** Signal colours: as designed, or stronger in contrast. */
  contrast: z.enum(['usual', 'more']).default('usual'),
  /** Size of text in percent of the usual. */
  textPercent: z.number().int().min(90).max(150).default(100),
  /** Whether the tour was taken or turned down by somebody on this machine. */
  isTourDone: z.boolean().default(false),
  /** Anything the screens remember about themselves (pane sizes, view options), by room. */
  views: z.record(z.string(), z.unknown()).default({}),
});
export type Settings = z.infer<typeof settingsSchema>;

export const hostMethods = {
  'host.describe': {
    input: nothing,
    output: z.object({
      version: z.string(),
      capabilities: capabilitiesSchema,
      /** The data folder (`ASSAY_HOME`). */
      home: z.string(),
      /** Folders the file browser may start from. */
      roots: z.array(z.string()),
      publicKey: z.string(),
    }),
  },
  'host.pickFolder': {
    input: z.object({ purpose: z.enum(['delivery', 'sensors', 'export', 'bundle']) }),
    output: z.object({ path: z.string().nullable() }),
  },
  'host.reveal': { input: z.object({ path: z.string() }), output: nothing },
  'settings.read': { input: nothing, output: settingsSchema },
  'settings.write': { input: settingsSchema, output: nothing },
  'folders.list': {
    input: z.object({ path: z.string() }),
    output: z.object({
      path: z.string(),
      parent: z.string().nullable(),
      folders: z.array(z.string()),
      files: z.array(z.object({ name: z.string(), size: z.number() })),
    }),
  },
  'deliveries.recent': { input: nothing, output: z.object({ deliveries: z.array(recentSchema) }) },
  'deliveries.forget': { input: z.object({ path: z.string() }), output: nothing },
  'deliveries.sample': { input: nothing, output: z.object({ path: z.string() }) },
  'deliveries.open': {
    input: z.object({
      path: z.string(),
      sensorsPath: z.string().nullable(),
      /** Absent = as it was opened last. */
      choice: readChoiceSchema.optional(),
      /** Only tried out: the next opening is not as this one. */
      isTrial: z.boolean().optional(),
    }),
    output: openedSchema,
  },
  /** What the first label files hold, and a mapping to start from; opens nothing. */
  'deliveries.lookOver': {
    input: z.object({
      path: z.string(),
      /** The mapping as it is written so far; null = one is proposed. */
      mapping: z.string().nullable(),
    }),
    output: z.object({
      mapping: z.string(),
      labelFiles: z.number(),
      sampled: z.string().nullable(),
      fields: z.array(z.object({ field: z.string(), samples: z.array(z.string()).readonly() })).readonly(),
      classes: z.array(z.string()).readonly(),
    }),
  },
  'deliveries.close': { input: z.object({ delivery: z.string() }), output: nothing },
  'deliveries.hash': {
    input: z.object({ delivery: z.string() }),
    output: z.object({ labelsHash: z.string(), files: z.number(), bytes: z.number() }),
  },
  'audits.list': { input: nothing, output: z.object({ audits: z.array(auditSummarySchema) }) },
  'audits.create': {
    input: z.object({
      delivery: z.string(),
      intake: intakeSchema,
      spec: qaSpecSchema,
      actor: actorSchema,
      /** Path of an order file to compare with, or null. */
      order: z.string().nullable(),
    }),
    output: openAuditSchema,
  },
  'audits.open': {
    input: z.object({
      audit: z.string(),
      /** Only to look on: the lock is neither asked for nor taken. */
      isReader: z.boolean().optional(),
    }),
    output: openAuditSchema,
  },
  /** Gives the lock back. */
  'audits.close': { input: z.object({ audit: z.string() }), output: nothing },
  /** Re-attaches a delivery (moved root) after its label hash proved to be the audit's. */
  'audits.attach': {
    input: z.object({ audit: z.string(), delivery: z.string(), actor: actorSchema }),
    output: z.object({ events: z.array(wireEvent) }),
  },
  /** Checks the drafts against the audit rules, appends, flushes, and only then answers. */
  'audits.append': {
    input: z.object({
      audit: z.string(),
      actor: actorSchema,
      /** Refused with `audit-moved-on` when the journal is not at this seq. */
      expectedSeq: z.number().int(),
      drafts: z.array(draftSchema).min(1),
    }),
    output: z.object({ events: z.array(wireEvent) }),
  },
  'audits.lot': {
    input: z.object({ delivery: z.string(), spec: qaSpecSchema }),
    output: lotSchema,
  },
  'audits.freezePlan': {
    input: z.object({
      audit: z.string(),
      delivery: z.string(),
      actor: actorSchema,
      /** Required for a second draw. */
      reason: z.string().nullable(),
    }),
    output: z.object({ events: z.array(wireEvent) }),
  },
  /** Puts known errors in on labels outside the sample, in place of any before; 0 takes them out. */
  'audits.setSeeds': {
    input: z.object({
      audit: z.string(),
      delivery: z.string(),
      actor: actorSchema,
      count: z.number().int().min(0).max(mostSeeds),
      mix: z.enum(seedMixes),
    }),
    output: z.object({ events: z.array(wireEvent) }),
  },
  /** Draws units of the lot into the targeted queue, some sooner than others, each with a chance that is stored. */
  'audits.drawTargets': {
    input: z.object({
      audit: z.string(),
      delivery: z.string(),
      actor: actorSchema,
      count: z.number().int().min(1).max(mostTargets),
      reason: z.string().min(1),
      weights: z.union([
        z.object({ kind: z.enum(weightKinds) }),
        /** A file of weights, JSON or CSV. The text travels, so a browser's own file picker serves as well. */
        z.object({ file: z.string().min(1), text: z.string() }),
      ]),
    }),
    output: z.object({ events: z.array(wireEvent) }),
  },
  /** Goes on in another folder when the audit's own can no longer be written; every event so far is written there. */
  'audits.moveTo': {
    input: z.object({ audit: z.string(), folder: z.string() }),
    output: z.object({ folder: z.string() }),
  },
  'audits.sign': {
    input: z.object({
      audit: z.string(),
      actor: actorSchema,
      disposition: z.enum(['accept', 'not-accept', 'concession', 'hold']),
      reason: z.string(),
      /** What the screen showed; signing is refused when the fold says otherwise by now. */
      outcome: outcomeSchema,
    }),
    output: z.object({ events: z.array(wireEvent) }),
  },
  'audits.export': {
    input: z.object({
      audit: z.string(),
      actor: actorSchema,
      kind: z.enum(['html', 'json', 'csv', 'estimates', 'rework', 'bundle', 'pdf']),
      /** Target folder; null = `exports/` of the audit. */
      folder: z.string().nullable(),
      language: z.enum(['en', 'zh']),
      withPictures: z.boolean(),
    }),
    output: z.object({ path: z.string(), bytes: z.number() }),
  },
  /** The vendor's filled rework list (CSV). The text travels, so a browser's own file picker serves as well. */
  'audits.importRework': {
    input: z.object({ audit: z.string(), actor: actorSchema, source: z.string(), csv: z.string() }),
    output: z.object({ events: z.array(wireEvent), problems: z.array(problemSchema) }),
  },
  'audits.importBundle': {
    input: z.object({ path: z.string(), actor: actorSchema }),
    output: z.object({
      audit: z.string(),
      isNew: z.boolean(),
      merged: z.number(),
      conflicts: z.array(z.string()),
    }),
  },
  /** The switching ledgers. The fold's own parser (`parseLedgerEvent`) is the door on the other side. */
  'ledgers.list': {
    input: nothing,
    output: z.object({
      ledgers: z.array(
        z.object({
          ledger: z.string(),
          events: z.array(wireEvent),
          /** Why the ledger can only be read, up to where it holds; null = it is whole. */
          problem: problemSchema.nullable(),
        }),
      ),
    }),
  },
  /** Enters signed lots that no ledger holds yet, e.g. of imported bundles. */
  'ledgers.refresh': {
    input: nothing,
    output: z.object({ entered: z.number().int(), problems: z.array(problemSchema) }),
  },
  /** Enters what a person states or confirms. */
  'ledgers.record': {
    input: z.object({
      ledger: z.string(),
      actor: actorSchema,
      /** Refused with `ledger-moved-on` when the ledger is not at this seq. */
      expectedSeq: z.number().int(),
      step: draftSchema,
    }),
    output: z.object({ events: z.array(wireEvent) }),
  },
  'audits.verify': {
    input: z.object({ path: z.string(), key: z.string().nullable() }),
    output: verifySchema,
  },
} as const;

export type HostMethod = keyof typeof hostMethods;
export type HostInput<Method extends HostMethod> = z.input<(typeof hostMethods)[Method]['input']>;
export type HostOutput<Method extends HostMethod> = z.output<(typeof hostMethods)[Method]['output']>;

export interface CallOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** One typed call. Rejects with ProblemError for expected trouble, with DOMException/Error `AbortError` when cancelled. */
export type HostCall = <Method extends HostMethod>(
  method: Method,
  input: HostInput<Method>,
  options?: CallOptions,
) => Promise<HostOutput<Method>>;

/** What a host with `push` may send, unasked. */
export type HostPush =
  | { readonly kind: 'command'; readonly command: string }
  | { readonly kind: 'open'; readonly path: string };

export interface Host {
  readonly call: HostCall;
  /** Listens; the answer stops listening. A host that cannot push never calls back. */
  readonly onPush: (listener: (push: HostPush) => void) => () => void;
}

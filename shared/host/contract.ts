/**
 * The Host contract: everything the renderer asks of the machine it runs on, one row a method, each with a parser
 * for what goes in and what comes out. Both hosts (the desktop app and `assay serve`) answer through the same
 * dispatch; the renderer asks what a host can do, never which it is.
 *
 * Calls travel as `POST ./call/<method>` with a JSON body; the answer is newline-delimited JSON: any number of
 * `{"progress": {...}}` lines, then one `{"result": ...}` or `{"problem": ...}`. Aborting the request cancels the
 * work. Bytes never travel here: see `addresses.ts`.
 */
import { actorSchema, intakeSchema, outcomeSchema } from '../audit/events.ts';
import { qaSpecSchema } from '../audit/qaSpec.ts';
import { mostSeeds, seedMixes } from '../audit/seedDraw.ts';
import { mostTargets } from '../audit/targetsFile.ts';
import { weightKinds } from '../audit/targetWeights.ts';
import { z } from '../base/door.ts';
import { priorsSchema } from '../checks/priors.ts';
import { checkResultsSchema } from '../checks/results.ts';
import { checkSettingsSchema } from '../checks/settings.ts';
import { settingsSchema } from './settings.ts';
import {
  auditSummarySchema,
  capabilitiesSchema,
  draftSchema,
  lotSchema,
  nothing,
  openAuditSchema,
  openedSchema,
  type Progress,
  problemSchema,
  readChoiceSchema,
  recentSchema,
  verifySchema,
  wireEvent,
} from './shapes.ts';

export * from './settings.ts';
export * from './shapes.ts';

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
  /**
   * All automatic checks over the whole delivery; findings come with the progress scene by scene. The same delivery,
   * spec, settings and priors are not looked at twice.
   */
  'checks.run': {
    input: z.object({
      delivery: z.string(),
      spec: qaSpecSchema,
      settings: checkSettingsSchema,
      /** Whose learned priors hold; nothing learned = the shipped ones. */
      vendor: z.string(),
      project: z.string(),
      /** Looks again even where a result is kept. */
      isFresh: z.boolean().optional(),
    }),
    output: z.object({
      results: checkResultsSchema,
      priors: priorsSchema.pick({ vendor: true, project: true, revision: true, learnedFrom: true }),
      /** Sweeps that could not be read. */
      problems: z.array(problemSchema),
      tookMs: z.number(),
    }),
  },
  /** What labels usually are: as learned for a vendor and project, or as shipped. */
  'priors.read': {
    input: z.object({ vendor: z.string(), project: z.string() }),
    output: z.object({ priors: priorsSchema, isLearned: z.boolean(), path: z.string().nullable() }),
  },
  /** Puts an edited document in place of the learned one; refused with `priors-moved-on` at another revision. */
  'priors.write': {
    input: z.object({
      vendor: z.string(),
      project: z.string(),
      expectedRevision: z.number().int(),
      priors: priorsSchema,
    }),
    output: z.object({ priors: priorsSchema }),
  },
  /** Learns from an accepted, signed lot; refused for any other, and for one it was learned from before. */
  'priors.learn': {
    input: z.object({ audit: z.string(), delivery: z.string() }),
    output: z.object({ priors: priorsSchema }),
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

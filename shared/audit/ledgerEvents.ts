/**
 * The events of a switching ledger. One ledger belongs to one vendor and one project; it holds the signed decisions
 * on their lots, severity by severity, and what people stated or confirmed, one event per line in the same chained
 * form as the journal of an audit. Which state follows is never written down as a fact: `ledgerFold.ts` derives it.
 */
import type { Sha256Hex } from '../base/bytes.ts';
import { z } from '../base/door.ts';
import { done, failed, type Problem, type Result } from '../base/problem.ts';
import { canonicalBytes } from './canonicalJson.ts';
import type { ChainDoor } from './chain.ts';
import { frozenPlanSchema } from './eventPlan.ts';
import { actorSchema, countSchema, type EventEnvelope, hashSchema } from './events.ts';
import { severitySchema, unitKindSchema } from './qaSpec.ts';

export const switchingStates = ['normal', 'tightened', 'reduced', 'discontinued'] as const;
const stateSchema = z.enum(switchingStates);

/** One line of switching within a ledger: each severity of each sample moves by itself. */
export const seriesSchema = z.object({ sample: z.enum(['labels', 'cells']), severity: severitySchema });
export type LedgerSeries = z.infer<typeof seriesSchema>;

const decisionSchema = z.object({
  series: seriesSchema,
  /** What one unit is: another one is another inspection. */
  unit: z.enum([...unitKindSchema.options, 'cell']),
  plan: frozenPlanSchema,
  count: countSchema,
  /** Null = the lot waits, or its plan decided nothing. */
  isAccepted: z.boolean().nullable(),
  /** Ac of the plan one AQL step stricter with the same letter and n; null where there is none. */
  tighterAc: z.number().int().nonnegative().nullable(),
  /** How the series stood before and after this lot when the entry was written. */
  stood: z.object({ before: stateSchema, after: stateSchema, score: z.number().int() }),
});
export type LotSeverityDecision = z.infer<typeof decisionSchema>;

const lotDecidedSchema = z.object({
  audit: z.string(),
  batch: z.string(),
  submission: z.number().int().positive(),
  /** Audit of the lot this one resubmits. */
  resubmits: z.string().nullable(),
  isPilot: z.boolean(),
  /** The signed entry of the audit's journal. */
  signed: z.object({
    seq: z.number().int().positive(),
    hash: hashSchema,
    at: z.string(),
    disposition: z.enum(['accept', 'not-accept', 'concession', 'hold']),
    outcome: z.enum(['met', 'not-met', 'undecidable']),
  }),
  /** Hash of the signed entry that this one takes the place of. */
  supersedes: hashSchema.nullable(),
  decisions: z.array(decisionSchema),
});

const reason = z.string().max(4000);

/** type -> data of the event. */
export const ledgerSchemas = {
  'ledger.opened': z.object({ vendor: z.string().min(1), project: z.string() }),
  /** A second entry on the same audit takes the place of the first. */
  'lot.decided': lotDecidedSchema,
  /** Whether production runs steadily; holds for every severity. */
  'production.observed': z.object({ isSteady: z.boolean(), reason }),
  /** The responsible authority agrees to reduced inspection, and production is steady. */
  'reduced.agreed': z.object({ series: seriesSchema, reason }),
  /** Corrective action is confirmed: inspection goes on, tightened. */
  'inspection.resumed': z.object({ series: seriesSchema, reason }),
  /** The authority says otherwise, for a reason of its own. */
  'state.set': z.object({ series: seriesSchema, state: stateSchema, reason }),
  /** A person's own entry is taken back; lots never are. */
  'step.takenBack': z.object({ seq: z.number().int().positive(), reason }),
} as const;

export type LedgerEventType = keyof typeof ledgerSchemas;
export type LedgerData<Type extends LedgerEventType> = z.infer<(typeof ledgerSchemas)[Type]>;
export type LedgerDraft = {
  [Type in LedgerEventType]: { readonly type: Type; readonly data: LedgerData<Type> };
}[LedgerEventType];
export type LedgerEvent = LedgerDraft & EventEnvelope;

/** What a person enters, as against what follows from a signed lot. */
export type LedgerStep = Exclude<LedgerDraft, { type: 'ledger.opened' | 'lot.decided' }>;

const envelopeSchema = z.object({
  seq: z.number().int().positive(),
  at: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  actor: actorSchema,
  prev: hashSchema,
  hash: hashSchema,
  type: z.string(),
  data: z.unknown(),
});
const draftSchema = z.object({ type: z.string(), data: z.unknown() });

/**
 * One line of a ledger. Problems: `ledger-entry-unreadable` with the path of the bad field in `place`, and
 * `event-newer-than-app`. Hashes are checked by `verifyChainOf`.
 */
export function parseLedgerEvent(json: unknown): Result<LedgerEvent> {
  const envelope = envelopeSchema.safeParse(json);
  if (!envelope.success) return failed(unreadable(envelope.error, ''));
  const { type, data, ...rest } = envelope.data;
  const draft = parseTyped(type, data);
  if (!draft.ok) return failed({ ...draft.problem, params: { ...draft.problem.params, seq: rest.seq } });
  return done({ ...rest, ...draft.value } as LedgerEvent);
}

/** What a person asks to enter. Problems: those of `parseLedgerEvent`, `draft-not-allowed`. */
export function parseLedgerStep(json: unknown): Result<LedgerStep> {
  const draft = draftSchema.safeParse(json);
  if (!draft.success) return failed(unreadable(draft.error, ''));
  const parsed = parseTyped(draft.data.type, draft.data.data);
  if (!parsed.ok) return parsed;
  if (!isStep(parsed.value)) {
    return failed({
      code: 'draft-not-allowed',
      severity: 'error',
      path: '',
      params: { type: parsed.value.type },
    });
  }
  return done(parsed.value);
}

export function isStep<Draft extends LedgerDraft>(draft: Draft): draft is Draft & LedgerStep {
  return draft.type !== 'ledger.opened' && draft.type !== 'lot.decided';
}

export const ledgerDoor: ChainDoor<LedgerEvent> = { parse: parseLedgerEvent, opening: 'ledger.opened' };

/**
 * Name of the ledger of a vendor and a project: 32 hex digits that do not depend on how either is spelled in case
 * and white space. Audits that name no project share the vendor's ledger without one.
 */
export function ledgerName(vendor: string, project: string, sha256: Sha256Hex): string {
  return sha256(canonicalBytes([plain(vendor), plain(project)])).slice(0, 32);
}

/** Whether both would be kept in one ledger. */
export function isSameLedger(a: LedgerData<'ledger.opened'>, b: LedgerData<'ledger.opened'>): boolean {
  return plain(a.vendor) === plain(b.vendor) && plain(a.project) === plain(b.project);
}

function plain(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/gu, ' ').toLowerCase().toWellFormed();
}

function parseTyped(type: string, data: unknown): Result<LedgerDraft> {
  if (!Object.hasOwn(ledgerSchemas, type)) {
    return failed({ code: 'event-newer-than-app', severity: 'error', path: '', params: { type } });
  }
  const parsed = (ledgerSchemas[type as LedgerEventType] as z.ZodType).safeParse(data);
  if (!parsed.success) return failed(unreadable(parsed.error, '/data'));
  return done({ type, data: parsed.data } as LedgerDraft);
}

function unreadable(error: z.ZodError, root: string): Problem {
  const issue = error.issues[0];
  const place = [root, ...(issue?.path ?? []).map(String)].join('/');
  const params = { place, reason: issue?.message ?? '', seq: '' };
  return { code: 'ledger-entry-unreadable', severity: 'error', path: '', place, params };
}

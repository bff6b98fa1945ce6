/** The door for events and drafts: raw JSON in, a typed event or the reason why not out. */
import { z } from '../base/door.ts';
import { done, failed, type Problem, type Result } from '../base/problem.ts';
import { type AuditEvent, actorSchema, type EventDraft, type EventType, eventSchemas } from './events.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const envelopeSchema = z.object({
  seq: z.number().int().positive(),
  at: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
  actor: actorSchema,
  prev: hash,
  hash,
  type: z.string(),
  data: z.unknown(),
});

const draftSchema = z.object({ type: z.string(), data: z.unknown() });

/**
 * One event of a journal. Problems: `event-unreadable` with the path of the bad field in `place`, and
 * `event-newer-than-app` for a type this version does not know. Hashes are not checked here: see `chain.ts`.
 */
export function parseEvent(json: unknown): Result<AuditEvent> {
  const envelope = envelopeSchema.safeParse(json);
  if (!envelope.success) return failed(unreadable(envelope.error, ''));
  const { type, data, ...rest } = envelope.data;
  const draft = parseTyped(type, data);
  if (!draft.ok) return failed({ ...draft.problem, params: { ...draft.problem.params, seq: rest.seq } });
  return done({ ...rest, ...draft.value });
}

/**
 * What a screen or a command asks to record. The same problems as `parseEvent`. Text is made well-formed: a
 * vendor's broken surrogate pair must not make the verdict on his label impossible to save.
 */
export function parseDraft(json: unknown): Result<EventDraft> {
  const draft = draftSchema.safeParse(json);
  if (!draft.success) return failed(unreadable(draft.error, ''));
  return parseTyped(draft.data.type, wellFormed(draft.data.data));
}

function parseTyped(type: string, data: unknown): Result<EventDraft> {
  if (!Object.hasOwn(eventSchemas, type)) {
    return failed({ code: 'event-newer-than-app', severity: 'error', path: '', params: { type } });
  }
  const parsed = (eventSchemas[type as EventType] as z.ZodType).safeParse(data);
  if (!parsed.success) return failed(unreadable(parsed.error, '/data'));
  return done({ type, data: parsed.data } as EventDraft);
}

function unreadable(error: z.ZodError, root: string): Problem {
  const issue = error.issues[0];
  const place = [root, ...(issue?.path ?? []).map(String)].join('/');
  const params = { place, reason: issue?.message ?? '', seq: '' };
  return { code: 'event-unreadable', severity: 'error', path: '', place, params };
}

function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.isWellFormed() ? value : value.toWellFormed();
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key.toWellFormed(), wellFormed(member)]),
  );
}

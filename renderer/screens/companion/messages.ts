/** What the desk and the windows that follow it tell each other, over a channel of the audit they belong to. */
import { z } from '../../../shared/base/door.ts';

const placeSchema = z.object({
  kind: z.literal('place'),
  unit: z.string(),
  /** Another frame that is looked at; null = the unit's own. */
  frame: z.number().int().min(0).nullable(),
  /** A label beside the unit; null = the unit's own. */
  besideRow: z.number().int().min(0).nullable(),
});
export type DeskPlace = z.infer<typeof placeSchema>;

const messageSchema = z.discriminatedUnion('kind', [
  placeSchema,
  /** A window has opened and wants to know where the desk is. */
  z.object({ kind: z.literal('hello') }),
  /** A label or a frame was clicked in the other window. */
  z.object({ kind: z.literal('select'), row: z.number().int().min(0) }),
  z.object({ kind: z.literal('frame'), frame: z.number().int().min(0) }),
]);
export type CompanionMessage = z.infer<typeof messageSchema>;

/** Null = nothing that this version understands. */
export function parseMessage(data: unknown): CompanionMessage | null {
  const parsed = messageSchema.safeParse(data);
  return parsed.success ? parsed.data : null;
}

/** The channel, and the lock that a desk holds for as long as it lives, however it ends. */
export const channelOf = (audit: string): string => `assay.desk.${audit}`;

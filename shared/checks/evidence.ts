/** What a check measured, as it can be drawn: in the frame's space, metres, or in one camera's picture, pixels. */
import { z } from '../base/door.ts';

const vec3 = z.tuple([z.number(), z.number(), z.number()]);

/** What a drawn thing stands for; decides its stroke, and its word in the legend (`checks.evidence.<role>`). */
export const evidenceRoles = [
  'gap',
  'overlap',
  'expected',
  'other',
  'path',
  'points',
  'limit',
  'ground',
] as const;

export const evidenceSchema = z.discriminatedUnion('kind', [
  /** A measured distance; `text` is its number with unit, as it stands in every language. */
  z.object({
    kind: z.literal('segment'),
    role: z.enum(evidenceRoles),
    from: vec3,
    to: vec3,
    text: z.string().optional(),
  }),
  z.object({
    kind: z.literal('box'),
    role: z.enum(evidenceRoles),
    center: vec3,
    size: vec3,
    rotation: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  }),
  z.object({ kind: z.literal('path'), role: z.enum(evidenceRoles), points: z.array(vec3).min(1) }),
  z.object({
    kind: z.literal('rectangle'),
    role: z.enum(evidenceRoles),
    /** Index into `Delivery.cameras`. */
    camera: z.number().int(),
    ltrb: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  }),
]);
export type Evidence = z.infer<typeof evidenceSchema>;

/** What a person's settings are, wherever they are kept. */
import { actorSchema } from '../audit/events.ts';
import { z } from '../base/door.ts';

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

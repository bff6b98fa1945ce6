/** How the auditor wants to see: remembered between sessions with the screen's other settings. */
import { z } from '../../shared/base/door.ts';
import { colourings } from './gpu/pointsMaterial.ts';

export const viewOptionsSchema = z.object({
  colouring: z.enum(colourings).default('height'),
  /** CSS pixels. */
  pointPixels: z.number().min(1).max(8).default(2),
  showRings: z.boolean().default(true),
  /** Lidar points over the pictures, coloured by depth. */
  showPointsOnPictures: z.boolean().default(false),
  /** Share of full brightness that pictures have until hovered. */
  pictureStrength: z.number().min(0.2).max(1).default(0.78),
});
export type ViewOptions = z.infer<typeof viewOptionsSchema>;

export const defaultViewOptions: ViewOptions = viewOptionsSchema.parse({});

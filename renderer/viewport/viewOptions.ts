/** How the auditor wants to see: remembered between sessions with the screen's other settings. */
import { z } from '../../shared/base/door.ts';
import { colourings } from './gpu/pointsMaterial.ts';

export const viewOptionsSchema = z.object({
  colouring: z.enum(colourings).default('height'),
  /** CSS pixels. */
  pointPixels: z.number().min(1).max(8).default(2),
  showRings: z.boolean().default(true),
  /** Sweeps before and after the frame that are laid over it, each way. */
  mergedSweeps: z.number().int().min(0).max(10).default(0),
  showRadar: z.boolean().default(true),
  /** Polygons, lines and points that are labels too. */
  showShapes: z.boolean().default(true),
  /** Name of another label source drawn beside the judged one; null = none. */
  compareWith: z.string().nullable().default(null),
  /** Lidar points over the pictures, coloured by depth. */
  showPointsOnPictures: z.boolean().default(false),
  /** Share of full brightness that pictures have until hovered. */
  pictureStrength: z.number().min(0.2).max(1).default(0.78),
});
export type ViewOptions = z.infer<typeof viewOptionsSchema>;

export const defaultViewOptions: ViewOptions = viewOptionsSchema.parse({});

/** How the auditor wants to see: remembered between sessions with the screen's other settings. */
import { z } from '../../shared/base/door.ts';
import { colourings } from './colourings.ts';

export const viewOptionsSchema = z.object({
  colouring: z.enum(colourings).default('height'),
  /** CSS pixels. */
  pointPixels: z.number().min(1).max(8).default(2),
  /** Diameter in metres instead of pixels; null = pixels. */
  pointMeters: z.number().min(0.01).max(0.5).nullable().default(null),
  /** Edges of depth drawn dark around nearer points (eye-dome lighting) in the 3D view. */
  showDepthEdges: z.boolean().default(false),
  hideGround: z.boolean().default(false),
  /** Only what lies within this many metres of the label is drawn; null = everything. */
  clipMeters: z.number().min(0.5).max(30).nullable().default(null),
  /** Lidars of the delivery, by name, that are not drawn. */
  hiddenLidars: z.array(z.string()).default([]),
  showRings: z.boolean().default(true),
  /** Sweeps before and after the frame that are laid over it, each way. */
  mergedSweeps: z.number().int().min(0).max(10).default(0),
  /** Sweeps laid over follow the label's own motion, so that a moving object becomes sharp as a standing one is. */
  mergeFollowsLabel: z.boolean().default(false),
  showRadar: z.boolean().default(true),
  /** Polygons, lines and points that are labels too. */
  showShapes: z.boolean().default(true),
  /** Name of another label source drawn beside the judged one; null = none. */
  compareWith: z.string().nullable().default(null),
  /** Where the label's track was and will be, and how fast it goes. */
  showTrail: z.boolean().default(true),
  /** Length, width and height beside the label. */
  showDimensions: z.boolean().default(false),
  /** From each face to its nearest point. */
  showFaceGaps: z.boolean().default(false),
  /** Lidar points over the pictures, coloured by depth. */
  showPointsOnPictures: z.boolean().default(false),
  /** Share of full brightness that pictures have until hovered. */
  pictureStrength: z.number().min(0.2).max(1).default(0.78),
  /** Of pictures: 1 = as they are. */
  pictureBrightness: z.number().min(0.25).max(4).default(1),
  pictureContrast: z.number().min(0.25).max(4).default(1),
  /** All cameras that see the label side by side, instead of the best one large. */
  isMosaic: z.boolean().default(false),
});
export type ViewOptions = z.infer<typeof viewOptionsSchema>;

/** What a key that switches a measure on begins with. */
export const defaultPointMeters = 0.06;
export const defaultClipMeters = 5;

export const defaultViewOptions: ViewOptions = viewOptionsSchema.parse({});

/** Fields that change the tone of pictures and nothing that is drawn. */
const toneFields: ReadonlySet<string> = new Set(['pictureStrength', 'pictureBrightness', 'pictureContrast']);

/** True where two choices differ, and in the tone of pictures only. */
export function isOnlyTone(before: ViewOptions, after: ViewOptions): boolean {
  const fields = Object.keys(after) as (keyof ViewOptions)[];
  // Lists are made anew each time, so they are compared by what they hold.
  const changed = fields.filter((field) => String(before[field]) !== String(after[field]));
  return changed.length > 0 && changed.every((field) => toneFields.has(field));
}

/** Options that decide which points are asked of the workers. */
const askedBy = ['mergedSweeps', 'mergeFollowsLabel', 'showRadar', 'hideGround', 'hiddenLidars'] as const;

/** Whether what is on screen has to be put there anew, and not only be drawn in another way. */
export function asksForOtherPoints(before: ViewOptions, next: ViewOptions): boolean {
  const isPainted = ({ colouring }: ViewOptions): boolean => colouring === 'camera';
  // Lists are made anew each time, so they are compared by what they hold.
  const isOther = askedBy.some((option) => String(before[option]) !== String(next[option]));
  return isOther || isPainted(before) !== isPainted(next);
}

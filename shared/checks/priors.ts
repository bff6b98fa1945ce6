/**
 * What labels of a class usually are: medians and spreads with their counts, learned from accepted lots of a vendor and
 * project, or shipped. A document that a person can read and edit.
 */
import { z } from '../base/door.ts';

/** Median and median absolute deviation (unscaled) of so many objects. */
export const spreadSchema = z.object({
  median: z.number(),
  mad: z.number().nonnegative(),
  objects: z.number().int().nonnegative(),
});
export type Spread = z.infer<typeof spreadSchema>;

export const classPriorSchema = z.object({
  /** Length, width, height, metres; an object counts once, by the median over its track. */
  size: z.tuple([spreadSchema, spreadSchema, spreadSchema]),
  /** Highest speed of each track, m/s; null where nothing was learned. */
  speed: spreadSchema.nullable(),
  /** Lidar points inside by ground distance: ascending upper ends of bands, metres. */
  points: z.array(z.object({ upToMeters: z.number().positive(), count: spreadSchema })),
});
export type ClassPrior = z.infer<typeof classPriorSchema>;

export const priorsSchema = z.object({
  schema: z.literal('assay-priors'),
  schemaVersion: z.literal(1),
  vendor: z.string().nullable(),
  project: z.string().nullable(),
  revision: z.number().int().positive(),
  /** The lots it was learned from; empty = shipped. */
  learnedFrom: z.array(
    z.object({ batch: z.string(), labelsHash: z.string(), cuboids: z.number().int(), on: z.string() }),
  ),
  /** By the spec's class name. */
  classes: z.record(z.string(), classPriorSchema),
  /** For DRIFT: shares of classes, of boxes a frame and of points a box over all lots; null = nothing learned. */
  mix: z
    .object({
      classes: z.record(z.string(), z.number().int().nonnegative()),
      boxesPerFrame: z.record(z.string(), z.number().int().nonnegative()),
      pointsPerBox: z.record(z.string(), z.number().int().nonnegative()),
    })
    .nullable(),
});
export type PriorsDocument = z.infer<typeof priorsSchema>;

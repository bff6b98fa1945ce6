/**
 * What labels of a class usually are: medians and spreads with their counts, learned from accepted lots of a vendor and
 * project, or shipped. A document that a person can read and edit.
 */
import { z } from '../base/door.ts';

const count = z.number().int().nonnegative();

/** Median and median absolute deviation (unscaled) of so many objects. */
export const spreadSchema = z.object({
  median: z.number(),
  mad: z.number().nonnegative(),
  objects: count,
  /**
   * How many objects have which value, in steps of about one percent: what further lots are added to. Absent = the
   * numbers above are all there is, and the next lot begins anew. A median or spread that is not that of these counts
   * was set by a person and stays.
   */
  seen: z.record(z.string(), count).optional(),
});
export type Spread = z.infer<typeof spreadSchema>;

/** Extents are compared as ratios, so nothing is usually 0 m long. */
const extentSchema = spreadSchema.extend({ median: z.number().positive() });

export const classPriorSchema = z.object({
  /** Length, width, height, metres; an object counts once, by the median over its track. */
  size: z.tuple([extentSchema, extentSchema, extentSchema]),
  /** Highest speed of each track, m/s; null where nothing was learned. */
  speed: spreadSchema.nullable(),
  /** Lidar points inside by ground distance: ascending upper ends of bands, metres. */
  points: z.array(z.object({ upToMeters: z.number().positive(), count: spreadSchema })),
});
export type ClassPrior = z.infer<typeof classPriorSchema>;

/** For DRIFT: how many objects and frames fell into which bin over all lots; keys as `priorsMix.ts` writes them. */
export const mixSchema = z.object({
  /** Objects by class. */
  classes: z.record(z.string(), count),
  /** Scenes by how many boxes a frame of theirs has. */
  boxesPerFrame: z.record(z.string(), count),
  /** Objects by how many points their boxes have. */
  pointsPerBox: z.record(z.string(), count),
});
export type Mix = z.infer<typeof mixSchema>;

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
  /** Null = nothing learned. */
  mix: mixSchema.nullable(),
});
export type PriorsDocument = z.infer<typeof priorsSchema>;

/**
 * What labels of a class usually are: medians and spreads with their counts, learned from accepted lots of a vendor and
 * project, or shipped. A document that a person can read and edit.
 */
import { z } from '../base/door.ts';
import { failed, type Problem, type Result } from '../base/problem.ts';

const count = z.number().int().nonnegative();

/** Median and median absolute deviation (unscaled) of so many objects. */
export const spreadSchema = z.object({
  median: z.number(),
  mad: z.number().nonnegative(),
  objects: count,
  /**
   * How many objects have which value, in steps of about one percent: what further lots are added to. Absent = the
   * numbers above are all there is, and the next lot begins anew.
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

/** Far above any document of priors; keeps a wrong file from being parsed for minutes. */
const mostLetters = 20_000_000;

/**
 * Reads a document that a person may have edited. Problems: `priors-too-large`, `priors-not-json`, and
 * `priors-unfit` with the place of the first thing that does not fit.
 */
export function parsePriors(text: string, path: string): Result<PriorsDocument> {
  if (text.length > mostLetters) return failed(unfit('priors-too-large', path, { limit: mostLetters }));
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return failed(unfit('priors-not-json', path, { reason: error instanceof Error ? error.message : '' }));
  }
  const parsed = priorsSchema.safeParse(json);
  if (parsed.success) return { ok: true, value: parsed.data };
  const [issue] = parsed.error.issues;
  const place = `/${(issue?.path ?? []).map(String).join('/')}`;
  return failed({ ...unfit('priors-unfit', path, { reason: issue?.message ?? '' }), place });
}

function unfit(code: string, path: string, params: NonNullable<Problem['params']>): Problem {
  return { code, severity: 'error', path, params };
}

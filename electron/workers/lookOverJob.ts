/** Looks over a delivery that no known format fits, for the person who writes a mapping of it. */
import { done } from '../../shared/base/problem.ts';
import { lookOverMapping, type MappingLook } from '../../shared/readers/mapped/lookOver.ts';
import type { Job } from './job.ts';
import { withRoots } from './roots.ts';

export interface LookOverInput {
  readonly path: string;
  readonly mapping: string | null;
  readonly cacheFolder: string;
}

export const lookOverJob: Job<LookOverInput, MappingLook> = ({ path, mapping, cacheFolder }, context) =>
  withRoots({ path, sensorsPath: null, cacheFolder }, context, async ({ delivery }) =>
    done(await lookOverMapping(delivery, mapping)),
  );

/** Every hostile delivery. */
import { archiveCases } from './archives.ts';
import { cloudCases } from './clouds.ts';
import { documentCases } from './documents.ts';
import { geometryCases } from './geometry.ts';
import type { HostileCase } from './hostileCase.ts';
import { nameCases } from './names.ts';
import { pathCases } from './paths.ts';
import { pickleCases } from './pickles.ts';

export async function hostileCases(): Promise<readonly HostileCase[]> {
  return [
    ...pathCases,
    ...archiveCases,
    ...(await cloudCases()),
    ...documentCases,
    ...pickleCases,
    ...geometryCases,
    ...nameCases,
  ];
}

/** Every hostile delivery. */
import { cloudCases } from './clouds.ts';
import { documentCases } from './documents.ts';
import type { HostileCase } from './hostileCase.ts';
import { pathCases } from './paths.ts';
import { pickleCases } from './pickles.ts';

export async function hostileCases(): Promise<readonly HostileCase[]> {
  return [...pathCases, ...(await cloudCases()), ...documentCases, ...pickleCases];
}

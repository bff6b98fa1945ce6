/** Results of the checks kept beside the index: the same delivery under the same setup is not looked at twice. */
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from '../../../shared/base/door.ts';
import { checkResultsSchema } from '../../../shared/checks/results.ts';
import { problemSchema } from '../../../shared/host/shapes.ts';
import { writeDurably } from '../../services/durable.ts';
import { systemCode } from '../../services/faults.ts';
import { sha256Hex } from '../../services/hashes.ts';
import { parseJson } from '../../services/jsonFile.ts';
import type { CheckSetup } from './setup.ts';

const keptSchema = z.object({ results: checkResultsSchema, problems: z.array(problemSchema) });
export type KeptResults = z.infer<typeof keptSchema>;

/** Setups of a delivery whose results are kept: those somebody goes to and fro between. */
const mostKept = 8;
const namePattern = /^checks-[0-9a-f]{64}\.json$/;

/** The folder of the index is named by what the delivery's files are; the name here says all else that counts. */
export function keptResultsFile(folder: string, setup: CheckSetup, codeHash: string): string {
  const bytes = new TextEncoder().encode(JSON.stringify([codeHash, setup]));
  return path.join(folder, `checks-${sha256Hex(bytes)}.json`);
}

/** Null where nothing is kept, or it is not what we wrote: it is made anew then. */
export async function readKept(file: string): Promise<KeptResults | null> {
  try {
    const kept = keptSchema.safeParse(parseJson(await readFile(file, 'utf8')));
    return kept.success ? kept.data : null;
  } catch (error) {
    if (systemCode(error) === null) throw error;
    return null;
  }
}

/** Keeps it in place of what was kept longest ago. A disk that refuses costs time, never the results. */
export async function keep(file: string, kept: KeptResults): Promise<void> {
  try {
    await writeDurably(file, JSON.stringify(kept));
    const folder = path.dirname(file);
    const names = (await readdir(folder)).filter((name) => namePattern.test(name));
    const files = names.map(async (name) => {
      const place = path.join(folder, name);
      return { place, writtenMs: (await stat(place)).mtimeMs };
    });
    const oldestLast = (await Promise.all(files)).sort((a, b) => b.writtenMs - a.writtenMs);
    for (const { place } of oldestLast.slice(mostKept)) await rm(place, { force: true });
  } catch (error) {
    if (systemCode(error) === null) throw error;
  }
}

/** What was hashed already, one line a file, written as it is done: a kill loses the last half second. */
import { readFile } from 'node:fs/promises';
import { fileKey } from '../../../shared/audit/scope.ts';
import { z } from '../../../shared/base/door.ts';
import { isMissing } from '../../services/faults.ts';
import { parseJson } from '../../services/jsonFile.ts';

const lineSchema = z.object({
  root: z.enum(['delivery', 'sensors']),
  path: z.string(),
  /** As `OpenBytes.identity`: inode, size, and when content and inode last changed. */
  identity: z.string(),
  bytes: z.number(),
  sha256: z.string(),
});
export type HashLine = z.infer<typeof lineSchema>;

/** By `fileKey`; of several lines of a file the last holds. A line that was cut off is as good as none. */
export async function hashLines(file: string): Promise<ReadonlyMap<string, HashLine>> {
  return new Map((await allHashLines(file)).map((line) => [fileKey(line), line]));
}

/** Every line, in order. */
export async function allHashLines(file: string): Promise<HashLine[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
  return text.split('\n').flatMap((line) => {
    const parsed = lineSchema.safeParse(parseJson(line));
    return parsed.success ? [parsed.data] : [];
  });
}

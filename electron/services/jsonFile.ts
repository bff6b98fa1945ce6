/**
 * A small JSON document of ours on disk. A damaged one is never overwritten: it is set aside under another name,
 * said in the log, and the application starts from the document's default.
 */
import { readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import type { z } from '../../shared/base/door.ts';
import { makeFolder, writeDurably } from './durable.ts';
import { isMissing } from './faults.ts';

export interface JsonFile<Value> {
  read(): Promise<Value>;
  /** Answers when the document is on the disk; writes are taken one after the other. */
  write(value: Value): Promise<void>;
}

export function jsonFile<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
  makeDefault: () => z.output<Schema>,
  log: (line: string) => void,
): JsonFile<z.output<Schema>> {
  let lastWrite: Promise<void> = Promise.resolve();

  async function read(): Promise<z.output<Schema>> {
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      if (isMissing(error)) return makeDefault();
      throw error;
    }
    const parsed = schema.safeParse(parseJson(text));
    if (parsed.success) return parsed.data;
    const aside = `${file}.damaged-${Date.now()}`;
    await rename(file, aside);
    log(`${file} is damaged; it was kept as ${aside}`);
    return makeDefault();
  }

  function write(value: z.output<Schema>): Promise<void> {
    const next = lastWrite
      .catch(() => undefined)
      .then(async () => {
        await makeFolder(path.dirname(file));
        await writeDurably(file, `${JSON.stringify(value, null, 2)}\n`);
      });
    lastWrite = next;
    return next;
  }

  return { read, write };
}

/** The parsed text, or undefined (which no schema of ours accepts) where it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

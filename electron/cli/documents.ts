/** JSON documents that options name, parsed at the door: a wrong one ends the command with a sentence that names it. */
import { readFile } from 'node:fs/promises';
import defaultSpec from '../../assets/qa-spec.default.json' with { type: 'json' };
import { type QaSpec, qaSpecSchema } from '../../shared/audit/qaSpec.ts';
import type { z } from '../../shared/base/door.ts';
import type { OptionValues } from './command.ts';
import { CommandFailure, ExitCode } from './exitCodes.ts';
import { textOption } from './values.ts';

/** What a file is asked to be; `cli.notA.<kind>` names it to people. */
export type DocumentKind = 'spec' | 'settings' | 'priors' | 'shard';

export async function readDocument<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
  kind: DocumentKind,
): Promise<z.output<Schema>> {
  const parsed = schema.safeParse(await readJson(file));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const what = { path: file, place: issue?.path.map(String).join('/') ?? '', reason: issue?.message ?? '' };
  throw new CommandFailure(ExitCode.badInput, `notA.${kind}`, what);
}

/** The document an option names, or null where the option is absent. */
export async function documentOption<Schema extends z.ZodType>(
  values: OptionValues,
  name: Exclude<DocumentKind, 'shard'>,
  schema: Schema,
): Promise<z.output<Schema> | null> {
  const file = textOption(values, name);
  return file === null ? null : readDocument(file, schema, name);
}

/** The agreed spec (`--spec`), or the shipped one widened to every label of the delivery. */
export async function specOption(values: OptionValues): Promise<QaSpec> {
  const agreed = await documentOption(values, 'spec', qaSpecSchema);
  if (agreed !== null) return agreed;
  const shipped = qaSpecSchema.parse(defaultSpec);
  return { ...shipped, scope: { ...shipped.scope, classes: 'all', maxRangeMeters: null } };
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new CommandFailure(ExitCode.badInput, 'cannotRead', {
      path: file,
      reason: (error as Error).message,
    });
  }
}

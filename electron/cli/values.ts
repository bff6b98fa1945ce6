/** Option values parsed at the door: a wrong one ends the command with a sentence that names it. */
import type { CommandInput, OptionValues } from './command.ts';
import { CommandFailure, ExitCode } from './exitCodes.ts';

function refuse(key: string, params: Record<string, string | number>): never {
  throw new CommandFailure(ExitCode.badArguments, key, params);
}

export function requirePositional(input: CommandInput, index: number, name: string): string {
  return input.positionals[index] ?? refuse('missingArgument', { name });
}

/** One argument too many was meant for something: it is never passed over. */
export function refuseSurplus({ positionals }: CommandInput, most: number): void {
  const surplus = positionals[most];
  if (surplus !== undefined) refuse('surplusArgument', { surplus });
}

export function textOption(values: OptionValues, name: string): string | null {
  const value = values[name];
  return typeof value === 'string' ? value : null;
}

/** A finite number within [least, most], or null where the option is absent. */
export function numberOption(
  values: OptionValues,
  name: string,
  { least = -Infinity, most = Infinity, isInteger = false } = {},
): number | null {
  const text = textOption(values, name);
  if (text === null) return null;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  const isGood = Number.isFinite(value) && value >= least && value <= most;
  if (!isGood || (isInteger && !Number.isInteger(value))) {
    refuse(isInteger ? 'badInteger' : 'badNumber', { name, text, least, most });
  }
  return value;
}

/** As `numberOption`, for an option that must be given. */
export function requireNumber(
  values: OptionValues,
  name: string,
  limits: { least?: number; most?: number; isInteger?: boolean } = {},
): number {
  return numberOption(values, name, limits) ?? refuse('missingOption', { name });
}

export function choiceOption<Choice extends string>(
  values: OptionValues,
  name: string,
  choices: readonly Choice[],
): Choice | null {
  const text = textOption(values, name);
  if (text === null) return null;
  return (
    choices.find((choice) => choice === text) ??
    refuse('badChoice', { name, text, choices: choices.join(', ') })
  );
}

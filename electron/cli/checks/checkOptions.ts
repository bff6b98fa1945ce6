/** What the options of `assay check` ask for. */
import { checks } from '../../../shared/checks/catalogue.ts';
import { type CheckId, checkIds } from '../../../shared/checks/checkIds.ts';
import type { FindingSeverity } from '../../../shared/checks/contract.ts';
import { priorsSchema } from '../../../shared/checks/priors.ts';
import { type CheckSettings, checkSettingsSchema, shippedSettings } from '../../../shared/checks/settings.ts';
import { shippedPriors } from '../../../shared/checks/shippedPriors.ts';
import type { CheckSetup } from '../../workers/checks/setup.ts';
import type { Shard } from '../../workers/checks/shards.ts';
import type { Command, OptionValues } from '../command.ts';
import { documentOption, specOption } from '../documents.ts';
import { CommandFailure, ExitCode } from '../exitCodes.ts';
import { deliveryOptions } from '../openForCommand.ts';
import { choiceOption, textOption } from '../values.ts';

export const checkOptions = {
  ...deliveryOptions,
  spec: { type: 'string' },
  settings: { type: 'string' },
  priors: { type: 'string' },
  only: { type: 'string' },
  'fail-on': { type: 'string' },
  jobs: { type: 'string' },
  shard: { type: 'string' },
  merge: { type: 'boolean' },
  learn: { type: 'string' },
  jsonl: { type: 'boolean' },
} as const satisfies Command['options'];

/** What each way of running the command takes besides its own name; anything else would be passed over unread. */
const goesWith = {
  merge: ['merge', 'fail-on', 'json', 'jsonl'],
  learn: ['learn', 'spec', 'priors', 'json', ...Object.keys(deliveryOptions)],
} as const;

export function refuseStrayOptions(values: OptionValues): void {
  if (values.json === true && values.jsonl === true) refuseTogether('json', 'jsonl');
  for (const way of ['merge', 'learn'] as const) {
    if (values[way] === undefined) continue;
    const taken: readonly string[] = goesWith[way];
    const stray = Object.keys(values).find((name) => !taken.includes(name));
    if (stray !== undefined) refuseTogether(stray, way);
  }
}

function refuseTogether(name: string, other: string): never {
  throw new CommandFailure(ExitCode.badArguments, 'notTogether', { name, other });
}

export async function setupOption(values: OptionValues): Promise<CheckSetup> {
  const settings = (await documentOption(values, 'settings', checkSettingsSchema)) ?? shippedSettings;
  refuseUnknownLimits(settings, textOption(values, 'settings') ?? '');
  const priors = (await documentOption(values, 'priors', priorsSchema)) ?? shippedPriors;
  return { spec: await specOption(values), settings: onlyOption(values, settings), priors };
}

/** A limit that no check asks for would leave the shipped one in force, and whoever set it would not know. */
function refuseUnknownLimits({ limits }: CheckSettings, path: string): void {
  for (const check of checks) {
    const keys = Object.keys(check.limits);
    const key = Object.keys(limits[check.id] ?? {}).find((name) => !keys.includes(name));
    if (key === undefined) continue;
    const said = { path, check: check.id, key, keys: keys.join(', ') };
    throw new CommandFailure(ExitCode.badInput, 'unknownLimit', said);
  }
}

/** With `--only` every other check is off. */
function onlyOption(values: OptionValues, settings: CheckSettings): CheckSettings {
  const text = textOption(values, 'only');
  if (text === null) return settings;
  const asked = text.split(',').map(checkNamed);
  const off = checkIds.filter((id) => !asked.includes(id) || settings.off.includes(id));
  return { ...settings, off };
}

function checkNamed(text: string): CheckId {
  const known = checkIds.find((id) => id === text.trim().toUpperCase());
  if (known !== undefined) return known;
  const choices = checkIds.join(', ');
  throw new CommandFailure(ExitCode.badArguments, 'badChoice', { name: 'only', text, choices });
}

/** More parts than any batch system starts. */
const mostParts = 1_000_000;

/** `i/n`: part i, from 1, of n; null = the whole. */
export function shardOption(values: OptionValues): Shard | null {
  const text = textOption(values, 'shard');
  if (text === null) return null;
  const [, index = 0, of = 0] = (/^(\d{1,7})\/(\d{1,7})$/.exec(text) ?? []).map(Number);
  if (index >= 1 && index <= of && of <= mostParts) return { index, of };
  throw new CommandFailure(ExitCode.badArguments, 'badShard', { text });
}

/** From the gravest. */
const severities: readonly FindingSeverity[] = ['critical', 'major', 'minor'];

/** Whether a finding of that severity closes the gate of `--fail-on`; without it none does. */
export function gateOption(values: OptionValues): (severity: FindingSeverity) => boolean {
  const least = choiceOption(values, 'fail-on', severities);
  if (least === null) return () => false;
  return (severity) => severities.indexOf(severity) <= severities.indexOf(least);
}

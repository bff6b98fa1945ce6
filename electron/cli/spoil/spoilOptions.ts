/** What the options of `assay synth` ask of the spoiler. */
import { type SpoilKind, type SpoilSize, spoilKinds, spoilSizes } from '../../../shared/synth/spoil/kinds.ts';
import { type SpoilPlan, usualSpans } from '../../../shared/synth/spoil/plan.ts';
import type { Command, OptionValues } from '../command.ts';
import { CommandFailure, ExitCode } from '../exitCodes.ts';
import { choiceOption, numberOption, textOption } from '../values.ts';

export const spoilOptions = {
  kinds: { type: 'string' },
  sizes: { type: 'string' },
  mixed: { type: 'boolean' },
  spec: { type: 'string' },
} as const satisfies Command['options'];

export const spoilUsage =
  '[--defects SHARE|KIND=N,…] [--kinds KIND,…|all] [--sizes mild|gross|both] [--mixed] [--seed S] [--spec F]';

/** The share of objects that is spoiled where nobody says. */
const usualShare = 0.1;
const mostFaults = 1_000_000;

/** Whether any option asks for the kinds of fault that go into labels once they are there. */
export function asksForSpoiling(values: OptionValues): boolean {
  const isCounted = textOption(values, 'defects')?.includes('=') === true;
  return isCounted || Object.keys(spoilOptions).some((name) => values[name] !== undefined);
}

export function spoilPlan(values: OptionValues): SpoilPlan {
  const amount = amountOption(values);
  if (typeof amount !== 'number' && values.kinds !== undefined) {
    throw new CommandFailure(ExitCode.badArguments, 'notTogether', {
      name: 'kinds',
      other: 'defects KIND=N',
    });
  }
  return {
    seed: numberOption(values, 'seed', { least: 0, most: 4_294_967_295, isInteger: true }) ?? 1,
    amount,
    kinds: kindsOption(values),
    sizes: choiceOption<SpoilSize | 'both'>(values, 'sizes', [...spoilSizes, 'both']) ?? 'both',
    isMixed: values.mixed === true,
    spans: usualSpans,
  };
}

/** A share, or faults counted by kind. */
function amountOption(values: OptionValues): SpoilPlan['amount'] {
  const text = textOption(values, 'defects');
  if (text === null || !text.includes('=')) {
    return numberOption(values, 'defects', { least: 0, most: 1 }) ?? usualShare;
  }
  const counts: Partial<Record<SpoilKind, number>> = {};
  for (const part of text.split(',')) {
    const [name = '', count = ''] = part.split('=');
    const asked = numberOption({ [name]: count }, name, { least: 0, most: mostFaults, isInteger: true });
    counts[kindNamed(name, 'defects')] = asked ?? 0;
  }
  return counts;
}

function kindsOption(values: OptionValues): SpoilPlan['kinds'] {
  const text = textOption(values, 'kinds');
  if (text === null || text.trim() === 'all') return 'all';
  return text.split(',').map((name) => kindNamed(name, 'kinds'));
}

function kindNamed(text: string, name: string): SpoilKind {
  const known = spoilKinds.find((kind) => kind === text.trim());
  if (known !== undefined) return known;
  const choices = spoilKinds.join(', ');
  throw new CommandFailure(ExitCode.badArguments, 'badChoice', { name, text: text.trim(), choices });
}

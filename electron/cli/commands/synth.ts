/** `assay synth`: a made delivery with its truth beside it, or a copy of a real one with faults put into its labels. */
import path from 'node:path';
import { problemSentence } from '../../../shared/messages/translate.ts';
import { type EffectLevels, effectNames } from '../../../shared/synth/lidar/effects.ts';
import { synthOptions } from '../../../shared/synth/options.ts';
import { synthesise } from '../../../shared/synth/synthesise.ts';
import type { Command, OptionValues } from '../command.ts';
import { CommandFailure, ExitCode } from '../exitCodes.ts';
import { deliveryOptions, deliveryUsage } from '../openForCommand.ts';
import { requireEmpty, writeInto } from '../outFolder.ts';
import { table } from '../output.ts';
import { spoilInto, spoilMade } from '../spoil/spoilCommand.ts';
import { asksForSpoiling, spoilOptions, spoilUsage } from '../spoil/spoilOptions.ts';
import { choiceOption, numberOption, requirePositional, textOption } from '../values.ts';

/** Options that shape a made world: a delivery that is there has its own. */
const worldOptions = {
  scenes: { type: 'string' },
  frames: { type: 'string' },
  cameras: { type: 'string' },
  rings: { type: 'string' },
  columns: { type: 'string' },
  width: { type: 'string' },
  height: { type: 'string' },
  effects: { type: 'string' },
} as const satisfies Command['options'];

export const synthCommand: Command = {
  name: 'synth',
  usage: `<out> [--scenes N] [--frames N] [--seed S] [--defects SHARE] [--cameras N] [--rings N] [--columns N] [--width PX] [--height PX] [--effects NAME=LEVEL,…] [--format openlabel]
       assay synth <out> [the same] ${spoilUsage}
       assay synth <out> --into <delivery> ${spoilUsage} ${deliveryUsage}`,
  example: 'assay synth ./made --scenes 2 --frames 20 --seed 7 --defects 0.05',
  mostArguments: 1,
  options: {
    ...deliveryOptions,
    ...spoilOptions,
    ...worldOptions,
    into: { type: 'string' },
    seed: { type: 'string' },
    defects: { type: 'string' },
    format: { type: 'string' },
  },
  async run(input, context) {
    const { output, t, signal } = context;
    const { values } = input;
    const out = path.resolve(requirePositional(input, 0, 'out'));
    choiceOption(values, 'format', ['openlabel']);
    const into = textOption(values, 'into');
    refuseStray(values, into === null ? Object.keys(deliveryOptions) : Object.keys(worldOptions), into);
    if (into !== null) return spoilInto(out, path.resolve(into), values, context);
    const isSpoiled = asksForSpoiling(values);
    const options = synthOptions(givenOptions(isSpoiled ? { ...values, defects: undefined } : values));
    if (!options.ok) {
      throw new CommandFailure(ExitCode.badArguments, 'badOption', {
        name: 'synth',
        reason: problemSentence(t, options.problem),
      });
    }
    if (isSpoiled) return spoilMade(out, options.value, values, context);
    await requireEmpty(out);
    const made = await synthesise(
      options.value,
      { write: (file, bytes) => writeInto(out, file, bytes) },
      { signal, progress: ({ done, total }) => output.progress(t('progress.synthesising'), done, total) },
    );
    const word = (key: string) => t(`cli.words.${key}`);
    output.answer({ out, ...made }, () =>
      table([
        [word('written'), out],
        [word('scenes'), String(made.scenes)],
        [word('frames'), String(made.frames)],
        [word('cuboids'), String(made.cuboids)],
        [word('defects'), String(made.defects)],
        [word('files'), String(made.files)],
        [word('bytes'), String(made.bytes)],
      ]),
    );
    return ExitCode.done;
  },
};

/** What belongs to the other way of running the command would be passed over unread. */
function refuseStray(values: OptionValues, strays: readonly string[], into: string | null): void {
  const stray = strays.find((name) => values[name] !== undefined);
  if (stray === undefined) return;
  if (into === null) throw new CommandFailure(ExitCode.badArguments, 'missingOption', { name: 'into' });
  throw new CommandFailure(ExitCode.badArguments, 'notTogether', { name: stray, other: 'into' });
}

/** Only what was named: the generator knows the rest and the bounds. */
function givenOptions(values: OptionValues): Parameters<typeof synthOptions>[0] {
  const number = (name: string) => numberOption(values, name);
  const named = {
    scenes: number('scenes'),
    frames: number('frames'),
    seed: number('seed'),
    defects: number('defects'),
    cameras: number('cameras'),
    imageWidth: number('width'),
    imageHeight: number('height'),
    effects: effectsOption(values),
  };
  const [rings, columns] = [number('rings'), number('columns')];
  const preset = synthOptions();
  const lidar = preset.ok ? preset.value.lidar : null;
  return {
    ...Object.fromEntries(Object.entries(named).filter(([, value]) => value !== null)),
    ...(lidar ? { lidar: { ...lidar, ...(rings ? { rings } : {}), ...(columns ? { columns } : {}) } } : {}),
  };
}

/** `rain=0.5,spray`: levels by name, a name alone means 1. The generator knows the bounds. */
function effectsOption(values: OptionValues): EffectLevels | null {
  const text = textOption(values, 'effects');
  if (text === null) return null;
  const levels = text.split(',').map((part) => {
    const [name = '', level = '1'] = part.trim().split('=');
    if (!effectNames.some((known) => known === name)) {
      const choices = effectNames.join(', ');
      throw new CommandFailure(ExitCode.badArguments, 'badChoice', { name: 'effects', text: name, choices });
    }
    return [name, level.trim() === '' ? Number.NaN : Number(level)] as const;
  });
  return Object.fromEntries(levels);
}

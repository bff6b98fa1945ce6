/** `assay synth`: a made delivery with its truth beside it. */
import path from 'node:path';
import { problemSentence } from '../../../shared/messages/translate.ts';
import { synthOptions } from '../../../shared/synth/options.ts';
import { synthesise } from '../../../shared/synth/synthesise.ts';
import type { Command, OptionValues } from '../command.ts';
import { CommandFailure, ExitCode } from '../exitCodes.ts';
import { requireEmpty, writeInto } from '../outFolder.ts';
import { table } from '../output.ts';
import { choiceOption, numberOption, requirePositional } from '../values.ts';

export const synthCommand: Command = {
  name: 'synth',
  usage:
    '<out> [--scenes N] [--frames N] [--seed S] [--defects SHARE] [--cameras N] [--rings N] [--columns N] [--width PX] [--height PX] [--format openlabel]',
  example: 'assay synth ./made --scenes 2 --frames 20 --seed 7 --defects 0.05',
  options: {
    scenes: { type: 'string' },
    frames: { type: 'string' },
    seed: { type: 'string' },
    defects: { type: 'string' },
    cameras: { type: 'string' },
    rings: { type: 'string' },
    columns: { type: 'string' },
    width: { type: 'string' },
    height: { type: 'string' },
    format: { type: 'string' },
  },
  async run(input, { output, t, signal }) {
    const out = path.resolve(requirePositional(input, 0, 'out'));
    choiceOption(input.values, 'format', ['openlabel']);
    const options = synthOptions(givenOptions(input.values));
    if (!options.ok) {
      throw new CommandFailure(ExitCode.badArguments, 'badOption', {
        name: 'synth',
        reason: problemSentence(t, options.problem),
      });
    }
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
  };
  const [rings, columns] = [number('rings'), number('columns')];
  const preset = synthOptions();
  const lidar = preset.ok ? preset.value.lidar : null;
  return {
    ...Object.fromEntries(Object.entries(named).filter(([, value]) => value !== null)),
    ...(lidar ? { lidar: { ...lidar, ...(rings ? { rings } : {}), ...(columns ? { columns } : {}) } } : {}),
  };
}

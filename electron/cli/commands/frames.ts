/** `assay frames`: the frames of a delivery in playing order. */
import type { Command } from '../command.ts';
import { ExitCode } from '../exitCodes.ts';
import { deliveryOptions, deliveryUsage, withDelivery } from '../openForCommand.ts';
import { table } from '../output.ts';
import { secondsOf } from '../times.ts';

export const framesCommand: Command = {
  name: 'frames',
  usage: `<path> ${deliveryUsage} [--json]`,
  example: 'assay frames ./batch-0142',
  mostArguments: 1,
  options: deliveryOptions,
  run: (input, context) =>
    withDelivery(input, context, async ({ index }) => {
      const { scenes, frames: all } = index.delivery;
      const frames = all.map(({ id, scene, index: position, timestampNanos, isBetween = false }) => ({
        id,
        scene: scenes[scene]!.id,
        index: position,
        timestampS: secondsOf(timestampNanos),
        timestampNanos,
        isBetween,
      }));
      const word = (key: string) => context.t(`cli.words.${key}`);
      context.output.answer({ frames }, () =>
        table([
          [word('id'), word('scene'), word('index'), word('time')],
          ...frames.map(({ id, scene, index: at, timestampS }) => [id, scene, at, timestampS ?? '–']),
        ]),
      );
      return ExitCode.done;
    }),
};

/** `assay compute`: one quantity of the statistics, so that anyone can recompute what the app shows. */

import { compute } from '../../../shared/compute/compute.ts';
import { problemSentence } from '../../../shared/messages/translate.ts';
import type { Command } from '../command.ts';
import { CommandFailure, ExitCode } from '../exitCodes.ts';
import { requirePositional } from '../values.ts';

export const computeCommand: Command = {
  name: 'compute',
  usage: '<quantity> [--json] < input.json',
  example: `echo '{"n":60,"ac":2,"p":[0.03],"model":"binomial"}' | assay compute oc --json`,
  mostArguments: 1,
  options: {},
  async run(input, { output, t, readStdin }) {
    const quantity = requirePositional(input, 0, 'quantity');
    const answer = compute(quantity, parse(await readStdin()));
    if (!answer.ok) {
      throw new CommandFailure(ExitCode.badArguments, 'badOption', {
        name: `compute ${quantity}`,
        reason: problemSentence(t, answer.problem),
      });
    }
    output.answer(answer.value, () => [JSON.stringify(answer.value, null, 2)]);
    return ExitCode.done;
  },
};

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandFailure(ExitCode.badArguments, 'badJson', { reason: (error as Error).message });
  }
}

/** `assay verify`: whether an audit's record holds, for anyone who was handed its folder or bundle. */
import path from 'node:path';
import { ProblemError } from '../../../shared/base/problem.ts';
import { verifyAt } from '../../services/audit/verifyAt.ts';
import { createPlaces } from '../../services/places.ts';
import type { Command } from '../command.ts';
import { ExitCode } from '../exitCodes.ts';
import { table } from '../output.ts';
import { requirePositional, textOption } from '../values.ts';

export const verifyCommand: Command = {
  name: 'verify',
  usage: '<audit folder or bundle> [--key BASE64] [--json]',
  example: 'assay verify ./batch-0142.assay.zip --key MCowBQYDK2VwAyEA…',
  mostArguments: 1,
  options: { key: { type: 'string' } },
  async run(input, { output, t }) {
    const named = path.resolve(requirePositional(input, 0, 'bundle'));
    const places = await createPlaces(null, path.dirname(named));
    const verified = await verifyAt({ path: named, key: textOption(input.values, 'key') }, places);
    if (!verified.ok) throw new ProblemError(verified.problem);
    const { events, chain, signatures, disposition, pictures } = verified.value;
    const word = (key: string) => t(`cli.words.${key}`);
    output.answer(verified.value, () =>
      table([
        [word('events'), String(events)],
        [word('chain'), chain],
        ...signatures.map(({ seq, verdict }) => [
          word('signatures'),
          `${seq}: ${t(`cli.signature.${verdict}`)}`,
        ]),
        [word('disposition'), disposition ?? word('none')],
        [word('pictures'), `${pictures.present}/${pictures.named}`],
      ]),
    );
    const isBroken = chain !== 'ok' || signatures.some(({ verdict }) => verdict === 'broken');
    return isBroken || pictures.mismatched > 0 ? ExitCode.negative : ExitCode.done;
  },
};

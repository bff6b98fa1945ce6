/** `assay report`: the record of an audit as a document, from its folder or from a bundle that was handed over. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import packageFile from '../../../package.json' with { type: 'json' };
import { ProblemError } from '../../../shared/base/problem.ts';
import { languageOf } from '../../../shared/messages/translate.ts';
import { makeDocument } from '../../services/audit/exportFile.ts';
import { checkRecord, openRecord } from '../../services/audit/recordSource.ts';
import { printWithSystemBrowser } from '../../services/systemBrowser.ts';
import type { Command } from '../command.ts';
import { CommandFailure, ExitCode } from '../exitCodes.ts';
import { choiceOption, requirePositional, textOption } from '../values.ts';

const kinds = ['html', 'pdf', 'csv', 'json'] as const;

export const reportCommand: Command = {
  name: 'report',
  usage: '<audit folder or bundle> --out FILE(.html|.pdf|.csv|.json) [--lang en|zh] [--no-pictures] [--json]',
  example: 'assay report ./batch-0142.assay.zip --out report.html --lang zh',
  mostArguments: 1,
  options: { out: { type: 'string' }, lang: { type: 'string' }, 'no-pictures': { type: 'boolean' } },
  async run(input, { output, t }) {
    const named = path.resolve(requirePositional(input, 0, 'audit'));
    const out = textOption(input.values, 'out');
    if (out === null) throw new CommandFailure(ExitCode.badArguments, 'missingOption', { name: 'out' });
    const kind = kinds.find((ending) => out.toLowerCase().endsWith(`.${ending}`));
    if (!kind) throw new CommandFailure(ExitCode.badArguments, 'badReportKind', { path: out });
    const language = choiceOption(input.values, 'lang', ['en', 'zh']) ?? languageOf(process.env.LANG ?? 'en');

    const source = await openRecord(named);
    if (!source.ok) throw new ProblemError(source.problem);
    const { state, chain } = await checkRecord(source.value, null);
    if (state === null) throw new CommandFailure(ExitCode.badInput, 'emptyRecord', { path: named });
    if (chain !== 'ok') output.remark(t('cli.brokenRecord', { path: named, chain }));
    const withPictures = input.values['no-pictures'] !== true;
    const made = await makeDocument(
      { state, picture: withPictures ? source.value.picture : async () => null },
      kind,
      language,
      { printPdf: printWithSystemBrowser, version: packageFile.version, now: () => new Date() },
    );
    if (!made.ok) throw new ProblemError(made.problem);
    await write(out, made.value);
    output.answer({ out: path.resolve(out), kind, language, chain }, () => [path.resolve(out)]);
    return chain === 'ok' ? ExitCode.done : ExitCode.negative;
  },
};

async function write(file: string, content: string | Uint8Array): Promise<void> {
  try {
    await writeFile(file, content);
  } catch (error) {
    const reason = (error as Error).message;
    throw new CommandFailure(ExitCode.badInput, 'cannotWrite', { path: file, reason });
  }
}

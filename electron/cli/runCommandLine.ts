/** From the words of a command line to an exit code. Expected trouble is one line on stderr, never a stack. */
import { parseArgs } from 'node:util';
import { ProblemError } from '../../shared/base/problem.ts';
import { languageOf, problemSentence, translator } from '../../shared/messages/translate.ts';
import type { Command, CommandInput } from './command.ts';
import { CommandFailure, ExitCode } from './exitCodes.ts';
import { createOutput, type Streams, table } from './output.ts';
import { refuseSurplus } from './values.ts';

export interface CommandLine extends Streams {
  readonly args: readonly string[];
  readonly locale: string;
  readonly signal: AbortSignal;
  readonly readStdin: () => Promise<string>;
}

/** Problems that say the machine, not the input, stands in the way. */
const machineProblems = new Set(['pdf-not-possible']);

export async function runCommandLine(
  commands: readonly Command[],
  { args, locale, signal, readStdin, ...streams }: CommandLine,
): Promise<ExitCode> {
  const t = translator(languageOf(locale));
  const [name = '', ...words] = args;
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) {
    const isAsked = name === '' || name === '--help' || name === 'help';
    const lines = [
      ...(isAsked ? [] : [t('cli.unknownCommand', { name })]),
      t('cli.usage'),
      ...table(commands.map((candidate) => [`  ${candidate.name}`, t(`cli.commands.${candidate.name}`)])),
    ];
    (isAsked ? streams.stdout : streams.stderr).write(`${lines.join('\n')}\n`);
    return isAsked ? ExitCode.done : ExitCode.badArguments;
  }
  try {
    const input = readInput(command, words);
    if (input.values.help) {
      streams.stdout.write(`${helpOf(command, t).join('\n')}\n`);
      return ExitCode.done;
    }
    refuseSurplus(input, command.mostArguments);
    const output = createOutput(input.values.json === true, streams);
    return await command.run(input, { output, t, signal, readStdin });
  } catch (error) {
    if (error instanceof CommandFailure) {
      streams.stderr.write(`${t(`cli.${error.key}`, error.params)}\n`);
      return error.exitCode;
    }
    if (error instanceof ProblemError) {
      streams.stderr.write(`${problemSentence(t, error.problem)}\n`);
      return machineProblems.has(error.problem.code) ? ExitCode.notPossibleHere : ExitCode.badInput;
    }
    if (signal.aborted && error instanceof Error && error.name === 'AbortError') return ExitCode.interrupted;
    throw error;
  }
}

function readInput(command: Command, words: readonly string[]): CommandInput {
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      strict: true,
      options: { json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' }, ...command.options },
    });
    return { values: values as CommandInput['values'], positionals };
  } catch (error) {
    throw new CommandFailure(ExitCode.badArguments, 'badOption', {
      name: command.name,
      reason: (error as Error).message,
    });
  }
}

function helpOf(command: Command, t: ReturnType<typeof translator>): string[] {
  return [
    `assay ${command.name} ${command.usage}`,
    '',
    t(`cli.commands.${command.name}`),
    '',
    `${t('cli.example')}  ${command.example}`,
    ...(command.notes ? ['', t(command.notes)] : []),
  ];
}

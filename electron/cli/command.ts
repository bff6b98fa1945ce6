/** What a command of the command line is: its words, its options, and what it does with them. */
import type { ParseArgsConfig } from 'node:util';
import type { Translate } from '../../shared/messages/translate.ts';
import type { ExitCode } from './exitCodes.ts';

export type OptionValues = Readonly<Record<string, string | boolean | undefined>>;

export interface CommandInput {
  readonly values: OptionValues;
  readonly positionals: readonly string[];
}

/** Where a command's answer and its remarks go. */
export interface Output {
  /** True with `--json`: exactly one document, or lines of JSON where the command streams. */
  readonly isJson: boolean;
  /** The answer: the document as JSON, or the lines for people. Called once. */
  answer(document: unknown, lines: () => readonly string[]): void;
  /** One more line of JSON of an answer that comes bit by bit. */
  stream(document: unknown): void;
  /** One line for people, on stderr. */
  remark(line: string): void;
  /** Progress, on stderr, only where that is a terminal. */
  progress(step: string, done: number, total: number): void;
}

export interface CommandContext {
  readonly output: Output;
  /** In the language of the terminal. */
  readonly t: Translate;
  readonly signal: AbortSignal;
  readonly readStdin: () => Promise<string>;
}

export interface Command {
  readonly name: string;
  /** The words after the name, e.g. `<path> [--sensors DIR]`. */
  readonly usage: string;
  readonly example: string;
  /** Key of what its help says beyond that. */
  readonly notes?: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  /** Arguments that are no options, at most: one too many was meant for something. */
  readonly mostArguments: number;
  run(input: CommandInput, context: CommandContext): Promise<ExitCode>;
}

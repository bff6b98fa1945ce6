/** What a command's exit code says; a promise to every script that calls one. */
export const ExitCode = {
  done: 0,
  /** Done, and the answer is negative: a rejected lot, a broken chain. */
  negative: 1,
  badArguments: 2,
  badInput: 3,
  notPossibleHere: 4,
  /** Ended from outside before it was done, as a shell says it: nothing was answered. */
  interrupted: 130,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

/** Ends a command with one sentence on stderr: a key of the catalogue under `cli.`. Caught once, in `runCommandLine`. */
export class CommandFailure extends Error {
  readonly exitCode: ExitCode;
  readonly key: string;
  readonly params: Readonly<Record<string, string | number>>;
  constructor(exitCode: ExitCode, key: string, params: Readonly<Record<string, string | number>> = {}) {
    super(`${key} ${JSON.stringify(params)}`);
    this.name = 'CommandFailure';
    this.exitCode = exitCode;
    this.key = key;
    this.params = params;
  }
}

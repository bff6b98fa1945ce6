/** Reads the arguments the way the Electron executable does. */

export interface CommandLine {
  /** Files to load before the app, from `-r`. */
  readonly preloaded: readonly string[];
  /** Port for Node's inspector, 0 for any; undefined when it was not asked for. */
  readonly inspectPort: number | undefined;
  /** Every `--name=value`, wherever it stands; a bare `--name` has the value ''. */
  readonly switches: Map<string, string>;
  /** Names of the switches that were written behind the app path: those are meant for the app alone. */
  readonly appSwitches: ReadonlySet<string>;
  /** Folder or file of the app as it was written. */
  readonly appPath: string;
}

export function parseCommandLine(args: readonly string[]): CommandLine {
  const preloaded: string[] = [];
  const switches = new Map<string, string>();
  const appSwitches = new Set<string>();
  let appPath: string | undefined;
  for (let index = 0; index < args.length; index++) {
    const arg = args[index]!;
    const match = /^--([^=]+)(?:=(.*))?$/s.exec(arg);
    if (match) {
      switches.set(match[1]!, match[2] ?? '');
      if (appPath !== undefined) appSwitches.add(match[1]!);
    } else if (appPath === undefined && (arg === '-r' || arg === '--require')) {
      const file = args[++index];
      if (file === undefined) throw new Error(`${arg} needs a file`);
      preloaded.push(file);
    } else {
      appPath ??= arg;
    }
  }
  const inspect = switches.get('inspect');
  return {
    preloaded,
    inspectPort: inspect === undefined ? undefined : Number(inspect || 9229),
    switches,
    appSwitches,
    appPath: appPath ?? '.',
  };
}

/** What the app was started with: a folder to open, or the wish for the sample delivery. */
import path from 'node:path';

export interface StartArguments {
  /** Absolute, or null. */
  readonly open: string | null;
  readonly isSample: boolean;
}

/** @param argv as the process got it: the executable, switches, when not packaged the app's folder, then ours. */
export function startArguments(argv: readonly string[], isPackaged: boolean, folder: string): StartArguments {
  const words = argv.slice(1);
  const names = words.filter((word) => word !== '' && !word.startsWith('-'));
  // Switches may stand in front of the app's folder, so it is known as the first name and not by its place.
  const named = isPackaged ? names[0] : names[1];
  return {
    open: named === undefined ? null : path.resolve(folder, named),
    isSample: words.includes('--sample'),
  };
}

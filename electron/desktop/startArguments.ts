/** What the app was started with: a folder to open, or the wish for the sample delivery. */
import path from 'node:path';

export interface StartArguments {
  /** Absolute, or null. */
  readonly open: string | null;
  readonly isSample: boolean;
}

/** @param argv as the process got it; the executable and, when not packaged, the app's folder come first. */
export function startArguments(argv: readonly string[], isPackaged: boolean, folder: string): StartArguments {
  const words = argv.slice(isPackaged ? 1 : 2);
  const named = words.find((word) => word !== '' && !word.startsWith('-'));
  return {
    open: named === undefined ? null : path.resolve(folder, named),
    isSample: words.includes('--sample'),
  };
}

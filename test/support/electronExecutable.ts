/** Which executable the desktop specs run on: the real Electron wherever it can be had, else the stand-in. */
import { existsSync } from 'node:fs';
import path from 'node:path';

const projectRoot = path.resolve(import.meta.dirname, '../..');
const standIn = path.join(projectRoot, 'test/support/electron/electron');

const installedNames: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

export interface Executable {
  readonly file: string;
  readonly isReal: boolean;
}

/**
 * The path in `ASSAY_ELECTRON`, else the binary of the installed package, else the stand-in. Throws with
 * `ASSAY_REQUIRE_REAL=1` where only the stand-in is left.
 */
export function chooseExecutable(
  env: Record<string, string | undefined> = process.env,
  exists: (file: string) => boolean = existsSync,
): Executable {
  const installed = path.join(
    projectRoot,
    'node_modules/electron/dist',
    installedNames[process.platform] ?? 'electron',
  );
  const file = env.ASSAY_ELECTRON || (exists(installed) ? installed : standIn);
  const isReal = path.resolve(file) !== standIn;
  if (!isReal && env.ASSAY_REQUIRE_REAL === '1') {
    throw new Error(`ASSAY_REQUIRE_REAL=1, but there is no Electron binary: ${installed} is absent`);
  }
  return { file, isReal };
}

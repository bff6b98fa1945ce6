/** Runs the built command line as a process, as a vendor's pipeline would. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';

const projectRoot = path.resolve(import.meta.dirname, '../..');
export const commandLine = path.join(projectRoot, 'electron/assay.mjs');

export interface CommandEnd {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command to its end, in English. */
export async function assay(
  args: readonly string[],
  options: { readonly home?: string; readonly input?: string } = {},
): Promise<CommandEnd> {
  if (!existsSync(path.join(projectRoot, 'dist/electron/cli.mjs'))) {
    throw new Error('the command line is not built: `npm run build` first');
  }
  const child = spawn(process.execPath, [commandLine, ...args], {
    env: { ...process.env, LC_ALL: 'C', ...(options.home ? { ASSAY_HOME: options.home } : {}) },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  // A command that refuses its arguments may be gone before it has read anything.
  child.stdin.on('error', () => undefined);
  child.stdin.end(options.input ?? '');
  const [code] = (await once(child, 'close')) as [number];
  return { code, stdout, stderr };
}

/** A command with `--json` on a hostile delivery, as a pipeline would run it, with what it took. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { commandLine } from '../support/assayCommand.ts';

/** Commands that read all of a delivery: its labels, or its sweeps too. */
export type Asked = 'inspect' | 'check';

export interface Answered {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly milliseconds: number;
  /** Most memory the process held, bytes; 0 where the system does not tell. */
  readonly memory: number;
}

/** The most a process ever held, as Linux keeps it. */
function peakOf(pid: number): number {
  try {
    return 1024 * Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0; // It has ended, or this is another system.
  }
}

export async function ask(command: Asked, delivery: string, home: string): Promise<Answered> {
  const started = performance.now();
  const child = spawn(process.execPath, [commandLine, command, delivery, '--json'], {
    env: { ...process.env, LC_ALL: 'C', ASSAY_HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr, memory] = ['', '', 0];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const watch = setInterval(() => {
    memory = Math.max(memory, peakOf(child.pid!));
  }, 20);
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(watch);
  return { code, stdout, stderr, memory, milliseconds: performance.now() - started };
}

const MOST_MEMORY = 1e9;

/** What is wrong with how a command ended; nothing where it ended as it must. */
export function faultsOf({ code, stdout, stderr, memory }: Answered, isRefused: boolean): string[] {
  const faults: string[] = [];
  if (code !== (isRefused ? 3 : 0)) faults.push(`exit code ${code}`);
  if (/\n\s+at .*:\d+/.test(stderr) || /\bTypeError\b/.test(stderr)) faults.push('a stack trace');
  const lines = stdout.trimEnd().split('\n');
  if (code === 0 && lines.length !== 1) faults.push(`${lines.length} lines on stdout`);
  if (code === 0 && lines.length === 1) {
    try {
      JSON.parse(stdout);
    } catch {
      faults.push('stdout is no JSON');
    }
  }
  if (code === 3 && stderr.trim().split('\n').length !== 1) faults.push('more than one line on stderr');
  if (memory > MOST_MEMORY) faults.push(`${Math.round(memory / 1e6)} MB`);
  return faults;
}

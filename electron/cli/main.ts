/** Entry of the command line. */
import { text } from 'node:stream/consumers';
import { checkCommand } from './commands/check.ts';
import { computeCommand } from './commands/compute.ts';
import { convertCommand } from './commands/convert.ts';
import { diffCommand } from './commands/diff.ts';
import { frameCommand } from './commands/frame.ts';
import { framesCommand } from './commands/frames.ts';
import { inspectCommand } from './commands/inspect.ts';
import { planCommand } from './commands/plan.ts';
import { reportCommand } from './commands/report.ts';
import { sampleCommand } from './commands/sample.ts';
import { scoreCommand } from './commands/score.ts';
import { serveCommand } from './commands/serve.ts';
import { synthCommand } from './commands/synth.ts';
import { verifyCommand } from './commands/verify.ts';
import { runCommandLine } from './runCommandLine.ts';

const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort());
process.once('SIGTERM', () => interrupt.abort());
// A reader that stops early (`| head`) is no fault of ours.
process.stdout.on('error', () => process.exit(0));

process.exitCode = await runCommandLine(
  [
    inspectCommand,
    framesCommand,
    frameCommand,
    checkCommand,
    planCommand,
    sampleCommand,
    computeCommand,
    scoreCommand,
    diffCommand,
    convertCommand,
    synthCommand,
    serveCommand,
    reportCommand,
    verifyCommand,
  ],
  {
    args: process.argv.slice(2),
    stdout: process.stdout,
    stderr: process.stderr,
    locale: process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || 'en',
    signal: interrupt.signal,
    readStdin: () => text(process.stdin),
  },
);

/**
 * The fixture of the browser specs: `served` is the built app behind `assay serve`, on a data folder and a free
 * port of its own. The test fails when the page broke its content security policy or logged an error.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { test as base, type Page } from '@playwright/test';
import { commandLine } from './assayCommand.ts';
import { watchPage } from './pageProblems.ts';

export class Served {
  /** Scratch folder of the test; the data folder lies in it. */
  readonly folder: string;
  readonly home: string;
  readonly problems = new Set<string>();
  private readonly expected: RegExp[] = [];
  private child: ChildProcess | undefined;
  private port = 0;
  private isOver = false;

  constructor(folder: string) {
    this.folder = folder;
    this.home = path.join(folder, 'home');
  }

  /** Starts the server; after a kill on the same port, since a browser's storage belongs to the address. */
  async start(args: readonly string[] = []): Promise<string> {
    const child = spawn(
      process.execPath,
      [commandLine, 'serve', '--json', '--port', String(this.port), '--root', '/', ...args],
      { env: { ...process.env, ASSAY_HOME: this.home }, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    this.child = child;
    const [line] = (await once(createInterface(child.stdout!), 'line')) as [string];
    const { url } = JSON.parse(line) as { url: string };
    this.port = Number(new URL(url).port);
    return url;
  }

  /** Ends the server as a power cut does. */
  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** Ends the server with the test. What the page was still asking for is answered no more, and that is no fault of its. */
  async end(): Promise<void> {
    this.isOver = true;
    await this.kill();
  }

  /** Watches a page for broken policy and logged errors. */
  async watch(page: Page): Promise<void> {
    await watchPage(page, (problem) => {
      if (!this.isOver) this.problems.add(problem);
    });
  }

  /** Says that problems matching `pattern` belong to what the spec is about. */
  expectProblem(pattern: RegExp): void {
    this.expected.push(pattern);
  }

  unexpectedProblems(): string[] {
    return [...this.problems].filter((problem) => !this.expected.some((pattern) => pattern.test(problem)));
  }
}

export const test = base.extend<{ served: Served }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a function needs from its pattern
  served: async ({}, use) => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'assay-served-'));
    const served = new Served(folder);
    await use(served);
    await served.end();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    const problems = served.unexpectedProblems();
    if (problems.length > 0) throw new Error(`the page complained:\n${problems.join('\n')}`);
  },
});

export { expect } from '@playwright/test';

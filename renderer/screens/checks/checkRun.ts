/**
 * A run of the automatic checks over the open delivery: findings as they come, then the whole result. It goes on when
 * the screen is left and is still there when one comes back; another delivery or other settings are another run.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Problem } from '../../../shared/base/problem.ts';
import type { CheckFinding } from '../../../shared/checks/finding.ts';
import type { CheckResults } from '../../../shared/checks/results.ts';
import type { CheckSettings } from '../../../shared/checks/settings.ts';
import type { Host, HostInput, HostOutput, Progress } from '../../../shared/host/contract.ts';
import { problemOf } from '../../host/problems.ts';

export type CheckRunInput = HostInput<'checks.run'>;

/** All that a finished run answered with, and how the checks were set for it. */
export interface FinishedRun extends Omit<HostOutput<'checks.run'>, 'results'> {
  readonly results: CheckResults;
  readonly settings: CheckSettings;
}

export interface CheckRunState {
  /** Of the delivery that is open at the host; null while nothing ran. */
  readonly delivery: string | null;
  readonly isRunning: boolean;
  readonly progress: Progress | null;
  /** So far, while it runs; afterwards all of them. */
  readonly findings: readonly CheckFinding[];
  /** The last run that went through. */
  readonly finished: FinishedRun | null;
  readonly problem: Problem | null;
}

export interface CheckRun {
  readonly store: StoreApi<CheckRunState>;
  /** Runs; a run under way gives way. Resolves with what it found, or null where it failed or was cancelled. */
  run(input: CheckRunInput & { readonly settings: CheckSettings }): Promise<FinishedRun | null>;
  cancel(): void;
}

const nothing: CheckRunState = {
  ...{ delivery: null, isRunning: false, progress: null, findings: [], finished: null, problem: null },
};

/** Findings come scene by scene; a list of thousands is not made anew for each. */
const showEveryMs = 250;

const runs = new WeakMap<Host, CheckRun>();

/** The one run of a host. */
export function checkRunOf(host: Host): CheckRun {
  const known = runs.get(host);
  if (known) return known;
  const made = createCheckRun(host, () => performance.now());
  runs.set(host, made);
  return made;
}

export function createCheckRun(host: Host, now: () => number): CheckRun {
  const store = createStore<CheckRunState>(() => nothing);
  let own: AbortController | null = null;

  async function run(input: Parameters<CheckRun['run']>[0]): Promise<FinishedRun | null> {
    own?.abort();
    const controller = new AbortController();
    own = controller;
    const isLatest = (): boolean => own === controller;
    const before = store.getState();
    const kept = before.delivery === input.delivery ? before.finished : null;
    store.setState({ ...nothing, delivery: input.delivery, isRunning: true, finished: kept });
    let found: CheckFinding[] = [];
    let shownAt = Number.NEGATIVE_INFINITY;
    try {
      const answer = await host.call('checks.run', input, {
        signal: controller.signal,
        onProgress(progress) {
          if (!isLatest()) return;
          if (progress.findings) found = found.concat(progress.findings);
          if (now() - shownAt < showEveryMs) return;
          shownAt = now();
          store.setState({ progress, findings: found });
        },
      });
      if (!isLatest()) return null;
      const finished = { ...answer, settings: input.settings };
      store.setState({ ...nothing, delivery: input.delivery, findings: answer.results.findings, finished });
      return finished;
    } catch (error) {
      if (!isLatest()) return null;
      const problem = controller.signal.aborted ? null : problemOf(error);
      const findings = kept?.results.findings ?? [];
      store.setState({ ...nothing, delivery: input.delivery, findings, finished: kept, problem });
      return null;
    } finally {
      if (isLatest()) own = null;
    }
  }

  return { store, run, cancel: () => own?.abort() };
}

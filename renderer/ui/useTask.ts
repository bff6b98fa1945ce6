/** One piece of work a button starts: whether it runs, how far it is, why it failed, and a way to cancel it. */
import { useEffect, useState } from 'react';
import type { Problem } from '../../shared/base/problem.ts';
import type { CallOptions, Progress } from '../../shared/host/contract.ts';
import { problemOf } from '../host/problems.ts';

interface TaskState {
  readonly isRunning: boolean;
  readonly progress: Progress | null;
  readonly problem: Problem | null;
}

type Work<Value> = (options: CallOptions) => Promise<Value>;

interface TaskActions {
  /** Runs it unless it runs already. Resolves with its value, or null where it failed or was cancelled. */
  run<Value>(work: Work<Value>): Promise<Value | null>;
  /** The same, but an earlier run gives way. */
  restart<Value>(work: Work<Value>): Promise<Value | null>;
  cancel(): void;
}

export type Task = TaskState & TaskActions;

const idle: TaskState = { isRunning: false, progress: null, problem: null };

/** The actions keep their identity, so that effects may depend on them. */
export function useTask(): Task {
  const [state, setState] = useState(idle);
  const [actions] = useState(() => createTask(setState));
  useEffect(() => actions.cancel, [actions]);
  return { ...state, ...actions };
}

function createTask(show: (state: TaskState) => void): TaskActions {
  let running: AbortController | null = null;

  async function start<Value>(work: Work<Value>): Promise<Value | null> {
    const own = new AbortController();
    const isLatest = (): boolean => running === own;
    running = own;
    show({ ...idle, isRunning: true });
    let after = idle;
    try {
      const value = await work({
        signal: own.signal,
        onProgress: (progress) => isLatest() && show({ isRunning: true, progress, problem: null }),
      });
      return isLatest() ? value : null;
    } catch (error) {
      after = { ...idle, problem: own.signal.aborted ? null : problemOf(error) };
      return null;
    } finally {
      if (isLatest()) {
        running = null;
        show(after);
      }
    }
  }

  return {
    run: async (work) => (running ? null : await start(work)),
    restart: async (work) => {
      running?.abort();
      return await start(work);
    },
    cancel: () => running?.abort(),
  };
}

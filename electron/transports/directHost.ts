/** The host without a wire, for the command line and for tests: the same dispatch, called in place. */
import { randomUUID } from 'node:crypto';
import { ProblemError } from '../../shared/base/problem.ts';
import type { Host, HostMethod, HostOutput } from '../../shared/host/contract.ts';
import type { Dispatch } from '../services/dispatch.ts';
import { abortError } from '../services/faults.ts';

/** @param client who calls; locks belong to clients */
export function createDirectHost(dispatch: Dispatch, client: string = randomUUID()): Host {
  return {
    async call(method, input, options = {}) {
      if (options.signal?.aborted) throw abortError();
      const answer = await dispatch.call(method, input, { ...options, client });
      if (!answer.ok) throw new ProblemError(answer.problem);
      return answer.value as HostOutput<HostMethod> as HostOutput<typeof method>;
    },
    onPush: () => () => undefined,
  };
}

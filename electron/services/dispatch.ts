/**
 * The one way in: a method's name and whatever came with it, looked up in the contract, parsed, answered, and the
 * answer parsed again. Every host and every transport calls this and nothing behind it.
 */
import type { Problem, Result } from '../../shared/base/problem.ts';
import { done, failed, ProblemError } from '../../shared/base/problem.ts';
import type { CallOptions, HostMethod } from '../../shared/host/contract.ts';
import { hostMethods } from '../../shared/host/contract.ts';
import { createHandlers, type Handler } from './handlers.ts';
import type { Services } from './services.ts';

export interface CallContext extends CallOptions {
  /** Who calls: a tab, a window, a command. Locks belong to clients. */
  readonly client: string;
}

/** Runs the call. Rejects with `AbortError` when cancelled, and with anything else when it has a bug. */
export type ReadyCall = (context: CallContext) => Promise<Result<unknown>>;

export interface Dispatch {
  /** Problems: `method-unknown`, `call-input-invalid`; nothing has run then. */
  prepare(method: string, input: unknown): Result<ReadyCall>;
  call(method: string, input: unknown, context: CallContext): Promise<Result<unknown>>;
}

export function createDispatch(services: Services): Dispatch {
  const handlers = createHandlers(services);

  function prepare(method: string, input: unknown): Result<ReadyCall> {
    if (!isMethod(method)) return failed(problem('method-unknown', { method: method.slice(0, 80) }));
    const parsed = hostMethods[method].input.safeParse(input);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const place = (issue?.path ?? []).map(String).join('.');
      return failed({ ...problem('call-input-invalid', { method, reason: issue?.message ?? '' }), place });
    }
    const handle = handlers[method] as Handler<unknown, unknown>;
    return done(async (context) => {
      services.openAudits.seen(context.client);
      const answer = await answered(() => handle(parsed.data, context));
      // A result that does not fit the contract is a bug of ours, so it throws.
      return answer.ok ? done(hostMethods[method].output.parse(answer.value)) : answer;
    });
  }

  return {
    prepare,
    async call(method, input, context) {
      const ready = prepare(method, input);
      return ready.ok ? ready.value(context) : ready;
    },
  };
}

function isMethod(name: string): name is HostMethod {
  return Object.hasOwn(hostMethods, name);
}

/** Problems that were thrown through code which can only throw become values again here. */
async function answered(work: () => Promise<Result<unknown>>): Promise<Result<unknown>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ProblemError) return failed(error.problem);
    throw error;
  }
}

function problem(code: string, params: Readonly<Record<string, string | number>>): Problem {
  return { code, severity: 'error', path: '', params };
}

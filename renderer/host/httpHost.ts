/**
 * The host over fetch: `POST ./call/<method>`, answered in lines of JSON, progress first. The same addresses serve
 * the desktop's own scheme and the loopback server, so this is the renderer's only host.
 */
import { type Problem, ProblemError } from '../../shared/base/problem.ts';
import {
  type CallOptions,
  type Host,
  type HostInput,
  type HostMethod,
  type HostOutput,
  hostMethods,
  problemSchema,
  progressSchema,
} from '../../shared/host/contract.ts';
import { linesOf } from './lines.ts';

export interface HttpHostOptions {
  /** Names this tab to the host; see clientId.ts. */
  readonly client: string;
  readonly fetch: typeof fetch;
  readonly onPush: Host['onPush'];
}

export function createHttpHost({ client, fetch, onPush }: HttpHostOptions): Host {
  async function request(method: HostMethod, input: unknown, signal?: AbortSignal): Promise<Response> {
    try {
      return await fetch(`./call/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-assay-client': client },
        body: JSON.stringify(input),
        // Sent as the page goes away, and must not be dropped with it.
        keepalive: method === 'audits.close',
        ...(signal ? { signal } : {}),
      });
    } catch (error) {
      throw asHostError(error);
    }
  }

  async function call<Method extends HostMethod>(
    method: Method,
    input: HostInput<Method>,
    options: CallOptions = {},
  ): Promise<HostOutput<Method>> {
    const response = await request(method, input, options.signal);
    if (response.body === null) throw new ProblemError(answerBroken(method));
    try {
      for await (const line of linesOf(response.body)) {
        const answer = readAnswer(method, line, response.status);
        if ('progress' in answer) options.onProgress?.(progressSchema.parse(answer.progress));
        else if ('problem' in answer) throw new ProblemError(problemSchema.parse(answer.problem) as Problem);
        else if ('result' in answer) {
          const parsed = hostMethods[method].output.safeParse(answer.result);
          if (!parsed.success) throw new ProblemError(answerBroken(method));
          return parsed.data as HostOutput<Method>;
        }
      }
    } catch (error) {
      throw asHostError(error);
    }
    throw new ProblemError(response.ok ? answerBroken(method) : refused(response.status));
  }

  return { call, onPush };
}

function readAnswer(method: HostMethod, line: string, status: number): Record<string, unknown> {
  try {
    const answer: unknown = JSON.parse(line);
    if (typeof answer === 'object' && answer !== null) return answer as Record<string, unknown>;
  } catch {
    // Not JSON: an error page of something that is not our host.
  }
  throw new ProblemError(status >= 400 ? refused(status) : answerBroken(method));
}

/** A failed fetch is a problem; a cancelled one and a bug stay what they are. */
function asHostError(error: unknown): unknown {
  const isNetwork = error instanceof TypeError;
  return isNetwork ? new ProblemError({ code: 'host-unreachable', severity: 'error', path: '' }) : error;
}

function refused(status: number): Problem {
  return { code: 'host-refused', severity: 'error', path: '', params: { status } };
}

function answerBroken(method: HostMethod): Problem {
  return { code: 'host-answer-broken', severity: 'error', path: '', params: { method } };
}

/** Answers `POST ./call/<method>`: lines of JSON, progress while it works, then the one result or problem. */
import type { Problem, Result } from '../../shared/base/problem.ts';
import { done, failed } from '../../shared/base/problem.ts';
import type { Dispatch } from '../services/dispatch.ts';
import { parseJson } from '../services/jsonFile.ts';
import { problemResponse } from './answers.ts';
import { readBody } from './requestBody.ts';

/** A vendor's rework list with ten thousand findings is a few megabytes. */
export const maxCallBytes = 16 * 1024 * 1024;

const clientPattern = /^[\w-]{1,100}$/;

export async function callResponse(
  request: Request,
  method: string,
  { dispatch, log }: { readonly dispatch: Dispatch; readonly log: (line: string) => void },
): Promise<Response> {
  const refused = refuseForm(request);
  if (refused !== null) return refused;
  const client = clientOf(request);
  if (!client.ok) return problemResponse(client.problem);
  const body = await readBody(request, maxCallBytes);
  if (!body.ok) return problemResponse(body.problem, 413);
  const ready = dispatch.prepare(method, parseJson(new TextDecoder().decode(body.value)));
  if (!ready.ok) return problemResponse(ready.problem);

  const lines = callLines(
    (say, signal) =>
      ready.value({ client: client.value, signal, onProgress: (progress) => say({ progress }) }).then(
        (answer) => say(answer.ok ? { result: answer.value } : { problem: answer.problem }),
        (error: unknown) => {
          if (signal.aborted) return;
          log(error instanceof Error ? (error.stack ?? error.message) : String(error));
          say({ problem: hostFault(method) });
        },
      ),
    request.signal,
  );
  return new Response(lines, {
    headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' },
  });
}

/** The lines `work` says, as a stream that ends with it; a reader that goes away, or `asked`, cancels it. */
function callLines(
  work: (say: (line: unknown) => void, signal: AbortSignal) => Promise<void>,
  asked: AbortSignal,
): ReadableStream<Uint8Array> {
  const readerGone = new AbortController();
  const signal = AbortSignal.any([asked, readerGone.signal]);
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const encoder = new TextEncoder();
      let isOpen = true;
      const say = (line: unknown): void => {
        if (isOpen) controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
      };
      const end = (): void => {
        if (!isOpen) return;
        isOpen = false;
        // A reader that cancelled has closed the stream itself; one that is cut off must see that it was.
        if (asked.aborted) controller.error(asked.reason);
        else if (!readerGone.signal.aborted) controller.close();
      };
      signal.addEventListener('abort', end);
      void work(say, signal).then(end);
    },
    cancel: () => readerGone.abort(),
  });
}

function refuseForm(request: Request): Response | null {
  if (request.method !== 'POST') {
    return new Response(null, { status: 405, headers: { allow: 'POST', 'cache-control': 'no-store' } });
  }
  // A form of another page can send text, but not this type without asking first.
  if (/^application\/json\b/i.test(request.headers.get('content-type') ?? '')) return null;
  return problemResponse({ code: 'call-not-json', severity: 'error', path: '' }, 415);
}

/** One window without a name is one client. */
function clientOf(request: Request): Result<string> {
  const client = request.headers.get('x-assay-client') ?? 'unnamed';
  return clientPattern.test(client)
    ? done(client)
    : failed({ code: 'client-invalid', severity: 'error', path: '' });
}

/** A bug of ours: its stack is in the log, the person reads that it happened and that nothing was recorded. */
function hostFault(method: string): Problem {
  return { code: 'host-fault', severity: 'error', path: '', params: { method: method.slice(0, 80) } };
}

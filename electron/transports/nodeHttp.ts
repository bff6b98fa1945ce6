/** Between Node's HTTP server and the platform's Request and Response, with cancellation both ways. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeReadableStream } from 'node:stream/web';

/** The request as the platform has it; its signal fires when the browser goes away before `done` was called. */
export function toRequest(
  request: IncomingMessage,
  response: ServerResponse,
): { readonly asRequest: Request; readonly done: () => void } {
  const gone = new AbortController();
  let isDone = false;
  response.on('close', () => {
    if (!isDone) gone.abort();
  });
  const method = request.method ?? 'GET';
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const asRequest = new Request(`http://${request.headers.host}${request.url}`, {
    method,
    headers: headersOf(request),
    signal: gone.signal,
    ...(hasBody ? { body: Readable.toWeb(request) as NodeReadableStream<Uint8Array>, duplex: 'half' } : {}),
  } as RequestInit);
  return {
    asRequest,
    done: () => {
      isDone = true;
    },
  };
}

function headersOf(request: IncomingMessage): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

/** Sends a response, as fast as the browser takes it. Rejects when either side breaks off. */
export async function writeResponse(
  target: ServerResponse,
  response: Response,
  isHead: boolean,
): Promise<void> {
  target.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body === null || isHead) {
    await response.body?.cancel();
    target.end();
    return;
  }
  const reader = response.body.getReader();
  const cancel = (): void => void reader.cancel().catch(() => undefined);
  target.on('close', cancel);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (!target.write(value)) await drained(target);
      if (target.destroyed) return;
    }
    target.end();
  } finally {
    target.removeListener('close', cancel);
    cancel();
  }
}

/** Resolves when the buffer has room again, or when nobody reads any more. */
function drained(target: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      target.removeListener('drain', go);
      target.removeListener('close', go);
      resolve();
    };
    target.on('drain', go);
    target.on('close', go);
    if (target.destroyed) go();
  });
}

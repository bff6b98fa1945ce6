/** Answers with a file or one range of it, streamed in pieces; the file is let go when the reader goes away. */
import type { OpenBytes } from '../services/openBytes.ts';
import { parseByteRange } from './byteRange.ts';

const chunkBytes = 1 << 20;

export interface FileAnswer {
  /** Owned by the answer from here on: it closes them. */
  readonly bytes: OpenBytes;
  readonly type: string;
  /** `no-cache` = keep it, but ask whether it still holds. */
  readonly cacheControl: string;
}

/** 200, 206, 304 or 416 for GET and HEAD. */
export async function fileResponse(
  request: Request,
  { bytes, type, cacheControl }: FileAnswer,
): Promise<Response> {
  const { length } = bytes;
  const etag = `"${bytes.identity}"`;
  const headers = { 'content-type': type, 'accept-ranges': 'bytes', 'cache-control': cacheControl, etag };
  const empty = async (status: number, more: Record<string, string>): Promise<Response> => {
    await bytes.close();
    return new Response(null, { status, headers: { ...headers, ...more } });
  };

  if (holds(request.headers.get('if-none-match'), etag)) return empty(304, {});
  const condition = request.headers.get('if-range');
  const rangeHeader = condition === null || condition === etag ? request.headers.get('range') : null;
  const range = parseByteRange(rangeHeader, length);
  if (range.kind === 'unsatisfiable') return empty(416, { 'content-range': `bytes */${length}` });

  const [start, end] = range.kind === 'part' ? [range.start, range.end] : [0, length];
  const status = range.kind === 'part' ? 206 : 200;
  const span = {
    'content-length': String(end - start),
    ...(range.kind === 'part' ? { 'content-range': `bytes ${start}-${end - 1}/${length}` } : {}),
  };
  if (request.method === 'HEAD' || start === end) return empty(status, span);
  const body = spanStream(bytes, start, end, request.signal);
  return new Response(body, { status, headers: { ...headers, ...span } });
}

function holds(header: string | null, etag: string): boolean {
  if (header === null) return false;
  return header.split(',').some((entry) => entry.trim() === '*' || entry.trim() === etag);
}

function spanStream(
  bytes: OpenBytes,
  start: number,
  end: number,
  signal: AbortSignal,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = start;
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        try {
          signal.throwIfAborted();
          // The length is promised already, so a file that shrank can only break the answer off.
          const piece = await bytes.slice(at, Math.min(at + chunkBytes, end));
          controller.enqueue(new Uint8Array(piece));
          at += piece.length;
          if (at < end) return;
          controller.close();
        } catch (error) {
          controller.error(error);
        }
        await bytes.close();
      },
      cancel: () => bytes.close(),
    },
    { highWaterMark: 0 },
  );
}

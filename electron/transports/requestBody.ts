/** A request's body, never more of it than agreed: what is announced too long is not read, what grows too long is cut. */
import type { Result } from '../../shared/base/problem.ts';
import { done, failed } from '../../shared/base/problem.ts';

export async function readBody(request: Request, maxBytes: number): Promise<Result<Uint8Array>> {
  const tooLarge = failed<Uint8Array>({
    code: 'call-too-large',
    severity: 'error',
    path: '',
    params: { maxBytes },
  });
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return tooLarge;
  const chunks: Uint8Array[] = [];
  let length = 0;
  if (request.body !== null) {
    for await (const chunk of request.body) {
      length += chunk.length;
      if (length > maxBytes) return tooLarge;
      chunks.push(chunk);
    }
  }
  return done(Buffer.concat(chunks, length));
}

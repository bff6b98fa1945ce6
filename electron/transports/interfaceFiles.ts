/** The built interface, as Vite left it: `index.html` at the root, everything else by its name. */
import { realpath } from 'node:fs/promises';
import { ProblemError } from '../../shared/base/problem.ts';
import { openConfined } from '../services/diskFile.ts';
import { readProblem } from '../services/faults.ts';
import { bytesOfHandle } from '../services/openBytes.ts';
import { interfaceType, problemResponse } from './answers.ts';
import { fileResponse } from './fileResponse.ts';

/** Vite puts the content's hash into these names, so what is behind one never changes. */
const hashedName = /^assets\/.+-[\w-]{8,}\.\w+$/;

export async function interfaceResponse(
  request: Request,
  rendererFolder: string,
  parts: readonly string[],
): Promise<Response> {
  const relative = parts.join('/') || 'index.html';
  try {
    const handle = await openConfined(await realpath(rendererFolder), relative);
    const bytes = await bytesOfHandle(handle, relative);
    const cacheControl = hashedName.test(relative) ? 'private, max-age=31536000, immutable' : 'no-cache';
    return await fileResponse(request, { bytes, type: interfaceType(relative), cacheControl });
  } catch (error) {
    return problemResponse(
      error instanceof ProblemError ? error.problem : readProblem('file', relative, error),
    );
  }
}

/**
 * Assay as one function from request to response: the interface, the calls, and the bytes of deliveries and
 * audits, all from one origin. Mounted on a custom scheme in the desktop app and on loopback HTTP by `assay serve`.
 */
import type { Result } from '../../shared/base/problem.ts';
import type { RootName } from '../../shared/model/delivery.ts';
import { maxPictureBytes, openPicture, putPicture } from '../services/audit/pictures.ts';
import type { Dispatch } from '../services/dispatch.ts';
import { bytesOfHandle } from '../services/openBytes.ts';
import type { Services } from '../services/services.ts';
import { deliveryType, problemResponse } from './answers.ts';
import { callResponse } from './callResponse.ts';
import { fileResponse } from './fileResponse.ts';
import { interfaceResponse } from './interfaceFiles.ts';
import { readBody } from './requestBody.ts';
import { securityHeaders } from './securityHeaders.ts';

export interface FetchHandlerOptions {
  readonly dispatch: Dispatch;
  readonly services: Services;
  /** The built interface, `dist/renderer`. */
  readonly rendererFolder: string;
}

export type FetchHandler = (request: Request) => Promise<Response>;

type Route = (request: Request, parts: readonly string[]) => Promise<Response>;

/** Never rejects for anything a request can hold; a bug is logged and answered with 500. */
export function createFetchHandler({
  dispatch,
  services,
  rendererFolder,
}: FetchHandlerOptions): FetchHandler {
  const routes: Readonly<Record<string, Route>> = {
    call: (request, [method = '', ...more]) =>
      more.length > 0 ? notFound() : callResponse(request, method, { dispatch, log: services.log }),
    data: reading(async (request, [delivery = '', root = '', ...segments]) => {
      if (!isRoot(root)) return notFound();
      const relative = segments.join('/');
      const opened = await services.deliveries.openFile(delivery, root, relative);
      if (!opened.ok) return problemResponse(opened.problem);
      return fileResponse(request, {
        bytes: opened.value,
        type: deliveryType(relative),
        cacheControl: 'no-cache',
      });
    }),
    index: reading(async (request, [delivery = '', ...more]) => {
      if (more.length > 0) return notFound();
      const opened = await services.deliveries.openIndex(delivery);
      if (!opened.ok) return problemResponse(opened.problem);
      return fileResponse(request, {
        bytes: opened.value,
        type: 'application/octet-stream',
        cacheControl: 'no-cache',
      });
    }),
    pictures: async (request, [audit = '', name = '', ...more]) => {
      const hash = /^([0-9a-f]{64})\.png$/.exec(name)?.[1];
      if (hash === undefined || more.length > 0) return notFound();
      const view = await services.openAudits.view(audit);
      if (!view.ok) return problemResponse(view.problem);
      if (request.method === 'PUT') return storePicture(request, view.value.folder, hash);
      return readPicture(request, [view.value.folder, hash]);
    },
  };

  const readPicture = reading(async (request, [folder = '', hash = '']) => {
    const opened = await openPicture(folder, hash);
    if (!opened.ok) return problemResponse(opened.problem);
    const cacheControl = 'private, max-age=31536000, immutable';
    const bytes = await bytesOfHandle(opened.value, hash);
    return fileResponse(request, { bytes, type: 'image/png', cacheControl });
  });

  const page = reading((request, parts) => interfaceResponse(request, rendererFolder, parts));

  async function answer(request: Request): Promise<Response> {
    const parts = pathParts(request.url);
    if (parts === null) return problemResponse({ code: 'path-outside-root', severity: 'error', path: '' });
    const [first = '', ...rest] = parts;
    const route = Object.hasOwn(routes, first) ? routes[first] : undefined;
    return route === undefined ? page(request, parts) : route(request, rest);
  }

  return async (request) => {
    let response: Response;
    try {
      response = await answer(request);
    } catch (error) {
      if (!request.signal.aborted) services.log(error instanceof Error ? (error.stack ?? '') : String(error));
      response = problemResponse(
        { code: 'host-fault', severity: 'error', path: '', params: { method: '' } },
        500,
      );
    }
    for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
    return response;
  };
}

async function storePicture(request: Request, folder: string, hash: string): Promise<Response> {
  const body = await readBody(request, maxPictureBytes);
  if (!body.ok) return problemResponse(body.problem, 413);
  const stored: Result<null> = await putPicture(folder, hash, body.value);
  if (!stored.ok) return problemResponse(stored.problem);
  return new Response(null, { status: 201, headers: { 'cache-control': 'no-store' } });
}

/** A route that only reads. */
function reading(route: Route): Route {
  return async (request, parts) => {
    if (request.method === 'GET' || request.method === 'HEAD') return route(request, parts);
    return new Response(null, { status: 405, headers: { allow: 'GET, HEAD', 'cache-control': 'no-store' } });
  };
}

/**
 * The decoded parts of the path, or null where one of them does not decode or holds a separator: an encoded slash
 * is never a way to another folder.
 */
function pathParts(address: string): string[] | null {
  const parts = new URL(address).pathname.slice(1).split('/');
  try {
    const decoded = parts.map(decodeURIComponent);
    return decoded.some((part) => /[/\\\0]/.test(part)) ? null : decoded;
  } catch {
    // A broken escape sequence: no address of ours.
    return null;
  }
}

function isRoot(name: string): name is RootName {
  return name === 'delivery' || name === 'sensors';
}

async function notFound(): Promise<Response> {
  return problemResponse({ code: 'file-missing', severity: 'error', path: '' });
}

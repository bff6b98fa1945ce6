/** Short answers: a problem as one line of JSON, and the media types of what is served. */
import path from 'node:path';
import type { Problem } from '../../shared/base/problem.ts';

/** A problem with the HTTP status nearest to it. Its body is a call's last line, so one parser reads both. */
export function problemResponse(problem: Problem, status = statusOf(problem)): Response {
  return new Response(`${JSON.stringify({ problem })}\n`, {
    status,
    headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' },
  });
}

const statuses: Readonly<Record<string, number>> = {
  'path-outside-root': 403,
  'path-not-listed': 403,
  'audit-read-only': 409,
  'file-changed': 409,
  'picture-not-writable': 507,
  'file-unreadable': 500,
};

function statusOf({ code }: Problem): number {
  return statuses[code] ?? (/-(missing|unknown|not-open)$/.test(code) ? 404 : 400);
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
};

export function interfaceType(file: string): string {
  return mediaTypes[path.extname(file).toLowerCase()] ?? 'application/octet-stream';
}

/** A delivery's files are bytes and images; nothing in one may ever run as ours, so no text type is given. */
export function deliveryType(file: string): string {
  const type = interfaceType(file);
  return /^image\/(png|jpeg|webp)$/.test(type) ? type : 'application/octet-stream';
}
